"""Line breaks that two neighbours decide alone: nearly all of a real text.

Most pairs of line-breaking classes (UAX #14) have one answer whatever stands around them.  They are looked up here;
only for the others are the rules of `toolkit.pdf.linebreak` gone through one by one.  A test derives the table anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

AFTER = [
    *("AL", "ID", "BA", "NU", "CL", "EX", "CP", "NS", "OP", "SP"),
    *("IS", "PR", "PO", "HY", "IN", "B2", "SY", "GL", "WJ"),
]
"""The classes of the character after the place, in the order of the columns of `TABLE`."""

TABLE = """
AL ×÷××××××?××××××÷×××
ID ÷÷×÷××××÷××÷×××÷×××
BA ÷÷×÷××××÷××÷÷××÷×÷×
NU ×÷××××××?××××××÷×××
CL ÷÷×÷××××÷××??××÷×××
EX ÷÷×÷××××÷××÷÷××÷×××
CP ×÷××××××÷××??××÷×××
NS ÷÷×÷××××÷××÷÷××÷×××
OP ×××××××××××××××××××
IS ×÷××××××÷××??××÷×××
PR ××××××××?××÷÷××÷×××
PO ×÷××××××?××÷÷××÷×××
HY ?÷××××××÷××÷÷××÷×÷×
IN ÷÷×÷××××÷××÷÷××÷×××
B2 ÷÷×÷××××÷××÷÷××××××
SY ÷÷×?××××÷××??××÷×××
GL ×××××××××××××××××××
WJ ×××××××××××××××××××
"""
"""For each class before the place: ÷ a line may end, × it may not, ? more must be known."""

_KEPT = 2
"""No break, and what follows is paired with what came before: a combining mark."""

_AFTER_A_SPACE = {
    **dict.fromkeys(["AL", "ID", "BA", "NU", "NS", "OP", "PR", "PO", "HY", "IN", "B2", "GL"], 1),
    **dict.fromkeys(["CL", "EX", "CP", "SY", "WJ", "SP"], 0),
}
_UNUSUAL_CLASSES = frozenset(("HL",))  # LB21a looks back over a hyphen
_UNUSUAL_CHARACTERS = frozenset("\u2010\u25cc")  # LB20a and LB28a name them apart from their class

Row = dict[str, int]


def _rows() -> dict[str, Row]:
    signs = {"÷": 1, "×": 0}
    rows = {}
    for line in TABLE.split("\n")[1:-1]:
        before, verdicts = line.split(" ")
        rows[before] = {after: signs[sign] for after, sign in zip(AFTER, verdicts, strict=True) if sign in signs}
        rows[before]["CM"] = _KEPT
    return rows


_ROWS = _rows()
_SPACE_ROWS: dict[str, Row] = dict.fromkeys(_ROWS, _AFTER_A_SPACE) | {
    "OP": dict.fromkeys(AFTER, 0),  # LB14
    "CL": _AFTER_A_SPACE | {"NS": 0},  # LB16
    "CP": _AFTER_A_SPACE | {"NS": 0},
    "B2": _AFTER_A_SPACE | {"B2": 0},  # LB17
}
_UNKNOWN: Row = {}


def is_unusual(text: str, classes: Sequence[str]) -> bool:
    """Whether `text` has characters for which no pair holds."""
    return not _UNUSUAL_CLASSES.isdisjoint(classes) or not _UNUSUAL_CHARACTERS.isdisjoint(text)


def pair_breaks(classes: Sequence[str], ask: Callable[[int], bool]) -> list[int]:
    """The positions inside a text where a line may end; `ask` tells it of a place that a pair does not decide."""
    breaks: list[int] = []
    before = classes[0]
    row = _ROWS.get(before, _UNKNOWN)
    for index in range(1, len(classes)):
        after = classes[index]
        verdict = row.get(after)
        if verdict == _KEPT:
            continue
        if verdict is None:
            verdict = ask(index)
        if verdict:
            breaks.append(index)
        if after == "SP":
            if before != "SP":
                row = _SPACE_ROWS.get(before, _UNKNOWN)
        else:
            row = _ROWS.get(after, _UNKNOWN)
        before = after
    return breaks

"""A long sentence cut at its commas, to be translated piece by piece, and put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.constraints import Constraint
from toolkit.english import straightened
from toolkit.languages import Language
from toolkit.tibetan import TSHEG, goes_on, with_shad

_BREAK = re.compile(r"[，；。！？：][”’」』）》〉]*")
_SHORTEST = 6  # characters: a shorter piece is no clause, it goes with the next
_OPENING, _CLOSING = "（《“‘「『〈", "）》”’」』〉"
_JOINTS = {"，": ", ", "；": "; ", "：": ": ", "。": ". ", "！": "! ", "？": "? ", "、": ", "}
_END_MARKS = ".,;:!?"
_QUOTES = tuple("”’\"'")


def split_clauses(text: str, constraints: Sequence[Constraint] = ()) -> tuple[str, ...]:
    """The clauses of `text`, each with the mark that ends it; joined they give `text` again.

    No cut falls inside brackets, quotes or a constraint.
    """
    clauses: list[str] = []
    start = 0
    for match in _BREAK.finditer(text):
        end = match.end()
        piece = text[start:end]
        inside = any(one.start < end < one.end for one in constraints)
        if end < len(text) and (len(piece) < _SHORTEST or inside or not _balanced(piece)):
            continue
        clauses.append(piece)
        start = end
    if start < len(text):
        rest = text[start:]
        if clauses and len(rest) < _SHORTEST:
            clauses[-1] += rest
        else:
            clauses.append(rest)
    return tuple(clauses)


def _balanced(piece: str) -> bool:
    return all(
        piece.count(opening) == piece.count(closing) for opening, closing in zip(_OPENING, _CLOSING, strict=True)
    )


def join_clauses(sources: Sequence[str], targets: Sequence[str], language: Language) -> str:
    """Translations of clauses as one sentence.

    English has the marks of the source between them; Tibetan a shad, or only a space where a clause ends in a particle
    that goes on.
    """
    if language == "bo":
        *first, last_one = [target.strip() for target in targets if target.strip()] or [""]
        closed = [text.rstrip(TSHEG) if goes_on(text) else with_shad(text) for text in first]
        return " ".join((*closed, last_one))
    parts: list[str] = []
    last = len(targets) - 1
    for number, (source, target) in enumerate(zip(sources, targets, strict=True)):
        text = target.strip()
        mark = next((sign for sign in reversed(source) if sign in _JOINTS), "")
        if number < last:
            closing = text[-1:] if text[-1:] in _QUOTES and text[-2:-1] in tuple(_END_MARKS) else ""
            text = text if closing else text.rstrip(_END_MARKS + " ")
            text += " " if closing else _JOINTS.get(mark, " ")
        if number and not parts[-1].rstrip().endswith((".", "!", "?")):
            text = _lowered(text)
        parts.append(text)
    return "".join(parts).strip()


_OPENERS = frozenset(
    re.findall(
        r"\w+",
        "The A An This That These Those It In On At To For With From By And But Of As After Before During Since While "
        "We They There Its Their Our",
    )
)


def _lowered(text: str) -> str:
    """A clause that no longer opens its sentence: a small letter, where the first word is no name."""
    word = re.match(r"[A-Za-z]+", straightened(text))
    if word and word.group() in _OPENERS:
        return text[0].lower() + text[1:]
    return text

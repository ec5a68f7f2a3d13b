"""Where a line may end: the Unicode line breaking algorithm, with what Chinese and Tibetan add.

The rules are those of UAX #14, revision 53 (Unicode 16.0.0); each carries its number.  The class of a
character comes from `uniseg`.  The tailoring for a language follows the annex, section 8, and, for
Chinese, "Requirements for Chinese Text Layout" (W3C CLREQ), section 3.1.
"""

from __future__ import annotations

import bisect
import functools
import unicodedata
from collections.abc import Sequence

from uniseg.linebreak import line_break

from toolkit.languages import LANGUAGES, Language
from toolkit.pdf.linepairs import is_unusual, pair_breaks

_HARD = frozenset(("BK", "CR", "LF", "NL"))
_BEFORE_INITIAL_QUOTE = _HARD | {"OP", "QU", "GL", "SP", "ZW"}
_AFTER_FINAL_QUOTE = _HARD | {"", "SP", "GL", "WJ", "CL", "QU", "CP", "EX", "IS", "SY", "ZW"}
_BEFORE_WORD_INITIAL_HYPHEN = _HARD | {"", "SP", "ZW", "CB", "GL"}
_LETTER = frozenset(("AL", "HL"))
_HANGUL = frozenset(("JL", "JV", "JT", "H2", "H3"))
_AKSARA = frozenset(("AK", "AS"))
_EMOJI_OR_IDEOGRAPH = frozenset(("ID", "EB", "EM"))

_WIDE = frozenset("FWH")

_OPENING_QUOTES = "“‘"
_CLOSING_QUOTES = frozenset("”’")
_NEVER_FIRST_IN_CHINESE = "·‧～"


@functools.cache
def line_class(character: str) -> str:
    """The line-breaking class of `character`, ambiguous ones resolved as LB1 says."""
    value = str(line_break(character).value)
    if value in ("AI", "SG", "XX"):
        return "AL"
    if value == "SA":
        return "CM" if unicodedata.category(character) in ("Mn", "Mc") else "AL"
    return "NS" if value == "CJ" else value


def line_classes(text: str, language: Language | None = None) -> list[str]:
    """The class of each character of `text`, tailored to `language` (None: the annex as it stands).

    In Chinese and Tibetan the quotation marks “ ” ‘ ’ open and close as brackets do (the annex leaves
    them ambiguous); in Chinese the middle dot and the wave dash never begin a line, and circled figures
    are ideographs.
    """
    table = _TAILORED[language]
    classes = [table[character] for character in text]
    if language in ("zh", "bo") and not _CLOSING_QUOTES.isdisjoint(text):
        for index, character in enumerate(text):
            if character in _CLOSING_QUOTES and _is_apostrophe(text, index):
                classes[index] = "QU"
    return classes


class _Classes(dict[str, str]):
    """The class of each character met so far, tailored to a language."""

    def __init__(self, language: Language | None) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, character: str) -> str:
        value = self[character] = self._tailored(character)
        return value

    def _tailored(self, character: str) -> str:
        if self._language in ("zh", "bo") and character in _OPENING_QUOTES:
            return "OP"
        if self._language in ("zh", "bo") and character in _CLOSING_QUOTES:
            return "CL"
        if self._language == "zh" and character in _NEVER_FIRST_IN_CHINESE:
            return "NS"
        if self._language == "zh" and "\u2460" <= character <= "\u24ff":
            return "ID"
        return line_class(character)


_TAILORED: dict[Language | None, _Classes] = {language: _Classes(language) for language in (*LANGUAGES, None)}


def _is_apostrophe(text: str, index: int) -> bool:
    around = text[index - 1 : index] + text[index + 1 : index + 2]
    return len(around) == 2 and all(character.isalpha() and character < "\u0250" for character in around)


def break_opportunities(text: str, classes: Sequence[str] | None = None) -> list[int]:
    """The positions in `text` after which a new line may start, ascending; the last is the text's end.

    `classes` are those of `line_classes`, one per character; without them the text is read untailored.
    """
    if not text:
        return []
    classes = line_classes(text) if classes is None else classes
    units = _Units(text, classes) if is_unusual(text, classes) else None
    breaks = pair_breaks(classes, _Rules(text, classes).may_break_at) if units is None else units.breaks()
    breaks.append(len(text))
    return breaks


class _Rules:
    """The rules one by one for single places in a text, which is taken apart only when a place is asked for."""

    def __init__(self, text: str, classes: Sequence[str]) -> None:
        self._text = text
        self._classes = classes
        self._units: _Units | None = None

    def may_break_at(self, index: int) -> bool:
        units = self._units
        if units is None:
            units = self._units = _Units(self._text, self._classes)
        k = bisect.bisect_left(units.starts, index)
        return k < len(units.starts) and units.starts[k] == index and units.may_break(k)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in _WIDE


class _Units:
    """A text as the rules see it: every combining mark is one with its base (LB9, LB10)."""

    def __init__(self, text: str, classes: Sequence[str]) -> None:
        self.starts: list[int] = []
        self.classes: list[str] = []
        self.characters: list[str] = []
        self.joined: list[bool] = []  # whether the character before is a zero width joiner
        for index, value in enumerate(classes):
            character = text[index]
            if value in ("CM", "ZWJ"):
                if self.classes and self.classes[-1] not in _HARD and self.classes[-1] not in ("SP", "ZW"):
                    continue
                value, character = "AL", "A"
            self.starts.append(index)
            self.classes.append(value)
            self.characters.append(character)
            self.joined.append(index > 0 and classes[index - 1] == "ZWJ")

    def breaks(self) -> list[int]:
        """The positions inside the text where a line may end."""
        return [self.starts[k] for k in range(1, len(self.classes)) if self.may_break(k)]

    def class_at(self, k: int) -> str:
        """The class at `k`, or "" outside the text."""
        return self.classes[k] if 0 <= k < len(self.classes) else ""

    def is_wide(self, k: int) -> bool:
        """Whether an East Asian wide character stands at `k`."""
        return 0 <= k < len(self.characters) and _is_wide(self.characters[k])

    def _is_quote(self, k: int, category: str) -> bool:
        return self.class_at(k) == "QU" and unicodedata.category(self.characters[k]) == category

    def back_over(self, k: int, skipped: tuple[str, ...]) -> int:
        """The last position at or before `k` whose class is not one of `skipped`; -1 if there is none."""
        while k >= 0 and self.classes[k] in skipped:
            k -= 1
        return k

    def may_break(self, k: int) -> bool:
        """Whether a line may end between `k - 1` and `k`: the first rule that applies decides."""
        before, after = self.classes[k - 1], self.classes[k]
        for rules in (self._spaces_and_joiners, self._punctuation, self._quotation, self._words, self._scripts):
            verdict = rules(k, before, after)
            if verdict is not None:
                return verdict
        return True  # LB31

    def _spaces_and_joiners(self, k: int, before: str, after: str) -> bool | None:
        if before in _HARD:  # LB4, LB5
            return not (before == "CR" and after == "LF")
        if after in _HARD or after in ("SP", "ZW"):  # LB6, LB7
            return False
        if self.class_at(self.back_over(k - 1, ("SP",))) == "ZW":  # LB8
            return True
        if self.joined[k] or before == "WJ" or after == "WJ" or before == "GL":  # LB8a, LB11, LB12
            return False
        if after == "GL" and before not in ("SP", "BA", "HY"):  # LB12a
            return False
        return None

    def _punctuation(self, k: int, before: str, after: str) -> bool | None:
        if after in ("CL", "CP", "EX", "SY"):  # LB13
            return False
        last = self.back_over(k - 1, ("SP",))
        ending = self.class_at(last)
        if ending == "OP":  # LB14
            return False
        if self._is_quote(last, "Pi") and (last == 0 or self.classes[last - 1] in _BEFORE_INITIAL_QUOTE):  # LB15a
            return False
        if self._is_quote(k, "Pf") and self.class_at(k + 1) in _AFTER_FINAL_QUOTE:  # LB15b
            return False
        if after == "IS":  # LB15c, LB15d
            return before == "SP" and self.class_at(k + 1) == "NU"
        if ending in ("CL", "CP") and after == "NS":  # LB16
            return False
        if ending == "B2" and after == "B2":  # LB17
            return False
        return True if before == "SP" else None  # LB18

    def _quotation(self, k: int, before: str, after: str) -> bool | None:
        if after == "QU" and not (self._is_quote(k, "Pi") and self.is_wide(k - 1) and self.is_wide(k + 1)):
            return False  # LB19, LB19a
        if before == "QU" and not (self._is_quote(k - 1, "Pf") and self.is_wide(k) and self.is_wide(k - 2)):
            return False
        return True if "CB" in (before, after) else None  # LB20

    def _words(self, k: int, before: str, after: str) -> bool | None:
        earlier = self.class_at(k - 2)
        is_hyphen = before == "HY" or self.characters[k - 1] == "\u2010"
        if is_hyphen and after == "AL" and earlier in _BEFORE_WORD_INITIAL_HYPHEN:  # LB20a
            return False
        forbidden = (
            after in ("BA", "HY", "NS")  # LB21
            or before == "BB"
            or (before in ("HY", "BA") and earlier == "HL" and after != "HL")  # LB21a
            or (before == "SY" and after == "HL")  # LB21b
            or after == "IN"  # LB22
            or (before in _LETTER and after == "NU")  # LB23
            or (before == "NU" and after in _LETTER)
            or (before == "PR" and after in _EMOJI_OR_IDEOGRAPH)  # LB23a
            or (before in _EMOJI_OR_IDEOGRAPH and after == "PO")
            or (before in ("PR", "PO") and after in _LETTER)  # LB24
            or (before in _LETTER and after in ("PR", "PO"))
            or self._inside_number(k, before, after)
        )
        return False if forbidden else None

    def _inside_number(self, k: int, before: str, after: str) -> bool:
        """LB25: "(12,345.6%)" stays whole."""
        if after == "NU":
            if before in ("PO", "PR", "HY", "IS"):
                return True
            return self.class_at(self.back_over(k - 1, ("SY", "IS"))) == "NU"
        if after in ("PO", "PR"):
            closed = k - 2 if before in ("CL", "CP") else k - 1
            return self.class_at(self.back_over(closed, ("SY", "IS"))) == "NU"
        if after == "OP" and before in ("PO", "PR"):
            return self.class_at(k + 1) == "NU" or (self.class_at(k + 1) == "IS" and self.class_at(k + 2) == "NU")
        return False

    def _scripts(self, k: int, before: str, after: str) -> bool | None:
        forbidden = (
            (before == "JL" and after in ("JL", "JV", "H2", "H3"))  # LB26
            or (before in ("JV", "H2") and after in ("JV", "JT"))
            or (before in ("JT", "H3") and after == "JT")
            or (before in _HANGUL and after == "PO")  # LB27
            or (before == "PR" and after in _HANGUL)
            or (before in _LETTER and after in _LETTER)  # LB28
            or self._inside_aksara(k, before, after)
            or (before == "IS" and after in _LETTER)  # LB29
            or (after == "OP" and (before in _LETTER or before == "NU") and not self.is_wide(k))  # LB30
            or (before == "CP" and (after in _LETTER or after == "NU") and not self.is_wide(k - 1))
            or (before == "RI" and after == "RI" and self._odd_indicators(k - 1))  # LB30a
            or (after == "EM" and (before == "EB" or self._is_unassigned_emoji(k - 1)))  # LB30b
        )
        return False if forbidden else None

    def _inside_aksara(self, k: int, before: str, after: str) -> bool:
        """LB28a: scripts of Southeast Asia whose syllables are not cut."""
        first = before in _AKSARA or self.characters[k - 1] == "\u25cc"
        second = after in _AKSARA or self.characters[k] == "\u25cc"
        if before == "AP" and second:
            return True
        if first and (after in ("VF", "VI") or (second and self.class_at(k + 1) == "VF")):
            return True
        earlier = self.class_at(k - 2) in _AKSARA or (k >= 2 and self.characters[k - 2] == "\u25cc")
        return earlier and before == "VI" and (after == "AK" or self.characters[k] == "\u25cc")

    def _odd_indicators(self, k: int) -> bool:
        first = self.back_over(k, ("RI",))
        return (k - first) % 2 == 1

    def _is_unassigned_emoji(self, k: int) -> bool:
        character = self.characters[k]
        return unicodedata.category(character) == "Cn" and 0x1F000 <= ord(character) <= 0x1FAFF

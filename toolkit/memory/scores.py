"""How like two Chinese sentences are, in per cent, as reviewers are used to see it.

Both texts are first written with one character for each figure and, where a glossary is at hand, one for each term.
The score is then ``100 · 2 · LCS / (length + length)``, rounded down: the normalised insertion-deletion similarity of
rapidfuzz's `fuzz.ratio`, LCS being the longest common subsequence.  So a long name that differs weighs as much as a
short one, and a figure that differs weighs nothing, for whoever takes the match over has to put the figures right
anyway and is told so (`same_numbers`).  Texts that are not the same never score more than 99.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

NEARLY = 99
_NUMBERS = re.compile(r"[0-9０-９〇一二三四五六七八九十百千万亿]+")
_FIGURE = "\ue000"
_FIRST_TERM, _LAST_TERM = 0xF0000, 0x10FFFD  # private use, planes 15 and 16
MOST_TERMS = _LAST_TERM - _FIRST_TERM
"""Terms that have a character of their own; those behind them count as they are written."""


def without_figures(text: str) -> str:
    """`text` with one private character for each figure, Chinese numerals included."""
    return _NUMBERS.sub(_FIGURE, text)


def same_numbers(one: str, other: str) -> bool:
    """Whether the figures of both texts are the same, in the same order."""
    return _NUMBERS.findall(one) == _NUMBERS.findall(other)


class Scores:
    """Scores of sentences; `terms` are the Chinese of a glossary, each to count as one character."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self._terms: dict[str, list[tuple[str, str]]] = defaultdict(list)
        several = sorted({term for term in terms if len(term) > 1})
        for code, term in zip(range(_FIRST_TERM, _LAST_TERM), several, strict=False):
            self._terms[term[:2]].append((term, chr(code)))
        for entries in self._terms.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def written(self, text: str) -> str:
        """`text` with one character for each term, leftmost and longest first, and for each figure outside them."""
        if not self._terms:
            return without_figures(text)
        pieces: list[str] = []
        position = rest = 0
        last = len(text) - 1
        while position < last:
            entries = self._terms.get(text[position : position + 2], ())
            found = next((entry for entry in entries if text.startswith(entry[0], position)), None)
            if found is None:
                position += 1
                continue
            pieces += (without_figures(text[rest:position]), found[1])
            position = rest = position + len(found[0])
        pieces.append(without_figures(text[rest:]))
        return "".join(pieces)

    def score(self, one: str, other: str) -> int:
        """The score of two texts, 0 to 100."""
        return 100 if one == other else min(NEARLY, int(fuzz.ratio(self.written(one), self.written(other))))

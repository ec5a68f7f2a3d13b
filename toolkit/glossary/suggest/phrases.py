"""Phrases that come again: rows of words said several times, and not only as a part of a longer one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from toolkit.glossary.suggest.tokens import Token

_MOST_WORDS = 6
_SHORTEST, _LONGEST = 4, 16  # characters
_NO_EDGE = frozenset(
    ("uj", "ul", "uz", "ug", "ud", "p", "c", "d", "x", "m", "r", "f", "y", "e", "o", "q", "t", "k", "h", "zg")
)  # tags of words that no term begins or ends with: particles, prepositions, numbers, pronouns …
_NO_FIRST = frozenset(("等", "的", "为", "是", "有", "在", "以", "将", "把"))


def repeated_phrases(texts: Iterable[Sequence[Token]], *, at_least: int) -> dict[str, int]:
    """Phrases said `at_least` times over `texts`, with their counts; the longest of those said as often.

    A phrase is two to six words in a row, four to sixteen characters, that begins and ends with a word of content.
    """
    counts: Counter[str] = Counter()
    for tokens in texts:
        for first in range(len(tokens)):
            for last in range(first + 1, min(first + _MOST_WORDS, len(tokens))):
                row = tokens[first : last + 1]
                if any(token.tag == "x" for token in row):
                    break
                text = "".join(token.text for token in row)
                if _SHORTEST <= len(text) <= _LONGEST and _has_content_at_its_ends(row):
                    counts[text] += 1
    often = {text: count for text, count in counts.items() if count >= at_least}
    return {text: count for text, count in often.items() if not _is_part_of_one_as_frequent(text, count, often)}


def _has_content_at_its_ends(row: Sequence[Token]) -> bool:
    return not any(token.tag in _NO_EDGE or token.text in _NO_FIRST for token in (row[0], row[-1]))


def _is_part_of_one_as_frequent(text: str, count: int, often: dict[str, int]) -> bool:
    return any(len(other) > len(text) and text in other and times >= count for other, times in often.items())

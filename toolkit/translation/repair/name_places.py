"""Other spellings of a personal name: Sun Zhi-gang, Liang Weijie for Liang Weiji, Ho Mou-pao for He Moubao."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from toolkit.constraints.constraint import Constraint, Span

_CAPITALISED = re.compile(r"(?<!\w)[^\W\d_a-z]\w*(?:[-'’]\w+)*")
_LEAST = 78.0  # per cent of the sounds that two spellings of one name share
_LONGEST = 4  # words
_SOUNDS = (
    *(("hs", "x"), ("ts", "z"), ("tz", "z"), ("zh", "j"), ("ch", "j"), ("sh", "s")),
    *(("q", "j"), ("c", "z"), ("k", "g"), ("t", "d"), ("p", "b"), ("ü", "u"), ("ou", "o"), ("w", "u"), ("y", "i")),
)
"""Letters that Wade-Giles, other systems and plain slips put for one another; both sides are brought to the second."""


def name_places(text: str, constraint: Constraint, taken: Sequence[Span]) -> Iterator[tuple[Span, float]]:
    """Runs of capitalised words that may spell the name, with their likeness from 0 to 1.

    A run that touches one of `taken` is another's.
    """
    rights = [(_sound(target), len(target.split())) for target in constraint.targets]
    words = [match.span() for match in _CAPITALISED.finditer(text)]
    for first in range(len(words)):
        for last in range(first, min(first + _LONGEST, len(words))):
            if last > first and text[words[last - 1][1] : words[last][0]] != " ":
                break
            span = (words[first][0], words[last][1])
            follows = first > 0 and text[words[first - 1][1] : span[0]] == " "
            if any(span[0] < end and start < span[1] for start, end in taken) or (first == last and follows):
                continue  # one word behind another may be the given name alone
            sound = _sound(text[slice(*span)])
            count = last - first + 1
            likeness = max((fuzz.ratio(sound, right) for right, size in rights if abs(size - count) <= 1), default=0.0)
            if likeness >= _LEAST:
                yield span, likeness / 100


def is_half_a_name(text: str, span: Span) -> bool:
    """Whether another capitalised word follows at once: the “Norman” of Norman Chan."""
    return re.match(r" [^\W\d_a-z]", text[span[1] :]) is not None


def is_name_like(text: str, constraint: Constraint) -> bool:
    """Whether `text` may be another spelling of the name; “Norman Chan” is none of Chen Delin."""
    return any(fuzz.ratio(_sound(text), _sound(target)) >= _LEAST for target in constraint.targets)


def _sound(text: str) -> str:
    letters = "".join(character for character in text.lower() if character.isalpha())
    for spelling, sound in _SOUNDS:
        letters = letters.replace(spelling, sound)
    return letters

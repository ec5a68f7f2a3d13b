"""What of a source sentence should be seen on the other side, and in which units of the translation it is seen."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from toolkit import tibetan
from toolkit.alignment.sounds import heard_in, sounds_in
from toolkit.alignment.units import Unit
from toolkit.alignment.words import Searchable, everyday_words, letters_in, words_in
from toolkit.constraints.constraint import Constraint, Kind
from toolkit.languages import Language

Scores = NDArray[np.float64]
RELIABILITY: dict[Language, dict[str, float]] = {
    "en": {
        "figure": 0.95,
        "term": 0.8,
        "keep": 0.9,
        "name": 0.7,
        "letters": 0.9,
        "sound": 0.75,
        "word": 0.65,
        "mark": 0.6,
    },
    "bo": {
        "figure": 0.95,
        "term": 0.8,
        "keep": 0.8,
        "name": 0.6,
        "letters": 0.45,
        "sound": 0.5,
        "word": 0.6,
        "mark": 0.3,
    },
}
"""How often each kind of clue is seen in the right place, roughly (first 500 lines of NTREX-128, and judgement)."""
_MOST_MISSED = 3.0  # nats: a free translation misses many words, which says little more than that
_TOO_COMMON = 0.2  # of the units: such a sound is no name
_QUESTION, _QUOTES = re.compile("[？?]"), re.compile('[“”「」『』"]')
_IN_TRANSLATION = {"question": re.compile(r"[?？]"), "quote": re.compile(r"[\"“”「」『』]|(?<!\w)'|'(?!\w)")}


@dataclass(frozen=True)
class Clue:
    """Something in a source sentence, and the units of the translation where it is seen, in order."""

    kind: str
    text: str
    units: tuple[int, ...]


@dataclass(frozen=True)
class Clues:
    """The clues of every source sentence over `count` units."""

    by_source: tuple[tuple[Clue, ...], ...]
    count: int
    language: Language

    def scores(self, source: int, width: int) -> Scores:
        """What the clues of a sentence say for its standing for units `j` to `j + n`, in nats: row j, column n - 1."""
        total = np.zeros((self.count + 1, width))
        missed = np.zeros((self.count + 1, width))
        starts = np.arange(self.count + 1)
        lengths = np.arange(1, width + 1)
        for clue in self.by_source[source]:
            reliability = RELIABILITY[self.language][clue.kind]
            if not clue.units:
                continue
            chance_of_one = (len(clue.units) - 1 + 0.3) / (self.count + 1)
            chance = 1 - (1 - chance_of_one) ** lengths
            worth = np.log((reliability + (1 - reliability) * chance) / chance)
            following = np.append(np.array(clue.units), 10**9)[np.searchsorted(np.array(clue.units), starts)]
            seen = (following - starts)[:, None] < lengths[None, :]
            total += np.where(seen, worth[None, :], 0.0)
            missed += np.where(seen, 0.0, -math.log(1 - reliability))
        return total - np.minimum(missed, _MOST_MISSED)

    def reasons(self, sources: Sequence[int], units: range) -> tuple[str, ...]:
        """The clues that speak for these sentences standing for these units, the surest first."""
        found = [
            clue
            for source in sources
            for clue in self.by_source[source]
            if clue.kind != "mark" and any(unit in units for unit in clue.units)
        ]
        found.sort(key=lambda clue: (len(clue.units), -RELIABILITY[self.language][clue.kind]))
        return tuple(dict.fromkeys(f"{clue.kind} {clue.text}" for clue in found))


def find_clues(
    sources: Sequence[str], units: Sequence[Unit], language: Language, constraints: Sequence[Sequence[Constraint]]
) -> Clues:
    """All clues of `sources` in `units`; `constraints` are those of each source sentence."""
    texts = [tibetan.normal(unit.text) if language == "bo" else unit.text for unit in units]
    searchable = [Searchable.of(text, language) for text in texts]
    letters = [letters_in(text) for text in texts]
    heard = heard_in(texts, language)
    seen: dict[tuple[object, ...], tuple[int, ...]] = {}

    def where(key: tuple[object, ...], test: Sequence[bool]) -> tuple[int, ...]:
        return seen.setdefault(key, tuple(number for number, yes in enumerate(test) if yes))

    def clues_of(text: str, needed: Sequence[Constraint]) -> Iterator[Clue]:
        for constraint in needed:
            if constraint.is_weak or (constraint.kind is Kind.KEEP and constraint.source.isascii()):
                continue
            key: tuple[object, ...] = ("constraint", constraint.source, constraint.targets)
            if key not in seen:
                where(key, [bool(constraint.find_in(one, language)) for one in texts])
            yield Clue(str(constraint.kind), constraint.source, seen[key])
        for word in sorted(letters_in(text)):
            if len(word) > 1:
                key = ("letters", word)
                if key not in seen:
                    where(key, [word in one for one in letters])
                yield Clue("letters", word, seen[key])
        for name, sounds in sounds_in(text, language).items():
            units = {number for sound in sounds for number in heard.get(sound, ())}
            if units and len(units) <= _TOO_COMMON * len(texts) + 1:
                yield Clue("sound", name, tuple(sorted(units)))
        for word in words_in(text):
            key = ("word", word)
            if key not in seen:
                renderings = everyday_words()[word][language]
                where(key, [one.has_any(renderings) for one in searchable])
            yield Clue("word", word, seen[key])
        for kind, pattern in (("question", _QUESTION), ("quote", _QUOTES)):
            if pattern.search(text):
                key = ("mark", kind)
                if key not in seen:
                    where(key, [bool(_IN_TRANSLATION[kind].search(one)) for one in texts])
                yield Clue("mark", kind, seen[key])

    found = [tuple(clues_of(text, needed)) for text, needed in zip(sources, constraints, strict=True)]
    return Clues(tuple(found), len(units), language)

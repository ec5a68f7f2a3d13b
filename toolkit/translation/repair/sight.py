"""One item as the search sees it: its words, and what draws them to a constraint or away from it."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.constraints.constraint import Constraint, Span
from toolkit.languages import Language
from toolkit.translation.repair.alignment import Floats, Links
from toolkit.translation.repair.words import Word, is_light, is_near, target_words


@dataclass(frozen=True)
class Sight:
    """One item as the search sees it: its words, their links, and what is taken already."""

    source: tuple[Word, ...]
    target: tuple[Word, ...]
    text: str
    links: Links
    language: Language

    @functools.cached_property
    def trust(self) -> float:
        """How many heavy words of the target other sentences confirm to come from this source, 0 to 1."""
        heavy = [column for column, word in enumerate(self.target) if not is_light(word.key, self.language)]
        if not heavy or not self.source:
            return 0.0
        known = np.minimum(1.0, self.links.elsewhere) * (self.links.given_target > 0.2)
        return float(known[:, heavy].max(axis=0).mean())

    def rows_of(self, constraint: Constraint) -> list[int]:
        """The source words inside the constraint."""
        return [
            row for row, word in enumerate(self.source) if constraint.start <= word.start and word.end <= constraint.end
        ]


@dataclass(frozen=True)
class Forces:
    """For each target word what draws it to one constraint, and what away from it; 0 to 1 but for `push`."""

    pull: Floats  # links to the constraint's words, or likeness
    push: Floats  # links to the other words of the source
    coverage: Floats  # how much of the constraint's words went into this one
    support: Floats  # how often other sentences make the same link, 1 for once or more
    alike: Floats  # whether a right rendering has the word
    light: list[bool]
    blocked: list[bool]  # taken by another constraint
    wanted: frozenset[str]  # keys of the right renderings
    signs: frozenset[str]  # their signs: a term may hold brackets


def forces_of(sight: Sight, rows: list[int], renderings: Sequence[str], taken: Sequence[Span]) -> Forces:
    """What speaks for each target word to stand for the source words `rows`."""
    links, language = sight.links, sight.language
    right = [target_words(rendering, language) for rendering in renderings]
    both = np.sqrt(links.given_target * links.given_source)
    inside = np.zeros(len(sight.source), dtype=bool)
    inside[rows] = True
    alike = _likeness(sight, right)
    pull = (links.given_target[inside].sum(axis=0) + both[inside].sum(axis=0)) / 2
    return Forces(
        pull=np.minimum(1.0, np.maximum(pull, alike)),
        push=both[~inside].sum(axis=0) * (1 - 0.8 * alike),
        coverage=links.given_source[inside].sum(axis=0) / len(rows),
        support=np.minimum(1.0, links.elsewhere[inside].max(axis=0)),
        alike=np.minimum(1.0, alike),
        light=[is_light(word.key, language) for word in sight.target],
        blocked=[any(word.start < end and start < word.end for start, end in taken) for word in sight.target],
        wanted=frozenset(word.key for words in right for word in words),
        signs=frozenset(sign for rendering in renderings for sign in rendering if not sign.isalnum()),
    )


def _likeness(sight: Sight, right: Sequence[Sequence[Word]]) -> Floats:
    """1 for a heavy word that a right rendering has too, divided among its occurrences; less for a near spelling."""
    keys = {word.key for words in right for word in words if not is_light(word.key, sight.language)}
    initials = {"".join(word.key[0] for word in words) for words in right if len(words) > 2}
    counts = Counter(word.key for word in sight.target)
    alike = np.zeros(len(sight.target))
    for column, word in enumerate(sight.target):
        if word.key in keys or word.key in initials:
            alike[column] = 0.9 / counts[word.key] ** 0.5
        elif word.key.isalpha() and any(is_near(word.key, key, sight.language) for key in keys):
            alike[column] = 0.6 / counts[word.key] ** 0.5
    return alike

"""What was translated before, and how like a new sentence it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from toolkit.files import hash_of
from toolkit.languages import LANGUAGES, Language
from toolkit.report.inline import InlineText

_NUMBERS = re.compile(r"[0-9０-９〇一二三四五六七八九十百千万亿]+")


@dataclass(frozen=True)
class MemoryUnit:
    """One translation unit: a Chinese segment and its targets by language.

    `reviewed_by` names the person who stands behind it, empty for none.  `doubts` go by language: what a
    second reader questioned.  `place` is "file:unit id", for messages and provenance.  `reviewed_at` is UTC
    (`2026-11-25T04:05:57Z`); `origin` tells where the words came from (a report, a file); `before` and `after` are the
    source sentences around it, which decide where one source has two translations.
    """

    source: InlineText
    targets: Mapping[Language, InlineText]
    reviewed_by: str = ""
    doubts: Mapping[Language, str] | None = None
    place: str = ""
    reviewed_at: str = ""
    origin: str = ""
    before: str = ""
    after: str = ""

    def doubt(self, language: Language) -> str:
        """The doubt about the target in `language`, empty for none."""
        return (self.doubts or {}).get(language, "")


@dataclass(frozen=True)
class MemoryMatch:
    """A unit found for a source, with its score: 100 is the same text, below that a fuzzy match.

    `numbers_agree` is false when a figure differs: such a match may be shown, never printed.
    """

    unit: MemoryUnit
    score: int
    numbers_agree: bool = True

    def fingerprint(self, language: Language) -> str:
        """Hash of what a draft in `language` takes from this match."""
        target = self.unit.targets[language]
        return hash_of(str(self.score), self.unit.source.text, repr(target), self.unit.doubt(language), self.unit.place)


class Memory:
    """Translation units in file order, found by source text."""

    def __init__(self, units: tuple[MemoryUnit, ...]) -> None:
        self.units = units
        self._by_text: dict[str, list[MemoryUnit]] = defaultdict(list)
        for unit in units:
            self._by_text[unit.source.text].append(unit)
        self._texts: dict[Language, list[str]] = {
            language: [text for text, same in self._by_text.items() if any(unit.targets.get(language) for unit in same)]
            for language in LANGUAGES
        }

    def exact(self, text: str, language: Language) -> tuple[MemoryMatch, ...]:
        """Units whose source is `text` and that have a target in `language`; reviewed ones first."""
        units = [unit for unit in self._by_text.get(text, ()) if unit.targets.get(language)]
        units.sort(key=lambda unit: not unit.reviewed_by)
        return tuple(MemoryMatch(unit, 100) for unit in units)

    def fuzzy(self, text: str, language: Language, *, at_least: int, limit: int = 3) -> tuple[MemoryMatch, ...]:
        """Units whose source is like `text`, best first, with scores from `at_least` to 99.

        The score is the normalised insertion-deletion similarity over characters, in per cent, rounded down.
        """
        found = process.extract(text, self._texts[language], scorer=fuzz.ratio, score_cutoff=at_least, limit=limit + 1)
        matches = []
        for source, score, _ in found:
            if source == text:
                continue
            agree = _NUMBERS.findall(source) == _NUMBERS.findall(text)
            matches += [
                MemoryMatch(unit, min(int(score), 99), agree)
                for unit in self._by_text[source]
                if unit.targets.get(language)
            ]
        return tuple(matches[:limit])

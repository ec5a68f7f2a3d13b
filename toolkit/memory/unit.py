"""A translation unit, and a unit found for a new sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.files import hash_of
from toolkit.languages import Language
from toolkit.report.inline import InlineText


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

    def stands_where(self, other: MemoryUnit) -> bool:
        """Whether both translate the same source between the same sentences."""
        return (self.source.text, self.before, self.after) == (other.source.text, other.before, other.after)

    def stands_between(self, before: str, after: str) -> bool:
        """Whether the unit records what stood around it, and it is `before` and `after`."""
        return bool(self.before or self.after) and (self.before, self.after) == (before, after)


@dataclass(frozen=True)
class MemoryMatch:
    """A unit found for a source, with its score: 100 is the same text, below that a fuzzy match.

    `numbers_agree` is false when a figure differs: such a match may be shown, never printed.  `in_context` says that
    the sentences around the unit are those around the new one as well.
    """

    unit: MemoryUnit
    score: int
    numbers_agree: bool = True
    in_context: bool = False

    def fingerprint(self, language: Language) -> str:
        """Hash of what a draft in `language` takes from this match."""
        target = self.unit.targets[language]
        return hash_of(str(self.score), self.unit.source.text, repr(target), self.unit.doubt(language), self.unit.place)

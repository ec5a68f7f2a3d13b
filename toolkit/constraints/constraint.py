"""A constraint: something in the source that has a known rendering, and must have it in the target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from toolkit import english, tibetan
from toolkit.figures import Figure, find_figure
from toolkit.glossary import Status
from toolkit.languages import Language

Span = tuple[int, int]
PERSON = "person"  # the glossary's domain of personal names


class Kind(StrEnum):
    """What sort of thing a constraint holds on to."""

    TERM = "term"
    KEEP = "keep"  # copied as it is: an address, a code, a term whose target is its source
    NAME = "name"
    FIGURE = "figure"


@dataclass(frozen=True)
class Constraint:
    """`source` stands in the Chinese from `start` to `end`; one of `targets` (preferred first) must stand for it.

    For a figure `targets` holds the preferred way to write it, and `figure` recognises every right one.
    `forbidden` must not stand for it.  `status` says how far a person stands behind it: figures and kept text are
    certain (approved), names found by rule are proposed.  `is_weak` marks what is never missed, only offered:
    a lone 一, a name that may be none.  `place` is the glossary row, or the rule; `domain` is person, place ….
    """

    start: int
    end: int
    source: str
    kind: Kind
    targets: tuple[str, ...]
    status: Status = Status.APPROVED
    place: str = ""
    figure: Figure | None = None
    forbidden: tuple[str, ...] = ()
    is_weak: bool = False
    domain: str = ""

    @property
    def is_person(self) -> bool:
        """Whether it is a personal name."""
        return self.domain == PERSON

    @property
    def preferred(self) -> str:
        """The rendering to insert."""
        return self.targets[0] if self.targets else ""

    def find_in(self, text: str, language: Language) -> tuple[Span, ...]:
        """Where an allowed rendering stands in `text`: in order, none inside another."""
        if self.figure is not None:
            return find_figure(self.figure, text, language)
        spans = (span for target in self.targets for span in find_rendering(text, target, language))
        if self.is_person and language == "en":  # 宋 is Song, not a song
            spans = (span for span in spans if text[span[0]].isupper())
        return _outermost(spans)

    def find_forbidden_in(self, text: str, language: Language) -> tuple[Span, ...]:
        """Where a forbidden rendering stands in `text`, not counting those inside an allowed one."""
        allowed = self.find_in(text, language)
        found = _outermost(span for target in self.forbidden for span in find_rendering(text, target, language))
        return tuple(span for span in found if not any(start <= span[0] and span[1] <= end for start, end in allowed))


def find_rendering(text: str, rendering: str, language: Language) -> tuple[Span, ...]:
    """Where `rendering` stands in `text`, by the borders of its language; an English one may be in the plural.

    Tibetan text must be normal.
    """
    if language == "bo":
        return tibetan.find_phrase(text, rendering)
    return english.find_phrase(text, rendering, plural=True)


def _outermost(spans: Iterable[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)

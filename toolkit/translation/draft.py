"""A draft: every segment of a report in one language, its state, and where its text came from."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from toolkit.files import hash_of
from toolkit.languages import Language
from toolkit.report.inline import InlineText

VIA_MEMORY = "memory"
MOST_ALTERNATIVES = 5  # of machines, beside a target


class State(StrEnum):
    """How far a target has come.  No machine touches one that a person reviewed or signed off."""

    NEEDS_TRANSLATION = "needs-translation"
    DRAFT = "draft"
    REVIEWED = "reviewed"
    SIGNED_OFF = "signed-off"


class OriginKind(StrEnum):
    """Who or what proposed a target."""

    MEMORY = "memory"
    TERM = "term"
    FUZZY = "fuzzy"
    ENGINE = "engine"
    FOREIGN = "foreign"  # made elsewhere and brought in
    PERSON = "person"


@dataclass(frozen=True)
class Origin:
    """Where a target came from: `detail` is a memory unit, a glossary row, an engine with its version, or a name.

    `score` in per cent belongs to memory and fuzzy matches; `rung` to engines: how the target was reached.
    """

    kind: OriginKind
    detail: str = ""
    score: int | None = None
    rung: str = ""

    def __str__(self) -> str:
        score = f" {self.score} %" if self.kind is OriginKind.FUZZY and self.score is not None else ""
        return " ".join(part for part in (f"{self.kind}{score}", self.detail, self.rung) if part)


@dataclass(frozen=True)
class Candidate:
    """A proposed target.  One that is not `printable` is an alternative to look at, never a draft by itself.

    `review` tells who stands behind it, where that needs no second look: a memory match that leaves no choice.
    """

    target: InlineText
    origin: Origin
    printable: bool = True
    note: str = ""
    review: Review | None = field(default=None, repr=False)  # repr goes into `inputs`, which older drafts hold


@dataclass(frozen=True)
class Review:
    """Who stands behind a target: a person's name, when (UTC, `2026-11-25T04:05:57Z`), and what it came through.

    `via` is a file's name, "review page", or "memory" where the person reviewed the same sentence elsewhere.
    """

    by: str
    at: str
    via: str = ""


@dataclass(frozen=True)
class DraftUnit:
    """One segment in one language.

    `inputs` is the hash of the source, terms and memory the draft depended on, and `asked` the identity of the engine
    that was asked for what they left open, empty for none; `drafted` the hash of the target as a machine wrote it:
    a target that no longer has it was changed by a person.  `note` carries what a reviewer should know.  `review` is
    the last act of a named person on it: a correction, a review, a signature.
    """

    segment_id: str
    source: InlineText
    target: InlineText
    state: State
    origin: Origin | None = None
    alternatives: tuple[Candidate, ...] = ()
    note: str = ""
    inputs: str = ""
    asked: str = ""
    drafted: str = ""
    review: Review | None = None

    @property
    def is_gap(self) -> bool:
        """Whether there is nothing to print."""
        return not self.target

    @property
    def is_open(self) -> bool:
        """Whether a person still has to look at it."""
        return self.state in (State.NEEDS_TRANSLATION, State.DRAFT)

    @property
    def follows_memory(self) -> bool:
        """Whether it is reviewed only because a person reviewed the same sentence elsewhere, and untouched since.

        It belongs to that person's act and goes with it: when they, or another person, correct the sentence in the
        memory, this becomes what the memory says then.
        """
        return (
            self.state is State.REVIEWED
            and self.review is not None
            and self.review.via == VIA_MEMORY
            and self.drafted == target_hash(self.target)
        )

    @property
    def belongs_to_a_person(self) -> bool:
        """Reviewed, signed off, or typed over since a machine drafted it: never replaced by a machine."""
        return not self.is_open or (bool(self.target) and self.drafted != target_hash(self.target))


@dataclass(frozen=True)
class Draft:
    """All units of a report in one language, in source order.

    `former` are units of segments that the report no longer has, kept because a person worked on them.
    """

    language: Language
    units: tuple[DraftUnit, ...]
    former: tuple[DraftUnit, ...] = ()

    def unit(self, segment_id: str) -> DraftUnit | None:
        """The unit of a segment, if the draft has one."""
        return self._by_segment.get(segment_id)

    @functools.cached_property
    def _by_segment(self) -> dict[str, DraftUnit]:
        return {unit.segment_id: unit for unit in reversed(self.units)}


def kept_alternatives(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The first few of machines, in order, and every one that a person wrote: their words are never dropped."""
    kept: list[Candidate] = []
    machines = 0
    for one in candidates:
        is_persons = one.origin.kind is OriginKind.PERSON
        if is_persons or machines < MOST_ALTERNATIVES:
            kept.append(one)
        machines += not is_persons
    return tuple(kept)


@functools.lru_cache(maxsize=1 << 11)
def target_hash(target: InlineText) -> str:
    """Hash of a target with its codes, 16 hex digits."""
    return hash_of(target.text, repr(target.codes))[:16]

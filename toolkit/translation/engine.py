"""What every engine does: a batch of segments with context in, candidates out, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from toolkit.glossary import TermMatch
from toolkit.languages import Language
from toolkit.report import Segment
from toolkit.translation.draft import Candidate


@dataclass(frozen=True)
class Request:
    """One segment to translate, with the terms in it and the sentences around it."""

    segment: Segment
    terms: tuple[TermMatch, ...] = ()
    before: str = ""
    after: str = ""


class Engine(Protocol):
    """A source of candidates.  `name` is what `--engine` takes."""

    name: str

    def can_translate(self, target: Language) -> bool:
        """Whether the engine can produce `target` from Chinese here and now."""
        ...

    def identity(self, target: Language) -> str:
        """Name and version: a draft made by another identity is another draft."""
        ...

    def propose(self, requests: Sequence[Request], target: Language) -> list[tuple[Candidate, ...]]:
        """Candidates for each request, in order, best first; an empty tuple where the engine has none.

        Raises `EngineError` when the engine fails as a whole.
        """
        ...

"""A term: one concept, its preferred rendering per language, and what else may or must not stand for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from toolkit.files import hash_of
from toolkit.languages import Language


class Status(StrEnum):
    """How far a person stands behind a term.  Only a named person approves."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True)
class Term:
    """One row of a glossary.

    `sources` are the Chinese spellings, preferred first.  `targets`, `accepted` and `forbidden` go by
    language; `place` is "file:line", for messages.  `by` is who gave it its status, `date` when (2026-11-25); both
    are empty where nobody did.
    """

    sources: tuple[str, ...]
    targets: Mapping[Language, str]
    accepted: Mapping[Language, tuple[str, ...]]
    forbidden: Mapping[Language, tuple[str, ...]]
    domain: str
    status: Status
    note: str
    source: str
    place: str
    by: str = ""
    date: str = ""

    @property
    def zh(self) -> str:
        """The preferred Chinese spelling."""
        return self.sources[0]

    def allowed(self, language: Language) -> tuple[str, ...]:
        """Every rendering that satisfies the term in `language`, preferred first."""
        preferred = self.targets.get(language, "")
        return ((preferred,) if preferred else ()) + self.accepted.get(language, ())

    def fingerprint(self, language: Language) -> str:
        """Hash of what a draft in `language` depends on; note, source and name are not part of it."""
        return hash_of(*self.sources, "→", *self.allowed(language), "≠", *self.forbidden.get(language, ()), self.status)

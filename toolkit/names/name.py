"""A personal name found in a Chinese text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from toolkit.languages import Language


class NameOrigin(StrEnum):
    """What a name looks like.  It says nothing of the bearer: a Han-looking name does not prove a Han official."""

    HAN = "han"
    TIBETAN = "tibetan"


@dataclass(frozen=True)
class PersonName:
    """A personal name at `start` to `end` of a Chinese text, and what it may be called elsewhere.

    `evidence` tells a person why this is taken for a name; `sure` is whether the words around it say so, not
    only its look.  `renderings` are proposals, the preferred one first, the accepted ones behind it.
    """

    start: int
    end: int
    text: str
    origin: NameOrigin
    evidence: str
    sure: bool
    renderings: Mapping[Language, tuple[str, ...]]

"""The tables behind names: surnames, the syllable table, parts of Tibetan names, and what is no name."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True)
class Surname:
    """How a Chinese surname is read, preferred reading first; `word`: it is an everyday word too."""

    readings: tuple[str, ...]
    word: bool


@dataclass(frozen=True)
class TibetanPart:
    """One part of a Tibetan name, as its Chinese transcription gives it.

    `spellings` pair each Tibetan spelling with its romanisations, the likeliest first.  `last`: it only ends a
    name, behind another part.
    """

    spellings: tuple[tuple[str, tuple[str, ...]], ...]
    last: bool


def _rows(name: str) -> Iterator[list[str]]:
    lines = files("toolkit.names").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    table = [line.split("\t") for line in lines if line and not line.startswith("#")]
    yield from table[1:]  # behind the line of column heads


@functools.cache
def surnames() -> Mapping[str, Surname]:
    """Chinese surnames, of one character or more (surnames.tsv)."""
    return MappingProxyType(
        {
            surname: Surname((reading, *_choices(accepted)), note == "word")
            for surname, reading, accepted, note in _rows("surnames.tsv")
        }
    )


@functools.cache
def syllables() -> Mapping[str, tuple[str, ...]]:
    """Pinyin syllables without tone, with their Tibetan spellings, ours first (tibetan_syllables.tsv)."""
    return MappingProxyType({pinyin: _choices(spellings) for pinyin, spellings in _rows("tibetan_syllables.tsv")})


@functools.cache
def tibetan_parts() -> Mapping[str, TibetanPart]:
    """Chinese transcriptions of parts of Tibetan names (tibetan_names.tsv)."""
    parts: dict[str, TibetanPart] = {}
    for tibetan, english, chinese, note in _rows("tibetan_names.tsv"):
        spellings = tuple((spelling, _choices(english)) for spelling in _choices(tibetan))
        for transcription in chinese.split():
            known = parts.get(transcription)
            parts[transcription] = TibetanPart((*(known.spellings if known else ()), *spellings), note == "last")
    return MappingProxyType(parts)


@functools.cache
def not_names() -> frozenset[str]:
    """What begins like a name and is none (not_names.tsv)."""
    return frozenset(word for words, *_ in _rows("not_names.tsv") for word in words.split())


@functools.cache
def context_words() -> Mapping[str, frozenset[str]]:
    """The words that stand around names, by kind (context.tsv)."""
    kinds: dict[str, frozenset[str]] = {}
    for kind, words in _rows("context.tsv"):
        kinds[kind] = kinds.get(kind, frozenset()).union(words.split())
    return MappingProxyType(kinds)


def _choices(cell: str) -> tuple[str, ...]:
    return tuple(choice for choice in cell.split("|") if choice)

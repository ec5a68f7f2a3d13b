"""Everyday words and their usual renderings (data/words.tsv): weak evidence each, strong evidence together."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

from toolkit import chinese, english, tibetan
from toolkit.languages import Language

_WORDS = "words.tsv"
_ENGLISH_WORD = re.compile(r"[a-z0-9]+(?:[.'][a-z0-9]+)*|[$£€%?]")
_NEGATION = re.compile(r"n't\b")
_LETTERS = re.compile(r"[A-Za-z0-9]+(?:[.,][0-9]+)*")
_NOT_IN_FRONT = tibetan.TSHEG
_FUSED = ("", "འི", "ས", "ར", "འང", "འམ", "འོ")


@dataclass(frozen=True)
class Rendering:
    """A way a word comes out; `is_stem`: any ending may follow."""

    text: str
    is_stem: bool = False


@functools.cache
def everyday_words() -> Mapping[str, Mapping[Language, tuple[Rendering, ...]]]:
    """Chinese words with their renderings."""
    table: dict[str, dict[Language, tuple[Rendering, ...]]] = {}
    lines = files("toolkit.alignment").joinpath("data", _WORDS).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    for zh, en, bo in rows[1:]:
        english_forms = tuple(Rendering(form.rstrip("*"), form.endswith("*")) for form in en.split("|"))
        tibetan_forms = tuple(Rendering(form) for form in bo.split("|"))
        for word in zh.split("|"):
            known = table.setdefault(word, {"en": (), "bo": ()})
            known["en"] += english_forms
            known["bo"] += tibetan_forms
    return MappingProxyType(table)


@functools.lru_cache(maxsize=1 << 12)
def words_in(text: str) -> tuple[str, ...]:
    """The everyday words of a Chinese text, each once, in order."""
    known = everyday_words()
    found: dict[str, None] = {}
    cut = chinese.words(chinese.fold(text))
    for number, word in enumerate(cut):
        pair = word + "".join(cut[number + 1 : number + 2])
        if pair in known:
            found[pair] = None
        if word in known:
            found[word] = None
    return tuple(found)


@dataclass(frozen=True)
class Searchable:
    """A translated text made ready to be asked for words."""

    text: str
    language: Language

    @classmethod
    def of(cls, text: str, language: Language) -> Searchable:
        """English: lower-case words between spaces; Tibetan: syllables between tshegs."""
        if language == "bo":
            return cls(f"{_NOT_IN_FRONT}{_NOT_IN_FRONT.join(_syllables(text))}{_NOT_IN_FRONT}", language)
        plain = _NEGATION.sub(" not", english.straightened(text).lower())
        return cls(f" {' '.join(_ENGLISH_WORD.findall(plain))} ", language)

    def has(self, rendering: Rendering) -> bool:
        """Whether a rendering stands in it."""
        if self.language == "bo":
            stem = rendering.text.removesuffix("འ")
            return any(f"{_NOT_IN_FRONT}{stem}{fused}{_NOT_IN_FRONT}" in self.text for fused in _FUSED)
        return f" {rendering.text}{'' if rendering.is_stem else ' '}" in self.text

    def has_any(self, renderings: Sequence[Rendering]) -> bool:
        """Whether any of them does."""
        return any(self.has(one) for one in renderings)


def _syllables(text: str) -> list[str]:
    """Tibetan syllables and numbers in order."""
    return [
        piece
        for piece in re.split(
            r"[^\u0f20-\u0f39\u0f40-\u0fbc0-9]+|(?<=[0-9])(?=[\u0f40-\u0fbc])|(?<=[\u0f40-\u0fbc])(?=[0-9])",
            tibetan.normal(text),
        )
        if piece
    ]


def letters_in(text: str) -> frozenset[str]:
    """The Latin words and the numbers of a text, as both sides write them (1,000 is 1000)."""
    return frozenset(word.replace(",", "").lower() for word in _LETTERS.findall(text))

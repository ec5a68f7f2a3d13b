"""Words with their places: what is aligned, and what a span may begin and end with."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler, Levenshtein

from toolkit import chinese, tibetan
from toolkit.languages import Language, is_han
from toolkit.translation.repair.word_lists import LIGHT_ENGLISH, LIGHT_TIBETAN

_ENGLISH = re.compile(r"\d[\d,.]*\d%?|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+%?|[^\W_]+")
_NEAR_SPELLING = 0.93
_SHORTEST_NEAR = 5  # letters
_MOST_SLIPS = 2  # letters: centre, center
_POSSESSIVE = re.compile(r"['’]s?$")
_FUSED = re.compile(r"(?<=.)འ(?:ི|ང|མ)$|(?<=འ[ོིུ])[སར]$")
_LATIN_OR_NUMBER = re.compile(r"[A-Za-z]+|\d[\d,.]*\d|\d+")


@dataclass(frozen=True)
class Word:
    """`key` is what is compared (folded, without endings); it stands at `start` to `end` of its text."""

    key: str
    start: int
    end: int


def source_words(text: str, borders: Iterable[int] = (), wholes: Collection[tuple[int, int]] = ()) -> tuple[Word, ...]:
    """The words of a Chinese text, punctuation left out; none crosses one of `borders`, each of `wholes` is one."""
    folded = chinese.fold(text)
    cuts = sorted({0, len(text), *borders})
    found = []
    for start, end in itertools.pairwise(cuts):
        position = start
        whole = (start, end) in wholes
        for word in (folded[start:end],) if whole else chinese.words(folded[start:end]):
            if any(is_han(character) for character in word):
                found.append(Word(word, position, position + len(word)))
            else:
                found += [
                    Word(match.group().lower(), position + match.start(), position + match.end())
                    for match in _LATIN_OR_NUMBER.finditer(word)
                ]
            position += len(word)
    return tuple(found)


def target_words(text: str, language: Language) -> tuple[Word, ...]:
    """The words of an English text, or the syllables of a Tibetan one (which must be normal)."""
    if language == "bo":
        return tuple(_tibetan_words(text))
    return tuple(Word(stem(match.group()), match.start(), match.end()) for match in _ENGLISH.finditer(text))


def _tibetan_words(text: str) -> Iterable[Word]:
    start = None
    for index, character in enumerate(f"{text} "):
        if tibetan.joins(character):
            start = index if start is None else start
        elif start is not None:
            end = index - len(_fused_particle(text[start:index]))
            yield Word(text[start:end], start, end)
            start = None


def _fused_particle(syllable: str) -> str:
    """The particle at the end of a syllable where it can be nothing else: འི འང འམ; ས or ར after འོ འུ."""
    match = _FUSED.search(syllable)
    return match.group() if match else ""


@functools.lru_cache(maxsize=1 << 12)
def stem(word: str) -> str:
    """An English word in lower case without possessive and plural ending."""
    word = _POSSESSIVE.sub("", word.lower().replace("’", "'"))
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def is_light(key: str, language: Language) -> bool:
    """Whether a word says too little to stand for a term by itself: articles, prepositions, particles."""
    return key in (LIGHT_TIBETAN if language == "bo" else LIGHT_ENGLISH)


def is_near(one: str, other: str, language: Language) -> bool:
    """Whether two English words may be spellings of one: authorised, authorized; not law, laws."""
    if language != "en" or min(len(one), len(other)) < _SHORTEST_NEAR:
        return False
    return JaroWinkler.similarity(one, other) >= _NEAR_SPELLING and Levenshtein.distance(one, other) <= _MOST_SLIPS


def shared_words(keys: Sequence[str], wanted: Sequence[str], language: Language) -> int:
    """How many of `wanted` stand among `keys`, in whatever order and spelling."""
    left = list(wanted)
    for key in keys:
        match = next((other for other in left if other == key or is_near(other, key, language)), None)
        if match is not None:
            left.remove(match)
    return len(wanted) - len(left)

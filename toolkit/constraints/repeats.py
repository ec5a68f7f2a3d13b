"""Loops: a model that says the same thing again and again.

Reduplication is no loop: Tibetan doubles syllables (རེ་རེ, སོ་སོ), English has “had had” and “very very”, and what the
source says twice the translation may say twice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from toolkit.constraints.fault import Fault
from toolkit.languages import Language, is_han

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_SYLLABLE = re.compile(r"[\u0f35\u0f37\u0f39\u0f40-\u0fbc]+|[^\W_\u0f00-\u0fff]+")
_SENTENCE = re.compile(r"[^.!?།]+")
_LETTERS = re.compile(r"([^\W\d_])\1{4,}|([^\W\d_]{2,8}?)\2{3,}")
_SOURCE_DOUBLE = re.compile(r"([^\W\d_]{2,12})[，、！。；]?\1")
_NEVER_DOUBLED = frozenset(
    re.findall(r"\w+", "a an the of to for with from by at and or as was were be been their its our his this")
)
_LONGEST_PHRASE = 24  # words or syllables
_MORE_THAN_EMPHASIS = {"en": 3, "bo": 4}  # times one word may not stand in a row
_TWICE_IS_TOO_MUCH = {"en": 4, "bo": 6}  # words of a phrase that good text does not say twice in a row
_SAID_AGAIN = {"en": 9, "bo": 14}  # words of a phrase that does not come back later either
_TARGET_PER_HAN = 4  # what the source says twice may grow by this much, from characters to words
_SHORTEST_SENTENCE = 4

_Match = re.Match[str]


def repeat_faults(source: str, target: str, language: Language) -> Iterator[Fault]:
    """`repeated`: a phrase several times in a row, a word doubled, a sentence or long phrase again; one fault at most.

    The span is what is too much.
    """
    matches = list((_SYLLABLE if language == "bo" else _WORD).finditer(target))
    words = [match.group().lower() for match in matches]
    span = (
        _letters(source, target)
        or _in_a_row(source, target, matches, words, language)
        or _again(source, target, matches, words, language)
    )
    if span:
        text = target[span[0] : span[1]].strip()
        shown = text if len(text) <= 60 else f"{text[:60]}…"
        is_one_copy = bool(text) and target[: span[0]].rstrip(" \u0f0b").endswith(text.rstrip("\u0f0b"))
        reason = f"Said more often than in the Chinese: “{shown}”."
        yield Fault("repeated", reason, target_span=span, repair="" if is_one_copy else None)


def _letters(source: str, target: str) -> tuple[int, int] | None:
    match = _LETTERS.search(target)
    return match.span() if match and match.group() not in source else None


def _in_a_row(
    source: str, target: str, matches: list[_Match], words: list[str], language: Language
) -> tuple[int, int] | None:
    places: dict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        places[word].append(index)
    for index, word in enumerate(words):
        others = places[word]
        for other in others[bisect_right(others, index) :]:
            length = other - index
            if length > _LONGEST_PHRASE:
                break
            if all(one.isdigit() for one in words[index : index + length]):
                continue
            times = _times_in_a_row(words, index, length)
            if times > 1 and _is_too_much(source, target, matches, words, index, length, times, language):
                return matches[index + length].start(), matches[index + length * times - 1].end()
    return None


def _times_in_a_row(words: Sequence[str], start: int, length: int) -> int:
    phrase = words[start : start + length]
    times = 1
    while words[start + times * length : start + (times + 1) * length] == phrase:
        times += 1
    return times


def _is_too_much(
    source: str,
    target: str,
    matches: list[_Match],
    words: list[str],
    index: int,
    length: int,
    times: int,
    language: Language,
) -> bool:
    if length == 1:
        word = words[index]
        if word.isdigit():
            return False
        if times >= _MORE_THAN_EMPHASIS[language]:
            return not _SOURCE_DOUBLE.search(source)
        between = target[matches[index].end() : matches[index + 1].start()]
        return language == "en" and word in _NEVER_DOUBLED and between.isspace()
    if all(word.isdigit() for word in words[index : index + length]) or _SOURCE_DOUBLE.search(source):
        return False
    return times > 2 or length >= max(_TWICE_IS_TOO_MUCH[language], _TARGET_PER_HAN * longest_repeat(source))


def _again(
    source: str, target: str, matches: list[_Match], words: list[str], language: Language
) -> tuple[int, int] | None:
    """A sentence of some words, or a long phrase, that comes back although the source says nothing twice."""
    seen: set[tuple[str, ...]] = set()
    for sentence in _SENTENCE.finditer(target):
        said = tuple((_SYLLABLE if language == "bo" else _WORD).findall(sentence.group().lower()))
        if len(said) >= _SHORTEST_SENTENCE and said in seen and longest_repeat(source) < _SHORTEST_SENTENCE:
            return sentence.span()
        seen.add(said)
    length = _SAID_AGAIN[language]
    first: dict[tuple[str, ...], int] = {}
    for index in range(len(words) - length + 1):
        start = first.setdefault(tuple(words[index : index + length]), index)
        if start == index:
            continue
        while index + length < len(words) and words[start + length] == words[index + length]:
            length += 1
        if length >= _TARGET_PER_HAN * longest_repeat(source):
            return matches[index].start(), matches[index + length - 1].end()
        return None
    return None


def longest_repeat(source: str) -> int:
    """The length of the longest run of ideographs that stands twice in a Chinese text."""
    text = "".join(character if is_han(character) else "\n" for character in source)
    length = 0
    for start in range(len(text)):
        while (piece := text[start : start + length + 1]) and "\n" not in piece and text.find(piece, start + 1) >= 0:
            if len(piece) <= length:
                break
            length += 1
    return length

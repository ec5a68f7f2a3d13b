"""The order of names in an index: pinyin for Chinese, the alphabet for English, the dictionary's for Tibetan.

Tibetan dictionaries (and the tables of the Unicode CLDR for Dzongkha) order a syllable by its root letter first, then
by what stands before and over it, then by what stands under it, then by its vowel, then by its endings: ཀ, དཀའ, བཀའ,
རྐང, ལྐུག, སྐད come together under ཀ.
"""

from __future__ import annotations

import functools
import itertools
import unicodedata
from typing import Any

from toolkit.languages import Language
from toolkit.tibetan import normal, syllables

_LETTERS = "ཀཁགངཅཆཇཉཏཐདནཔཕབམཙཚཛཝཞཟའཡརལཤསཧཨ"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS, start=1)}
_BELOW = {chr(ord(letter) + 0x50): rank for letter, rank in _RANK.items()}  # subjoined: U+0F90 and on
_BELOW |= {"ྺ": _RANK["ཝ"], "ྻ": _RANK["ཡ"], "ྼ": _RANK["ར"]}  # the same in full form
_VOWELS = {"ི": 2, "ཱི": 2, "ུ": 3, "ཱུ": 3, "ེ": 4, "ཻ": 4, "ོ": 5, "ཽ": 5}
_PREFIXES = "གདབམའ"
_OVER = "རལས"
_SUB = "ྱྲླྭ"  # what may stand under a root that nothing stands over
_SECOND_ENDING = {"ས": "གངབམ", "ད": "ནརལ"}
_ROOT_IN_THE_MIDDLE = frozenset(["དགས", "དམས", "མངས", "འགས", "འབས", "དབས", "བགས", "བངས", "མགས"])
_FUSED = ("འི", "འོ", "འུ", "འམ", "འང", "འིས", "འོས")

_APART = "\0"

Stack = tuple[str, tuple[str, ...], tuple[str, ...]]  # letter, what is subjoined, vowels


def sort_key(text: str, language: Language) -> tuple[Any, ...]:
    """What `text` is ordered by among names in `language`; equal keys only for equal texts."""
    if language == "zh":
        return (_pinyin(text), text)
    if language == "bo":
        return (tuple(_syllable_key(one) for one in syllables(normal(text))), text)
    plain = unicodedata.normalize("NFKD", text.casefold())
    return ("".join(one for one in plain if one.isalnum() or one.isspace()), text)


@functools.lru_cache(maxsize=4096)
def _pinyin(text: str) -> tuple[tuple[str, str, str], ...]:
    """Each character as syllable, tone and itself: 郭 guo1 before 国 guo2, and what begins alike stands together."""
    from pypinyin import Style, lazy_pinyin

    def apart(others: str) -> str:
        """What has no reading comes as one piece; marked, it is taken apart again."""
        return _APART + others

    whole = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, errors=apart)
    readings = itertools.chain.from_iterable([one] if one[:1] != _APART else one[1:] for one in whole)
    return tuple(
        (character.casefold(), "", character) if reading == character else (reading[:-1], reading[-1:], character)
        for reading, character in zip(readings, text, strict=True)
    )


def _syllable_key(syllable: str) -> tuple[Any, ...]:
    stacks = _stacks(syllable)
    if not stacks:
        return (0, 0, 0, (), 0, (), syllable)
    place = _root_at(stacks, syllable)
    prefix = _RANK.get(stacks[place - 1][0], 0) if place else 0
    letter, below, vowels = stacks[place]
    over = 0
    if letter in _OVER and below and below[0] not in _SUB:
        over = _RANK[letter]
        root, below = _BELOW.get(below[0], 0), below[1:]
    else:
        root = _RANK.get(letter, len(_RANK) + 1)
    endings = tuple(
        (_RANK.get(one, 0), tuple(_BELOW.get(sub, 0) for sub in under), _vowel(signs))
        for one, under, signs in stacks[place + 1 :]
    )
    # ཀ དཀ བཀ, then རྐ ལྐ སྐ, then བརྐ བསྐ
    group = (2, prefix, over) if over and prefix else (1, over, 0) if over else (0, prefix, 0)
    return (root, *group, tuple(_BELOW.get(one, 0) for one in below), _vowel(vowels), endings)


def _vowel(signs: tuple[str, ...]) -> int:
    return max((_VOWELS.get(sign, 1) for sign in signs), default=1)


def _stacks(syllable: str) -> list[Stack]:
    """The letters of a syllable, each with what stands under it and its vowels."""
    stacks: list[tuple[str, list[str], list[str]]] = []
    for character in unicodedata.normalize("NFC", syllable):
        if character in _RANK or "\u0f40" <= character <= "\u0f6c":
            stacks.append((character, [], []))
        elif stacks and "\u0f90" <= character <= "\u0fbc":
            stacks[-1][1].append(character)
        elif stacks and "\u0f71" <= character <= "\u0f84":
            stacks[-1][2].append(character)
    return [(letter, tuple(below), tuple(vowels)) for letter, below, vowels in stacks]


def _root_at(stacks: list[Stack], syllable: str) -> int:
    """Which stack is the root: the one with a vowel or a subjoined letter, else by the number of letters."""
    fused = next((ending for ending in _FUSED if syllable.endswith(ending) and syllable != ending), "")
    own = stacks[: len(stacks) - len(_stacks(fused))] if fused else stacks
    marked = [index for index, (_, below, vowels) in enumerate(own) if below or vowels]
    if marked:
        return marked[0]
    letters = "".join(letter for letter, _, _ in own)
    if len(letters) < 3 or letters[0] not in _PREFIXES:
        return 0
    if len(letters) == 3 and letters[1] in _SECOND_ENDING.get(letters[2], "") and letters not in _ROOT_IN_THE_MIDDLE:
        return 0
    return 1

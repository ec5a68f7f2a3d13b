"""Han names in Hanyu Pinyin and in Tibetan letters.

Pinyin as GB/T 28039-2011 writes names: surname first, the given name as one word, an apostrophe before a syllable
that begins with a vowel.  ü is kept; yu, u and v for it are accepted.  Tibetan by the syllable table.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator

from toolkit.chinese import fold
from toolkit.names.tables import surnames, syllables

_TSHEG = "\u0f0b"
_MOST_RENDERINGS = 24
_UMLAUT_SPELLINGS = ("ü", "yu", "u", "v")
# Characters of given names with two living readings: the name alone does not tell which one its bearer uses.
_TWO_READINGS = {
    "乐": ("le", "yue"), "行": ("xing", "hang"), "朝": ("chao", "zhao"), "重": ("chong", "zhong"),
    "茜": ("qian", "xi"), "曾": ("zeng", "ceng"), "柏": ("bai", "bo"), "晟": ("sheng", "cheng"),
    "筠": ("yun", "jun"), "长": ("chang", "zhang"), "传": ("chuan", "zhuan"), "盛": ("sheng", "cheng"),
    "单": ("dan", "shan"), "解": ("jie", "xie"), "称": ("cheng", "chen"), "参": ("shen", "can"),
    "尉": ("wei", "yu"), "仇": ("chou", "qiu"), "莎": ("sha", "suo"), "樂": ("le", "yue"), "長": ("chang", "zhang"),
}  # fmt: skip


def split_han(name: str) -> tuple[str, str] | None:
    """`name` (Simplified, no spaces) as surname and given name of one or two characters, or None."""
    for length in (4, 3, 2, 1):
        if name[:length] in surnames() and 1 <= len(name) - length <= 2:
            return name[:length], name[length:]
    return None


def romanise_han(name: str) -> str:
    """A Han name in Hanyu Pinyin: 何谋保 → He Moubao, 尉迟恭 → Yuchi Gong, 李西安 → Li Xi'an.

    Where the surname table does not know the beginning, the first character is taken for the surname.
    """
    return all_in_english(name)[0]


def han_in_tibetan(name: str) -> str:
    """A Han name in Tibetan letters, syllable by syllable: 习近平 → ཞི་ཅིན་ཕིང."""
    return next(iter(all_in_tibetan(name)), "")


@functools.lru_cache(maxsize=4096)
def all_in_english(name: str) -> tuple[str, ...]:
    """`name` in English, the usual form first, then other readings and other ways to write the same."""
    forms: list[str] = []
    for surname, given in _readings(name):
        forms += [
            f"{written} {_word(parts)}".strip()
            for written in _without_umlaut(surname)
            for parts in zip(*map(_without_umlaut, given), strict=True)
        ]
        if len(given) == 2:
            forms += [f"{surname} {_word(given[:1])}{gap}" for gap in (f"-{given[1]}", f" {_word(given[1:])}")]
    return tuple(dict.fromkeys(forms))[:_MOST_RENDERINGS]


@functools.lru_cache(maxsize=4096)
def all_in_tibetan(name: str) -> tuple[str, ...]:
    """`name` in Tibetan letters: our spelling first, then the accepted ones, those with the fewest changes first."""
    forms: list[str] = []
    for surname, given in _readings(name):
        read = _cut(surname.lower()) or _pinyin(_surname_of(name))  # Aisin Gioro is no pinyin
        spelt = [tuple(enumerate(syllables().get(syllable, ()))) for syllable in (*read, *given)]
        choices = sorted(itertools.product(*spelt), key=_changes)
        forms += [_TSHEG.join(spelling for _, spelling in choice) for choice in choices]
    return tuple(dict.fromkeys(forms))[:_MOST_RENDERINGS]


def _changes(choice: tuple[tuple[int, str], ...]) -> tuple[int, int]:
    return sum(1 for rank, _ in choice if rank), sum(rank for rank, _ in choice)


def _readings(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The surname in pinyin and the given name in syllables, the usual reading first."""
    surname = _surname_of(name)
    given = "".join(name.split())[len(surname) :]  # as it is written: to fold 乾 would give 干, another syllable
    known = surnames().get(surname)
    for reading in known.readings if known else (_word(_pinyin(surname)),):
        for syllables_of_given in _readings_of_given(given):
            yield reading, syllables_of_given


def _surname_of(name: str) -> str:
    simple = fold("".join(name.split()))
    surname, _ = split_han(simple) or (simple[:1], "")
    return surname


def _readings_of_given(given: str) -> Iterator[tuple[str, ...]]:
    usual = _pinyin(given)
    if len(given) == 1 and given in _TWO_READINGS:
        usual = _TWO_READINGS[given][:1]  # no neighbour tells, so the reading of names and not of running text
    yield usual
    for index, character in enumerate(given):
        for reading in _TWO_READINGS.get(character, ()):
            if reading != usual[index]:
                yield (*usual[:index], reading, *usual[index + 1 :])


@functools.lru_cache(maxsize=4096)
def _pinyin(characters: str) -> tuple[str, ...]:
    """One syllable for each character; one that has none stands for itself."""
    from pypinyin import lazy_pinyin

    together = lazy_pinyin(characters, v_to_u=True)
    if len(together) == len(characters):
        return tuple(together)
    return tuple(syllable for character in characters for syllable in lazy_pinyin(character, v_to_u=True))


def _word(parts: Iterable[str]) -> str:
    """Syllables as one word with a capital; an apostrophe before a vowel inside it (GB/T 16159-2012, 6.4)."""
    word = ""
    for part in parts:
        word += ("'" if word and part[:1] in "aoe" else "") + part
    return word.capitalize()


def _without_umlaut(word: str) -> tuple[str, ...]:
    return tuple(word.replace("ü", letters) for letters in _UMLAUT_SPELLINGS)


@functools.lru_cache(maxsize=1024)
def _cut(word: str) -> tuple[str, ...]:
    """A surname in pinyin cut into syllables, the longest known one first; none where that does not work out."""
    for length in range(len(word), 0, -1):
        if word[:length] in syllables():
            rest = _cut(word[length:])
            if rest or length == len(word):
                return (word[:length], *rest)
    return ()

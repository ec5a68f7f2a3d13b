"""A real, small Argos package that does on purpose what trained models do: drop, mangle, repeat, reorder, copy, loop.

It takes any Chinese text and answers in a made-up English: every common character has a word, some have none, rare
characters stay Chinese.  Amid that stand real words, right or wrong by rule, so that a test knows what to look for.
The same text always gets the same answer.

What it does to a glossary's term is the term's `Fate`, drawn from a hash unless given.  What it keeps of the words
that a ladder may use as surrogates, and what it does to them otherwise, is in `KEPT` and `MANGLED`.  Words of the
target language that stand in the Chinese are copied, letter by letter, with a space before them where one is due.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from tests.translation.dictionary_model import BEGIN, END, SPACE, sentencepiece_model, zip_of
from tests.translation.mood_model import Lexicon, model_files, spaced

GlossaryPairs = Iterable[tuple[str, str]]


class Fate(StrEnum):
    """What becomes of a glossary's term."""

    RIGHT = "right"
    THIRD = "third"  # right in the third hypothesis only
    MANGLED = "mangled"  # in no hypothesis
    DROPPED = "dropped"
    COPIED = "copied"  # stays Chinese
    DOUBLED = "doubled"


FATES = (Fate.RIGHT, Fate.RIGHT, Fate.THIRD, Fate.THIRD, Fate.MANGLED, Fate.MANGLED, Fate.DROPPED, Fate.COPIED)
FATES_ONCE_IN_A_WHILE = (*FATES, *FATES, Fate.DOUBLED)

KEPT: Mapping[str, str] = {
    "北京": "Beijing",
    "上海": "Shanghai",
    "日本": "Japan",
    "法国": "France",
    "李明": "Li Ming",
    "张伟": "Zhang Wei",
    "王芳": "Wang Fang",
    "约翰": "John",
    "联合国": "the United Nations",
    "世界银行": "the World Bank",
    "教授": "professor",
    "经理": "manager",
    "汽车": "cars",
    "音乐": "music",
    "咖啡": "coffee",
    "星期五": "Friday",
    "元": "yuan",
    "年": "",
}
MANGLED: Mapping[str, tuple[str, ...]] = {
    "玛丽": ("Mali",),
    "陈静": ("Calm Chen",),
    "南京": ("the southern capital",),
    "香港": ("Fragrant Harbour",),
    "欧盟": ("the Ou League",),
    "校长": ("school long",),
    "足球": ("foot ball",),
    "星期三": ("week three",),
}
TRAPS: Mapping[str, tuple[str, ...]] = {  # right in the third hypothesis
    "合作市": ("Cooperation City", "the cooperative city", "Hezuo City"),
    "海南州": ("Hainan Province", "Hainan State", "Hainan Prefecture"),
    "州长": ("state governor", "state chief", "governor"),
    "州": ("state", "continent", "prefecture"),
    "合作": ("cooperation",),
}
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "亿元": (" billion dollars", " million dollars", " hundred million yuan"),
    "万元": (" thousand dollars", " million dollars", "0,000 yuan"),
    "亿": (" billion", " million", "00 million"),
    "万": (" thousand", " million", "0,000"),
    "％": ("%",),
}
MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
PUNCTUATION: Mapping[str, str] = {
    "。": ".",
    "，": ",",
    "、": ",",
    "；": ";",
    "：": ":",
    "？": "?",
    "！": "!",
    "“": " “",
    "”": "”",
    "‘": " ‘",
    "’": "’",
    "《": " “",
    "》": "”",
    "（": " (",
    "）": ")",
    "—": " –",
    "…": "…",
    "·": "",
    "\u3000": " ",
}
ASCII_BYTES = {character: f"<0x{ord(character):02X}>" for character in map(chr, range(0x21, 0x7F))}

AFTER_WORD, AFTER_LETTER, LOOPING, SKIPPING = "after a word", "after a letter", "looping", "skipping"
SURE, SECOND, THIRD = 1.0, 0.85, 0.72  # weights of renderings
STANDS_OUT = 1.6  # how loudly punctuation and the end are recognised: a clause that is skipped ends there
SKIPS, LOOPS = 1.3, 3.0  # how much these moods favour their piece
# A letter with a space before it: 1.35 after a word, so it wins; 0.65 after a letter, where the bare letter has 1.
WITH_SPACE, NEEDS_SPACE = 1.35, 0.7


@dataclass(frozen=True)
class Habits:
    """What the model keeps and what it does instead.

    `loops`: words at which it says the same for ever.  `stops`: words at which it breaks off, in the best hypothesis.
    `skips`: words after which it leaves out the rest of the clause, in the best hypothesis.  `doubles`: words it says
    twice.  `fates`: of terms, instead of the hash's.  `swaps_neighbours`: two terms of the glossary, one after the
    other in it, come out in the wrong order where they stand together.
    """

    kept: Mapping[str, str] = field(default_factory=lambda: KEPT)
    mangled: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {**MANGLED, **TRAPS})
    fates: Mapping[str, Fate] = field(default_factory=dict)
    loops: tuple[str, ...] = ("不断",)
    stops: tuple[str, ...] = ("并且", "为此")
    skips: tuple[str, ...] = ("其中", "特别是")
    doubles: tuple[str, ...] = ("以及",)
    swaps_neighbours: bool = True


def write_naughty_package(
    path: Path, glossary_pairs: GlossaryPairs = (), *, habits: Habits | None = None, version: str = "1.0"
) -> Path:
    """Write the package Chinese → English to `path`; the same bytes for the same arguments.

    `glossary_pairs` are (Chinese, English).  What `habits` says of a word goes before its fate as a term.
    """
    lexicon = naughty_lexicon(glossary_pairs, habits or Habits())
    metadata = {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": "zh",
        "from_name": "Chinese",
        "to_code": "en",
        "to_name": "English",
    }
    words = [piece for piece in lexicon.renderings if not piece.startswith("<0x") and piece != SPACE]
    members = {
        "metadata.json": json.dumps(metadata).encode(),
        "sentencepiece.model": sentencepiece_model(words),
        **{f"model/{name}": data for name, data in model_files(lexicon).items()},
    }
    folder = f"translate-zh_en-{version.replace('.', '_')}"
    path.write_bytes(zip_of({f"{folder}/{name}": data for name, data in members.items()}))
    return path


def naughty_lexicon(glossary_pairs: GlossaryPairs, habits: Habits) -> Lexicon:
    """What the model knows."""
    words: dict[str, tuple[str, ...]] = {character: made_up(character) for character in common_characters()}
    words |= {character: (text,) for character, text in PUNCTUATION.items()}
    words |= dates()
    words |= NUMBERS
    words |= terms(tuple(glossary_pairs), habits)
    words |= {word: before_a_word(text) for word, text in habits.kept.items()}
    words |= {word: before_a_word(*texts) for word, texts in habits.mangled.items()}
    words |= dict.fromkeys(habits.doubles, (" and and",))
    renderings = {
        spaced(word): {
            spaced(text) or BEGIN: weight for text, weight in zip(texts, (SURE, SECOND, THIRD), strict=False)
        }
        for word, texts in words.items()
    }
    target_moods = {piece: AFTER_WORD for targets in renderings.values() for piece in targets if piece != BEGIN}
    favours: dict[str, dict[str, float]] = {BEGIN: {SKIPPING: SKIPS}}
    again = {spaced(f" {word}"): SURE for word in ("again", "anew", "afresh", "further")}  # whatever the beam takes
    for word in habits.loops:
        renderings[word] = again
    for piece in again:
        target_moods[piece] = LOOPING
        favours[piece] = {LOOPING: LOOPS}
    for word in habits.skips:
        renderings[word] = {spaced(" among"): SURE, spaced(" including"): SECOND}
        target_moods |= {spaced(" among"): SKIPPING, spaced(" including"): AFTER_WORD}
    for word in habits.stops:
        renderings[word] = {END: SURE / STANDS_OUT, spaced(" moreover"): SECOND}
        target_moods[spaced(" moreover")] = AFTER_WORD
    renderings[SPACE] = {SPACE: SURE}
    reluctance = {}
    target_moods[SPACE] = AFTER_LETTER
    for character, piece in ASCII_BYTES.items():
        renderings[piece] = {piece: SURE}
        target_moods[piece] = AFTER_LETTER
        if character.isalnum():
            with_space = spaced(f" {character}")
            renderings[piece][with_space] = WITH_SPACE
            target_moods[with_space] = AFTER_LETTER
            favours[with_space] = {AFTER_WORD: NEEDS_SPACE}
            reluctance[with_space] = NEEDS_SPACE
    marks = {spaced(text) for text in PUNCTUATION.values() if text.strip()}
    emphasis = dict.fromkeys((*marks, END), STANDS_OUT)
    return Lexicon(renderings, {}, target_moods, favours, emphasis, reluctance)


def terms(pairs: tuple[tuple[str, str], ...], habits: Habits) -> dict[str, tuple[str, ...]]:
    """The terms and what becomes of them, and neighbours that change places."""
    words = {}
    for zh, english in pairs:
        words[zh] = befallen(zh, english, habits.fates.get(zh) or fate_of(zh))
    if habits.swaps_neighbours:
        for (first, _), (second, _) in list(pairwise(pairs))[::2]:
            if words[first][0].strip() and words[second][0].strip():
                for between in ("和", "与", "、"):
                    words[f"{first}{between}{second}"] = (f"{words[second][0]} and{words[first][0]}",)
    return words


def befallen(zh: str, english: str, fate: Fate) -> tuple[str, ...]:
    """The renderings of a term, best first, as its fate wills."""
    wrong, worse = made_up(zh), made_up(zh + zh)
    return {
        Fate.RIGHT: before_a_word(english),
        Fate.THIRD: (*wrong, *worse, f" {english}"),
        Fate.MANGLED: (*wrong, *worse),
        Fate.DROPPED: ("",),
        Fate.COPIED: (zh,),
        Fate.DOUBLED: (f" {english} {english}",),
    }[fate]


def fate_of(zh: str) -> Fate:
    """The fate of a term that nothing else decides."""
    return FATES_ONCE_IN_A_WHILE[digest(zh) % len(FATES_ONCE_IN_A_WHILE)]


def before_a_word(*texts: str) -> tuple[str, ...]:
    """Renderings that begin with a space, unless they are nothing."""
    return tuple(f" {text}" if text else "" for text in texts)


def common_characters() -> list[str]:
    """The 3,755 characters of GB 2312, level 1: 99.8 % of what newspapers print."""
    rows = range(0xB0, 0xD8)
    codes = (bytes([row, cell]) for row in rows for cell in range(0xA1, 0xFF))
    return [code.decode("gb2312") for code in codes if code < b"\xd7\xfa"]


def made_up(chinese: str) -> tuple[str, ...]:
    """A word that stands for `chinese`; a third of all characters have none."""
    number = digest(chinese)
    is_nothing = len(chinese) == 1 and number % 3 == 0
    return ("" if is_nothing else f" {MADE_UP_WORDS[number % len(MADE_UP_WORDS)]}",)


MADE_UP_WORDS = tuple(
    first + second
    for first in ("", "bal", "fes", "gin", "lon")
    for second in (
        onset + vowel + coda
        for onset in ("b", "br", "f", "g", "gl", "k", "l", "p")
        for vowel in "aeiou"
        for coda in "ls"
    )
)
"""No number, month, currency or article is among them."""


def dates() -> dict[str, tuple[str, ...]]:
    """Days with a month mostly come out right, days without one in no hypothesis but the third."""
    found: dict[str, tuple[str, ...]] = {}
    for day in range(1, 32):
        found[f"{day}日"] = (f" {day} June", f" day {day}", f" the {day}{ordinal_ending(day)}")
        for number, month in enumerate(MONTHS):
            right, wrong = f" {day} {month}", f" {day} {MONTHS[number - 1]}"
            found[f"{number + 1}月{day}日"] = (right,) if (number + 1 + day) % 3 else (wrong, right)
    return found


def ordinal_ending(day: int) -> str:
    """st, nd, rd or th."""
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def digest(text: str) -> int:
    """A number that is the same in every process."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])

"""English text: whole words, articles and capitals."""

from __future__ import annotations

import functools
import re
import unicodedata

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "‑": "-"})
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\"”’)\]]*\s+|\n\s*|^[“\"'‘(#*\s]+)$")
_VOWEL_SOUND = re.compile(
    r"[AEFHILMNORSX](?=[A-Z\d.])"  # letters read one by one: an MP, an EU, but a US
    r"|(?!U[A-Z]|[Ee]u|[Oo]ne\b|[Oo]ne-|[Oo]nce|[Uu]ni(?!n|m)|[Uu]s[eu]|[Uu]tili|[Uu]r[aio])[AEIOUaeiou]"
    r"|[Hh]on(?:est|ou?r)|[Hh]our|[Hh]eir|8|11\b|18\b"
)


@functools.lru_cache(maxsize=1 << 12)
def straightened(text: str) -> str:
    """`text` with straight quotes, plain hyphens, spaces and letters (Vučić: Vucic); as long as `text`."""
    text = text.translate(_STRAIGHT)
    return text if text.isascii() else "".join(map(_plain, text))


@functools.lru_cache(maxsize=1 << 12)
def _plain(character: str) -> str:
    if not "\u00c0" <= character <= "\u1eff":
        return character
    return unicodedata.normalize("NFD", character)[0]


_LETTER = r"[^\W\u3400-\u9fff]"  # a word may stand beside a Chinese character that was left


def find_phrase(text: str, phrase: str, *, plural: bool = False) -> tuple[tuple[int, int], ...]:
    """Where `phrase` stands in `text` as whole words: any kind of quote, space and hyphen alike, any accents and case.

    Only capitals stay capitals: “US” is not the pronoun.  With `plural` a regular plural will do (credit ratings).
    """
    pattern = _pattern(phrase, plural)
    return tuple(match.span() for match in pattern.finditer(straightened(text))) if pattern else ()


@functools.lru_cache(maxsize=1 << 16)
def _pattern(phrase: str, plural: bool) -> re.Pattern[str] | None:
    words = straightened(phrase).split()
    if not words:
        return None
    spaced = r"[-\s]+".join(re.escape(word).replace(r"\-", r"[-\s]") for word in words)
    if plural and words[-1].isalpha() and words[-1].islower():
        ending = "(?:y|ies)" if re.search(r"[^aeiou]y$", words[-1]) else f"{words[-1][-1]}(?:e?s)?"
        spaced = spaced[:-1] + ending
    return re.compile(rf"(?<!{_LETTER}){spaced}(?!{_LETTER})", 0 if phrase.isupper() else re.IGNORECASE)


def starts_sentence(text: str, position: int) -> bool:
    """Whether what stands at `position` opens a sentence."""
    return _SENTENCE_START.search(straightened(text[:position])) is not None


def article_for(phrase: str) -> str:
    """The indefinite article before `phrase`, by the sound it begins with: “an hour”, “a union”."""
    return "an" if _VOWEL_SOUND.match(phrase.lstrip("\"'“‘(")) else "a"


def capitalised(phrase: str) -> str:
    """`phrase` with its first letter a capital, behind quotes and brackets too."""
    for index, character in enumerate(phrase):
        if character.isalpha():
            return phrase[:index] + character.upper() + phrase[index + 1 :]
        if character.isdigit():
            return phrase
    return phrase


def is_proper(phrase: str) -> bool:
    """Whether `phrase` is a name by its look: the first and last word of weight begin with a capital or digit."""
    heavy = [word for word in re.findall(r"[\w'’-]+", phrase) if word.lower() not in _LIGHT]
    return bool(heavy) and all(word[0].isupper() or word[0].isdigit() for word in (heavy[0], heavy[-1]))


_LIGHT = frozenset(["a", "an", "the", "of", "and", "in", "on", "for", "to", "at", "by", "with", "from"])

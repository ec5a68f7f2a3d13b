"""English text: whole words, articles and capitals."""

from __future__ import annotations

import functools
import re
import unicodedata

from toolkit.languages import is_han

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "‑": "-"})
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\"”’)\]]*\s+|\n\s*|^[“\"'‘(#*\s]+)$")
_VOWEL_SOUND = re.compile(
    r"[AEFHILMNORSX](?=[A-Z\d.])"  # letters read one by one: an MP, an EU, but a US
    r"|(?!U[A-Z]|[Ee]u|[Oo]ne\b|[Oo]ne-|[Oo]nce|[Uu]ni(?!n|m)|[Uu]s[eu]|[Uu]tili|[Uu]r[aio])[AEIOUaeiou]"
    r"|[Hh]on(?:est|ou?r)|[Hh]our|[Hh]eir|8|11\b|18\b"
)


@functools.lru_cache(maxsize=1 << 11)
def straightened(text: str) -> str:
    """`text` with straight quotes, plain hyphens, spaces and letters (Vučić: Vucic); as long as `text`."""
    text = text.translate(_STRAIGHT)
    return text if text.isascii() else "".join(map(_plain, text))


@functools.lru_cache(maxsize=1 << 11)
def _plain(character: str) -> str:
    if not "\u00c0" <= character <= "\u1eff":
        return character
    return unicodedata.normalize("NFD", character)[0]


def find_phrase(text: str, phrase: str, *, plural: bool = False) -> tuple[tuple[int, int], ...]:
    """Where `phrase` stands in `text` as whole words: any kind of quote, space and hyphen alike, any accents and case.

    Only capitals stay capitals: “US” is not the pronoun.  With `plural` a regular plural will do (credit ratings).
    """
    pattern = _pattern(phrase, plural)
    if pattern is None:
        return ()
    plain = straightened(text)
    return tuple(match.span() for match in pattern.finditer(plain) if _stands_alone(plain, *match.span()))


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not _joins(text[start - 1 : start]) and not _joins(text[end : end + 1])


def _joins(character: str) -> bool:
    """Whether a word goes on with `character`; a Chinese character that was left beside it is no part of it."""
    return (character.isalnum() or character == "_") and not is_han(character)


@functools.lru_cache(maxsize=1 << 11)
def _pattern(phrase: str, plural: bool) -> re.Pattern[str] | None:
    """Spaces, hyphens, case and plural; the borders are looked at afterwards, because they make a pattern slow."""
    words = straightened(phrase).split()
    if not words:
        return None
    spaced = r"[-\s]+".join(re.escape(word).replace(r"\-", r"[-\s]") for word in words)
    if plural and words[-1].isalpha() and words[-1].islower():
        ending = "(?:y|ies)" if re.search(r"[^aeiou]y$", words[-1]) else f"{words[-1][-1]}(?:e?s)?"
        spaced = spaced[:-1] + ending
    return re.compile(spaced, 0 if phrase.isupper() else re.IGNORECASE)


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

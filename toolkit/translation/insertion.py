"""Putting a rendering where other words stand, so that the sentence around it still holds.

English: the article, the possessive and plural endings, the capital of a sentence or of a heading.  Tibetan: the
particle behind the words takes the form that their last letter asks for (གི ཀྱི གྱི འི, ཏུ དུ སུ ར …), and tsheg and
shad keep their rules (`toolkit.translation.insertion_tibetan`).
"""

from __future__ import annotations

import re

from toolkit import english
from toolkit.languages import Language
from toolkit.translation.insertion_tibetan import fit_tibetan

Span = tuple[int, int]

_ARTICLE = re.compile(r"(?<!\w)(the|an|a)(\s+)$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SIBILANT = ("s", "x", "z", "ch", "sh")
_UNCHANGED = frozenset(["series", "species", "means", "news"])
_SMALL_WORDS = "a an the of and in on for to at by with from or as"
_SMALL = frozenset(_SMALL_WORDS.split())


def replace_span(text: str, span: Span, rendering: str, language: Language, *, is_person: bool = False) -> str:
    """`text` with `rendering` instead of what stands at `span`, the words around it fitted; see `fit`."""
    (start, end), piece = fit(text, span, rendering, language, is_person=is_person)
    return text[:start] + piece + text[end:]


def fit(text: str, span: Span, rendering: str, language: Language, *, is_person: bool = False) -> tuple[Span, str]:
    """The span to replace and what to put there: `span` grown by an article or a particle where that changes.

    The rendering itself is kept letter by letter but for a capital where a sentence or heading wants one, the
    plural of its last word where that word stood there in the plural (whether another word has one we do not
    know: sukuk, pay), and a fused Tibetan particle.  A person has no article.
    """
    if language == "bo":
        return fit_tibetan(text, span, rendering)
    return _fit_english(text, span, rendering, is_person)


def _fit_english(text: str, span: Span, rendering: str, is_person: bool) -> tuple[Span, str]:
    start, end = span
    replaced = text[start:end]
    ending = _POSSESSIVE.search(replaced)
    if ending and not _POSSESSIVE.search(rendering) and len(replaced) > len(ending.group()):
        end -= len(ending.group()) if ending.group() != "'" and ending.group() != "’" else 1
        replaced = text[start:end]
    piece = rendering
    if _is_plural(replaced) and _has_it_singular(piece, replaced.split()[-1]):
        piece = plural(piece)
    if _is_title(text, span) and piece.islower():
        piece = _titled(piece)
    article = _ARTICLE.search(text[:start])
    has_own = re.match(r"(?:the|an?)\s", piece, re.IGNORECASE) is not None
    if article:
        word = article.group(1)
        if has_own or is_person or (word.lower() != "the" and _is_plural(piece) and not english.is_proper(piece)):
            start = article.start()
        elif word.lower() != "the":
            right = english.article_for(piece)
            right = right.capitalize() if word[0].isupper() else right
            start, piece = (start, piece) if right == word else (article.start(), right + article.group(2) + piece)
    if english.starts_sentence(text, start) and not _keeps_small(piece):
        piece = english.capitalised(piece)
    return (start, end), piece


def _keeps_small(piece: str) -> bool:
    """A name that is written iPhone or eBay keeps its small letter."""
    return re.match(r"[a-z][A-Z]", piece) is not None


def _is_title(text: str, span: Span) -> bool:
    """Whether the line round `span` is a heading in capitals: every heavy word of at least three begins with one."""
    start = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[1])
    words = _WORD.findall(text[start : len(text) if end == -1 else end])
    heavy = [word for word in words if word.lower() not in _SMALL and word[0].isalpha()]
    return len(heavy) >= 2 and len(words) <= 14 and all(word[0].isupper() for word in heavy)


def _titled(piece: str) -> str:
    first = True

    def capital(match: re.Match[str]) -> str:
        nonlocal first
        word = match.group()
        keep = word in _SMALL and not first
        first = False
        return word if keep else word[0].upper() + word[1:]

    return _WORD.sub(capital, piece)


def _is_plural(phrase: str) -> bool:
    """Whether the last word looks like a plural; a capitalised one (Reuters, Philippines) may be a name."""
    word = phrase.split()[-1] if phrase.split() else ""
    return (
        len(word) > 3
        and word.islower()
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s", "’s"))
        and word not in _UNCHANGED
    )


def _has_it_singular(phrase: str, word: str) -> bool:
    """Whether `phrase` ends in the singular of `word`, as its head: the rate of return has another."""
    last = phrase.split()[-1]
    return last.islower() and plural(last) == word and " of " not in phrase


def plural(phrase: str) -> str:
    """`phrase` with the regular plural of its last word."""
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return f"{phrase[:-1]}ies"
    return phrase + ("es" if phrase.endswith(_SIBILANT) else "s")

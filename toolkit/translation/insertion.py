"""Putting a rendering where other words stand, so that the sentence around it still holds.

English: the article, the possessive and plural endings, the capital of a sentence or of a heading.  Tibetan: the
particle behind the words takes the form that their last letter asks for (གི ཀྱི གྱི འི, ཏུ དུ སུ ར …), and the shad
keeps its rules: a tsheg before it after ང, none after ག.
"""

from __future__ import annotations

import re

from toolkit import english, tibetan
from toolkit.languages import Language

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
        return _fit_tibetan(text, span, rendering)
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


_OPEN = ""  # a syllable that ends in a vowel
_FORMS: tuple[dict[str, str], ...] = (
    {"དབས": "ཀྱི", "གང": "གི", "ནམརལ": "གྱི", _OPEN: "འི"},
    {"དབས": "ཀྱིས", "གང": "གིས", "ནམརལ": "གྱིས", _OPEN: "ས"},
    {"ས": "སུ", "གབ": "ཏུ", "ངདནམརལ": "དུ", _OPEN: "ར"},
    {"གདབས": "ཀྱང", "ངནམརལ": "ཡང", _OPEN: "འང"},
    {"གདབ": "ཅིག", "ས": "ཤིག", "ངནམརལ": "ཞིག", _OPEN: "ཞིག"},
)
"""The forms of a particle by the last letter before it: genitive, agentive, la don, concessive, indefinite.

From the traditional grammars (Sum cu pa); those that never change (ལ ན ནས ལས དང ནི) need no row.
"""
_ALSO = ({"ཡི"}, {"ཡིས"}, {"རུ"}, set[str](), set[str]())
_FUSED = frozenset({"འི", "ས", "ར", "འང"})
_VOWELS_AND_BELOW = re.compile(r"[\u0f71-\u0f7d\u0f80\u0f90-\u0fbc]")
_CLAUSE_END = re.compile(r"་?།")


def last_letter(phrase: str) -> str:
    """The final consonant of the last Tibetan syllable, empty for an open one; what decides a particle's form."""
    found = tibetan.syllables(phrase)
    if not found:
        return _OPEN
    syllable = found[-1]
    marks = [match.end() for match in _VOWELS_AND_BELOW.finditer(syllable)]
    tail = syllable[marks[-1] :] if marks else syllable[1:]
    letter = tail[-1:] if tail else _OPEN
    return _OPEN if letter == "འ" else letter


def _form(kind: int, letter: str) -> str | None:
    for letters, form in _FORMS[kind].items():
        if (letters == _OPEN and letter == _OPEN) or (letter and letter in letters):
            return form
    return None


def _fit_tibetan(text: str, span: Span, rendering: str) -> tuple[Span, str]:
    start, end = span
    piece = tibetan.normal(rendering).rstrip(f"{tibetan.TSHEG}{tibetan.SHAD} ")
    before, after = last_letter(text[start:end]), last_letter(piece)
    kind, particle_end = _particle(text, end)
    if kind is not None:
        form = _form(kind, after)
        if form is not None:
            joined = form if form in _FUSED and after == _OPEN else tibetan.TSHEG + form
            stem = piece.removesuffix("འ") if joined == form else piece
            return (start, particle_end), stem + joined
    return _with_shad(text, (start, end), piece, before, after)


def _particle(text: str, end: int) -> tuple[int | None, int]:
    """Which particle that changes its form stands behind `end`, and where it ends."""
    gap = 1 if text.startswith(tibetan.TSHEG, end) else 0
    stop = end + gap
    while stop < len(text) and tibetan.joins(text[stop]):
        stop += 1
    syllable = text[end + gap : stop]
    for kind, forms in enumerate(_FORMS):
        if syllable in forms.values() or syllable in _ALSO[kind]:
            is_fused = syllable in _FUSED
            if is_fused == (gap == 0):
                return kind, stop
    return None, end


def _with_shad(text: str, span: Span, piece: str, before: str, after: str) -> tuple[Span, str]:
    """The shad after ང has a tsheg before it, after ག there is none; one that the old words had no need of is set."""
    start, end = span
    if mark := _CLAUSE_END.match(text, end):
        if after == "ག":
            return (start, mark.end()), piece if text[mark.end() :].startswith(" ") or mark.end() == len(
                text
            ) else f"{piece} "
        return (start, mark.end()), piece + ("་།" if after == "ང" else "།")
    if before == "ག" and after != "ག" and text.startswith(" ", end):
        return span, piece + ("་།" if after == "ང" else "།")
    return span, piece

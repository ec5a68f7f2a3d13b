"""Where an English word may be divided, and what its two parts look like."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

import pyphen

from toolkit.pdf.boxes import Box, box_from, box_of
from toolkit.pdf.shaping import UNITS, Face, ShapedText
from toolkit.pdf.spacing import SOFT_HYPHEN, outside

_WORD = re.compile(r"([^A-Za-z]*)([a-z]{5,}|[A-Z][a-z]{5,})(?:[’'][a-z]{1,2})?([^A-Za-z]*)")
_SAFETY = 0.03  # em: kerning between a letter and a hyphen
_LEFT, _RIGHT = 2, 3  # letters that stay together on either side


class Division(NamedTuple):
    """A way to divide `word` before the character `place`: `letters` of it stand before the hyphen, `left` after it.  A
    name is better left whole.

    `head_width` (with the hyphen, but for what of it hangs) and `tail_width` in pt are added up from the whole word's
    glyphs: whether a division is wanted shows before its parts are shaped.
    """

    word: Box
    place: int
    letters: int
    left: int
    of_name: bool
    head_width: float
    tail_width: float

    @property
    def head(self) -> Box:
        """The first part with a hyphen."""
        return box_from(
            _hyphenated(self.word.shaped.face, self.word.shaped.text[: self.place]), self.word, breakable=True
        )

    @property
    def tail(self) -> Box:
        """What is left, followed by the same white."""
        word = self.word
        shaped = _rest(word.shaped, self.place)
        return word._replace(
            shaped=shaped, width=shaped.advance * word.size / UNITS, trim_start=outside(shaped)[0] * word.size
        )


def divisions(word: Box) -> list[Division]:
    """All ways to divide `word`, the shortest first part first; none for what is not an English word.

    A Latin word in a Chinese or Tibetan text is most often a name, and treated as one.
    """
    if word.rise:
        return []
    places, first, last, is_name = _places(word.shaped.text)
    is_name = is_name or word.ink.language != "en"
    if not places:
        return []
    hyphen = box_of("-", word, breakable=True)
    extra = hyphen.width - hyphen.trim_end + _SAFETY * word.size
    unit = word.size / UNITS
    found = []
    length, width = 0, 0.0
    wanted = iter(places)
    place = next(wanted)
    for glyph in word.shaped.glyphs:
        if length == place:
            head, tail = width * unit + extra, word.width - width * unit
            found.append(Division(word, place, place - first, last - place, is_name, head, tail))
        if length >= place:  # a ligature over the place is not divided
            place = next(wanted, len(word.shaped.text) + 1)
        length += len(glyph.text)
        width += glyph.advance
    return found


@functools.lru_cache(maxsize=4_000)
def _places(text: str) -> tuple[tuple[int, ...], int, int, bool]:
    """Where `text` may be divided, where its letters begin and end, and whether it is a name."""
    match = _WORD.fullmatch(text)
    if match is None:
        return (), 0, 0, False
    core = match.group(2)
    first, last = match.span(2)
    return tuple(first + place for place in _hyphenator().positions(core)), first, last, core[0].isupper()


@functools.lru_cache(maxsize=4_000)
def _hyphenated(face: Face, head: str) -> ShapedText:
    """`head` with a hyphen that is no part of the text."""
    shaped = face.shape(head + "-", "en")
    last = shaped.glyphs[-1]
    text = last.text.replace("-", SOFT_HYPHEN)
    return ShapedText(face, head + SOFT_HYPHEN, (*shaped.glyphs[:-1], last._replace(text=text)), shaped.advance)


@functools.lru_cache(maxsize=4_000)
def _rest(word: ShapedText, place: int) -> ShapedText:
    """The glyphs of `word` from the character `place` on, in the form in which they stand before what follows."""
    length = number = 0
    while length < place:
        length += len(word.glyphs[number].text)
        number += 1
    glyphs = word.glyphs[number:]
    return ShapedText(word.face, word.text[place:], glyphs, sum([glyph.advance for glyph in glyphs]))


@functools.cache
def _hyphenator() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US", left=_LEFT, right=_RIGHT)

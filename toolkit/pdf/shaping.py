"""Characters to positioned glyphs, by HarfBuzz."""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass

import uharfbuzz as hb

from toolkit.fonts.catalog import FontFile
from toolkit.languages import Language

UNITS = 1000
"""Glyph space units per em, in PDF and everywhere in this room."""

_HARFBUZZ_LANGUAGE: dict[Language, str] = {"zh": "zh-Hans", "en": "en", "bo": "bo"}
_CACHE_LIMIT = 50_000


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph; lengths in 1/1000 em.

    `text` is what the glyph stands for.  The first glyph of a cluster carries all of the cluster's text,
    the others carry none.
    """

    gid: int
    text: str
    advance: float
    x_offset: float
    y_offset: float


@dataclass(frozen=True, slots=True, eq=False)
class ShapedText:
    """A stretch of text in one face, shaped; `advance` in 1/1000 em.  Compared by identity."""

    face: Face
    text: str
    glyphs: tuple[Glyph, ...]
    advance: float

    @property
    def needs_actual_text(self) -> bool:
        """Whether a reader that adds up glyphs could lose or double text here: marks set over a base."""
        return any(not glyph.text or glyph.advance <= 0 or glyph.x_offset or glyph.y_offset for glyph in self.glyphs)


class Face:
    """A font file at its pinned axes, ready to shape.  Lengths in 1/1000 em."""

    def __init__(self, file: FontFile) -> None:
        self.file = file
        self.hb_face = hb.Face(hb.Blob.from_file_path(str(file.path)))
        self.hb_font = hb.Font(self.hb_face)
        if file.axes:
            self.hb_font.set_variations(dict(file.axes))
        self.scale = UNITS / self.hb_face.upem
        self._shaped: dict[tuple[str, Language], ShapedText] = {}
        self._kerning: dict[tuple[str, str], float] = {}
        self._widths: dict[int, float] = {}

    @property
    def name(self) -> str:
        """A PostScript name for the face: letters, digits and hyphens only."""
        family = "".join(part for part in self.file.family if part.isalnum() and part.isascii()) or "Face"
        return f"{family}-{'Bold' if self.file.bold else 'Regular'}"

    def nominal_width(self, gid: int) -> float:
        """The advance of a glyph as the font's metrics table has it, rounded as PDF will have it."""
        width = self._widths.get(gid)
        if width is None:
            width = self._widths[gid] = round(self.hb_font.get_glyph_h_advance(gid) * self.scale, 2)
        return width

    def shape(self, text: str, language: Language) -> ShapedText:
        """`text` as glyphs of this face.  Repeated words cost nothing."""
        key = (text, language)
        shaped = self._shaped.get(key)
        if shaped is None:
            if len(self._shaped) >= _CACHE_LIMIT:
                self._shaped.clear()
            shaped = self._shaped[key] = self._shape(text, language)
        return shaped

    def kerning(self, left: str, right: str, language: Language) -> float:
        """How much closer `right` stands after the character `left` than their advances say; usually 0 or less."""
        key = (left, right)
        kern = self._kerning.get(key)
        if kern is None:
            head = first_cluster(right)
            apart = self.shape(left, language).advance + self.shape(head, language).advance
            kern = self._kerning[key] = self.shape(left + head, language).advance - apart
        return kern

    def _shape(self, text: str, language: Language) -> ShapedText:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        buffer.language = _HARFBUZZ_LANGUAGE[language]
        hb.shape(self.hb_font, buffer)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        clusters = sorted({info.cluster for info in infos})
        end_of = dict(zip(clusters, [*clusters[1:], len(text)] if clusters else (), strict=True))
        glyphs = []
        for info, position in zip(infos, positions, strict=True):
            glyphs.append(
                Glyph(
                    gid=info.codepoint,
                    text=text[info.cluster : end_of.pop(info.cluster)] if info.cluster in end_of else "",
                    advance=round(position.x_advance * self.scale, 2),
                    x_offset=round(position.x_offset * self.scale, 2),
                    y_offset=round(position.y_offset * self.scale, 2),
                )
            )
        return ShapedText(self, text, tuple(glyphs), sum(glyph.advance for glyph in glyphs))


def first_cluster(text: str) -> str:
    """The first character of `text` with the marks over and under it."""
    end = 1
    while end < len(text) and is_mark(text[end]):
        end += 1
    return text[:end]


@functools.cache
def is_mark(character: str) -> bool:
    """Whether a character joins the one before it: marks, joiners, variation selectors."""
    return unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")


@functools.lru_cache(maxsize=64)
def face_of(file: FontFile) -> Face:
    """The face of a font file, opened once in a process."""
    return Face(file)

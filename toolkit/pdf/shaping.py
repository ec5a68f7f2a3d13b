"""Characters to positioned glyphs, by HarfBuzz."""

from __future__ import annotations

import functools
import itertools
import unicodedata
from array import array
from dataclasses import dataclass
from typing import NamedTuple

import uharfbuzz as hb

from toolkit.fonts.catalog import FontFile
from toolkit.languages import Language

UNITS = 1000
"""Glyph space units per em, in PDF and everywhere in this room."""

_HARFBUZZ_LANGUAGE: dict[Language, str] = {"zh": "zh-Hans", "en": "en", "bo": "bo"}
RECORD = 5
"""Numbers for a glyph in `ShapedRun.form`."""

_CACHE_LIMIT = 2_500  # words of a face; a report of twenty pages has two thousand, in 27,000 characters
_GLYPHS_LIMIT = 5_000  # of a face, apart for the signs they stand for
_RUNS_LIMIT = 30_000  # characters of a face


class Glyph(NamedTuple):
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


class ShapedRun:
    """A run of text shaped as a whole, to be taken apart where no glyph stands across the cut.

    A face may give a sign another form for what stands beside it: Noto Serif Tibetan moves a vowel away from the
    vowel of the next syllable, Source Serif kerns across a space.  So words are cut out of a run that was shaped
    whole; equal words in equal forms come out as one `ShapedText`.
    """

    __slots__ = ("_clusters", "_face", "form", "starts", "text")

    def __init__(self, face: Face, text: str, language: Language) -> None:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        buffer.language = _HARFBUZZ_LANGUAGE[language]
        hb.shape(face.hb_font, buffer)
        infos = buffer.glyph_infos
        placed = zip(infos, buffer.glyph_positions, strict=True)
        self.text = text
        self.form = array("i", [number for info, place in placed for number in (info.codepoint, *place.position)])
        """For each glyph `RECORD` numbers: glyph, x offset, y offset, x advance, y advance, in font units."""
        self._face = face
        self._clusters = array("i", [info.cluster for info in infos])
        self.starts = array("i", [-1]) * (len(text) + 1)
        """The first glyph of each character that begins one, else -1: only there may the run be cut."""
        for number in range(len(infos) - 1, -1, -1):
            self.starts[self._clusters[number]] = number
        self.starts[len(text)] = len(infos)

    def cut(self, start: int, end: int) -> ShapedText:
        """The characters from `start` to `end`, both of which may be cut."""
        first, last = self.starts[start], self.starts[end]
        clusters = [cluster - start for cluster in self._clusters[first:last]]
        return self._face.assemble(self.text[start:end], self.form[first * RECORD : last * RECORD], clusters)


class Face:
    """A font file at its pinned axes, ready to shape.  Lengths in 1/1000 em."""

    def __init__(self, file: FontFile) -> None:
        self.file = file
        self.hb_face = hb.Face(hb.Blob.from_file_path(str(file.path)), getattr(file, "index", 0))
        self.hb_font = hb.Font(self.hb_face)
        if file.axes:
            self.hb_font.set_variations(dict(file.axes))
        self.scale = UNITS / self.hb_face.upem
        self._shaped: dict[object, ShapedText] = {}
        self._runs: dict[tuple[str, Language], ShapedRun] = {}
        self._remembered = 0  # characters in the runs
        self._glyphs: dict[tuple[int, str, int, int, int], Glyph] = {}
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

    def ink(self, gid: int) -> tuple[float, float, float, float]:
        """The box around the ink of a glyph: left, bottom, right, top; all 0 for a space."""
        extents = self.hb_font.get_glyph_extents(gid)
        if extents is None:
            return 0.0, 0.0, 0.0, 0.0
        left, top = extents.x_bearing * self.scale, extents.y_bearing * self.scale
        return left, top + extents.height * self.scale, left + extents.width * self.scale, top

    def shape(self, text: str, language: Language) -> ShapedText:
        """`text` on its own as glyphs of this face.  Repeated words cost nothing."""
        key = (text, language)
        shaped = self._shaped.get(key)
        if shaped is None:
            shaped = self._remember(key, ShapedRun(self, text, language).cut(0, len(text)))
        return shaped

    def run(self, text: str, language: Language) -> ShapedRun:
        """`text` shaped as a whole, to be cut into words; what two editions of a report share is shaped once."""
        key = (text, language)
        run = self._runs.get(key)
        if run is None:
            self._remembered += len(text)
            if self._remembered > _RUNS_LIMIT:
                self._runs.clear()
                self._remembered = len(text)
            run = self._runs[key] = ShapedRun(self, text, language)
        return run

    def assemble(self, text: str, form: array[int], clusters: list[int]) -> ShapedText:
        """Glyphs with their texts, from a part of `ShapedRun.form` and the character in `text` that each belongs to."""
        key = (text, form.tobytes())
        shaped = self._shaped.get(key)
        if shaped is None:
            shaped = self._remember(key, self._assemble(text, form, clusters))
        return shaped

    def _assemble(self, text: str, form: array[int], clusters: list[int]) -> ShapedText:
        if len(clusters) == len(text) == len(set(clusters)):
            told = list(text)
        else:
            ends = {}
            for cluster, later in itertools.pairwise([*clusters, len(text)]):
                if later != cluster:
                    ends[cluster] = later
            told = [text[cluster : ends.pop(cluster, cluster)] for cluster in clusters]
        forms = zip(form[::RECORD], told, form[3::RECORD], form[1::RECORD], form[2::RECORD], strict=True)
        known = self._glyphs
        glyphs = tuple([known.get(one) or self._glyph(one) for one in forms])
        return ShapedText(self, text, glyphs, sum([glyph.advance for glyph in glyphs]))

    def _glyph(self, form: tuple[int, str, int, int, int]) -> Glyph:
        """A glyph for its form in font units.  Most words are made of the glyphs of others: each is kept once."""
        gid, text, advance, x_offset, y_offset = form
        if self.scale == 1:
            glyph = Glyph(gid, text, advance, x_offset, y_offset)
        else:
            glyph = Glyph(gid, text, self._units(advance), self._units(x_offset), self._units(y_offset))
        if len(self._glyphs) >= _GLYPHS_LIMIT:
            self._glyphs.clear()
        self._glyphs[form] = glyph
        return glyph

    def _units(self, length: int) -> float:
        return float(round(length * self.scale, 2))

    def _remember(self, key: object, shaped: ShapedText) -> ShapedText:
        if len(self._shaped) >= _CACHE_LIMIT:
            self._shaped.clear()
        self._shaped[key] = shaped
        return shaped


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


@functools.lru_cache(maxsize=1024)  # one face, one object: spacing asks whether two boxes share theirs
def face_of(file: FontFile) -> Face:
    """The face of a font file, opened once in a process."""
    return Face(file)

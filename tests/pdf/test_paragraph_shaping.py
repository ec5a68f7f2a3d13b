"""The glyphs of a line are those that HarfBuzz gives for the line's own text, one by one and in place."""

from __future__ import annotations

import itertools

import pytest
import uharfbuzz as hb
from corpus_bulletins import parallel_rows
from pdf_samples import text_of

from toolkit.bulletin.model import Run
from toolkit.bulletin.theme import TextStyle
from toolkit.bulletin.themes import CLASSIC
from toolkit.fonts.catalog import FontSet, bundled_fonts
from toolkit.languages import LANGUAGES, Language
from toolkit.pdf.boxes import Box, boxes_of
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.paragraph import SOFT_HYPHEN, Line, Measure, break_lines

TAGS: dict[Language, str] = {"zh": "zh-Hans", "en": "en", "bo": "bo"}
Placed = tuple[int, int, int, int]


def set_text(text: str, language: Language, width: float, fonts: FontSet) -> list[Line]:
    style = CLASSIC.style("paragraph", language)
    boxes = boxes_of([Run(text, language)], style, Itemizer(fonts), CLASSIC.palette.accent)
    return break_lines(boxes, Measure(width, 12.0, "justify", language))


def direct(boxes: list[Box]) -> list[Placed]:
    """Glyph, x offset, y offset and advance in font units, of the text of `boxes` shaped in one go."""
    face = boxes[0].shaped.face
    buffer = hb.Buffer()
    buffer.add_str("".join(box.shaped.text for box in boxes).replace(SOFT_HYPHEN, "-"))
    buffer.guess_segment_properties()
    buffer.direction, buffer.language = "ltr", TAGS[boxes[0].ink.language]
    hb.shape(face.hb_font, buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    return [
        (info.codepoint, position.x_offset, position.y_offset, position.x_advance)
        for info, position in zip(infos, positions, strict=True)
    ]


def ours(boxes: list[Box]) -> list[Placed]:
    return [
        (glyph.gid, round(glyph.x_offset / scale), round(glyph.y_offset / scale), round(glyph.advance / scale))
        for box in boxes
        for scale in [box.shaped.face.scale]
        for glyph in box.shaped.glyphs
    ]


def differences(lines: list[Line]) -> list[str]:
    return [
        "".join(box.shaped.text for box in boxes)
        for line in lines
        for _, group in itertools.groupby(line.boxes, key=lambda box: (id(box.shaped.face), box.ink.language))
        for boxes in [list(group)]
        if ours(boxes) != direct(boxes)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_is_shaped_as_if_it_stood_alone(language: Language, fonts: FontSet) -> None:
    for width in range(90, 300, 15):
        assert differences(set_text(text_of(language, 0, 9), language, width, fonts)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("corpus", ["udhr", "ntrex"])
def test_hundreds_of_real_lines_are_shaped_as_if_each_stood_alone(corpus: str, language: Language) -> None:
    fonts = bundled_fonts()
    rows = parallel_rows(corpus, (language,), 120)
    lines = [line for (text,) in rows for line in set_text(text, language, 165, fonts)]
    assert len(lines) > 150
    assert differences(lines) == []


def test_a_vowel_moved_away_from_its_neighbour_moves_back_where_a_line_ends(fonts: FontSet) -> None:
    style = TextStyle(size=10.5, leading=21)
    together = boxes_of([Run("བོ་རེ་", "bo")], style, Itemizer(fonts), "9B1C1C")
    apart = break_lines(together, Measure(together[0].width + 2, 0.0, "justify", "bo"))
    assert [line.text for line in apart] == ["བོ་", "རེ་"]
    assert [glyph.gid for box in together for glyph in box.shaped.glyphs] != [
        glyph.gid for line in apart for box in line.boxes for glyph in box.shaped.glyphs
    ]


def test_letters_are_kerned_across_a_space(fonts: FontSet) -> None:
    style = TextStyle(size=10.0, leading=15)
    words = boxes_of([Run("TV The", "en")], style, Itemizer(fonts), "9B1C1C")
    alone = boxes_of([Run("TV", "en")], style, Itemizer(fonts), "9B1C1C")
    assert words[0].width < alone[0].width

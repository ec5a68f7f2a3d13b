"""A Chinese font of PostScript outlines travels in the file, cut to its text, with TrueType outlines of one form."""

from __future__ import annotations

import io
import itertools
import math
import zipfile
from dataclasses import replace

import pytest
import uharfbuzz as hb
from lxml import etree

from toolkit.bulletin.model import Bulletin, Cell, Row, RowKind, Run
from toolkit.docx import typeset_docx
from toolkit.docx.embedding import embedded_fonts, obfuscated, with_marks_apart
from toolkit.docx.instance import static_program
from toolkit.fonts import FontSet
from toolkit.languages import Language

TEXT = "甘南州举行会议，繁體龘ABC。"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def cut(docx_fonts: FontSet) -> bytes:
    return static_program(docx_fonts.regular["han"][0], frozenset(map(ord, TEXT)))


def measured(program: hb.Face, character: str) -> tuple[float, float, tuple[float, float, float, float]]:
    """Signed area and perimeter of a glyph, by many straight pieces of its curves, and the box of their corners."""
    font = hb.Font(program)
    points: list[list[tuple[float, float]]] = []

    def along(*controls: tuple[float, float]) -> None:
        start = points[-1][-1]
        for step in range(1, 33):
            level = [start, *controls]
            while len(level) > 1:  # de Casteljau
                level = [
                    tuple(p + (q - p) * step / 32 for p, q in zip(a, b, strict=True))  # type: ignore[misc]
                    for a, b in itertools.pairwise(level)
                ]
            points[-1].append(level[0])

    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda x, y, _: points.append([(x, y)]))
    pen.set_line_to_func(lambda x, y, _: points[-1].append((x, y)))
    pen.set_quadratic_to_func(lambda a, b, x, y, _: along((a, b), (x, y)))
    pen.set_cubic_to_func(lambda a, b, c, d, x, y, _: along((a, b), (c, d), (x, y)))
    glyph = font.get_nominal_glyph(ord(character))
    assert glyph is not None
    font.draw_glyph(glyph, pen, None)
    pieces = [piece for contour in points for piece in zip(contour, [*contour[1:], contour[0]], strict=True)]
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pieces) / 2
    xs, ys = ([point[axis] for contour in points for point in contour] for axis in (0, 1))
    return area, sum(itertools.starmap(math.dist, pieces)), (min(xs), min(ys), max(xs), max(ys))


def test_every_outline_keeps_its_form_within_a_unit(cut: bytes, docx_fonts: FontSet) -> None:
    before = hb.Face(hb.Blob.from_file_path(str(docx_fonts.regular["han"][0].path)))
    after = hb.Face(hb.Blob(cut))
    assert {"glyf", "loca"} <= set(after.table_tags) and "CFF " not in after.table_tags
    for character in TEXT:
        old_area, perimeter, old_box = measured(before, character)
        area, _, box = measured(after, character)
        assert abs(area + old_area) < 0.3 * perimeter  # TrueType contours run the other way round
        assert box == pytest.approx(old_box, abs=1.0)


def test_widths_and_the_name_are_those_of_the_font(cut: bytes, docx_fonts: FontSet) -> None:
    old, new = (
        hb.Font(face)
        for face in (
            hb.Face(hb.Blob.from_file_path(str(docx_fonts.regular["han"][0].path))),
            hb.Face(hb.Blob(cut)),
        )
    )
    for character in TEXT:
        advances = [font.get_glyph_h_advance(font.get_nominal_glyph(ord(character))) for font in (old, new)]
        assert advances[0] == advances[1] > 0
    assert hb.Face(hb.Blob(cut)).get_name(1) == "Noto Serif SC"


def test_the_tables_are_whole(cut: bytes) -> None:
    """By the specification: checksums, a location for each glyph and one more, bearings that are the outlines' own."""
    words = [int.from_bytes(cut[at : at + 4], "big") for at in range(0, len(cut), 4)]
    assert sum(words) & 0xFFFFFFFF == 0xB1B0AFBA
    face = hb.Face(hb.Blob(cut))
    tables = {tag: face.reference_table(tag).data for tag in face.table_tags}
    assert len(tables["loca"]) == 4 * (face.glyph_count + 1)
    assert int.from_bytes(tables["loca"][-4:], "big") == len(tables["glyf"])
    long_metrics = int.from_bytes(tables["hhea"][34:36], "big")
    for glyph in range(min(face.glyph_count, long_metrics)):
        start, end = (int.from_bytes(tables["loca"][4 * one : 4 * one + 4], "big") for one in (glyph, glyph + 1))
        if start < end:
            left = tables["glyf"][start + 2 : start + 4]
            assert tables["hmtx"][4 * glyph + 2 : 4 * glyph + 4] == left


def test_of_the_chinese_face_only_the_text_is_embedded_and_of_the_others_all(
    docx_bulletin: Bulletin, docx_fonts: FontSet
) -> None:
    programs = {
        (font.face.family, font.face.style): obfuscated(font.data, font.key)
        for font in embedded_fonts(docx_bulletin, docx_fonts)
    }
    chinese = hb.Face(hb.Blob(programs["Noto Serif SC", "Regular"]))
    assert set(map(ord, "联席会议一、总体要求")) <= set(chinese.unicodes) and ord("龘") not in chinese.unicodes
    assert len(programs["Noto Serif SC", "Regular"]) < 200_000
    assert programs["Noto Serif Tibetan", "Regular"] == docx_fonts.regular["tibetan"][0].path.read_bytes()


def test_another_text_gives_the_chinese_font_another_key(docx_bulletin: Bulletin, docx_fonts: FontSet) -> None:
    other = replace(docx_bulletin, rows=docx_bulletin.rows[:1])
    keys = [{font.key for font in embedded_fonts(one, docx_fonts)} for one in (docx_bulletin, other)]
    assert len(keys[0] - keys[1]) == 3  # the Chinese one; and italics, which the other text does not need


def test_a_bulletin_in_english_alone_carries_no_tibetan_font(docx_bulletin: Bulletin, docx_fonts: FontSet) -> None:
    edition = replace(docx_bulletin.edition, columns=("en",), widths=(1.0,))
    rows = tuple(replace(row, cells=row.cells[1:2]) for row in docx_bulletin.rows[:2])
    alone = replace(
        docx_bulletin,
        edition=edition,
        running_title=docx_bulletin.running_title[1:2],
        head_rows=(),
        column_head=None,
        rows=rows,
        tail_rows=(),
        stamp=(),
        foot=docx_bulletin.foot[1:2],
    )
    with zipfile.ZipFile(io.BytesIO(typeset_docx(alone, docx_fonts))) as archive:
        embedded = etree.fromstring(archive.read("word/fontTable.xml"))
        assert sum(name.endswith(".odttf") for name in archive.namelist()) == 2
    fonts = {str(font.get(W + "name")) for font in embedded if font.find(W + "embedRegular") is not None}
    assert fonts == {"Source Serif 4"}


def without_chinese(bulletin: Bulletin, english: str, tibetan: str) -> Bulletin:
    """English and Tibetan beside each other, in rows of these texts alone."""
    texts: tuple[tuple[Language, str], ...] = (("en", english), ("bo", tibetan))
    cells = tuple(Cell(language, (Run(text, language),)) for language, text in texts)
    return replace(
        bulletin,
        edition=replace(bulletin.edition, columns=("en", "bo"), widths=(1.0, 1.0), provenance=False),
        running_title=cells,
        head_rows=(),
        column_head=None,
        rows=(Row(RowKind.PARAGRAPH, cells),),
        tail_rows=(),
        stamp=(),
        foot=bulletin.foot[1:],
    )


def parts(document: bytes) -> tuple[dict[str, bool], etree._Element, etree._Element]:
    """The families of the font table, each with whether a face of it is embedded; the text; the styles."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        table, text, styles = (
            etree.fromstring(archive.read(f"word/{name}.xml")) for name in ("fontTable", "document", "styles")
        )
    families = {str(font.get(W + "name")): font.find(W + "embedRegular") is not None for font in table}
    return families, text, styles


def test_marks_in_tibetan_have_a_family_of_their_own_for_libreoffice_sets_the_next_document_in_what_it_met_first(
    docx_bulletin: Bulletin, docx_fonts: FontSet
) -> None:
    families, text, styles = parts(
        typeset_docx(without_chinese(docx_bulletin, "The song", "གླུ་《རྨ་ལྷ》ཞེས་པ།"), docx_fonts)
    )
    assert families["Noto Serif SC Marks"] and not families["Noto Serif SC"]
    set_in_marks = {
        "".join(run.itertext())
        for run in text.iter(W + "r")
        if (fonts := run.find(f"{W}rPr/{W}rFonts")) is not None and fonts.get(W + "eastAsia") == "Noto Serif SC Marks"
    }
    assert set_in_marks == {"《", "》"}
    asked = {fonts.get(W + "eastAsia") for fonts in styles.iter(W + "rFonts")}
    assert asked == {"Noto Serif SC", "Noto Serif Tibetan"}  # an editor who types Chinese gets the newsroom's font
    assert "Noto Serif SC Marks" not in parts(typeset_docx(docx_bulletin, docx_fonts))[0]


def test_the_face_of_marks_is_named_so_itself_and_is_the_same_in_every_bulletin(
    docx_bulletin: Bulletin, docx_fonts: FontSet
) -> None:
    programs = []
    for tibetan in ("《རྨ་ལྷ》", "〈བོད〉 12%"):
        bulletin = without_chinese(docx_bulletin, "Song", tibetan)
        embedded = embedded_fonts(bulletin, with_marks_apart(bulletin, docx_fonts))
        programs += [obfuscated(font.data, font.key) for font in embedded if font.face.family == "Noto Serif SC Marks"]
    assert len(programs) == 2 and programs[0] == programs[1]
    assert hb.Face(hb.Blob(programs[0])).get_name(1) == "Noto Serif SC Marks"


@pytest.mark.parametrize(
    ("english", "tibetan"),
    [("Song 歌", "《རྨ་ལྷ》"), ("The 《Song》", "《རྨ་ལྷ》"), ("Song", "《རྨ་ལྷ》〒"), ("Song", "རྨ་ལྷ།")],
    ids=["Chinese in English", "marks in English", "a rare sign", "no marks"],
)
def test_all_else_is_set_in_the_families_that_the_styles_name(
    english: str, tibetan: str, docx_bulletin: Bulletin, docx_fonts: FontSet
) -> None:
    assert with_marks_apart(without_chinese(docx_bulletin, english, tibetan), docx_fonts) is docx_fonts


def test_a_chinese_font_with_a_long_name_keeps_it(docx_bulletin: Bulletin, docx_fonts: FontSet) -> None:
    (face,) = docx_fonts.regular["han"]
    named = replace(face, family="Newsroom Song of the High Plateau")
    fonts = replace(docx_fonts, regular=docx_fonts.regular | {"han": (named,)})
    assert with_marks_apart(without_chinese(docx_bulletin, "Song", "《རྨ་ལྷ》"), fonts) is fonts

"""Pictures on the page: with their caption, never enlarged, and no hole before them."""

from __future__ import annotations

import io

import pikepdf
import pypdf
import pytest

from tests.pdf.file_reading import read_structure
from tests.pdf.page_samples import COLUMNS, bulletin_with, laid_out, make_picture, row_of
from tests.pdf.pdf_samples import text_of
from toolkit.bulletin.model import Picture, Row, RowKind
from toolkit.fonts.catalog import FontSet
from toolkit.languages import BCP47
from toolkit.pdf import typeset_pdf
from toolkit.pdf.layout import Layout
from toolkit.pdf.pictures import printed_size

CAPTION = ("草原。", "The grassland.", "རྩྭ་ཐང་།")


def paragraphs(count: int, sentences: int = 4) -> list[Row]:
    return [row_of(RowKind.PARAGRAPH, [text_of(one, k, sentences) for one in COLUMNS]) for k in range(count)]


def figure(picture: Picture) -> Row:
    return row_of(RowKind.CAPTION, CAPTION, picture=picture)


def kinds_by_page(layout: Layout) -> list[list[str]]:
    return [
        ["picture" if one.slice.picture else one.slice.layout.row.kind.value for one in sheet.placements]
        for sheet in layout.sheets
    ]


@pytest.mark.parametrize(
    ("pixels", "printed"),
    [
        ((300, 150), (144.0, 72.0)),  # 150 dots per inch
        ((3000, 1000), (400.0, 400.0 / 3)),  # as wide as the text
        ((1000, 3000), (75.0, 225.0)),  # 45 per cent of the page
    ],
)
def test_a_picture_is_as_large_as_its_pixels_the_text_and_the_page_allow(
    pixels: tuple[int, int], printed: tuple[float, float]
) -> None:
    assert printed_size(make_picture(*pixels), 400.0, 500.0) == pytest.approx(printed)


def test_text_goes_before_a_figure_that_the_page_cannot_hold_and_reading_order_stays(fonts: FontSet) -> None:
    rows = [*paragraphs(3), figure(make_picture(1600, 1200)), *paragraphs(6)]
    layout = laid_out(bulletin_with(rows), fonts)
    assert [row.row for row in layout.rows[2:-1]] == rows
    first, second = kinds_by_page(layout)[:2]
    assert "picture" not in first
    assert second[:2] == ["column head", "picture"]
    frame = layout.furniture.frame
    assert layout.sheets[0].placements[-1].bottom - frame.bottom < 60  # no hole
    drawn = [one.slice.layout for sheet in layout.sheets for one in sheet.placements if not one.repeated]
    assert drawn.index(layout.rows[5]) > drawn.index(layout.rows[6])


def test_a_figure_does_not_wait_past_a_heading(fonts: FontSet) -> None:
    heading = row_of(RowKind.HEADING, ("二", "Two", "གཉིས།"))
    rows = [*paragraphs(3), figure(make_picture(1600, 1200)), heading, *paragraphs(3)]
    layout = laid_out(bulletin_with(rows), fonts)
    order = [one.slice.layout.row for sheet in layout.sheets for one in sheet.placements]
    assert order.index(rows[3]) < order.index(heading)


def test_a_figure_shrinks_a_little_rather_than_leave_the_page(fonts: FontSet) -> None:
    rows = [*paragraphs(2), figure(make_picture(1600, 900))]
    shrunk = 0
    for height in range(480, 740, 20):
        layout = laid_out(bulletin_with(rows, page_height=float(height)), fonts)
        part = next(one.slice for sheet in layout.sheets for one in sheet.placements if one.slice.picture)
        drawn, wanted = part.picture, part.layout.picture
        assert drawn is not None
        assert wanted is not None
        assert 0.6 * wanted.height <= drawn.height <= wanted.height
        assert drawn.width / drawn.height == pytest.approx(wanted.width / wanted.height)
        shrunk += drawn.height < wanted.height
    assert shrunk >= 2


def test_a_figure_is_drawn_on_both_pages_of_a_spread(fonts: FontSet) -> None:
    data = typeset_pdf(bulletin_with([*paragraphs(2), figure(make_picture(600, 300))], facing=True), fonts)
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    assert [len(page.images) for page in pages[:3]] == [0, 1, 1]


@pytest.mark.parametrize("reading", ["rows", "columns"])
def test_a_figure_that_waits_is_read_where_the_report_has_it(reading: str, fonts: FontSet) -> None:
    rows = [
        row_of(RowKind.PARAGRAPH, [f"{number}{text_of(one, number - 100, 4)}" for one in COLUMNS])
        for number in range(100, 109)
    ]
    rows.insert(3, figure(make_picture(1600, 1200)))
    bulletin = bulletin_with(rows, reading=reading, page_height=620.0)
    first = [one.slice.layout.row for one in laid_out(bulletin, fonts).sheets[0].placements]
    assert rows[4] in first  # the paragraph after the figure, which waits
    assert rows[3] not in first
    with pikepdf.open(io.BytesIO(typeset_pdf(bulletin, fonts))) as pdf:
        spoken = [one for one in read_structure(pdf).all() if one.tag in ("P", "Figure")]
    heard = [
        "" if one.tag == "Figure" else one.text[:3]
        for one in spoken
        if one.tag == "Figure" or one.language == BCP47["zh"]
    ]
    assert [one for one in heard if not one or one.isdigit()] == ["100", "101", "102", "", *map(str, range(103, 109))]

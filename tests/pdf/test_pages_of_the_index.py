"""The term index: each term with the pages where it stands, language by language."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest

from tests.pdf.page_samples import COLUMNS, bulletin_with, laid_out, row_of
from tests.pdf.pdf_samples import text_of
from toolkit.bulletin.model import Bulletin, Cell, IndexEntry, Row, RowKind, Run
from toolkit.fonts.catalog import FontSet
from toolkit.languages import Language
from toolkit.pdf import typeset_pdf
from toolkit.pdf.segments import segment_pages
from toolkit.pdf.termindex import page_ranges

NAMES: tuple[tuple[Language, str], ...] = (("zh", "合作市"), ("en", "Hezuo"), ("bo", "གཙོས།"))
HEAD = row_of(RowKind.HEADING, ("索引", "Index", "དཀར་ཆག"))


def paragraph(number: int, columns: tuple[Language, ...]) -> Row:
    """Two segments, "s0.a" and "s0.b" for the first."""
    cells = []
    for one in columns:
        runs = [Run(text_of(one, number, 3), one, segment=f"s{number}.a")]
        runs += [Run(" ", one), Run(text_of(one, number + 1, 3), one, segment=f"s{number}.b")]
        cells.append(Cell(one, tuple(runs)))
    return Row(RowKind.PARAGRAPH, tuple(cells))


def indexed(
    *entries: tuple[str, ...], columns: tuple[Language, ...] = COLUMNS, rows: int = 8, **edition: object
) -> Bulletin:
    bulletin = bulletin_with([paragraph(k, columns) for k in range(rows)], columns, **edition)
    index = tuple(IndexEntry(NAMES, segments) for segments in entries)
    cells = tuple(cell for cell in HEAD.cells if cell.language in columns)
    return replace(bulletin, index=index, index_head=replace(HEAD, cells=cells))


def test_a_segment_cut_by_a_page_stands_on_both_and_its_neighbours_on_one(fonts: FontSet) -> None:
    words = [chr(ord("a") + k) * 3 for k in range(24)]
    runs = [Run(f"{word} " * 45, "en", segment=word) for word in words]
    row = Row(RowKind.PARAGRAPH, (Cell("en", tuple(runs), notes=((Run("memory", "en"),),)),))
    layout = laid_out(bulletin_with([row], ("en",), page_height=400.0), fonts)
    printed: dict[tuple[str, Language], tuple[int, ...]] = {}
    for number, sheet in enumerate(layout.sheets, start=1):
        slugs = [slug for one in sheet.placements if one.slice.layout.row is row for slug in one.slice.slugs(0)]
        text = "".join(slug.line.text for slug in slugs)
        for word in words:
            if word in text:
                printed[word, "en"] = (*printed.get((word, "en"), ()), number)
    assert segment_pages([(sheet.grid, sheet.placements) for sheet in layout.sheets]) == printed
    assert {len(numbers) for numbers in printed.values()} == {1, 2}


@pytest.mark.parametrize(
    ("pages", "ranges"),
    [([1], [(1, 1)]), ([1, 2, 3, 7], [(1, 3), (7, 7)]), ([2, 4, 6], [(2, 2), (4, 4), (6, 6)]), ([], [])],
)
def test_neighbouring_pages_make_a_range(pages: list[int], ranges: list[tuple[int, int]]) -> None:
    assert list(page_ranges(pages)) == ranges


def test_each_term_names_the_pages_on_which_its_segments_are_printed(fonts: FontSet) -> None:
    bulletin = indexed(("s0.a",), ("s0.a", "s7.b"), ("nowhere",))
    layout = laid_out(bulletin, fonts)
    pages = segment_pages([(sheet.grid, sheet.placements) for sheet in layout.sheets])
    rows = [row.row for row in layout.rows if row.row.kind is RowKind.INDEX]
    assert len(rows) == 2  # a term that stands on no page is not in the index
    assert [cell.text for cell in rows[0].cells] == ["合作市\u20031", "Hezuo\u20031", "གཙོས།\u20031"]
    last = pages["s7.b", "en"][-1]
    assert rows[1].cells[1].text.endswith(str(last))
    assert rows[1].cells[1].runs[-1].link.startswith("#page=")


def test_the_index_begins_on_a_page_of_its_own_after_the_text(fonts: FontSet) -> None:
    layout = laid_out(indexed(("s0.a",)), fonts)
    kinds = [[one.slice.layout.row.kind for one in sheet.placements] for sheet in layout.sheets]
    assert kinds[-1] == [RowKind.COLUMN_HEAD, RowKind.HEADING, RowKind.INDEX]
    assert RowKind.COLOPHON in kinds[-2]


def test_a_wide_column_sets_the_index_in_tracks_that_end_level(fonts: FontSet) -> None:
    bulletin = indexed(*[("s0.a",)] * 31, columns=("en",), page_width=700.0)
    layout = laid_out(bulletin, fonts)
    placed = [one for one in layout.sheets[-1].placements if one.slice.layout.row.kind is RowKind.INDEX]
    tracks = [[one for one in placed if one.shift == shift] for shift in sorted({one.shift for one in placed})]
    assert [len(track) for track in tracks] == [11, 11, 9]
    assert len({track[0].top for track in tracks}) == 1
    starts = [track[0].slice.layout.cells[0].left + track[0].shift for track in tracks]
    widths = [track[0].slice.layout.cells[0].width for track in tracks]
    assert all(start + width < following for start, width, following in zip(starts, widths, starts[1:], strict=False))
    assert starts[-1] + widths[-1] <= layout.sheets[-1].grid.right + 0.01


def test_a_long_index_fills_page_after_page_and_loses_no_term(fonts: FontSet) -> None:
    for columns in (("en",), COLUMNS):
        layout = laid_out(indexed(*[("s0.a",)] * 200, columns=columns, page_height=400.0), fonts)
        found = [
            one.slice.layout
            for sheet in layout.sheets
            for one in sheet.placements
            if one.slice.layout.row.kind is RowKind.INDEX
        ]
        assert len(found) == len(set(map(id, found))) == 200


def test_the_numbers_lead_to_their_pages(fonts: FontSet) -> None:
    reader = pypdf.PdfReader(io.BytesIO(typeset_pdf(indexed(("s0.a",), ("s7.b",)), fonts)))
    links = [note.get_object() for note in reader.pages[-1].get("/Annots", [])]
    assert len(links) >= 6
    assert {link["/Subtype"] for link in links} == {"/Link"}

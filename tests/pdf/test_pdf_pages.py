"""Rows on pages: level, cut together, headings with their text, furniture on every page."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace

import pypdf
import pytest
from pdf_samples import make_bulletin

from tests.pdf.page_samples import laid_out, row_of
from toolkit.bulletin.model import Bulletin, RowKind
from toolkit.fonts.catalog import FontSet
from toolkit.pdf import typeset_pdf
from toolkit.pdf.furniture import Furniture
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.pages import Frame, Paginator, Placement
from toolkit.pdf.rows import RowSetter

HEIGHTS = [300.0, 377.0, 455.0, 595.0]


def _paginated(bulletin: Bulletin, fonts: FontSet) -> tuple[Frame, list[tuple[Placement, ...]]]:
    setter = RowSetter(bulletin.edition, Itemizer(fonts))
    frame = Furniture(bulletin, setter).frame
    pages = Paginator(frame, ruled=bulletin.edition.provenance).place(
        [setter.row(row) for row in bulletin.head_rows],
        setter.row(bulletin.column_head),
        [setter.row(row) for row in bulletin.rows],
        [setter.row(row) for row in bulletin.tail_rows],
    )
    return frame, pages


@pytest.mark.parametrize("height", HEIGHTS)
def test_first_lines_of_a_row_stand_on_one_baseline_on_every_page(height: float, fonts: FontSet) -> None:
    split = 0
    for page in _paginated(make_bulletin(rows=20, page_height=height), fonts)[1]:
        for placement in page:
            part = placement.slice
            split += not part.ends_row
            columns = [k for k in range(3) if part.slugs(k)]
            baselines = [placement.top - part.drop(k) - part.slugs(k)[0].ascent for k in columns]
            assert max(baselines) - min(baselines) < 0.001
    assert split  # the test means nothing unless some row was cut


@pytest.mark.parametrize("height", HEIGHTS)
def test_a_page_split_leaves_no_line_alone(height: float, fonts: FontSet) -> None:
    for page in _paginated(make_bulletin(rows=20, page_height=height), fonts)[1]:
        for placement in page:
            for (start, end), cell in zip(placement.slice.spans, placement.slice.layout.cells, strict=True):
                total = len(cell.slugs)
                if 0 < end - start < total:
                    assert end - start >= 2


@pytest.mark.parametrize("height", HEIGHTS)
def test_a_heading_is_never_the_last_thing_on_a_page(height: float, fonts: FontSet) -> None:
    pages = _paginated(make_bulletin(rows=40, page_height=height), fonts)[1]
    assert len(pages) > 3
    for page in pages:
        assert page[-1].slice.layout.row.kind not in (RowKind.HEADING, RowKind.COLUMN_HEAD)


@pytest.mark.parametrize("height", HEIGHTS)
def test_rows_stay_inside_the_frame_and_never_overlap(height: float, fonts: FontSet) -> None:
    frame, pages = _paginated(make_bulletin(rows=20, page_height=height, provenance=True), fonts)
    for page in pages:
        assert page[0].top <= frame.top + 0.01
        assert page[-1].bottom >= frame.bottom - 0.02
        assert all(upper.bottom >= lower.top - 0.01 for upper, lower in itertools.pairwise(page))


@pytest.mark.parametrize("height", HEIGHTS)
def test_every_line_of_every_cell_is_placed_once_and_in_order(height: float, fonts: FontSet) -> None:
    pages = _paginated(make_bulletin(rows=20, page_height=height), fonts)[1]
    reached: dict[tuple[int, int], int] = {}
    rows = {}
    for page in pages:
        for placement in page:
            if placement.repeated:
                continue
            rows[id(placement.slice.layout)] = placement.slice.layout
            for column, (start, end) in enumerate(placement.slice.spans):
                key = (id(placement.slice.layout), column)
                assert reached.get(key, 0) == start
                reached[key] = end
    assert all(reached[row, column] == len(rows[row].cells[column].slugs) for row, column in reached)
    assert len(rows) == 1 + 1 + 25 + 1


def test_pages_are_filled_to_the_foot(fonts: FontSet) -> None:
    frame, pages = _paginated(make_bulletin(rows=40), fonts)
    lost = [page[-1].bottom - frame.bottom for page in pages[:-1]]
    assert max(lost) < 0.25 * (frame.top - frame.bottom)


def test_a_colophon_does_not_stand_alone_on_the_last_page(fonts: FontSet) -> None:
    bulletin = make_bulletin(rows=12)
    setter = RowSetter(bulletin.edition, Itemizer(fonts))
    body = [setter.row(row) for row in bulletin.rows]
    tail = [setter.row(row_of(RowKind.COLOPHON, ("译自记忆库。", "From the memory.", "དྲན་མཛོད།")))]
    ends = set()
    for height in range(330, 530, 5):
        frame = Frame(float(height), 0.0)
        pages = Paginator(frame, ruled=False).place([], setter.row(bulletin.column_head), body, tail)
        assert [placement.slice.layout.row.kind for placement in pages[-1]][-1] is RowKind.COLOPHON
        text = [placement.slice for placement in pages[-1][:-1] if not placement.repeated]
        assert text and all(frame.bottom - 0.02 <= placement.bottom for page in pages for placement in page)
        ends.add(text[-1].starts_row)
    assert ends == {True, False}  # at some heights the last row had to be cut, at others not


def test_gaps_between_rows_grow_a_little_so_that_pages_end_level(fonts: FontSet) -> None:
    bulletin = make_bulletin(rows=60)
    edition = bulletin.edition
    holes = {}
    for give in (0.0, 3.0):
        theme = replace(edition.theme, ornaments=replace(edition.theme.ornaments, give=give))
        layout = laid_out(replace(bulletin, edition=replace(edition, theme=theme)), fonts)
        foot = layout.furniture.frame.bottom
        holes[give] = [sheet.placements[-1].bottom - foot for sheet in layout.sheets[:-1]]
    assert len(holes[0.0]) == len(holes[3.0])
    assert sum(hole < 0.01 for hole in holes[3.0]) > sum(hole < 0.01 for hole in holes[0.0])
    assert all(level + 0.01 >= 0 and rough - level <= 3 * 10 for rough, level in zip(*holes.values(), strict=True))


def test_a_page_too_low_for_two_lines_still_prints_everything(fonts: FontSet) -> None:
    data = typeset_pdf(make_bulletin(("en", "bo"), rows=3, page_height=190.0), fonts)
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) < 60


def test_column_heads_stamp_and_page_numbers_stand_on_every_page(fonts: FontSet) -> None:
    reader = pypdf.PdfReader(io.BytesIO(typeset_pdf(make_bulletin(rows=20, provenance=True), fonts)))
    total = len(reader.pages)
    assert total > 2
    for number, page in enumerate(reader.pages, start=1):
        text = " ".join(page.extract_text().split())
        assert "DRAFT" in text
        assert "English" in text
        assert f"Page {number} of {total}" in text


def test_an_edition_without_open_points_bears_no_stamp(fonts: FontSet) -> None:
    bulletin = make_bulletin(rows=4)
    reader = pypdf.PdfReader(io.BytesIO(typeset_pdf(replace(bulletin, stamp=()), fonts)))
    assert "DRAFT" not in reader.pages[0].extract_text()

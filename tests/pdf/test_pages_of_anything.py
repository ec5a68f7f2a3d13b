"""Any rows on any paper: nothing is lost, nothing overlaps, nothing leaves the page, and no line stands alone."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pdf.page_samples import COLUMNS, areas_on, bulletin_with, laid_out, make_picture, parts_of
from tests.pdf.pdf_samples import text_of
from toolkit.bulletin.model import Bulletin, Cell, Comment, IndexEntry, ItemPart, Row, RowKind, Run
from toolkit.fonts.catalog import FontSet
from toolkit.languages import Language

PICTURES = [make_picture(1600, 900), make_picture(900, 1600), make_picture(300, 200)]
MILLIMETRE = 72 / 25.4
LOWEST = 150.0  # pt that rows may fill: no edition has lower pages
CHOICES: list[tuple[Language, ...]] = [("zh", "en", "bo"), ("en", "bo"), ("bo",), ("zh", "bo")]
PARTS: list[ItemPart] = ["", "", "begins", "continues"]
KINDS = [RowKind.PARAGRAPH] * 5 + [RowKind.HEADING, RowKind.CAPTION, RowKind.KICKER, RowKind.INDEX]


@st.composite
def cells(draw: st.DrawFn, language: Language, longest: int) -> Cell:
    sentences = draw(st.integers(0, longest))
    runs = (Run(text_of(language, draw(st.integers(0, 3)), sentences), language, segment="s1"),) if sentences else ()
    notes = ((Run("memory: 82 % · draft", "en"),),) * draw(st.integers(0, 2))
    comments = (Comment("s1", "error: number", "128 is missing"),) * draw(st.integers(0, 1))
    return Cell(language, runs, notes, comments=comments)


@st.composite
def rows(draw: st.DrawFn, columns: tuple[Language, ...]) -> Row:
    kind = draw(st.sampled_from(KINDS))
    longest = 9 if kind is RowKind.PARAGRAPH else 1
    has_picture = kind is RowKind.CAPTION and draw(st.booleans())
    return Row(
        kind,
        tuple(draw(cells(one, longest)) for one in columns),
        opens_paragraph=draw(st.booleans()),
        item=draw(st.sampled_from(PARTS)) if kind is RowKind.PARAGRAPH else "",
        picture=draw(st.sampled_from(PICTURES)) if has_picture else None,
    )


@st.composite
def bulletins(draw: st.DrawFn) -> Bulletin:
    columns = draw(st.sampled_from(CHOICES))
    column = draw(st.floats(30, 120)) * MILLIMETRE
    bulletin = bulletin_with(
        draw(st.lists(rows(columns), max_size=8)),
        columns,
        page_width=90.0 + 20.0 * (len(columns) - 1) + column * len(columns),
        page_height=100.0 + draw(st.one_of(st.floats(42, 120), st.floats(120, 800))),
        facing=draw(st.booleans()),
        splits_rows=draw(st.booleans()),
        provenance=draw(st.booleans()),
    )
    names = tuple((one, f"{one} name") for one in columns)
    index = (IndexEntry(names, ("s1",)),) * draw(st.sampled_from([0, 1, 40]))
    bulletin = replace(bulletin, index=index)
    return bulletin if draw(st.booleans()) else replace(bulletin, column_head=None)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(bulletins())
def test_nothing_is_lost_doubled_or_out_of_order(fonts: FontSet, bulletin: Bulletin) -> None:
    layout = laid_out(bulletin, fonts)
    reached: dict[tuple[int, int], int] = {}
    for _, row, column, start, end in parts_of(layout):
        assert reached.get((id(row), column), 0) == start
        reached[id(row), column] = end
    for row in layout.rows:
        for column, cell in enumerate(row.cells):
            assert reached[id(row), column] == len(cell.slugs)
    rows = [row.row for row in layout.rows if row.row is not bulletin.column_head]
    given_rows = [*bulletin.head_rows, *bulletin.rows, *bulletin.tail_rows]
    assert rows[: len(given_rows)] == given_rows
    assert len(rows) - len(given_rows) in (0, len(bulletin.index))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(bulletins())
def test_nothing_overlaps_and_nothing_leaves_the_frame(fonts: FontSet, bulletin: Bulletin) -> None:
    layout = laid_out(bulletin, fonts)
    frame = layout.furniture.frame
    for page, sheet in enumerate(layout.sheets):
        found = list(areas_on(layout, page))
        for index, one in enumerate(found):
            assert one.top <= frame.top + 0.02
            assert one.bottom >= frame.bottom - 0.03 or one.top - one.bottom > frame.height
            assert one.left >= sheet.grid.left - 0.02
            assert one.right <= sheet.grid.right + 0.02
            assert not any(one.overlaps(other) for other in found[index + 1 :])


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(bulletins())
def test_two_lines_of_a_paragraph_stay_together_on_either_side_of_a_page_end(
    fonts: FontSet, bulletin: Bulletin
) -> None:
    layout = laid_out(bulletin, fonts)
    height = layout.furniture.frame.height
    for _, row, column, start, end in parts_of(layout):
        cell = row.cells[column]
        if not start < end or height < LOWEST:
            continue
        for place in (start, end):
            if 0 < place < len(cell.slugs) and cell.slugs[place - 1].paragraph == cell.slugs[place].paragraph:
                paragraph = [k for k, slug in enumerate(cell.slugs) if slug.paragraph == cell.slugs[place].paragraph]
                assert place - paragraph[0] >= 2
                assert paragraph[-1] + 1 - place >= 2


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(bulletins())
def test_a_heading_stands_over_what_it_heads_and_a_figure_over_its_caption(fonts: FontSet, bulletin: Bulletin) -> None:
    layout = laid_out(bulletin, fonts)
    height = layout.furniture.frame.height
    for grid in dict.fromkeys(sheet.grid for sheet in layout.sheets):
        pages = [sheet.placements for sheet in layout.sheets if sheet.grid is grid]
        for upper, lower in itertools.pairwise(page for page in pages if page):
            last = upper[-1].slice
            first = next((one.slice for one in lower if not one.repeated), None)
            if last.layout.keep_with_next and first is not None and height >= LOWEST:
                whole = first.layout.whole()
                kept = whole.height if first.layout.keep_with_next else whole.least
                assert last.height + kept > height - 60  # no page holds both
    for _, row, column, _, end in parts_of(layout):
        if row.picture is not None and row.whole().height < height - 60:
            assert end == len(row.cells[column].slugs)


@pytest.mark.parametrize("columns", [COLUMNS, ("en", "bo")])
def test_pages_without_rows_are_still_pages(columns: tuple[Language, ...], fonts: FontSet) -> None:
    layout = laid_out(bulletin_with([], columns, facing=True), fonts)
    assert len(layout.sheets) == 3

"""Facing pages: each language on pages of its own, level across the spread."""

from __future__ import annotations

import pytest

from tests.pdf.page_samples import areas_on, bulletin_with, laid_out
from tests.pdf.pdf_samples import make_bulletin
from toolkit.bulletin.model import RowKind
from toolkit.fonts.catalog import FontSet
from toolkit.languages import Language
from toolkit.pdf.columns import title_grid
from toolkit.pdf.layout import Layout

CHOICES: list[tuple[Language, ...]] = [("en", "bo"), ("zh", "en", "bo")]


def facing(fonts: FontSet, columns: tuple[Language, ...] = ("en", "bo"), **edition: object) -> Layout:
    bulletin = bulletin_with(make_bulletin(columns, rows=20).rows, columns, facing=True, **edition)
    return laid_out(bulletin, fonts)


@pytest.mark.parametrize("columns", CHOICES)
def test_the_title_stands_on_page_one_and_spreads_begin_on_even_pages(
    columns: tuple[Language, ...], fonts: FontSet
) -> None:
    layout = facing(fonts, columns)
    first, *spreads = layout.sheets
    assert [one.slice.layout.row.kind for one in first.placements] == [RowKind.TITLE]
    assert first.grid.columns == tuple(range(len(columns)))
    assert first.grid.side == "right"
    assert len(spreads) >= 4
    assert len(spreads) % 2 == 0
    for left, right in zip(spreads[::2], spreads[1::2], strict=True):
        assert (left.grid.side, right.grid.side) == ("left", "right")
        assert left.grid.columns == (0,)
        assert right.grid.columns == tuple(range(1, len(columns)))


@pytest.mark.parametrize("columns", CHOICES)
def test_rows_are_level_across_a_spread(columns: tuple[Language, ...], fonts: FontSet) -> None:
    layout = facing(fonts, columns)
    for left, right in zip(layout.sheets[1::2], layout.sheets[2::2], strict=True):
        assert left.placements == right.placements
        for placement in left.placements:
            part = placement.slice
            shown = [k for k in range(len(columns)) if part.slugs(k)]
            baselines = [placement.top - part.drop(k) - part.slugs(k)[0].ascent for k in shown]
            assert max(baselines) - min(baselines) < 0.001


def test_the_outer_margin_is_the_same_on_both_pages_of_a_spread(fonts: FontSet) -> None:
    layout = facing(fonts, margin_left=90.0, margin_right=30.0)
    left, right = layout.sheets[1].grid, layout.sheets[2].grid
    assert left.left == 90.0
    assert right.left == 30.0
    assert left.width == right.width
    assert all(area.left >= 30.0 and area.right <= 30.0 + right.width + 0.01 for area in areas_on(layout, 2))


def test_one_language_alone_faces_nothing(fonts: FontSet) -> None:
    layout = facing(fonts, ("bo",))
    assert {sheet.grid.side for sheet in layout.sheets} == {""}


def test_a_title_of_two_pages_is_followed_by_a_blank_one(fonts: FontSet) -> None:
    bulletin = bulletin_with(make_bulletin(("en", "bo"), rows=4).rows, ("en", "bo"), facing=True, page_height=190.0)
    long = bulletin.head_rows * 4
    layout = laid_out(type(bulletin)(**{**vars(bulletin), "head_rows": long}), fonts)
    titles = [sheet for sheet in layout.sheets if sheet.grid == title_grid(bulletin.edition)]
    assert len(titles) % 2 == 1
    assert layout.sheets[len(titles)].grid.side == "left"

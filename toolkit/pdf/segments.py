"""On which pages a segment's text stands, language by language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from toolkit.languages import Language
from toolkit.pdf.columns import PageGrid
from toolkit.pdf.pages import Placement
from toolkit.pdf.slices import CellLayout, RowSlice

SegmentPages = Mapping[tuple[str, Language], tuple[int, ...]]
"""From a segment and the language of a column to page numbers, counted from 1, in order."""

_UNCOUNTED = re.compile(r"[\s\u00ad]+")
"""What a line may lose or gain at its end: spaces and hyphens."""


def segment_pages(pages: Sequence[tuple[PageGrid, Sequence[Placement]]]) -> SegmentPages:
    """Where the segments of all rows stand; `pages` are those of the document, in order."""
    found: dict[tuple[str, Language], list[int]] = {}
    for number, (grid, placements) in enumerate(pages, start=1):
        for placement in placements:
            if placement.repeated:
                continue
            for column in grid.columns:
                language = placement.slice.layout.cells[column].cell.language
                for segment in _segments_in(placement.slice, column):
                    numbers = found.setdefault((segment, language), [])
                    if numbers[-1:] != [number]:
                        numbers.append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _segments_in(part: RowSlice, column: int) -> Iterator[str]:
    """The segments of which this part of a cell has at least a letter."""
    cell, (start, end) = part.layout.cells[column], part.spans[column]
    if (start, end) == (0, len(cell.slugs)):
        yield from dict.fromkeys(run.segment for run in cell.cell.runs if run.segment)
        return
    first, last = _letters_in(cell, 0, start), _letters_in(cell, 0, end)
    at = 0
    for run in cell.cell.runs:
        before, at = at, at + _count(run.text)
        if run.segment and before < last and at > first:
            yield run.segment


def _letters_in(cell: CellLayout, start: int, end: int) -> int:
    return sum(_count(slug.line.text) for slug in cell.slugs[start:end] if slug.paragraph == 0)


def _count(text: str) -> int:
    return len(_UNCOUNTED.sub("", text))

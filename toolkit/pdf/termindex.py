"""The term index: from each term to the pages where it stands, a row per term, level across the languages."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from toolkit.bulletin.model import Bulletin, Cell, IndexEntry, Row, RowKind, Run
from toolkit.pdf.addresses import page_address
from toolkit.pdf.segments import SegmentPages

_BEFORE = "\u2003"  # between a term and its pages: one em
_BETWEEN = ", "
_THROUGH = "–"


def index_rows(bulletin: Bulletin, pages: SegmentPages) -> tuple[Row, ...]:
    """The rows of the index, its heading first; none where no term stands on any page.

    Each language names its own pages: on a page's end a sentence may be over in one column and not in the other.  The
    page numbers are linked to their pages.
    """
    rows = [row for row in (_row(entry, bulletin, pages) for entry in bulletin.index) if row is not None]
    if not rows:
        return ()
    return tuple(rows) if bulletin.index_head is None else (bulletin.index_head, *rows)


def _row(entry: IndexEntry, bulletin: Bulletin, pages: SegmentPages) -> Row | None:
    names = dict(entry.names)
    cells = []
    for language in bulletin.edition.columns:
        numbers = sorted({page for segment in entry.segments for page in pages.get((segment, language), ())})
        name = names.get(language, "")
        runs = (Run(name + _BEFORE, language), *_numbered(numbers)) if name and numbers else ()
        cells.append(Cell(language, runs))
    return Row(RowKind.INDEX, tuple(cells)) if any(cell.runs for cell in cells) else None


def _numbered(pages: Sequence[int]) -> Iterator[Run]:
    for index, (first, last) in enumerate(page_ranges(pages)):
        if index:
            yield Run(_BETWEEN, "en")
        text = str(first) if first == last else f"{first}{_THROUGH}{last}"
        yield Run(text, "en", link=page_address(first - 1))


def page_ranges(pages: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pages in order as ranges: the first and the last page of each."""
    for _, group in itertools.groupby(enumerate(pages), key=lambda pair: pair[1] - pair[0]):
        members = [page for _, page in group]
        yield members[0], members[-1]

"""Pages: laid-out rows placed from top to bottom, a heading always with what it heads."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from toolkit.bulletin.model import RowKind
from toolkit.bulletin.theme import Ornaments
from toolkit.pdf.slices import RowLayout, RowSlice

_PLAIN = Ornaments()
_UNDER_HEAD = 2.0  # pt that the gap under the names of the columns is larger than others: their rule stands in it
_LOWEST_PICTURE = 0.6  # of its height, before a picture goes to the next page rather than shrink
_HIGHEST_HEAD = 0.2  # of the frame: on lower pages the names of the columns are not repeated
_CLOSER = 0.3  # of the white between rows, which goes where the next row would not begin on the page otherwise
_COMPANY = 60.0  # pt of text, three or four lines, that go to the last page with a colophon which would be alone there
_LOW_TAIL = 0.2  # of the frame: what is higher is no colophon of a few lines
_TOLERANCE = 0.01  # pt
_BODY = frozenset((RowKind.PARAGRAPH, RowKind.HEADING, RowKind.CAPTION, RowKind.INDEX))


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a page that rows may fill: `top` over `bottom`, in pt from the page's foot."""

    top: float
    bottom: float

    @property
    def height(self) -> float:
        """In pt."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Placement:
    """A slice of a row on a page; its top in pt from the page's foot.

    `repeated` marks the column heads of the second and later pages; `rule_over` a rule in the gap above; `shift` moves
    it to the right, in pt: into another track of an index.
    """

    slice: RowSlice
    top: float
    repeated: bool = False
    rule_over: float | None = None
    shift: float = 0.0

    @property
    def bottom(self) -> float:
        """The lower edge of the slice, in pt from the page's foot."""
        return self.top - self.slice.height

    def lowered(self, distance: float, gap: float) -> Placement:
        """The same `distance` pt lower, where the gap over it has grown by `gap` pt."""
        rule = None if self.rule_over is None else self.rule_over - distance + gap / 2
        return replace(self, top=self.top - distance, rule_over=rule)


@dataclass(slots=True)
class _Page:
    placements: list[Placement] = field(default_factory=list)
    y: float = 0.0


class Paginator:
    """Fills pages of one frame.

    `ruled` puts a rule between rows (the review edition); without `splits_rows` a row stands on one page if any page
    can hold it.
    """

    def __init__(self, frame: Frame, *, ruled: bool, ornaments: Ornaments = _PLAIN, splits_rows: bool = True) -> None:
        self._frame = frame
        self._ornaments = ornaments
        self._ruled = ruled
        self._splits_rows = splits_rows
        self._repeat: RowLayout | None = None
        self._held: list[tuple[RowLayout, float]] = []
        self._pages = [_Page(y=frame.top)]

    def place(
        self,
        head: Sequence[RowLayout],
        column_head: RowLayout | None,
        body: Sequence[RowLayout],
        tail: Sequence[RowLayout],
    ) -> list[tuple[Placement, ...]]:
        """The placements of every page."""
        text = [column_head, *body] if column_head and body else body
        self._place_all([*head, *text, *tail], last=len(head) + len(text))
        return [tuple(page.placements) for page in self._pages]

    def place_more(self, column_head: RowLayout | None, rows: Sequence[RowLayout]) -> list[tuple[Placement, ...]]:
        """The placements of further pages: `rows` under the names of the columns, beginning on a page of their own."""
        if self._page.placements:
            self._pages.append(_Page(y=self._frame.top))
        before = len(self._pages) - 1
        self._place_all([column_head, *rows] if column_head else rows)
        return [tuple(page.placements) for page in self._pages[before:]]

    def _place_all(self, rows: Sequence[RowLayout], last: int | None = None) -> None:
        """Place `rows`; the names of the columns are repeated until the row with the number `last`, or to the end."""
        needed = self._all_needed(rows)
        behind = 0.0 if last is None else self._height_behind(rows, last)
        for index, (row, height) in enumerate(zip(rows, needed, strict=True)):
            if self._held and not _may_overtake(row):
                self._turn()
            if index == last:
                self._repeat = None
            if row.picture is not None and self._may_wait(row, height, rows[index + 1 : index + 2]):
                self._held.append((row, height))
                continue
            self._place(row, height, behind if index + 1 == last else 0.0)
            if row.row.kind is RowKind.COLUMN_HEAD:
                self._repeat = row
        if self._held:
            self._turn()
        self._repeat = None

    def _height_behind(self, rows: Sequence[RowLayout], last: int) -> float:
        """What the rows from number `last` on need under the one before them, in pt; 0 where they are no few lines."""
        pairs = itertools.pairwise(rows[max(last - 1, 0) :])
        height = sum(self._space(above, row) + row.whole().height for above, row in pairs)
        return height if height <= self._frame.height * _LOW_TAIL else 0.0

    def _may_wait(self, row: RowLayout, needed: float, following: Sequence[RowLayout]) -> bool:
        """Whether a figure that this page cannot hold goes to the top of the next one, and text comes before it."""
        if self._is_empty or self._page.placements[-1].slice.layout.keep_with_next:
            return False
        room = self._page.y - self._gap(row)[0] - self._frame.bottom
        return needed > room and any(map(_may_overtake, following))

    def _all_needed(self, rows: Sequence[RowLayout]) -> list[float]:
        """The height that must be free for each row to begin: with a heading goes what it heads, or the start of it.

        A figure stays with its caption, a row that is not to be split is whole; where a page cannot hold as much, the
        first lines will do.
        """
        count = len(rows)
        wanted, least = [0.0] * count, [0.0] * count
        for index in range(count - 1, -1, -1):
            row, whole = rows[index], rows[index].whole()
            if row.keep_with_next and index + 1 < count:
                own = whole.height + self._space(row, rows[index + 1])
                wanted[index], least[index] = own + wanted[index + 1], own + least[index + 1]
            elif row.picture is not None:
                low = whole.with_picture_lower(whole.height - (1 - _LOWEST_PICTURE) * row.picture.height)
                wanted[index], least[index] = low.height, low.least
            else:
                least[index] = whole.least
                wanted[index] = least[index] if self._splits_rows else whole.height
        heads = [row for row in rows if row.row.kind is RowKind.COLUMN_HEAD]
        repeated = max((row.whole().height + self._ornaments.row_gap + _UNDER_HEAD for row in heads), default=0.0)
        needed = []
        is_low = is_kept = False
        for row, much, little in zip(rows, wanted, least, strict=True):
            room = self._frame.height - (0.0 if row.row.kind is RowKind.COLUMN_HEAD else repeated)
            is_low = is_low if is_kept else much > room
            is_kept = row.keep_with_next
            needed.append(little if is_low else much)
        return needed

    def _place(self, row: RowLayout, needed: float, behind: float = 0.0) -> None:
        """Place `row`; of the last one some lines go to the next page when there is no room under it for what is
        `behind` it, so high in pt.
        """
        gap, ruled = self._gap(row)
        missing = self._frame.bottom - (self._page.y - gap - needed)
        if not self._is_empty and missing > _TOLERANCE and not self._closed_up(missing):
            self._turn()
            gap, ruled = self._gap(row)
        part = row.whole()
        while True:
            room = self._page.y - gap - self._frame.bottom
            part = self._shrunk(part, room)
            fits = part.height <= room + _TOLERANCE
            if fits:
                cut = self._company(part, gap, behind)
            else:
                cut = part.split(room) or (part.split(room, force=True) if self._is_empty else None)
            if cut is None and (fits or self._is_empty):
                self._put(part, gap, ruled)
                return
            if cut is not None:
                self._put(cut[0], gap, ruled)
                part = cut[1]
            self._turn()
            gap, ruled = self._gap(row)[0], False  # no rule parts the two halves of a row

    def _company(self, part: RowSlice, gap: float, behind: float) -> tuple[RowSlice, RowSlice] | None:
        """`part` cut so that its last lines stand over what is `behind` it, if that would be alone on the next page."""
        missing = behind - (self._page.y - gap - part.height - self._frame.bottom)
        white = gap + sum(self._page_gaps())
        if not self._splits_rows or not behind or missing <= white * _CLOSER + _TOLERANCE:
            return None
        return part.split(part.height - _COMPANY)

    def _shrunk(self, part: RowSlice, room: float) -> RowSlice:
        """`part` with its picture so low that `room` holds all of it, or where none can, at least its first lines."""
        if part.picture is None or part.height <= room:
            return part
        if part.height - room <= (1 - _LOWEST_PICTURE) * part.picture.height + _TOLERANCE:
            return part.with_picture_lower(room)
        return part.with_picture_lower(part.height - part.least + room) if part.least > room else part

    @property
    def _page(self) -> _Page:
        return self._pages[-1]

    @property
    def _is_empty(self) -> bool:
        return all(placement.repeated for placement in self._page.placements)

    def _gap(self, row: RowLayout) -> tuple[float, bool]:
        """The white space over `row` here, and whether a rule stands in it."""
        placements = self._page.placements
        if not placements:
            return 0.0, False
        above = placements[-1].slice.layout
        ruled = self._ruled and {above.row.kind, row.row.kind} <= _BODY and not above.keep_with_next
        return self._space(above, row), ruled

    def _space(self, above: RowLayout, row: RowLayout) -> float:
        ornaments = self._ornaments
        if row.row.kind is RowKind.COLUMN_HEAD or (
            row.row.kind is RowKind.COLOPHON and above.row.kind is not RowKind.COLOPHON
        ):
            return above.after + ornaments.head_gap
        space = above.after + row.before
        if above.row.kind is RowKind.COLUMN_HEAD:
            return max(space, ornaments.row_gap + _UNDER_HEAD)
        if above.picture is not None or row.picture is not None:
            return max(space, ornaments.head_gap)
        if above.row.kind is not RowKind.PARAGRAPH and row.row.kind is not RowKind.PARAGRAPH:
            return space
        if above.keep_with_next:
            return space + ornaments.part_gap
        if self._ruled:
            return max(space, ornaments.ruled_gap)
        return max(space, ornaments.row_gap if row.row.opens_paragraph else ornaments.part_gap)

    def _put(self, part: RowSlice, gap: float, ruled: bool) -> None:
        top = self._page.y - gap
        rule = top + gap / 2 if ruled else None
        self._page.placements.append(Placement(part, top, rule_over=rule))
        self._page.y = top - part.height

    def _turn(self) -> None:
        self._level_foot()
        page = _Page(y=self._frame.top)
        self._pages.append(page)
        if self._repeat is not None:
            whole = self._repeat.whole()
            if whole.height <= self._frame.height * _HIGHEST_HEAD:
                page.placements.append(Placement(whole, page.y, repeated=True))
                page.y -= whole.height
        held, self._held = self._held, []
        for row, needed in held:
            self._place(row, needed)

    def _level_foot(self) -> None:
        """Lets the gaps between the rows of a full page grow a little, so that it ends where other pages end."""
        gaps = self._page_gaps()
        left, count = self._page.y - self._frame.bottom, sum(gap > 0 for gap in gaps)
        if 0.0 < left <= count * self._ornaments.give:
            self._move([left / count if gap > 0 else 0.0 for gap in gaps])

    def _closed_up(self, missing: float) -> bool:
        """Whether the rows of the page can come nearer by `missing` pt in all; if so, they have."""
        gaps = self._page_gaps()
        white = sum(gaps)
        if missing > white * _CLOSER:
            return False
        self._move([-missing * gap / white for gap in gaps])
        return True

    def _page_gaps(self) -> list[float]:
        """The white over each row of the page, in pt; 0 where it may not change."""
        gaps = [0.0]
        for upper, lower in itertools.pairwise(self._page.placements):
            above = upper.slice.layout
            is_body = {above.row.kind, lower.slice.layout.row.kind} <= _BODY
            gaps.append(upper.bottom - lower.top if is_body and not above.keep_with_next else 0.0)
        return gaps

    def _move(self, growths: Sequence[float]) -> None:
        """Make the white over each row of the page larger by so many pt."""
        page, distance = self._page, 0.0
        for index, growth in enumerate(growths):
            distance += growth
            page.placements[index] = page.placements[index].lowered(distance, growth)
        page.y -= distance


def _may_overtake(row: RowLayout) -> bool:
    """Whether `row` may stand before a figure that precedes it: text may; with a heading something else begins."""
    return row.row.kind in (RowKind.PARAGRAPH, RowKind.CAPTION) and row.picture is None

"""Pages: laid-out rows placed from top to bottom, a heading always with what it heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.bulletin.model import RowKind
from toolkit.bulletin.theme import Ornaments
from toolkit.pdf.rows import RowLayout, RowSlice

_PLAIN = Ornaments()
_RULED_GAP = 8.0  # pt between two rows with a rule in the middle
_HEAD_GAP = 10.0  # pt over the names of the columns, and over the colophon


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a page that rows may fill: `top` over `bottom`, in pt from the page's foot."""

    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Placement:
    """A slice of a row on a page; its top in pt from the page's foot.

    `repeated` marks the column heads of the second and later pages; `rule_over` a rule in the gap above.
    """

    slice: RowSlice
    top: float
    repeated: bool = False
    rule_over: float | None = None

    @property
    def bottom(self) -> float:
        """The lower edge of the slice, in pt from the page's foot."""
        return self.top - self.slice.height


@dataclass(slots=True)
class _Page:
    placements: list[Placement] = field(default_factory=list)
    y: float = 0.0


class Paginator:
    """Fills pages of one frame.  `ruled` puts a rule between rows (the review edition)."""

    def __init__(self, frame: Frame, *, ruled: bool, ornaments: Ornaments = _PLAIN) -> None:
        self._frame = frame
        self._ornaments = ornaments
        self._ruled = ruled
        self._repeat: RowLayout | None = None
        self._pages = [_Page(y=frame.top)]

    def place(
        self,
        head: Sequence[RowLayout],
        column_head: RowLayout | None,
        body: Sequence[RowLayout],
        tail: Sequence[RowLayout],
    ) -> list[tuple[Placement, ...]]:
        """The placements of every page."""
        self._place_all(head)
        if body:
            self._place_all([column_head, *body] if column_head else body)
        self._repeat = None
        self._place_all(tail)
        return [tuple(page.placements) for page in self._pages]

    def _place_all(self, rows: Sequence[RowLayout]) -> None:
        for index, row in enumerate(rows):
            self._place(row, rows[index + 1 :])
            if row.row.kind is RowKind.COLUMN_HEAD:
                self._repeat = row

    def _place(self, row: RowLayout, rest: Sequence[RowLayout]) -> None:
        gap, ruled = self._gap(row)
        if not self._is_empty and self._page.y - gap - self._needed(row, rest) < self._frame.bottom:
            self._turn()
            gap, ruled = self._gap(row)
        part = row.whole()
        while True:
            room = self._page.y - gap - self._frame.bottom
            if part.height <= room + 0.01:
                self._put(part, gap, ruled)
                return
            cut = part.split(room) or (part.split(room, force=True) if self._is_empty else None)
            if cut is None and self._is_empty:
                self._put(part, gap, ruled)
                return
            if cut is not None:
                self._put(cut[0], gap, ruled)
                part = cut[1]
            self._turn()
            gap, ruled = self._gap(row)[0], False

    def _needed(self, row: RowLayout, rest: Sequence[RowLayout]) -> float:
        """The height that must be free for `row` to begin here: with a heading goes the start of what it heads."""
        if row.keep_with_next and rest:
            return row.whole().height + self._space(row, rest[0]) + self._needed(rest[0], rest[1:])
        return self._least(row)

    def _least(self, row: RowLayout) -> float:
        """The height of the smallest first part of `row`."""
        whole = row.whole()
        full = whole.height
        for lines in range(1, 5):
            room = max(
                (whole.drop(k) + sum(slug.height for slug in whole.slugs(k)[:lines]) for k in range(len(row.cells))),
                default=0.0,
            )
            if room >= full:
                break
            cut = whole.split(room)
            if cut is not None:
                return cut[0].height
        return full

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
        kinds = (above.row.kind, row.row.kind)
        body = {RowKind.PARAGRAPH, RowKind.HEADING, RowKind.CAPTION}
        ruled = self._ruled and set(kinds) <= body and not above.keep_with_next
        return self._space(above, row), ruled

    def _space(self, above: RowLayout, row: RowLayout) -> float:
        if row.row.kind is RowKind.COLUMN_HEAD or (
            row.row.kind is RowKind.COLOPHON and above.row.kind is not RowKind.COLOPHON
        ):
            return above.after + _HEAD_GAP
        space = above.after + row.before
        if above.row.kind is RowKind.COLUMN_HEAD:
            return max(space, self._ornaments.row_gap + 2)
        if above.row.kind is not RowKind.PARAGRAPH and row.row.kind is not RowKind.PARAGRAPH:
            return space
        if above.keep_with_next:
            return space + self._ornaments.part_gap
        if self._ruled:
            return max(space, _RULED_GAP)
        return max(space, self._ornaments.row_gap if row.row.opens_paragraph else self._ornaments.part_gap)

    def _put(self, part: RowSlice, gap: float, ruled: bool) -> None:
        top = self._page.y - gap
        rule = top + gap / 2 if ruled else None
        self._page.placements.append(Placement(part, top, rule_over=rule))
        self._page.y = top - part.height

    def _turn(self) -> None:
        page = _Page(y=self._frame.top)
        self._pages.append(page)
        if self._repeat is not None:
            whole = self._repeat.whole()
            page.placements.append(Placement(whole, page.y, repeated=True))
            page.y -= whole.height

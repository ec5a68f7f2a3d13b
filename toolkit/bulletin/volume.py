"""A volume: several bulletins of one edition under one cover, with a page of contents and one term index."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.bulletin import volume_words as words
from toolkit.bulletin.dates import printed_date, printed_month
from toolkit.bulletin.model import Bulletin, Cell, Comment, Edition, IndexEntry, Mark, Row, RowKind, Run
from toolkit.bulletin.running import Around, around
from toolkit.bulletin.term_index import entry_key
from toolkit.bulletin.words import INDEX, STAMP
from toolkit.languages import Language
from toolkit.workspace import Settings

Month = tuple[int, int]
"""A year and a month from 1 to 12."""

NUMBER_LANGUAGE: Language = "en"
"""In which page numbers of the contents are set."""
_NUMBER_WIDTH = 24.0  # pt: four figures


@dataclass(frozen=True)
class Part:
    """A bulletin as it is bound, with its line in the contents.

    Its segments are named by its place in the volume too: the same sentence may stand in two reports.  `entry` is a
    row with the title in every column, under it the date; the printer adds the page.  `report` names what it is of.
    """

    bulletin: Bulletin
    entry: Row
    report: str = ""


@dataclass(frozen=True)
class Volume:
    """What is bound.  `front` is a bulletin without text: the cover is its head, the term index is that of all parts.

    Stamp and running titles of `front` stand on every page.
    """

    front: Bulletin
    contents_head: Row
    parts: tuple[Part, ...]

    @property
    def whole(self) -> Bulletin:
        """All rows of the volume as those of one bulletin: for those who ask which characters and languages it has."""
        bound = [part.bulletin for part in self.parts]
        rows = [self.contents_head, *(part.entry for part in self.parts)]
        rows += [row for one in bound for row in (*one.head_rows, *one.text_rows, *one.tail_rows)]
        return replace(self.front, rows=tuple(rows))


def bind(
    name: str,
    bulletins: Sequence[tuple[Bulletin, datetime.date | None]],
    *,
    edition: Edition,
    settings: Settings,
    month: Month | None = None,
) -> Volume:
    """The volume `name` of bulletins with their dates, in order of date; those without one come last.

    All must be of `edition`, but for the widths of their columns.  One with a stamp stamps every page.  Raises
    `ValueError` when there is none.
    """
    if not bulletins:
        raise ValueError("a volume has a bulletin at least")
    ordered = sorted(bulletins, key=lambda one: (one[1] is None, one[1] or datetime.date.max, one[0].name))
    dates = [date for _, date in ordered if date is not None]
    period = {one: _period(dates, month, one, settings) for one in edition.columns}
    is_open = sum(bool(bulletin.stamp) for bulletin, _ in ordered)
    stamp = _cells(edition, STAMP) if is_open else ()
    titles = tuple(Cell(one, (Run(words.VOLUME[one], one),)) for one in edition.columns)
    surrounding = around(edition, settings.masthead, period, titles=titles)
    front = Bulletin(
        name=name,
        edition=edition,
        title=" / ".join(f"{words.VOLUME[one]}{_joint(one)}{period[one]}".strip(" ·") for one in edition.columns),
        subject=" / ".join(settings.masthead[one] for one in edition.columns),
        author="; ".join(dict.fromkeys(bulletin.author for bulletin, _ in ordered if bulletin.author)),
        keywords=tuple(edition.columns),
        running_title=surrounding.running_title,
        head_rows=tuple(_cover(edition, surrounding, period, len(ordered), is_open)),
        column_head=ordered[0][0].column_head,
        rows=(),
        tail_rows=(),
        stamp=stamp,
        foot=surrounding.foot,
    )
    named = [(_named(bulletin, number), date) for number, (bulletin, date) in enumerate(ordered, start=1)]
    index = _merged([entry for bulletin, _ in named for entry in bulletin.index], edition.columns)
    if index:
        front = replace(front, index=index, index_head=Row(RowKind.HEADING, _cells(edition, INDEX)))
    parts = tuple(Part(_in_volume(one, front), _entry(one, date, settings), one.report) for one, date in named)
    return Volume(front, Row(RowKind.HEADING, _cells(edition, words.CONTENTS)), parts)


def contents_edition(edition: Edition) -> Edition:
    """`edition` as the page of contents has it: all languages side by side, and a last column for page numbers."""
    count = len(edition.columns)
    text = edition.page_width - edition.margin_left - edition.margin_right - edition.gutter * count - _NUMBER_WIDTH
    widths = [text * width / sum(edition.widths) for width in edition.widths]
    return replace(
        edition,
        columns=(*edition.columns, NUMBER_LANGUAGE),
        widths=(*widths, _NUMBER_WIDTH),
        facing=False,
        provenance=False,
        reading="rows",
    )


def _cover(
    edition: Edition, surrounding: Around, period: Mapping[Language, str], parts: int, is_open: int
) -> list[Row]:
    def row(kind: RowKind, texts: Mapping[Language, str]) -> Row:
        return Row(kind, _cells(edition, texts))

    counted = {one: words.counted(one, parts) for one in edition.columns}
    rows = [*surrounding.masthead, row(RowKind.TITLE, words.VOLUME)]
    if any(period.values()):
        rows.append(row(RowKind.BYLINE, period))
    rows.append(row(RowKind.BYLINE, counted))
    if is_open:
        rows.append(row(RowKind.NOTICE, {one: words.still_open(one, is_open, parts) for one in edition.columns}))
    return rows


def _period(dates: Sequence[datetime.date], month: Month | None, language: Language, settings: Settings) -> str:
    """The month of a volume, or its first and last date; empty where no date is known."""
    if month is not None:
        return printed_month(*month, language, tibetan_digits=settings.tibetan_digits)
    if not dates:
        return ""
    first, last = (printed_date(one, language, tibetan_digits=settings.tibetan_digits) for one in (dates[0], dates[-1]))
    return first if first == last else words.FROM_TO[language].format(first=first, last=last)


def _joint(language: Language) -> str:
    return " " if language == "bo" else " · "


def _entry(bulletin: Bulletin, date: datetime.date | None, settings: Settings) -> Row:
    """The line of a bulletin in the contents: its titles as they stand on its first page."""
    rows = [row for row in bulletin.head_rows if row.kind is RowKind.TITLE] or [*bulletin.rows, *bulletin.head_rows]
    return Row(RowKind.INDEX, tuple(_entry_cell(cell, date, settings) for cell in rows[0].cells))


def _entry_cell(cell: Cell, date: datetime.date | None, settings: Settings) -> Cell:
    runs = tuple(replace(run, segment="", raised=False, link="") for run in cell.runs if run.mark is not Mark.ORNAMENT)
    if date is None:
        return Cell(cell.language, runs)
    said = printed_date(date, cell.language, tibetan_digits=settings.tibetan_digits)
    return Cell(cell.language, runs, notes=((Run(said, cell.language),),))


def _in_volume(bulletin: Bulletin, front: Bulletin) -> Bulletin:
    """`bulletin` with what stands on every page of the volume, and no index of its own."""
    around = replace(bulletin, stamp=front.stamp, running_title=front.running_title, foot=front.foot)
    return replace(around, index=(), index_head=None, report="")


def _named(bulletin: Bulletin, number: int) -> Bulletin:
    """`bulletin` with the names of its segments preceded by the number of its part."""

    def name(segment: str) -> str:
        return f"{number}-{segment}" if segment else ""

    def run(one: Run) -> Run:
        return replace(one, segment=name(one.segment))

    def comment(one: Comment) -> Comment:
        return replace(one, segment=name(one.segment))

    def cell(one: Cell) -> Cell:
        comments = tuple(map(comment, one.comments))
        return replace(one, runs=tuple(map(run, one.runs)), comments=comments, bases=())  # no way back from a volume

    def rows(many: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(replace(one, cells=tuple(map(cell, one.cells)), anchor=name(one.anchor)) for one in many)

    index = tuple(replace(entry, segments=tuple(map(name, entry.segments))) for entry in bulletin.index)
    head, body, tail = map(rows, (bulletin.head_rows, bulletin.rows, bulletin.tail_rows))
    return replace(bulletin, head_rows=head, rows=body, tail_rows=tail, index=index)


def _merged(entries: Sequence[IndexEntry], columns: Sequence[Language]) -> tuple[IndexEntry, ...]:
    """The entries of all parts in one order; those that are called the same in every column become one."""
    places: dict[tuple[tuple[Language, str], ...], list[str]] = {}
    for entry in entries:
        places.setdefault(entry.names, []).extend(entry.segments)
    merged = (IndexEntry(names, tuple(segments)) for names, segments in places.items())
    return tuple(sorted(merged, key=lambda entry: entry_key(entry, columns)))


def _cells(edition: Edition, texts: Mapping[Language, str]) -> tuple[Cell, ...]:
    return tuple(Cell(one, (Run(texts[one], one),) if texts[one] else ()) for one in edition.columns)

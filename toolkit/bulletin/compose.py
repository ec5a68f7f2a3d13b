"""Putting a bulletin together from a report, its drafts and the house style."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from toolkit.bulletin import words
from toolkit.bulletin.balance import with_balanced_widths
from toolkit.bulletin.cells import CellWriter, name_run, note
from toolkit.bulletin.dates import in_digits_of, printed_date
from toolkit.bulletin.lists import item_parts, no_item, numbered_blocks, one_item
from toolkit.bulletin.model import Bulletin, Cell, Edition, ItemPart, Mark, Row, RowKind, Run
from toolkit.bulletin.pictures import picture_row, with_picture
from toolkit.bulletin.running import around
from toolkit.bulletin.sentence_rows import sentence_rows
from toolkit.bulletin.term_index import index_entries
from toolkit.glossary import Glossary
from toolkit.languages import SOURCE, Language
from toolkit.quality import Finding, Severity
from toolkit.report import Block, Report, Role, Segment
from toolkit.tibetan import joins, with_shad
from toolkit.translation import Draft, DraftUnit, OriginKind
from toolkit.workspace import Settings

_BODY_KIND = {
    Role.PARAGRAPH: RowKind.PARAGRAPH,
    Role.PROTOCOL: RowKind.PARAGRAPH,
    Role.HEADING: RowKind.HEADING,
    Role.CAPTION: RowKind.CAPTION,
    Role.ITEM: RowKind.PARAGRAPH,  # told from a paragraph by its bullet
    Role.CELL: RowKind.PARAGRAPH,
    Role.FOOTNOTE: RowKind.CAPTION,  # small and quiet, as captions are
}
_HEAD_KIND = {Role.KICKER: RowKind.KICKER, Role.TITLE: RowKind.TITLE}
_BULLET = "• "
_DOT = "\u00a0· "  # between the parts of a byline; no line begins with it
_ORIGIN_WORDS = {
    OriginKind.MEMORY: words.FROM_MEMORY,
    OriginKind.TERM: words.FROM_TERM,
    OriginKind.FUZZY: words.FROM_FUZZY,
    OriginKind.ENGINE: words.FROM_ENGINE,
    OriginKind.FOREIGN: words.FROM_FOREIGN,
    OriginKind.PERSON: words.FROM_PERSON,
}


def compose(
    report: Report,
    drafts: Mapping[Language, Draft],
    findings: tuple[Finding, ...],
    *,
    edition: Edition,
    glossary: Glossary,
    settings: Settings,
) -> Bulletin:
    """One edition of a report, ready to be typeset.

    The publishing edition leaves out captions whose pictures are not there; the review edition shows everything.  A
    bulletin with gaps, errors or unreviewed text carries the stamp.
    """
    writer = CellWriter(dict(drafts), findings, glossary, edition.provenance)
    titles = [block.segments for block in report.blocks if block.role is Role.TITLE] or [report.blocks[0].segments]
    plain = replace(writer, provenance=False)
    title_cells = tuple(plain.cell(titles[0], language) for language in edition.columns)
    is_open = any(unit.is_open for draft in drafts.values() for unit in draft.units)
    has_errors = any(finding.severity is Severity.ERROR for finding in findings)
    rows = tuple(_body_rows(report, writer, edition, glossary))
    edition = with_balanced_widths(edition, rows)
    surrounding = around(
        edition,
        settings.masthead,
        _dates(report, edition, settings),
        titles=title_cells,
        numbers={one: in_digits_of(report.number, one, settings.tibetan_digits) for one in edition.columns},
    )
    index = (
        index_entries(rows, report, glossary, edition.columns, all_terms=edition.indexes_all) if edition.index else ()
    )
    return Bulletin(
        name=f"{report.name}-{edition.name}",
        edition=edition,
        title=" / ".join(cell.text for cell in title_cells),
        subject=" / ".join(settings.masthead[language] for language in edition.columns),
        author=report.outlet,
        keywords=tuple(edition.columns),
        running_title=surrounding.running_title,
        head_rows=(*surrounding.masthead, *_head_rows(report, drafts, writer, edition, glossary, settings)),
        column_head=_row(RowKind.COLUMN_HEAD, edition, words.COLUMN_NAMES) if len(edition.columns) > 1 else None,
        rows=rows,
        tail_rows=tuple(_tail_rows(report, drafts, edition)),
        stamp=_cells(edition, words.STAMP) if is_open or has_errors else (),
        foot=surrounding.foot,
        report=report.name,
        index_head=_row(RowKind.HEADING, edition, words.INDEX) if index else None,
        index=index,
    )


def _head_rows(
    report: Report,
    drafts: Mapping[Language, Draft],
    writer: CellWriter,
    edition: Edition,
    glossary: Glossary,
    settings: Settings,
) -> list[Row]:
    rows: list[Row] = []
    head_blocks = [block for block in report.blocks if block.role in _HEAD_KIND]
    for block in sorted(head_blocks, key=lambda block: block.role is Role.TITLE):
        row = _block_row(_HEAD_KIND[block.role], block.segments, writer, edition)
        if block.role is Role.TITLE and edition.theme.ornaments.yig_mgo:
            row = replace(row, cells=tuple(_with_yig_mgo(cell) for cell in row.cells))
        rows.append(row)
    bylines = tuple(_byline(report, language, glossary, settings) for language in edition.columns)
    if any(cell.runs for cell in bylines):
        rows.append(Row(RowKind.BYLINE, bylines))
    notice = tuple(_notice(drafts, language, edition) for language in edition.columns)
    if any(cell.runs for cell in notice):
        rows.append(Row(RowKind.NOTICE, notice))
    return rows


def _body_rows(report: Report, writer: CellWriter, edition: Edition, glossary: Glossary) -> Iterator[Row]:
    numbered = numbered_blocks(report.blocks) if edition.lists else frozenset()
    for place, block in enumerate(report.blocks):
        kind = _BODY_KIND.get(block.role)
        picture = block.illustration
        if picture is not None and block.role is not Role.CAPTION:
            yield picture_row(edition.columns, picture, glossary)
        has_place = block.role is not Role.CAPTION or picture is not None or edition.provenance or edition.captions
        if kind is None or not has_place:
            continue
        groups = sentence_rows(block)
        items = _item_parts(block, groups, edition, is_numbered=place in numbered)
        for index, (segments, item) in enumerate(zip(groups, items, strict=True)):
            row = _block_row(kind, segments, writer, edition)
            row = replace(row, opens_paragraph=index == 0 and not item, item=item)
            if block.role is Role.ITEM and index == 0 and place not in numbered:
                row = _with_bullet(row)
            if block.role is Role.CAPTION and picture is not None:
                row = with_picture(row, picture, glossary)
            yield row


def _item_parts(
    block: Block, groups: Sequence[tuple[Segment, ...]], edition: Edition, *, is_numbered: bool
) -> tuple[ItemPart, ...]:
    """What part of a list each row of `block` is: of one that the report has, or that the edition makes of it."""
    if block.role is Role.ITEM or is_numbered:
        return one_item(groups)
    return item_parts(groups) if edition.lists else no_item(groups)


def _tail_rows(report: Report, drafts: Mapping[Language, Draft], edition: Edition) -> list[Row]:
    rows = [Row(RowKind.COLOPHON, tuple(_colophon(drafts, language, edition) for language in edition.columns))]
    if edition.provenance:
        for correction in report.corrections:
            text = f"Source corrected, line {correction.line}: {correction.before} → {correction.after}"
            cells = [Cell(language, ()) for language in edition.columns]
            cells[0] = Cell(edition.columns[0], note(f"{text}. {correction.note}"))
            rows.append(Row(RowKind.COLOPHON, tuple(cells)))
    return rows


def _block_row(kind: RowKind, segments: tuple[Segment, ...], writer: CellWriter, edition: Edition) -> Row:
    cells = tuple(writer.cell(segments, language) for language in edition.columns)
    return Row(kind, cells, anchor=segments[0].id)


def _row(kind: RowKind, edition: Edition, texts: Mapping[Language, str]) -> Row:
    return Row(kind, _cells(edition, texts))


def _cells(edition: Edition, texts: Mapping[Language, str]) -> tuple[Cell, ...]:
    return tuple(Cell(language, (Run(texts[language], language),)) for language in edition.columns)


def _dates(report: Report, edition: Edition, settings: Settings) -> dict[Language, str]:
    """The date of a bulletin in each language; empty where none is known."""
    date = report.published_date or report.event_date
    if date is None:
        return dict.fromkeys(edition.columns, "")
    return {one: printed_date(date, one, tibetan_digits=settings.tibetan_digits) for one in edition.columns}


def _with_yig_mgo(cell: Cell) -> Cell:
    if cell.language != "bo" or not cell.runs or cell.runs[0].mark is Mark.GAP:
        return cell
    return replace(cell, runs=(Run(words.YIG_MGO, "bo", mark=Mark.ORNAMENT), *cell.runs))


def _with_bullet(row: Row) -> Row:
    """An item of a list, with a bullet before its first words."""
    cells = (replace(cell, runs=(Run(_BULLET, cell.language, mark=Mark.ORNAMENT), *cell.runs)) for cell in row.cells)
    return replace(row, cells=tuple(cells))


def _byline(report: Report, language: Language, glossary: Glossary, settings: Settings) -> Cell:
    """Outlet, author, place and dates; a name the glossary lacks stands in Chinese, marked."""
    runs: list[Run] = []

    def add(template: str, value: str, date: datetime.date | None = None) -> None:
        if not value and date is None:
            return
        if runs:
            runs.append(Run(f"{_shad_behind(runs[-1].text)} " if language == "bo" else _DOT, language))
        before, _, after = template.partition("{name}" if date is None else "{date}")
        if before:
            runs.append(Run(before, language))
        if date is not None:
            runs.append(Run(printed_date(date, language, tibetan_digits=settings.tibetan_digits), language))
        else:
            runs.append(name_run(value, language, glossary))
        if after:
            runs.append(Run(after, language))

    add("{name}", report.outlet)
    add(words.BY[language], report.byline)
    add("{name}", report.place)
    add(words.EVENT_DATE[language], "", report.event_date)
    add(words.PUBLISHED_DATE[language], "", report.published_date)
    if runs and language == "bo":
        runs.append(Run(_shad_behind(runs[-1].text), language))
    return Cell(language, tuple(run for run in runs if run.text))


def _shad_behind(text: str) -> str:
    """What closes `text`: a shad, with a tsheg before it after ང, and nothing after ག and ཀ."""
    return with_shad(text)[len(text) :] if text and joins(text[-1]) else "།"


def _notice(drafts: Mapping[Language, Draft], language: Language, edition: Edition) -> Cell:
    """The line that says what is unreviewed: of its own draft, or of all drafts in the Chinese column."""
    units = _units_of(drafts, language, edition)
    open_count = sum(unit.is_open for unit in units)
    gap_count = sum(unit.is_gap for unit in units)
    if not open_count:
        return Cell(language, ())
    text = words.UNREVIEWED[language].format(open=open_count, total=len(units))
    if gap_count:
        text += ("" if language == "zh" else " ") + words.GAPS[language].format(gaps=gap_count)
    return Cell(language, (Run(text, language),))


def _colophon(drafts: Mapping[Language, Draft], language: Language, edition: Edition) -> Cell:
    """Where the text came from, counted."""
    units = _units_of(drafts, language, edition)
    counts = Counter(unit.origin.kind for unit in units if unit.origin and not unit.is_gap)
    parts = [_ORIGIN_WORDS[kind][language].format(count=counts[kind]) for kind in OriginKind if counts[kind]]
    if gaps := sum(unit.is_gap for unit in units):
        parts.append(words.FROM_NOWHERE[language].format(count=gaps))
    text = words.ORIGINS[language] + words.BETWEEN[language].join(parts) + words.END[language]
    return Cell(language, (Run(text, language),))


def _units_of(drafts: Mapping[Language, Draft], language: Language, edition: Edition) -> list[DraftUnit]:
    if language != SOURCE:
        return list(drafts[language].units)
    return [unit for column in edition.columns if column != SOURCE for unit in drafts[column].units]

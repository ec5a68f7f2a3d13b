"""What the benches of typesetting set: parallel rows, a bulletin of them, and the same page told to other engines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import uharfbuzz as hb

from toolkit.bulletin import words
from toolkit.bulletin.balance import with_balanced_widths
from toolkit.bulletin.editions import SHIPPED
from toolkit.bulletin.model import Bulletin, Cell, Edition, IndexEntry, Row, RowKind, Run, page_foot
from toolkit.fonts.catalog import FontFile, bundled_fonts
from toolkit.languages import BCP47, Language
from toolkit.pdf.rows import column_spans

COLUMNS: tuple[Language, ...] = ("zh", "en", "bo")
CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
_TERMS = 40  # in the index
_ARTICLE = {"zh": r"第[一二三四五六七八九十]+条", "en": r"Article \d+", "bo": r"དོན་ཚན་[^།\s]*།?"}
_HALF_WIDTH = {",": "，", ";": "；", ":": "："}
Texts = Sequence[str]


def ntrex_rows(count: int) -> list[list[str]]:
    """So many rows of NTREX; fewer than 1,000 are picked evenly, so that they are alike in length."""
    columns = [(CORPORA / f"ntrex.{one}").read_text("utf-8").splitlines() for one in COLUMNS]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return [rows[len(rows) * number // count] for number in range(count)]


def declaration_rows() -> list[list[str]]:
    """The articles of the Universal Declaration: a heading, then its paragraphs, in a row each where they correspond.

    The Chinese text has half-width commas between ideographs; it gets the marks that a press would print.
    """
    found = [list(_articles(language)) for language in COLUMNS]
    rows: list[list[str]] = []
    for parts in zip(*found, strict=False):
        even = len({len(part) for part in parts}) == 1
        numbers = range(1, len(parts[0])) if even else range(1, 2)
        texts = (
            parts
            if even
            else [[part[0], glue.join(part[1:])] for part, glue in zip(parts, ("", " ", " "), strict=True)]
        )
        rows.append([part[0] for part in texts])
        rows += [[part[number] for part in texts] for number in numbers]
    return rows


def _articles(language: Language) -> Iterator[list[str]]:
    article: list[str] = []
    for line in (CORPORA / f"udhr.{language}.txt").read_text("utf-8").splitlines():
        text = " ".join(line.split())
        if language == "zh":
            text = re.sub(r"(?<=[^\x00-\x7f])[,;:]", lambda mark: _HALF_WIDTH[mark[0]], text)
        if re.fullmatch(_ARTICLE[language], text):
            if article:
                yield article
            article = [text]
        elif text and article:
            article.append(text)
    yield article


def bulletin_of(rows: Sequence[Texts], *, everything: bool = False) -> Bulletin:
    """The rows as a trilingual edition; with `everything`, its widths are balanced and an index follows."""
    edition = next(one for one in SHIPPED if one.name == "trilingual")
    body = tuple(_row(RowKind.PARAGRAPH, row, f"s{number}") for number, row in enumerate(rows))
    index: tuple[IndexEntry, ...] = ()
    if everything:
        edition = with_balanced_widths(replace(edition, balanced=True, index=True, lists=True), body)
        index = tuple(_entries(rows))
    return Bulletin(
        name="typesetting",
        edition=edition,
        title="Parallel rows",
        subject="A bench",
        author="Bulletin Toolkit",
        keywords=("bench",),
        running_title=(Cell("en", (Run("Parallel rows", "en"),)),),
        head_rows=(),
        column_head=_row(RowKind.COLUMN_HEAD, [words.COLUMN_NAMES[one] for one in COLUMNS], ""),
        rows=body,
        tail_rows=(),
        stamp=(),
        foot=(page_foot("en", "Page {page} of {pages}"),),
        index_head=_row(RowKind.HEADING, ["索引", "Index", "དཀར་ཆག"], "") if index else None,
        index=index,
    )


def _row(kind: RowKind, texts: Texts, segment: str) -> Row:
    cells = (Cell(one, (Run(text, one, segment=segment),)) for one, text in zip(COLUMNS, texts, strict=True))
    return Row(kind, tuple(cells), anchor=segment)


def _entries(rows: Sequence[Texts]) -> Iterator[IndexEntry]:
    """Names with a capital that stand in several rows, each called the same in all columns."""
    places: dict[str, list[str]] = {}
    for number, (_, english, _) in enumerate(rows):
        for word in sorted(set(re.findall(r"(?<=[a-z] )[A-Z][a-z]{3,}", english))):
            places.setdefault(word, []).append(f"s{number}")
    often = sorted(places, key=lambda word: (-len(places[word]), word))[:_TERMS]
    for word in sorted(often):
        yield IndexEntry(tuple((one, word) for one in COLUMNS), tuple(places[word]))


def job_for_peers(bulletin: Bulletin, fonts: dict[Language, Path]) -> str:
    """The same rows, paper, columns, sizes and leading as JSON.  Lengths in pt."""
    edition = bulletin.edition
    return json.dumps(
        {
            "rows": [[cell.text for cell in row.cells] for row in bulletin.rows],
            "head": [cell.text for cell in bulletin.column_head.cells] if bulletin.column_head else [],
            "title": bulletin.title,
            "page": [edition.page_width, edition.page_height],
            "margins": [edition.margin_top, edition.margin_right, edition.margin_bottom, edition.margin_left],
            "gutter": edition.gutter,
            "widths": [width for _, width in column_spans(edition)],
            "gap": edition.theme.ornaments.row_gap,
            "languages": [BCP47[one] for one in edition.columns],
            "fonts": [str(fonts[one]) for one in edition.columns],
            "latin": str(fonts["en"]),
            "sizes": [_size(edition, one) for one in edition.columns],
            "leading": [edition.theme.style(RowKind.PARAGRAPH, one).leading for one in edition.columns],
        },
        ensure_ascii=False,
    )


def _size(edition: Edition, language: Language) -> float:
    return edition.theme.style(RowKind.PARAGRAPH, language).size * face_for(language).ratio


def face_for(language: Language) -> FontFile:
    """The bundled face of a column's own script."""
    script = {"zh": "han", "en": "latin", "bo": "tibetan"}[language]
    return bundled_fonts().regular[script][0]  # type: ignore[index]


def static_fonts(folder: Path) -> dict[Language, Path]:
    """The bundled faces as plain files: not every engine can hold a variable font at an axis, so all get it held."""
    paths: dict[Language, Path] = {}
    for language in COLUMNS:
        file = face_for(language)
        face = hb.Face(hb.Blob.from_file_path(str(file.path)))
        paths[language] = folder / f"{file.family.replace(' ', '')}{file.path.suffix}"
        if not file.axes:
            paths[language].write_bytes(file.path.read_bytes())
            continue
        held = hb.SubsetInput()
        held.keep_everything()
        held.pin_all_axes_to_default(face)
        for axis, value in file.axes:
            held.pin_axis_location(face, axis, value)
        paths[language].write_bytes(bytes(hb.subset(face, held).blob.data))
    return paths

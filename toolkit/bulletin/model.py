"""A bulletin: everything a printer needs to know, and nothing of how it came about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from toolkit.languages import Language


class Mark(StrEnum):
    """Why a run does not look like its neighbours."""

    NONE = "none"
    GAP = "gap"  # the Chinese source stands in for a missing translation
    UNREVIEWED = "unreviewed"  # a fuzzy or machine draft that no person reviewed (review edition only)
    ORNAMENT = "ornament"  # set by the theme (yig mgo, bullets): not part of any segment


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style.  `language` is the text's own: Chinese in a gap, whatever the column.

    `segment` names the segment it belongs to, empty for what stands between segments or is none of the report's text.
    """

    text: str
    language: Language
    bold: bool = False
    emphasis: bool = False
    mark: Mark = Mark.NONE
    segment: str = ""


@dataclass(frozen=True)
class Cell:
    """One language's text in a row.

    `notes` are small lines under the text (review edition: where it came from, findings, terms), in
    English or in `Run`s of any language.  `bases` has, for each segment of the cell, the hash of the text that the
    draft holds for it: empty for Chinese and for a gap.  A correction that comes back is measured against it.
    """

    language: Language
    runs: tuple[Run, ...]
    notes: tuple[tuple[Run, ...], ...] = ()
    bases: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The cell's text without its notes."""
        return "".join(run.text for run in self.runs)


class RowKind(StrEnum):
    """What a row is on the page; with the language it chooses the style."""

    MASTHEAD = "masthead"  # name of the bulletin series
    KICKER = "kicker"  # the line of slogans over a headline
    TITLE = "title"
    BYLINE = "byline"
    NOTICE = "notice"  # the line that says what is unreviewed
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    COLUMN_HEAD = "column head"  # names of the languages, repeated on every page
    COLOPHON = "colophon"  # where the text came from, at the end


@dataclass(frozen=True)
class Row:
    """Cells that stay level: one per column, in the edition's order.

    `opens_paragraph` is true where the source paragraph really begins (a long paragraph is cut into
    several rows; only the first takes the first-line indent).  `anchor` names the first segment.
    """

    kind: RowKind
    cells: tuple[Cell, ...]
    opens_paragraph: bool = True
    anchor: str = ""


@dataclass(frozen=True)
class Edition:
    """Which languages stand in which columns, on which paper, and whether provenance is shown.

    Lengths in pt.  `widths` are relative column widths, one per language.
    """

    name: str
    columns: tuple[Language, ...]
    widths: tuple[float, ...]
    page_width: float
    page_height: float
    margin_top: float
    margin_bottom: float
    margin_left: float
    margin_right: float
    gutter: float
    provenance: bool


@dataclass(frozen=True)
class PageFoot:
    """The running foot: `before` and `after` surround the page number, `of` stands before the page count.

    "Page 3 of 9" is `("Page ", " of ", "")`; Tibetan and Chinese likewise.
    """

    language: Language
    before: str
    of: str
    after: str


@dataclass(frozen=True)
class Bulletin:
    """One edition of one report, ready to be typeset.

    `head_rows` span nothing special: they are rows like others, set in the head styles, and are
    followed by `column_head` (repeated on each page) and `rows`.  `stamp` is printed on every page, one
    text per column language; empty when nothing is open.  `report` names the report it was made of; without it, an
    editable edition cannot be given back.
    """

    name: str
    edition: Edition
    title: str
    subject: str
    author: str
    keywords: tuple[str, ...]
    running_title: tuple[Cell, ...]
    head_rows: tuple[Row, ...]
    column_head: Row
    rows: tuple[Row, ...]
    tail_rows: tuple[Row, ...]
    stamp: tuple[Cell, ...]
    foot: tuple[PageFoot, ...]
    report: str = ""

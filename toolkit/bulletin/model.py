"""A bulletin: everything a printer needs to know, and nothing of how it came about."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from toolkit.bulletin.kinds import MASTHEAD as MASTHEAD
from toolkit.bulletin.kinds import RowKind as RowKind
from toolkit.bulletin.letterhead import PLAIN_FOOT, PLAIN_MASTHEAD, Foot, Masthead, pieces
from toolkit.bulletin.theme import Theme
from toolkit.bulletin.themes import CLASSIC
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
    `link` is the address the text leads to, empty for none; `raised` sets it as a superscript.
    """

    text: str
    language: Language
    bold: bool = False
    emphasis: bool = False
    mark: Mark = Mark.NONE
    segment: str = ""
    link: str = ""
    raised: bool = False


@dataclass(frozen=True)
class Comment:
    """What a check found in a segment, for a margin: a heading such as "error: number", and the reason."""

    segment: str
    head: str
    text: str


@dataclass(frozen=True)
class Picture:
    """A photograph or drawing as a file holds it: JPEG or PNG.

    `data` are the file's bytes, `digest` their SHA-256 in hex; `width` and `height` in pixels.  `alternatives` say what
    it shows, per language, for those who cannot see it.
    """

    name: str
    digest: str
    width: int
    height: int
    kind: Literal["jpeg", "png"]
    data: bytes = field(repr=False, compare=False)
    alternatives: tuple[tuple[Language, str], ...] = ()


@dataclass(frozen=True)
class Cell:
    """One language's text in a row.

    `notes` are small lines under the text (review edition: where it came from, findings, terms), in
    English or in `Run`s of any language.  `bases` has, for each segment of the cell, the hash of the text that the
    draft holds for it: empty for Chinese and for a gap.  A correction that comes back is measured against it.
    `comments` are what checks found, in the order of the text.
    """

    language: Language
    runs: tuple[Run, ...]
    notes: tuple[tuple[Run, ...], ...] = ()
    bases: tuple[tuple[str, str], ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def text(self) -> str:
        """The cell's text without its notes."""
        return "".join(run.text for run in self.runs)


ItemPart = Literal["", "begins", "continues"]


@dataclass(frozen=True)
class Row:
    """Cells that stay level: one per column, in the edition's order.

    `opens_paragraph` is true where the source paragraph really begins (a long paragraph is cut into
    several rows; only the first takes the first-line indent).  `anchor` names the first segment.  `picture` stands over
    the cells, across all columns.  `item` tells a row of a list: all its lines are set in by the theme's `list_indent`,
    but the first of a row that begins an item, which hangs out by as much; a bullet it has is a `Mark.ORNAMENT` run.
    """

    kind: RowKind
    cells: tuple[Cell, ...]
    opens_paragraph: bool = True
    anchor: str = ""
    picture: Picture | None = None
    item: ItemPart = ""


ReadingOrder = Literal["rows", "columns"]


@dataclass(frozen=True)
class Edition:
    """Which languages stand in which columns, on which paper, and whether provenance is shown.

    Lengths in pt.  `widths` are relative column widths, one per language; with `balanced` they are where the search
    for widths that let the columns end level begins.  `facing` sets each language on pages of its own, those of one
    spread level with each other; the first language stands on the left.  `reading` is the order in which a screen
    reader reads: row by row, language after language, or each column as a whole.  `splits_rows` lets a row run over a
    page's end; `index` asks for an index of names at the end, `indexes_all` for all terms in it; `lists` sets
    enumerations as lists; `captions` prints captions whose pictures are not there; `masthead` and `foot` say what
    stands around the text.  `title` says in a few words what it is for.
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
    theme: Theme = CLASSIC
    balanced: bool = False
    facing: bool = False
    reading: ReadingOrder = "rows"
    splits_rows: bool = True
    index: bool = False
    indexes_all: bool = False
    lists: bool = False
    captions: bool = False
    masthead: Masthead = PLAIN_MASTHEAD
    foot: Foot = PLAIN_FOOT
    title: str = ""


@dataclass(frozen=True)
class PageFoot:
    """The page number in one language: each text or name of a field (page, pages), and whether it is a field.

    Not one text with fields in it: a title that is printed beside the number may hold braces of its own.
    """

    language: Language
    pieces: tuple[tuple[str, bool], ...]

    def text(self, page: int, pages: int) -> str:
        """What page `page` of `pages` has."""
        counts = {"page": str(page), "pages": str(pages)}
        return "".join(counts[text] if is_field else text for text, is_field in self.pieces)


def page_foot(language: Language, pattern: str) -> PageFoot:
    """The page number of a pattern with fields: "Page {page} of {pages}"."""
    return PageFoot(language, pieces(pattern))


@dataclass(frozen=True)
class IndexEntry:
    """A term of the index: what it is called in each column, and the segments where it stands."""

    names: tuple[tuple[Language, str], ...]
    segments: tuple[str, ...]


@dataclass(frozen=True)
class Bulletin:
    """One edition of one report, ready to be typeset.

    `head_rows` span nothing special: they are rows like others, set in the head styles, and are
    followed by `column_head` (repeated on each page; None where there is but one)
    and `rows`.  `stamp` is printed on every page, one
    text per column language; empty when nothing is open.  `report` names the report it was made of; without it, an
    editable edition cannot be given back.  `index` holds the terms of the index under `index_head`, in order; the
    printer finds their pages.
    """

    name: str
    edition: Edition
    title: str
    subject: str
    author: str
    keywords: tuple[str, ...]
    running_title: tuple[Cell, ...]
    head_rows: tuple[Row, ...]
    column_head: Row | None
    rows: tuple[Row, ...]
    tail_rows: tuple[Row, ...]
    stamp: tuple[Cell, ...]
    foot: tuple[PageFoot, ...]
    report: str = ""
    index_head: Row | None = None
    index: tuple[IndexEntry, ...] = ()

    @property
    def text_rows(self) -> tuple[Row, ...]:
        """The rows of the text, under the names of the columns where there are any."""
        return self.rows if self.column_head is None else (self.column_head, *self.rows)

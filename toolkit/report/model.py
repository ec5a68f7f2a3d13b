"""A report: blocks (title, paragraphs, captions …) made of segments (sentences)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from toolkit.report.inline import InlineText
from toolkit.report.links import Link
from toolkit.report.pictures import Illustration


class Role(StrEnum):
    """What a block is in its report."""

    TITLE = "title"
    KICKER = "kicker"  # the line of slogans over a headline
    HEADING = "heading"  # a speaker or section heading
    PARAGRAPH = "paragraph"
    PROTOCOL = "protocol"  # officials present: one segment even across full stops
    CAPTION = "caption"
    ITEM = "item"  # of a list
    CELL = "cell"  # of a table
    FOOTNOTE = "footnote"


@dataclass(frozen=True)
class Segment:
    """One sentence.  `id` depends on its text alone, and on a count where the same text comes again.

    `links` are where its words lead to, in the order of the text.
    """

    id: str
    source: InlineText
    links: tuple[Link, ...] = ()

    @property
    def text(self) -> str:
        """The source sentence without codes, punctuation mended."""
        return self.source.text


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item, cell, note or caption.

    `line` is its line in the report file, from 1 (in a Word file its paragraph); `repeats` counts the consecutive
    lines that said the same and were collapsed into this one; `guessed` tells that its role stands neither in
    report.toml nor in the file.  `picture` names the picture of a caption as the file does: a part, a path, an address.
    `illustration` is that picture, or the one that report.toml names; None where there is none to print, and then
    `no_picture` says why.  `refused_links` are addresses that no bulletin leads to.
    """

    role: Role
    segments: tuple[Segment, ...]
    line: int
    repeats: int = 1
    guessed: bool = False
    picture: str = ""
    illustration: Illustration | None = None
    no_picture: str = ""
    refused_links: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All segments in a row: Chinese needs no space between sentences."""
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True)
class AppliedCorrection:
    """A source error mended before segmentation; the file itself stays untouched."""

    line: int
    before: str
    after: str
    note: str


@dataclass(frozen=True)
class Report:
    """One report as read: nothing translated, nothing laid out.

    `outlet`, `byline` and `place` are in Chinese, as report.toml gives them; an unknown date is None.  `number` is
    that of the issue, empty where there is none.
    """

    name: str
    path: Path
    blocks: tuple[Block, ...]
    corrections: tuple[AppliedCorrection, ...] = ()
    event_date: datetime.date | None = None
    published_date: datetime.date | None = None
    outlet: str = ""
    byline: str = ""
    place: str = ""
    number: str = ""

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments in reading order."""
        return tuple(segment for block in self.blocks for segment in block.segments)

    @property
    def picture_files(self) -> tuple[str, ...]:
        """The pictures that stand as files beside the report, by their paths from its folder."""
        shown = (block.illustration for block in self.blocks)
        return tuple(dict.fromkeys(one.path for one in shown if one is not None and one.path))

    @property
    def title(self) -> str:
        """The Chinese title, or the first block's text where no block is a title."""
        titles = [block.text for block in self.blocks if block.role is Role.TITLE]
        return titles[0] if titles else self.blocks[0].text

"""What every format is read into: blocks in reading order, each with its kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from toolkit.languages import is_han
from toolkit.report.inline import InlineText, StyledRun, inline_of
from toolkit.safexml import without_forbidden

BOLD = frozenset({"bold"})
ITALIC = frozenset({"italic"})
PLAIN: frozenset[str] = frozenset()
CONTROLS = dict.fromkeys(
    (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xFFFE, 0xFFFF)
)
"""Characters that no page shows and XML 1.0 mostly forbids; line ends and tabs are not among them."""

_SUPERSCRIPT = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_SUBSCRIPT = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_WIDE = "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·\u3000"
SOFT_BREAK = "\u2028"
"""Where a file's own line ends inside running text."""

_SPACE = rf"[ \t{SOFT_BREAK}]*"
_NEW_PARAGRAPH = rf"{_SPACE}\n{_SPACE}\n\s*|{_SPACE}\n(?={_SPACE}[\u3000\u00a0]{{2}})"
_AT_BREAKS = re.compile(_NEW_PARAGRAPH)
_AT_SENTENCES = re.compile(_NEW_PARAGRAPH + rf"|(?<=[。！？!?…”』」.།]){_SPACE}\n\s*")
_BREAK = re.compile(rf"[ \t]*[\n{SOFT_BREAK}][ \t\n{SOFT_BREAK}]*")
_LONGEST_CAPTION = 40  # characters
_SENTENCE_END = tuple("。！？；：")
_FIGURE = re.compile(r"^(?:图[为\s0-9一二三四五六七八九十：:]|[▲△▼])|(?:摄|供图)[)）]?$")
_NEAR_THE_TOP = 3  # blocks: a headline stands here, a chapter may not


class RawKind(StrEnum):
    """What a file says a block is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    CELL = "cell"  # a paragraph in a cell of a table
    FOOTNOTE = "footnote"
    CAPTION = "caption"


@dataclass(frozen=True)
class RawBlock:
    """One paragraph as it stands in a file, white space around it removed.

    `line` counts from 1: the line of a text, Markdown or HTML file, the paragraph of a Word file.  `level` is that of
    a heading (1 …) or of a list item (0 …).  `picture` names the picture of a caption as the file does.
    """

    text: InlineText
    kind: RawKind
    line: int
    level: int = 0
    picture: str = ""


@dataclass
class Runs:
    """A paragraph in the making: stretches of text, each with its styles.

    A line break in it is `\\n`, the end of a line of the file `SOFT_BREAK`.
    """

    pieces: list[StyledRun] = field(default_factory=list)

    def add(self, text: str, styles: frozenset[str] = PLAIN) -> None:
        """Append `text`, without what no page can show."""
        text = without_forbidden(text.translate(CONTROLS))
        if text:
            self.pieces.append((text, styles))

    @property
    def has_text(self) -> bool:
        """Whether anything but white space is in it."""
        return any(not piece.isspace() for piece, _ in self.pieces)

    def take(self, *, sentences: bool = False) -> list[InlineText]:
        """The paragraphs that were written, and begin anew.

        Two line breaks, or one before an indent, part paragraphs; any other becomes a space, or nothing where Chinese
        stands around it.  With `sentences`, a break after the end of a sentence parts paragraphs too: what web pages
        do.
        """
        inline = inline_of(self.pieces)
        self.pieces = []
        if "\n" not in inline.text and SOFT_BREAK not in inline.text:
            found = [inline.stripped()]
        else:
            pattern = _AT_SENTENCES if sentences else _AT_BREAKS
            ends = [place.end() for place in pattern.finditer(inline.text)]
            found = [_without_breaks(piece.stripped()) for piece in inline.pieces((*ends, len(inline.text)))]
        return [piece for piece in found if piece]


def _without_breaks(inline: InlineText) -> InlineText:
    text = inline.text
    return inline.edited(
        [
            (place.start(), place.end(), _between(text[place.start() - 1], text[place.end()]))
            for place in _BREAK.finditer(text)
        ]
    )


def _between(before: str, after: str) -> str:
    """What a line break stands for in running text."""
    if before == "\u0f0b" or before == "\u0f0c":
        return ""
    return "" if _is_wide(before) and _is_wide(after) else " "


def _is_wide(character: str) -> bool:
    return is_han(character) or character in _WIDE


def superscript(text: str) -> str:
    """`text` raised: figures and signs as their own characters, so that 10² does not read as 102."""
    return text.translate(_SUPERSCRIPT)


def subscript(text: str) -> str:
    """`text` lowered."""
    return text.translate(_SUBSCRIPT)


def with_captions(blocks: Iterable[RawBlock]) -> Iterator[RawBlock]:
    """The blocks, with captions told apart from paragraphs.

    A picture without words of its own arrives as a CAPTION without text; it goes, and what follows it is its
    caption: a caption by its style, or a short paragraph.  A caption by its style may also stand before its picture.
    """
    waiting: RawBlock | None = None  # a caption without a picture yet
    picture = ""
    for block in blocks:
        if block.kind is RawKind.CAPTION and not block.text:
            if waiting is not None:
                yield replace(waiting, picture=block.picture)
                waiting = None
            else:
                picture = block.picture
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        if block.kind is RawKind.CAPTION and not block.picture:
            waiting = replace(block, picture=picture)
            if picture:
                yield waiting
                waiting = None
        elif picture and block.kind in (RawKind.PARAGRAPH, RawKind.CELL) and is_caption_like(block.text.text):
            yield replace(block, kind=RawKind.CAPTION, picture=picture)
        else:
            yield block
        picture = ""
    if waiting is not None:
        yield waiting


def is_caption_like(text: str) -> bool:
    """Whether a paragraph at a picture reads like its caption: short, and no sentence or with the marks of one."""
    return bool(_FIGURE.search(text)) or (len(text) <= _LONGEST_CAPTION and not text.endswith(_SENTENCE_END))


def with_title(blocks: Sequence[RawBlock]) -> tuple[RawBlock, ...]:
    """The blocks, with a title where no style says so: a heading of level 1 near the top.

    That is one that has no other beside it, or that opens the file.
    """
    if any(block.kind is RawKind.TITLE for block in blocks):
        return tuple(blocks)
    tops = [index for index, block in enumerate(blocks) if block.kind is RawKind.HEADING and block.level == 1]
    if not tops or not (tops[0] == 0 or (len(tops) == 1 and tops[0] < _NEAR_THE_TOP)):
        return tuple(blocks)
    title = replace(blocks[tops[0]], kind=RawKind.TITLE, level=0)
    return (*blocks[: tops[0]], title, *blocks[tops[0] + 1 :])

"""Web pages, as saved from a browser or exported by a program.  Nothing is fetched, no script is run."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from toolkit.errors import SourceError
from toolkit.report.formats.blocks import (
    BOLD,
    ITALIC,
    PLAIN,
    SOFT_BREAK,
    RawBlock,
    RawKind,
    Runs,
    subscript,
    superscript,
)
from toolkit.report.inline import InlineText
from toolkit.report.links import link_style
from toolkit.textfile import beginning_of, decode, encoding_named

DEEPEST = 250  # elements inside each other
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_META_WITHIN = 4096  # bytes: browsers look at the first 1024
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LATIN = ("iso-8859-1", "latin1", "windows-1252", "us-ascii", "ascii")  # what editors write without being asked
_SPACE = re.compile(r"[ \t\n\f\r]+")
_NOT_TEXT = (
    "script style template noscript nav head iframe object embed svg canvas audio video select button textarea "
    "datalist map rp rt input"
)
_SKIPPED = frozenset(_NOT_TEXT.split())
_BLOCK_LEVEL = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre section summary table tbody td tfoot "
    "th thead tr ul caption"
)
_BLOCKS = frozenset(_BLOCK_LEVEL.split())
_KINDS = {
    **{f"h{level}": RawKind.HEADING for level in range(1, 7)},
    "li": RawKind.ITEM,
    "td": RawKind.CELL,
    "th": RawKind.CELL,
    "figcaption": RawKind.CAPTION,
    "caption": RawKind.CAPTION,
}
_STYLES = {"b": BOLD, "strong": BOLD, "i": ITALIC, "em": ITALIC}
_BOLD_CSS = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC_CSS = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_HIDDEN_CSS = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_ALT = re.compile(
    r"(?:图片|图|照片|image|img|photo|picture|logo)?\d*|\S+\.(?:png|jpe?g|gif|webp|bmp|svg)", re.IGNORECASE
)
_LAYOUT_PARAGRAPHS = 3  # in one cell: then the table is there to place text, not to tabulate it


def html_blocks(path: Path, *, what: str, encoding: str | None) -> Iterator[RawBlock]:
    """The blocks of the web page at `path`.

    The encoding is that of `encoding`, of a byte-order mark, of the page's own <meta>, or UTF-8.  Raises `SourceError`
    for a page that is missing, binary, in another encoding than it says, or nested too deep.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise SourceError(
            f"could not be read ({fault.strerror})", path=path, remedy=f"Put the {what} there as a web page"
        ) from fault
    text = decode(data, path, what=what, encoding=encoding or declared_encoding(data, path))
    yield from blocks_of_html(text, path, first_line=1)


def declared_encoding(data: bytes, path: Path) -> str | None:
    """The encoding that a page says it is in; None where it says nothing that counts.

    Raises `SourceError` for a page that says something false.
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return marked
    meta = _META.search(data[:_META_WITHIN])
    if meta is None:
        return None
    label = meta.group(1).decode("ascii")
    name = encoding_named(label)
    line = data[: meta.start()].count(b"\n") + 1
    remedy = (
        'Say what it is in: encoding = "utf-8" or "gb18030" in report.toml (bulletin add: --encoding), '
        "or mend the charset in the file"
    )
    if name is None and label.lower() not in _LATIN:
        raise SourceError(f"says it is in “{label}”, which is not known here", path=path, line=line, remedy=remedy)
    if data.isascii() or name == "utf-8":
        return "utf-8"
    if name is None or name.startswith("utf-16"):  # whoever reads the word <meta> reads no UTF-16
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return name
    raise SourceError(
        f"says it is in “{label}”, but it reads as UTF-8: {beginning_of(data, 'utf-8')}",
        path=path,
        line=line,
        remedy=remedy,
    )


def blocks_of_html(text: str, path: Path, *, first_line: int) -> Iterator[RawBlock]:
    """The blocks of a page, or of a piece of one that begins at `first_line` of the file at `path`."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # nothing in it but white space or comments
        return
    if root is None:
        return
    _check_depth(root, path, first_line)
    yield from _Page(first_line).read(root)


def _check_depth(root: etree._Element, path: Path, first_line: int) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise SourceError(
                f"has more than {DEEPEST} elements inside each other",
                path=path,
                line=(element.sourceline or 1) + first_line - 1,
                remedy="Copy the text of the page into a text file",
            )


@dataclass(frozen=True)
class _Context:
    """What the elements around a piece of text make of it."""

    kind: RawKind = RawKind.PARAGRAPH
    level: int = 0
    lists: int = 0
    styles: frozenset[str] = PLAIN
    link: frozenset[str] = PLAIN
    keeps_lines: bool = False
    raises: bool = False
    lowers: bool = False


@dataclass
class _Page:
    """Walks a page once."""

    first_line: int
    runs: Runs = field(default_factory=Runs)
    line: int = 1
    has_h1: bool = False

    def read(self, root: etree._Element) -> Iterator[RawBlock]:
        yield from self._element(root, _Context())
        yield from self._end_block(_Context())

    def _element(self, element: etree._Element, around: _Context) -> Iterator[RawBlock]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SKIPPED or _is_hidden(element):
            return
        if tag == "br":
            self.runs.add("\n", around.styles)
            return
        if tag == "img":
            yield from self._picture(element, around)
            return
        context = _inside(element, tag, around)
        if tag == "sup" and _is_note_mark(element):
            return
        is_block = tag in _BLOCKS
        if is_block:
            yield from self._end_block(around)
            self.line = self._line_of(element)
        self._write(element.text, context)
        for inner in element:
            yield from self._element(inner, context)
            self._write(inner.tail, context)
        if is_block:
            yield from self._end_block(context)

    def _write(self, text: str | None, context: _Context) -> None:
        if not text:
            return
        if not context.keeps_lines:
            text = _SPACE.sub(_one_space, text)
            if self.runs.pieces and self.runs.pieces[-1][0].endswith((" ", SOFT_BREAK)):
                text = text.lstrip(" ")
        if not self.runs.has_text:
            self.runs.pieces = [piece for piece in self.runs.pieces if not piece[0].isspace()]
            text = text.lstrip(f" {SOFT_BREAK}")
        if context.raises:
            text = superscript(text)
        elif context.lowers:
            text = subscript(text)
        self.runs.add(text, context.styles)

    def _picture(self, element: etree._Element, around: _Context) -> Iterator[RawBlock]:
        """The caption that its alternative text is, or a picture that waits for one."""
        source, alternative = element.get("src", ""), " ".join((element.get("alt") or "").split())
        if source.startswith("data:"):
            source = "data:"
        has_caption = any(figure.find(".//figcaption") is not None for figure in element.iterancestors("figure"))
        if has_caption or _NO_ALT.fullmatch(alternative):
            alternative = ""
        yield from self._end_block(around)
        yield RawBlock(InlineText(alternative), RawKind.CAPTION, self._line_of(element), picture=source or "img")

    def _end_block(self, context: _Context) -> Iterator[RawBlock]:
        kind, level = context.kind, context.level
        for text in self.runs.take(sentences=True):
            if kind is RawKind.HEADING and level == 1 and not self.has_h1:
                self.has_h1 = True
                yield RawBlock(text, RawKind.TITLE, self.line)
            else:
                yield RawBlock(text, kind, self.line, level)

    def _line_of(self, element: etree._Element) -> int:
        return (element.sourceline or 1) + self.first_line - 1


def _one_space(space: re.Match[str]) -> str:
    return SOFT_BREAK if "\n" in space.group() else " "


def _inside(element: etree._Element, tag: str, around: _Context) -> _Context:
    styles = around.styles | _STYLES.get(tag, PLAIN)
    if tag == "a" and (link := link_style(element.get("href"))):
        styles = styles - around.link | link
    css = element.get("style", "")
    if css:
        styles |= BOLD if _BOLD_CSS.search(css) else PLAIN
        styles |= ITALIC if _ITALIC_CSS.search(css) else PLAIN
    context = replace(
        around,
        styles=styles,
        link=link_style(element.get("href")) if tag == "a" else around.link,
        keeps_lines=around.keeps_lines or tag == "pre",
        raises=around.raises or tag == "sup",
        lowers=around.lowers or tag == "sub",
    )
    if tag in ("ul", "ol"):
        return replace(context, lists=around.lists + 1)
    if tag in ("td", "th") and _is_layout(element):
        return context
    kind = _KINDS.get(tag)
    if kind is None:
        return context
    level = int(tag[1]) if kind is RawKind.HEADING else max(around.lists - 1, 0) if kind is RawKind.ITEM else 0
    if kind is RawKind.HEADING and around.kind in (RawKind.CELL, RawKind.ITEM):
        return context
    return replace(context, kind=kind, level=level)


def _is_layout(cell: etree._Element) -> bool:
    """Whether a table only places text on the page: a single cell, or whole articles in a cell."""
    table = next(cell.iterancestors("table"), None)
    if table is not None and table.get("role") == "presentation":
        return True
    if any(cell.find(f".//{tag}") is not None for tag in ("h1", "h2", "table")):
        return True
    if len(cell.findall(".//p")) >= _LAYOUT_PARAGRAPHS:
        return True
    row = cell.getparent()
    return table is not None and row is not None and len(row) == 1 and len(table.findall(".//tr")) == 1


def _is_hidden(element: etree._Element) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN_CSS.search(element.get("style", "")))


def _is_note_mark(element: etree._Element) -> bool:
    """Whether a raised figure is a link to a note."""
    link = element.find("a")
    return link is not None and link.get("href", "").startswith("#")

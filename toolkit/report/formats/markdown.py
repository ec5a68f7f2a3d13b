"""Markdown: CommonMark with tables, simple footnotes and the front matter of site generators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_inline.state_inline import Delimiter, StateInline
from markdown_it.token import Token

from toolkit.errors import SourceError
from toolkit.languages import is_han
from toolkit.report.formats.blocks import BOLD, ITALIC, PLAIN, SOFT_BREAK, RawBlock, RawKind, Runs
from toolkit.report.formats.html import blocks_of_html
from toolkit.report.inline import InlineText
from toolkit.report.links import link_style
from toolkit.textfile import read_text_file

DEEPEST = 60  # blocks inside each other; what stands deeper the parser would pass over
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*)$")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n((?:[A-Za-z_-]+:.*\n|[ \t#-].*\n|\n)+?)---[ \t]*(?:\n|\Z)")
_FRONT_TITLE = re.compile(r"^title:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_STYLES = {"strong": BOLD, "em": ITALIC}
_CELLS = ("td", "th")


def markdown_blocks(path: Path, *, what: str, encoding: str | None) -> Iterator[RawBlock]:
    """The blocks of the Markdown file at `path`.

    Tags of HTML in it are left out, the text between them stays.  A picture is the caption that its description is.
    Raises `SourceError` as `read_text_file` does, and for blocks nested too deep.
    """
    text = read_text_file(path, what=what, encoding=encoding).replace("\r\n", "\n").replace("\r", "\n")
    text, title = _without_front_matter(text)
    text, notes = _without_notes(text)
    tokens = _parser().parse(text)
    for token in tokens:
        if token.level >= DEEPEST:
            raise SourceError(
                f"has more than {DEEPEST} lists or quotations inside each other",
                path=path,
                line=(token.map or [0])[0] + 1,
                remedy="Take away the marks at the beginning of the line",
            )
    if title:
        yield RawBlock(InlineText(title), RawKind.TITLE, 1)
    yield from _Pages(path, notes, has_title=bool(title)).read(tokens)


@dataclass(frozen=True)
class _Note:
    text: str
    line: int


@dataclass
class _Pages:
    """Walks the tokens of a file once."""

    path: Path
    notes: dict[str, _Note]
    has_title: bool = False
    runs: Runs = field(default_factory=Runs)
    pictures: list[tuple[str, str]] = field(default_factory=list)  # source, description
    said: list[str] = field(default_factory=list)  # notes that the block refers to

    def read(self, tokens: Sequence[Token]) -> Iterator[RawBlock]:
        around: list[Token] = []
        line = 1
        for token in tokens:
            line = token.map[0] + 1 if token.map else line
            if token.nesting == 1:
                around.append(token)
            elif token.nesting == -1:
                around.pop()
            elif token.type == "inline":
                self._inline(token.children or [])
                yield from self._blocks(around, line)
            elif token.type in ("fence", "code_block"):  # an indent is how Chinese paragraphs begin
                for offset, text in enumerate(token.content.splitlines()):
                    self._text(text, PLAIN)
                    yield from self._blocks(around, line + offset + (token.type == "fence"))
            elif token.type == "html_block":
                yield from blocks_of_html(token.content, self.path, first_line=line)
        for note_id in self.notes:  # those that nothing refers to
            yield from self._note(note_id)
        self.notes = {}

    def _blocks(self, around: Sequence[Token], line: int) -> Iterator[RawBlock]:
        kind, level = _kind(around)
        pictures, self.pictures = self.pictures, []
        said, self.said = self.said, []
        for text in self.runs.take():
            if kind is RawKind.HEADING and level == 1 and not self.has_title:
                self.has_title = True
                yield RawBlock(text, RawKind.TITLE, line)
            else:
                yield RawBlock(text, kind, line, level)
        for source, description in pictures:
            yield RawBlock(InlineText(description), RawKind.CAPTION, line, picture=source)
        for note_id in said:
            yield from self._note(note_id)

    def _note(self, note_id: str) -> Iterator[RawBlock]:
        note = self.notes.get(note_id)
        if note is None or not note.text:
            return
        self.notes = {key: one for key, one in self.notes.items() if key != note_id}
        for block in _Pages(self.path, {}, has_title=True).read(_parser().parse(note.text)):
            yield RawBlock(block.text, RawKind.FOOTNOTE, note.line)

    def _inline(self, tokens: Sequence[Token]) -> None:
        styles: list[frozenset[str]] = []
        link = PLAIN
        for token in tokens:
            now = link.union(*styles)
            name, _, end = token.type.rpartition("_")
            if name in _STYLES and end == "open":
                styles.append(_STYLES[name])
            elif name in _STYLES and end == "close":
                styles.remove(_STYLES[name])
            elif name == "link":
                link = link_style(str(token.attrs.get("href", ""))) if end == "open" else PLAIN
            elif token.type in ("text", "text_special"):
                self._text(token.content, now)
            elif token.type == "code_inline":
                self.runs.add(token.content, now)
            elif token.type == "softbreak":
                self.runs.add(SOFT_BREAK, now)
            elif token.type == "hardbreak" or (token.type == "html_inline" and token.content.startswith("<br")):
                self.runs.add("\n", now)
            elif token.type == "image":
                self.pictures.append((str(token.attrs.get("src", "")), token.content.strip()))

    def _text(self, text: str, styles: frozenset[str]) -> None:
        """Write `text` without the marks of notes that are there."""
        for index, piece in enumerate(_NOTE_MARK.split(text)):
            if index % 2 == 0:
                self.runs.add(piece, styles)
            elif piece in self.notes:
                self.said.append(piece)
            else:
                self.runs.add(f"[^{piece}]", styles)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST + 1}).enable("table")
    parser.inline.ruler.at("emphasis", _emphasis)
    return parser


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Take the asterisks or underscores that stand here for the marks of emphasis that they can be.

    CommonMark (0.31, 6.2) tells by spaces and punctuation whether marks open or close, and so takes those of
    **“两个确立”**是 for none: asterisks beside a Chinese character may here do both.
    """
    mark = state.src[state.pos]
    if silent or mark not in "*_":
        return False
    run = state.scanDelims(state.pos, mark == "*")
    end = state.pos + run.length
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    opens = run.can_open or (mark == "*" and is_han(before) and not after.isspace())
    closes = run.can_close or (mark == "*" and is_han(after) and not before.isspace())
    for _ in range(run.length):
        state.push("text", "", 0).content = mark
        state.delimiters.append(Delimiter(ord(mark), run.length, len(state.tokens) - 1, -1, opens, closes))
    state.pos = end
    return True


def _kind(around: Sequence[Token]) -> tuple[RawKind, int]:
    """What the blocks around a piece of text make of it, from the inside outwards."""
    for token in reversed(around):
        name = token.type.removesuffix("_open")
        if name == "heading":
            return RawKind.HEADING, int(token.tag[1])
        if name in _CELLS:
            return RawKind.CELL, 0
        if name == "list_item":
            return RawKind.ITEM, sum(one.type == token.type for one in around) - 1
    return RawKind.PARAGRAPH, 0


def _without_front_matter(text: str) -> tuple[str, str]:
    """The text with blank lines in place of its front matter, and the title that stood there."""
    matter = _FRONT_MATTER.match(text)
    if matter is None:
        return text, ""
    title = _FRONT_TITLE.search(matter.group(1))
    blank = "\n" * matter.group().count("\n")
    return blank + text[matter.end() :], title.group(1).strip() if title else ""


def _without_notes(text: str) -> tuple[str, dict[str, _Note]]:
    """The text with blank lines in place of its footnotes, and the footnotes by their ids."""
    notes: dict[str, _Note] = {}
    kept: list[str] = []
    current = fence = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if mark := _FENCE.match(line):
            fence = "" if fence == mark.group(1) else fence or mark.group(1)
        note = None if fence else _NOTE.match(line)
        if note is not None and note.group(1) not in notes:
            current = note.group(1)
            notes[current] = _Note(note.group(2), number)
        elif current and line.startswith(("    ", "\t")):
            before = notes[current]
            notes[current] = _Note(f"{before.text}\n{line.strip()}", before.line)
        else:
            current = current if current and not line.strip() else ""
            kept.append(line)
            continue
        kept.append("")
    return "\n".join(kept), notes

"""One page's content stream: text, rules and tints, and the marks that tie them to the structure tree.

Operators are those of ISO 32000-1, tables 51 to 113 and 320.  Lengths in pt, origin at the bottom left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from toolkit.bulletin.model import Mark
from toolkit.languages import BCP47, Language
from toolkit.pdf.boxes import Box
from toolkit.pdf.fontembed import EmbeddedFont, FontBook, number
from toolkit.pdf.paragraph import Line
from toolkit.pdf.shaping import UNITS


class PageContent:
    """The content stream of one page, written from top to bottom."""

    def __init__(self, fonts: FontBook) -> None:
        self._fonts = fonts
        self._operators: list[str] = []

    def stream(self) -> bytes:
        """The content stream, not yet compressed."""
        return "\n".join(self._operators).encode("ascii")

    @contextmanager
    def marked(self, tag: str, mcid: int) -> Iterator[None]:
        """What is drawn inside belongs to the structure element that holds `mcid` of this page."""
        self._operators.append(f"/{tag} <</MCID {mcid}>> BDC")
        yield
        self._operators.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "Layout", subtype: str = "") -> Iterator[None]:
        """What is drawn inside is no part of the text: rules, tints, running feet (14.8.2.2)."""
        detail = f" /Subtype /{subtype}" if subtype else ""
        self._operators.append(f"/Artifact <</Type /{kind}{detail}>> BDC")
        yield
        self._operators.append("EMC")

    def fill(self, left: float, bottom: float, width: float, height: float, color: str) -> None:
        """A filled rectangle."""
        box = " ".join(map(number, (left, bottom, width, height)))
        self._operators.append(f"{_rgb(color)} rg {box} re f")

    def shape(self, corners: Sequence[tuple[float, float]], color: str) -> None:
        """A filled polygon."""
        path = " l ".join(f"{number(x)} {number(y)}" for x, y in corners[1:])
        first = f"{number(corners[0][0])} {number(corners[0][1])}"
        self._operators.append(f"{_rgb(color)} rg {first} m {path} l h f")

    def frame(self, left: float, bottom: float, width: float, height: float, color: str, thickness: float) -> None:
        """The outline of a rectangle."""
        box = " ".join(map(number, (left, bottom, width, height)))
        self._operators.append(f"{_rgb(color)} RG {number(thickness)} w [] 0 d {box} re S")

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], color: str, thickness: float, dash: str = ""
    ) -> None:
        """A straight line; `dash` as a PDF dash array, such as "1 2"."""
        path = f"{number(start[0])} {number(start[1])} m {number(end[0])} {number(end[1])} l S"
        self._operators.append(f"{_rgb(color)} RG {number(thickness)} w [{dash}] 0 d {path}")

    def tints(self, line: Line, left: float, bottom: float, height: float, color: str) -> None:
        """A tint behind the boxes of `line` that stand in for a missing translation."""
        x = left + line.x
        visible = left + max(line.x, 0.0)  # an opening bracket's empty half hangs out of the column
        start: float | None = None
        for box in line.boxes:
            if box.ink.mark is Mark.GAP:
                start = max(x, visible) if start is None else start
            elif start is not None:
                self.fill(start, bottom, x - start, height, color)
                start = None
            x += box.width + box.kern + box.stretch * line.extra
        if start is not None:
            self.fill(start, bottom, visible + line.width - start, height, color)

    def text(self, line: Line, left: float, baseline: float, language: Language) -> None:
        """A line of text; `language` is what the structure element around it says already."""
        writer = _TextWriter(self._fonts, language)
        self._operators.append(f"BT 1 0 0 1 {number(left + line.x)} {number(baseline)} Tm")
        for box in line.boxes:
            writer.box(box, line.extra)
        self._operators.append(writer.finish() + " ET")


class _TextWriter:
    """Writes boxes into one text object, changing font, colour and language only where they change."""

    def __init__(self, fonts: FontBook, language: Language) -> None:
        self._fonts = fonts
        self._around = language
        self._language = language
        self._font: tuple[EmbeddedFont, float] | None = None
        self._color = ""
        self._parts: list[str] = []

    def box(self, box: Box, extra: float) -> None:
        font = self._fonts.font(box.shaped.face)
        changes = self._changes(box, font)
        if changes:
            self._parts.append(f"] TJ {' '.join(changes)} [")
        self._parts.append(font.fragment(box.shaped, box.size))
        gap = box.kern + box.stretch * extra
        if gap:
            self._parts.append(number(-gap * UNITS / box.size))

    def _changes(self, box: Box, font: EmbeddedFont) -> list[str]:
        changes = []
        if box.ink.language != self._language:
            if self._language != self._around:
                changes.append("EMC")
            if box.ink.language != self._around:
                changes.append(f"/Span <</Lang ({BCP47[box.ink.language]})>> BDC")
            self._language = box.ink.language
        if self._font != (font, box.size):
            self._font = (font, box.size)
            changes.append(f"/{font.resource} {number(box.size)} Tf")
        if self._color != box.ink.color:
            self._color = box.ink.color
            changes.append(f"{_rgb(self._color)} rg")
        return changes

    def finish(self) -> str:
        closing = " EMC" if self._language != self._around else ""
        return f"[{' '.join(self._parts)} ] TJ{closing}".replace("[ ] TJ", "").replace("[] TJ", "")


def _rgb(color: str) -> str:
    return " ".join(number(int(color[index : index + 2], 16) / 255) for index in (0, 2, 4))

"""One page's content stream: text, rules and tints, and the marks that tie them to the structure tree.

Operators are those of ISO 32000-1, tables 51 to 113 and 320.  Lengths in pt, origin at the bottom left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from toolkit.bulletin.model import Mark, Picture
from toolkit.languages import Language
from toolkit.pdf.fontembed import FontBook, number
from toolkit.pdf.linedraw import decorations, rgb, text_operators
from toolkit.pdf.paragraph import Line


class PageContent:
    """The content stream of one page, written from top to bottom."""

    def __init__(self, fonts: FontBook) -> None:
        self._fonts = fonts
        self._operators: list[str] = []
        self.pictures: dict[str, Picture] = {}
        self._decorations: list[str] = []

    def stream(self) -> bytes:
        """The content stream, not yet compressed."""
        return "\n".join(self._operators).encode("ascii")

    @contextmanager
    def marked(self, tag: str, mcid: int) -> Iterator[None]:
        """What is drawn inside belongs to the structure element that holds `mcid` of this page."""
        self._operators.append(f"/{tag} <</MCID {mcid}>> BDC")
        yield
        self._operators.append("EMC")
        if self._decorations:
            with self.artifact():
                pass

    @contextmanager
    def artifact(self, kind: str = "Layout", subtype: str = "") -> Iterator[None]:
        """What is drawn inside is no part of the text: rules, tints, running feet (14.8.2.2)."""
        detail = f" /Subtype /{subtype}" if subtype else ""
        self._operators.append(f"/Artifact <</Type /{kind}{detail}>> BDC")
        yield
        self._operators += self._decorations
        self._decorations.clear()
        self._operators.append("EMC")

    def fill(self, left: float, bottom: float, width: float, height: float, color: str) -> None:
        """A filled rectangle."""
        box = " ".join(map(number, (left, bottom, width, height)))
        self._operators.append(f"{rgb(color)} rg {box} re f")

    def shape(self, corners: Sequence[tuple[float, float]], color: str) -> None:
        """A filled polygon."""
        path = " l ".join(f"{number(x)} {number(y)}" for x, y in corners[1:])
        first = f"{number(corners[0][0])} {number(corners[0][1])}"
        self._operators.append(f"{rgb(color)} rg {first} m {path} l h f")

    def frame(self, left: float, bottom: float, width: float, height: float, color: str, thickness: float) -> None:
        """The outline of a rectangle."""
        box = " ".join(map(number, (left, bottom, width, height)))
        self._operators.append(f"{rgb(color)} RG {number(thickness)} w [] 0 d {box} re S")

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], color: str, thickness: float, dash: str = ""
    ) -> None:
        """A straight line; `dash` as a PDF dash array, such as "1 2"."""
        path = f"{number(start[0])} {number(start[1])} m {number(end[0])} {number(end[1])} l S"
        self._operators.append(f"{rgb(color)} RG {number(thickness)} w [{dash}] 0 d {path}")

    def tints(self, line: Line, left: float, bottom: float, height: float, color: str) -> None:
        """A tint behind the boxes of `line` that stand in for a missing translation."""
        if not any(box.ink.mark is Mark.GAP for box in line.boxes):
            return
        x = left + line.x
        visible = left + max(line.x, 0.0)  # an opening bracket's empty half hangs out of the column
        start: float | None = None
        for box in line.boxes:
            if box.ink.mark is Mark.GAP:
                start = max(x, visible) if start is None else start
            elif start is not None:
                self.fill(start, bottom, x - start, height, color)
                start = None
            x += line.advance(box)
        if start is not None:
            self.fill(start, bottom, visible + line.width - start, height, color)

    def image(self, picture: Picture, left: float, bottom: float, width: float, height: float) -> None:
        """A picture, drawn `width` by `height` pt large; the page's resources know it by its name in `pictures`."""
        name = f"Im{picture.digest[:16]}"
        self.pictures[name] = picture
        matrix = " ".join(map(number, (width, 0, 0, height, left, bottom)))
        self._operators.append(f"q {matrix} cm /{name} Do Q")

    def text(self, line: Line, left: float, baseline: float, language: Language) -> None:
        """A line of text; `language` is what the structure element around it says already."""
        self._operators.append(text_operators(self._fonts, line, left, baseline, language))
        drawn = decorations(line, left, baseline)
        if drawn:
            self._decorations.append(drawn)

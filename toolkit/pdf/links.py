"""Links: a page's content that knows where its linked text stands and what it leads to (ISO 32000-1, 14.8.4.4.2).

The text of a link is a structure element of its own inside its paragraph, with the annotation that is pressed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from toolkit.languages import Language
from toolkit.pdf.addresses import page_of
from toolkit.pdf.copying import CopiedContent
from toolkit.pdf.fontembed import FontBook
from toolkit.pdf.linedraw import decorations
from toolkit.pdf.paragraph import Line
from toolkit.pdf.spacing import SOFT_HYPHEN
from toolkit.pdf.tagging import Annotation, Box, Element, StructureTree

_RISE, _DEPTH = 0.9, 0.3  # em over and under the baseline where a link is pressed
_SPACELESS = "\u0f00"  # scripts from here on, Tibetan and Chinese, have no space between words
_STACK_RISE, _STACK_DEPTH = 1.3, 0.7  # the same for Tibetan


@dataclass(eq=False)
class _OpenLink:
    address: str
    element: Element
    boxes: list[Box] = field(default_factory=list)
    text: str = ""

    def say(self, text: str) -> None:
        """Go on with the text of another line: a line ends without its space, or in the midst of a divided word."""
        if self.text.endswith(SOFT_HYPHEN):
            self.text = self.text[:-1]
        elif self.text and self.text[-1] < _SPACELESS and text[:1] < _SPACELESS:
            self.text += " "
        self.text += text


class LinkedContent(CopiedContent):
    """The content of page `page`, counted from 0, whose links grow in `tree`."""

    def __init__(self, fonts: FontBook, tree: StructureTree, page: int) -> None:
        super().__init__(fonts)
        self._tree = tree
        self._page = page
        self._paragraph: Element | None = None
        self._link: _OpenLink | None = None

    @contextmanager
    def marked(self, tag: str, mcid: int) -> Iterator[None]:
        """What is drawn inside belongs to the structure element that holds `mcid` of this page."""
        self._paragraph = self._tree.owner(self._page, mcid)
        with super().marked(tag, mcid):
            yield
            self._close()
            self._paragraph = None

    def text(self, line: Line, left: float, baseline: float, language: Language) -> None:
        """A line of text; `language` is what the structure element around it says already.

        In an artifact a link is text like any other: it is repeated from elsewhere.
        """
        if self._paragraph is None or (self._link is None and not any(box.ink.link for box in line.boxes)):
            super().text(line, left, baseline, language)
            return
        for address, part in linked_parts(line):
            self._turn_to(address)
            self._put(part, left, baseline, language)
            if page_of(address) is None:  # page numbers lead somewhere without a rule under them
                drawn = decorations(part, left, baseline)
                if drawn:
                    self._decorations.append(drawn)
            if self._link is not None:
                self._link.boxes.append(_box_around(part, left, baseline))
                self._link.say(part.text)

    def _turn_to(self, address: str) -> None:
        """End the marked sequence and begin one of the link to `address`, or of the paragraph when there is none."""
        if (self._link.address if self._link else "") == address:
            return
        self._close()
        assert self._paragraph is not None
        element = self._paragraph
        if address:
            element = self._paragraph.add("Link", self._paragraph.language)
            self._link = _OpenLink(address, element)
        mcid = self._tree.mark(element, self._page)
        self._operators.append(f"EMC\n/{element.tag} <</MCID {mcid}>> BDC")

    def _close(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            spoken = link.text.strip() or link.address
            link.element.children.append(Annotation(self._page, tuple(link.boxes), link.address, spoken))


def linked_parts(line: Line) -> Iterator[tuple[str, Line]]:
    """A line in parts, each with the address that all of it leads to, empty for none; every box stays in its place."""
    for address, group in itertools.groupby(line.places(), key=lambda place: place[1].ink.link):
        places = list(group)
        start, (end, last) = places[0][0], places[-1]
        boxes = tuple(box for _, box in places)
        yield address, Line(boxes, start, end + last.width - start, line.extra, line.tight, line.tracking)


def _box_around(part: Line, left: float, baseline: float) -> Box:
    size = max(box.size for box in part.boxes)
    rise = max(box.rise for box in part.boxes)
    has_stacks = any("\u0f00" <= box.shaped.text[0] <= "\u0fff" for box in part.boxes)
    over, under = (_STACK_RISE, _STACK_DEPTH) if has_stacks else (_RISE, _DEPTH)
    x = left + part.x
    return x, baseline - under * size + rise, x + part.width, baseline + over * size + rise

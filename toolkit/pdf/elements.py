"""Structure elements: what the text of a bulletin is, whatever it looks like (ISO 32000-1, 14.7.2 and 14.8.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.bulletin.model import Picture
from toolkit.languages import Language

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in pt, from the page's foot."""


@dataclass(frozen=True)
class Annotation:
    """A link on page `page` (from 0).  `boxes` are where it is pressed, `spoken` what it is called.

    `address` is a URI, or `#page=N` for a page of the document itself (from 1).
    """

    page: int
    boxes: tuple[Box, ...]
    address: str
    spoken: str


@dataclass(eq=False)
class Element:
    """A structure element; its children are elements, marks `(page index, MCID)` on pages, or links.

    `alternative` says in words what a figure shows; `box` is where a figure stands.
    """

    tag: str
    language: Language | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)
    alternative: str = ""
    box: Box | None = None

    def add(self, tag: str, language: Language | None = None, **attributes: str) -> Element:
        """A new child element at the end.  Attributes are names, all of the owner `O`."""
        child = Element(tag, language, attributes)
        self.children.append(child)
        return child

    def add_figure(self, picture: Picture, columns: Sequence[Language], box: Box) -> Element:
        """A new figure at the end, described in the first of the columns' languages that has words for it."""
        words = dict(picture.alternatives)
        language = next((one for one in columns if words.get(one, "").strip()), columns[0])
        alternative = words.get(language, "").strip() or picture.name
        child = Element("Figure", language, {"O": "Layout", "Placement": "Block"}, alternative=alternative, box=box)
        self.children.append(child)
        return child


Child = Element | tuple[int, int] | Annotation

_GROUPS = frozenset(("Document", "Part", "Sect"))
_FEWEST_COLUMNS = 2


def simplified(element: Element) -> Element:
    """A group without groups in it that group nothing; who owns marks is left as it is.

    A division is its contents.  A table of one column, or without heads, is a section of text in the order of its
    rows; any other has a cell for each of its heads in every row, empty where a language has no text.
    """
    return Element(element.tag, element.language, element.attributes, list(_simplified_children(element)))


def _simplified_children(element: Element) -> Iterator[Child]:
    for child in element.children:
        if not isinstance(child, Element):
            yield child
        elif child.tag == "Div":
            yield from _simplified_children(child)
        elif child.tag == "Table":
            yield _table(child)
        elif child.tag in _GROUPS:
            yield simplified(child)
        else:
            yield child


def _table(table: Element) -> Element:
    rows = [row for row in table.children if isinstance(row, Element)]
    heads = next((cells for cells in map(_cells, rows) if any(cell.tag == "TH" for cell in cells)), [])
    if len(heads) < _FEWEST_COLUMNS:
        return Element("Sect", children=[text for row in rows for cell in _cells(row) for text in cell.children])
    columns = [head.language for head in heads]
    return Element("Table", children=[_whole_row(row, columns) for row in rows])


def _whole_row(row: Element, columns: Sequence[Language | None]) -> Element:
    cells = {cell.language: cell for cell in _cells(row)}
    return Element(row.tag, children=[cells.get(language) or Element("TD", language) for language in columns])


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.children if isinstance(cell, Element)]

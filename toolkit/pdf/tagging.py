"""The structure tree: what a screen reader or a converter reads (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.languages import BCP47
from toolkit.pdf.addresses import page_of, uri
from toolkit.pdf.elements import Annotation as Annotation
from toolkit.pdf.elements import Box as Box
from toolkit.pdf.elements import Element as Element
from toolkit.pdf.elements import simplified
from toolkit.pdf.objects import PdfFile, Reference, array, number, text_string


class StructureTree:
    """The structure of one document, grown while its pages are drawn."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self._owners: list[list[Element]] = []

    def mark(self, element: Element, page: int) -> int:
        """Say that what is drawn next on `page` (counted from 0) belongs to `element`; gives the MCID."""
        while len(self._owners) <= page:
            self._owners.append([])
        owners = self._owners[page]
        owners.append(element)
        element.children.append((page, len(owners) - 1))
        return len(owners) - 1

    def owner(self, page: int, mcid: int) -> Element:
        """The element that a mark belongs to."""
        return self._owners[page][mcid]

    def write(self, file: PdfFile, pages: Sequence[Reference]) -> tuple[Reference, list[list[Reference]]]:
        """Add the tree to a file, without groups that group nothing.  `pages` are the pages' references.

        Gives the reference of the tree's root, and the links of each page.
        """
        writer = _TreeWriter(file, pages)
        tree = file.reserve()
        document = writer.element(simplified(self.root), tree)
        owned = self._owners + [[] for _ in pages[len(self._owners) :]]
        marks = [
            f"{page} {file.add(array(writer.references[id(owner)] for owner in owners))}"
            for page, owners in enumerate(owned)
        ]
        marks += [f"{key} {reference}" for key, reference in enumerate(writer.link_owners, start=len(pages))]
        parents = file.add(f"<</Nums[{' '.join(marks)}]>>")
        following = len(pages) + len(writer.link_owners)
        file.define(tree, f"<</Type/StructTreeRoot/K {document}/ParentTree {parents}/ParentTreeNextKey {following}>>")
        return tree, writer.links


class _TreeWriter:
    """Writes elements, and the links in them."""

    def __init__(self, file: PdfFile, pages: Sequence[Reference]) -> None:
        self._file = file
        self._pages = pages
        self.references: dict[int, Reference] = {}
        self.links: list[list[Reference]] = [[] for _ in pages]
        self.link_owners: list[Reference] = []

    def element(self, element: Element, parent: Reference) -> Reference:
        """Add an element and all under it.  A mark on the element's own page is said by its number alone."""
        reference = self.references[id(element)] = self._file.reserve()
        page: int | None = None
        kids = []
        for child in element.children:
            if isinstance(child, Element):
                kids.append(self.element(child, reference))
            elif isinstance(child, Annotation):
                link = self._link(child, reference)
                kids.append(f"<</Type/OBJR/Obj {link}/Pg {self._pages[child.page]}>>")
            else:
                place, mcid = child
                page = place if page is None else page
                if place == page:
                    kids.append(str(mcid))
                else:
                    kids.append(f"<</Type/MCR/Pg {self._pages[place]}/MCID {mcid}>>")
        said = f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]" if kids else ""
        if page is not None:
            said = f"/Pg {self._pages[page]}{said}"
        if element.language is not None:
            said = f"/Lang({BCP47[element.language]}){said}"
        if element.alternative:
            said += f"/Alt {text_string(element.alternative)}"
        if element.attributes:
            said += f"/A<<{''.join(f'/{key}/{value}' for key, value in element.attributes.items())}"
            said += f"/BBox{array(map(number, element.box))}>>" if element.box else ">>"
        self._file.define(reference, f"<</Type/StructElem/S/{element.tag}/P {parent}{said}>>")
        return reference

    def _link(self, link: Annotation, owner: Reference) -> Reference:
        key = len(self._pages) + len(self.link_owners)
        self.link_owners.append(owner)
        page = self._pages[link.page]
        lefts, bottoms, rights, tops = zip(*link.boxes, strict=True)
        around = array(map(number, (min(lefts), min(bottoms), max(rights), max(tops))))
        corners = [
            corner
            for left, bottom, right, top in link.boxes
            for corner in (left, top, right, top, left, bottom, right, bottom)
        ]
        reference = self._file.add(
            f"<</Type/Annot/Subtype/Link/Rect{around}/QuadPoints{array(map(number, corners))}/Border[0 0 0]/F 4"
            f"/Contents {text_string(link.spoken)}/P {page}/StructParent {key}{self._target(link.address)}>>"
        )
        self.links[link.page].append(reference)
        return reference

    def _target(self, address: str) -> str:
        own = page_of(address)
        if own is not None:
            return f"/Dest[{self._pages[min(own, len(self._pages) - 1)]}/Fit]"
        return f"/A<</S/URI/URI({uri(address)})>>"

"""The structure tree: what a screen reader or a converter reads (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc

from toolkit.languages import BCP47, Language


@dataclass(eq=False)
class Element:
    """A structure element; its children are elements, or marks `(page index, MCID)` on pages."""

    tag: str
    language: Language | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | tuple[int, int]] = field(default_factory=list)

    def add(self, tag: str, language: Language | None = None, **attributes: str) -> Element:
        """A new child element at the end."""
        child = Element(tag, language, attributes)
        self.children.append(child)
        return child


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

    def write(self, document: Any, pages: list[Any]) -> Any:
        """Add the tree to a reportlab document; `pages` are references.  Gives the reference of its root."""
        root = pdfdoc.PDFDictionary({"Type": "/StructTreeRoot"})
        root_reference = document.Reference(root)
        references: dict[int, Any] = {}
        root["K"] = self._write_element(self.root, root_reference, document, pages, references)
        numbers: list[Any] = []
        for page, owners in enumerate(self._owners):
            owned = pdfdoc.PDFArray([references[id(owner)] for owner in owners])
            numbers += [page, document.Reference(owned)]
        root["ParentTree"] = document.Reference(pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)}))
        root["ParentTreeNextKey"] = len(pages)
        return root_reference

    def _write_element(
        self, element: Element, parent: Any, document: Any, pages: list[Any], references: dict[int, Any]
    ) -> Any:
        entry = pdfdoc.PDFDictionary({"Type": "/StructElem", "S": f"/{element.tag}", "P": parent})
        reference = references[id(element)] = document.Reference(entry)
        if element.language is not None:
            entry["Lang"] = pdfdoc.PDFString(BCP47[element.language])
        if element.attributes:
            names = {key: f"/{value}" for key, value in element.attributes.items()}
            entry["A"] = pdfdoc.PDFDictionary(names)
        kids = []
        for child in element.children:
            if isinstance(child, Element):
                kids.append(self._write_element(child, reference, document, pages, references))
            else:
                page, mcid = child
                kids.append(pdfdoc.PDFDictionary({"Type": "/MCR", "Pg": pages[page], "MCID": mcid}))
        entry["K"] = pdfdoc.PDFArray(kids)
        return reference

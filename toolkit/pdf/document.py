"""A bulletin as a PDF file: lay out, paginate, draw, write.

The bytes depend on the bulletin and the fonts alone: no clock, no path, no order of a set.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from reportlab.pdfbase import pdfdoc

from toolkit.bulletin.model import Bulletin
from toolkit.fonts.catalog import FontSet
from toolkit.languages import BCP47
from toolkit.pdf.drawing import PageContent
from toolkit.pdf.fontembed import FontBook, stream
from toolkit.pdf.furniture import Furniture
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.metadata import information, outline, xmp
from toolkit.pdf.pagedraw import Heading, PageDrawer
from toolkit.pdf.pages import Paginator
from toolkit.pdf.rows import RowSetter
from toolkit.pdf.tagging import StructureTree

_VERSION = (1, 7)


def typeset_pdf(bulletin: Bulletin, fonts: FontSet) -> bytes:
    """`bulletin` as a tagged PDF 1.7 with all its fonts embedded.  The same input gives the same bytes."""
    setter = RowSetter(bulletin.edition, Itemizer(fonts))
    furniture = Furniture(bulletin, setter)
    ornaments = bulletin.edition.theme.ornaments
    placements = Paginator(
        furniture.frame, ruled=bulletin.edition.provenance or ornaments.row_rules, ornaments=ornaments
    ).place(
        head=[setter.row(row) for row in bulletin.head_rows],
        column_head=None if bulletin.column_head is None else setter.row(bulletin.column_head),
        body=[setter.row(row) for row in bulletin.rows],
        tail=[setter.row(row) for row in bulletin.tail_rows],
    )
    book, tree = FontBook(), StructureTree()
    drawer = PageDrawer(bulletin.edition, tree)
    contents = []
    for index, page in enumerate(placements):
        content = PageContent(book)
        drawer.draw(content, index, page)
        furniture.draw(content, index + 1, len(placements))
        contents.append(content.stream())
    return _write(bulletin, contents, book, tree, drawer.headings)


def _write(
    bulletin: Bulletin, contents: list[bytes], book: FontBook, tree: StructureTree, headings: list[Heading]
) -> bytes:
    """The file around the drawn pages."""
    document = pdfdoc.PDFDocument(invariant=1, pdfVersion=_VERSION)
    document.signature = hashlib.md5(usedforsecurity=False)  # reportlab's own has SOURCE_DATE_EPOCH in it
    dictionary = pdfdoc.PDFDictionary
    fonts = document.Reference(dictionary(book.write(document)))
    page_tree = dictionary({"Type": "/Pages", "Count": len(contents)})
    parent = document.Reference(page_tree)
    pages = []
    for index, content in enumerate(contents):
        document.signature.update(content)
        page = {
            "Type": "/Page",
            "Parent": parent,
            "MediaBox": pdfdoc.PDFArray([0, 0, bulletin.edition.page_width, bulletin.edition.page_height]),
            "Resources": dictionary({"Font": fonts}),
            "Contents": document.Reference(stream(content)),
            "StructParents": index,
            "Tabs": "/S",
        }
        pages.append(document.Reference(dictionary(page)))
    page_tree["Kids"] = pdfdoc.PDFArray(pages)
    catalog: dict[str, Any] = {
        "Type": "/Catalog",
        "Pages": parent,
        "Lang": pdfdoc.PDFString(BCP47[bulletin.edition.columns[0]]),
        "MarkInfo": dictionary({"Marked": "true"}),
        "StructTreeRoot": tree.write(document, pages),
        "ViewerPreferences": dictionary({"DisplayDocTitle": "true"}),
        "Metadata": document.Reference(xmp(bulletin)),
    }
    if headings:
        catalog["Outlines"] = outline(document, headings, pages)
        catalog["PageMode"] = "/UseOutlines"
    document.Catalog = dictionary(catalog)
    document.info = dictionary(information(bulletin))
    return bytes(document.format())


def count_pages(data: bytes) -> int:
    """How many pages a PDF written by `typeset_pdf` has, without parsing it."""
    match = re.search(rb"/Count (\d+)[^<>]*?/Kids", data)
    return int(match[1]) if match else 0

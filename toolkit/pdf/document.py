"""A bulletin as a PDF file: lay out, paginate, draw, write.

The bytes depend on the bulletin and the fonts alone: no clock, no path, no order of a set.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.bulletin.model import Bulletin
from toolkit.fonts.catalog import FontSet
from toolkit.languages import BCP47
from toolkit.pdf.bookmarks import Bookmark, add_outline, bookmarks
from toolkit.pdf.columns import faces
from toolkit.pdf.drawing import PageContent
from toolkit.pdf.fontembed import FontBook
from toolkit.pdf.images import add_pictures
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.layout import lay_out
from toolkit.pdf.links import LinkedContent
from toolkit.pdf.metadata import add_xmp, information
from toolkit.pdf.objects import PdfFile, array, dictionary, number
from toolkit.pdf.pagedraw import PageDrawer
from toolkit.pdf.tagging import StructureTree


def typeset_pdf(bulletin: Bulletin, fonts: FontSet) -> bytes:
    """`bulletin` as a tagged PDF 1.7 with all its fonts embedded.  The same input gives the same bytes."""
    layout = lay_out(bulletin, Itemizer(fonts))
    book, tree = FontBook(), StructureTree()
    drawer = PageDrawer(bulletin.edition, tree, layout.rows)
    contents = []
    for index, sheet in enumerate(layout.sheets):
        content = LinkedContent(book, tree, index)
        drawer.draw(content, index, sheet.placements, sheet.grid)
        layout.furniture.draw(content, index + 1, len(layout.sheets), sheet.grid)
        contents.append(content)
    # of the two pages of a spread, the one with the first language has the bookmark
    firsts = [sheet.placements if 0 in sheet.grid.columns else () for sheet in layout.sheets]
    marks = bookmarks(firsts, index_head=bulletin.index_head)
    return write_document(bulletin, contents, book, tree, marks)


def write_document(
    bulletin: Bulletin,
    contents: Sequence[PageContent],
    book: FontBook,
    tree: StructureTree,
    marks: Sequence[Bookmark],
) -> bytes:
    """The file around the drawn pages, named and described as `bulletin` is."""
    file, edition = PdfFile(), bulletin.edition
    catalog, page_tree = file.reserve(), file.reserve()
    pages = [file.reserve() for _ in contents]
    fonts = file.add(dictionary(book.write(file)))
    pictures = add_pictures(file, [picture for content in contents for picture in content.pictures.items()])
    root, links = tree.write(file, pages)
    paper = f"/MediaBox[0 0 {number(edition.page_width)} {number(edition.page_height)}]"
    for index, (content, reference) in enumerate(zip(contents, pages, strict=True)):
        drawn = dictionary({name: pictures[name] for name in content.pictures})
        resources = f"<</Font {fonts}/XObject{drawn}>>" if content.pictures else f"<</Font {fonts}>>"
        said = f"/Type/Page/Parent {page_tree}{paper}/Resources{resources}/StructParents {index}/Tabs/S"
        said += f"/Contents {file.add_stream(content.stream())}"
        if links[index]:
            said += f"/Annots{array(links[index])}"
        file.define(reference, f"<<{said}>>")
    file.define(page_tree, f"<</Type/Pages/Count {len(pages)}/Kids{array(pages)}>>")
    entries = {
        "Type": "/Catalog",
        "Pages": page_tree,
        "Lang": f"({BCP47[edition.columns[0]]})",
        "MarkInfo": "<</Marked true>>",
        "StructTreeRoot": root,
        "ViewerPreferences": "<</DisplayDocTitle true>>",
        "Metadata": add_xmp(file, bulletin),
        "PageLabels": "<</Nums[0<</S/D>>]>>",
    }
    if faces(edition):
        entries["PageLayout"] = "/TwoPageRight"  # page 1 is a right page, as in a book
    if marks:
        entries["Outlines"] = add_outline(file, marks, pages)
        entries["PageMode"] = "/UseOutlines"
    file.define(catalog, dictionary(entries))
    return file.to_bytes(catalog, file.add(information(bulletin)))


def count_pages(data: bytes) -> int:
    """How many pages a PDF written by `typeset_pdf` has, without parsing it."""
    match = re.search(rb"<</Type/Pages/Count (\d+)/Kids", data)
    return int(match[1]) if match else 0

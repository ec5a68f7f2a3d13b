"""What a PDF says about itself: information dictionary, XMP, bookmarks (ISO 32000-1, 12.3.3 and 14.3)."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from toolkit.bulletin.model import Bulletin
from toolkit.languages import BCP47
from toolkit.pdf.pagedraw import Heading

_PRODUCER = "Bulletin Toolkit"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag>{subjects}</rdf:Bag></dc:subject>
<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def information(bulletin: Bulletin) -> dict[str, Any]:
    """The information dictionary: no dates, because the same bulletin is the same file on any day."""
    return {
        "Title": pdfdoc.PDFString(bulletin.title),
        "Author": pdfdoc.PDFString(bulletin.author),
        "Subject": pdfdoc.PDFString(bulletin.subject),
        "Keywords": pdfdoc.PDFString(", ".join(bulletin.keywords)),
        "Producer": pdfdoc.PDFString(_PRODUCER),
    }


def xmp(bulletin: Bulletin) -> Any:
    """The same as an XMP stream, uncompressed so that any tool finds it."""
    packet = _XMP.format(
        title=escape(bulletin.title),
        author=escape(bulletin.author),
        subject=escape(bulletin.subject),
        subjects="".join(f"<rdf:li>{escape(word)}</rdf:li>" for word in bulletin.keywords),
        languages="".join(f"<rdf:li>{BCP47[language]}</rdf:li>" for language in bulletin.edition.columns),
        keywords=escape(", ".join(bulletin.keywords)),
        producer=_PRODUCER,
    )
    entries = pdfdoc.PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"})
    return pdfdoc.PDFStream(entries, packet.encode("utf-8"))


def outline(document: Any, headings: list[Heading], pages: list[Any]) -> Any:
    """Bookmarks for `headings`, all on one level; gives the reference of the outline."""
    root = pdfdoc.PDFDictionary({"Type": "/Outlines", "Count": len(headings)})
    parent = document.Reference(root)
    items = []
    for heading in headings:
        target = pdfdoc.PDFArray([pages[heading.page], "/XYZ", 0, round(heading.top, 2), "null"])
        items.append(pdfdoc.PDFDictionary({"Title": pdfdoc.PDFString(heading.text), "Parent": parent, "Dest": target}))
    references = [document.Reference(item) for item in items]
    for index, item in enumerate(items):
        if index:
            item["Prev"] = references[index - 1]
        if index + 1 < len(items):
            item["Next"] = references[index + 1]
    root["First"], root["Last"] = references[0], references[-1]
    return parent

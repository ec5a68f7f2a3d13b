"""What a PDF says about itself: information dictionary and XMP (ISO 32000-1, 14.3)."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from toolkit.bulletin.model import Bulletin
from toolkit.languages import BCP47
from toolkit.pdf.objects import PdfFile, Reference, dictionary, text_string

_PRODUCER = "Bulletin Toolkit"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

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


def information(bulletin: Bulletin) -> str:
    """The information dictionary: no dates, because the same bulletin is the same file on any day."""
    entries = {
        "Title": bulletin.title,
        "Author": bulletin.author,
        "Subject": bulletin.subject,
        "Keywords": ", ".join(bulletin.keywords),
        "Producer": _PRODUCER,
    }
    return dictionary({key: text_string(value) for key, value in entries.items()})


def add_xmp(file: PdfFile, bulletin: Bulletin) -> Reference:
    """The same as an XMP stream, uncompressed so that any tool finds it."""
    packet = _XMP.format(
        title=_escaped(bulletin.title),
        author=_escaped(bulletin.author),
        subject=_escaped(bulletin.subject),
        subjects="".join(f"<rdf:li>{_escaped(word)}</rdf:li>" for word in bulletin.keywords),
        languages="".join(f"<rdf:li>{BCP47[language]}</rdf:li>" for language in bulletin.edition.columns),
        keywords=_escaped(", ".join(bulletin.keywords)),
        producer=_PRODUCER,
    )
    return file.add_stream(packet.encode("utf-8"), "/Type/Metadata/Subtype/XML", packed=False)


def _escaped(text: str) -> str:
    """`text` for XML, without the controls that XML 1.0 (2.2) cannot hold."""
    return escape(_NOT_IN_XML.sub(" ", text))

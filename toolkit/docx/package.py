"""The file: parts and their relations in a zip that is the same, byte for byte, whenever it is made.

python-docx writes content types and relations.  Its template is not used, so nothing of it is left over:
no old compatibility mode, no foreign dates, no 164 styles of somebody else.
"""

from __future__ import annotations

import io
import zipfile
from typing import Literal
from urllib.parse import quote

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from toolkit.docx.markup import Element, printable, serialized

_FIRST = ("[Content_Types].xml", "_rels/.rels")  # readers that stream expect them in front
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold

_WORD_PARTS: dict[str, tuple[str, str]] = {
    "document": (CONTENT_TYPE.WML_DOCUMENT_MAIN, RELATIONSHIP_TYPE.OFFICE_DOCUMENT),
    "styles": (CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES),
    "settings": (CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS),
    "fontTable": (CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE),
    "comments": (CONTENT_TYPE.WML_COMMENTS, RELATIONSHIP_TYPE.COMMENTS),
    "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}
_PICTURES: dict[Literal["jpeg", "png"], str] = {"jpeg": CONTENT_TYPE.JPEG, "png": CONTENT_TYPE.PNG}
_OF_ADDRESSES = "%:/?#[]@!$&'()*+,;="  # RFC 3986, 2.2, and what is encoded already
_OBFUSCATED_FONT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"


class XmlPart(Part):
    """A part whose content is written after its relations are known."""

    def fill(self, root: Element) -> None:
        """Make `root` the part's content."""
        self._blob = serialized(root)


class WordPackage:
    """A word-processing document being put together."""

    def __init__(self, core_properties: Element, application_properties: Element) -> None:
        self._opc = Package()
        self.document = self._xml_part("document")
        self._pictures: dict[str, str] = {}
        self._fonts: dict[str, bytes] = {}
        self._opc.relate_to(self.document, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
        for name, kind, relationship, root in (
            ("core", CONTENT_TYPE.OPC_CORE_PROPERTIES, RELATIONSHIP_TYPE.CORE_PROPERTIES, core_properties),
            (
                "app",
                CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
                RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
                application_properties,
            ),
        ):
            part = XmlPart(PackURI(f"/docProps/{name}.xml"), kind, None, self._opc)
            part.fill(root)
            self._opc.relate_to(part, relationship)

    def add(self, name: str) -> tuple[XmlPart, str]:
        """The empty part `name` ("styles", "header", …) and the document's relation to it."""
        part = self._xml_part(name)
        return part, self.document.relate_to(part, _WORD_PARTS[name][1])

    def add_font(self, number: int, data: bytes, table: XmlPart) -> str:
        """An embedded font, already obfuscated; returns the font table's relation to it."""
        part = Part(PackURI(f"/word/fonts/font{number}.odttf"), _OBFUSCATED_FONT, b"", self._opc)
        self._fonts[part.partname.membername] = data  # put in at the end: python-docx would deflate it in vain
        return table.relate_to(part, RELATIONSHIP_TYPE.FONT)

    def add_link(self, address: str) -> str:
        """The document's relation to an address outside of it; the same one for the same address.

        A relation's target is a URI (ECMA-376 part 2, 9.3): what is no ASCII in `address` is percent-encoded.
        """
        target = quote(printable(address), safe=_OF_ADDRESSES)
        return self.document.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def add_picture(self, digest: str, kind: Literal["jpeg", "png"], data: bytes) -> str:
        """The document's relation to a picture, which is stored once however often it stands there."""
        if digest not in self._pictures:
            name = PackURI(f"/word/media/image{len(self._pictures) + 1}.{kind}")
            part = Part(name, _PICTURES[kind], data, self._opc)
            self._pictures[digest] = self.document.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        return self._pictures[digest]

    def add_record(self, record: Element, store: Element, properties: Element) -> None:
        """The custom XML part `record` with its `store` properties, and the file's custom properties."""
        part = XmlPart(PackURI("/customXml/item1.xml"), CONTENT_TYPE.XML, None, self._opc)
        part.fill(record)
        self.document.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
        of_part = XmlPart(PackURI("/customXml/itemProps1.xml"), CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, None, self._opc)
        of_part.fill(store)
        part.relate_to(of_part, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
        of_file = XmlPart(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, None, self._opc)
        of_file.fill(properties)
        self._opc.relate_to(of_file, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)

    def zipped(self) -> bytes:
        """The bytes of the file: parts in order of name, all dated 1980-01-01, all permissions alike."""
        loose = io.BytesIO()
        self._opc.save(loose)
        out = io.BytesIO()
        with zipfile.ZipFile(loose) as source, zipfile.ZipFile(out, "w") as target:
            for name in (*_FIRST, *sorted(set(source.namelist()) - set(_FIRST))):
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0  # the default tells Windows from Unix
                target.writestr(entry, self._fonts.get(name) or source.read(name), compresslevel=6)
        return out.getvalue()

    def _xml_part(self, name: str) -> XmlPart:
        return XmlPart(PackURI(f"/word/{name}.xml"), _WORD_PARTS[name][0], None, self._opc)

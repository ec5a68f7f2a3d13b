"""A PDF file put together from its objects (ISO 32000-1, 7.3); reportlab numbers them and writes the file around them.

An object is its text in PDF syntax, a reference the text "12 0 R": a structure tree has thousands, and reportlab's own
dictionaries would take longer to write than the pages to set.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping

from reportlab.pdfbase import pdfdoc

Reference = str
"""Text that points to an object, such as "12 0 R"."""

_VERSION = (1, 7)
_ESCAPED = re.compile(r"[()\\]")


class _Object(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object that is written as it stands."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def format(self, _document: object) -> bytes:
        """What reportlab puts between `obj` and `endobj`."""
        return self.content


class PdfFile:
    """The objects of one file, numbered in the order in which they were asked for."""

    def __init__(self) -> None:
        self._document = pdfdoc.PDFDocument(invariant=1, pdfVersion=_VERSION)
        self._objects: dict[Reference, _Object] = {}

    def reserve(self) -> Reference:
        """A reference to an object that `define` will say."""
        return self._added(b"null")

    def define(self, reference: Reference, text: str) -> None:
        """Say what a reserved object is."""
        self._objects[reference].content = text.encode("ascii")

    def add(self, text: str) -> Reference:
        """A new object; gives its reference."""
        return self._added(text.encode("ascii"))

    def add_stream(self, content: bytes, entries: str = "", *, packed: bool = True) -> Reference:
        """A new stream with the given dictionary entries; `packed` deflates it."""
        if packed:
            content = zlib.compress(content)
            entries += "/Filter/FlateDecode"
        return self._added(b"<<%b/Length %d>>stream\n%b\nendstream" % (entries.encode("ascii"), len(content), content))

    def _added(self, content: bytes) -> Reference:
        added = _Object(content)
        self._document.Reference(added)
        reference = f"{self._document.objectcounter} 0 R"
        self._objects[reference] = added
        return reference

    def to_bytes(self, catalog: Reference, information: Reference) -> bytes:
        """The file.  Its identifier is a hash of what it holds: the same objects give the same bytes."""
        document = self._document
        document.Catalog, document.info = self._objects[catalog], self._objects[information]
        # reportlab's own signature has SOURCE_DATE_EPOCH in it
        document.signature = hashlib.md5(usedforsecurity=False)
        for one in self._objects.values():
            document.signature.update(one.content)
        return bytes(document.format())


def dictionary(entries: Mapping[str, object]) -> str:
    """A dictionary; values are text in PDF syntax, or numbers."""
    return f"<<{' '.join(f'/{key} {value}' for key, value in entries.items())}>>"


def array(members: Iterable[object]) -> str:
    """An array of what is text in PDF syntax already, or a number."""
    return f"[{' '.join(map(str, members))}]"


def text_string(text: str) -> str:
    """A text string (7.9.2.2): as it is when ASCII can say it, else in UTF-16."""
    if text.isascii() and text.isprintable():
        return f"({_ESCAPED.sub(_escape, text)})"
    return f"<FEFF{text.encode('utf-16-be', 'surrogatepass').hex().upper()}>"


def number(value: float) -> str:
    """A number as PDF wants it: no exponent, no superfluous zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _escape(match: re.Match[str]) -> str:
    return "\\" + match[0]

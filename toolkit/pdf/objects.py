"""A PDF file put together from its objects (ISO 32000-1, 7.3 and 7.5).

An object is its text in PDF syntax, a reference the text "12 0 R".  What is no stream is packed into object streams
(7.5.7) and found through a cross-reference stream (7.5.8): a structure tree takes a tenth of the room.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence

Reference = str
"""Text that points to an object, such as "12 0 R"."""

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PACKED_TOGETHER = 400  # objects in one object stream: a reader unpacks all of them to see one
_XREF_ENTRY = ">BIH"  # type, offset or number of the object stream, place in it
_ESCAPED = re.compile(r"[()\\]")
_FREE, _IN_FILE, _IN_STREAM = 0, 1, 2


class PdfFile:
    """The objects of one file, numbered in the order in which they were asked for."""

    def __init__(self) -> None:
        self._objects: list[str | bytes] = []

    def reserve(self) -> Reference:
        """A reference to an object that `define` will say."""
        self._objects.append("null")
        return f"{len(self._objects)} 0 R"

    def define(self, reference: Reference, text: str, *, plain: bool = False) -> None:
        """Say what a reserved object is; `plain` keeps it out of the object streams."""
        self._objects[_number(reference) - 1] = text.encode("ascii") if plain else text

    def add(self, text: str) -> Reference:
        """A new object; gives its reference."""
        self._objects.append(text)
        return f"{len(self._objects)} 0 R"

    def add_stream(self, content: bytes, entries: str = "", *, packed: bool = True) -> Reference:
        """A new stream with the given dictionary entries; `packed` deflates it."""
        self._objects.append(_stream(content, entries, packed=packed))
        return f"{len(self._objects)} 0 R"

    def to_bytes(self, catalog: Reference, information: Reference) -> bytes:
        """The file.  Its identifier is a hash of what it holds: the same objects give the same bytes."""
        placed: dict[int, tuple[int, int, int]] = {0: (_FREE, 0, 0xFFFF)}
        parts = [_HEADER]
        position = len(_HEADER)

        def put(number: int, content: bytes) -> None:
            nonlocal position
            whole = b"%d 0 obj\n%b\nendobj\n" % (number, content)
            placed[number] = (_IN_FILE, position, 0)
            parts.append(whole)
            position += len(whole)

        small: list[tuple[int, str]] = []
        for number, content in enumerate(self._objects, start=1):
            if isinstance(content, bytes):
                put(number, content)
            else:
                small.append((number, content))
        last = len(self._objects)
        for start in range(0, len(small), _PACKED_TOGETHER):
            last += 1
            members = small[start : start + _PACKED_TOGETHER]
            placed |= {number: (_IN_STREAM, last, index) for index, (number, _) in enumerate(members)}
            put(last, _object_stream(members))
        start_of_table = position
        identifier = hashlib.md5(b"".join(parts), usedforsecurity=False).hexdigest().upper()
        last += 1
        placed[last] = (_IN_FILE, position, 0)
        entries = f"/Root {catalog}/Info {information}/ID[<{identifier}><{identifier}>]"
        put(last, _cross_reference([placed[number] for number in range(last + 1)], entries))
        parts.append(b"startxref\n%d\n%%%%EOF\n" % start_of_table)
        return b"".join(parts)


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


def _number(reference: Reference) -> int:
    return int(reference.partition(" ")[0])


def _stream(content: bytes, entries: str, *, packed: bool) -> bytes:
    if packed:
        content = zlib.compress(content)
        entries += "/Filter/FlateDecode"
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries.encode("ascii"), len(content), content)


def _object_stream(members: Sequence[tuple[int, str]]) -> bytes:
    index: list[str] = []
    offset = 0
    for number, text in members:
        index.append(f"{number} {offset}")
        offset += len(text) + 1
    head = " ".join(index) + "\n"
    body = head + "\n".join(text for _, text in members)
    return _stream(body.encode("ascii"), f"/Type/ObjStm/N {len(members)}/First {len(head)}", packed=True)


def _cross_reference(entries: Sequence[tuple[int, int, int]], more: str) -> bytes:
    """The table of all objects, each row said by its difference from the row before (PNG predictor "up")."""
    rows = [struct.pack(_XREF_ENTRY, *entry) for entry in entries]
    width = struct.calcsize(_XREF_ENTRY)
    above = [bytes(width), *rows]
    table = b"".join(
        b"\x02" + bytes([(new - old) & 0xFF for new, old in zip(row, before, strict=True)])
        for row, before in zip(rows, above, strict=False)
    )
    predictor = f"/DecodeParms<</Predictor 12/Columns {width}>>"
    return _stream(table, f"/Type/XRef/Size {len(entries)}/W[1 4 2]{predictor}{more}", packed=True)

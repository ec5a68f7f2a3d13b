"""One careful way to open a ZIP package from outside: DOCX, XLSX.

What is refused before anything is unpacked: names that leave the package, the same name twice, parts that overlap,
passwords, more parts or bytes than an office file has, and parts that grow more than `GREATEST_RATIO` times.
"""

from __future__ import annotations

import itertools
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from toolkit.errors import SourceError

MOST_PARTS = 5_000
MOST_BYTES = 500_000_000
MOST_XML_BYTES = 100_000_000  # a tree takes about ten times its file
GREATEST_RATIO = 200
_SMALL = 1_000_000  # bytes: below this a ratio says nothing
_LOCAL_HEADER = 30  # bytes before the name of a part (APPNOTE.TXT 4.3.7)
_LOCKED = 0x1 | 0x40  # flag bits of encryption (APPNOTE.TXT 4.4.4)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that OPC allows (ISO/IEC 29500-2, annex B)
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_UNSAFE_NAME = re.compile(r"^/|^[A-Za-z]:|\\|\0|(?:^|/)\.\.(?:/|$)")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True)
class SafeZip:
    """A package that passed all checks: `names` of its parts as they stand in it, folders left out."""

    path: Path
    names: tuple[str, ...]
    remedy: str
    _parts: Mapping[str, zipfile.ZipInfo] = field(repr=False)

    def __contains__(self, name: object) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """The bytes of the part `name`.  Raises `SourceError` where it is missing or broken."""
        part = self._parts.get(name)
        if part is None:
            raise self.fault(f"has no part “{name}”")
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(part) as stream:
                data = stream.read(part.file_size + 1)
        except _BROKEN as fault:
            raise self.fault(f"has a broken part “{name}” ({fault})") from fault
        if len(data) != part.file_size:
            raise self.fault(f"has a part “{name}” of another size than it says")
        return data

    def read_xml(self, name: str) -> etree._Element:
        """The root element of the XML part `name`.

        Nothing outside the part is loaded, no entity is resolved.  Raises `SourceError` for a part that is missing,
        too large, not well-formed, nested more than 256 deep, or that has a DOCTYPE.
        """
        data = self.read(name)
        if len(data) > MOST_XML_BYTES:
            raise self.fault(f"has a part “{name}” of {len(data):,} bytes, more than {MOST_XML_BYTES:,}")
        doctype = any(mark in data for mark in _DOCTYPES)
        if not doctype:
            parser = etree.XMLParser(
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            try:
                root = etree.fromstring(data, parser)
            except (etree.XMLSyntaxError, ValueError) as fault:
                line = getattr(fault, "lineno", None) or 1
                reason = getattr(fault, "msg", None) or str(fault)
                raise self.fault(
                    f"has a part “{name}” that is not well-formed XML (its line {line}: {reason})"
                ) from fault
            doctype = bool(root.getroottree().docinfo.doctype)  # in an encoding that hid it from the search
        if doctype:
            raise self.fault(f"has a part “{name}” with a DOCTYPE, which no office program writes")
        return root

    def fault(self, problem: str) -> SourceError:
        """An error about this package, with its remedy."""
        return SourceError(problem, path=self.path, remedy=self.remedy)


def open_zip(path: Path, *, what: str, remedy: str) -> SafeZip:
    """Check the ZIP package at `path`, without unpacking anything.

    `what` names it in messages with its article: “a Word file”; `remedy` is what a person does about a bad one.
    Raises `SourceError`.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(len(_OLE2))
        size_of_file = path.stat().st_size
        if size_of_file > MOST_BYTES:
            raise SourceError(f"is larger than {MOST_BYTES:,} bytes", path=path, remedy=remedy)
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except OSError as fault:
        raise SourceError(f"could not be read ({fault.strerror or fault})", path=path, remedy=remedy) from fault
    except _BROKEN as fault:
        kind = f"is not {what}: it is no ZIP package ({fault})"
        if start == _OLE2:
            kind = f"is not {what} but a file of an old office program (.doc, .xls), or locked with a password"
        raise SourceError(kind, path=path, remedy=remedy) from fault
    problem = _problem(parts, size_of_file)
    if problem:
        raise SourceError(problem, path=path, remedy=remedy)
    files = {part.filename: part for part in parts if not part.is_dir()}
    return SafeZip(path, tuple(files), remedy, files)


def _problem(parts: list[zipfile.ZipInfo], size_of_file: int) -> str:
    if len(parts) > MOST_PARTS:
        return f"holds {len(parts):,} parts, more than {MOST_PARTS:,}"
    total = sum(part.file_size for part in parts)
    if total > MOST_BYTES:
        return f"would unpack to {total:,} bytes, more than {MOST_BYTES:,}"
    seen: set[str] = set()
    for part in parts:
        name = part.orig_filename
        if _UNSAFE_NAME.search(name):
            return f"has a part whose name leaves the package: {name[:80]!r}"
        if part.filename in seen:
            return f"has two parts named “{name[:80]}”"
        seen.add(part.filename)
        if part.flag_bits & _LOCKED:
            return f"is locked with a password (its part “{name[:80]}”)"
        if part.compress_type not in _METHODS:
            return f"has a part “{name[:80]}” packed in a way that no office program uses"
        if part.file_size > _SMALL and part.file_size > GREATEST_RATIO * part.compress_size:
            return f"has a part “{name[:80]}” that would grow more than {GREATEST_RATIO} times"
    in_order = sorted(parts, key=lambda part: part.header_offset)
    for part, after in itertools.pairwise(in_order):
        if _least_end(part) > after.header_offset:
            return f"has parts that overlap: “{part.filename[:80]}” and “{after.filename[:80]}”"
    if in_order and _least_end(in_order[-1]) > size_of_file:
        return f"is cut off: its part “{in_order[-1].filename[:80]}” is not all there"
    return ""


def _least_end(part: zipfile.ZipInfo) -> int:
    return part.header_offset + _LOCAL_HEADER + part.compress_size

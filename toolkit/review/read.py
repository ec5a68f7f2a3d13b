"""One way into an edited file, whatever it is: by what is in it, since a suffix may lie."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from toolkit.errors import SourceError
from toolkit.review.edit import EditedFile

_BEGINNING = 4096  # bytes, in which an XML file names its root
_REMEDY = "Send back the DOCX, XLSX or XLIFF that was made here, or a TMX; for another translation: bulletin align"


def read_edited(path: Path) -> EditedFile:
    """What the file at `path` says.

    Raises `SourceError` for a file that cannot be read, is none of DOCX, XLIFF, XLSX and TMX, or was not made here.
    """
    return _reader(path)(path)


def _reader(path: Path) -> Callable[[Path], EditedFile]:
    # imported here: each pulls in its own library
    kind = _kind(path)
    if kind == "docx":
        from toolkit.review.from_docx import read_docx

        return read_docx
    if kind == "xlsx":
        from toolkit.review.from_sheet import read_sheet

        return read_sheet
    if kind == "xliff":
        from toolkit.review.from_xliff import read_xliff_edits

        return read_xliff_edits
    from toolkit.review.from_tmx import read_tmx_edits

    return read_tmx_edits


def _kind(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            start = stream.read(_BEGINNING)
    except OSError as fault:
        raise SourceError(f"could not be read ({fault.strerror})", path=path, remedy="Name a file") from fault
    if start.startswith(b"PK"):
        return _kind_of_zip(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError(
            "is a Word or Excel file of before 2007", path=path, remedy="Save it as .docx or .xlsx and send that"
        )
    plain = start.replace(b"\0", b"").lower()  # UTF-16 too
    for mark, kind in ((b"<xliff", "xliff"), (b"<tmx", "tmx")):
        if mark in plain:
            return kind
    suffix = {".xlf": "xliff", ".xliff": "xliff", ".tmx": "tmx"}.get(path.suffix.lower())
    if suffix is not None and b"<" in plain:
        return suffix  # its reader says what is wrong with it
    raise SourceError("is no DOCX, XLSX, XLIFF or TMX", path=path, remedy=_REMEDY)


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as fault:
        raise SourceError(f"is a damaged file ({fault})", path=path, remedy="Save it again and send that") from fault
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    raise SourceError("is a zip, but no DOCX or XLSX", path=path, remedy=_REMEDY)

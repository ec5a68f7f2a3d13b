"""Plain text from outside: UTF-8, or an error that names the line and what to do."""

from __future__ import annotations

from pathlib import Path

from toolkit.errors import SourceError
from toolkit.safexml import without_forbidden


def read_text_file(path: Path, *, what: str) -> str:
    """The text of the UTF-8 file at `path`, with or without a byte-order mark, without what XML cannot hold.

    `what` names the text in messages: “report”, “translation”.  Raises `SourceError` for a file that is missing,
    empty, binary, UTF-16 or GBK.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise SourceError(
            f"could not be read ({fault.strerror})", path=path, remedy=f"Put the {what} there as UTF-8 text"
        ) from fault
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(
            "is UTF-16 text", path=path, line=1, remedy=f"Save it as UTF-8: iconv -f UTF-16 -t UTF-8 {path.name}"
        )
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise SourceError(
            "is not text but binary data", path=path, line=line, remedy=f"Export the {what} as UTF-8 text"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise _not_utf8(path, data, fault) from fault
    text = without_forbidden(text)
    if not text.strip():
        raise SourceError("is empty", path=path, line=1, remedy=f"Paste the {what} into it, one paragraph a line")
    return text


def _not_utf8(path: Path, data: bytes, fault: UnicodeDecodeError) -> SourceError:
    line = data[: fault.start].count(b"\n") + 1
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return SourceError("is not UTF-8 text", path=path, line=line, remedy="Save it as UTF-8")
    return SourceError(
        "is not UTF-8; it reads as GBK (GB 18030)",
        path=path,
        line=line,
        remedy=f"Save it as UTF-8: iconv -f GB18030 -t UTF-8 {path.name}",
    )

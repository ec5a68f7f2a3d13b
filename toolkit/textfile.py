"""Plain text from outside: UTF-8, or what someone says it is, or an error that names the line and what to do."""

from __future__ import annotations

from pathlib import Path

from toolkit.errors import SourceError
from toolkit.languages import is_han
from toolkit.safexml import without_forbidden

ENCODINGS = ("utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5")
"""What a text may be in; GBK and GB 2312 are read as GB 18030, which holds both."""

_SYNONYMS = {"gbk": "gb18030", "gb2312": "gb18030", "utf8": "utf-8", "utf16": "utf-16", "cp936": "gb18030"}
_SHOWN = 12  # characters of a text in a message
_PLAUSIBLE = 0.9  # of the Chinese characters are in GB 2312 where a text really is GBK


def encoding_named(name: str) -> str | None:
    """The one of `ENCODINGS` that a person calls `name`, or None."""
    name = name.strip().lower().replace("_", "-")
    name = _SYNONYMS.get(name, name)
    return name if name in ENCODINGS else None


def read_text_file(path: Path, *, what: str, encoding: str | None = None) -> str:
    """The text of the file at `path`, with or without a byte-order mark, without what XML cannot hold.

    `what` names the text in messages: “report”, “translation”.  `encoding` is one of `ENCODINGS`; without it the file
    is UTF-8.  Raises `SourceError` for a file that is missing, empty, binary or in another encoding.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise SourceError(
            f"could not be read ({fault.strerror})", path=path, remedy=f"Put the {what} there as UTF-8 text"
        ) from fault
    text = without_forbidden(decode(data, path, what=what, encoding=encoding))
    if not text.strip():
        raise SourceError("is empty", path=path, line=1, remedy=f"Paste the {what} into it, one paragraph a line")
    return text


def decode(data: bytes, path: Path, *, what: str, encoding: str | None = None) -> str:
    """The bytes of the file at `path` as text.  Raises `SourceError` as `read_text_file` does."""
    if encoding is None and (guess := guess_encoding(data)) is not None:
        raise _is_not_utf8(path, data, guess, what)
    named = encoding is not None
    encoding = encoding or "utf-8"
    if b"\0" in data and not encoding.startswith("utf-16"):
        raise _is_binary(path, data[: data.index(b"\0")].count(b"\n") + 1, what)
    try:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as fault:
        line = data[: fault.start].decode(encoding, "replace").count("\n") + 1
        raise SourceError(
            f"is not {encoding.upper()} text",
            path=path,
            line=line,
            remedy="Mend the encoding that was named for it" if named else f"Save the {what} as UTF-8",
        ) from fault
    if "\0" in text:
        raise _is_binary(path, text[: text.index("\0")].count("\n") + 1, what)
    return text.removeprefix("\ufeff")


def guess_encoding(data: bytes) -> str | None:
    """What `data` reads as where it is not UTF-8: one of `ENCODINGS`; None for UTF-8 and for what cannot be told."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in data:
        return next((name for name in ("utf-16-le", "utf-16-be") if _is_text_in(data, name)), None)
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "gb18030" if _is_text_in(data, "gb18030") else None
    return None


def beginning_of(data: bytes, encoding: str) -> str:
    """The first Chinese words of `data` in `encoding`, to show a person: “甘南藏族自治州…”."""
    text = data.decode(encoding, "replace").lstrip("\ufeff")
    start = next((index for index, character in enumerate(text) if is_han(character)), 0)
    shown = "".join(text[start : start + 4 * _SHOWN].split())
    return f"“{without_forbidden(shown[:_SHOWN])}{'…' if len(text) > start + _SHOWN else ''}”"


def _is_text_in(data: bytes, encoding: str) -> bool:
    """Whether `data` is everyday Chinese, or in UTF-16 plain ASCII, when it is read in `encoding`."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    if "\0" in text:
        return False
    han = [character for character in text if is_han(character)]
    if not han:
        return encoding != "gb18030" and text.isascii()
    everyday = sum(len(character.encode("gb2312", "ignore")) == 2 for character in han)
    return everyday >= _PLAUSIBLE * len(han)


def _is_not_utf8(path: Path, data: bytes, encoding: str, what: str) -> SourceError:
    name = {"gb18030": "GBK (GB 18030)"}.get(encoding, encoding.upper())
    line = 1
    if encoding == "gb18030":
        try:
            data.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            line = data[: fault.start].count(b"\n") + 1
    convert = f"save it as UTF-8: iconv -f {encoding.upper()} -t UTF-8 {path.name}"
    offer = f'Write encoding = "{encoding}" into report.toml beside it, or ' if what == "report" else ""
    return SourceError(
        f"is not UTF-8; it reads as {name}: {beginning_of(data, encoding)}",
        path=path,
        line=line,
        remedy=offer + (convert if offer else convert[0].upper() + convert[1:]),
    )


def _is_binary(path: Path, line: int, what: str) -> SourceError:
    return SourceError("is not text but binary data", path=path, line=line, remedy=f"Export the {what} as UTF-8 text")

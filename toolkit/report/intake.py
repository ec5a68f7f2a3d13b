"""Taking a report into the workspace: a file from anywhere becomes a folder of source/."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import SettingsError, SourceError
from toolkit.files import write_whole
from toolkit.locks import one_writer
from toolkit.report.formats import RawBlock, read_blocks
from toolkit.report.formats.html import declared_encoding
from toolkit.report.illustrate import local_path, read_beside
from toolkit.report.model import Report, Role
from toolkit.report.pictures import PictureFault, picture_file
from toolkit.report.read import check_name, read_report
from toolkit.report.sidecar import FILE_NAME
from toolkit.textfile import beginning_of, encoding_named, guess_encoding
from toolkit.workspace import Workspace

_TEXTS = (".txt", ".md")  # what cannot say itself what encoding it is in
_PAGES = (".html", ".htm")
_LONGEST_NAME = 60  # characters: three bytes each for Chinese, and 255 bytes is what file systems take
_SHOWN = 24  # characters of a line in report.toml
_SUGGESTED = (Role.TITLE, Role.KICKER, Role.HEADING, Role.CAPTION, Role.PROTOCOL)


@dataclass(frozen=True)
class TakenIn:
    """A report that was taken in: as it reads now, and the files made for it."""

    report: Report
    files: tuple[Path, ...]
    encoding: str | None = None


@dataclass(frozen=True)
class OtherEncoding:
    """What a text reads as that is not UTF-8: an encoding of `toolkit.textfile.ENCODINGS`, and how it begins."""

    name: str
    beginning: str

    @property
    def usual_name(self) -> str:
        """What people call it."""
        return "GBK" if self.name == "gb18030" else self.name.upper()


def other_encoding(file: Path) -> OtherEncoding | None:
    """What the text in `file` reads as where that is not UTF-8.  Raises `SourceError` when it cannot be read."""
    suffix = file.suffix.lower()
    if suffix not in (*_TEXTS, *_PAGES):
        return None
    data = _bytes_of(file)
    if suffix in _PAGES and declared_encoding(data, file) is not None:
        return None
    name = guess_encoding(data)
    return None if name is None else OtherEncoding(name, beginning_of(data, name))


def name_for(file: Path) -> str:
    """The name that a report gets from its file: small letters, figures, Chinese; all else becomes a hyphen.

    Raises `SettingsError` when nothing is left.
    """
    stem = unicodedata.normalize("NFC", file.stem).lower()
    kept = "".join(one if one == "." or unicodedata.category(one)[0] in "LMN" else " " for one in stem)
    name = "-".join(kept.split()).strip("-.")[:_LONGEST_NAME].rstrip("-.")
    if not name:
        raise SettingsError("gives no name for a report", path=file, remedy="Give it one: --name NAME")
    return name


def take_in(workspace: Workspace, file: Path, *, name: str | None = None, encoding: str | None = None) -> TakenIn:
    """Make a folder for the report in `file`, with a copy of it, byte for byte, and a report.toml that explains itself.

    `encoding` is one of `toolkit.textfile.ENCODINGS`, or a name people have for it.  Nothing is written before the
    file has been read.  Raises `SourceError` for a file that cannot be read as a report, `SettingsError` for a name
    that is taken or cannot be that of a folder, `OutputError` when the files cannot be written.
    """
    known = None if encoding is None else encoding_named(encoding)
    if encoding is not None and known is None:
        raise SettingsError(f"the encoding “{encoding}” is not known", remedy="Use gb18030, utf-16 or utf-8")
    if known == "utf-8" and file.suffix.lower() not in _PAGES:  # a page may say something else
        known = None
    folder = workspace.source / _checked_name(name or name_for(file))
    check_name(folder.name, folder)
    _check_free(folder)
    if known is None and encoding is None and (other := other_encoding(file)) is not None:
        raise SourceError(
            f"is not UTF-8; it reads as {other.usual_name}: {other.beginning}",
            path=file,
            line=1,
            remedy=f"Say so: bulletin add {file.name} --encoding {other.name}",
        )
    blocks = read_blocks(file, what="report", encoding=known)
    copy = folder / f"report{file.suffix.lower()}"
    sidecar = folder / FILE_NAME
    with one_writer(workspace, folder.name):
        _check_free(folder)  # once more: two may have asked for one name
        write_whole(copy, _bytes_of(file))
        if known is not None:
            write_whole(sidecar, f"encoding = {_quoted(known)}\n".encode())
        pictures = _copied_pictures(blocks, file, folder)
        report = read_report(folder)
        write_whole(sidecar, _sidecar(report, known).encode())
    return TakenIn(report, (copy, *pictures, sidecar), known)


def _check_free(folder: Path) -> None:
    if folder.exists():
        raise SettingsError(
            "is there already", path=folder, remedy="Choose another name with --name, or move that report away"
        )


def _copied_pictures(blocks: Sequence[RawBlock], file: Path, folder: Path) -> tuple[Path, ...]:
    """The pictures that a page or a Markdown file shows and that lie beside it, copied to the same place beside the
    report.  What cannot be printed stays where it is: the build says so.  A Word file has its pictures in it.
    """
    if file.suffix.lower() == ".docx":
        return ()
    copied = []
    for name in dict.fromkeys(block.picture for block in blocks if block.picture):
        try:
            path = local_path(name)
            data = read_beside(file.parent, path)
            picture_file(path, data)
        except PictureFault:
            continue
        target = folder / path
        if target.resolve().is_relative_to(folder.resolve()) and not target.exists():
            write_whole(target, data)
            copied.append(target)
    return tuple(copied)


def _checked_name(name: str) -> str:
    is_folder = name == name.strip() and not name.startswith(".") and not re.search(r'[/\\:*?"<>|\x00-\x1f]', name)
    if not is_folder or len(name.encode()) > 4 * _LONGEST_NAME:
        raise SettingsError(
            f"“{name}” cannot be the name of a folder", remedy="Use letters, figures, Chinese and hyphens"
        )
    return name


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise SourceError(
            f"could not be read ({fault.strerror})", path=file, remedy="Name a file that is there"
        ) from fault


def _sidecar(report: Report, encoding: str | None) -> str:
    """A report.toml in which everything is a comment but the encoding, with the lines that roles may be about."""
    lines = ["# What the file of the report does not say.  All of it may be left out."]
    if encoding is not None:
        lines.append(f"encoding = {_quoted(encoding)}  # of {report.path.name}")
    lines += [
        "# event_date = 2026-06-01",
        "# published_date = 2026-06-02",
        '# outlet = "…"      # Chinese; printed in each language by way of the glossary',
        '# byline = "…"',
        '# place = "…"',
        "",
        f"[roles]  # lines of {report.path.name}, or their beginnings followed by …",
    ]
    for role in _SUGGESTED:
        texts = dict.fromkeys(_beginning(block.text) for block in report.blocks if block.role is role)
        lines.append(f"# {role} = [{', '.join(map(_quoted, texts or ('…',)))}]")
    lines += [
        "",
        "# [[pictures]]      # JPEG or PNG files in this folder; each stands over its caption",
        '# caption = "…"     # the line, or line = 12',
        '# file = "photo.jpg"',
        '# credit = "…"      # who took it',
        '# alt = { en = "…", bo = "…" }   # what it shows, for those who cannot see it',
        "",
        f"# [[corrections]]   # errors of the source; {report.path.name} itself stays as it came",
        '# find = "…"',
        '# replace = "…"',
        '# note = "…"',
    ]
    return "\n".join(lines) + "\n"


def _beginning(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

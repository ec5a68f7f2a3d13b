"""Finding the pictures of a report: in its Word file, beside it, or where report.toml says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from toolkit.errors import SettingsError, SourceError
from toolkit.report.formats import RawBlock
from toolkit.report.formats.blocks import is_caption_like
from toolkit.report.picture_notes import PictureNote
from toolkit.report.pictures import MOST_BYTES, Illustration, PictureFault, PictureFile, picture_file
from toolkit.report.sidecar import Sidecar, fits
from toolkit.safezip import SafeZip, open_zip

MOST_PICTURES = 300
MOST_TOGETHER = 400_000_000  # bytes


@dataclass(frozen=True)
class Shown:
    """What stands over a block: an illustration, or why there is none; `is_caption` makes a caption of the block."""

    illustration: Illustration | None = None
    fault: str = ""
    is_caption: bool = False


class Pictures:
    """The pictures of the report at `path`, each read once."""

    def __init__(self, path: Path, sidecar: Sidecar) -> None:
        self._path = path
        self._folder = path.parent
        self._sidecar = sidecar
        self._archive: SafeZip | None = None
        self._read: dict[str, PictureFile | str] = {}
        self._together = 0

    def check(self, raw: Sequence[RawBlock]) -> None:
        """Raise `SettingsError` for a picture of report.toml whose line is nowhere in the report."""
        for note in self._sidecar.pictures:
            if not any(_is_at(note, block) for block in raw):
                raise self._sidecar.file.fault(
                    f"a picture stands over {f'“{note.caption[:40]}”' if note.caption else f'line {note.line}'}, "
                    "which is not there",
                    near=note.place,
                    remedy=f"Copy the line as it stands in {self._path.name}, or its beginning followed by …",
                )

    def over(self, block: RawBlock) -> Shown:
        """What stands over `block`; report.toml goes before the file itself.

        Raises `SettingsError` for a file that report.toml names and that cannot be printed.
        """
        note = next((note for note in self._sidecar.pictures if _is_at(note, block)), None)
        if note is not None:
            is_caption = bool(note.caption) or is_caption_like(block.text.text)
            return Shown(self._named(note), is_caption=is_caption)
        if not block.picture:
            return Shown()
        found = self._own(block.picture)
        if isinstance(found, str):
            return Shown(fault=found)
        is_part = self._path.suffix.lower() == ".docx"
        return Shown(Illustration(found, path="" if is_part else found.name))

    def _named(self, note: PictureNote) -> Illustration:
        try:
            file = self._once(note.file, note.file)
        except PictureFault as fault:
            raise self._sidecar.file.fault(
                f"the picture {note.file} {fault}",
                near=f'"{note.file}"',
                remedy="Put a JPEG or PNG there, in the folder of the report, or delete the entry",
            ) from fault
        return Illustration(file, note.alternatives, note.credit, file.name)

    def _own(self, name: str) -> PictureFile | str:
        """A picture as the report's own file names it, or why it cannot be printed."""
        try:
            if self._path.suffix.lower() == ".docx":
                return self._once(name, name, is_part=True)
            return self._once(name, local_path(name))
        except PictureFault as fault:
            return f"its picture {name} {fault}"

    def _once(self, name: str, path: str, *, is_part: bool = False) -> PictureFile:
        key = f"{is_part} {path}"
        if key not in self._read:
            try:
                data = self._part(path) if is_part else read_beside(self._folder, path)
                self._together += len(data)
                self._read[key] = picture_file(path, data)
            except PictureFault as fault:
                self._read[key] = str(fault)
            if len(self._read) > MOST_PICTURES or self._together > MOST_TOGETHER:
                raise SettingsError(
                    f"has more than {MOST_PICTURES} pictures, or more than {MOST_TOGETHER:,} bytes of them",
                    path=self._path,
                    remedy="Take out those that need not be printed, or make them smaller",
                )
        found = self._read[key]
        if isinstance(found, str):
            raise PictureFault(found)
        return found

    def _part(self, name: str) -> bytes:
        if self._archive is None:
            self._archive = open_zip(self._path, what="a Word file", remedy="Save it as .docx again")
        if name not in self._archive:
            raise PictureFault("is not in the file")
        try:
            return self._archive.read(name)
        except SourceError as fault:
            raise PictureFault(fault.problem) from fault


def local_path(name: str) -> str:
    """The path that a page or a Markdown file means by `name`.

    Raises `PictureFault` for an address: nothing is fetched.
    """
    if name.startswith("data:") or name == "img":
        raise PictureFault("stands in the page itself: save it as a file and name it in report.toml")
    if "://" in name or name.startswith("//"):
        raise PictureFault("stands on the web, and nothing is fetched: save it and name it in report.toml")
    return unquote(name.partition("?")[0].partition("#")[0])


def read_beside(folder: Path, path: str) -> bytes:
    """The bytes of the file at `path` in `folder` or below.  Raises `PictureFault`."""
    whole = (folder / path).resolve()
    relative = PurePosixPath(path)
    if "\0" in path or relative.is_absolute() or "\\" in path or not whole.is_relative_to(folder.resolve()):
        raise PictureFault("stands outside the folder of the report")
    try:
        if not whole.is_file():
            raise PictureFault("is not there")
        if whole.stat().st_size > MOST_BYTES:
            raise PictureFault(f"has more than {MOST_BYTES:,} bytes")
        return whole.read_bytes()
    except OSError as fault:
        raise PictureFault(f"could not be read ({fault.strerror})") from fault


def _is_at(note: PictureNote, block: RawBlock) -> bool:
    return fits(note.caption, block.text.text) if note.caption else block.line == note.line

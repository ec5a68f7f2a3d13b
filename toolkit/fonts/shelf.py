"""The fonts at hand: a workspace's own, those installed on the machine, the bundled ones; found by name.

No font service is asked.  Name tables are read anew each time: some hundred faces take hundredths of a second.
"""

from __future__ import annotations

import functools
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from toolkit.errors import BulletinError
from toolkit.fonts.opened import FaceNames, characters_of, face_count, has_outlines, heaviest, names_of
from toolkit.fonts.rights import Rights
from toolkit.fonts.rights import rights_of as rights_of_file

SUFFIXES = frozenset([".ttf", ".otf", ".ttc", ".otc"])
FOLDERS_VARIABLE = "BULLETIN_FONT_FOLDERS"
"""The environment variable that says where fonts are installed, where the usual folders of a system are not meant."""
_REGULAR, _BOLD, _BOLD_FROM = 400.0, 700.0, 600.0
_NEAR = 78.0  # per cent of likeness under which a name is no likely mistyping of another


@dataclass(frozen=True)
class ShelvedFace:
    """A face at hand; `shelf` counts from 0, nearest first: workspace, machine, bundled."""

    path: Path
    index: int
    shelf: int

    @property
    def names(self) -> FaceNames:
        """What it calls itself."""
        return names_of(self.path, self.index)

    @property
    def rights(self) -> Rights:
        """What its maker allows."""
        return rights_of_file(self.path, self.index)

    @property
    def characters(self) -> frozenset[int]:
        """The code points it has a glyph for."""
        return characters_of(self.path, self.index)

    @property
    def place(self) -> str:
        """File, and face number in a collection, as bulletin.toml takes it."""
        return f"{self.path}#{self.index}" if face_count(self.path) > 1 else str(self.path)


class FontNotFoundError(Exception):
    """No face has the name; `near` are names that are like it."""

    def __init__(self, near: tuple[str, ...]) -> None:
        super().__init__()
        self.near = near


class AmbiguousFontError(Exception):
    """Several different faces have the name and the style."""

    def __init__(self, faces: tuple[ShelvedFace, ...]) -> None:
        super().__init__()
        self.faces = faces


class FontLibrary:
    """The faces in `shelves`, each a list of folders; an earlier shelf goes before a later one."""

    def __init__(self, shelves: Iterable[Sequence[Path]]) -> None:
        seen: set[Path] = set()
        self.faces = tuple(
            face
            for number, folders in enumerate(shelves)
            for folder in folders
            for path in _font_files(folder, seen)
            for face in _readable(path, number)
        )

    def find(self, name: str, *, bold: bool = False, italic: bool = False) -> ShelvedFace:
        """The face that `name` means: of the family of that name the one of that style, or the one face so called.

        Case, spaces and hyphens do not matter.  Raises `FontNotFoundError` or `AmbiguousFontError`.
        """
        wanted = _key(name)
        for shelf in sorted({face.shelf for face in self.faces}):
            faces = [face for face in self.faces if face.shelf == shelf]
            family = [face for face in faces if wanted in map(_key, face.names.families)]
            if family:
                return _only(_best(family, wanted, bold=bold, italic=italic))
            exact = [face for face in faces if wanted in map(_key, face.names.full)]
            if exact:
                return _only(exact)
        raise FontNotFoundError(self._near(name))

    def companion(self, face: ShelvedFace, *, bold: bool, italic: bool) -> ShelvedFace | None:
        """The bold or italic face of the same family on the same shelf; None when the family has none."""
        wanted = _key(face.names.family)
        family = [
            one
            for one in self.faces
            if one.shelf == face.shelf
            and wanted in map(_key, one.names.families)
            and one.names.italic == italic
            and (heaviest(one.path, one.index) >= _BOLD_FROM or not bold)
        ]
        return _best(family, wanted, bold=bold, italic=italic)[0] if family else None

    def having(self, text: str) -> tuple[ShelvedFace, ...]:
        """The faces that have every character of `text` and outlines to draw it, nearest first, regular before bold."""
        codes = frozenset(map(ord, text))
        return tuple(
            face for face in self.plainest_first if codes <= face.characters and has_outlines(face.path, face.index)
        )

    @functools.cached_property
    def plainest_first(self) -> tuple[ShelvedFace, ...]:
        """All faces: the nearest shelf first, upright before italic, regular before light and bold."""
        return tuple(sorted(self.faces, key=_plainest))

    def _near(self, name: str) -> tuple[str, ...]:
        families = sorted({face.names.families[0] for face in self.faces})
        within = [family for family in families if _key(name) in _key(family)]
        likely = process.extract(name, families, scorer=fuzz.WRatio, processor=_key, score_cutoff=_NEAR, limit=5)
        return tuple(dict.fromkeys((*within, *(family for family, _, _ in likely))))[:5]


def system_folders() -> tuple[Path, ...]:
    """Where this machine keeps fonts: a person's own first, then those of all."""
    chosen = os.environ.get(FOLDERS_VARIABLE)
    if chosen is not None:
        return tuple(Path(part) for part in chosen.split(os.pathsep) if part)
    home = Path.home()
    if sys.platform == "win32":
        local, windows = os.environ.get("LOCALAPPDATA"), os.environ.get("WINDIR", r"C:\Windows")
        own = (Path(local) / "Microsoft" / "Windows" / "Fonts",) if local else ()
        return (*own, Path(windows) / "Fonts")
    if sys.platform == "darwin":
        return (home / "Library" / "Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    shared = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    return (data / "fonts", home / ".fonts", *(Path(part) / "fonts" for part in shared if part))


def _font_files(folder: Path, seen: set[Path]) -> Iterator[Path]:
    """Font files under `folder`, in the order of their names, each file and folder once however it is linked."""
    for root, folders, names in os.walk(folder, followlinks=True):
        here = Path(root).resolve()
        if here in seen:
            folders.clear()
            continue
        seen.add(here)
        folders.sort()
        for name in sorted(names):
            path = Path(root) / name
            if path.suffix.lower() in SUFFIXES and (real := path.resolve()) not in seen:
                seen.add(real)
                yield path


def _readable(path: Path, shelf: int) -> Iterator[ShelvedFace]:
    """The faces of a file; none of a broken one, which nobody named."""
    try:
        count = face_count(path)
        for index in range(count):
            names_of(path, index)
            yield ShelvedFace(path, index, shelf)
    except BulletinError:
        return


def _best(family: list[ShelvedFace], wanted: str, *, bold: bool, italic: bool) -> list[ShelvedFace]:
    """The faces of a family that are nearest to the style: several when nothing tells them apart."""

    def distance(face: ShelvedFace) -> tuple[bool, bool, float, float]:
        names = face.names
        weight = min(heaviest(face.path, face.index), _BOLD) if bold else names.weight
        other = wanted != _key(names.family)
        return names.italic != italic, other, abs(names.width - 100), abs(weight - (_BOLD if bold else _REGULAR))

    nearest = min(map(distance, family))
    return [face for face in family if distance(face) == nearest]


def _only(faces: list[ShelvedFace]) -> ShelvedFace:
    """The one face there is; copies of one file count once."""
    different = {(face.path.read_bytes(), face.index): face for face in reversed(faces)}
    if len(different) > 1:
        raise AmbiguousFontError(tuple(faces))
    return faces[0]


def _plainest(face: ShelvedFace) -> tuple[int, bool, float, float, str, int]:
    names = face.names
    return face.shelf, names.italic, abs(names.width - 100), abs(names.weight - _REGULAR), names.family, face.index


def _key(name: str) -> str:
    """A name as it is compared: without case, spaces, hyphens, underscores and full-width letters."""
    return "".join(character for character in unicodedata.normalize("NFKC", name).casefold() if character.isalnum())

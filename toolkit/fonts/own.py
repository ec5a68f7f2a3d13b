"""The fonts that bulletin.toml names, found, and refused where they cannot serve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.errors import SettingsError
from toolkit.fonts.catalog import BODY_SIZE, FontFile, bundled_folders
from toolkit.fonts.looks import measured_ratio
from toolkit.fonts.opened import characters_of, face_count, has_outlines, heaviest, names_of, pinned_axes
from toolkit.fonts.rights import rights_of
from toolkit.fonts.script import SCRIPT_NAMES, Script
from toolkit.fonts.shelf import AmbiguousFontError, FontLibrary, FontNotFoundError, ShelvedFace, system_folders
from toolkit.workspace import OwnFont

FONTS_FOLDER = "fonts"
"""The folder of a workspace where its own fonts lie."""
_BOLD_FROM = 600.0
_MOST_NAMED = 6
_SPECIMENS: Mapping[Script, str] = {"latin": "an", "han": "一中人", "tibetan": "ཀང"}
"""What a font of the script surely has."""
_NO_OTHER = "name another font under [fonts] in bulletin.toml"


def fonts_at_hand(workspace: Path | None = None) -> FontLibrary:
    """The fonts at hand: in the workspace's fonts/, installed on the machine, bundled."""
    own = (workspace / FONTS_FOLDER,) if workspace is not None else ()
    return FontLibrary([own, system_folders(), bundled_folders()])


@dataclass(frozen=True)
class Place:
    """Where a face is; `shelved` when it was found by name."""

    path: Path
    index: int
    shelved: ShelvedFace | None = None


@dataclass(frozen=True)
class NamedFace:
    """A face that bulletin.toml names, and what it was found by."""

    face: FontFile
    font: OwnFont
    place: Place
    script: Script


class FontFinder:
    """Faces for the fonts that bulletin.toml names; the libraries are read when a name first needs one."""

    def __init__(self, own: Mapping[str, OwnFont]) -> None:
        self._own = own
        self._libraries: dict[Path | None, FontLibrary] = {}

    def named(self, key: str, script: Script, *, bold: bool = False, italic: bool = False) -> NamedFace:
        """The face that `key` of [fonts] names, as a face of `script`.  Raises `SettingsError`."""
        font = self._own[key]
        place = self.place(font, script, bold=bold, italic=italic)
        face = _face(font, place, script, bold=bold, italic=italic)
        _check_specimen(font, face, script)
        return NamedFace(face, font, place, script)

    def filling(self, key: str) -> NamedFace:
        """The face that an entry of `more` names, as a face of the script it has letters of."""
        place = self.place(self._own[key])
        script = main_script(place)
        return NamedFace(_face(self._own[key], place, script, bold=False, italic=False), self._own[key], place, script)

    def place(self, font: OwnFont, script: Script | None = None, *, bold: bool = False, italic: bool = False) -> Place:
        """Where the face of `font` is; `script` is what it is wanted for.  Raises `SettingsError`."""
        if font.path is not None:
            return Place(font.path, _index_in(font))
        try:
            found = self._library(font).find(font.name, bold=bold, italic=italic)
        except FontNotFoundError as fault:
            near = f"Names like it: {', '.join(fault.near)}" if fault.near else self._fonts_of(font, script)
            raise _fault(
                font,
                f"no font “{font.name}” is in {FONTS_FOLDER}/, on this machine or among the bundled ones",
                f"{near}; or give the path of a font file",
            ) from fault
        except AmbiguousFontError as fault:
            places = ", ".join(f"{face.place} ({face.names.version or 'no version'})" for face in fault.faces)
            raise _fault(
                font,
                f"several different fonts are called “{font.name}”: {places}",
                "Write the path of the one you mean instead of its name",
            ) from fault
        return Place(found.path, found.index, found)

    def family(self, named: NamedFace, *, bold: bool = False, italic: bool = False) -> tuple[FontFile, ...]:
        """The face of that style in the family of a face, in the same file, in its folder or on its shelf."""
        path, index = named.place.path, named.place.index
        if names_of(path, index).italic == italic and bold and heaviest(path, index) >= _BOLD_FROM:
            place: Place | None = named.place  # a variable font brings its own bold
        else:
            place = self._companion(named.place, bold=bold, italic=italic)
        if place is None:
            return ()
        face = _face(named.font, place, named.script, bold=bold, italic=italic)
        return (replace(face, ratio=named.face.ratio),)

    def _companion(self, place: Place, *, bold: bool, italic: bool) -> Place | None:
        shelved = place.shelved
        if shelved is not None:
            library = next(one for one in self._libraries.values() if shelved in one.faces)
        else:
            library = FontLibrary([[place.path.parent]])
            shelved = next((one for one in library.faces if (one.path, one.index) == (place.path, place.index)), None)
        found = library.companion(shelved, bold=bold, italic=italic) if shelved is not None else None
        return Place(found.path, found.index, found) if found is not None else None

    def _fonts_of(self, font: OwnFont, script: Script | None) -> str:
        """The families here that a person could mean who wants a font of `script`."""
        if script is None:
            return "Nothing here has a name like it"
        faces = self._library(font).having(_SPECIMENS[script])
        families = tuple(dict.fromkeys(face.names.family for face in faces))
        more = f" and {len(families) - _MOST_NAMED} more" if len(families) > _MOST_NAMED else ""
        return f"{SCRIPT_NAMES[script]} fonts here: {', '.join(families[:_MOST_NAMED])}{more}"

    def _library(self, font: OwnFont) -> FontLibrary:
        workspace = font.settings_file.parent if font.settings_file is not None else None
        if workspace not in self._libraries:
            self._libraries[workspace] = fonts_at_hand(workspace)
        return self._libraries[workspace]


def _face(font: OwnFont, place: Place, script: Script, *, bold: bool, italic: bool) -> FontFile:
    path, index = place.path, place.index
    family = names_of(path, index).family
    refusal = rights_of(path, index).refusal
    if refusal:
        remedy = f"Ask its maker for a licence that allows it, or {_NO_OTHER}"
        raise SettingsError(f"{family} {refusal}", path=path, remedy=remedy)
    if not has_outlines(path, index):
        raise SettingsError(f"{family} has bitmaps and no outlines", path=path, remedy=_NO_OTHER.capitalize())
    axes = pinned_axes(path, index, bold=bold, italic=italic, size=BODY_SIZE)
    ratio = font.ratio
    if ratio is None:
        ratio = (measured_ratio(path, index, axes, script) if script != "han" else None) or 1.0
    return FontFile(family, path, bold, axes, ratio, index, italic)


def _index_in(font: OwnFont) -> int:
    """The number of the face that `font` means in its file."""
    path = font.path
    assert path is not None
    count = face_count(path)
    if font.index.isascii() and font.index.isdigit():
        number = int(font.index)
        names_of(path, number)  # or a fault that says how many there are
        return number
    families = [names_of(path, index) for index in range(count)]
    if font.index:
        named = [index for index, names in enumerate(families) if font.index in (*names.families, *names.full)]
        if len(named) == 1:
            return named[0]
    elif count == 1:
        return 0
    listed = ", ".join(
        f"{index} {names.full[0] if names.full else names.family}" for index, names in enumerate(families)
    )
    first = font.name.removesuffix(f"#{font.index}")
    problem = f"has no face “{font.index}”" if font.index else "holds several faces, and none is named"
    raise SettingsError(
        f"{problem}: it has {listed}", path=path, remedy=f"Name one in bulletin.toml after a #, such as “{first}#0”"
    )


def _check_specimen(font: OwnFont, face: FontFile, script: Script) -> None:
    lacking = [one for one in _SPECIMENS[script] if ord(one) not in face.characters]
    if lacking:
        raise _fault(
            font,
            f"{face.family} has no {SCRIPT_NAMES[script]} letters ({' '.join(lacking)} are not in it)",
            "Name a font of that script; one that shall only fill in stands in more = […]",
        )


def main_script(face: Place) -> Script:
    """The script a face is there for: Tibetan or Chinese when it has letters of it, else Latin."""
    has = characters_of(face.path, face.index)
    scripts: tuple[Script, ...] = ("tibetan", "han")
    return next((one for one in scripts if has.issuperset(map(ord, _SPECIMENS[one]))), "latin")


def _fault(font: OwnFont, problem: str, remedy: str) -> SettingsError:
    return SettingsError(problem, path=font.settings_file, line=font.line, remedy=remedy)

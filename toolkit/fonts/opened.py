"""Font files opened: how many faces they hold, and what each face says of itself."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import uharfbuzz as hb

from toolkit.errors import SettingsError

_REMEDY = "Name a .ttf, .otf, .ttc or .otc file under [fonts] in bulletin.toml"
_OUTLINES = frozenset(["glyf", "CFF ", "CFF2"])
_ITALIC_SLANT = -1.0  # degrees, ISO 14496-22 post.italicAngle: forward leaning is negative

_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"wOF2", "is a WOFF2 web font"),
    (b"wOFF", "is a WOFF web font"),
    (b"%!PS", "is a PostScript Type 1 font"),
    (b"\x80\x01", "is a PostScript Type 1 font"),
    (b"\x00\x00\x01\x00", "is an old Macintosh font suitcase"),
)
"""What is no OpenType file, by its first bytes."""


@functools.cache
def open_face(path: Path, index: int = 0) -> hb.Face:
    """Face number `index` of a font file.

    Raises `SettingsError` for what is no OpenType or TrueType font, or has no face of that number.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
        other = next((kind for magic, kind in _OTHER_KINDS if head.startswith(magic)), None)
        if other is not None:
            raise SettingsError(
                f"{other}, which no bulletin can be set in",
                path=path,
                remedy="Take its desktop version (.ttf or .otf) from whoever made it",
            )
        face = hb.Face(hb.Blob.from_file_path(str(path)), index)
        faces = face.count
    except (OSError, hb.HarfBuzzError) as fault:
        raise SettingsError("is not a font that can be read", path=path, remedy=_REMEDY) from fault
    if faces and not 0 <= index < faces:
        raise SettingsError(
            f"has {faces} faces, numbered from 0", path=path, remedy=f"Write a number below {faces} after the #"
        )
    if not face.glyph_count:
        raise SettingsError("holds no glyphs; it is not a font", path=path, remedy=_REMEDY)
    return face


def face_count(path: Path) -> int:
    """How many faces a file holds: 1, or more in a collection.  Raises `SettingsError` as `open_face`."""
    return max(1, int(open_face(path).count))


@dataclass(frozen=True)
class FaceNames:
    """What a face calls itself (OpenType `name` table), and how it stands in its family.

    `family` is the one of four styles at most that Word lists (name 1), in English where there is one; `families` are
    all family names, in all languages, of names 1, 16 and 21; `full` the names of this one face (4 and 6).  `weight`
    is 1 to 1000, 400 regular; `width` in per cent, 100 normal.
    """

    family: str
    families: tuple[str, ...]
    full: tuple[str, ...]
    style: str
    postscript: str
    version: str
    weight: float
    width: float
    italic: bool


@functools.cache
def names_of(path: Path, index: int = 0) -> FaceNames:
    """The names of a face.  Raises `SettingsError` as `open_face`."""
    face, name = open_face(path, index), hb.OTNameIdPredefined
    font = hb.Font(face)
    family = (face.get_name(name.FONT_FAMILY) or path.stem).strip()
    postscript = face.get_name(name.POSTSCRIPT_NAME) or ""
    slant = font.get_style_value(hb.StyleTag.SLANT_ANGLE)
    return FaceNames(
        family=family,
        families=_all_names(face, family, (name.FONT_FAMILY, name.TYPOGRAPHIC_FAMILY, name.WWS_FAMILY)),
        full=_all_names(face, postscript, (name.FULL_NAME, name.POSTSCRIPT_NAME)),
        style=face.get_name(name.TYPOGRAPHIC_SUBFAMILY) or face.get_name(name.FONT_SUBFAMILY) or "",
        postscript=postscript,
        version=(face.get_name(name.VERSION_STRING) or "").partition(";")[0].removeprefix("Version ").strip(),
        weight=font.get_style_value(hb.StyleTag.WEIGHT),
        width=font.get_style_value(hb.StyleTag.WIDTH),
        italic=font.get_style_value(hb.StyleTag.ITALIC) > 0 or slant <= _ITALIC_SLANT,
    )


def _all_names(face: hb.Face, first: str, wanted: tuple[hb.OTNameIdPredefined, ...]) -> tuple[str, ...]:
    found = [face.get_name(entry.name_id, entry.language) for entry in face.list_names() if entry.name_id in wanted]
    return tuple(dict.fromkeys(name.strip() for name in (first, *found) if name and name.strip()))


def has_outlines(path: Path, index: int = 0) -> bool:
    """Whether the glyphs are drawn by curves; fonts of bitmaps only (many emoji) are not."""
    return not _OUTLINES.isdisjoint(open_face(path, index).table_tags)


@functools.cache
def characters_of(path: Path, index: int = 0) -> frozenset[int]:
    """The code points a face has a glyph for."""
    return frozenset(open_face(path, index).unicodes)


def pinned_axes(path: Path, index: int = 0, *, bold: bool, italic: bool, size: float) -> tuple[tuple[str, float], ...]:
    """Where a variable face is held: weight 400 or 700, optical size at `size` pt, upright or slanted.

    As near as its axes reach; other axes stay at their defaults.  Empty for a static face.
    """
    wanted = {"wght": 700.0 if bold else 400.0, "opsz": size, "ital": float(italic), "slnt": -90.0 if italic else 0.0}
    face = open_face(path, index)
    if not face.has_var_data:
        return ()
    return tuple(
        (axis.tag, min(max(wanted[axis.tag], axis.min_value), axis.max_value))
        for axis in sorted(face.axis_infos, key=lambda axis: str(axis.tag))
        if axis.tag in wanted
    )


def heaviest(path: Path, index: int = 0) -> float:
    """The greatest weight a face can take: its own, or the end of its weight axis."""
    face = open_face(path, index)
    axes = face.axis_infos if face.has_var_data else ()
    return max((axis.max_value for axis in axes if axis.tag == "wght"), default=names_of(path, index).weight)

"""Which font file sets which script."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

import uharfbuzz as hb

from toolkit.errors import SettingsError
from toolkit.files import sha256
from toolkit.languages import is_han, is_tibetan

Script = Literal["han", "latin", "tibetan"]


@dataclass(frozen=True)
class FontFile:
    """One face: a file, the axes pinned in it, and what to call it.

    `ratio` is the size at which the face looks as large as Chinese text of the same nominal size
    (Noto Serif Tibetan about 1.1).  `family` is the name written into DOCX and PDF.
    """

    family: str
    path: Path
    bold: bool = False
    axes: tuple[tuple[str, float], ...] = ()
    ratio: float = 1.0

    @functools.cached_property
    def characters(self) -> frozenset[int]:
        """The code points the face has a glyph for."""
        return _characters(self.path)

    @functools.cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the file and the pinned axes: what a typeset page depends on."""
        return sha256(self.path.read_bytes() + repr((self.axes, self.ratio)).encode())

    @functools.cached_property
    def embedding_allowed(self) -> bool:
        """Whether the face may be embedded and subset (OS/2 fsType: not restricted, not no-subsetting)."""
        kind = _embedding_bits(self.path)
        return not kind & 0x0002 and not kind & 0x0100


@functools.cache
def _face(path: Path) -> hb.Face:
    try:
        face = hb.Face(hb.Blob.from_file_path(str(path)))
    except (OSError, hb.HarfBuzzError) as fault:
        raise SettingsError(
            "is not a font that can be read",
            path=path,
            remedy="Name a .ttf or .otf file under [fonts] in bulletin.toml",
        ) from fault
    if not face.glyph_count:
        raise SettingsError(
            "holds no glyphs; it is not a font",
            path=path,
            remedy="Name a .ttf or .otf file under [fonts] in bulletin.toml",
        )
    return face


@functools.cache
def _characters(path: Path) -> frozenset[int]:
    return frozenset(_face(path).unicodes)


def _embedding_bits(path: Path) -> int:
    table = _face(path).reference_table("OS/2").data
    return int.from_bytes(table[8:10], "big") if len(table) >= 10 else 0


@dataclass(frozen=True)
class FontSet:
    """The faces of a bulletin, by script.  The first face of a script that has a character sets it.

    A script without a bold face (Chinese here) is set in its regular one.
    """

    regular: dict[Script, tuple[FontFile, ...]]
    bold: dict[Script, tuple[FontFile, ...]]

    def faces(self, script: Script, *, bold: bool = False) -> tuple[FontFile, ...]:
        """The faces to try for a character of `script`, best first; other scripts' faces come last."""
        table = self.bold if bold else self.regular
        own = (table.get(script) or ()) + (self.regular[script] if bold else ())
        others = tuple(face for other, faces in self.regular.items() if other != script for face in faces)
        return own + others

    def face_for(self, character: str, script: Script, *, bold: bool = False) -> FontFile | None:
        """The face that sets `character` in a run of `script`, or None when no face has it."""
        code = ord(character)
        return next((face for face in self.faces(script, bold=bold) if code in face.characters), None)

    @property
    def fingerprint(self) -> str:
        """Hash over all faces, in order."""
        everything = [
            face.fingerprint for table in (self.regular, self.bold) for faces in table.values() for face in faces
        ]
        return sha256("".join(everything).encode())


def script_of(character: str) -> Script | None:
    """The script of `character`, or None for one that takes the script of its neighbours (space, digit, mark)."""
    if is_tibetan(character):
        return "tibetan"
    if is_han(character) or "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef":
        return "han"
    if character.isalpha():
        return "latin"
    return None


def family_name(path: Path) -> str:
    """The family a font file says it belongs to, or the file's own name."""
    return _face(path).get_name(hb.OTNameIdPredefined.FONT_FAMILY) or path.stem


def bundled_fonts() -> FontSet:
    """The fonts that come with the toolkit: Source Serif 4, Noto Serif SC, Noto Serif Tibetan."""
    import fontpkg_source_serif_4
    import pylopdf_fonts_zh_cn

    here = Path(str(files("toolkit.fonts") / "files"))
    latin_file = Path(fontpkg_source_serif_4.ROOT) / "files" / "SourceSerif4[opsz,wght].ttf"
    han_file = Path(str(pylopdf_fonts_zh_cn.__file__)).parent / "NotoSerifSC-Regular.otf"
    latin = FontFile("Source Serif 4", latin_file, axes=(("opsz", 10.0), ("wght", 400.0)))
    latin_bold = FontFile("Source Serif 4", latin_file, bold=True, axes=(("opsz", 10.0), ("wght", 650.0)))
    tibetan = FontFile("Noto Serif Tibetan", here / "NotoSerifTibetan-Regular.ttf", ratio=1.1)
    tibetan_bold = FontFile("Noto Serif Tibetan", here / "NotoSerifTibetan-Bold.ttf", bold=True, ratio=1.1)
    han = FontFile("Noto Serif SC", han_file)
    return FontSet(
        regular={"latin": (latin,), "han": (han,), "tibetan": (tibetan,)},
        bold={"latin": (latin_bold,), "tibetan": (tibetan_bold,)},
    )


def missing_characters(text: str, fonts: FontSet) -> Iterable[str]:
    """The characters of `text`, in order and once each, that no face has; controls and joiners aside."""
    seen = dict.fromkeys(text)
    for character in seen:
        if unicodedata.category(character) in ("Cc", "Cf"):
            continue
        if fonts.face_for(character, script_of(character) or "latin") is None:
            yield character

"""Which font file sets which script."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from toolkit.files import sha256
from toolkit.fonts.looks import Ink, measured_ink, measured_lift
from toolkit.fonts.opened import FaceNames, characters_of, names_of
from toolkit.fonts.rights import Rights, rights_of
from toolkit.fonts.script import SCRIPTS as SCRIPTS
from toolkit.fonts.script import Script as Script
from toolkit.fonts.script import script_of as script_of

BODY_SIZE = 10.0
"""In pt: the optical size at which variable fonts are drawn."""


@dataclass(frozen=True)
class FontFile:
    """One face: a file, its number in it (0 but in a collection), the axes pinned in it, and what to call it.

    `ratio` is the size at which the face looks as large as Chinese text of the same nominal size
    (Noto Serif Tibetan about 1.1).  `family` is the name written into DOCX and PDF.
    """

    family: str
    path: Path
    bold: bool = False
    axes: tuple[tuple[str, float], ...] = ()
    ratio: float = 1.0
    index: int = 0
    italic: bool = False

    @functools.cached_property
    def characters(self) -> frozenset[int]:
        """The code points the face has a glyph for."""
        return characters_of(self.path, self.index)

    @functools.cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the file and of what is taken of it: what a typeset page depends on."""
        taken = repr((self.axes, self.ratio)) + (f" {self.index}" if self.index else "")
        return sha256(self.path.read_bytes() + taken.encode())

    @property
    def names(self) -> FaceNames:
        """What the face calls itself."""
        return names_of(self.path, self.index)

    @property
    def style(self) -> str:
        """Regular, Bold, Italic or Bold Italic."""
        return " ".join(["Bold"] * self.bold + ["Italic"] * self.italic) or "Regular"

    @property
    def rights(self) -> Rights:
        """What its maker allows (OS/2 fsType)."""
        return rights_of(self.path, self.index)

    @property
    def may_embed(self) -> bool:
        """Whether the face may stand in a PDF."""
        return self.rights.may_embed

    @property
    def may_subset(self) -> bool:
        """Whether a document may hold only the glyphs it uses; else it holds the whole face."""
        return self.rights.may_subset

    @property
    def may_embed_editable(self) -> bool:
        """Whether the face may stand in a document that is edited (DOCX)."""
        return self.rights.may_embed_editable

    @property
    def embedding_allowed(self) -> bool:
        """Whether the face may be embedded and subset."""
        return self.may_embed and self.may_subset

    def ink(self, script: Script) -> Ink:
        """How far running text of `script` reaches over and under the baseline, in em; measured once."""
        return measured_ink(self.path, self.index, self.axes, script)

    def lift(self, script: Script) -> float:
        """How far text of `script` is to be raised beside other scripts, in em of its own size; measured once."""
        return measured_lift(self.path, self.index, self.axes, self.ratio, script)


@dataclass(frozen=True)
class FontSet:
    """The faces of a bulletin, by script.  The first face of a script that has a character sets it.

    A script without a bold face (Chinese here) is set in its regular one, one without italics in its upright ones;
    `italic` holds regular and bold italics.  `more` are those of the faces that a newsroom named to fill in for others.
    """

    regular: dict[Script, tuple[FontFile, ...]]
    bold: dict[Script, tuple[FontFile, ...]]
    italic: dict[Script, tuple[FontFile, ...]] = field(default_factory=dict)
    more: tuple[FontFile, ...] = ()

    def faces(self, script: Script, *, bold: bool = False, italic: bool = False) -> tuple[FontFile, ...]:
        """The faces to try for a character of `script`, best first; other scripts' faces come last."""
        found = self._orders.get((script, bold, italic))
        if found is None:
            slanted = tuple(face for face in self.italic.get(script, ()) if face.bold == bold) if italic else ()
            strong = self.bold.get(script, ()) if bold else ()
            others = tuple(face for other, faces in self.regular.items() if other != script for face in faces)
            found = self._orders[script, bold, italic] = slanted + strong + self.regular[script] + others
        return found

    @functools.cached_property
    def _orders(self) -> dict[tuple[Script, bool, bool], tuple[FontFile, ...]]:
        return {}

    def face_for(self, character: str, script: Script, *, bold: bool = False, italic: bool = False) -> FontFile | None:
        """The face that sets `character` in a run of `script`, or None when no face has it."""
        code = ord(character)
        for face in self.faces(script, bold=bold, italic=italic):
            if code in face.characters:
                return face
        return None

    @property
    def all_faces(self) -> tuple[FontFile, ...]:
        """Every face once: regular, bold, italic."""
        tables = (self.regular, self.bold, self.italic)
        return tuple(dict.fromkeys(face for table in tables for faces in table.values() for face in faces))

    @property
    def fingerprint(self) -> str:
        """Hash over all faces, in order."""
        tables = (self.regular, self.bold, self.italic)
        everything = [face.fingerprint for table in tables for faces in table.values() for face in faces]
        return sha256("".join(everything).encode())


def bundled_folders() -> tuple[Path, ...]:
    """Where the fonts that come with the toolkit are."""
    import fontpkg_source_serif_4
    import pylopdf_fonts_zh_cn

    latin = Path(fontpkg_source_serif_4.ROOT) / "files"
    han = Path(str(pylopdf_fonts_zh_cn.__file__)).parent
    return latin, han, Path(str(files("toolkit.fonts") / "files"))


def bundled_fonts() -> FontSet:
    """The fonts that come with the toolkit: Source Serif 4, Noto Serif SC, Noto Serif Tibetan."""
    latin, han, tibetan = bundled_folders()

    def serif(name: str, weight: float, *, bold: bool = False, italic: bool = False) -> FontFile:
        axes = (("opsz", BODY_SIZE), ("wght", weight))
        return FontFile("Source Serif 4", latin / name, bold=bold, axes=axes, italic=italic)

    upright, slanted = "SourceSerif4[opsz,wght].ttf", "SourceSerif4-Italic[opsz,wght].ttf"
    uchen = FontFile("Noto Serif Tibetan", tibetan / "NotoSerifTibetan-Regular.ttf", ratio=1.1)
    uchen_bold = FontFile("Noto Serif Tibetan", tibetan / "NotoSerifTibetan-Bold.ttf", bold=True, ratio=1.1)
    return FontSet(
        regular={
            "latin": (serif(upright, 400.0),),
            "han": (FontFile("Noto Serif SC", han / "NotoSerifSC-Regular.otf"),),
            "tibetan": (uchen,),
        },
        bold={"latin": (serif(upright, 650.0, bold=True),), "tibetan": (uchen_bold,)},
        italic={
            "latin": (serif(slanted, 400.0, italic=True), serif(slanted, 650.0, bold=True, italic=True)),
        },
    )


def missing_characters(text: str, fonts: FontSet) -> Iterable[str]:
    """The characters of `text`, in order and once each, that no face has; controls and joiners aside."""
    seen = dict.fromkeys(text)
    for character in seen:
        if unicodedata.category(character) in ("Cc", "Cf"):
            continue
        if fonts.face_for(character, script_of(character) or "latin") is None:
            yield character

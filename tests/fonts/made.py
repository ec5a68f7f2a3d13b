"""Fonts made on the spot out of the bundled ones, as a newsroom could have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from toolkit.fonts import FontSet, choose_fonts
from toolkit.fonts.catalog import bundled_folders
from toolkit.workspace import Workspace, read_settings

LATIN, HAN, TIBETAN = bundled_folders()
UCHEN = TIBETAN / "NotoSerifTibetan-Regular.ttf"
UCHEN_BOLD = TIBETAN / "NotoSerifTibetan-Bold.ttf"
_WINDOWS_ENGLISH, _WINDOWS_CHINESE = 0x409, 0x804


def changed(
    path: Path,
    family: str,
    style: str = "Regular",
    *,
    source: Path = UCHEN,
    weight: int = 400,
    rights: int = 0,
    version: str = "1.0",
    units_per_em: int | None = None,
    chinese_name: str = "",
) -> Path:
    """A copy of a bundled font under another name, with other rights, weight or size on its em."""
    font: Any = pytest.importorskip("fontTools.ttLib").TTFont(source)
    font["name"].names = []
    postscript = f"{family}-{style}".replace(" ", "")
    for number, text in ((1, family), (2, style), (4, f"{family} {style}"), (5, f"Version {version}"), (6, postscript)):
        font["name"].setName(text, number, 3, 1, _WINDOWS_ENGLISH)
    if chinese_name:
        font["name"].setName(chinese_name, 1, 3, 1, _WINDOWS_CHINESE)
    del font["STAT"]  # it would say 400 still
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsType = rights
    if units_per_em is not None:
        font["head"].unitsPerEm = units_per_em
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)
    return path


def collection(path: Path, *members: Path) -> Path:
    """A .ttc of several fonts."""
    library: Any = pytest.importorskip("fontTools.ttLib")
    together = library.ttCollection.TTCollection()
    together.fonts = [library.TTFont(member) for member in members]
    path.parent.mkdir(parents=True, exist_ok=True)
    together.save(path)
    return path


def without_table(path: Path, *tags: str, source: Path = UCHEN) -> Path:
    """A copy of a font that lacks some tables."""
    font: Any = pytest.importorskip("fontTools.ttLib").TTFont(source)
    for tag in tags:
        del font[tag]
    font.save(path)
    return path


def variable_cff2(path: Path, letters: str = "anxzvus") -> Path:
    """A variable font with CFF2 outlines: every letter a bar that grows wider with the weight, 500 units high."""
    builder: Any = pytest.importorskip("fontTools.fontBuilder").FontBuilder(1000, isTTF=False)
    strings: Any = pytest.importorskip("fontTools.misc.psCharStrings")
    names = [".notdef", *letters]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): letter for letter in letters})
    bar = [50, 0, "rmoveto", 100, 200, 1, "blend", "hlineto", 500, "vlineto", -100, -200, 1, "blend", "hlineto"]
    builder.setupHorizontalMetrics(dict.fromkeys(names, (400, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Bars", "styleName": "Regular", "psName": "Bars-Regular"})
    builder.setupOS2(usWeightClass=300)
    builder.setupPost()
    builder.setupFvar([("wght", 300, 300, 900, "Weight")], [])
    builder.setupCFF2({name: strings.T2CharString(program=bar) for name in names}, regions=[{"wght": (0, 1, 1)}])
    builder.save(path)
    return path


def fonts_of(workspace: Workspace, settings: str) -> FontSet:
    """The fonts that these lines under [fonts] choose."""
    workspace.settings_file.write_text(f"[fonts]\n{settings}\n", encoding="utf-8")
    return choose_fonts(read_settings(workspace).fonts)

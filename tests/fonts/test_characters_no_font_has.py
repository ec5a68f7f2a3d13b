"""A character that no font has is named, with a font that has it and the line that brings it onto the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fonts.made import UCHEN, changed, fonts_of
from toolkit.fonts import FontLibrary, bundled_fonts, fonts_having, unicode_name
from toolkit.quality import check_fonts
from toolkit.workspace import Workspace

PEACE_SIGN = "☮"
RARE = "\u0f48"  # a Tibetan place that Unicode left empty: no font has it


def dressed(path: Path, family: str, characters: str, *, rights: int = 0) -> Path:
    """A font of that family that has these characters too, whatever they look like."""
    font = pytest.importorskip("fontTools.ttLib").TTFont(changed(path, family, rights=rights))
    glyph = font.getBestCmap()[ord("ཀ")]
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format == 4:
            table.cmap |= {ord(character): glyph for character in characters if ord(character) < 0x10000}
    font.save(path)
    return path


def test_the_finding_names_character_font_and_line(installed: Path) -> None:
    dressed(installed / "signs.ttf", "Good Signs", PEACE_SIGN)
    (finding,) = check_fonts(f"会议{PEACE_SIGN}", bundled_fonts())
    assert finding.check == "missing-glyph"
    assert "U+262E PEACE SYMBOL" in finding.reason
    assert 'write more = ["Good Signs"] under [fonts] in bulletin.toml' in finding.reason


def test_the_line_it_tells_to_write_mends_it(installed: Path, workspace: Workspace) -> None:
    dressed(installed / "signs.ttf", "Good Signs", PEACE_SIGN)
    fonts = fonts_of(workspace, 'more = ["Good Signs"]')
    assert check_fonts(f"会议{PEACE_SIGN}བོད", fonts) == ()
    face = fonts.face_for(PEACE_SIGN, "latin")
    assert face is not None and face.family == "Good Signs"


def test_what_a_named_font_fills_in_for_the_newsrooms_own_is_no_finding(installed: Path, workspace: Workspace) -> None:
    changed(installed / "own.ttf", "Own")
    dressed(installed / "signs.ttf", "Good Signs", RARE)
    assert [one.check for one in check_fonts(RARE, fonts_of(workspace, 'tibetan = "Own"'))] == ["missing-glyph"]
    assert check_fonts(RARE, fonts_of(workspace, 'tibetan = "Own"\nmore = ["Good Signs"]')) == ()


def test_a_font_in_the_workspaces_own_folder_is_offered_too(workspace: Workspace) -> None:
    dressed(workspace.root / "fonts" / "signs.ttf", "Own Signs", PEACE_SIGN)
    (finding,) = check_fonts(PEACE_SIGN, bundled_fonts(), workspace.root)
    assert "Own Signs" in finding.reason


def test_where_no_font_here_has_it_the_finding_says_so() -> None:
    (finding,) = check_fonts(PEACE_SIGN, bundled_fonts())
    assert "No font on this machine has it either" in finding.reason
    assert "more =" not in finding.reason


def test_the_finding_stays_the_same_finding_whatever_is_installed(installed: Path) -> None:
    (before,) = check_fonts(PEACE_SIGN, bundled_fonts())
    dressed(installed / "signs.ttf", "Good Signs", PEACE_SIGN)
    (after,) = check_fonts(PEACE_SIGN, bundled_fonts())
    assert before.id == after.id
    assert before.reason != after.reason


def test_the_fewest_fonts_that_have_all_are_offered(installed: Path) -> None:
    dressed(installed / "a.ttf", "Few", "☮☯")
    dressed(installed / "b.ttf", "Many", "☮☯☰☱")
    found = fonts_having(("☮", "☯", "☰", "☲"), FontLibrary([[installed]]))
    assert [(face.names.family, has) for face, has in found.faces] == [("Many", ("☮", "☯", "☰"))]
    assert found.nowhere == ("☲",)


def test_a_font_that_may_not_be_embedded_is_not_offered(installed: Path) -> None:
    dressed(installed / "closed.ttf", "Closed", PEACE_SIGN, rights=0x0002)
    assert fonts_having((PEACE_SIGN,), FontLibrary([[installed]])).faces == ()


def test_private_use_means_another_thing_in_every_font(installed: Path) -> None:
    dressed(installed / "private.ttf", "Private", "\ue000")
    assert fonts_having(("\ue000",), FontLibrary([[installed]])).nowhere == ("\ue000",)
    assert unicode_name("\ue000") == "U+E000 private use"


def test_characters_that_the_house_has_ask_for_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.quality.font_checks.fonts_at_hand", lambda *_: pytest.fail("looked for fonts"))
    assert UCHEN.is_file()
    assert check_fonts("会议 meeting བོད", bundled_fonts()) == ()

"""What kinds of font files can set a bulletin, and what is said of those that cannot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from tests.fonts.made import HAN, LATIN, UCHEN, changed, collection, fonts_of, variable_cff2, without_table
from toolkit.cli.fonts_sample import specimen
from toolkit.errors import SettingsError
from toolkit.fonts import FontSet, bundled_fonts
from toolkit.fonts.opened import open_face, pinned_axes
from toolkit.pdf import typeset_pdf
from toolkit.workspace import Workspace, read_settings

VARIABLE = LATIN / "SourceSerif4[opsz,wght].ttf"


def text_of(fonts: FontSet) -> str:
    document = pypdfium2.PdfDocument(typeset_pdf(specimen(fonts), fonts))
    return "".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_variable_font_is_held_at_regular_and_bold_and_at_the_size_of_body_text(workspace: Workspace) -> None:
    fonts = fonts_of(workspace, f'latin = "{VARIABLE}"')
    assert dict(fonts.regular["latin"][0].axes) == {"opsz": 10.0, "wght": 400.0}
    assert dict(fonts.bold["latin"][0].axes) == {"opsz": 10.0, "wght": 700.0}
    assert [(face.bold, face.italic) for face in fonts.italic["latin"]] == [(False, True), (True, True)]
    assert all("Italic" in face.path.name for face in fonts.italic["latin"])


def test_an_axis_that_does_not_reach_so_far_is_held_at_its_end() -> None:
    axes = dict(pinned_axes(VARIABLE, bold=True, italic=False, size=200.0))
    assert axes["opsz"] == next(axis.max_value for axis in open_face(VARIABLE).axis_infos if axis.tag == "opsz")


def test_cff2_outlines_that_vary_set_a_page(workspace: Workspace, tmp_path: Path) -> None:
    fonts = fonts_of(workspace, f'latin = "{variable_cff2(tmp_path / "bars.otf")}"')
    assert [dict(face.axes)["wght"] for face in (fonts.regular["latin"][0], fonts.bold["latin"][0])] == [400.0, 700.0]
    assert "xan" in text_of(fonts)


def test_cff_outlines_in_a_collection_set_a_page(workspace: Workspace, tmp_path: Path) -> None:
    path = collection(tmp_path / "two.ttc", UCHEN, HAN / "NotoSansSC-Regular.otf")
    fonts = fonts_of(workspace, f'han = "{path}#1"')
    assert fonts.regular["han"][0].index == 1
    assert "会议讨论了教育" in text_of(fonts)


def test_faces_of_one_collection_are_told_apart(workspace: Workspace, tmp_path: Path) -> None:
    members = [changed(tmp_path / f"{one}.ttf", f"Own {one}", version=one) for one in "AB"]
    path = collection(tmp_path / "own.ttc", *members)
    by_number = fonts_of(workspace, f'tibetan = "{path}#1"')
    by_name = fonts_of(workspace, f'tibetan = "{path}#Own B"')
    first = fonts_of(workspace, f'tibetan = "{path}#0"')
    assert by_number.regular["tibetan"][0] == by_name.regular["tibetan"][0]
    assert by_number.regular["tibetan"][0].family == "Own B"
    assert first.fingerprint != by_number.fingerprint


def test_a_folder_may_have_the_sign_that_parts_file_and_face(workspace: Workspace) -> None:
    path = changed(workspace.root / "No#1" / "own.ttf", "Own")
    for asked in ("No#1/own.ttf", "No#1/own.ttf#0", "No#1/own.ttf#Own"):
        assert fonts_of(workspace, f'tibetan = "{asked}"').regular["tibetan"][0].path == path


@pytest.mark.parametrize(
    ("asked", "said"), [("", "none is named"), ("#7", "has 2 faces"), ("#Own C", "no face “Own C”")]
)
def test_a_collection_lists_its_faces_when_none_is_meant_clearly(
    asked: str, said: str, workspace: Workspace, tmp_path: Path
) -> None:
    path = collection(tmp_path / "own.ttc", *(changed(tmp_path / f"{one}.ttf", f"Own {one}") for one in "AB"))
    with pytest.raises(SettingsError, match=said) as caught:
        fonts_of(workspace, f'tibetan = "{path}{asked}"')
    assert asked == "#7" or "0 OwnA-Regular, 1 OwnB-Regular" in str(caught.value)


def web_font(tmp: Path) -> Path:
    path = tmp / "web.woff2"
    path.write_bytes(b"wOF2" + bytes(60))
    return path


def web_font_called_ttf(tmp: Path) -> Path:
    return web_font(tmp).rename(tmp / "web.ttf")


def type_1(tmp: Path) -> Path:
    path = tmp / "old.pfb"
    path.write_bytes(b"\x80\x01\x00\x10\x00\x00%!PS-AdobeFont-1.0")
    return path


def nothing(tmp: Path) -> Path:
    path = tmp / "empty.ttf"
    path.write_bytes(b"")
    return path


def cut_short(tmp: Path) -> Path:
    path = tmp / "short.ttf"
    path.write_bytes(UCHEN.read_bytes()[:300])
    return path


def bitmaps_only(tmp: Path) -> Path:
    return without_table(tmp / "bitmaps.ttf", "glyf", "loca")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (web_font, "WOFF2 web font"),
        (web_font_called_ttf, "WOFF2 web font"),
        (type_1, "PostScript Type 1"),
        (nothing, "not a font|holds no glyphs|can be read"),
        (cut_short, "not a font|holds no glyphs|can be read"),
        (bitmaps_only, "no outlines"),
    ],
)
def test_what_is_no_desktop_font_is_refused_with_what_it_is(
    make: Callable[[Path], Path], said: str, workspace: Workspace, tmp_path: Path
) -> None:
    path = make(tmp_path)
    with pytest.raises(SettingsError, match=said) as caught:
        fonts_of(workspace, f'tibetan = "{path}"')
    assert str(path) in str(caught.value)


def test_a_font_of_another_script_is_refused(workspace: Workspace) -> None:
    with pytest.raises(SettingsError, match="Source Serif 4 has no Tibetan letters") as caught:
        fonts_of(workspace, 'tibetan = "Source Serif 4"')
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('tibetan = "fonts/none.ttf"', "is not there"),
        ("tibetan = 12", "wrong type"),
        ('tibetan = "Noto Serif Tibetan"\ntibetan_ratio = 9', "out of range"),
        ("tibetan_bold_ratio = 1.2", "not named"),
        ('more = "DejaVu Sans"', "wrong type"),
        ("more = [3]", "list of fonts"),
        ('uchen = "x.ttf"', "does not know `fonts.uchen`"),
    ],
)
def test_settings_that_cannot_be_are_told_with_their_line(lines: str, said: str, workspace: Workspace) -> None:
    workspace.settings_file.write_text(f"[fonts]\n{lines}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=said) as caught:
        read_settings(workspace)
    assert caught.value.line == 1 + len(lines.splitlines())


def test_italics_are_there_for_latin_and_upright_faces_stand_in_elsewhere() -> None:
    fonts = bundled_fonts()
    assert [face.style for face in fonts.faces("latin", italic=True)[:2]] == ["Italic", "Regular"]
    assert [face.style for face in fonts.faces("latin", bold=True, italic=True)[:3]] == [
        "Bold Italic",
        "Bold",
        "Regular",
    ]
    assert fonts.faces("tibetan", italic=True) == fonts.faces("tibetan")

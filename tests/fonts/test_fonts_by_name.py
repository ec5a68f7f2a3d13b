"""[fonts] takes the name of a font, wherever on the machine it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.fonts.made import UCHEN, UCHEN_BOLD, changed, collection, fonts_of
from toolkit.errors import SettingsError
from toolkit.fonts.shelf import FOLDERS_VARIABLE, system_folders
from toolkit.workspace import Workspace


@pytest.mark.parametrize(
    "name", ["Qomolangma Uchen", "qomolangma-uchen", "QomolangmaUchen-Regular", "Qomolangma Uchen Regular", "珠穆朗玛"]
)
def test_a_font_is_found_by_family_full_or_postscript_name_in_any_language(
    name: str, installed: Path, workspace: Workspace
) -> None:
    path = changed(installed / "deep" / "down" / "qu.ttf", "Qomolangma Uchen", chinese_name="珠穆朗玛")
    face = fonts_of(workspace, f'tibetan = "{name}"').regular["tibetan"][0]
    assert (face.family, face.path) == ("Qomolangma Uchen", path)


def test_bundled_fonts_stay_behind_the_newsrooms_own(installed: Path, workspace: Workspace) -> None:
    changed(installed / "own.ttf", "Own")
    first, second = fonts_of(workspace, 'tibetan = "Own"').regular["tibetan"]
    assert (first.family, second.family) == ("Own", "Noto Serif Tibetan")


def test_the_bold_of_the_family_comes_along_at_the_same_size(installed: Path, workspace: Workspace) -> None:
    changed(installed / "regular.ttf", "Own")
    bold = changed(installed / "bold.ttf", "Own", "Bold", source=UCHEN_BOLD, weight=700)
    changed(installed / "other.ttf", "Other", "Bold", source=UCHEN_BOLD, weight=700)
    fonts = fonts_of(workspace, 'tibetan = "Own"\ntibetan_ratio = 1.21')
    assert [(face.path, face.bold, face.ratio) for face in fonts.bold["tibetan"]] == [(bold, True, 1.21)]


def test_a_family_without_a_bold_has_no_bold_of_another(installed: Path, workspace: Workspace) -> None:
    changed(installed / "regular.ttf", "Own")
    fonts = fonts_of(workspace, 'tibetan = "Own"')
    assert "tibetan" not in fonts.bold
    assert fonts.faces("tibetan", bold=True)[0].family == "Own"


def test_a_file_finds_its_bold_in_its_own_folder(workspace: Workspace) -> None:
    changed(workspace.root / "fonts" / "a.ttf", "Own")
    bold = changed(workspace.root / "fonts" / "b.ttf", "Own", "Bold", source=UCHEN_BOLD, weight=700)
    assert fonts_of(workspace, 'tibetan = "fonts/a.ttf"').bold["tibetan"][0].path == bold


def test_the_workspaces_fonts_folder_goes_before_the_machine(installed: Path, workspace: Workspace) -> None:
    changed(installed / "own.ttf", "Own", version="1.0")
    near = changed(workspace.root / "fonts" / "own.ttf", "Own", version="2.0")
    assert fonts_of(workspace, 'tibetan = "Own"').regular["tibetan"][0].path == near


def test_the_same_pages_come_of_a_font_wherever_it_is_found(installed: Path, workspace: Workspace) -> None:
    path = changed(installed / "own.ttf", "Own")
    by_name = fonts_of(workspace, 'tibetan = "Own"').fingerprint
    shutil.move(path, workspace.root / "moved.ttf")
    assert fonts_of(workspace, 'tibetan = "moved.ttf"').fingerprint == by_name


def test_two_different_fonts_of_one_name_are_listed_and_neither_is_taken(installed: Path, workspace: Workspace) -> None:
    paths = [changed(installed / f"{one}.ttf", "Own", version=f"{one}.5") for one in (1, 2)]
    with pytest.raises(SettingsError) as caught:
        fonts_of(workspace, '# mine\ntibetan = "Own"')
    assert caught.value.line == 3
    assert all(f"{path} ({number}.5)" in str(caught.value) for number, path in enumerate(paths, start=1))
    assert "Write the path of the one you mean" in caught.value.remedy


def test_two_copies_of_one_font_are_one_font(installed: Path, workspace: Workspace) -> None:
    path = changed(installed / "a.ttf", "Own")
    shutil.copy(path, installed / "b.ttf")
    assert fonts_of(workspace, 'tibetan = "Own"').regular["tibetan"][0].path == path


def test_a_link_that_leads_in_a_circle_does_no_harm(installed: Path, workspace: Workspace) -> None:
    changed(installed / "own.ttf", "Own")
    (installed / "again").symlink_to(installed)
    assert fonts_of(workspace, 'tibetan = "Own"').regular["tibetan"][0].family == "Own"


def test_a_mistyped_name_is_answered_with_names_like_it(installed: Path, workspace: Workspace) -> None:
    changed(installed / "own.ttf", "Jomolhari")
    with pytest.raises(SettingsError, match="Names like it: Jomolhari") as caught:
        fonts_of(workspace, 'tibetan = "Jomolhary"')
    assert (caught.value.path, caught.value.line) == (workspace.settings_file, 2)


def test_part_of_a_name_is_answered_with_the_families_that_have_it(installed: Path, workspace: Workspace) -> None:
    for one in ("SC", "TC"):
        changed(installed / f"{one}.ttf", f"Song {one}")
    with pytest.raises(SettingsError, match="Song SC, Song TC"):
        fonts_of(workspace, 'tibetan = "Song"')


def test_a_name_like_nothing_here_is_answered_with_the_fonts_of_that_script(workspace: Workspace) -> None:
    with pytest.raises(SettingsError, match="Tibetan fonts here: Noto Serif Tibetan"):
        fonts_of(workspace, 'tibetan = "珠穆朗玛"')


def test_broken_files_in_a_font_folder_do_not_hide_the_good_ones(installed: Path, workspace: Workspace) -> None:
    (installed / "a.ttf").write_bytes(b"nothing")
    (installed / "b.ttc").write_bytes(b"ttcf\0\1\0\0\xff\xff\xff\xff")
    changed(installed / "c.ttf", "Own")
    assert fonts_of(workspace, 'tibetan = "Own"').regular["tibetan"][0].family == "Own"


def test_a_name_finds_its_face_inside_a_collection(installed: Path, workspace: Workspace, tmp_path: Path) -> None:
    members = [changed(tmp_path / f"{one}.ttf", f"Own {one}", version=one) for one in "AB"]
    path = collection(installed / "own.ttc", *members)
    face = fonts_of(workspace, 'tibetan = "Own B"').regular["tibetan"][0]
    assert (face.path, face.index, face.family) == (path, 1, "Own B")


def test_of_light_regular_and_black_the_family_name_means_regular(installed: Path, workspace: Workspace) -> None:
    for style, weight in (("Black", 900), ("Light", 300), ("Regular", 400)):
        changed(installed / f"{style}.ttf", "Own", style, weight=weight)
    fonts = fonts_of(workspace, 'tibetan = "Own"')
    assert fonts.regular["tibetan"][0].path.name == "Regular.ttf"
    assert fonts.bold["tibetan"][0].path.name == "Black.ttf"


def test_the_full_name_of_one_face_means_that_face(installed: Path, workspace: Workspace) -> None:
    for style, weight in (("Light", 300), ("Regular", 400)):
        changed(installed / f"{style}.ttf", "Own", style, weight=weight)
    assert fonts_of(workspace, 'tibetan = "Own Light"').regular["tibetan"][0].path.name == "Light.ttf"


def test_fonts_that_only_fill_in_come_last_and_keep_their_order(installed: Path, workspace: Workspace) -> None:
    for one in "AB":
        changed(installed / f"{one}.ttf", f"Own {one}")
    fonts = fonts_of(workspace, 'more = ["Own B", "Own A"]')
    assert [face.family for face in fonts.regular["tibetan"]] == ["Noto Serif Tibetan", "Own B", "Own A"]
    assert [face.family for face in fonts.more] == ["Own B", "Own A"]


def test_every_system_has_its_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDERS_VARIABLE)
    for platform, part in (("linux", ".fonts"), ("darwin", "/System/Library/Fonts"), ("win32", "Fonts")):
        monkeypatch.setattr("sys.platform", platform)
        assert any(str(folder).endswith(part) for folder in system_folders())


def test_the_bundled_font_can_be_asked_for_by_its_name(workspace: Workspace) -> None:
    face = fonts_of(workspace, 'tibetan = "Noto Serif Tibetan"').regular["tibetan"][0]
    assert (face.path, face.ratio) == (UCHEN, 1.1)

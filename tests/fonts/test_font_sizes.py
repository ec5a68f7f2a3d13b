"""Fonts of one nominal size seldom look it: the ratio brings them to one, and the ink says how much room they need."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fonts.made import UCHEN, changed, fonts_of
from toolkit.fonts import bundled_fonts
from toolkit.fonts.looks import measured_ratio
from toolkit.workspace import Workspace


def test_what_is_measured_of_the_bundled_fonts_is_what_our_pages_are_drawn_with() -> None:
    fonts = bundled_fonts()
    for script, faces in fonts.regular.items():
        face = faces[0]
        assert measured_ratio(face.path, face.index, face.axes, script) == face.ratio


@pytest.mark.parametrize(("units", "ratio"), [(1000, 1.1), (1455, 1.6), (1250, 1.38), (900, 0.99)])
def test_a_font_with_smaller_letters_on_its_em_is_set_larger(
    units: int, ratio: float, workspace: Workspace, tmp_path: Path
) -> None:
    path = changed(tmp_path / "own.ttf", "Own", units_per_em=units)
    assert fonts_of(workspace, f'tibetan = "{path}"').regular["tibetan"][0].ratio == pytest.approx(ratio, abs=0.011)


def test_however_letters_sit_on_their_em_they_come_out_equally_high(workspace: Workspace, tmp_path: Path) -> None:
    heights = []
    for units in (900, 1000, 1455):
        path = changed(tmp_path / f"{units}.ttf", "Own", units_per_em=units)
        face = fonts_of(workspace, f'tibetan = "{path}"').regular["tibetan"][0]
        heights.append(face.ratio * face.ink("tibetan").height)
    assert max(heights) - min(heights) < 0.02


def test_letters_without_any_height_do_not_fill_the_page(workspace: Workspace, tmp_path: Path) -> None:
    path = changed(tmp_path / "own.ttf", "Own", units_per_em=16000)
    assert fonts_of(workspace, f'tibetan = "{path}"').regular["tibetan"][0].ratio == 2.0


def test_a_ratio_that_is_given_is_not_measured(workspace: Workspace) -> None:
    assert fonts_of(workspace, f'tibetan = "{UCHEN}"\ntibetan_ratio = 1').regular["tibetan"][0].ratio == 1.0


def test_a_ratio_alone_is_for_the_bundled_font_and_its_bold(workspace: Workspace) -> None:
    fonts = fonts_of(workspace, "tibetan_ratio = 1.25")
    assert [face.ratio for face in (*fonts.regular["tibetan"], *fonts.bold["tibetan"])] == [1.25, 1.25]
    assert fonts.regular["latin"] == bundled_fonts().regular["latin"]


def test_another_ratio_is_another_page(workspace: Workspace) -> None:
    assert fonts_of(workspace, "tibetan_ratio = 1.25").fingerprint != bundled_fonts().fingerprint


def test_chinese_keeps_its_own_size(workspace: Workspace) -> None:
    assert fonts_of(workspace, 'han = "Noto Sans SC"').regular["han"][0].ratio == 1.0


def test_stacks_need_twice_their_size_and_latin_a_quarter_more() -> None:
    fonts = bundled_fonts()
    assert fonts.regular["tibetan"][0].ink("tibetan").leading == 2.0
    assert 1.15 < fonts.regular["latin"][0].ink("latin").leading < 1.3
    assert fonts.regular["latin"][0].ink("tibetan").height == 0.0


def test_a_font_whose_letters_stand_high_is_lowered_beside_others(workspace: Workspace, tmp_path: Path) -> None:
    own = bundled_fonts().regular["tibetan"][0]
    assert own.lift("tibetan") == 0.0
    assert own.lift("latin") == 0.0
    assert fonts_of(workspace, "tibetan_ratio = 1.4").regular["tibetan"][0].lift("tibetan") < -0.1

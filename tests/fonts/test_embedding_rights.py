"""What a font's maker allows is kept to, and explained (OS/2 fsType)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fonts.made import changed, fonts_of, without_table
from toolkit.errors import SettingsError
from toolkit.fonts import Rights
from toolkit.fonts.rights import rights_of
from toolkit.workspace import Workspace


@pytest.mark.parametrize(
    ("bits", "pdf", "docx", "subset"),
    [
        (0x0000, True, True, True),
        (0x0002, False, False, True),  # restricted
        (0x0004, True, False, True),  # preview and print
        (0x0008, True, True, True),  # editable
        (0x0006, True, False, True),  # an old font that sets two bits: the more lenient one holds
        (0x000A, True, True, True),
        (0x0100, True, True, False),  # whole or not at all
        (0x0104, True, False, False),
        (0x0200, False, False, True),  # bitmaps only
    ],
)
def test_each_bit_means_what_the_standard_says(bits: int, pdf: bool, docx: bool, subset: bool) -> None:
    rights = Rights(bits)
    assert (rights.may_embed, rights.may_embed_editable, rights.may_subset) == (pdf, docx, subset)
    assert bool(rights.refusal) == (not pdf)


@pytest.mark.parametrize(("bits", "reason"), [(0x0002, "0x0002, restricted licence"), (0x0200, "only bitmaps")])
@pytest.mark.parametrize("key", ["tibetan", "tibetan_bold", "more"])
def test_a_font_that_may_not_be_embedded_is_refused_with_the_reason(
    key: str, bits: int, reason: str, workspace: Workspace, tmp_path: Path
) -> None:
    path = changed(tmp_path / "closed.ttf", "Closed", rights=bits)
    value = f'["{path}"]' if key == "more" else f'"{path}"'
    with pytest.raises(SettingsError, match=reason) as caught:
        fonts_of(workspace, f"{key} = {value}")
    assert caught.value.path == path
    assert "licence" in caught.value.remedy


def test_a_font_that_may_be_read_but_not_edited_says_so(workspace: Workspace, tmp_path: Path) -> None:
    path = changed(tmp_path / "print.ttf", "Print", rights=0x0004)
    face = fonts_of(workspace, f'tibetan = "{path}"').regular["tibetan"][0]
    assert face.may_embed and face.may_subset and not face.may_embed_editable
    assert face.rights.words == "embed in PDF only (preview and print)"


def test_a_font_that_may_not_be_cut_is_taken_and_says_so(workspace: Workspace, tmp_path: Path) -> None:
    path = changed(tmp_path / "whole.ttf", "Whole", rights=0x0100)
    face = fonts_of(workspace, f'tibetan = "{path}"').regular["tibetan"][0]
    assert face.may_embed and not face.may_subset and not face.embedding_allowed
    assert "no subsetting" in face.rights.words


def test_a_font_that_says_nothing_forbids_nothing(tmp_path: Path) -> None:
    assert rights_of(without_table(tmp_path / "silent.ttf", "OS/2")) == Rights(0)

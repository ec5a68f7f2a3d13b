"""bulletin fonts: list, find, sample."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from tests.cli.command import bulletin
from tests.conftest import write_report
from tests.fonts.made import changed
from toolkit.workspace import Workspace


def test_the_list_says_what_sets_which_script_and_what_the_licence_allows(workspace: Workspace) -> None:
    outcome = bulletin("-C", workspace.root, "fonts")
    assert outcome.code == 0, outcome.err
    assert "Noto Serif Tibetan Regular 2.103" in outcome.out
    assert "1.10 × the Chinese size" in outcome.out
    assert "embed in PDF and DOCX" in outcome.out
    assert outcome.out == bulletin("-C", workspace.root, "fonts", "list").out


def test_the_list_names_what_a_report_needs_and_no_font_has(workspace: Workspace) -> None:
    write_report(workspace, "peace", "和平☮会议\n\n会议开始。\n")
    outcome = bulletin("-C", workspace.root, "fonts", "list", "--json")
    assert outcome.code == outcome.data["exit_code"] == 1
    assert outcome.data["missing"] == [{"character": "☮", "name": "U+262E PEACE SYMBOL"}]
    assert {face["script"] for face in outcome.data["faces"]} == {"latin", "han", "tibetan"}
    assert "☮ U+262E PEACE SYMBOL" in bulletin("-C", workspace.root, "fonts").out


def test_a_report_that_cannot_be_read_does_not_hide_the_fonts(workspace: Workspace) -> None:
    (workspace.source / "lost").mkdir()
    outcome = bulletin("-C", workspace.root, "fonts")
    assert outcome.code == 0
    assert "passed over: " in outcome.err and "Noto Serif SC" in outcome.out


def test_fonts_are_found_by_code_point_and_by_text(installed: Path, workspace: Workspace) -> None:
    path = changed(installed / "own.ttf", "Own", rights=0x0002)
    by_code = bulletin("-C", workspace.root, "fonts", "find", "U+0F04 u+0f40")
    by_text = bulletin("-C", workspace.root, "fonts", "find", "༄ཀ")
    assert by_code.code == by_text.code == 0
    assert by_code.out == by_text.out
    assert f"{path}" in by_code.out and "may not be embedded" in by_code.out
    assert "Source Serif" not in by_code.out


def test_outside_a_workspace_the_machines_fonts_are_asked(tmp_path: Path) -> None:
    outcome = bulletin("-C", tmp_path, "fonts", "find", "国", "--json")
    assert outcome.code == 0
    assert {font["family"] for font in outcome.data["fonts"]} >= {"Noto Serif SC"}


def test_what_no_font_has_is_told_with_its_name(workspace: Workspace) -> None:
    outcome = bulletin("-C", workspace.root, "fonts", "find", "ཀ☮")
    assert outcome.code == 1
    assert "U+262E PEACE SYMBOL" in outcome.err
    assert "Noto Serif Tibetan has ཀ" in outcome.err


def test_nonsense_is_bad_usage(workspace: Workspace) -> None:
    for text in ("", "  ", "U+D800", "U+FFFFFF"):
        assert bulletin("-C", workspace.root, "fonts", "find", text).code == 2


def test_the_sample_is_one_page_with_each_script_and_the_same_bytes_again(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    assert bulletin("-C", workspace.root, "fonts", "sample", path).code == 0
    document = pypdfium2.PdfDocument(path)
    text = document[0].get_textpage().get_text_bounded()
    assert len(document) == 1
    assert all(part in text for part in ("国永", "xanes", "Noto Serif Tibetan 2.103, 1.10 ×"))
    assert "unchanged" in bulletin("-C", workspace.root, "fonts", "sample", path).out


def test_the_sample_replaces_no_file_unasked(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "mine.pdf"
    path.write_bytes(b"mine")
    refused = bulletin("-C", workspace.root, "fonts", "sample", path)
    assert refused.code == 5
    assert path.read_bytes() == b"mine"
    assert bulletin("-C", workspace.root, "fonts", "sample", path, "--force").code == 0
    assert path.read_bytes().startswith(b"%PDF")

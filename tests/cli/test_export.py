"""bulletin export: files for reviewers, and what a reviewer changed is never overwritten."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.command import bulletin
from toolkit.cli.exporting import EXPORTS_FILE, export
from toolkit.cli.main import cli
from toolkit.files import sha256
from toolkit.record import mark_accepted
from toolkit.review.from_sheet import read_sheet
from toolkit.review.from_tmx import read_tmx_edits
from toolkit.review.from_xliff import read_xliff_edits
from toolkit.workspace import Workspace

cli.add_command(export)


def run(workspace: Workspace, *arguments: str) -> tuple[int, list[str], str]:
    outcome = bulletin("-C", workspace.root, "export", "gannan-2023", *arguments)
    return outcome.code, outcome.out.split(), outcome.err


def test_a_review_sheet_goes_into_dist_and_says_what_to_do_next(gannan_workspace: Workspace) -> None:
    code, (name,), said = run(gannan_workspace)
    assert (code, name) == (0, "dist/gannan-2023/gannan-2023-review.xlsx")
    assert f"bulletin accept {name}" in said
    file = read_sheet(gannan_workspace.root / name)
    assert (file.report, file.troubles) == ("gannan-2023", ())
    assert any("warning" in str(cell.value) for cell in openpyxl.load_workbook(file.path)["Review"]["J"])
    assert (gannan_workspace.source / "gannan-2023" / "en.xlf").exists()


def test_xliff_is_a_file_for_each_language_and_tmx_one_for_both(gannan_workspace: Workspace) -> None:
    code, names, _ = run(gannan_workspace, "--as", "xliff")
    assert (code, [Path(name).name for name in names]) == (0, ["gannan-2023-en.xlf", "gannan-2023-bo.xlf"])
    files = [read_xliff_edits(gannan_workspace.root / name) for name in names]
    assert [file.report for file in files] == ["gannan-2023"] * 2
    code, (name,), _ = run(gannan_workspace, "--as", "tmx")
    assert {edit.language for edit in read_tmx_edits(gannan_workspace.root / name).edits} == {"en", "bo"}


def test_one_language_into_a_file_of_ones_own(gannan_workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "for-tashi.xlsx"
    outcome = bulletin("-C", gannan_workspace.root, "export", "gannan-2023", "-l", "bo", "-o", path, "--json")
    assert outcome.data == {"files": [str(path)], "written": [str(path)]}
    assert {edit.language for edit in read_sheet(path).edits} == {"bo"}


def test_two_files_do_not_go_into_one(gannan_workspace: Workspace, tmp_path: Path) -> None:
    code, names, said = run(gannan_workspace, "--as", "xliff", "-o", str(tmp_path / "x.xlf"))
    assert (code, names) == (2, [])
    assert "-l en or -l bo" in said


def test_exporting_again_writes_nothing_new(gannan_workspace: Workspace) -> None:
    run(gannan_workspace)
    outcome = bulletin("-C", gannan_workspace.root, "export", "gannan-2023", "--json")
    assert outcome.data["written"] == []


def edit_by_hand(path: Path) -> bytes:
    book = openpyxl.load_workbook(path)
    book["Review"]["C2"] = "A person's title"
    book.save(path)
    return path.read_bytes()


def test_a_sheet_that_a_person_edited_is_left_as_it_is_until_it_is_accepted(gannan_workspace: Workspace) -> None:
    _, (name,), _ = run(gannan_workspace)
    path = gannan_workspace.root / name
    edited = edit_by_hand(path)
    code, names, said = run(gannan_workspace)
    assert (code, names) == (5, [])
    assert "bulletin accept" in said
    assert path.read_bytes() == edited
    mark_accepted(path.parent, path.name, sha256(edited))
    assert run(gannan_workspace)[0] == 0
    assert path.read_bytes() != edited


def test_a_file_that_was_there_before_is_not_overwritten(gannan_workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "mine.tmx"
    path.write_text("mine", encoding="utf-8")
    code, _, said = run(gannan_workspace, "--as", "tmx", "-o", str(path))
    assert (code, path.read_text(encoding="utf-8")) == (5, "mine")
    assert "left as it is" in said


@pytest.mark.parametrize("kept", ["not json", "[]", '{"gannan-2023.tmx": 3}'])
def test_a_damaged_list_of_exports_never_lets_an_edit_be_overwritten(gannan_workspace: Workspace, kept: str) -> None:
    _, (name,), _ = run(gannan_workspace, "--as", "tmx")
    path = gannan_workspace.root / name
    path.write_text("edited", encoding="utf-8")
    (path.parent / EXPORTS_FILE).write_text(kept, encoding="utf-8")
    assert run(gannan_workspace, "--as", "tmx")[0] == 5
    assert path.read_text(encoding="utf-8") == "edited"


def test_a_report_that_is_not_there_is_an_error_without_a_traceback(workspace: Workspace) -> None:
    code, names, said = run(workspace)
    assert (code, names) == (2, [])
    assert said.startswith("error: ")

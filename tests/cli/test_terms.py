"""bulletin terms: looking up, checking, changing, exchanging."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.cli.command import Outcome, bulletin
from tests.conftest import ROOT
from toolkit.cli import cli
from toolkit.cli.terms import terms
from toolkit.glossary import Status, Term, read_glossary
from toolkit.glossary.exchange import Format
from toolkit.workspace import Workspace


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    """The group as a command of `bulletin`, where it is not one yet."""
    there = cli.commands.get("terms")
    cli.add_command(terms)
    yield
    if there is None:
        del cli.commands["terms"]


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """A workspace with our glossary."""
    for path in (ROOT / "glossaries").glob("*.csv"):
        shutil.copy(path, workspace.glossaries)
    return workspace


def run(desk: Workspace, *arguments: str | Path) -> Outcome:
    return bulletin("-C", desk.root, "terms", *arguments)


def term(desk: Workspace, zh: str) -> Term:
    (found,) = (one for one in read_glossary(desk.glossaries).terms if one.zh == zh)
    return found


def test_every_command_of_the_group_explains_itself_within_the_width_of_a_terminal() -> None:
    assert {"lint", "find", "show", "add", "set", "approve", "deprecate", "import", "export", "undo", "history"} <= set(
        terms.commands
    )
    for name, command in terms.commands.items():
        assert all(len(line) <= 100 for line in bulletin("terms", name, "--help").out.splitlines())
        assert all(one.help for one in command.params if isinstance(one, click.Option)), name


# Looking


def test_find_tells_the_term_and_where_it_was_found(desk: Workspace) -> None:
    outcome = run(desk, "find", "hezuo shi")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("合作市  Hezuo City  གཙོས་གྲོང་ཁྱེར  proposed")
    data = run(desk, "find", "Cooperation City", "--json").data["terms"]
    assert [(one["zh"], one["found_in"]) for one in data] == [("合作市", "en_forbidden")]


def test_find_of_nothing_says_so_on_standard_error(desk: Workspace) -> None:
    outcome = run(desk, "find", "zzzz")
    assert (outcome.code, outcome.out) == (0, "")
    assert "zzzz" in outcome.err


def test_show_tells_all_columns_and_the_place(desk: Workspace) -> None:
    outcome = run(desk, "show", "合作市")
    assert "Hezuo | Tsoe City" in outcome.out
    assert "places.csv:5" in outcome.out
    assert run(desk, "show", "合作市", "--json").data["bo"] == "གཙོས་གྲོང་ཁྱེར"


def test_an_unknown_term_is_told_with_what_is_near(desk: Workspace) -> None:
    outcome = run(desk, "show", "合作市委")
    assert outcome.code == 2
    assert "Near it: " in outcome.err and "合作市" in outcome.err


# Lint


def test_lint_of_our_glossary_passes_at_warning(desk: Workspace) -> None:
    outcome = run(desk, "lint", "--fail-on", "warning")
    assert outcome.code == 0
    assert outcome.out.startswith("0 errors, 0 warnings, ")
    assert "[source-none]" in run(desk, "lint", "--all").out


def test_lint_fails_on_an_error_and_names_place_column_and_rule(desk: Workspace) -> None:
    (desk.glossaries / "zzz.csv").write_bytes(b"zh,en\n\xe7\x94\x98\xe5\x8d\x97,Gannan\n")
    outcome = run(desk, "lint")
    assert outcome.code == 1
    assert "glossaries/zzz.csv:2: zh: " in outcome.out and "[duplicate-source]" in outcome.out
    assert run(desk, "lint", "--fail-on", "never").code == 0
    data = run(desk, "lint", desk.glossaries / "zzz.csv", "--json").data
    assert data["exit_code"] == 1
    assert {one["path"] for one in data["findings"]} == {"glossaries/zzz.csv"}


def test_lint_lists_its_rules(desk: Workspace) -> None:
    assert "malformed-tibetan" in run(desk, "lint", "--list").out
    assert "homoglyph" in {one["code"] for one in run(desk, "lint", "--list", "--json").data}


# Changing


def test_add_set_approve_deprecate_and_undo(desk: Workspace) -> None:
    before = {path.name: path.read_bytes() for path in desk.glossaries.glob("*.csv")}
    added = run(desk, "add", "镇江市", "--en", "Zhenjiang City", "--bo", "ཀྲེན་ཅང་གྲོང་ཁྱེར", "--domain", "place")
    assert (added.code, added.out) == (0, "added 镇江市 to places.csv, proposed\n")
    changed = run(desk, "set", "镇江市", "--en", "Xining", "--accept-en", "Zhenjiang City", "--forbid-en", "Sining")
    assert "镇江市 en: Zhenjiang City → Xining" in changed.out
    assert term(desk, "镇江市").allowed("en") == ("Xining", "Zhenjiang City")
    approved = run(desk, "approve", "镇江市", "合作市", "--by", "Tashi")
    assert approved.code == 0
    assert (term(desk, "合作市").status, term(desk, "合作市").by) == (Status.APPROVED, "Tashi")
    again = run(desk, "set", "合作市", "--bo", "གཙོས")
    assert "proposed again" in again.err
    assert run(desk, "deprecate", "镇江市", "--by", "Dolma").code == 0
    assert term(desk, "镇江市").status is Status.DEPRECATED
    log = run(desk, "history", "--json").data["changes"]
    assert [entry["action"] for entry in log] == ["add", "set", "approve", "set", "deprecate"]
    assert [entry["by"] for entry in log] == ["", "", "Tashi", "", "Dolma"]
    for _ in log:
        assert run(desk, "undo").code == 0
    assert run(desk, "undo").code == 2
    widened = {"places.csv"}  # it has the columns by and date now
    after = {path.name: path.read_bytes() for path in desk.glossaries.glob("*.csv")}
    assert {name for name, data in after.items() if data != before[name]} <= widened
    assert "镇江市" not in after["places.csv"].decode()
    assert term(desk, "合作市").status is Status.PROPOSED


def test_undo_of_one_change_by_its_number(desk: Workspace) -> None:
    run(desk, "set", "合作市", "--note", "one")
    run(desk, "set", "甘南", "--note", "two")
    outcome = run(desk, "undo", "1", "--by", "Tashi")
    assert "took back change 1 (set 合作市)" in outcome.out
    assert term(desk, "甘南").note == "two"
    assert run(desk, "undo", "1").code == 2
    assert run(desk, "undo", "9").code == 2
    assert "takes back 1" in run(desk, "history").out


def test_approving_is_refused_for_all_when_one_has_an_error_or_no_rendering(desk: Workspace) -> None:
    run(desk, "add", "测试地", "--en", "Test Place")
    missing = run(desk, "approve", "合作市", "测试地", "--by", "Tashi")
    assert missing.code == 2
    assert "has no bo" in missing.err
    run(desk, "set", "测试地", "--bo", "Test")
    wrong = run(desk, "approve", "合作市", "测试地", "--by", "Tashi")
    assert "wrong-script" in wrong.err
    assert "phrases.csv:" in wrong.err
    assert term(desk, "合作市").status is Status.PROPOSED


def test_approving_needs_a_name(desk: Workspace) -> None:
    assert run(desk, "approve", "合作市").code == 2
    assert run(desk, "approve", "合作市", "--by", " ").code == 2
    assert run(desk, "approve", "合作市", "--by", "Tashi").code == 0


def test_a_change_that_changes_nothing_says_so_and_leaves_no_trace(desk: Workspace) -> None:
    outcome = run(desk, "set", "合作市", "--en", "Hezuo City")
    assert "nothing was changed" in outcome.out
    assert run(desk, "history", "--json").data["changes"] == []


# Exchange


@pytest.mark.parametrize("kind", list(Format))
def test_what_is_exported_is_imported_as_the_same(kind: str, desk: Workspace, tmp_path: Path) -> None:
    path = tmp_path / {"tbx2": "x.tbx", "omegat": "x.utf8"}.get(kind, f"x.{kind}")
    language = ("-l", "bo") if kind == "omegat" else ()
    assert run(desk, "export", path, "--as", kind, *language).code == 0
    outcome = run(desk, "import", path, "--json")
    assert outcome.code == 0
    (file,) = outcome.data["files"]
    assert (file["added"], file["changed"], file["left_out"]) == ([], [], [])
    assert file["same"] == len(read_glossary(desk.glossaries).terms)


def test_a_workbook_edited_outside_comes_home(desk: Workspace, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "terms.xlsx"
    run(desk, "export", path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    header = {cell.value: number for number, cell in enumerate(sheet[1], 1)}
    line = next(row for row in range(2, sheet.max_row) if sheet.cell(row, 1).value == "合作市")
    sheet.cell(line, header["en"]).value = "Hezuo Municipality"
    free = next(row for row in range(2, sheet.max_row) if not sheet.cell(row, 1).value)
    for column, text in (("zh", "新地名"), ("en", "New Place"), ("bo", "ས་མིང་གསར་པ")):
        sheet.cell(free, header[column]).value = text
    book.save(path)
    shown = run(desk, "import", path, "--dry-run")
    assert "would be added 新地名" in shown.out and "Hezuo Municipality" in shown.out
    assert term(desk, "合作市").targets["en"] == "Hezuo City"
    assert run(desk, "import", path, "--update", "--by", "Tashi", "--into", "new.csv").code == 0
    assert term(desk, "合作市").targets["en"] == "Hezuo Municipality"
    assert term(desk, "新地名").place == "new.csv:2"
    assert run(desk, "history", "--json").data["changes"][-1]["by"] == "Tashi"


def test_an_import_against_an_approved_term_exits_with_1_and_leaves_it(desk: Workspace, tmp_path: Path) -> None:
    run(desk, "approve", "合作市", "--by", "Tashi")
    (tmp_path / "in.csv").write_text("zh,en\n合作市,Tsoe\n", encoding="utf-8")
    outcome = run(desk, "import", tmp_path / "in.csv", "--update")
    assert outcome.code == 1
    assert "is approved and stays" in outcome.out
    assert term(desk, "合作市").targets["en"] == "Hezuo City"


def test_a_dry_run_writes_nothing(desk: Workspace, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("zh,en\n新地名,New\n合作市,Tsoe\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in desk.glossaries.iterdir()}
    assert run(desk, "import", tmp_path / "in.csv", "--update", "--dry-run").code == 0
    assert {path.name: path.read_bytes() for path in desk.glossaries.iterdir()} == before


def test_an_edited_export_is_not_overwritten(desk: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    run(desk, "export", path)
    path.write_bytes(path.read_bytes() + b"edited")
    outcome = run(desk, "export", path)
    assert outcome.code == 5
    assert path.read_bytes().endswith(b"edited")
    assert run(desk, "export", path, "--overwrite").code == 0
    assert run(desk, "export", path).code == 0


def test_an_export_among_the_glossaries_would_be_read_as_one_and_is_refused(desk: Workspace) -> None:
    outcome = run(desk, "export", desk.glossaries / "all.csv")
    assert outcome.code == 2
    assert not (desk.glossaries / "all.csv").exists()


def test_an_omegat_export_asks_for_the_language(desk: Workspace, tmp_path: Path) -> None:
    outcome = run(desk, "export", tmp_path / "x.utf8")
    assert outcome.code == 2
    assert "-l en" in outcome.err


def test_a_hostile_file_is_an_error_with_exit_code_3_and_changes_nothing(desk: Workspace, tmp_path: Path) -> None:
    (tmp_path / "x.tbx").write_text(
        "<!DOCTYPE tbx [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>\n<tbx><p>&a;</p></tbx>", encoding="utf-8"
    )
    outcome = run(desk, "import", tmp_path / "x.tbx")
    assert outcome.code == 3
    assert "Traceback" not in outcome.err and "root:" not in outcome.err
    assert run(desk, "history", "--json").data["changes"] == []

"""bulletin add: a file from anywhere becomes a report of the workspace."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.report.word_files import p, style, word_file
from toolkit.cli.adding import add
from toolkit.errors import BulletinError, SettingsError, SourceError
from toolkit.report import Role, intake, read_report
from toolkit.report.intake import name_for, take_in
from toolkit.workspace import Workspace

TEXT = "甘南联席会议召开\n\n会议指出，要共同发展。\n\n第一节\n\n又一句话。\n"


def run(workspace: Workspace, *arguments: str | Path, answer: str = "") -> Result:
    return CliRunner().invoke(add, list(map(str, arguments)), input=answer, obj=workspace.root, standalone_mode=False)


@pytest.fixture
def word(tmp_path: Path) -> Path:
    body = p("甘南联席会议召开", style="T") + p("一、致辞", style="1") + p("会议指出，要“共同发展”。")
    return word_file(tmp_path / "8月8日 甘南 会议.docx", body, styles=style("T", "Title") + style("1", "heading 1"))


def test_a_word_file_is_copied_byte_for_byte_and_told_by_roles(workspace: Workspace, word: Path) -> None:
    result = run(workspace, word)
    folder = workspace.source / "8月8日-甘南-会议"
    assert (folder / "report.docx").read_bytes() == word.read_bytes()
    assert result.return_value == 0
    for line in (
        "made source/8月8日-甘南-会议/report.docx",
        "1 title, 1 heading, 1 paragraph; 3 segments",
        "bulletin build 8月8日-甘南-会议",
    ):
        assert line in result.stdout


def test_the_report_toml_it_writes_says_nothing_yet_and_all_its_lines_may_be_used(
    workspace: Workspace, word: Path
) -> None:
    taken = take_in(workspace, word, name="a")
    sidecar = workspace.source / "a" / "report.toml"
    assert tomllib.loads(sidecar.read_text(encoding="utf-8")) == {"roles": {}}
    used = "\n".join(
        line.removeprefix("# ")
        for line in sidecar.read_text(encoding="utf-8").splitlines()
        if line.startswith(("# event", "# title", "# heading", "[roles]"))
    )
    sidecar.write_text(used, encoding="utf-8")
    assert read_report(workspace.source / "a").blocks == taken.report.blocks


def test_data_for_machines_counts_the_blocks(workspace: Workspace, word: Path) -> None:
    result = run(workspace, word, "--name", "a", "--json")
    (answer,) = json.loads(result.stdout)["reports"]
    assert answer["blocks"] == {"title": 1, "heading": 1, "paragraph": 1}
    assert (answer["report"], answer["encoding"], answer["guessed"]) == ("a", "utf-8", 0)
    assert answer["files"] == ["source/a/report.docx", "source/a/report.toml"]


@pytest.mark.parametrize(("encoding", "asked"), [("gb18030", "GBK: “甘南联席会议召开"), ("utf-16", "UTF-16: “甘南")])
def test_a_person_is_asked_about_another_encoding_and_the_answer_is_kept(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, asked: str
) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes(TEXT.encode(encoding))
    monkeypatch.setattr("toolkit.cli.adding._is_terminal", lambda: True)
    result = run(workspace, file, answer="y\n")
    assert asked in result.stderr
    assert result.return_value == 0
    report = read_report(workspace.source / "old")
    assert report.title == "甘南联席会议召开"
    assert report.path.read_bytes() == TEXT.encode(encoding)


def test_who_says_no_gets_the_command_to_say_it_with_and_nothing_is_made(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    monkeypatch.setattr("toolkit.cli.adding._is_terminal", lambda: True)
    result = run(workspace, file, answer="n\n")
    assert result.return_value == 3
    assert "bulletin add old.txt --encoding gb18030" in result.stderr
    assert list(workspace.source.iterdir()) == []


def test_where_nobody_can_be_asked_the_encoding_must_be_named(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    assert run(workspace, file).return_value == 3
    assert run(workspace, file, "--encoding", "gbk").return_value == 0
    assert 'encoding = "gb18030"' in (workspace.source / "old" / "report.toml").read_text(encoding="utf-8")


def test_a_page_in_gbk_that_says_so_needs_no_encoding_and_one_that_does_not_does(
    workspace: Workspace, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(f"<meta charset=gbk><h1>{TEXT}</h1>".encode("gb18030"))
    assert take_in(workspace, page).encoding is None
    page.write_bytes(f"<h1>{TEXT}</h1>".encode("gb18030"))
    with pytest.raises(SourceError, match="--encoding gb18030"):
        take_in(workspace, page, name="b")
    assert take_in(workspace, page, name="c", encoding="gb18030").report.title.startswith("甘南")


def test_a_page_under_a_false_encoding_is_read_once_a_person_says_utf_8(workspace: Workspace, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<meta charset=gbk><h1>{TEXT}</h1>", encoding="utf-8")
    with pytest.raises(SourceError, match="reads as UTF-8"):
        take_in(workspace, page)
    assert take_in(workspace, page, encoding="utf-8").report.title.startswith("甘南")
    assert read_report(workspace.source / "page").title.startswith("甘南")


def test_of_two_who_ask_for_one_name_at_once_the_second_is_refused(
    workspace: Workspace, word: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other.txt").write_text(TEXT, encoding="utf-8")
    real = intake.read_blocks

    def slow(*arguments: Any, **more: Any) -> Any:
        monkeypatch.setattr(intake, "read_blocks", real)
        take_in(workspace, word, name="a")
        return real(*arguments, **more)

    monkeypatch.setattr(intake, "read_blocks", slow)
    with pytest.raises(SettingsError, match="is there already"):
        take_in(workspace, tmp_path / "other.txt", name="a")
    assert sorted(path.name for path in (workspace.source / "a").iterdir()) == ["report.docx", "report.toml"]


def test_a_name_that_is_taken_is_an_error_and_nothing_is_touched(workspace: Workspace, word: Path) -> None:
    taken = take_in(workspace, word, name="a")
    before = {path: path.read_bytes() for path in taken.files}
    with pytest.raises(SettingsError, match="is there already"):
        take_in(workspace, word, name="a")
    assert {path: path.read_bytes() for path in taken.files} == before


@pytest.mark.parametrize("name", ["../out", "a/b", ".hidden", "con:", " a", "x" * 300, "a\\b", "."])
def test_a_name_that_is_no_folder_is_refused(workspace: Workspace, word: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="cannot be the name"):
        take_in(workspace, word, name=name)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("甘青川滇藏 第八次（终稿）.docx", "甘青川滇藏-第八次-终稿"),
        ("My_Report v2.TXT", "my-report-v2"),
        ("..hidden.md", "hidden"),
        ("བོད་ཡིག.txt", "བོད-ཡིག"),
        ("长" * 100 + ".txt", "长" * 60),
    ],
)
def test_a_report_goes_by_its_file(file: str, name: str) -> None:
    assert name_for(Path(file)) == name


def test_a_file_whose_name_says_nothing_asks_for_one() -> None:
    with pytest.raises(SettingsError, match="--name NAME"):
        name_for(Path("！！！.txt"))


def test_one_bad_file_of_several_does_not_stop_the_others(workspace: Workspace, word: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(b"no")
    result = run(workspace, tmp_path / "bad.docx", word, tmp_path / "absent.txt")
    assert result.return_value == 3
    assert result.stderr.count("error:") == 2
    assert [folder.name for folder in workspace.source.iterdir()] == ["8月8日-甘南-会议"]


def test_a_file_that_cannot_be_read_leaves_no_folder(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"x")
    with pytest.raises(BulletinError, match=r"save it as Word file \(\.docx\)"):
        take_in(workspace, tmp_path / "a.doc")
    assert list(workspace.source.iterdir()) == []


def test_a_text_without_structure_says_that_roles_are_guessed(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text(TEXT, encoding="utf-8")
    result = run(workspace, tmp_path / "plain.txt")
    assert "Some roles are guessed: look at them in source/plain/report.toml" in result.stdout
    assert '# heading = ["第一节"]' in (workspace.source / "plain" / "report.toml").read_text(encoding="utf-8")
    assert read_report(workspace.source / "plain").blocks[2].role is Role.HEADING

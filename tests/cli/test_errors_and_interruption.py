"""Whatever goes wrong: a message that names the place and the way out, a documented code, never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.newsroom import ENGLISH, SCHOOL, install, write_school
from tests.cli.command import Outcome, bulletin
from tests.conftest import ROOT
from toolkit.workspace import Workspace

PROGRAM = (sys.executable, "-c", "from toolkit.cli import main; main()")
Case = Callable[[Workspace, Path], tuple[str | Path, ...]]


def wrong_command(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("biuld",)


def wrong_option(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("build", "--fast")


def wrong_engine(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("build", "--engine", "oracle")


def no_report_of_that_name(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("build", "nowhere")


def report_name_that_leads_outside(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("build", "../../etc")


def check_of_an_unknown_report(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("check", "nowhere")


def import_of_a_file_that_is_not_there(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("import", SCHOOL, tmp / "nothing.txt", "-l", "en")


def import_without_a_language(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("import", SCHOOL, tmp / "nothing.txt")


def import_of_a_word_document(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    path = tmp / "colleague.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", b"\x00\xff")
    return ("import", SCHOOL, path, "-l", "en")


def evaluation_of_files_that_do_not_match(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    (tmp / "zh.txt").write_text("一。\n二。\n", encoding="utf-8")
    (tmp / "en.txt").write_text("One.\n", encoding="utf-8")
    return ("evaluate", "-l", "en", "--source", tmp / "zh.txt", "--output", tmp / "en.txt")


def evaluation_of_nothing(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("evaluate", "-l", "en")


def evaluation_of_a_draft_that_is_not_there(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("evaluate", SCHOOL, "-l", "bo")


def model_that_is_not_there(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("models", "install", tmp / "nothing.argosmodel")


def model_in_three_languages(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("models", "install", "zh", "en", "bo")


def removal_of_what_is_not_installed(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("models", "remove", "zh", "bo")


def packing_of_a_folder_that_is_not_there(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("models", "pack", tmp / "nothing", "--from", "zh", "--to", "bo")


def start_in_a_file(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    (tmp / "file").write_text("", encoding="utf-8")
    return ("init", tmp / "file")


def settings_that_are_no_toml(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    workspace.settings_file.write_text("masthead = [\n", encoding="utf-8")
    return ("build",)


def settings_that_are_no_text(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    workspace.settings_file.write_bytes(b"\xff\xfe\x00")
    return ("build",)


def font_that_is_no_font(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    (workspace.root / "mine.ttf").write_bytes(b"not a font")
    workspace.settings_file.write_text('[fonts]\ntibetan = "mine.ttf"\n', encoding="utf-8")
    return ("build",)


def glossary_that_is_a_spreadsheet(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    (workspace.glossaries / "terms.csv").write_bytes(b"PK\x03\x04\x00\x00\xff")
    return ("build",)


BAD_USAGE: list[Case] = [
    wrong_command,
    wrong_option,
    wrong_engine,
    no_report_of_that_name,
    report_name_that_leads_outside,
    check_of_an_unknown_report,
    import_without_a_language,
    evaluation_of_nothing,
    evaluation_of_a_draft_that_is_not_there,
    model_that_is_not_there,
    model_in_three_languages,
    removal_of_what_is_not_installed,
    packing_of_a_folder_that_is_not_there,
    start_in_a_file,
    settings_that_are_no_toml,
    settings_that_are_no_text,
    font_that_is_no_font,
    glossary_that_is_a_spreadsheet,
]


def model_that_is_no_zip(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    (tmp / "broken.argosmodel").write_bytes(b"not a zip")
    return ("models", "install", tmp / "broken.argosmodel")


def server_that_is_not_configured(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("draft", "--engine", "llm")


def memory_that_is_no_xml(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    (workspace.glossaries / "memory.tmx").write_text("<tmx", encoding="utf-8")
    return ("build",)


def report_that_is_empty(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    (workspace.source / SCHOOL / "report.txt").write_text("\n\n", encoding="utf-8")
    return ("draft",)


def report_that_is_a_folder(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    (workspace.source / SCHOOL / "report.txt").unlink()
    (workspace.source / SCHOOL / "report.txt").mkdir()
    return ("build",)


def draft_for_another_language(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    assert bulletin("-C", workspace.root, "draft").code == 0
    folder = workspace.source / SCHOOL
    (folder / "en.xlf").write_bytes((folder / "bo.xlf").read_bytes())
    return ("build",)


def folder_where_a_draft_should_be(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    (workspace.source / SCHOOL / "en.xlf").mkdir()
    return ("draft",)


def sarif_where_a_folder_is(workspace: Workspace, tmp: Path) -> tuple[str | Path, ...]:
    return ("check", "--sarif", tmp)


OTHERS: dict[Case, int] = {
    model_that_is_no_zip: 4,
    server_that_is_not_configured: 4,
    memory_that_is_no_xml: 3,
    report_that_is_empty: 3,
    report_that_is_a_folder: 3,
    draft_for_another_language: 3,
    import_of_a_file_that_is_not_there: 3,
    import_of_a_word_document: 3,
    evaluation_of_files_that_do_not_match: 2,
    folder_where_a_draft_should_be: 3,
    sarif_where_a_folder_is: 5,
}


def run(case: Case, workspace: Workspace, tmp_path: Path) -> Outcome:
    write_school(workspace)
    arguments = case(workspace, tmp_path)
    return bulletin("-C", workspace.root, *arguments)


@pytest.mark.parametrize("case", BAD_USAGE, ids=lambda case: case.__name__)
def test_bad_usage_and_bad_settings_exit_with_2_and_say_what_to_do(
    case: Case, workspace: Workspace, tmp_path: Path
) -> None:
    outcome = run(case, workspace, tmp_path)
    assert outcome.code == 2, outcome
    assert outcome.out == ""
    assert len(outcome.err.split()) > 5
    assert not workspace.dist.exists()


@pytest.mark.parametrize("case", OTHERS, ids=lambda case: case.__name__)
def test_what_cannot_be_read_asked_or_written_exits_with_its_own_code(
    case: Case, workspace: Workspace, tmp_path: Path
) -> None:
    outcome = run(case, workspace, tmp_path)
    assert outcome.code == OTHERS[case], outcome
    assert "fault of the toolkit" not in outcome.out + outcome.err
    assert "error" in outcome.out + outcome.err


def test_outside_a_workspace_the_way_to_make_one_is_told(tmp_path: Path) -> None:
    outcome = bulletin("-C", tmp_path, "build")
    assert outcome.code == 2
    assert "is not inside a workspace" in outcome.err
    assert "bulletin init ." in outcome.err


def test_without_reports_the_way_to_add_one_is_told(workspace: Workspace) -> None:
    outcome = bulletin("-C", workspace.root, "build")
    assert outcome.code == 2
    assert "Take one in: bulletin add FILE" in outcome.err


def test_a_path_in_an_error_is_one_that_can_be_typed_in_the_workspace(workspace: Workspace) -> None:
    write_school(workspace)
    (workspace.source / SCHOOL / "report.txt").write_bytes(b"\xff\xfe")
    outcome = bulletin("-C", workspace.root, "build")
    assert f" source/{SCHOOL}/report.txt:1:" in outcome.out
    assert str(workspace.root) not in outcome.out


# In a process of its own


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_the_process_ends_with_the_code_and_one_line_on_standard_error(workspace: Workspace) -> None:
    command = [*PROGRAM, "-C", str(workspace.root), "build", "nowhere"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), timeout=60)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert len(done.stderr.splitlines()) == 1


def test_the_installed_command_is_the_one_tested_here() -> None:
    from importlib.metadata import entry_points

    (script,) = entry_points(group="console_scripts", name="bulletin")
    assert script.value == "toolkit.cli:main"


def test_ctrl_c_stops_with_130_and_whole_files_and_the_next_run_goes_on(workspace: Workspace) -> None:
    names = [f"report-{number:02}" for number in range(6)]
    for name in names:
        write_school(workspace, name)
    command = [*PROGRAM, "-C", str(workspace.root), "build", "--engine", "assemble"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"{names[0]}: built\n"
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        said, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped." in error
    assert "Traceback" not in said + error
    assert not list(workspace.root.rglob("*.part"))
    assert not (workspace.dist / names[-1]).exists()
    again = bulletin("-C", workspace.root, "build", "--engine", "assemble", names[0], names[-1])
    assert again.code == 0
    assert f"{names[0]}: up to date" in again.out
    assert f"{names[-1]}: built" in again.out


def test_ctrl_c_while_a_model_is_asked_keeps_what_stood_before(
    workspace: Workspace, packages_of_this_test: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toolkit.translation.argos import Argos

    install(packages_of_this_test, ENGLISH)
    folder = write_school(workspace)
    assert bulletin("-C", workspace.root, "build").code == 0
    before = (folder / "en.xlf").read_bytes()
    (folder / "report.txt").write_text((folder / "report.txt").read_text("utf-8") + "大家好。\n", encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Argos, "translate", interrupted)
    outcome = bulletin("-C", workspace.root, "build")
    assert outcome.code == 130
    assert "run the command again to go on" in outcome.err
    assert (folder / "en.xlf").read_bytes() == before

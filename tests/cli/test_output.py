"""Data on standard output, messages on standard error, and nothing of the one in the other."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.newsroom import ENGLISH, PUPILS, SCHOOL, SENTENCES, install, write_school
from tests.cli.command import bulletin
from tests.cli.test_help import LEAVES
from tests.conftest import ROOT
from toolkit.glossary import COLUMNS
from toolkit.memory import MemoryUnit, tmx_bytes
from toolkit.report import InlineText
from toolkit.workspace import Workspace

Arguments = tuple[str | Path, ...]
PROGRAM = (sys.executable, "-c", "from toolkit.cli import main; main()")


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def lines_file(path: Path, lines: tuple[str, ...]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


# What each command that reports says to a machine: how it is called, and the keys that scripts hold on to.


def for_build(school: Workspace, colleague: Path, tmp: Path) -> tuple[Arguments, set[str]]:
    return ("build",), {"exit_code", "reports"}


def for_draft(school: Workspace, colleague: Path, tmp: Path) -> tuple[Arguments, set[str]]:
    return ("draft",), {"reports"}


def for_check(school: Workspace, colleague: Path, tmp: Path) -> tuple[Arguments, set[str]]:
    return ("check",), {"exit_code", "reports"}


def for_import(school: Workspace, colleague: Path, tmp: Path) -> tuple[Arguments, set[str]]:
    return ("import", SCHOOL, colleague, "-l", "en"), {"language", "segments", "taken", "repairs", "notes", "written"}


def for_evaluate(school: Workspace, colleague: Path, tmp: Path) -> tuple[Arguments, set[str]]:
    source = lines_file(tmp / "zh.txt", SENTENCES)
    output = lines_file(tmp / "en.txt", tuple(ENGLISH.values()))
    return ("evaluate", "-l", "en", "--source", source, "--output", output, "--reference", output), set()


def for_doctor(school: Workspace, colleague: Path, tmp: Path) -> tuple[Arguments, set[str]]:
    return ("doctor",), {"diagnoses"}


def for_models_list(school: Workspace, colleague: Path, tmp: Path) -> tuple[Arguments, set[str]]:
    return ("models", "list"), {"packages", "problems"}


REPORTING: dict[str, Callable[[Workspace, Path, Path], tuple[Arguments, set[str]]]] = {
    "build": for_build,
    "draft": for_draft,
    "check": for_check,
    "import": for_import,
    "evaluate": for_evaluate,
    "doctor": for_doctor,
    "models list": for_models_list,
}


LOOPING: dict[str, Arguments] = {
    "add": ("add", "{colleague}", "--name", "second"),
    "align": ("align", SCHOOL, "{colleague}", "-l", "en"),
    "export": ("export", SCHOOL, "--as", "xlsx"),
    "accept": ("accept", "{school}/source/school/en.xlf", "--by", "Dolma"),
    "sign": ("sign", SCHOOL, "-l", "en", "--as", "reviewed", "--by", "Dolma"),
    "history": ("history", SCHOOL),
    "editions": ("editions",),
    "fonts list": ("fonts", "list"),
    "fonts find": ("fonts", "find", "U+0F04"),
    "volume": ("volume", SCHOOL),
    "fonts sample": ("fonts", "sample", "{school}/sample.pdf"),
    "release": ("release", "--status"),
    "memory stats": ("memory", "stats"),
    "memory find": ("memory", "find", PUPILS),
    "memory import": ("memory", "import", "{school}/old.tmx"),
    "memory export": ("memory", "export", "{school}/new.tmx"),
    "status": ("status",),
    "terms find": ("terms", "find", "caochang"),
    "terms history": ("terms", "history"),
    "terms impact": ("terms", "impact", "学生", "--en", "pupils"),
    "terms import": ("terms", "import", "{school}/more.csv"),
    "terms lint": ("terms", "lint"),
    "terms show": ("terms", "show", "学生"),
    "terms suggest": ("terms", "suggest", SCHOOL),
}
"""The same for the reviewers' commands; those that take something back need an act first and stand with their own."""
TAKING_BACK = {"undo", "memory undo"}


@pytest.fixture
def loop(drafted: Workspace) -> Workspace:
    """The small report with a glossary, a memory of others and terms of others."""
    row = {"zh": "学生", "en": "students", "bo": "སློབ་མ", "status": "proposed", "source": "none"}
    lines = [",".join(COLUMNS), ",".join(row.get(column, "") for column in COLUMNS)]
    (drafted.glossaries / "school.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (drafted.root / "more.csv").write_text("\n".join(lines).replace("学生", "老师") + "\n", "utf-8")
    unit = MemoryUnit(InlineText("你好。"), {"en": InlineText("Good day.")}, place="old.tmx:1")
    (drafted.root / "old.tmx").write_bytes(tmx_bytes((unit,)))
    return drafted


@pytest.mark.parametrize("name", LOOPING)
def test_the_reviewers_commands_too_put_data_and_nothing_else_on_standard_output(
    name: str, loop: Workspace, colleague: Path
) -> None:
    arguments = [str(one).format(school=loop.root, colleague=colleague) for one in LOOPING[name]]
    outcome = bulletin("-C", loop.root, *arguments, "--json")
    assert outcome.code in (0, 1), outcome.err
    assert isinstance(outcome.data, dict) and outcome.data


def test_no_command_that_reports_is_left_out_here() -> None:
    offering = {" ".join(path) for path, command in LEAVES if any("--json" in one.opts for one in command.params)}
    assert offering == {*REPORTING, *LOOPING, *TAKING_BACK}


@pytest.mark.parametrize("name", REPORTING)
def test_json_is_all_there_is_on_standard_output(
    name: str, drafted: Workspace, colleague: Path, tmp_path: Path
) -> None:
    arguments, keys = REPORTING[name](drafted, colleague, tmp_path)
    outcome = bulletin("-C", drafted.root, *arguments, "--json")
    assert isinstance(outcome.data, dict)
    assert outcome.data
    assert keys <= set(outcome.data)
    assert outcome.code in (0, 1)
    assert not outcome.err.lstrip().startswith("{")


@pytest.mark.parametrize("name", [name for name in REPORTING if name not in ("doctor", "models list")])
def test_json_says_of_an_error_what_a_person_is_told(
    name: str, drafted: Workspace, colleague: Path, tmp_path: Path
) -> None:
    arguments, _ = REPORTING[name](drafted, colleague, tmp_path)
    (drafted.glossaries / "terms.csv").write_text("zh,colour\n", encoding="utf-8")
    outcome = bulletin("-C", drafted.root, *arguments, "--json")
    assert outcome.code == outcome.data["exit_code"] == 2
    (error,) = outcome.data["errors"]
    assert "terms.csv:1:" in error["message"]
    assert error["message"] in outcome.err


@pytest.mark.parametrize("name", [name for name in REPORTING if name not in ("models list",)])
def test_a_command_says_the_same_to_a_person_in_words(
    name: str, drafted: Workspace, colleague: Path, tmp_path: Path
) -> None:
    arguments, _ = REPORTING[name](drafted, colleague, tmp_path)
    outcome = bulletin("-C", drafted.root, *arguments)
    assert outcome.code in (0, 1)
    assert outcome.out.strip()
    with pytest.raises(json.JSONDecodeError):
        json.loads(outcome.out)


def test_what_the_build_says_as_data_is_what_it_did(workspace: Workspace, packages_of_this_test: Path) -> None:
    install(packages_of_this_test, ENGLISH)
    write_school(workspace)
    bad = workspace.source / "zz-bad"
    bad.mkdir()
    outcome = bulletin("-C", workspace.root, "build", "--json")
    assert outcome.code == outcome.data["exit_code"] == 3
    good, failed = outcome.data["reports"]
    assert good["report"] == SCHOOL
    assert good["segments"]["en"] == {"engine": 4, "total": 4, "open": 4}
    assert good["segments"]["bo"] == {"gap": 4, "total": 4, "open": 4}
    assert set(good["pages"]) == {f"{SCHOOL}-publishing.pdf", f"{SCHOOL}-review.pdf"}
    assert all((workspace.root / path).is_file() for path in (*good["files"], *good["written"]))
    assert set(good["files"]) <= set(good["written"])
    assert good["errors"] == []
    assert failed["files"] == []
    (error,) = failed["errors"]
    assert error["exit_code"] == 3
    assert error["message"].startswith("source/zz-bad/report.txt: ")


@pytest.mark.parametrize("command", ["build", "draft", "check"])
def test_a_report_that_could_not_be_read_is_in_the_data_too(command: str, workspace: Workspace) -> None:
    (workspace.source / "lost").mkdir()
    outcome = bulletin("-C", workspace.root, command, "--json")
    assert outcome.code == 3
    assert "source/lost/report.txt" in json.dumps(outcome.data)


def test_messages_go_to_standard_error_and_the_summary_to_standard_output(workspace: Workspace) -> None:
    write_school(workspace)
    outcome = bulletin("-C", workspace.root, "build")
    assert "No model for Chinese" in outcome.err
    assert "No model for Chinese" not in outcome.out
    assert f"{SCHOOL}: built" in outcome.out
    assert f"{SCHOOL}: built" not in outcome.err


@pytest.mark.parametrize("arguments", [("build",), ("draft",), ("doctor",), ("models", "list")], ids=" ".join)
def test_nothing_moves_and_nothing_is_coloured_where_there_is_no_terminal(
    arguments: Arguments, drafted: Workspace
) -> None:
    outcome = bulletin("-C", drafted.root, *arguments)
    assert not re.search(r"[\x1b\r\x08]", outcome.out + outcome.err)


def test_a_reader_that_hangs_up_gets_no_traceback(drafted: Workspace) -> None:
    command = [*PROGRAM, "-C", str(drafted.root), "doctor"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(PYTHONUNBUFFERED="1")
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
        process.wait(timeout=60)
    assert "Traceback" not in said


def test_a_machine_that_knows_only_ascii_still_gets_chinese(workspace: Workspace) -> None:
    write_school(workspace)
    done = subprocess.run(
        [*PROGRAM, "-C", str(workspace.root), "check"],
        capture_output=True,
        env=environment(LC_ALL="C", LANG="C"),
        timeout=60,
    )
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr.decode("utf-8")
    assert PUPILS in done.stdout.decode("utf-8")

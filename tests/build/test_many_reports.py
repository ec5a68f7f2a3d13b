"""Many reports in one run: one that fails does not stop the others, and the exit code says the worst."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.newsroom import ENGLISH, SCHOOL, TITLE, install, lines_with, write_school
from tests.cli.command import Outcome, bulletin
from tests.conftest import write_report
from toolkit import build as build_module
from toolkit.errors import exit_code_of
from toolkit.workspace import Workspace

GLOSSARY = "zh,en,bo,domain,status,zh_accepted,en_accepted,bo_accepted,en_forbidden,bo_forbidden,note,source\n"


def build(workspace: Workspace, *arguments: str) -> Outcome:
    return bulletin("-C", workspace.root, "build", *arguments)


def is_built(workspace: Workspace, name: str) -> bool:
    return (workspace.dist / name / f"{name}-publishing.pdf").is_file()


# Each makes one report fail in one way; the number is its exit code.


def with_findings(workspace: Workspace) -> None:
    """1: a sentence that someone translated with Chinese left in it."""
    folder = write_school(workspace, "a-findings")
    assert bulletin("-C", workspace.root, "draft", "a-findings").code == 0
    draft = folder / "en.xlf"
    text = draft.read_text(encoding="utf-8")
    empty = '<target state="needs-translation"/>'
    assert empty in text
    draft.write_text(text.replace(empty, f'<target state="translated">{TITLE}</target>', 1), encoding="utf-8")


def with_bad_settings(workspace: Workspace) -> None:
    """2: a report.toml with a role that does not exist."""
    write_report(workspace, "b-settings", f"{TITLE}\n", f'[roles]\nslogan = ["{TITLE}"]\n')


def with_bad_source(workspace: Workspace) -> None:
    """3: a report in GBK."""
    folder = workspace.source / "c-source"
    folder.mkdir()
    (folder / "report.txt").write_bytes(f"第一行\n{TITLE}\n".encode("gbk"))


def with_bad_output(workspace: Workspace) -> None:
    """5: a file stands where the report's folder in dist should be."""
    write_school(workspace, "e-output")
    workspace.dist.mkdir(exist_ok=True)
    (workspace.dist / "e-output").write_text("in the way", encoding="utf-8")


FAULTS: dict[int, Callable[[Workspace], None]] = {
    1: with_findings,
    2: with_bad_settings,
    3: with_bad_source,
    5: with_bad_output,
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_report_that_fails_does_not_stop_the_others(code: int, workspace: Workspace) -> None:
    FAULTS[code](workspace)
    write_school(workspace, "the-next")
    outcome = build(workspace)
    assert outcome.code == code
    assert is_built(workspace, "the-next")
    assert f"2 reports: {2 if code == 1 else 1} built" in outcome.out


@pytest.mark.parametrize("codes", [(1, 2), (1, 2, 3), (2, 3, 5)])
def test_several_causes_exit_with_the_heaviest(codes: tuple[int, ...], workspace: Workspace) -> None:
    for code in codes:
        FAULTS[code](workspace)
    assert build(workspace).code == max(codes)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [([], 0), ([0, 0], 0), ([0, 1], 1), ([1, 2], 2), ([2, 3, 1], 3), ([3, 4, 2], 4), ([4, 5, 3, 1], 5)],
)
def test_the_order_of_causes_is_5_before_4_before_3_before_2_before_1(codes: list[int], expected: int) -> None:
    assert exit_code_of(codes) == expected


def test_an_engine_that_failed_weighs_more_than_a_report_that_could_not_be_read(
    workspace: Workspace, packages_of_this_test: Path
) -> None:
    install(packages_of_this_test, ENGLISH, positions=3)
    with_bad_source(workspace)
    write_school(workspace)
    assert build(workspace, "--engine", "argos").code == 4
    with_bad_output(workspace)
    assert build(workspace, "--engine", "argos").code == 5


def test_a_report_that_is_not_utf8_is_named_with_its_line_and_what_to_do(workspace: Workspace) -> None:
    with_bad_source(workspace)
    outcome = build(workspace)
    assert outcome.code == 3
    (line,) = lines_with(outcome.out, ["source/c-source/report.txt:1:"])
    assert "iconv -f GB18030 -t UTF-8 report.txt" in line
    assert "c-source: not built" in outcome.out


def test_a_broken_glossary_is_told_once_with_file_and_line_before_any_work(workspace: Workspace) -> None:
    write_school(workspace, "one")
    write_school(workspace, "two")
    rows = [
        "合作市,Hezuo City,གཙོས་གྲོང་ཁྱེར།,place,proposed,,,,,,,none",
        "海南州,Hainan Prefecture,,place,perhaps,,,,,,,none",
    ]
    (workspace.glossaries / "terms.csv").write_text(GLOSSARY + "\n".join(rows) + "\n", encoding="utf-8")
    outcome = build(workspace)
    assert outcome.code == 2
    assert len(lines_with(outcome.err, ["terms.csv:3:", "perhaps"])) == 1
    assert outcome.out == ""
    assert not workspace.dist.exists()
    assert not list(workspace.source.rglob("*.xlf"))


def test_a_broken_memory_is_told_with_file_and_line(workspace: Workspace) -> None:
    write_school(workspace)
    (workspace.glossaries / "memory.tmx").write_text('<tmx version="1.4">\n<body>\n<tu>\n</body>', encoding="utf-8")
    outcome = build(workspace)
    assert outcome.code == 3
    assert lines_with(outcome.err, ["memory.tmx:4:"])


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ("[masthead]\nen = 3\n", 2),
        ("[mastheda]\nen = 'x'\n", 1),
        ("[draft]\n\nfuzzy_threshold = 12\n", 3),
        ("[fonts]\ntibetan = 'no-such.ttf'\n", 2),
        ("[draft\n", 1),
    ],
)
def test_a_broken_setting_is_told_with_its_line(settings: str, line: int, workspace: Workspace) -> None:
    write_school(workspace)
    workspace.settings_file.write_text(settings, encoding="utf-8")
    outcome = build(workspace)
    assert outcome.code == 2
    assert re.search(rf"bulletin\.toml(:{line}:|: .*at line {line}\b)", outcome.err), outcome.err


def test_dist_that_is_a_file_is_an_output_that_cannot_be_written(workspace: Workspace) -> None:
    write_school(workspace)
    workspace.dist.write_text("in the way", encoding="utf-8")
    outcome = build(workspace)
    assert outcome.code == 5
    assert workspace.dist.read_text(encoding="utf-8") == "in the way"


def test_what_was_drafted_is_kept_when_dist_cannot_be_written(workspace: Workspace) -> None:
    with_bad_output(workspace)
    assert build(workspace).code == 5
    assert (workspace.source / "e-output" / "en.xlf").is_file()


def test_a_fault_of_our_own_costs_one_report_and_names_where_it_was(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_school(workspace, "one")
    write_school(workspace, "two")
    real = build_module.compose_editions

    def fails_for_one(report: object, *arguments: object) -> object:
        if getattr(report, "name", "") == "one":
            raise ZeroDivisionError("a mistake of ours")
        return real(report, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(build_module, "compose_editions", fails_for_one)
    outcome = build(workspace)
    assert outcome.code == 3
    assert is_built(workspace, "two")
    assert lines_with(outcome.out, ["source/one", "ZeroDivisionError: a mistake of ours", "test_many_reports.py:"])


def test_only_the_reports_that_are_named_are_built(workspace: Workspace) -> None:
    for name in ("one", "two", "three"):
        write_school(workspace, name)
    assert build(workspace, "two", f"{workspace.source}/three", "two").code == 0
    assert [is_built(workspace, name) for name in ("one", "two", "three")] == [False, True, True]


def test_an_unknown_report_is_bad_usage_and_the_known_ones_are_listed(workspace: Workspace) -> None:
    write_school(workspace)
    outcome = build(workspace, "shcool")
    assert outcome.code == 2
    assert "there is no report “shcool”" in outcome.err
    assert f"Known reports: {SCHOOL}" in outcome.err


@pytest.mark.parametrize(
    ("fail_on", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)], ids=lambda value: str(value)
)
def test_findings_fail_the_run_from_the_severity_that_was_asked_for(fail_on: str, code: int, gaps: Workspace) -> None:
    assert build(gaps, "--fail-on", fail_on).code == code  # gaps are warnings


def test_findings_fail_a_run_that_builds_and_one_that_finds_all_up_to_date(workspace: Workspace) -> None:
    write_school(workspace)
    assert [build(workspace, "--fail-on", "warning").code for _ in range(2)] == [1, 1]


def test_an_error_in_the_draft_fails_the_run_unless_never_was_asked_for(workspace: Workspace) -> None:
    with_findings(workspace)
    assert build(workspace).code == 1
    assert build(workspace, "--fail-on", "never").code == 0

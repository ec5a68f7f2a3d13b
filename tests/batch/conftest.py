"""A workspace with several small reports, and builds of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.build.newsroom import TEXT, write_school
from tests.cli.command import Outcome, bulletin
from toolkit.batch import Batch, ExecutorOptions, build_planned, make_executor, open_ledger, plan
from toolkit.build import ReportResult
from toolkit.desk import Desk
from toolkit.translation import argos
from toolkit.workspace import Workspace

HEADER = "zh,en,bo,domain,status,zh_accepted,en_accepted,bo_accepted,en_forbidden,bo_forbidden,note,source\n"


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(argos, "_THREADS", 1)
    yield


def write_reports(workspace: Workspace, count: int) -> list[str]:
    """`count` reports, each with a sentence of its own; their names."""
    names = [f"report-{number:02}" for number in range(count)]
    for number, name in enumerate(names):
        write_school(workspace, name, f"{TEXT}\n全校共有{300 + number}名学生。\n")
    return names


def build(workspace: Workspace, *arguments: str | Path) -> Outcome:
    return bulletin("-C", workspace.root, "build", "--engine", "assemble", *arguments)


def build_with(
    workspace: Workspace, options: ExecutorOptions, engine: str = "assemble"
) -> tuple[Batch, list[ReportResult]]:
    """A build without the command: what became of it, and of each report in the order they were done."""
    desk = Desk(workspace, engine)
    ledger = open_ledger(workspace)
    planned = list(plan(workspace.report_folders(), desk, ledger.rows()))
    results: list[ReportResult] = []
    with make_executor(options, desk, len(planned)) as executor:
        batch = build_planned(planned, desk, executor, ledger, tell=lambda result, _: results.append(result))
    ledger.close()
    return batch, results


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

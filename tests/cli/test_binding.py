"""bulletin volume: reports of a month, or those that are named, in one PDF and one DOCX."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.build.newsroom import TEXT
from tests.cli.command import bulletin
from tests.conftest import write_report
from toolkit import locks
from toolkit.locks import one_writer
from toolkit.workspace import Workspace


@pytest.fixture
def dated(workspace: Workspace) -> Workspace:
    """Two reports of August, one of which was published in September, one of July, and one without a date."""
    dates = {
        "later": "event_date = 2023-08-20\npublished_date = 2023-09-02\n",
        "early": "published_date = 2023-08-01\n",
        "july": "event_date = 2023-07-31\n",
        "undated": "",
    }
    for name, sidecar in dates.items():
        write_report(workspace, name, TEXT, sidecar)
    return workspace


def volume(workspace: Workspace, *arguments: str) -> tuple[int, dict[str, object], str]:
    outcome = bulletin("-C", workspace.root, "volume", *arguments, "--json")
    return outcome.code, json.loads(outcome.out), outcome.err


def test_a_month_is_bound_in_order_of_date_and_a_second_run_writes_nothing(dated: Workspace) -> None:
    code, data, said = volume(dated, "--month", "2023-08", "--fail-on", "never")
    folder = dated.dist / "volumes" / "2023-08"
    names = ["2023-08-publishing.pdf", "2023-08-publishing.docx"]
    assert code == data["exit_code"] == 0
    assert data["reports"] == ["early", "later"]
    assert data["stamped"] is True
    assert data["files"] == data["written"] == [f"dist/volumes/2023-08/{name}" for name in names]
    assert "undated" in said and "july" not in said
    before = [(folder / name).read_bytes() for name in names]
    code, data, _ = volume(dated, "--month", "2023-08", "--fail-on", "never")
    assert (code, data["written"]) == (0, [])
    assert [(folder / name).read_bytes() for name in names] == before


def test_named_reports_are_bound_under_a_name_in_an_edition(dated: Workspace) -> None:
    code, data, _ = volume(dated, "undated", "july", "-o", "summer", "--edition", "tibetan", "--fail-on", "never")
    assert (code, data["reports"]) == (0, ["july", "undated"])
    assert (dated.dist / "volumes" / "summer" / "summer-tibetan.pdf").is_file()


def test_findings_fail_a_volume_as_they_fail_a_build(dated: Workspace) -> None:
    assert volume(dated, "july", "--fail-on", "info")[0] == 1
    assert volume(dated, "july", "--fail-on", "never")[0] == 0


def test_a_report_that_cannot_be_read_leaves_the_volume_unbound(dated: Workspace) -> None:
    (dated.source / "early" / "report.txt").write_bytes(b"\xff\xfe\x00")
    code, data, said = volume(dated, "--month", "2023-08")
    assert code == data["exit_code"] == 3
    assert "source/early/report.txt" in said and "Nothing was bound" in said
    assert not (dated.dist / "volumes").exists()


def test_a_volume_that_another_command_writes_is_waited_for(dated: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, one_writer(dated, "volumes/v"):
        patch.setattr(locks, "PATIENCE", 0.1)
        outcome = bulletin("-C", dated.root, "volume", "july", "-o", "v", "--fail-on", "never")
    assert outcome.code == 5
    assert "is being written by process" in outcome.err
    assert not (dated.dist / "volumes").exists()
    assert volume(dated, "july", "-o", "v", "--fail-on", "never")[0] == 0


def test_a_volume_that_a_person_changed_is_left_alone(dated: Workspace) -> None:
    volume(dated, "july", "-o", "v", "--fail-on", "never")
    edited: Path = dated.dist / "volumes" / "v" / "v-publishing.docx"
    edited.write_bytes(b"mine")
    code, _, said = volume(dated, "july", "-o", "v", "--fail-on", "never")
    assert code == 5
    assert "changed by someone" in said
    assert edited.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--month 2023-08"),
        (("july", "--month", "2023-08"), "--month 2023-08"),
        (("--month", "2023-13"), "is no month"),
        (("--month", "2020-01"), "2023-07, 2023-08"),
        (("july", "-o", "../july"), "is no name for a volume"),
        (("nowhere",), "Known reports"),
    ],
)
def test_what_cannot_be_bound_is_bad_usage_and_says_what_can(
    dated: Workspace, arguments: tuple[str, ...], said: str
) -> None:
    outcome = bulletin("-C", dated.root, "volume", *arguments)
    assert outcome.code == 2
    assert said in outcome.err
    assert "Traceback" not in outcome.err
    assert not dated.dist.exists()

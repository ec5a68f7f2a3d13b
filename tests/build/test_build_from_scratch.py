"""What a build of the real report makes of nothing, and that it makes the same anywhere."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from tests.build.conftest import GANNAN, Built
from tests.build.newsroom import draft_of, files_of
from tests.conftest import ROOT
from toolkit.languages import TARGETS
from toolkit.translation import OriginKind

PRINTED = [f"{GANNAN}-{edition}.{suffix}" for edition in ("publishing", "review") for suffix in ("docx", "pdf")]


def test_the_real_report_is_built_and_nothing_stops_it(built: Built) -> None:
    assert built.outcome.code == 0
    assert f"{GANNAN}: built" in built.outcome.out


def test_both_editions_stand_in_dist_as_pdf_and_docx_with_the_findings(built: Built) -> None:
    files = files_of(built.workspace, GANNAN)
    assert sorted(files) == sorted([*PRINTED, "build.json", "findings.json"])
    assert all(data.startswith(b"%PDF-") for name, data in files.items() if name.endswith(".pdf"))
    for name in (name for name in files if name.endswith(".docx")):
        with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
            assert "word/document.xml" in archive.namelist()


def test_every_file_in_dist_is_named_at_the_end(built: Built) -> None:
    for name in (*PRINTED, "findings.json"):
        assert f"dist/{GANNAN}/{name}" in built.outcome.out


def test_the_findings_are_counted_as_they_are_listed(built: Built) -> None:
    data = json.loads((built.dist / "findings.json").read_text(encoding="utf-8"))
    listed = Counter(finding["severity"] for finding in data["findings"])
    assert listed["error"] == 0
    assert listed["warning"] > 0
    assert data["counts"] == {name: listed[name] for name in ("error", "warning", "info")}
    counted = f"{listed['error']} errors, {listed['warning']} warnings, {listed['info']} info"
    assert counted in built.outcome.out


def test_the_findings_come_heaviest_first_and_say_which_segment_they_are_about(built: Built) -> None:
    findings = json.loads((built.dist / "findings.json").read_text(encoding="utf-8"))["findings"]
    order = [("error", "warning", "info").index(finding["severity"]) for finding in findings]
    assert order == sorted(order)
    ids = {segment.id for segment in built.report.segments}
    assert {finding["segment"] for finding in findings if "segment" in finding} <= ids


@pytest.mark.parametrize("language", TARGETS)
def test_the_drafts_of_record_stand_beside_the_report_with_every_segment(built: Built, language: str) -> None:
    draft = draft_of(built.workspace, language, GANNAN)  # type: ignore[arg-type]
    assert [unit.segment_id for unit in draft.units] == [segment.id for segment in built.report.segments]
    assert {unit.origin.kind for unit in draft.units if unit.origin} == {OriginKind.MEMORY}
    assert not any(unit.is_gap for unit in draft.units)


def test_the_drafts_of_record_in_the_repository_are_what_a_build_makes(built: Built) -> None:
    for language in TARGETS:
        recorded = (ROOT / "source" / GANNAN / f"{language}.xlf").read_bytes()
        assert (built.workspace.source / GANNAN / f"{language}.xlf").read_bytes() == recorded


def test_nothing_is_written_among_the_sources_but_the_drafts(built: Built) -> None:
    folder = built.workspace.source / GANNAN
    assert sorted(path.name for path in folder.iterdir()) == ["bo.xlf", "en.xlf", "report.toml", "report.txt"]
    for name in ("report.txt", "report.toml"):
        assert (folder / name).read_bytes() == (ROOT / "source" / GANNAN / name).read_bytes()
    for path in filter(Path.is_file, (ROOT / "glossaries").iterdir()):  # the index of the memory is in a hidden folder
        assert (built.workspace.glossaries / path.name).read_bytes() == path.read_bytes()
    assert sorted(path.name for path in built.workspace.root.iterdir()) == [".bulletin", "dist", "glossaries", "source"]


def test_another_folder_another_clock_and_another_hash_seed_give_the_same_bytes(built: Built, tmp_path: Path) -> None:
    root = tmp_path / "elsewhere" / "with spaces 和汉字"
    shutil.copytree(built.workspace.glossaries, root / "glossaries")
    folder = root / "source" / GANNAN
    folder.mkdir(parents=True)
    for name in ("report.txt", "report.toml"):
        shutil.copy(built.workspace.source / GANNAN / name, folder / name)
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "4242",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "SOURCE_DATE_EPOCH": "1",
        "PYTHONPATH": str(ROOT),
    }
    program = "from toolkit.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "-C", str(root), "build"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    for name, data in files_of(built.workspace, GANNAN).items():
        assert (root / "dist" / GANNAN / name).read_bytes() == data, name

"""Bulletins of editions that are no longer made: a build names them, --prune deletes what nobody changed."""

from __future__ import annotations

import json

from tests.cli.command import bulletin
from tests.conftest import write_report
from toolkit.record import read_record
from toolkit.workspace import Workspace


def building(workspace: Workspace, *editions: str) -> None:
    names = ", ".join(f'"{one}"' for one in editions)
    workspace.settings_file.write_text(f"[editions]\nbuild = [{names}]\n", encoding="utf-8")


def files_in(workspace: Workspace) -> set[str]:
    return {path.name for path in (workspace.dist / "r").iterdir() if path.suffix in (".pdf", ".docx")}


def test_old_bulletins_are_named_and_deleted_on_request_and_a_persons_file_stays(workspace: Workspace) -> None:
    write_report(workspace, "r", "图书馆开放\n今天图书馆开放。\n")
    building(workspace, "english", "tibetan")
    assert "no longer made" not in bulletin("-C", workspace.root, "build").err
    building(workspace, "english")
    told = bulletin("-C", workspace.root, "build")
    assert told.code == 0 and "(2): dist/r/r-tibetan.docx, dist/r/r-tibetan.pdf" in told.err and "--prune" in told.err
    assert {"r-tibetan.docx", "r-tibetan.pdf"} <= files_in(workspace)
    edited = workspace.dist / "r" / "r-tibetan.docx"
    edited.write_bytes(edited.read_bytes() + b" ")
    (workspace.dist / "r" / "r-chinese.pdf").write_bytes(b"a person's own")
    pruned = bulletin("-C", workspace.root, "build", "--prune")
    assert pruned.code == 0, pruned.err
    assert "Deleted" in pruned.err and "Kept, because someone changed them (1): dist/r/r-tibetan.docx" in pruned.err
    assert files_in(workspace) == {"r-english.docx", "r-english.pdf", "r-tibetan.docx", "r-chinese.pdf"}
    assert not [name for name in read_record(workspace.dist / "r").outputs if "tibetan" in name]
    again = bulletin("-C", workspace.root, "build", "--prune")
    assert "up to date" in again.out and "no longer made" not in again.err and edited.exists()


def test_an_edition_that_is_asked_for_is_no_old_one_and_machines_are_told_too(workspace: Workspace) -> None:
    write_report(workspace, "r", "图书馆开放\n今天图书馆开放。\n")
    building(workspace, "english")
    bulletin("-C", workspace.root, "build")
    asked = bulletin("-C", workspace.root, "build", "--edition", "chinese", "--prune")
    assert "no longer made" not in asked.err
    assert {"r-chinese.pdf", "r-english.pdf"} <= files_in(workspace)
    assert bulletin("-C", workspace.root, "build", "--prune", "--dry-run").code == 0
    assert "r-chinese.pdf" in files_in(workspace)
    told = json.loads(bulletin("-C", workspace.root, "build", "--json").out)
    assert told["old"] == ["dist/r/r-chinese.docx", "dist/r/r-chinese.pdf"]
    told = json.loads(bulletin("-C", workspace.root, "build", "--json", "--prune").out)
    assert told["deleted"] == ["dist/r/r-chinese.docx", "dist/r/r-chinese.pdf"] and "old" not in told

"""The whole round: built, corrected in LibreOffice, accepted, built again."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.command import bulletin
from tests.conftest import ROOT
from tests.review.docx_edits import basic, libreoffice
from tests.review.docx_made import made_editions
from tests.review.test_docx_home_libreoffice import twelve
from toolkit.languages import TARGETS, Language
from toolkit.report import Report
from toolkit.review.from_docx import read_docx
from toolkit.translation import Draft, OriginKind, State
from toolkit.translation.xliff import read_xliff
from toolkit.workspace import Workspace

GANNAN = "gannan-2023"


def drafts_in(folder: Path) -> dict[Language, Draft]:
    return {language: read_xliff(folder / f"{language}.xlf", language) for language in TARGETS}


def test_twelve_corrections_made_in_libreoffice_stand_in_both_editions_as_reviewed_after_the_next_build(
    gannan_workspace: Workspace, gannan: Report, tmp_path: Path
) -> None:
    folder, dist = gannan_workspace.source / GANNAN, gannan_workspace.dist / GANNAN
    for language in TARGETS:
        shutil.copy(ROOT / "source" / GANNAN / f"{language}.xlf", folder)
    assert bulletin("-C", gannan_workspace.root, "build").code == 0
    before = drafts_in(folder)

    made, writer = made_editions(gannan), libreoffice(tmp_path)
    wanted, commands = twelve(made, "publishing")
    rows = made.rows_with("publishing", 2)
    gone, moved = rows[1], rows[3]
    above = made.row_before("publishing", moved)
    commands += [f"row {basic(made.mark('publishing', gone[0], 'en'))}", 'dispatch ".uno:DeleteRows"']
    commands += [f"row {basic(made.mark('publishing', moved[0], 'en'))}", 'dispatch ".uno:Cut"']
    commands += [f"cell {basic(made.mark('publishing', above[0], 'en'))}", 'dispatch ".uno:PasteRowsBefore"']
    printed = dist / f"{GANNAN}-publishing.docx"
    edited = writer.edit(printed, "edited", commands)
    shutil.copy(edited, printed)

    accepted = bulletin("-C", gannan_workspace.root, "accept", printed, "--by", "Zhuoma", "--json")
    assert accepted.code == 1, accepted.err  # the deleted row is reported
    kinds = {one["kind"] for one in accepted.data["reports"][0]["files"][0]["troubles"]}
    assert kinds == {"deleted", "moved"}
    rebuilt = bulletin("-C", gannan_workspace.root, "build")
    assert rebuilt.code == 0, rebuilt.err

    after = drafts_in(folder)
    changed = {
        (language, new.segment_id): new
        for language in TARGETS
        for old, new in zip(before[language].units, after[language].units, strict=True)
        if old.target != new.target or old.state != new.state
    }
    assert {key: unit.target.text for key, unit in changed.items()} == wanted
    for unit in changed.values():
        assert unit.state is State.REVIEWED and unit.origin is not None and unit.origin.kind is OriginKind.PERSON
        assert unit.review is not None and (unit.review.by, unit.review.via) == ("Zhuoma", printed.name)
    for edition in ("publishing", "review"):
        texts = {
            (edit.language, edit.segment_id): edit.text.text
            for edit in read_docx(dist / f"{GANNAN}-{edition}.docx").edits
        }
        assert {key: texts[key] for key in wanted} == wanted
        assert {(language, segment) for segment in gone for language in TARGETS} <= set(texts)  # deleted nowhere

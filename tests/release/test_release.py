"""A release: refused with the list, granted, made again from its pins, and never touched afterwards."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.build.pages import poppler
from tests.cli.command import Outcome, bulletin
from tests.release.conftest import GANNAN, change
from toolkit.files import sha256
from toolkit.workspace import Workspace


def release(workspace: Workspace, *arguments: str | Path) -> Outcome:
    return bulletin("-C", workspace.root, "release", GANNAN, *arguments)


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def released_files(workspace: Workspace, number: int = 1) -> dict[str, bytes]:
    return files_in(workspace.dist / GANNAN / "released" / str(number))


def test_a_report_that_nobody_reviewed_is_refused_and_every_open_segment_and_name_is_listed(
    unreviewed: Workspace,
) -> None:
    outcome = release(unreviewed, "--by", "Tester", "--json")
    assert outcome.code == 1
    (answer,) = outcome.data["reports"]
    kinds = {(one["kind"], one["language"]) for one in answer["obstacles"]}
    assert {("unreviewed", "en"), ("unreviewed", "bo"), ("name", "")} <= kinds
    assert sum(one["kind"] == "unreviewed" for one in answer["obstacles"]) == 100  # 50 segments, two languages
    assert any("杨武" in one["reason"] for one in answer["obstacles"])
    assert not (unreviewed.source / GANNAN / "releases").exists()
    assert not (unreviewed.dist / GANNAN / "released").exists()


def test_the_refusal_for_a_person_counts_and_says_how_to_see_the_rest(unreviewed: Workspace) -> None:
    out = release(unreviewed, "--by", "Tester").out
    assert "50 English segments unreviewed, 50 Tibetan segments unreviewed" in out
    assert "--all shows them" in out and out.count("\n") < 20


def test_one_gap_refuses_the_release(reviewed: Workspace) -> None:
    (reviewed.glossaries / "gannan-2023.tmx").unlink()  # or the gap would be filled again
    xliff = reviewed.source / GANNAN / "en.xlf"
    text = xliff.read_text("utf-8")
    start = text.index("<target", text.index("<trans-unit"))
    end = text.index("</target>", start)
    xliff.write_text(text[: text.index(">", start) + 1] + text[end:], "utf-8")
    (answer,) = release(reviewed, "--by", "Tester", "--json").data["reports"]
    assert [(one["kind"], one["language"]) for one in answer["obstacles"]] == [("gap", "en")]


def test_a_name_that_nobody_approved_refuses_the_release(reviewed: Workspace) -> None:
    change(
        reviewed.glossaries / "people.csv", "杨武,Yang Wu,དབྱང་ཝུའུ,person,approved", "杨武,Yang Wu,དབྱང་ཝུའུ,person,proposed"
    )
    (answer,) = release(reviewed, "--by", "Tester", "--json").data["reports"]
    assert [one["kind"] for one in answer["obstacles"]] == ["name"]
    assert "bulletin terms approve" in answer["obstacles"][0]["remedy"]


def test_a_release_needs_a_name(reviewed: Workspace) -> None:
    outcome = release(reviewed, "--by", "  ")
    assert outcome.code == 2 and "--by" in outcome.err


def test_a_granted_release_is_numbered_pinned_and_printed_without_the_stamp(released: Workspace) -> None:
    files = released_files(released)
    assert set(files) == {f"{GANNAN}-publishing-r1.pdf", f"{GANNAN}-publishing-r1.docx"}
    printed = poppler("pdftotext", released.dist / GANNAN / "released" / "1" / f"{GANNAN}-publishing-r1.pdf", "-")
    assert "NOT FOR PRINT" not in printed and "Unreviewed" not in printed
    assert "Revision 1, released on" in printed
    record = json.loads((released.source / GANNAN / "releases" / "1" / "release.json").read_text("utf-8"))
    assert record["by"] == "Tester" and record["outputs"] == {name: sha256(data) for name, data in files.items()}
    assert {"report.txt", "report.toml", "en.xlf", "bo.xlf", "glossary/terms.csv"} == set(record["pins"])


def test_a_release_is_made_again_from_its_pins_in_another_folder_byte_for_byte(
    released: Workspace, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(released.source / GANNAN / "releases", elsewhere / "source" / GANNAN / "releases")
    into = tmp_path / "again"
    outcome = bulletin("-C", elsewhere, "release", GANNAN, "--reproduce", "1", "--into", into)
    assert outcome.code == 0, outcome.err
    assert files_in(into) == released_files(released)


def test_a_pin_that_somebody_changed_is_named_and_nothing_is_made(released: Workspace, tmp_path: Path) -> None:
    change(released.source / GANNAN / "releases" / "1" / "en.xlf", "Gannan", "Kanlho")
    outcome = release(released, "--reproduce", "1", "--into", tmp_path / "again")
    assert outcome.code == 3 and "en.xlf" in outcome.err and "changed since revision 1" in outcome.err
    assert not (tmp_path / "again").exists()


def test_releasing_again_with_nothing_changed_gives_no_new_revision(released: Workspace) -> None:
    outcome = release(released, "--by", "Somebody Else")
    assert outcome.code == 0 and "revision 1, released by Tester, stands" in outcome.out
    assert not (released.source / GANNAN / "releases" / "2").exists()


def test_a_changed_term_leaves_the_released_files_alone_and_the_next_revision_says_what_differs(
    released: Workspace,
) -> None:
    before, pins = released_files(released), files_in(released.source / GANNAN / "releases")
    change(released.glossaries / "places.csv", "合作市,Hezuo City,", "合作市,Tsö City,")
    assert bulletin("-C", released.root, "build").code in (0, 1)
    assert released_files(released) == before
    status = release(released, "--status", "--json").data["reports"][0]
    assert {(one["kind"], one["what"]) for one in status["differences"]} == {("term", "合作市")}
    assert release(released, "--by", "Tester").code == 0
    assert released_files(released) == before
    assert {
        name: data for name, data in files_in(released.source / GANNAN / "releases").items() if name in pins
    } == pins
    second = released_files(released, 2)
    assert set(second) == {f"{GANNAN}-publishing-r2.pdf", f"{GANNAN}-publishing-r2.docx", "changes.txt"}
    assert "term: 合作市" in second["changes.txt"].decode()


def test_a_sentence_changed_later_is_listed_with_both_texts(released: Workspace) -> None:
    xliff = released.source / GANNAN / "en.xlf"
    change(xliff, "Governors and Mayors", "Mayors and Governors")
    assert bulletin("-C", released.root, "release", "--status").out.count("Mayors and Governors") == 1
    (one,) = release(released, "--by", "Tester", "--json").data["reports"][0]["differences"]
    assert one["kind"] == "text" and one["language"] == "en"
    assert one["before"].replace("Governors and Mayors", "Mayors and Governors", 1) == one["after"]


def test_released_files_that_were_lost_are_made_again_and_those_that_somebody_changed_are_left(
    released: Workspace,
) -> None:
    folder = released.dist / GANNAN / "released" / "1"
    before = files_in(folder)
    shutil.rmtree(folder)
    assert "missing" in release(released, "--status").out
    assert release(released, "--by", "Tester").code == 0
    assert files_in(folder) == before
    pdf = folder / f"{GANNAN}-publishing-r1.pdf"
    pdf.write_bytes(b"mine")
    assert "altered" in release(released, "--status").out
    outcome = release(released, "--by", "Tester")
    assert outcome.code == 5 and pdf.read_bytes() == b"mine"


def test_a_release_cut_off_before_it_was_recorded_is_no_release(
    reviewed: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toolkit.release import releasing

    with monkeypatch.context() as patch:
        patch.setattr(releasing, "typeset_pinned", lambda *_: 1 / 0)
        assert release(reviewed, "--by", "Tester").code == 3
    assert "never released" in release(reviewed, "--status").out
    assert release(reviewed, "--by", "Tester").code == 0
    assert sorted(path.name for path in (reviewed.source / GANNAN / "releases").iterdir()) == ["1"]


def test_a_release_in_another_font_is_refused_with_the_face_named(released: Workspace, tmp_path: Path) -> None:
    record = released.source / GANNAN / "releases" / "1" / "release.json"
    values = json.loads(record.read_text("utf-8"))
    values["fonts"] = {name: "0" * 64 if "Tibetan" in name else digest for name, digest in values["fonts"].items()}
    record.write_text(json.dumps(values), "utf-8")
    outcome = release(released, "--reproduce", "1", "--into", tmp_path / "again")
    assert outcome.code == 2 and "Noto Serif Tibetan" in outcome.err

"""What a person wrote stays: in dist, in the drafts, in the sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.build.conftest import GANNAN, Built
from tests.build.newsroom import (
    ENGLISH,
    LIBRARY,
    SCHOOL,
    TITLE,
    approve_all,
    draft_of,
    install,
    retarget,
    unit_of,
    write_school,
)
from tests.build.pages import poppler, squeezed, stamp
from tests.cli.command import bulletin
from toolkit.bulletin.words import STAMP
from toolkit.translation import OriginKind, State
from toolkit.workspace import Workspace

HERS = "The head of the school announced that it would add a library."
BY_HAND = b"what an editor made of it"


def page_text(workspace: Workspace, edition: str = "publishing") -> str:
    return squeezed(poppler("pdftotext", "-enc", "UTF-8", workspace.dist / SCHOOL / f"{SCHOOL}-{edition}.pdf", "-"))


# In dist


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_a_file_that_someone_changed_is_left_alone_and_the_build_says_so(school: Workspace, suffix: str) -> None:
    path = school.dist / SCHOOL / f"{SCHOOL}-publishing.{suffix}"
    path.write_bytes(BY_HAND)
    outcome = bulletin("-C", school.root, "build")
    assert outcome.code == 5
    assert path.read_bytes() == BY_HAND
    assert f"dist/{SCHOOL}/{path.name}" in outcome.out
    assert "was changed by someone" in outcome.out
    assert "Rename it to keep the changes, or delete it, then build again" in outcome.out


def test_the_other_files_are_built_beside_the_one_that_someone_changed(school: Workspace) -> None:
    path = school.dist / SCHOOL / f"{SCHOOL}-publishing.docx"
    path.write_bytes(BY_HAND)
    retarget(school.source / SCHOOL / "en.xlf", LIBRARY, HERS)
    assert bulletin("-C", school.root, "build").code == 5
    assert path.read_bytes() == BY_HAND
    assert squeezed(HERS) in page_text(school)


def test_it_is_refused_again_and_again_until_the_file_is_out_of_the_way(school: Workspace) -> None:
    path = school.dist / SCHOOL / f"{SCHOOL}-publishing.docx"
    ours = path.read_bytes()
    path.write_bytes(BY_HAND)
    assert [bulletin("-C", school.root, "build").code for _ in range(2)] == [5, 5]
    path.rename(path.with_name("mine.docx"))
    assert bulletin("-C", school.root, "build").code == 0
    assert path.read_bytes() == ours
    assert path.with_name("mine.docx").read_bytes() == BY_HAND


def test_a_file_of_a_persons_own_in_dist_is_no_business_of_ours(school: Workspace) -> None:
    note = school.dist / SCHOOL / "note.txt"
    note.write_bytes(BY_HAND)
    outcome = bulletin("-C", school.root, "build")
    assert "nothing written" in outcome.out
    assert note.read_bytes() == BY_HAND


def test_a_persons_file_under_a_name_we_would_use_is_not_ours_to_replace(workspace: Workspace) -> None:
    write_school(workspace)
    path = workspace.dist / SCHOOL / f"{SCHOOL}-review.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(BY_HAND)
    assert bulletin("-C", workspace.root, "build").code == 5
    assert path.read_bytes() == BY_HAND


def test_changed_back_to_what_we_built_it_is_ours_again(school: Workspace) -> None:
    path = school.dist / SCHOOL / f"{SCHOOL}-review.docx"
    ours = path.read_bytes()
    path.write_bytes(BY_HAND)
    assert bulletin("-C", school.root, "build").code == 5
    path.write_bytes(ours)
    assert bulletin("-C", school.root, "build").code == 0


# In the drafts


@pytest.mark.parametrize("state", ["needs-review-translation", "translated", "signed-off"])
def test_what_a_person_typed_into_a_draft_is_printed_and_kept_in_whatever_state(school: Workspace, state: str) -> None:
    retarget(school.source / SCHOOL / "en.xlf", LIBRARY, HERS, state)
    assert bulletin("-C", school.root, "build").code == 0
    unit = unit_of(draft_of(school, "en"), LIBRARY)
    assert unit.target.text == HERS
    assert unit.origin is not None
    assert unit.origin.kind is OriginKind.PERSON
    assert squeezed(HERS) in page_text(school)
    assert squeezed(ENGLISH[LIBRARY]) not in page_text(school)


def test_the_summary_counts_what_came_from_a_person(school: Workspace) -> None:
    retarget(school.source / SCHOOL / "en.xlf", LIBRARY, HERS)
    assert "4 segments: 1 from a person, 3 engine; 3 unreviewed" in bulletin("-C", school.root, "build").out


def test_another_model_does_not_speak_over_a_person(school: Workspace, packages_of_this_test: Path) -> None:
    retarget(school.source / SCHOOL / "en.xlf", LIBRARY, HERS)
    install(packages_of_this_test, {**ENGLISH, TITLE: "A New Building for Grassland School"}, version="2.0")
    assert bulletin("-C", school.root, "build", "--engine", "argos").code == 0
    draft = draft_of(school, "en")
    assert unit_of(draft, LIBRARY).target.text == HERS
    assert unit_of(draft, TITLE).target.text == "A New Building for Grassland School"


def test_a_persons_words_for_a_sentence_that_left_the_report_are_kept_and_come_back_with_it(school: Workspace) -> None:
    retarget(school.source / SCHOOL / "en.xlf", LIBRARY, HERS)
    report = school.source / SCHOOL / "report.txt"
    before = report.read_text(encoding="utf-8")
    report.write_text(before.replace(LIBRARY, ""), encoding="utf-8")
    assert bulletin("-C", school.root, "build").code == 0
    assert squeezed(HERS) not in page_text(school)
    findings = json.loads((school.dist / SCHOOL / "findings.json").read_text(encoding="utf-8"))["findings"]
    assert any(LIBRARY in finding["reason"] for finding in findings)
    report.write_text(before, encoding="utf-8")
    assert bulletin("-C", school.root, "build").code == 0
    assert unit_of(draft_of(school, "en"), LIBRARY).target.text == HERS


def test_every_page_is_stamped_until_a_person_has_reviewed_every_segment(school: Workspace) -> None:
    assert stamp("en") in page_text(school)
    folder = school.source / SCHOOL
    approve_all(folder / "en.xlf")
    bulletin("-C", school.root, "build")
    assert stamp("en") in page_text(school)  # the Tibetan is still open
    approve_all(folder / "bo.xlf")
    outcome = bulletin("-C", school.root, "build")
    assert {unit.state for unit in draft_of(school, "bo").units} == {State.REVIEWED}
    assert "unreviewed" not in outcome.out
    assert [words for words in STAMP.values() if squeezed(words) in page_text(school)] == []
    assert stamp("zh") not in page_text(school, "review")


def test_a_draft_that_cannot_be_read_is_named_and_left_as_it_is(school: Workspace) -> None:
    path = school.source / SCHOOL / "en.xlf"
    broken = path.read_bytes()[:-40]
    path.write_bytes(broken)
    outcome = bulletin("-C", school.root, "build")
    assert outcome.code == 3
    assert f"source/{SCHOOL}/en.xlf:" in outcome.out
    assert path.read_bytes() == broken


# In the sources


def test_report_txt_is_never_written_not_even_to_mend_it(built_copy: Built) -> None:
    path = built_copy.workspace.source / GANNAN / "report.txt"
    path.chmod(0o444)
    before = path.stat()
    data = path.read_bytes()
    (path.parent / "en.xlf").unlink()
    bulletin("-C", built_copy.workspace.root, "build")
    assert (path.parent / "en.xlf").is_file()
    after = path.stat()
    assert path.read_bytes() == data
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert "州长主持会议杨武" in data.decode()  # the source's own error, mended only in what is printed

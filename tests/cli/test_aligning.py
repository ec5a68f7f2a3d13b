"""bulletin align: a person's own translation becomes draft and memory, and nothing of it is lost."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.cli.command import bulletin
from tests.conftest import write_report
from toolkit.memory import read_tmx
from toolkit.report import read_report
from toolkit.review import journal_path, read_journal
from toolkit.translation.draft import DraftUnit, OriginKind, State
from toolkit.translation.xliff import read_xliff
from toolkit.workspace import Workspace

CHINESE = "图书馆今天开放\n2023年8月8日，图书馆开放，25人参加。馆长多吉讲话。\n大家参观了青海湖。会议结束。\n"
ENGLISH = (
    "The library opens today",
    "On August 8, 2023, the library opened and 25 people took part. Director Dorje spoke.",
    "Everyone visited Qinghai Lake. The meeting ended.",
)


@pytest.fixture
def office(workspace: Workspace) -> Workspace:
    write_report(workspace, "r", CHINESE)
    return workspace


def word_file(folder: Path, *paragraphs: str) -> Path:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    path = folder / "bureau.docx"
    document.save(str(path))
    return path


def units(office: Workspace) -> list[DraftUnit]:
    return list(read_xliff(office.source / "r" / "en.xlf", "en").units)


def test_a_word_file_of_the_bureau_becomes_draft_and_memory_with_its_origin(office: Workspace, tmp_path: Path) -> None:
    outcome = bulletin("-C", office.root, "align", "r", word_file(tmp_path, *ENGLISH), "-l", "en")
    assert outcome.code == 0 and "5 of 5 segments" in outcome.out
    assert [unit.target.text for unit in units(office)] == [
        ENGLISH[0],
        "On August 8, 2023, the library opened and 25 people took part.",
        "Director Dorje spoke.",
        "Everyone visited Qinghai Lake.",
        "The meeting ended.",
    ]
    assert {(unit.state, str(unit.origin)) for unit in units(office)} == {(State.DRAFT, "foreign bureau.docx")}
    learned = read_tmx(office.glossaries / "aligned.tmx")
    assert [unit.targets["en"].text for unit in learned] == [unit.target.text for unit in units(office)]
    assert {unit.reviewed_by for unit in learned} == {""}


def test_what_a_named_person_vouches_for_is_reviewed_and_can_be_undone(office: Workspace, tmp_path: Path) -> None:
    path = word_file(tmp_path, *ENGLISH)
    assert bulletin("-C", office.root, "align", "r", path, "-l", "en", "--by", "Sonam Drolma").code == 0
    assert {(unit.state, unit.review.by if unit.review else "") for unit in units(office)} == {
        (State.REVIEWED, "Sonam Drolma")
    }
    assert {unit.review.via for unit in units(office) if unit.review} == {"bureau.docx"}
    assert len(read_tmx(office.glossaries / "reviewed.tmx")) == 5
    assert read_journal(journal_path(read_report(office.source / "r"))).entries
    assert bulletin("-C", office.root, "undo", "r", "--by", "Sonam Drolma").code == 0
    assert all(unit.is_open for unit in units(office))
    memory = office.glossaries / "reviewed.tmx"
    assert not memory.exists() or read_tmx(memory) == ()


def test_what_another_person_reviewed_stays_and_both_texts_are_kept(office: Workspace, tmp_path: Path) -> None:
    bulletin("-C", office.root, "align", "r", word_file(tmp_path, *ENGLISH), "-l", "en", "--by", "Tenzin")
    later = word_file(tmp_path, ENGLISH[0], ENGLISH[1].replace("spoke", "gave a speech"), ENGLISH[2])
    outcome = bulletin("-C", office.root, "align", "r", later, "-l", "en", "--by", "Drolma")
    assert outcome.code == 1 and "conflict" in outcome.err
    (unit,) = [one for one in units(office) if "Director" in one.target.text]
    assert unit.target.text == "Director Dorje spoke."
    assert "Director Dorje gave a speech." in [one.target.text for one in unit.alternatives]
    outcome = bulletin("-C", office.root, "align", "r", later, "-l", "en")
    assert outcome.code == 1 and "5 segments that a person has worked on" in outcome.err
    assert "Director Dorje spoke." in [one.target.text for one in units(office)]


def test_a_sheet_is_corrected_and_comes_home(office: Workspace, tmp_path: Path) -> None:
    sheet = tmp_path / "check.xlsx"
    path = word_file(tmp_path, *ENGLISH)
    assert bulletin("-C", office.root, "align", "r", path, "-l", "en", "--sheet", sheet).code == 0
    assert not (office.glossaries / "aligned.tmx").exists()
    book = openpyxl.load_workbook(sheet)
    page = book["Review"]
    header = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        page.cell(row, header["English state"]).value = "reviewed"
        cell = page.cell(row, header["English"])
        cell.value = str(cell.value).replace("Director", "Librarian")
    book.save(sheet)
    assert bulletin("-C", office.root, "accept", sheet, "--by", "Drolma").code == 0
    assert {unit.state for unit in units(office)} == {State.REVIEWED}
    assert "Librarian Dorje spoke." in [unit.target.text for unit in units(office)]
    assert bulletin("-C", office.root, "align", "r", path, "-l", "en", "--sheet", sheet).code == 5


def test_missing_and_added_sentences_are_listed_and_nothing_is_stored_on_a_dry_run(
    office: Workspace, tmp_path: Path
) -> None:
    own = "Translated by the Gannan Translation Bureau, tel. 0941-8213999, all rights reserved."
    path = word_file(tmp_path, own, ENGLISH[0], ENGLISH[1], "The meeting ended.")
    outcome = bulletin("-C", office.root, "align", "r", path, "-l", "en", "--dry-run", "--json")
    assert outcome.data["left_over"] == [own]
    assert [link["kind"] for link in outcome.data["links"] if not link["text"]] == ["missing"]
    assert not (office.source / "r" / "en.xlf").exists() and not list(office.glossaries.iterdir())
    outcome = bulletin("-C", office.root, "align", "r", path, "-l", "en", "--dry-run")
    assert "大家参观了青海湖。" in outcome.out and own in outcome.out


def test_no_word_of_a_person_is_repaired(office: Workspace, tmp_path: Path) -> None:
    wrong = ENGLISH[1].replace("25 people", "26 people")
    bulletin("-C", office.root, "align", "r", word_file(tmp_path, ENGLISH[0], wrong, ENGLISH[2]), "-l", "en")
    (unit,) = [one for one in units(office) if "26 people" in one.target.text]
    assert unit.origin is not None and unit.origin.kind is OriginKind.FOREIGN
    found = bulletin("-C", office.root, "check", "r", "--json").data["reports"][0]["findings"]
    assert "number" in {one["check"] for one in found if one.get("segment") == unit.segment_id}


def test_a_file_in_another_language_is_refused(office: Workspace, tmp_path: Path) -> None:
    outcome = bulletin("-C", office.root, "align", "r", word_file(tmp_path, *ENGLISH), "-l", "bo")
    assert outcome.code == 3 and "is not Tibetan" in outcome.err

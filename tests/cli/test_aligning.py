"""bulletin align: a person's own translation becomes draft and memory, and nothing of it is lost."""

from __future__ import annotations

import shutil
import subprocess
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


def test_words_for_a_reviewed_sentence_that_nobody_vouches_for_stand_beside_it(
    office: Workspace, tmp_path: Path
) -> None:
    path = word_file(tmp_path, *ENGLISH)
    bulletin("-C", office.root, "align", "r", path, "-l", "en", "--by", "Tenzin")
    assert bulletin("-C", office.root, "align", "r", path, "-l", "en").code == 0  # the same words are no conflict
    later = word_file(tmp_path, ENGLISH[0], ENGLISH[1].replace("spoke", "gave a speech"), ENGLISH[2])
    outcome = bulletin("-C", office.root, "align", "r", later, "-l", "en", "--json")
    assert outcome.code == 1
    (conflict,) = outcome.data["conflicts"]
    assert conflict["text"] == "Director Dorje gave a speech." and "Tenzin" in conflict["reason"]
    (unit,) = [one for one in units(office) if one.segment_id == conflict["segment"]]
    assert (unit.target.text, unit.state) == ("Director Dorje spoke.", State.REVIEWED)
    assert conflict["text"] in [one.target.text for one in unit.alternatives]
    again = bulletin("-C", office.root, "align", "r", later, "-l", "en", "--dry-run", "--json")
    assert (again.code, [one["text"] for one in again.data["conflicts"]]) == (1, [conflict["text"]])


def saved_by_libreoffice(sheet: Path, folder: Path) -> Path:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    out = folder / "saved"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(sheet)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    if not (out / sheet.name).exists():
        pytest.skip("LibreOffice has no Calc (libreoffice-calc-nogui)")
    return out / sheet.name


@pytest.mark.parametrize("program", ["openpyxl", "LibreOffice"])
def test_a_sheet_is_corrected_and_comes_home(office: Workspace, tmp_path: Path, program: str) -> None:
    sheet = tmp_path / "check.xlsx"
    path = word_file(tmp_path, *ENGLISH)
    assert bulletin("-C", office.root, "align", "r", path, "-l", "en", "--sheet", sheet).code == 0
    assert not (office.glossaries / "aligned.tmx").exists()
    book = openpyxl.load_workbook(sheet)
    page = book["Review"]
    header = [cell.value for cell in page[1]]
    words, state = header.index("English"), header.index("English state")
    for row in page.iter_rows(min_row=2):
        row[state].value = "reviewed"
        row[words].value = str(row[words].value).replace("Director", "Librarian")
    book.save(sheet)
    saved = saved_by_libreoffice(sheet, tmp_path) if program == "LibreOffice" else sheet
    assert bulletin("-C", office.root, "accept", saved, "--by", "Drolma").code == 0
    assert {unit.state for unit in units(office)} == {State.REVIEWED}
    assert "Librarian Dorje spoke." in [unit.target.text for unit in units(office)]
    assert bulletin("-C", office.root, "align", "r", path, "-l", "en", "--sheet", sheet).code == 5


def test_xliff_is_corrected_and_comes_home(office: Workspace, tmp_path: Path) -> None:
    xliff, path = tmp_path / "check.xlf", word_file(tmp_path, *ENGLISH)
    assert bulletin("-C", office.root, "align", "r", path, "-l", "en", "--xliff", xliff).code == 0
    xliff.write_text(xliff.read_text(encoding="utf-8").replace("Director Dorje", "Librarian Dorje"), encoding="utf-8")
    assert bulletin("-C", office.root, "accept", xliff, "--by", "Drolma").code == 0
    corrected = [unit for unit in units(office) if unit.state is State.REVIEWED]
    assert [(unit.target.text, unit.review.by if unit.review else "") for unit in corrected] == [
        ("Librarian Dorje spoke.", "Drolma")
    ]


def test_store_puts_it_into_the_memory_beside_the_sheet_too(office: Workspace, tmp_path: Path) -> None:
    arguments = ("align", "r", word_file(tmp_path, *ENGLISH), "-l", "en", "--sheet", tmp_path / "s.xlsx", "--store")
    assert bulletin("-C", office.root, *arguments).code == 0
    assert len(read_tmx(office.glossaries / "aligned.tmx")) == 5


def test_what_the_memory_learned_is_taken_back_by_its_own_undo(office: Workspace, tmp_path: Path) -> None:
    bulletin("-C", office.root, "align", "r", word_file(tmp_path, *ENGLISH), "-l", "en")
    assert bulletin("-C", office.root, "memory", "undo").code == 0
    memory = office.glossaries / "aligned.tmx"
    assert not memory.exists() or read_tmx(memory) == ()


def test_a_name_stands_under_nothing_that_may_be_another_sentence(office: Workspace, tmp_path: Path) -> None:
    slipped = ENGLISH[1].replace("On August 8, 2023, the library opened and 25 people took part.", "Everybody came.")
    path = word_file(tmp_path, ENGLISH[0], slipped, ENGLISH[2])
    outcome = bulletin("-C", office.root, "align", "r", path, "-l", "en", "--by", "Sonam Drolma", "--json")
    (doubtful,) = outcome.data["doubtful"]
    assert doubtful["text"] == "Everybody came." and "0 of 2" in doubtful["reasons"][0]
    by_id = {unit.segment_id: unit for unit in units(office)}
    unit = by_id.pop(doubtful["segment"])
    assert (unit.state, unit.review, str(unit.origin)) == (State.DRAFT, None, "foreign bureau.docx")
    assert "may belong to another sentence" in unit.note
    assert {one.state for one in by_id.values()} == {State.REVIEWED}
    learned = [one.targets["en"].text for one in read_tmx(office.glossaries / "reviewed.tmx")]
    assert len(learned) == 4 and "Everybody came." not in learned


def test_an_unvouched_doubt_is_in_the_draft_and_not_in_the_memory(office: Workspace, tmp_path: Path) -> None:
    slipped = ENGLISH[1].replace("On August 8, 2023, the library opened and 25 people took part.", "Everybody came.")
    outcome = bulletin(
        "-C", office.root, "align", "r", word_file(tmp_path, ENGLISH[0], slipped, ENGLISH[2]), "-l", "en"
    )
    assert "doubtful (1)" in outcome.out and "2023年8月8日，图书馆开放，25人参加。" in outcome.out
    assert "Everybody came." in [unit.target.text for unit in units(office)]
    assert "Everybody came." not in [one.targets["en"].text for one in read_tmx(office.glossaries / "aligned.tmx")]


def test_tibetan_goes_into_the_edition_that_is_built(office: Workspace, tmp_path: Path) -> None:
    tibetan = ("དེ་རིང་དཔེ་མཛོད་ཁང་སྒོ་འབྱེད།", "སྤྱི་ལོ་2023ལོའི་ཟླ་8པའི་ཚེས་8ཉིན་དཔེ་མཛོད་ཁང་སྒོ་ཕྱེ་ཞིང་མི་25ཞུགས།")
    write_report(office, "r", "图书馆今天开放\n2023年8月8日，图书馆开放，25人参加。\n")
    path = word_file(tmp_path, *tibetan)
    assert bulletin("-C", office.root, "align", "r", path, "-l", "bo", "--by", "Sonam Drolma").code == 0
    bulletin("-C", office.root, "build", "r", "--engine", "assemble")
    printed = Document(str(office.dist / "r" / "r-publishing.docx"))
    cells = {cell.text for table in printed.tables for row in table.rows for cell in row.cells}
    assert any(tibetan[1] in text for text in cells)


@pytest.mark.parametrize("arguments", [("--by", "  "), ("--sheet", "one.xlsx", "--xliff", "one.xlsx")])
def test_a_name_that_is_none_and_one_file_for_two_are_refused(
    office: Workspace, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    outcome = bulletin("-C", office.root, "align", "r", word_file(tmp_path, *ENGLISH), "-l", "en", *arguments)
    assert outcome.code == 2 and "Name" in outcome.err
    assert not (office.source / "r" / "en.xlf").exists()


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

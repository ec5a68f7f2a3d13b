"""Changing the glossary: small diffs, nothing lost, everything can be taken back."""

from __future__ import annotations

import datetime
import difflib
import multiprocessing
import shutil
from pathlib import Path

import pytest

from tests.glossary.samples import OURS, write_glossary
from toolkit.errors import OutputError, SettingsError
from toolkit.glossary import (
    COLUMNS,
    Status,
    Term,
    editing,
    last_standing,
    read_glossary,
    read_history,
)
from toolkit.glossary.history import FILE_NAME, HistoryEntry
from toolkit.glossary.revise import Revision, revised

DAY = datetime.date(2026, 11, 25)
ROW = '甘南,Gannan,ཀན་ལྷོ,place,proposed,,Kanlho,,,,"a, note",none'


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    folder = tmp_path / "glossaries"
    folder.mkdir()
    for path in OURS.glob("*.csv"):
        shutil.copy(path, folder)
    return folder


def changed_lines(before: bytes, after: bytes) -> list[str]:
    lines = difflib.ndiff(before.decode("utf-8-sig").splitlines(), after.decode("utf-8-sig").splitlines())
    return [line for line in lines if line.startswith(("+ ", "- "))]


def term(folder: Path, zh: str) -> Term:
    found = next((one for one in read_glossary(folder).terms if one.zh == zh), None)
    assert found is not None
    return found


def undo(folder: Path) -> HistoryEntry:
    entry = last_standing(read_history(folder))
    assert entry is not None
    with editing(folder, "undo", undoes=entry.number) as termbase:
        for change in reversed(entry.changes):
            termbase.take_back(change)
    return entry


def test_one_changed_cell_is_one_changed_line(ours: Path) -> None:
    before = {path.name: path.read_bytes() for path in ours.glob("*.csv")}
    with editing(ours, "set") as termbase:
        termbase.set("合作市", en="Hezuo Municipality")
    for name, data in before.items():
        assert len(changed_lines(data, (ours / name).read_bytes())) == (2 if name == "places.csv" else 0)


def test_approving_adds_the_name_and_the_day_and_leaves_the_words_alone(ours: Path) -> None:
    before = read_glossary(ours).terms
    with editing(ours, "approve", by="Tashi") as termbase:
        termbase.sign("合作市", Status.APPROVED, by=" Tashi  Dorje ", date=DAY)
    after = read_glossary(ours).terms
    signed = term(ours, "合作市")
    assert (signed.status, signed.by, signed.date) == (Status.APPROVED, "Tashi Dorje", "2026-11-25")
    assert [one for one in before if one.zh != "合作市"] == [one for one in after if one.zh != "合作市"]


def test_columns_of_the_newsrooms_own_are_kept_as_they_are(tmp_path: Path) -> None:
    folder = write_glossary(tmp_path / "g", ROW + ",our remark", header=",".join((*COLUMNS, "desk")))
    with editing(folder, "approve") as termbase:
        termbase.sign("甘南", Status.APPROVED, by="Tashi", date=DAY)
    text = (folder / "terms.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].endswith("source,desk,by,date")
    assert "our remark,Tashi,2026-11-25" in text


def test_only_a_named_person_approves_and_only_a_term_that_is_complete(tmp_path: Path) -> None:
    folder = write_glossary(tmp_path / "g", ROW, "玉树,Yushu,,place,proposed,,,,,,,none")
    with pytest.raises(SettingsError, match="only a person"), editing(folder, "approve") as termbase:
        termbase.sign("甘南", Status.APPROVED, by="  ", date=DAY)
    with pytest.raises(SettingsError, match=r"terms\.csv:3: “玉树” has no bo"), editing(folder, "approve") as termbase:
        termbase.sign("玉树", Status.APPROVED, by="Tashi", date=DAY)
    assert {one.status for one in read_glossary(folder).terms} == {Status.PROPOSED}


def test_new_renderings_of_an_approved_term_are_proposed_and_a_new_note_is_not(tmp_path: Path) -> None:
    folder = write_glossary(tmp_path / "g", ROW)
    with editing(folder, "approve") as termbase:
        termbase.sign("甘南", Status.APPROVED, by="Tashi", date=DAY)
    with editing(folder, "set") as termbase:
        termbase.set("甘南", note="another")
    assert term(folder, "甘南").status is Status.APPROVED
    with editing(folder, "set") as termbase:
        termbase.set("甘南", bo="ཀན་ལྷོ་ཁུལ")
    assert (term(folder, "甘南").status, term(folder, "甘南").by) == (Status.PROPOSED, "")


def test_a_new_term_goes_to_the_end_of_its_file_which_is_made_when_it_is_missing(ours: Path) -> None:
    before = (ours / "places.csv").read_bytes()
    with editing(ours, "add") as termbase:
        termbase.add({"zh": "镇江市", "en": "Zhenjiang City", "bo": "ཟི་ལིང་གྲོང་ཁྱེར"}, "places.csv")
        termbase.add({"zh": "测试词", "en": "=SUM(A1)"}, "new.csv")
    assert (ours / "places.csv").read_bytes().startswith(before)
    assert read_glossary(ours).terms[-1].zh == "镇江市"
    assert b",'=SUM(A1)," in (ours / "new.csv").read_bytes()
    assert term(ours, "测试词").targets["en"] == "=SUM(A1)"


@pytest.mark.parametrize("name", ["../evil.csv", "sub/x.csv", "x.txt", ""])
def test_a_term_goes_into_no_file_that_is_not_a_glossary_of_the_folder(name: str, ours: Path) -> None:
    with pytest.raises(SettingsError, match="no name of a glossary file"), editing(ours, "add") as termbase:
        termbase.add({"zh": "新词"}, name)


def test_a_source_that_another_term_has_is_refused_traditional_and_simplified_alike(ours: Path) -> None:
    with pytest.raises(SettingsError, match="already a source of “联席会议”"), editing(ours, "add") as termbase:
        termbase.add({"zh": "聯席會議"}, "places.csv")
    with pytest.raises(SettingsError, match="already a source"), editing(ours, "set") as termbase:
        termbase.set("合作市", zh_accepted="合作城 | 甘南")


def test_after_an_error_nothing_is_written(ours: Path) -> None:
    before = {path.name: path.read_bytes() for path in ours.glob("*.csv")}
    with pytest.raises(SettingsError), editing(ours, "set") as termbase:
        termbase.set("合作市", en="X")
        termbase.get("没有这个词")
    assert {path.name: path.read_bytes() for path in ours.glob("*.csv")} == before
    assert read_history(ours) == ()


def test_a_file_that_a_person_saved_meanwhile_is_left_alone(ours: Path) -> None:
    path = ours / "places.csv"
    with pytest.raises(OutputError, match="changed by someone"), editing(ours, "set") as termbase:
        termbase.set("合作市", en="X")
        termbase.set("何谋保", en="Y")
        edited = path.read_bytes() + "新地,New Place,ས་གསར,place,proposed,,,,,,,none\r\n".encode()
        path.write_bytes(edited)
    assert path.read_bytes() == edited
    assert term(ours, "何谋保").targets["en"] == "He Moubao"


# History


def test_the_history_says_what_was_changed_by_whom_and_when(ours: Path) -> None:
    now = datetime.datetime(2026, 11, 25, 9, 30, tzinfo=datetime.UTC)
    with editing(ours, "set", by="Tashi", now=now) as termbase:
        termbase.set("合作市", en="Hezuo Municipality")
    (entry,) = read_history(ours)
    assert (entry.number, entry.at, entry.by, entry.action) == (1, "2026-11-25T09:30:00+00:00", "Tashi", "set")
    (change,) = entry.changes
    assert change.before is not None and change.after is not None
    assert (change.before["en"], change.after["en"]) == ("Hezuo City", "Hezuo Municipality")


def test_undo_takes_back_the_latest_change_that_stands_then_the_one_before(ours: Path) -> None:
    before = {path.name: path.read_bytes() for path in ours.glob("*.csv")}
    with editing(ours, "set") as termbase:
        termbase.set("合作市", en="X", bo="ཀ")
    with editing(ours, "add") as termbase:
        termbase.add({"zh": "镇江市"}, "places.csv")
    assert [undo(ours).number, undo(ours).number] == [2, 1]
    assert {path.name: path.read_bytes() for path in ours.glob("*.csv")} == before
    assert last_standing(read_history(ours)) is None


def test_undoing_an_approval_gives_the_old_status_and_no_name(tmp_path: Path) -> None:
    folder = write_glossary(tmp_path / "g", ROW)
    before = read_glossary(folder).terms
    with editing(folder, "approve") as termbase:
        termbase.sign("甘南", Status.APPROVED, by="Tashi", date=DAY)
    undo(folder)
    assert read_glossary(folder).terms == before


def test_a_change_that_was_built_on_is_not_taken_back(ours: Path) -> None:
    with editing(ours, "set") as termbase:
        termbase.set("合作市", en="X")
    path = ours / "places.csv"
    path.write_bytes(path.read_bytes().replace("合作市,X,".encode(), "合作市,Y,".encode()))
    with pytest.raises(SettingsError, match="changed again since"):
        undo(ours)
    assert term(ours, "合作市").targets["en"] == "Y"


def test_a_line_that_was_cut_off_does_not_hide_the_history_nor_the_next_entry(ours: Path) -> None:
    with editing(ours, "set") as termbase:
        termbase.set("合作市", en="X")
    with (ours / FILE_NAME).open("ab") as stream:
        stream.write(b'{"number": 2, "at')
    assert [entry.number for entry in read_history(ours)] == [1]


def test_a_broken_line_in_the_middle_is_named(ours: Path) -> None:
    with editing(ours, "set") as termbase:
        termbase.set("合作市", en="X")
    path = ours / FILE_NAME
    path.write_bytes(b"oops\n" + path.read_bytes())
    with pytest.raises(SettingsError, match=rf"{FILE_NAME}:1: "):
        read_history(ours)


def _add_some(folder: Path, name: str) -> None:
    for number in range(5):
        with editing(folder, "add", by=name) as termbase:
            termbase.add({"zh": f"词{name}{number}"}, "shared.csv")


def test_two_people_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    people = [context.Process(target=_add_some, args=(tmp_path, name)) for name in "甲乙"]
    for person in people:
        person.start()
    for person in people:
        person.join(60)
        assert person.exitcode == 0
    assert {one.zh for one in read_glossary(tmp_path).terms} == {f"词{name}{n}" for name in "甲乙" for n in range(5)}
    assert [entry.number for entry in read_history(tmp_path)] == list(range(1, 11))


# Revisions


def test_what_becomes_preferred_or_forbidden_is_no_longer_accepted(tmp_path: Path) -> None:
    (before,) = read_glossary(write_glossary(tmp_path / "g", ROW)).terms
    assert revised(before, Revision(preferred={"en": "Kanlho"})) == {"en": "Kanlho", "en_accepted": ""}
    assert revised(before, Revision(forbidden={"en": ["Kanlho"]})) == {"en_accepted": "", "en_forbidden": "Kanlho"}
    assert revised(before, Revision(accepted={"en": ["Kanlho"]})) == {}
    assert revised(before, Revision(dropped={"en": ["Kanlho"]})) == {"en_accepted": ""}
    assert revised(before, Revision(spellings=["甘南州", "甘南"])) == {"zh_accepted": "甘南州"}


def test_a_variant_with_a_bar_and_a_drop_of_nothing_are_refused(tmp_path: Path) -> None:
    (before,) = read_glossary(write_glossary(tmp_path / "g", ROW)).terms
    with pytest.raises(SettingsError, match="separates variants"):
        revised(before, Revision(accepted={"en": ["a | b"]}))
    with pytest.raises(SettingsError, match="neither accepted nor forbidden"):
        revised(before, Revision(dropped={"bo": ["ཀ"]}))


# Dates


@pytest.mark.parametrize("written", ["2026-11-25", "2026/11/25", "25.11.2026", "2026年11月25日"])
def test_a_date_that_a_spreadsheet_wrote_is_read(written: str, tmp_path: Path) -> None:
    header = ",".join((*COLUMNS, "by", "date"))
    row = f"甘南,Gannan,ཀན་ལྷོ,place,approved,,,,,,,none,Tashi,{written}"
    (read,) = read_glossary(write_glossary(tmp_path / "g", row, header=header)).terms
    assert (read.by, read.date) == ("Tashi", "2026-11-25")

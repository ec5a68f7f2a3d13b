"""Glossary files: what they may hold, and how a mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import SettingsError
from toolkit.glossary import COLUMNS, Status, read_glossary
from toolkit.languages import is_han, is_tibetan
from toolkit.report import Report

ROOT = Path(__file__).parents[2]
HEADER = ",".join(COLUMNS)


def write(folder: Path, *rows: str, header: str = HEADER, name: str = "terms.csv") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n".join((header, *rows)) + "\n", encoding="utf-8-sig")
    return folder


def row(zh: str, en: str = "x", bo: str = "ཀ", status: str = "proposed", zh_accepted: str = "") -> str:
    return f"{zh},{en},{bo},place,{status},{zh_accepted},,,,,,none"


def test_a_row_becomes_a_term_with_its_variants(tmp_path: Path) -> None:
    line = "合作市,Hezuo City,གཙོས་གྲོང་ཁྱེར,place,proposed,合作,Hezuo | Tsö City,གཙོས,Cooperation City,,a note,none"
    (term,) = read_glossary(write(tmp_path / "g", line)).terms
    assert term.sources == ("合作市", "合作")
    assert term.allowed("en") == ("Hezuo City", "Hezuo", "Tsö City")
    assert term.forbidden["en"] == ("Cooperation City",)
    assert term.status is Status.PROPOSED
    assert term.place == "terms.csv:2"


@pytest.mark.parametrize(
    ("rows", "header", "line", "says"),
    [
        ((row("甘南"),), HEADER.replace(",note", ""), 1, "lacks the column note"),
        ((row("甘南"), "合作市,Hezuo"), HEADER, 3, "the row has 2 cells where the header has 12"),
        ((row("甘南", status="ok"),), HEADER, 2, "“ok” is no status"),
        ((row(""),), HEADER, 2, "no Chinese source"),
        ((row("甘南"), '"甘孜,x'), HEADER, 3, "not valid CSV"),
    ],
)
def test_a_mistake_names_file_line_and_remedy(
    tmp_path: Path, rows: tuple[str, ...], header: str, line: int, says: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        read_glossary(write(tmp_path / "g", *rows, header=header))
    assert says in str(caught.value)
    assert caught.value.line == line
    assert str(caught.value.path).endswith("terms.csv")
    assert caught.value.remedy
    assert caught.value.exit_code == 2


def test_a_source_that_stands_twice_names_both_places(tmp_path: Path) -> None:
    folder = write(tmp_path / "g", row("甘南"), name="a.csv")
    write(folder, row("合作市"), row("甘孜", zh_accepted="甘南"), name="b.csv")
    with pytest.raises(SettingsError, match=r"b\.csv:3: “甘南” is already a source at .*a\.csv:2"):
        read_glossary(folder)


def test_a_cell_with_a_line_break_does_not_shift_line_numbers(tmp_path: Path) -> None:
    two_lines = '甘南,x,ཀ,place,proposed,,,,,,"first\nsecond",none'
    with pytest.raises(SettingsError) as caught:
        read_glossary(write(tmp_path / "g", two_lines, row("甘孜", status="?")))
    assert caught.value.line == 4


def test_our_glossary_is_proposed_throughout_and_names_a_source_or_none() -> None:
    terms = read_glossary(ROOT / "glossaries").terms
    assert len(terms) >= 150
    assert {term.status for term in terms} == {Status.PROPOSED}
    assert all(term.source for term in terms)


def test_our_glossary_is_complete_and_in_the_right_scripts() -> None:
    for term in read_glossary(ROOT / "glossaries").terms:
        assert any(map(is_han, term.zh)), term.place
        for text in term.allowed("en"):
            assert text and not any(is_han(c) or is_tibetan(c) for c in text), term.place
        for text in term.allowed("bo"):
            assert text and all(is_tibetan(c) or c in " 0123456789“”" for c in text), (term.place, text)
            assert not text.endswith(("་", "།")), (term.place, text)


def test_every_person_of_the_real_report_is_in_our_glossary(gannan: Report) -> None:
    names = (
        "何谋保 赵凌云 杨武 罗庆伍 索南丹增 叶万彬 尕玛朋措 张胜源 才让索南 张志军 冯景锋 林浩 郭虎春 陈亚民 "
        "张震涛 左龙 王建军 梁维吉 马瑜 王力 张平 王芳 于江 郭子文 杨东平 杨光龙 王国军 赵小春 费孝通"
    )
    glossary = read_glossary(ROOT / "glossaries")
    text = "".join(segment.text for segment in gannan.segments)
    found = {match.term.zh for match in glossary.match(text)}
    assert [name for name in names.split() if name not in found] == []


def test_a_file_with_semicolons_as_some_spreadsheets_write_it_is_read_too(tmp_path: Path) -> None:
    (term,) = read_glossary(write(tmp_path / "g", row("甘南").replace(",", ";"), header=HEADER.replace(",", ";"))).terms
    assert term.zh == "甘南"


def test_a_spelling_said_twice_in_one_row_is_taken_once(tmp_path: Path) -> None:
    (term,) = read_glossary(write(tmp_path / "g", row("甘南", zh_accepted="甘南 | 甘南州"))).terms
    assert term.sources == ("甘南", "甘南州")

"""Names in English and Tibetan."""

from __future__ import annotations

import csv
import unicodedata

import pytest

from tests.conftest import ROOT
from toolkit.names import find_names, han_in_tibetan, romanise_han, tibetan_name
from toolkit.names.tables import not_names, surnames, syllables, tibetan_parts
from toolkit.tibetan import joins

# What the rules do not give: Wade-Giles of a man known by it, and an odd romanisation of the house.
EXCEPTIONS = {"Fei Hsiao-tung", "Tsering Sonan"}


def people() -> list[dict[str, str]]:
    with (ROOT / "glossaries" / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def choices(cell: str) -> set[str]:
    return {choice.strip() for choice in cell.split("|") if choice.strip()}


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("何谋保", "He Moubao"),
        ("尉迟恭", "Yuchi Gong"),
        ("单霁翔", "Shan Jixiang"),
        ("仇和", "Qiu He"),
        ("欧阳修", "Ouyang Xiu"),
        ("李西安", "Li Xi'an"),
        ("宋如安", "Song Ru'an"),
        ("吕布", "Lü Bu"),
        ("解缙", "Xie Jin"),
        ("查良镛", "Zha Liangyong"),
        ("朴成国", "Piao Chengguo"),
        ("万俟卨", "Moqi Xie"),
        ("長孫無忌", "Zhangsun Wuji"),
        ("李乾", "Li Qian"),
        ("马　瑜", "Ma Yu"),
    ],
)
def test_a_han_name_is_romanised_with_its_surname_reading(name: str, english: str) -> None:
    assert romanise_han(name) == english


@pytest.mark.parametrize(
    ("name", "accepted"),
    [("覃辉", "Tan Hui"), ("吕布", "Lyu Bu"), ("吕布", "Lu Bu"), ("李朝阳", "Li Chaoyang"), ("何谋保", "He Mou-bao")],
)
def test_other_readings_and_ways_to_write_are_accepted(name: str, accepted: str) -> None:
    renderings = find_names(f"州长{name}主持会议")[0].renderings["en"]
    assert renderings[0] == romanise_han(name) != accepted
    assert accepted in renderings


@pytest.mark.parametrize("row", people(), ids=lambda row: row["zh"])
def test_the_house_glossary_of_people_is_reproduced(row: dict[str, str]) -> None:
    (name,) = find_names(f"州长{row['zh']}主持会议")
    assert name.text == row["zh"]
    assert (name.renderings["en"][0], name.renderings["bo"][0]) == (row["en"], row["bo"])
    assert choices(row["en_accepted"]) - EXCEPTIONS <= set(name.renderings["en"])
    assert choices(row["bo_accepted"]) <= set(name.renderings["bo"])
    assert not choices(row["bo_forbidden"]) & set(name.renderings["bo"])


@pytest.mark.parametrize(
    ("name", "tibetan"),
    [
        ("习近平", "ཞི་ཅིན་ཕིང"),
        ("赵小春", "ཀྲའོ་ཞའོ་ཁྲུན"),
        ("毛泽东", "མའོ་ཙེ་ཏུང"),  # so too on bo.wikipedia
        ("李白", "ལི་པའེ"),
        ("孙权", "སུན་ཆོན"),
        ("朱元璋", "ཀྲུའུ་ཡོན་ཀྲང"),
        ("刘备", "ལིའུ་པེ"),
        ("欧阳修", "ཨོའུ་དབྱང་ཞིའུ"),
    ],
)
def test_a_han_name_is_written_in_tibetan_by_syllables(name: str, tibetan: str) -> None:
    assert han_in_tibetan(name) == tibetan


@pytest.mark.parametrize(
    ("name", "tibetan", "english"),
    [
        ("索南丹增", "བསོད་ནམས་བསྟན་འཛིན", "Sonam Tenzin"),
        ("尕玛朋措", "ཀརྨ་ཕུན་ཚོགས", "Karma Phuntsok"),
        ("才让", "ཚེ་རིང", "Tsering"),
        ("扎西卓瑪", "བཀྲ་ཤིས་སྒྲོལ་མ", "Tashi Dolma"),
        ("卓玛措", "སྒྲོལ་མ་མཚོ", "Dolma Tso"),
        ("旦正加", "རྟ་མགྲིན་རྒྱལ", "Tamdrin Gyal"),
        ("阿沛·阿旺晋美", "ང་ཕོད་ངག་དབང་འཇིགས་མེད", "Ngapo Ngawang Jigme"),
    ],
)
def test_a_transcribed_tibetan_name_gets_its_own_spelling_back(name: str, tibetan: str, english: str) -> None:
    assert tibetan_name(name) == (tibetan, english)


@pytest.mark.parametrize("name", ["何谋保", "索南平", "措", "加", ""])
def test_a_name_with_an_unknown_part_has_no_tibetan_spelling(name: str) -> None:
    assert tibetan_name(name) is None


def test_an_ambiguous_part_keeps_the_other_spelling_as_accepted() -> None:
    spellings = find_names("村民多杰加说")[0].renderings["bo"]
    assert spellings[:2] == ("རྡོ་རྗེ་རྒྱལ", "རྡོ་རྗེ་སྐྱབས")


def test_every_reading_of_a_surname_can_be_written_in_tibetan() -> None:
    for surname in surnames():
        assert len(han_in_tibetan(f"{surname}平").split("་")) == len(surname) + 1, surname


def test_every_spelling_is_tibetan_in_normal_form() -> None:
    spellings = [spelling for options in syllables().values() for spelling in options]
    spellings += [spelling for part in tibetan_parts().values() for spelling, _ in part.spellings]
    for spelling in spellings:
        assert all(joins(character) or character == "་" for character in spelling), spelling
        assert not spelling.startswith("་") and not spelling.endswith("་")
        assert unicodedata.normalize("NFC", spelling) == spelling


def test_the_tables_are_as_wide_as_the_task() -> None:
    assert len(surnames()) >= 400
    assert len(syllables()) >= 400
    assert len({spelling for part in tibetan_parts().values() for spelling, _ in part.spellings}) >= 200
    assert len(tibetan_parts()) >= 1000


def test_no_table_contradicts_another() -> None:
    assert not not_names() & set(tibetan_parts())
    assert not not_names() & {surname for surname in surnames() if len(surname) == 2} - {"东方"}

"""Personal names in a Chinese text, found by rule."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.growth import growth
from toolkit.chinese import fold
from toolkit.names import NameOrigin, PersonName, find_names
from toolkit.report import Report

PEOPLE = ROOT / "glossaries" / "people.csv"


def people() -> list[dict[str, str]]:
    with PEOPLE.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def whole_text(report: Report) -> str:
    return "\n".join(block.text for block in report.blocks)


def texts(source: str) -> list[str]:
    return [name.text for name in find_names(source)]


def sure(source: str) -> list[str]:
    return [name.text for name in find_names(source) if name.sure]


def only(source: str) -> PersonName:
    (name,) = find_names(source)
    return name


def test_every_person_of_the_report_is_found_wherever_they_stand(gannan: Report) -> None:
    text = whole_text(gannan)
    found = {(name.text, name.start) for name in find_names(text)}
    named = [person["zh"] for person in people() if person["zh"] in text]
    assert len(named) == 30
    for name in named:
        places = [place for place in range(len(text)) if text.startswith(name, place)]
        assert {(name, place) for place in places} <= found


def test_the_report_has_at_most_three_false_names_marked_sure(gannan: Report) -> None:
    known = {person["zh"] for person in people()}
    false = {name.text for name in find_names(whole_text(gannan)) if name.sure} - known
    assert len(false) <= 3, false


def test_a_sentence_alone_is_read_with_the_names_the_report_has_settled() -> None:
    sentence = "以习近平新时代中国特色社会主义思想为指导"
    assert not only(sentence).sure
    assert only(sentence.replace("习近平", "習近平")).text == "習近平"
    settled = find_names(sentence, known={"习近平"})
    assert [(name.text, name.sure) for name in settled] == [("习近平", True)]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("甘南州委书记何谋保，", "何谋保"),
        ("常务副州长才让索南出席", "才让索南"),
        ("州长杨武主持会议", "杨武"),
        ("何谋保在致辞时表示，", "何谋保"),
        ("社会学家费孝通先生称", "费孝通"),
        ("（赵小春报道）", "赵小春"),
        ("摄影：王小明", "王小明"),
        ("李克强强调，", "李克强"),
        ("主任何平说，", "何平"),  # not 任何
        ("张家口市长武卫东", "武卫东"),
        ("副市长林浩等陪同", "林浩"),
        ("中国驻泰国大使吕健出席", "吕健"),
        ("主席姜在忠等出席", "姜在忠"),
    ],
)
def test_a_title_or_an_act_beside_a_name_makes_it_sure(source: str, name: str) -> None:
    assert sure(source) == [name]


def test_the_evidence_says_why() -> None:
    assert "title 州长 before" in only("州长杨武主持会议").evidence
    assert "verb 致辞 after" in only("何谋保致辞").evidence
    assert "title 先生 after" in only("费孝通先生").evidence


def test_a_list_of_officials_keeps_every_name_in_source_order() -> None:
    listed = "左龙、王建军、梁维吉、马瑜、王力、张平、王芳、于江、郭子文、杨东平、杨光龙、王国军"
    assert sure(f"州上领导{listed}出席会议。") == listed.split("、")


def test_two_characters_spread_to_the_width_of_three_are_one_name() -> None:
    name = find_names("马　瑜、王　力、杨东平出席会议")[0]
    assert (name.text, name.renderings["en"][0]) == ("马　瑜", "Ma Yu")


def test_the_reporters_of_a_byline_are_parted_by_spaces() -> None:
    assert sure("（记者 张三 李四）") == ["张三", "李四"]


def test_the_given_name_alone_is_not_taken_for_the_whole() -> None:
    assert sure("赵凌云在致辞时说，") == ["赵凌云"]


def test_a_name_settled_once_is_sure_at_its_other_places() -> None:
    names = find_names("州长杨武主持会议。会上，各方与杨武交换了意见。")
    assert [(name.text, name.sure) for name in names] == [("杨武", True), ("杨武", True)]


def test_a_settled_name_is_not_read_into_a_longer_one() -> None:
    assert "王力" not in [name.text for name in find_names("州长王力说。歌手王力宏唱道")[1:]]


def test_traditional_text_gives_the_same_names_at_the_same_offsets() -> None:
    traditional = "領導左龍、王建軍、梁維吉出席會議，記者趙小春報道"
    simplified = fold(traditional)
    assert [(n.start, n.end, n.renderings) for n in find_names(traditional)] == [
        (n.start, n.end, n.renderings) for n in find_names(simplified)
    ]
    assert texts(traditional) == ["左龍", "王建軍", "梁維吉", "趙小春"]


@pytest.mark.parametrize(
    "source",
    [
        "高度重视、马上落实、金融支持、各方面、于是和谐",
        "石油任务成立七十周年，常务副省长",
        "江西、云南、安徽、张家口、温州",
        "领导高度评价，市长马上表示，记者于是问",
        "总统亚历山大·斯图尔特表示，特朗普说",
        "王先生说，李某表示，张书记指出",
        "书记、主任、记者、代表",
        "扎西德勒！",
        "这才让人放心，老师多加指点，南加州大学",
        "尼玛县、罗布泊、白马、班玛县",
        "华为表示，欧盟委员会认为，韩方指出",
    ],
)
def test_words_places_and_foreigners_are_no_names(source: str) -> None:
    assert texts(source) == []


@pytest.mark.parametrize("source", ["韩国外长李勇浩表示", "法国总统马龙飞说", "越南总理阮文平率团出席"])
def test_the_bearer_of_a_foreign_office_is_never_sure(source: str) -> None:
    assert sure(source) == []


def test_a_name_that_begins_with_a_word_is_sure_only_among_names() -> None:
    assert "王国军" in sure("左龙、王国军、马瑜出席")
    assert texts("王国军队出动") == []
    assert not only("王国军说，").sure


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("州长索南丹增主持会议", ["索南丹增"]),
        ("卓玛措说，今年收成好", ["卓玛措"]),
        ("多杰加、才让吉、完玛扎西参加", ["多杰加", "才让吉", "完玛扎西"]),
        ("达瓦次仁、扎西、多吉、王强", ["达瓦次仁", "扎西", "多吉", "王强"]),
        ("阿沛·阿旺晋美副主席出席", ["阿沛·阿旺晋美"]),
        ("尼玛县县长次仁罗布介绍", ["次仁罗布"]),
        ("班丹告诉记者", ["班丹"]),
    ],
)
def test_tibetan_names_are_found_by_their_parts(source: str, names: list[str]) -> None:
    found = find_names(source)
    assert [name.text for name in found] == names
    assert {name.origin for name in found if name.text != "王强"} == {NameOrigin.TIBETAN}


def test_the_setting_chooses_the_english_form_and_accepts_the_other() -> None:
    source = "州长索南丹增主持会议"
    tibetan = find_names(source)[0].renderings["en"]
    pinyin = find_names(source, tibetan_names="pinyin")[0].renderings["en"]
    assert (tibetan[0], pinyin[0]) == ("Sonam Tenzin", "Suonan Danzeng")
    assert pinyin[0] in tibetan and tibetan[0] in pinyin


def test_spans_stand_in_order_apart_and_hold_the_text(gannan: Report) -> None:
    text = whole_text(gannan)
    end = 0
    for name in find_names(text):
        assert name.start >= end
        assert text[name.start : name.end] == name.text
        end = name.end


def test_a_text_without_names_or_without_anything_gives_none() -> None:
    assert find_names("") == ()
    assert find_names("The quick brown fox, 2023") == ()


def test_the_work_grows_with_the_text_and_not_with_its_square(gannan: Report) -> None:
    text = whole_text(gannan)
    find_names(text)  # tables read
    assert growth(functools.partial(find_names, text), functools.partial(find_names, text * 10)) < 25


def test_the_tables_are_package_data() -> None:
    folder = Path(find_names.__code__.co_filename).parent / "data"
    assert {path.name for path in folder.glob("*.tsv")} == {
        "context.tsv",
        "not_names.tsv",
        "surnames.tsv",
        "tibetan_names.tsv",
        "tibetan_syllables.tsv",
    }

"""What a glossary lacks: read from the real report, held against a list made by reading it."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT
from toolkit.glossary import Glossary, read_glossary
from toolkit.glossary.suggest import Kind, Suggestion, suggest
from toolkit.report import Report


def names(text: str) -> list[str]:
    return re.findall(r"\w+", text)


PERSONS = names(
    "赵小春 何谋保 赵凌云 杨武 罗庆伍 索南丹增 叶万彬 尕玛朋措 张胜源 才让索南 张志军 冯景锋 林浩 郭虎春 "
    "陈亚民 张震涛 左龙 王建军 梁维吉 马瑜 王力 张平 王芳 于江 郭子文 杨东平 杨光龙 王国军 习近平 费孝通"
)
PLACES = names(
    "甘南 甘南州 合作市 甘南藏族自治州 昌都市 玉树州 果洛州 海南州 海北州 黄南州 阿坝州 甘孜州 迪庆州 "
    "甘肃 甘肃省 青藏高原 长江 黄河 黄河流域 甘南草原 唐蕃古道 中国"
)
ORGANISATIONS = names(
    "中国甘肃在线 甘南州委 甘南藏族自治州委 甘肃省委统战部 省民委 昌都市委 玉树州委 果洛州委 海南州委 "
    "海北州委 黄南州委 阿坝州委 甘孜州委 迪庆州政府 玉树州政府 甘肃省交通运输厅 甘肃省公安厅 党中央 "
    "国务院"
)
NAMED = {*PERSONS, *PLACES, *ORGANISATIONS}
NAMING = (Kind.PERSON, Kind.PLACE, Kind.ORGANISATION)


@pytest.fixture(scope="module")
def suggested(gannan: Report) -> dict[str, Suggestion]:
    return {one.zh: one for one in suggest([gannan], Glossary(()))}


def test_nine_in_ten_persons_places_and_organisations_of_the_report_are_found_without_a_glossary(
    suggested: dict[str, Suggestion],
) -> None:
    found = {zh for zh, one in suggested.items() if one.kind in NAMING}
    assert len(found & NAMED) >= 0.9 * len(NAMED), NAMED - found


def test_there_are_no_more_false_ones_than_true_ones(suggested: dict[str, Suggestion]) -> None:
    found = {zh for zh, one in suggested.items() if one.kind in NAMING}
    assert len(found - NAMED) <= len(found & NAMED), found - NAMED


def test_all_persons_are_found_and_come_with_renderings_by_rule(suggested: dict[str, Suggestion]) -> None:
    assert all(suggested[name].kind is Kind.PERSON for name in PERSONS)
    renderings = suggested["何谋保"].renderings or {}
    assert renderings["en"][0] == "He Moubao" and renderings["bo"]


def test_a_candidate_says_how_often_it_stands_there_and_where(suggested: dict[str, Suggestion]) -> None:
    one = suggested["唐蕃古道"]
    assert one.count == 3 and len(one.examples) == 3
    assert all("唐蕃古道" in around for _, around in one.examples)


def test_titles_come_with_the_body_they_belong_to(suggested: dict[str, Suggestion]) -> None:
    assert suggested["甘南州委书记"].kind is Kind.OFFICE
    assert suggested["甘肃省委统战部副部长"].count == 2


def test_phrases_said_often_are_offered_whole_and_not_in_parts(suggested: dict[str, Suggestion]) -> None:
    assert suggested["生态安全屏障"].kind is Kind.PHRASE and suggested["生态安全屏障"].count == 5
    assert "安全屏障" not in suggested


def test_what_the_glossary_holds_is_not_suggested(gannan: Report) -> None:
    glossary = read_glossary(ROOT / "glossaries")
    assert all(glossary.find(one.zh) is None for one in suggest([gannan], glossary))
    assert not any(one.kind is Kind.PERSON and one.sure for one in suggest([gannan], glossary))


def test_the_same_suggestions_come_in_the_same_order(gannan: Report) -> None:
    assert suggest([gannan], Glossary(())) == suggest([gannan], Glossary(()))

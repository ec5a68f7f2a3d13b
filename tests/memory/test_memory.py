"""Exact and fuzzy matches."""

from __future__ import annotations

from pathlib import Path

from tests.memory.units import unit
from toolkit.memory import Memory, read_memory, tmx_bytes


def test_an_exact_match_scores_100_and_a_reviewed_unit_comes_first() -> None:
    memory = Memory((unit("会议开始。", "A"), unit("会议开始。", "B", by="Drolma")))
    assert [match.unit.targets["en"].text for match in memory.exact("会议开始。", "en")] == ["B", "A"]
    assert {match.score for match in memory.exact("会议开始。", "en")} == {100}


def test_of_two_reviewed_units_the_newer_comes_first() -> None:
    old = unit("会议开始。", "old", by="Drolma", at="2025-01-01T00:00:00Z")
    new = unit("会议开始。", "new", by="Tashi", at="2026-01-01T00:00:00Z")
    assert [match.unit for match in Memory((old, new)).exact("会议开始。", "en")] == [new, old]


def test_a_unit_from_the_same_context_comes_before_a_reviewed_one_and_says_so() -> None:
    here = unit("会议开始。", "here", before="大家好。", after="请坐。")
    elsewhere = unit("会议开始。", "elsewhere", by="Drolma", before="八点。")
    first, second = Memory((elsewhere, here)).exact("会议开始。", "en", before="大家好。", after="请坐。")
    assert (first.unit, first.in_context) == (here, True)
    assert (second.unit, second.in_context) == (elsewhere, False)


def test_a_unit_that_knows_no_context_is_never_in_context() -> None:
    (match,) = Memory((unit("会议开始。", "A"),)).exact("会议开始。", "en")
    assert not match.in_context


def test_a_unit_without_the_language_is_no_match() -> None:
    memory = Memory((unit("会议开始。", "A"),))
    assert memory.exact("会议开始。", "bo") == ()
    assert memory.fuzzy("会议开始了。", "bo", at_least=1) == ()


def test_fuzzy_matches_come_best_first_and_never_score_100() -> None:
    memory = Memory((unit("甘南州召开第八次联席会议。", "far"), unit("甘南州召开联席会议了。", "near")))
    matches = memory.fuzzy("甘南州召开联席会议。", "en", at_least=60)
    assert [match.unit.targets["en"].text for match in matches] == ["near", "far"]
    assert all(60 <= match.score < 100 for match in matches)


def test_the_score_is_twice_what_both_share_of_what_both_have() -> None:
    # 甘南州召开会议 is 7 characters, all of them in the other, which has 10: 2·7/17
    (match,) = Memory((unit("甘南州今天上召开会议", "x"),)).fuzzy("甘南州召开会议", "en", at_least=1)
    assert match.score == 100 * 14 // 17


def test_a_fuzzy_match_with_another_figure_scores_high_and_says_so() -> None:
    memory = Memory((unit("全州共有320名代表参加会议。", "x"),))
    (match,) = memory.fuzzy("全州共有9350名代表参加会议。", "en", at_least=60)
    assert match.score == 99
    assert not match.numbers_agree


def test_a_chinese_figure_counts_as_a_figure() -> None:
    memory = Memory((unit("第七次联席会议隆重召开。", "x"),))
    (match,) = memory.fuzzy("第八次联席会议隆重召开。", "en", at_least=60)
    assert not match.numbers_agree


def test_of_equal_scores_the_one_with_the_right_figures_comes_first() -> None:
    memory = Memory((unit("共有3名代表与会。", "three"), unit("共有5名代表到会。", "five")))
    matches = memory.fuzzy("共有5名代表赴会。", "en", at_least=60)
    assert [match.unit.targets["en"].text for match in matches] == ["five", "three"]
    assert matches[0].score == matches[1].score


def test_a_long_name_that_differs_weighs_as_much_as_one_character() -> None:
    units = (unit("海西蒙古族藏族自治州召开会议", "x"),)
    terms = ("海西蒙古族藏族自治州", "甘南藏族自治州")
    (plain,) = Memory(units).fuzzy("甘南藏族自治州召开会议", "en", at_least=1)
    (counted,) = Memory(units, terms=terms).fuzzy("甘南藏族自治州召开会议", "en", at_least=1)
    assert plain.score == 100 * 2 * 9 // 25
    assert counted.score == 100 * 2 * 4 // 10


def test_the_longest_term_is_counted_not_the_one_inside_it() -> None:
    memory = Memory((unit("合作市召开会议", "x"),), terms=("合作", "合作市"))
    (match,) = memory.fuzzy("玛曲县召开会议", "en", at_least=1)
    assert match.score == 100 * 2 * 4 // (5 + 7)


def test_terms_that_stand_in_no_source_change_no_score() -> None:
    memory = (
        unit("海西蒙古族藏族自治州召开会议", "a"),
        unit("第三十二届会议在合作市闭幕", "b"),
        unit("牧民迁入新居", "c"),
    )
    standing = ("会议", "合作", "合作市", "海西蒙古族藏族自治州", "第三", "三十二届")
    absent = ("市合作", "牧民定居", "会场", "玛曲县", "州会议")
    assert Memory(memory).terms_in_sources((*absent, *standing, "州")) == tuple(sorted(standing))
    for text in ("青海省召开会议", "第五届会议闭幕", "干部迁入新居"):
        scores = [
            [match.score for match in Memory(memory, terms=terms).fuzzy(text, "en", at_least=1, limit=9)]
            for terms in (standing, (*standing, *absent))
        ]
        assert scores[0] and scores[0] == scores[1]


def test_what_cannot_be_looked_for_counts_as_a_term_that_may_stand_in_a_source() -> None:
    assert Memory((unit("牧民迁入新居", "c"),)).terms_in_sources(("十三", "新居")) == ("十三", "新居")


def test_terms_are_looked_for_in_every_file(tmp_path: Path) -> None:
    for name, text in (("a", "牧民迁入新居"), ("b", "会议在合作市闭幕")):
        (tmp_path / f"{name}.tmx").write_bytes(tmx_bytes((unit(text, "x"),)))
    assert read_memory(tmp_path).terms_in_sources(("新居", "合作市", "玛曲县")) == ("合作市", "新居")


def test_texts_of_one_and_two_characters_are_found() -> None:
    memory = Memory((unit("好", "good"), unit("你好", "hello")))
    assert [match.score for match in memory.exact("好", "en")] == [100]
    assert [match.unit.source.text for match in memory.fuzzy("您好", "en", at_least=50)] == ["好", "你好"]


def test_an_empty_memory_and_an_empty_text_have_no_match() -> None:
    assert Memory(()).fuzzy("会议开始。", "en", at_least=1) == ()
    assert Memory((unit("会议开始。", "A"),)).fuzzy("", "en", at_least=1) == ()


def test_a_memory_without_units_is_false_in_no_other_way_than_by_its_length() -> None:
    assert len(Memory(())) == 0
    assert len(Memory((unit("会议开始。", "A"), unit("结束。", "B")))) == 2


def test_longer_sentences_that_hold_a_phrase_are_found() -> None:
    memory = Memory((unit("今天联席会议开幕。", "a"), unit("会联席议。", "b"), unit("联席会议12人。", "c")))
    assert [one.targets["en"].text for one in memory.holding("联席会议", "en")] == ["a", "c"]
    assert memory.holding("联席会议", "bo") == ()
    assert [one.targets["en"].text for one in memory.holding("会议2人"[:2], "en", limit=1)] == ["a"]

"""What a target must hold, and what is said when it does not: terms, kept text, names, officials, figures."""

from __future__ import annotations

from itertools import pairwise

import pytest

from toolkit.constraints import Constraint, Fault, Kind, constraints_of, faults_of, names_in
from toolkit.glossary import Glossary, Status, Term
from toolkit.languages import Language
from toolkit.workspace import Settings


def term(
    zh: str,
    en: str,
    bo: str = "",
    *,
    domain: str = "place",
    status: Status = Status.PROPOSED,
    accepted: tuple[str, ...] = (),
    forbidden: tuple[str, ...] = (),
) -> Term:
    return Term(
        (zh,), {"en": en, "bo": bo}, {"en": accepted}, {"en": forbidden}, domain, status, "", "none", f"t.csv:{zh}"
    )


TERMS = (
    term("青海", "Qinghai", "མཚོ་སྔོན"),
    term("青海湖", "Qinghai Lake", "མཚོ་སྔོན་པོ"),
    term("合作市", "Hezuo City", "གཙོས་གྲོང་ཁྱེར", forbidden=("Cooperation City",)),
    term("合作", "cooperation", "མཉམ་ལས", domain="phrase"),
    term("海南州", "Hainan Prefecture", "མཚོ་ལྷོ་ཁུལ", accepted=("Hainan Tibetan Autonomous Prefecture",)),
    term("亿元", "hundred million yuan", domain="phrase"),
    term("第八次会议", "Eighth Meeting", domain="event"),
    term("副州长", "deputy governor", "ཁུལ་དཔོན་གཞོན་པ", domain="office"),
    term("王春明", "Wang Chunming", "ཝང་ཁྲུན་མིང", domain="person"),
    term("何谋保", "He Moubao", "ཧོ་མོའུ་པའོ", domain="person"),
    term("宋建国", "Song Jianguo", "སུང་ཅན་ཀོ", domain="person"),
    term("州", "prefecture", "ཁུལ", accepted=("prefectures",), forbidden=("state",)),
    term("两会", "", ""),
)
GLOSSARY = Glossary(TERMS)


def of(source: str, language: Language = "en", said: frozenset[str] = frozenset()) -> tuple[Constraint, ...]:
    return constraints_of(source, language, GLOSSARY, Settings(), said=said)


def faults(source: str, target: str, language: Language = "en", said: frozenset[str] = frozenset()) -> list[Fault]:
    look_aside = ("end-punctuation", "length-ratio", "sentence-count")
    found = faults_of(source, target, of(source, language, said), language)
    return [fault for fault in found if fault.check not in look_aside]


def checks(source: str, target: str, language: Language = "en", said: frozenset[str] = frozenset()) -> list[str]:
    return [fault.check for fault in faults(source, target, language, said)]


# Gathering


def test_constraints_stand_in_source_order_and_none_overlaps_another() -> None:
    found = of("8日，何谋保在合作市投资3.2亿元，详见https://example.org/a")
    assert [(one.source, one.kind) for one in found] == [
        ("8日", Kind.FIGURE),
        ("何谋保", Kind.TERM),
        ("合作市", Kind.TERM),
        ("3.2亿元", Kind.FIGURE),
        ("https://example.org/a", Kind.KEEP),
    ]
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_term_inside_a_figure_gives_way_and_a_figure_inside_a_term_too() -> None:
    assert [one.source for one in of("投资3.2亿元")] == ["3.2亿元"]
    assert [one.source for one in of("第八次会议开幕")] == ["第八次会议"]


@pytest.mark.parametrize("source", ["合作市开展合作", "甘肃合作市"])
def test_cooperation_and_the_city_of_hezuo_are_told_apart(source: str) -> None:
    assert {one.source: one.preferred for one in of(source)}["合作市"] == "Hezuo City"
    assert ("合作" in {one.source for one in of(source)}) == source.endswith("合作")


def test_a_term_without_a_rendering_asks_for_nothing() -> None:
    assert of("两会召开") == ()


def test_traditional_text_has_the_same_constraints_at_its_own_offsets() -> None:
    (found,) = of("王春明在這裡")
    assert (found.source, found.preferred) == ("王春明", "Wang Chunming")
    (found,) = of("海南州與")
    assert found.source == "海南州"


def test_codes_and_addresses_are_kept_as_they_are() -> None:
    assert checks("GDP增长，见a@b.cn。", "The economy grew, see a@b.cn.") == ["term-missing"]
    assert checks("GDP增长，见a@b.cn。", "GDP grew, see a@b.cn.") == []


def test_names_found_by_rule_are_proposed_and_known_as_persons() -> None:
    found = of("州长李建华致辞")
    assert names_in(found) == {"李建华"}
    assert {one.status for one in found if one.is_person} == {Status.PROPOSED}


# Terms


def test_a_missing_term_is_told_once_with_its_rendering() -> None:
    (fault,) = faults("合作市很美，合作市很大。", "The city is fine and large.")
    assert (fault.check, fault.source_span) == ("term-missing", (0, 3))
    assert "“Hezuo City”" in fault.reason


def test_a_place_inside_a_longer_one_of_another_term_does_not_stand_for_it() -> None:
    assert checks("青海的青海湖", "Qinghai Lake") == ["term-missing"]
    assert checks("青海的青海湖", "Qinghai Lake in Qinghai") == []


def test_a_place_inside_the_title_of_its_official_stands_for_itself() -> None:
    director = term("副厅长", "Deputy Director", domain="office", accepted=("Deputy Director of the Gansu Department",))
    glossary = Glossary((term("甘肃省交通厅", "Gansu Department"), director))
    source, target = "甘肃省交通厅副厅长", "Deputy Director of the Gansu Department"
    found = faults_of(source, target, constraints_of(source, "en", glossary, Settings()), "en")
    assert [fault.check for fault in found] == []


def test_a_long_form_and_a_short_one_are_both_right() -> None:
    assert checks("海南州", "Hainan Tibetan Autonomous Prefecture") == []
    assert checks("海南州", "Hainan Prefecture") == []
    assert checks("海南州", "Hainan Province") == ["term-missing"]


def test_a_forbidden_rendering_is_told_with_its_place_and_its_repair() -> None:
    (missing, forbidden) = faults("合作市", "Cooperation City")
    assert (missing.check, forbidden.check) == ("term-missing", "term-forbidden")
    assert (forbidden.target_span, forbidden.repair) == ((0, 16), "Hezuo City")


def test_a_prefecture_is_no_state() -> None:
    assert checks("全州牧民", "herders of the whole state") == ["term-missing", "term-forbidden"]
    assert checks("全州牧民", "herders of the whole prefecture") == []


def test_tibetan_terms_count_with_their_fused_particles() -> None:
    assert checks("海南州", "མཚོ་ལྷོ་ཁུལ་གྱི་མི་དམངས།", "bo") == []
    assert checks("合作", "མཉམ་ལས།", "bo") == []
    assert checks("青海", "མཚོ་སྔོན་གྱི", "bo") == []
    assert checks("合作市", "མཉམ་ལས་གྲོང་ཁྱེར།", "bo") == ["term-missing"]


# Names


def test_the_same_name_may_be_spaced_otherwise() -> None:
    for spelled in ("Wang Chunming", "Wang Chun Ming", "Wang Chun-ming"):
        assert checks("王春明说", f"{spelled} said") == []
    assert checks("王春明说", "Wang Chunmin said") == ["name"]


def test_from_its_second_mention_a_surname_will_do_but_no_common_word() -> None:
    said = frozenset(["宋建国", "何谋保"])
    assert checks("宋建国说", "Song said") == ["name"]
    assert checks("宋建国说", "Song said", said=said) == []
    assert checks("宋建国唱歌", "He sang a song", said=said) == ["name"]
    assert checks("何谋保说", "He said", said=said) == ["name"]


# Officials

LIST = "副州长王春明、副州长宋建国、副州长何谋保出席。"


def test_a_list_of_officials_keeps_its_order() -> None:
    right = "Deputy governors Wang Chunming, Song Jianguo and He Moubao were present."
    wrong = "Deputy governors Song Jianguo, Wang Chunming and He Moubao were present."
    assert checks(LIST, right) == []
    assert checks(LIST, wrong) == ["official-order"]


def test_an_official_named_twice_is_told() -> None:
    assert checks(LIST, "Deputy governors Wang Chunming, Song Jianguo, Song Jianguo and He Moubao were present.") == [
        "official-order"
    ]


def test_a_title_said_three_times_is_not_said_once() -> None:
    assert checks(LIST, "Deputy governor Wang Chunming, Song Jianguo and He Moubao were present.") == ["official-order"]


# Figures


def test_figures_that_a_kept_term_holds_are_settled() -> None:
    assert checks("第八次会议8日开幕", "The Eighth Meeting opened on the 8th") == []
    assert "number" in checks("第八次会议开幕", "The ninth meeting opened in 2019")


def test_a_wrong_figure_knows_the_constraint_it_breaks() -> None:
    (fault,) = faults("投资3.2亿元", "an investment of 3.2 billion yuan")
    assert (fault.check, fault.repair) == ("number", "320 million yuan")
    assert fault.constraint is not None
    assert fault.constraint.source == "3.2亿元"


def test_nothing_is_said_of_the_constraints_of_an_empty_target() -> None:
    assert checks("合作市投资3.2亿元", " ") == ["empty"]

"""Sentences in pieces: clauses at their commas, officials one by one, put together with the source's own marks."""

from __future__ import annotations

import pytest

from toolkit.constraints import Constraint, Kind
from toolkit.glossary import Status
from toolkit.translation.clauses import join_clauses, split_clauses
from toolkit.translation.officials import split_officials, write_official

LONG = "会议指出，要保护草原生态（特别是湿地、湖泊，以及河流），提高群众收入；同时，要改善交通条件。"
LIST = (
    "昌都市委副书记、市长罗庆伍，玉树州委副书记、州长索南丹增，果洛州委副书记、州长叶万彬。"
    "州上领导左龙、王建军出席会议。"
)
TITLES = {
    "昌都市委副书记": (
        "Deputy Secretary of the CPC Qamdo Municipal Committee",
        "ཆབ་མདོ་གྲོང་ཁྱེར་ཨུའི་ཧྲུའུ་ཅི་གཞོན་པ",
    ),
    "市长": ("Mayor", "གྲོང་དཔོན"),
    "玉树州委副书记": ("Deputy Secretary of the CPC Yushu Prefectural Committee", "ཡུལ་ཤུལ་ཁུལ་ཨུའི་ཧྲུའུ་ཅི་གཞོན་པ"),
    "州长": ("Prefectural Governor", "ཁུལ་དཔོན"),
}
PERSONS = {
    "罗庆伍": ("Luo Qingwu", "ལོ་ཆིང་འུ"),
    "索南丹增": ("Sonam Tenzin", "བསོད་ནམས་བསྟན་འཛིན"),
    "叶万彬": ("Ye Wanbin", "ཡེ་ཝན་པིན"),
    "左龙": ("Zuo Long", "ཙོ་ལུང"),
    "王建军": ("Wang Jianjun", "ཝང་ཅན་ཅུན"),
}


def constraints_in(text: str, column: int = 0) -> list[Constraint]:
    found = []
    for table, domain in ((TITLES, "office"), (PERSONS, "person")):
        for zh, targets in table.items():
            start = text.find(zh)
            while start != -1:
                found.append(
                    Constraint(
                        start, start + len(zh), zh, Kind.TERM, (targets[column],), Status.PROPOSED, "t", domain=domain
                    )
                )
                start = text.find(zh, start + 1)
    return sorted(found, key=lambda one: one.start)


def test_clauses_join_to_the_sentence_and_none_is_cut_in_brackets_or_too_short() -> None:
    clauses = split_clauses(LONG)
    assert "".join(clauses) == LONG
    assert clauses == (
        "会议指出，要保护草原生态（特别是湿地、湖泊，以及河流），",
        "提高群众收入；",
        "同时，要改善交通条件。",
    )


def test_no_clause_ends_inside_a_constraint() -> None:
    text = "绿色，和谐，开放，发展，共享是主题。"
    whole = Constraint(0, 14, text[:14], Kind.TERM, ("green development",))
    assert split_clauses(text, [whole]) == (text,)


@pytest.mark.parametrize(
    ("targets", "joined"),
    [
        (("The meeting was held.", "The mayor spoke."), "The meeting was held, the mayor spoke."),
        (("In Gannan", "Luo Qingwu spoke."), "In Gannan, Luo Qingwu spoke."),
    ],
)
def test_english_clauses_take_the_marks_of_the_source(targets: tuple[str, str], joined: str) -> None:
    assert join_clauses(("会议召开，", "市长讲话。"), targets, "en") == joined


def test_tibetan_clauses_keep_their_own_shad() -> None:
    assert (
        join_clauses(("会议召开，", "市长讲话。"), ("ཚོགས་འདུ་འཚོགས།", "གྲོང་དཔོན་གྱིས་བཤད།"), "bo")
        == "ཚོགས་འདུ་འཚོགས། གྲོང་དཔོན་གྱིས་བཤད།"
    )


def test_a_list_of_officials_is_cut_behind_each_name_even_across_full_stops() -> None:
    pieces = split_officials(LIST, constraints_in(LIST))
    assert "".join(pieces) == LIST
    assert pieces == (
        "昌都市委副书记、市长罗庆伍，",
        "玉树州委副书记、州长索南丹增，",
        "果洛州委副书记、州长叶万彬。",
        "州上领导左龙、",
        "王建军出席会议。",
    )


def test_a_sentence_about_two_persons_is_no_list() -> None:
    text = "市长罗庆伍与州长索南丹增会谈。"
    assert split_officials(text, constraints_in(text)) == (text,)


def test_an_official_the_glossary_holds_is_written_name_first_in_english_and_last_in_tibetan() -> None:
    piece = "昌都市委副书记、市长罗庆伍，"
    assert write_official(piece, 0, constraints_in(piece), "en") == (
        "Luo Qingwu, Deputy Secretary of the CPC Qamdo Municipal Committee and Mayor"
    )
    assert write_official(piece, 0, constraints_in(piece, 1), "bo") == ("ཆབ་མདོ་གྲོང་ཁྱེར་ཨུའི་ཧྲུའུ་ཅི་གཞོན་པ་དང་གྲོང་དཔོན་ལོ་ཆིང་འུ")


def test_an_official_with_a_word_the_glossary_lacks_is_left_to_the_engine() -> None:
    piece = "州上领导左龙、"
    assert write_official(piece, 0, constraints_in(piece), "en") is None

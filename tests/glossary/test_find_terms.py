"""Looking terms up by what one remembers of them."""

from __future__ import annotations

import pytest

from tests.glossary.samples import OURS, a_term
from toolkit.glossary import find_terms, read_glossary

TERMS = read_glossary(OURS).terms


@pytest.mark.parametrize(
    "wanted",
    [
        "合作市",
        "合作",
        "hezuo shi",
        "hezuoshi",
        "Hézuò",
        "hezuo city",
        "HEZUO C",
        "Tsö City",
        "tso city",
        "གཙོས་གྲོང་ཁྱེར",
        "གཙོས",
    ],
)
def test_a_term_answers_to_any_part_of_it(wanted: str) -> None:
    assert "合作市" in {one.term.zh for one in find_terms(TERMS, wanted)}


def test_the_nearest_comes_first() -> None:
    first, second, *_ = find_terms(TERMS, "甘南")
    assert first.term.zh == "甘南" and second.text.startswith("甘南")
    assert find_terms(TERMS, "Gannan Prefecture")[0].term.zh == "甘南州"


def test_traditional_characters_find_simplified_ones() -> None:
    assert find_terms(TERMS, "聯席會議")[0].term.zh == "联席会议"


def test_a_forbidden_rendering_is_found_last_and_said_to_be_one() -> None:
    terms = (a_term("甲", en="Alpha", en_forbidden="Beta"), a_term("乙", en="The Beta"))
    found = find_terms(terms, "Beta")
    assert [(one.term.zh, one.where) for one in found] == [("乙", "en"), ("甲", "en_forbidden")]


@pytest.mark.parametrize("typed", ["lüliang", "lvliang", "luliang", "Lǚ Liáng"])
def test_u_with_dots_is_typed_in_any_way(typed: str) -> None:
    assert find_terms((a_term("吕梁"),), typed)


@pytest.mark.parametrize("wanted", ["", " ", "没有这个", "zzz", "..."])
def test_what_is_like_nothing_finds_nothing(wanted: str) -> None:
    assert find_terms(TERMS, wanted) == ()

"""Terms in a source text, and terms in a translation."""

from __future__ import annotations

import pytest

from toolkit import english, tibetan
from toolkit.glossary import Glossary, Status, Term


def term(zh: str, *, accepted: tuple[str, ...] = (), status: Status = Status.PROPOSED) -> Term:
    return Term((zh, *accepted), {"en": zh, "bo": zh}, {}, {}, "place", status, "", "none", f"t.csv:{zh}")


def found(text: str, *terms: Term) -> list[str]:
    return [text[match.start : match.end] for match in Glossary(terms).match(text)]


def test_the_longest_term_wins_at_each_place() -> None:
    assert found("在甘南州合作市开会", term("甘南"), term("甘南州"), term("合作"), term("合作市")) == [
        "甘南州",
        "合作市",
    ]


def test_matches_do_not_overlap_and_stand_in_order() -> None:
    assert found("甘南州委书记与州委书记", term("甘南州"), term("州委书记"), term("甘南州委书记")) == [
        "甘南州委书记",
        "州委书记",
    ]


def test_an_accepted_spelling_finds_the_same_term() -> None:
    assert found("州（市）长会议", term("州市长", accepted=("州（市）长",))) == ["州（市）长"]


def test_a_term_of_one_character_is_found() -> None:
    assert found("藏语", term("藏")) == ["藏"]


def test_a_deprecated_term_is_not_looked_for() -> None:
    assert found("甘南", term("甘南", status=Status.DEPRECATED)) == []


@pytest.mark.parametrize(
    ("text", "target", "holds"),
    [
        ("the Gannan Prefecture", "Gannan Prefecture", True),
        ("Gannan\u00a0 prefecture", "Gannan Prefecture", True),
        ("Gannanese", "Gannan", False),
        ("the “two upholds”", "Two Upholds", True),
        ("Xi Jinping’s speech", "Xi Jinping's speech", True),
        ("state-of-the-art", "state", True),
        ("restate", "state", False),
    ],
)
def test_an_english_term_is_found_between_word_borders(text: str, target: str, holds: bool) -> None:
    assert bool(english.find_phrase(text, target)) is holds


@pytest.mark.parametrize(
    ("text", "target", "holds"),
    [
        ("ཀན་ལྷོ་ཁུལ་གྱི་", "ཀན་ལྷོ", True),
        ("ཀན་ལྷོའི་", "ཀན་ལྷོ", True),
        ("རྨ་ལྷོར་སོང་།", "རྨ་ལྷོ", True),
        ("མཚོ་ལྷོས་", "མཚོ་ལྷོ", True),
        ("བཀན་ལྷོ་", "ཀན་ལྷོ", False),
        ("བོད་", "བོ", False),  # \b would say yes: the vowel sign is a mark
        ("“ཀན་ལྷོ”", "ཀན་ལྷོ", True),
        ("ཀན༌ལྷོ།", "ཀན་ལྷོ", True),  # U+0F0C, the tsheg that does not break
        ("མཐའི་", "མཐའ", True),
        ("མཐའ་", "མཐའ", True),
        ("མཐོ་", "མཐའ", False),
    ],
)
def test_a_tibetan_term_is_found_between_syllable_borders(text: str, target: str, holds: bool) -> None:
    assert bool(tibetan.find_phrase(tibetan.normal(text), target)) is holds

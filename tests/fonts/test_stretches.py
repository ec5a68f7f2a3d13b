"""One rule says which script a mark in mixed text is set in, so that both of a pair are of one font."""

from __future__ import annotations

import pytest

from toolkit.fonts.stretches import scripts
from toolkit.languages import Language


def shown(text: str, language: Language) -> str:
    return "".join(script[0] for script in scripts(text, language))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("议员(AM)和", "zh", "hhhllhh"),
        ("G7 (AM) 参加", "zh", "llllllllhh"),
        ("和3名(20人)", "zh", "hlhhllhh"),
        ("“高原”and“GDP”", "zh", "hhhhllllllll"),
        ("the 甘南 (Gannan) area", "en", "llllhhhlllllllllllll"),
    ],
)
def test_both_brackets_of_a_pair_are_of_one_script(text: str, language: Language, expected: str) -> None:
    found = shown(text, language)
    opening, closing = (next(i for i, c in enumerate(text) if c in pair) for pair in ("(“", ")”"))
    assert found[opening] == found[closing]
    assert found == expected


def test_a_bracket_that_closes_nothing_is_as_before() -> None:
    assert shown("a) 会议", "zh") == "lhlhh"
    assert shown("(会", "zh") == "hh"

"""Terms that are not there although their characters are."""

from __future__ import annotations

import pytest

from toolkit.glossary import Glossary, Status, Term

SOURCES = (
    *("长沙", "兰州", "海南", "海南州", "合作", "合作市", "中国", "州长", "甘南", "甘南州"),
    *("统计局", "国军", "香港金融管理局", "海南藏族自治州", "甘南藏族自治州"),
)


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary(
        tuple(
            Term((zh,), {"en": zh}, {}, {}, "", Status.PROPOSED, "", "none", f"t.csv:{n}")
            for n, zh in enumerate(SOURCES)
        )
    )


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("卫生部长沙龙", []),
        ("他来自马里兰州", []),
        ("甘肃兰州", ["兰州"]),
        ("甘肃省甘南藏族自治州", ["甘南藏族自治州"]),
        ("上海南路", []),
        ("发展中国家", []),
        ("王国军出席", []),
        ("甘南州合作市开展合作", ["甘南州", "合作市", "合作"]),
        ("海南州州长", ["海南州", "州长"]),
        ("从海南到海南藏族自治州", ["海南", "海南藏族自治州"]),
        ("香港金融管理局公佈", ["香港金融管理局"]),
        ("海南藏族自治州與長沙", ["海南藏族自治州", "长沙"]),
    ],
)
def test_terms_are_found_leftmost_longest_and_never_across_words(
    glossary: Glossary, text: str, terms: list[str]
) -> None:
    assert [match.term.zh for match in glossary.match(text)] == terms


def test_a_term_inside_a_longer_word_is_found_and_says_so(glossary: Glossary) -> None:
    (match,) = glossary.match("国家统计局的数字")
    assert match.inside == "国家统计局"


def test_a_full_name_is_found_although_its_last_character_begins_a_word() -> None:
    person = Term(("王春明",), {"en": "Wang Chunming"}, {}, {}, "person", Status.PROPOSED, "", "none", "t.csv:1")
    assert [match.term.zh for match in Glossary((person,)).match("王春明说明情况")] == ["王春明"]


def test_offsets_are_those_of_the_text_as_it_is(glossary: Glossary) -> None:
    text = "據香港金融管理局稱"
    (match,) = glossary.match(text)
    assert text[match.start : match.end] == "香港金融管理局"
    assert glossary.find("長沙") is glossary.find("长沙") is not None

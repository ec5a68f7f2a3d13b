"""What is particular to each language: scripts, words, articles, syllables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import chinese, english, tibetan


def test_traditional_and_simplified_text_fold_to_the_same() -> None:
    assert chinese.fold("總裁報告２０１８年，億萬") == chinese.fold("总裁报告2018年,亿万")


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x2FFFF, exclude_categories=("Cs",))))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(chinese.fold(text)) == len(text)


def test_words_of_a_text_join_to_the_text() -> None:
    text = chinese.fold("衛生部長沙龍在馬里蘭州")
    assert chinese.words(text) == ("卫生部长", "沙龙", "在", "马里兰州")
    assert "".join(chinese.words(text)) == text


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("Belt and Road", "belt and road", "Belt and Road"),
        ("the “Yangtze” river", "Yangtze River", None),
        ("Shan’xi", "Shan'xi", "Shan’xi"),
        ("a well-known city", "well known", "well-known"),
        ("Gannanese", "Gannan", None),
        ("Gannan’s grassland", "Gannan", "Gannan"),
        ("President Vucić said", "Vučić", "Vucić"),
        ("they told us so", "US", None),
        ("the US said", "US", "US"),
    ],
)
def test_english_phrases_are_found_as_whole_words(text: str, phrase: str, found: str | None) -> None:
    spans = english.find_phrase(text, phrase)
    assert [text[start:end] for start, end in spans] == ([found] if found else [])


def test_a_regular_plural_will_do_where_it_is_allowed() -> None:
    text = "credit ratings of the counties and buses"
    assert len(english.find_phrase(text, "credit rating")) == 0
    for phrase in ("credit rating", "county", "bus"):
        assert len(english.find_phrase(text, phrase, plural=True)) == 1, phrase
    assert english.find_phrase("the city’s plan", "city", plural=True) == ((4, 8),)


@pytest.mark.parametrize(
    ("phrase", "article"),
    [
        *(("hour", "an"), ("union", "a"), ("MP", "an"), ("US firm", "a"), ("UN body", "a"), ("8th meeting", "an")),
        *(("umbrella", "an"), ("European city", "a"), ("one-off", "a"), ("11-year plan", "an"), ("house", "a")),
        ("“idea”", "an"),
    ],
)
def test_the_article_goes_by_the_sound(phrase: str, article: str) -> None:
    assert english.article_for(phrase) == article


def test_a_sentence_starts_at_the_beginning_and_behind_a_full_stop_and_its_quotes() -> None:
    text = "He left. “It ended.” The mayor, Mr Li, spoke."
    assert english.starts_sentence(text, 0)
    assert english.starts_sentence(text, text.index("The mayor"))
    assert not english.starts_sentence(text, text.index("spoke"))


def test_a_name_is_known_by_its_capitals() -> None:
    assert english.is_proper("Secretary of the CPC Gannan Prefectural Committee")
    assert not english.is_proper("ecological security barrier")


@pytest.mark.parametrize(
    ("text", "phrase", "count"),
    [
        ("ཀན་ལྷོའི་ཁུལ།", "ཀན་ལྷོ", 1),  # fused འི
        ("རྨ་ལྷོར་སླེབས།", "རྨ་ལྷོ", 1),  # fused ར
        ("མཚོ་ལྷོས་བཤད།", "མཚོ་ལྷོ", 1),  # fused ས
        ("བོད་ལྗོངས།", "བོ", 0),  # a vowel sign is no border
        ("ས་མཚོན།", "མཚོ", 0),
        ("མདའི་རྩེ།", "མདའ", 1),  # the final འ gives way
        ("མཚོ་སྔོན་པོ། མཚོ་སྔོན།", "མཚོ་སྔོན།", 2),
    ],
)
def test_tibetan_phrases_are_found_on_syllable_borders(text: str, phrase: str, count: int) -> None:
    assert len(tibetan.find_phrase(text, phrase)) == count


def test_the_span_of_a_tibetan_phrase_leaves_out_its_particle() -> None:
    text = "ཀན་ལྷོའི་ཁུལ།"
    (start, end) = tibetan.find_phrase(text, "ཀན་ལྷོ")[0]
    assert text[start:end] == "ཀན་ལྷོ"


def test_syllables_are_cut_at_every_sign_that_is_no_letter() -> None:
    assert tibetan.syllables("ཀན་ལྷོ། 2023ལོ་ (GDP)") == ("ཀན", "ལྷོ", "ལོ")

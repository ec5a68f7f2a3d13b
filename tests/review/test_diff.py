"""Diffs: words in English, syllables in Tibetan, characters in Chinese."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.languages import LANGUAGES, Language
from toolkit.review.diff import diff, replacements, shown

PIECES = ["Gannan ", "the ", "state ", "prefecture ", "ཀན་", "ལྷོ་", "ཁུལ།", "甘", "南", ", ", " "]
WORDS = st.lists(st.sampled_from(PIECES)).map("".join)


def plain(before: str, after: str, language: Language) -> str:
    return shown(diff(before, after, language), colour=False)


def test_english_is_compared_word_by_word() -> None:
    assert plain("The state met in Hezuo.", "The prefecture met in Hezuo.", "en") == (
        "The [-state-]{+prefecture+} met in Hezuo."
    )


def test_a_word_with_an_apostrophe_is_one_word() -> None:
    assert plain("Gannan’s hills", "Gannan's hills", "en") == "[-Gannan’s-]{+Gannan's+} hills"


def test_tibetan_is_compared_syllable_by_syllable_and_stacks_stay_whole() -> None:
    assert plain("ཀན་ལྷོ་གྲོང་ཁྱིར།", "ཀན་ལྷོ་གྲོང་ཁྱེར།", "bo") == "ཀན་ལྷོ་གྲོང་[-ཁྱིར-]{+ཁྱེར+}།"


def test_chinese_is_compared_character_by_character() -> None:
    assert plain("州长主持会议杨武", "州长杨武主持会议", "zh") == "州长{+杨武+}主持会议[-杨武-]"


def test_words_replaced_in_a_row_are_one_replacement() -> None:
    assert plain("Sun Army spoke.", "Zhu Jun spoke.", "en") == "[-Sun Army-]{+Zhu Jun+} spoke."


def test_on_a_terminal_old_words_are_red_and_new_ones_green() -> None:
    text = shown(diff("a state", "a prefecture", "en"), colour=True)
    assert "\x1b[31m" in text
    assert "\x1b[32m" in text
    assert "[-" not in text


def test_replacements_give_both_places() -> None:
    before, after = "The state met.", "The prefecture met twice."
    first, second = replacements(diff(before, after, "en"))
    assert before[first.start : first.end], after[first.new_start : first.new_end] == ("state", "prefecture")
    assert after[second.new_start : second.new_end] == " twice"
    assert second.start == second.end


@settings(max_examples=150, deadline=None)
@given(before=WORDS, after=WORDS, language=st.sampled_from(LANGUAGES))
def test_a_diff_holds_both_texts_whole(before: str, after: str, language: Language) -> None:
    spans = diff(before, after, language)
    assert "".join(span.text for span in spans if span.kind != "insert") == before
    assert "".join(span.text for span in spans if span.kind != "delete") == after
    for one in replacements(spans):
        assert before[: one.start].endswith(after[: one.new_start][-1:])


def test_a_megabyte_of_words_is_compared_without_delay() -> None:
    words = [f"word{number % 997} " for number in range(20_000)]
    after = [*words[:9_000], "new ", *words[9_001:]]
    spans = diff("".join(words), "".join(after), "en")
    assert [span.text for span in spans if span.kind == "insert"] == ["new"]

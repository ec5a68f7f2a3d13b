"""A rendering put where other words stood, and the sentence around it still holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.translation.insertion import last_letter, replace_span


def put(text: str, words: str, rendering: str, *, is_person: bool = False) -> str:
    start = text.index(words)
    return replace_span(text, (start, start + len(words)), rendering, "en", is_person=is_person)


def put_tibetan(text: str, words: str, rendering: str) -> str:
    start = text.index(words)
    return replace_span(text, (start, start + len(words)), rendering, "bo")


@pytest.mark.parametrize(
    ("text", "words", "rendering", "expected"),
    [
        ("The Water Office met.", "Water Office", "Bureau of Water Resources", "The Bureau of Water Resources met."),
        ("It was a manager of theirs.", "manager", "executive officer", "It was an executive officer of theirs."),
        ("An official spoke.", "official", "county head", "A county head spoke."),
        ("They issued a bill.", "bill", "treasury notes", "They issued treasury notes."),
        ("He saw the Reds.", "Reds", "the Red Army", "He saw the Red Army."),
        ("the office's view", "office's", "bureau", "the bureau's view"),
        ("the offices’ view", "offices’", "bureaus", "the bureaus’ view"),
        ("It paid for water tests.", "water tests", "stress test", "It paid for stress tests."),
        ("It sold Islamic bonds.", "Islamic bonds", "sukuk", "It sold sukuk."),
        ("Rates of interest rose.", "Rates of interest", "interest rates", "Interest rates rose."),
        ("It ended. Loans fell.", "Loans", "lending", "It ended. Lending fell."),
        (
            "# A View of the Whole Economy",
            "Whole Economy",
            "state of the economy",
            "# A View of the State of the Economy",
        ),
        ("Its Phone sold well.", "Phone", "iPhone", "Its iPhone sold well."),
    ],
)
def test_article_number_possessive_and_capital_are_fitted(text: str, words: str, rendering: str, expected: str) -> None:
    assert put(text, words, rendering) == expected


def test_a_person_takes_no_article() -> None:
    assert put("Then the Young Wu spoke.", "Young Wu", "Yang Wu", is_person=True) == "Then Yang Wu spoke."


@pytest.mark.parametrize(
    ("text", "words", "rendering", "expected"),
    [
        ("རྨ་ལྷོའི་ས་ཁུལ།", "རྨ་ལྷོ", "མཚོ་སྔོན", "མཚོ་སྔོན་གྱི་ས་ཁུལ།"),
        ("བོད་ཀྱི་ས་ཁུལ།", "བོད", "ཀན་ལྷོ", "ཀན་ལྷོའི་ས་ཁུལ།"),
        ("བོད་ཀྱིས་བཤད།", "བོད", "ཀན་ལྷོ", "ཀན་ལྷོས་བཤད།"),
        ("ཀན་ལྷོས་བཤད།", "ཀན་ལྷོ", "ཁྲིན་ཏུང", "ཁྲིན་ཏུང་གིས་བཤད།"),
        ("བོད་དུ་འགྲོ།", "བོད", "མཚོ", "མཚོར་འགྲོ།"),
        ("མཚོར་འགྲོ།", "མཚོ", "ལྷག", "ལྷག་ཏུ་འགྲོ།"),
        ("མཚོ་ལ་འགྲོ།", "མཚོ", "བོད", "བོད་ལ་འགྲོ།"),
        ("བོད་ཀྱང་ཡིན།", "བོད", "མདའ", "མདའང་ཡིན།"),
        ("འདི་བོད། །", "བོད", "རྒྱ་ནང", "འདི་རྒྱ་ནང་། །"),
        ("འདི་བོད།", "བོད", "རྒྱ་ནག", "འདི་རྒྱ་ནག"),
        ("འདི་ནི་རྒྱ་ནག དེ་ནི་བོད།", "རྒྱ་ནག", "ཇར་མན", "འདི་ནི་ཇར་མན། དེ་ནི་བོད།"),
    ],
)
def test_the_tibetan_particle_and_the_shad_follow_the_last_letter(
    text: str, words: str, rendering: str, expected: str
) -> None:
    assert put_tibetan(text, words, rendering) == expected


def test_the_last_letter_of_an_open_syllable_is_none() -> None:
    assert [last_letter(word) for word in ("མདའ", "ལྷ་ས", "བོད", "ལེགས", "ཀན་ལྷོ", "དཔལ")] == ["", "", "ད", "ས", "", "ལ"]


@given(
    text=st.text("ab cdE. ,the", max_size=40),
    rendering=st.sampled_from(["Exchange Fund", "loan ratio", "the HKMA", "iBond"]),
    data=st.data(),
)
def test_the_rendering_is_always_there_and_the_rest_of_the_text_too(
    text: str, rendering: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    result = replace_span(text, (start, end), rendering, "en")
    assert rendering.lower() in result.lower()
    assert result.endswith(text[end:])

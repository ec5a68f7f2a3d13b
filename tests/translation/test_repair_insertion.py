"""A rendering put where other words stood, and the sentence around it still holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import tibetan
from toolkit.tibetan_particles import DRAG, OPEN, OTHER, Ending, ending_of
from toolkit.translation.insertion import replace_span

GANNAN = Path(__file__).parents[2] / "source" / "gannan-2023" / "bo.xlf"


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


KINDS = {
    "a bare letter": "ལྷ་ས",
    "a vowel": "ཀན་ལྷོ",
    "འ": "མདའ",
    "ག": "རྒྱ་ནག",
    "ང": "ཁྲིན་ཏུང",
    "ད": "བོད",
    "ན": "ཁུལ་དཔོན",
    "བ": "རྩིས་ཞིབ",
    "མ": "གཞུང་ལམ",
    "ར": "གསེར",
    "ལ": "ཡུལ",
    "ས": "ལོ་དུས",
    "གས": "ཁེ་ལས་ཚོགས",
    "ངས": "གངས",
    "བས": "ཐབས",
    "མས": "སེམས",
    "ནད": "ཕྱིནད",
    "རད": "གྱུརད",
    "ལད": "སྩལད",
}
"""The nineteen ways a syllable ends: none, vowel, ten finals, ས behind four of them, ད behind three."""

PARTICLES = {
    "genitive": "འི འི འི གི གི ཀྱི གྱི ཀྱི གྱི གྱི གྱི ཀྱི ཀྱི ཀྱི ཀྱི ཀྱི ཀྱི ཀྱི ཀྱི",
    "agentive": "ས ས ས གིས གིས ཀྱིས གྱིས ཀྱིས གྱིས གྱིས གྱིས ཀྱིས ཀྱིས ཀྱིས ཀྱིས ཀྱིས ཀྱིས ཀྱིས ཀྱིས",
    "la don": "ར ར ར ཏུ དུ དུ དུ ཏུ དུ དུ དུ སུ སུ སུ སུ སུ ཏུ ཏུ ཏུ",
    "also": "འང འང འང ཀྱང ཡང ཀྱང ཡང ཀྱང ཡང ཡང ཡང ཀྱང ཀྱང ཀྱང ཀྱང ཀྱང ཀྱང ཀྱང ཀྱང",
    "a": "ཞིག ཞིག ཞིག ཅིག ཞིག ཅིག ཞིག ཅིག ཞིག ཞིག ཞིག ཤིག ཤིག ཤིག ཤིག ཤིག ཅིག ཅིག ཅིག",
    "continuative": "སྟེ སྟེ སྟེ སྟེ སྟེ དེ ཏེ སྟེ སྟེ ཏེ ཏེ ཏེ ཏེ ཏེ ཏེ ཏེ ཏེ ཏེ ཏེ",
    "quotative": "ཞེས ཞེས ཞེས ཅེས ཞེས ཅེས ཞེས ཅེས ཞེས ཞེས ཞེས ཞེས ཞེས ཞེས ཞེས ཞེས ཅེས ཅེས ཅེས",
    "connective": "ཞིང ཞིང ཞིང ཅིང ཞིང ཅིང ཞིང ཅིང ཞིང ཞིང ཞིང ཤིང ཤིང ཤིང ཤིང ཤིང ཅིང ཅིང ཅིང",
    "or": "འམ འམ འམ གམ ངམ དམ ནམ བམ མམ རམ ལམ སམ སམ སམ སམ སམ ཏམ ཏམ ཏམ",
    "end of a sentence": "འོ འོ འོ གོ ངོ དོ ནོ བོ མོ རོ ལོ སོ སོ སོ སོ སོ ཏོ ཏོ ཏོ",
}
"""The right forms, in the order of KINDS."""

FUSED = ("འི", "ས", "ར", "འང", "འམ", "འོ")


def clause(word: str, form: str) -> str:
    """`word` and the particle, and the end of a clause."""
    joined = word.removesuffix("འ") + form if form in FUSED else f"{word}་{form}"
    return joined + {"ང": "་།", "ག": ""}.get(form[-1], "།")


@pytest.mark.parametrize("particle", PARTICLES)
@pytest.mark.parametrize("old", KINDS)
def test_a_particle_takes_its_form_from_each_kind_of_last_letter(old: str, particle: str) -> None:
    forms = dict(zip(KINDS, PARTICLES[particle].split(), strict=True))
    text = clause(KINDS[old], forms[old])
    span = tibetan.find_phrase(text, KINDS[old])[0]
    found = {new: replace_span(text, span, KINDS[new], "bo") for new in KINDS}
    if forms[old] == "ཡང":  # right behind a vowel too, so left
        forms |= dict.fromkeys(("a bare letter", "a vowel", "འ"), "ཡང")
    assert found == {new: clause(KINDS[new], forms[new]) for new in KINDS}


def test_a_final_achung_that_the_particle_shares_goes_with_the_word() -> None:
    text = "མདའི་ས་ཁུལ།"
    (span,) = tibetan.find_phrase(text, "མདའ")
    assert replace_span(text, span, "བོད", "bo") == "བོད་ཀྱི་ས་ཁུལ།"


@pytest.mark.parametrize(
    ("text", "words", "rendering"),
    [
        ("རྒྱ་ནག་གི་ས།", "རྒྱ་ནག", "ཁྲིན་ཏུང"),
        ("ལྷ་ཡི་ས།", "ལྷ", "མཚོ"),
        ("ལྷ་རུ་འགྲོ།", "ལྷ", "མཚོ"),
        ("ལྷ་ཡང་ཡིན།", "ལྷ", "མཚོ"),
        ("ཁྲིན་ཏུང་ཞེས་བཤད།", "ཁྲིན་ཏུང", "ལོ་དུས"),
        ("མཚོ་ལ་འགྲོ།", "མཚོ", "བོད"),
    ],
)
def test_a_form_that_is_right_already_stays(text: str, words: str, rendering: str) -> None:
    assert put_tibetan(text, words, rendering) == text.replace(words, rendering)


@pytest.mark.parametrize(
    ("text", "words", "rendering"),
    [
        ("མཚོ་སྔོན་ཞིང་ཆེན།", "མཚོ་སྔོན", "བོད"),
        ("ཧྥེང་ཅིང་ཧྥེང་གིས་བཤད།", "ཧྥེང", "ཀྲང"),
        ("ཀན་སུའུ་ཞིང་ཆེན།", "ཀན་སུའུ", "བོད"),
        ("ལོ་དུས་ཤིང་ནགས།", "ལོ་དུས", "བོད"),
        ("བོད་ལྗོངས་ཤེས་རིག", "བོད་ལྗོངས", "བོད"),
        ("བོད་དེ་ནི་ཡུལ་ཡིན།", "བོད", "ཀན་ལྷོ"),
        ("ཀན་ལྷོ་དེ།", "ཀན་ལྷོ", "རྒྱ་ནག"),
        ("བོད་ལམ།", "བོད", "ཡུལ"),
        ("ཡུལ་ལམ་ལུགས།", "ཡུལ", "བོད"),
        ("བོད་དམ་པ།", "བོད", "ཀན་ལྷོ"),
        ("ཁུལ་དཔོན་ནམ་མཁའ།", "ཁུལ་དཔོན", "བོད"),
        ("ཁུལ་དཔོན་ནོ་འགྲོ།", "ཁུལ་དཔོན", "བོད"),
        ("ཡུལ་ལོ་གསུམ།", "ཡུལ", "བོད"),
        ("རྒྱ་ཡི་གེ།", "རྒྱ", "བོད"),
        ("བོད་ཡི་གེ།", "བོད", "རྒྱ"),
        ("ལྷ་ས་རུ་ཁག", "ལྷ་ས", "བོད"),
        ("ཡུལ་དུ་མ།", "ཡུལ", "ལྷ"),
        ("ཡུལ་ཡང་སྲིད།", "ཡུལ", "བོད"),
        ("བོད་ས་ཁུལ།", "བོད", "ཀན་ལྷོ"),
    ],
)
def test_a_word_that_only_looks_like_a_particle_is_left_alone(text: str, words: str, rendering: str) -> None:
    assert put_tibetan(text, words, rendering) == text.replace(words, rendering, 1)


@pytest.mark.parametrize(
    ("text", "words", "rendering", "expected"),
    [
        ("ཁུལ་དཔོན་གྱི་གྲངས།", "ཁུལ་དཔོན", "དུང་ཕྱུར་3.2", "དུང་ཕྱུར་3.2ཡི་གྲངས།"),
        ("ཁུལ་དཔོན་དུ་འགྲོ།", "ཁུལ་དཔོན", "ཨང་15", "ཨང་15ལ་འགྲོ།"),
        ("བོད་ཀྱིས་བཤད།", "བོད", "GDP", "GDPཡིས་བཤད།"),
        ("ལྷོའི་ཚད།", "ལྷོ", "GDP", "GDPཡི་ཚད།"),
        ("ལྷོས་བཤད།", "ལྷོ", "༢༠", "༢༠ཡིས་བཤད།"),
        ("ལྷོར་བསླེབས།", "ལྷོ", "70%", "70%ལ་བསླེབས།"),
        ("བོད་དམ།", "བོད", "GDP", "GDPའམ།"),
        ("བོད་ནས་འོང་།", "བོད", "GDP", "GDPནས་འོང་།"),
        ("བོད།", "བོད", "ཁྲིན་ཏུང་3", "ཁྲིན་ཏུང་3།"),
        ("GDPཡི་ཚད།", "GDP", "བོད", "བོད་ཀྱི་ཚད།"),
        ("GDPཡི་ཚད།", "GDP", "ལྷོ", "ལྷོའི་ཚད།"),
        ("ཨང་15ལ་འགྲོ།", "ཨང་15", "བོད", "བོད་ལ་འགྲོ།"),
        ("ལོ་15ལོར་བྱུང་།", "15", "བཅོ་ལྔ", "ལོ་བཅོ་ལྔ་ལོར་བྱུང་།"),
        ("ཨང་15ཡི་ས།", "15", "16", "ཨང་16ཡི་ས།"),
    ],
)
def test_behind_digits_and_latin_stands_no_tsheg_and_a_particle_of_its_own(
    text: str, words: str, rendering: str, expected: str
) -> None:
    assert put_tibetan(text, words, rendering) == expected


@pytest.mark.parametrize(
    ("text", "words", "rendering", "expected"),
    [
        ("བོད་ཀྱི་ལས།", "བོད", "“གཅིག་སྒྱུར”", "“གཅིག་སྒྱུར་”གྱི་ལས།"),
        ("བོད་མི་ཡིན།", "བོད", "“གཅིག་སྒྱུར”", "“གཅིག་སྒྱུར་”མི་ཡིན།"),
        ("ལྷོའི་ལས།", "ལྷོ", "《སྙན་ཞུ》", "《སྙན་ཞུ》ཡི་ལས།"),
        ("ལྷོར་འདུས།", "ལྷོ", "《སྙན་ཞུ》", "《སྙན་ཞུ》རུ་འདུས།"),
        ("《བོད》ཀྱི་མདོ།", "བོད", "སྙན་ཞུ", "《སྙན་ཞུ》ཡི་མདོ།"),
        ("《སྙན་ཞུ》འི་མདོ།", "སྙན་ཞུ", "མཚོ", "《མཚོ》ཡི་མདོ།"),
        ("“བོད་”ཅེས་བཤད།", "བོད", "ཀན་ལྷོ", "“ཀན་ལྷོ་”ཞེས་བཤད།"),
        ("“བོད”་ཀྱི་ལས།", "བོད", "མཚོ་སྔོན", "“མཚོ་སྔོན་”གྱི་ལས།"),
        ("“བོད་”ཀྱི་ལས།", "བོད", "GDP", "“GDP”ཡི་ལས།"),
        ("བོད།", "བོད", "“རྒྱ་ནང”", "“རྒྱ་ནང་”།"),
        ("བོད་ཀྱི་ལས།", "བོད", "རྒྱལ་ཚོགས(UN)", "རྒྱལ་ཚོགས(UN)ཀྱི་ལས།"),
        ("“བོད་”ས་ཁུལ།", "བོད", "མཚོ", "“མཚོ་”ས་ཁུལ།"),
    ],
)
def test_the_tsheg_stands_before_the_closing_quote_and_nothing_fuses_behind_it(
    text: str, words: str, rendering: str, expected: str
) -> None:
    assert put_tibetan(text, words, rendering) == expected


def test_a_repair_that_is_a_sign_only_is_put_as_it_is() -> None:
    assert replace_span("བོད་་ཀྱི་ས།", (3, 5), "་", "bo") == "བོད་ཀྱི་ས།"


@pytest.mark.parametrize(
    ("words", "ending"),
    [
        ("མདའ", Ending(OPEN)),
        ("ལྷ་ས", Ending(OPEN)),
        ("ཀན་ལྷོའི་", Ending(OPEN)),
        ("ཀན་སུའུ", Ending(OPEN)),
        ("བོད", Ending("ད")),
        ("གནད", Ending("ད")),
        ("གྱུརད", Ending(DRAG)),
        ("ལེགས", Ending("ས")),
        ("དཔལ", Ending("ལ")),
        ("ཨོཾ", Ending("མ")),
        ("པེཊ", Ending(OTHER)),
        ("དུང་ཕྱུར་3.2", Ending(OTHER, is_apart=True)),
        ("“བོད”", Ending("ད", is_apart=True)),
        ("བོད(GDP)", Ending("ད", is_apart=True)),
    ],
)
def test_how_words_end(words: str, ending: Ending) -> None:
    assert ending_of(words) == ending


def test_real_sentences_stay_as_they_are_when_their_words_are_put_back() -> None:
    sentences = tibetan.normal(GANNAN.read_text(encoding="utf-8")).splitlines()
    places = [(line, match.span()) for line in sentences for match in re.finditer(r"[\u0f40-\u0fbc]+", line)]
    changed = [(line, span) for line, span in places if replace_span(line, span, line[slice(*span)], "bo") != line]
    assert len(places) > 3000
    assert changed == []


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

"""Where lines may end, against an independent implementation and against what printers expect."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_samples import SENTENCES, text_of
from uniseg.linebreak import line_break_boundaries

from toolkit.bulletin.model import Run
from toolkit.bulletin.theme import TextStyle
from toolkit.bulletin.themes import CLASSIC
from toolkit.fonts.catalog import FontSet
from toolkit.languages import Language
from toolkit.pdf.boxes import boxes_of
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.linebreak import break_opportunities, line_classes
from toolkit.pdf.paragraph import SOFT_HYPHEN, Line, Measure, break_lines, fill_lines

ALPHABET = "aZé \u30001༢,.;:!?-—–…“”‘’\"'()（）《》、。，中国བོད་།༔༄ཀྲི༌$%°·\u00a0\u2060\u200b/①カァー한א\u2010🇨🇳👍🏽ࠫᬓ"


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.text(st.sampled_from(ALPHABET), min_size=1, max_size=14))
def test_line_breaks_are_those_of_the_annex(text: str) -> None:
    assert break_opportunities(text) == list(line_break_boundaries(text))


def _breakable(text: str, language: Language) -> str:
    ends = break_opportunities(text, line_classes(text, language))
    return "|".join(text[start:end] for start, end in zip([0, *ends], ends, strict=False))


@pytest.mark.parametrize(
    ("language", "broken"),
    [
        ("zh", "他|说：|“好。”|（掌|声）|来"),
        ("zh", "从|——|到……|了"),
        ("zh", "索|南·|丹|增"),
        ("zh", "D’Arcy|先|生"),
        ("zh", "长|128.5|公|里"),
        ("zh", "占|12.5%，|①|教|育"),
        ("bo", "བོད་|ཡིག་|ཡིན།  །"),
        ("bo", "རེད།  །|དེ་|ནས"),
        ("bo", "ཟེར་|“ཡིན་”|ཅེས་"),
        ("bo", "དང༌། |བོད་|ཡིག |ཡིན།"),
        ("en", "“Well,” |he |said"),
    ],
)
def test_a_line_ends_only_where_a_printer_would_end_it(language: Language, broken: str) -> None:
    assert _breakable(broken.replace("|", ""), language) == broken


FORBIDDEN_FIRST: dict[Language, str] = {
    "zh": "、。，．；：！？）》〉」』】”’…·%,.;:!?)",
    "en": ",.;:!?)”’",
    "bo": "་།༎༌”’)",
}
FORBIDDEN_LAST: dict[Language, str] = {"zh": "（《〈「『【“‘([", "en": "(“‘", "bo": "“‘("}


def _lines(text: str, language: Language, width: float, fonts: FontSet) -> list[Line]:
    style = TextStyle(size=10.5, leading=18)
    boxes = boxes_of([Run(text, language)], style, Itemizer(fonts), CLASSIC.palette.accent)
    return break_lines(boxes, Measure(width, 20.0, "justify", language))


@pytest.mark.parametrize("language", ["zh", "en", "bo"])
def test_no_line_as_drawn_starts_or_ends_with_a_forbidden_mark(language: Language, fonts: FontSet) -> None:
    text = text_of(language, 0, 9)
    for width in range(60, 300, 7):
        lines = _lines(text, language, width, fonts)
        assert all(line.text[0] not in FORBIDDEN_FIRST[language] for line in lines), [line.text for line in lines]
        assert all(line.text[-1] not in FORBIDDEN_LAST[language] for line in lines), [line.text for line in lines]
        assert not any(line.text.endswith("—") and after.text[0] == "—" for line, after in itertools.pairwise(lines))


@pytest.mark.parametrize("language", ["zh", "en", "bo"])
def test_no_line_is_wider_than_its_column_and_none_loses_text(language: Language, fonts: FontSet) -> None:
    text = text_of(language, 1, 7)
    for width in (25, 40, 61, 97, 150, 233, 310):
        lines = _lines(text, language, width, fonts)
        for number, line in enumerate(lines):
            indent = 20.0 if number == 0 else 0.0
            alone = len(line.boxes) == 1 and len(line.text) <= 6  # one stack in a column narrower than itself
            assert line.width <= width - indent + 0.02 or alone
        printed = "".join(line.text for line in lines).replace(SOFT_HYPHEN, "").replace(" ", "")
        assert printed == text.replace(" ", "")


def test_justified_lines_reach_the_edge_unless_they_would_be_torn_apart(fonts: FontSet) -> None:
    for language in SENTENCES:
        lines = _lines(text_of(language, 0, 9), language, 240, fonts)
        full = [line for number, line in enumerate(lines[:-1]) if abs(line.width - (220 if number == 0 else 240)) < 0.1]
        assert len(full) >= 0.9 * (len(lines) - 1), language


def test_a_word_is_hyphenated_between_syllables(fonts: FontSet) -> None:
    text = "Internationally respected epidemiologists considered recommendations. " * 4
    hyphenated = [line.text for line in _lines(text, "en", 110, fonts) if line.text.endswith(SOFT_HYPHEN)]
    assert hyphenated
    assert all(len(line.split(" ")[-1].rstrip(SOFT_HYPHEN)) >= 2 for line in hyphenated)


def test_a_name_is_hyphenated_only_where_its_line_would_be_torn_apart(fonts: FontSet) -> None:
    text = "we met Representatives and then we all met our Representatives again " * 4
    wide = [line.text for line in _lines(text, "en", 480, fonts) if line.text.endswith(SOFT_HYPHEN)]
    assert not wide
    narrow = [line.text for line in _lines(text, "en", 110, fonts) if line.text.endswith(SOFT_HYPHEN)]
    assert narrow


def test_the_last_word_of_a_paragraph_is_not_hyphenated(fonts: FontSet) -> None:
    for width in range(120, 300, 4):
        lines = _lines("they considered all of these many recommendations", "en", width, fonts)
        assert not lines[-2:-1] or not lines[-2].text.endswith(SOFT_HYPHEN)


def test_a_long_unbroken_word_is_cut_rather_than_run_over_the_edge(fonts: FontSet) -> None:
    lines = _lines("https-" + "a" * 200, "en", 100, fonts)
    assert all(line.width <= 100.02 for line in lines)


def test_figures_and_names_come_from_the_latin_face_and_chinese_quotes_from_the_chinese(fonts: FontSet) -> None:
    runs = list(Itemizer(fonts).runs("他说“2023年WHO来了”。", "zh"))
    families = {"他说“2023年WHO来了”。"[run.start : run.end]: run.file.family for run in runs}
    assert families["2023"] == families["WHO"] == "Source Serif 4"
    assert families["他说“"] == families["来了”。"] == "Noto Serif SC"
    assert {run.file.family for run in Itemizer(fonts).runs("He said “yes” — twice…", "en")} == {"Source Serif 4"}
    assert {run.file.family for run in Itemizer(fonts).runs("“བོད་ཡིག” ཡིན།", "bo")} == {"Noto Serif Tibetan"}


def test_a_character_no_face_has_is_named_and_not_drawn_as_a_box(fonts: FontSet) -> None:
    line = _lines("a \U00013000 b", "en", 300, fonts)[0]
    assert line.text == "a [U+13000] b"
    assert all(glyph.gid for box in line.boxes for glyph in box.shaped.glyphs)


def test_fitting_the_whole_paragraph_leaves_no_line_looser_than_filling_line_by_line(fonts: FontSet) -> None:
    style = TextStyle(size=10.5, leading=18)
    closer = 0
    for language in ("en", "bo"):
        boxes = boxes_of([Run(text_of(language, 2, 8), language)], style, Itemizer(fonts), CLASSIC.palette.accent)
        for width in range(150, 300, 10):
            measure = Measure(float(width), 12.0, "justify", language)
            fitted, filled = (_looseness(how(boxes, measure), width) for how in (break_lines, fill_lines))
            assert fitted <= filled + 0.3
            closer += fitted < filled
    assert closer > 15


def _looseness(lines: list[Line], width: float) -> float:
    """What the loosest line adds to a unit of stretch, in pt; a ragged line counts as torn."""
    return max(line.extra if line.x + line.width > width - 0.1 else 9.0 for line in lines[:-1])

"""Lines chosen for the paragraph as a whole: even, few hyphens, no crumb on the last line."""

from __future__ import annotations

import functools
import itertools

import pytest
from pdf_samples import text_of

from tests.growth import growth
from toolkit.bulletin.model import Mark, Run
from toolkit.bulletin.theme import TextStyle
from toolkit.fonts.catalog import FontSet
from toolkit.languages import LANGUAGES, Language
from toolkit.pdf.boxes import boxes_of
from toolkit.pdf.hyphenation import divisions
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.lines import Line, Measure, bullet_and_rest, room_of
from toolkit.pdf.paragraph import SOFT_HYPHEN, break_lines, fill_lines

STYLE = TextStyle(size=10.0, leading=18)
LONG = (
    "Internationally respected epidemiologists considered recommendations of neighbouring administrations, "
    "notwithstanding representations of organisations responsible for transportation. "
)


def lines(text: str, language: Language, width: float, fonts: FontSet, indent: float = 0.0) -> list[Line]:
    boxes = boxes_of([Run(text, language)], STYLE, Itemizer(fonts), "9B1C1C")
    return break_lines(boxes, Measure(width, indent, "justify", language))


def test_a_word_is_divided_between_syllables_with_two_letters_before_and_three_after(fonts: FontSet) -> None:
    divided = 0
    for width in range(110, 200, 6):
        for line, following in itertools.pairwise(lines(LONG * 3, "en", width, fonts)):
            if line.text.endswith(SOFT_HYPHEN):
                divided += 1
                assert len(line.text.split(" ")[-1]) >= 3
                assert len(following.text.split(" ")[0].strip(".,")) >= 3
    assert divided > 20


def test_three_lines_of_ordinary_text_in_a_row_do_not_end_in_hyphens(fonts: FontSet) -> None:
    text = text_of("en", 0, 24)
    for width in range(150, 320, 5):
        ends = "".join("-" if line.text.endswith(SOFT_HYPHEN) else "." for line in lines(text, "en", width, fonts))
        assert "---" not in ends, width


def test_a_wide_column_needs_hardly_a_hyphen(fonts: FontSet) -> None:
    text = text_of("en", 0, 24)
    wide = lines(text, "en", 400.0, fonts)
    assert sum(line.text.endswith(SOFT_HYPHEN) for line in wide) <= len(wide) / 10


def test_no_line_of_ordinary_english_in_an_ordinary_column_is_left_ragged(fonts: FontSet) -> None:
    text = text_of("en", 1, 16)
    for width in range(170, 320, 10):
        for line in lines(text, "en", width, fonts, indent=12.0)[1:-1]:
            assert line.width == pytest.approx(width, abs=0.1), line.text


def test_the_parts_of_a_divided_word_are_as_wide_as_they_were_thought_to_be(fonts: FontSet) -> None:
    for word in ("recommendations", "affirmation,", "“international", "Representatives"):
        box = boxes_of([Run(word, "en")], STYLE, Itemizer(fonts), "9B1C1C")[-1]
        ways = divisions(box)
        assert ways, word
        for way in ways:
            assert way.head.shaped.text.rstrip(SOFT_HYPHEN) + way.tail.shaped.text == box.shaped.text
            assert 0 <= way.head_width - (way.head.width - way.head.trim_end) < 0.06 * box.size
            assert way.tail_width == pytest.approx(way.tail.width)


def test_a_ligature_is_not_cut_by_a_hyphen(fonts: FontSet) -> None:
    box = boxes_of([Run("affirmative", "en")], STYLE, Itemizer(fonts), "9B1C1C")[0]
    joined = [glyph.text for glyph in box.shaped.glyphs if len(glyph.text) > 1]
    for way in divisions(box):
        head = way.head.shaped.text.rstrip(SOFT_HYPHEN)
        starts = list(itertools.accumulate(len(glyph.text) for glyph in box.shaped.glyphs))
        assert len(head) in starts, (head, joined)


def test_a_last_line_of_one_character_is_avoided(fonts: FontSet) -> None:
    sentence = "会议讨论了教育卫生交通等问题并听取了专家的意见和建议以及各地代表的发言"
    crumbs = 0
    for length in range(18, len(sentence)):
        fitted = lines(sentence[:length] + "。", "zh", 242.0, fonts)
        filled = fill_lines(
            boxes_of([Run(sentence[:length] + "。", "zh")], STYLE, Itemizer(fonts), "9B1C1C"),
            Measure(242.0, 0.0, "justify", "zh"),
        )
        crumbs += len(filled[-1].text) <= 2
        assert len(fitted[-1].text) > 2, fitted[-1].text
    assert crumbs


def test_a_word_wider_than_its_column_is_divided_with_a_hyphen_before_it_is_cut_anywhere(fonts: FontSet) -> None:
    narrow = lines("the epidemiologists came", "en", 60.0, fonts)
    assert any(line.text.endswith(SOFT_HYPHEN) for line in narrow)
    assert all(line.width <= 60.05 for line in narrow)
    ragged = boxes_of([Run("Epidemiologists", "en")], STYLE, Itemizer(fonts), "9B1C1C")
    assert break_lines(ragged, Measure(60.0, 0.0, "left", "en"))[0].text.endswith(SOFT_HYPHEN)


def test_lines_that_are_not_justified_end_near_each_other(fonts: FontSet) -> None:
    boxes = boxes_of(
        [Run("Delegates of the five provinces and regions met in Hezuo City today", "en")],
        STYLE, Itemizer(fonts), "9B1C1C",
    )  # fmt: skip
    for width in range(120, 300, 10):
        fitted, filled = (
            [line.width for line in how(boxes, Measure(width, 0.0, "left", "en"))] for how in (break_lines, fill_lines)
        )
        assert len(fitted) == len(filled)
        assert min(fitted) >= min(filled) - 0.01


@pytest.mark.parametrize("language", ["en", "bo"])
def test_lines_beside_each_other_are_more_alike_than_the_cheapest_by_themselves(
    language: Language, fonts: FontSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = text_of(language, 0, 24)

    def steps() -> float:
        """The squares of how much the white changes from line to line, summed."""
        set_lines = [lines(text, language, width, fonts)[:-1] for width in range(140, 300, 10)]
        return sum((two.extra - one.extra) ** 2 for some in set_lines for one, two in itertools.pairwise(some))

    heeded = steps()
    monkeypatch.setattr("toolkit.pdf.fit._UNLIKE", 0.0)
    assert heeded < 0.97 * steps()


def test_a_line_that_nothing_fills_is_left_short(fonts: FontSet) -> None:
    number = "4" * 24
    for width in (205.0, 240.0):
        short = lines(f"of {number} and of {number} and of {number}", "en", width, fonts)
        assert "".join(line.text for line in short).count(number) == 3
        assert all(line.width <= width for line in short)
        assert min(line.width for line in short) < 0.8 * width


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_work_grows_with_the_text_and_not_with_its_square(language: Language, fonts: FontSet) -> None:
    few, many = (
        boxes_of([Run(text_of(language, 0, sentences), language)], STYLE, Itemizer(fonts), "9B1C1C")
        for sentences in (40, 320)
    )
    setting = functools.partial(break_lines, measure=Measure(220.0, 20.0, "justify", language))
    setting(few)
    assert growth(functools.partial(setting, few), functools.partial(setting, many)) < 16


def test_glyphs_come_nearer_in_tight_english_but_not_where_the_marks_of_a_stack_would_move(fonts: FontSet) -> None:
    def nearer(*runs: Run) -> float:
        return room_of(boxes_of(runs, STYLE, Itemizer(fonts), "9B1C1C"), Measure(200.0, 0.0, "justify", "en")).nearer

    english = Run("The library of Gannan opened ", "en")
    assert nearer(english) == pytest.approx(0.01 * STYLE.size)
    assert nearer(english, Run("བོད་", "bo")) == 0.0


def test_a_bullet_and_what_stands_behind_it_stay_where_the_line_has_them(fonts: FontSet) -> None:
    runs = [Run("• ", "en", mark=Mark.ORNAMENT), Run("The library opened.", "en")]
    boxes = boxes_of(runs, STYLE, Itemizer(fonts), "9B1C1C")
    line = fill_lines(boxes, Measure(200.0, 0.0, "justify", "en"))[0]
    bullet, rest = bullet_and_rest(line)
    assert bullet is not None and rest is not None
    assert [*bullet.places(), *rest.places()] == list(line.places())
    assert rest.x + rest.width == pytest.approx(line.x + line.width)
    assert bullet.x + bullet.width <= rest.x
    assert bullet_and_rest(rest) == (None, rest) and bullet_and_rest(bullet) == (bullet, None)


def centred(text: str, language: Language, width: float, fonts: FontSet) -> list[Line]:
    boxes = boxes_of([Run(text, language)], STYLE, Itemizer(fonts), "9B1C1C")
    return break_lines(boxes, Measure(width, 0.0, "center", language))


@pytest.mark.parametrize("language", ["en", "bo"])
def test_centred_lines_are_even_and_no_more_than_they_would_be(language: Language, fonts: FontSet) -> None:
    text = text_of(language, 2, 2)
    ragged = {}
    for width in range(110, 330, 7):
        boxes = boxes_of([Run(text, language)], STYLE, Itemizer(fonts), "9B1C1C")
        left = break_lines(boxes, Measure(width, 0.0, "left", language))
        even = centred(text, language, width, fonts)
        assert len(even) == len(left)
        assert max(line.width for line in even) <= max(line.width for line in left) + 0.01
        ragged[width] = (min(line.width for line in even), min(line.width for line in left))
    assert sum(even >= left for even, left in ragged.values()) > 0.8 * len(ragged)
    assert sum(even for even, _ in ragged.values()) > 1.2 * sum(left for _, left in ragged.values())


def test_centred_chinese_ends_its_lines_where_phrases_end_and_stands_in_the_middle_by_its_letters(
    fonts: FontSet,
) -> None:
    first, second = centred("保护草原　修好公路　办好学校　富裕牧民——", "zh", 190.0, fonts)
    assert first.text == "保护草原　修好公路　" and second.text.startswith("办好学校")
    (left, _), *_, (right, _) = first.places()
    assert (left + right + STYLE.size) / 2 == pytest.approx(95.0, abs=0.1)
    assert centred("本刊译文未经审校：共100段，其中30段尚无人审校。", "zh", 190.0, fonts)[1].text.startswith("其中")

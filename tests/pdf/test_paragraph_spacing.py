"""The white between characters: half-width punctuation, narrow spaces beside Latin, what hangs over the edge."""

from __future__ import annotations

import itertools

import pytest

from toolkit.bulletin.model import Run
from toolkit.bulletin.theme import TextStyle
from toolkit.fonts.catalog import FontSet
from toolkit.languages import Language
from toolkit.pdf.boxes import Box, boxes_of
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.lines import Line, Measure
from toolkit.pdf.paragraph import break_lines
from toolkit.pdf.spacing import CLOSING, OPENING

SIZE = 10.0
STYLE = TextStyle(size=SIZE, leading=18)


def boxes(text: str, language: Language, fonts: FontSet) -> list[Box]:
    return boxes_of([Run(text, language)], STYLE, Itemizer(fonts), "9B1C1C")


def lines(text: str, language: Language, width: float, fonts: FontSet) -> list[Line]:
    return break_lines(boxes(text, language, fonts), Measure(width, 0.0, "justify", language))


@pytest.mark.parametrize(("left", "right"), list(itertools.product(sorted(OPENING | CLOSING), repeat=2)))
def test_two_marks_side_by_side_lose_one_empty_half_and_no_ink(left: str, right: str, fonts: FontSet) -> None:
    """CLREQ 3.1.6: between two marks stands at most half an em of white; a bracket and its content touch."""
    before, first, second, _ = boxes(f"中{left}{right}中", "zh", fonts)
    empty = (left in CLOSING) + (right in OPENING)
    assert first.kern == (-SIZE / 2 if empty else 0.0)
    assert first.give == 0.0
    assert before.kern == 0.0
    ink_end = first.shaped.face.ink(first.shaped.glyphs[0].gid)[2] * SIZE / 1000
    ink_start = second.shaped.face.ink(second.shaped.glyphs[0].gid)[0] * SIZE / 1000
    assert first.width + first.kern + ink_start >= ink_end - 0.01


def test_a_mark_in_a_tight_line_gives_of_its_empty_half_before_a_character_goes_down(fonts: FontSet) -> None:
    text = "会议强调，草原保护是五省区的共同责任，要共同努力"
    full = sum(box.width for box in boxes(text, "zh", fonts))
    tight = lines(text, "zh", full - 0.7 * SIZE, fonts)
    assert len(tight) == 1
    assert 0 < tight[0].tight <= 1
    assert len(lines(text, "zh", full - 0.9 * SIZE, fonts)) == 2


def test_an_exclamation_keeps_its_white_inside_a_line(fonts: FontSet) -> None:
    assert [box.give for box in boxes("好！中", "zh", fonts)][1] == 0.0


def test_a_line_begins_and_ends_with_ink_at_the_edge(fonts: FontSet) -> None:
    text = "《格萨尔》传说很长，" * 8
    for line in lines(text, "zh", 100.0, fonts)[:-1]:
        first, last = line.boxes[0], line.boxes[-1]
        if first.shaped.text in OPENING:
            assert line.x == -SIZE / 2
        if last.shaped.text in CLOSING:
            assert last.trim_end == SIZE / 2


@pytest.mark.parametrize("text", ["占12.5%的", "与WHO的", "在 AM 的", "读བོད的"])
def test_a_narrow_space_of_one_width_stands_between_ideographs_and_other_scripts(text: str, fonts: FontSet) -> None:
    set_boxes = boxes(text, "zh", fonts)
    white = set_boxes[0].kern
    if set_boxes[1].space:
        white += set_boxes[1].width + set_boxes[1].kern
    assert white == pytest.approx(0.15 * SIZE)


def test_no_white_is_put_between_latin_and_full_width_marks(fonts: FontSet) -> None:
    assert [box.kern for box in boxes("（WHO）", "zh", fonts)] == [0.0, 0.0, 0.0]


def test_points_hyphens_and_tshegs_hang_over_the_edge_but_never_wholly(fonts: FontSet) -> None:
    for text, language in (("over.", "en"), ("over,", "en"), ("over-", "en"), ("བོད་", "bo")):
        box = boxes(text, language, fonts)[-1]  # type: ignore[arg-type]
        mark = box.shaped.glyphs[-1].advance * box.size / 1000
        assert 0.4 * mark < box.trim_end < 0.7 * mark
    assert boxes("over", "en", fonts)[-1].trim_end == 0.0


def test_the_stems_of_justified_english_reach_the_edge_and_its_points_stand_outside(fonts: FontSet) -> None:
    text = "Delegates met, and talked, and ate, and slept, and left. " * 6
    outside = 0
    for line in lines(text, "en", 150.0, fonts)[:-1]:
        end = line.x + sum(map(line.advance, line.boxes[:-1])) + line.boxes[-1].width
        assert end == pytest.approx(150.0 + line.boxes[-1].trim_end, abs=0.05)
        outside += line.text[-1] in ",."
    assert outside


def test_letters_are_spaced_only_as_far_as_nobody_sees_it(fonts: FontSet) -> None:
    text = "Whereas disregard and contempt for human rights have resulted in barbarous acts which outraged " * 3
    tracked = [line for width in range(70, 130, 3) for line in lines(text, "en", width, fonts) if line.tracking]
    assert tracked
    assert all(-0.0101 * SIZE <= line.tracking <= 0.026 * SIZE for line in tracked)
    assert {line.tracking > 0 for line in tracked} == {True, False}


def test_marks_whose_ink_fills_the_square_keep_their_width(fonts: FontSet) -> None:
    assert [box.kern for box in boxes("——……", "zh", fonts)] == [0.0] * len(boxes("——……", "zh", fonts))
    assert all(box.trim_end == 0.0 for box in boxes("…", "zh", fonts))

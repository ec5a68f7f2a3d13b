"""A Tibetan word in an English or Chinese line touches no line above or below."""

from __future__ import annotations

import pytest

from toolkit.bulletin.model import Run
from toolkit.bulletin.themes import CLASSIC
from toolkit.fonts.catalog import FontSet
from toolkit.languages import Language
from toolkit.pdf.boxes import boxes_of
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.leading import least_leading
from toolkit.pdf.lines import Line, Measure
from toolkit.pdf.paragraph import break_lines

HIGH_AND_DEEP = "བསྒྲུབས་ཧཱུྃ་"


def line(fonts: FontSet, host: Language, *words: str) -> Line:
    runs = [Run(word, "bo" if "\u0f00" <= word[0] <= "\u0fff" else host) for word in words]
    boxes = boxes_of(runs, CLASSIC.style("paragraph", host), Itemizer(fonts), "9B1C1C")
    return break_lines(boxes, Measure(900.0, 0.0, "left", host))[0]


@pytest.mark.parametrize(("host", "words"), [("en", "By the jumping fights "), ("zh", "草原鹰国")])
def test_the_deepest_stack_finds_room_between_lines_of_another_script(
    host: Language, words: str, fonts: FontSet
) -> None:
    leading = CLASSIC.style("paragraph", host).leading
    plain, guest = line(fonts, host, words * 3), line(fonts, host, words, HIGH_AND_DEEP)
    assert 0 < least_leading(plain, guest) <= leading
    assert 0 < least_leading(guest, plain) <= leading


def test_two_stacks_over_one_another_ask_for_more_room_and_two_side_by_side_do_not(fonts: FontSet) -> None:
    leading = CLASSIC.style("paragraph", "en").leading
    first, far = (
        line(fonts, "en", HIGH_AND_DEEP),
        line(fonts, "en", "a long way from the edge of the column ", HIGH_AND_DEEP),
    )
    assert least_leading(first, first) > leading
    assert least_leading(first, far) <= leading


def test_lines_without_a_guest_are_left_alone(fonts: FontSet) -> None:
    plain = line(fonts, "en", "plain words")
    assert least_leading(plain, plain) == 0.0


def test_a_guest_is_a_little_smaller_than_in_its_own_column(fonts: FontSet) -> None:
    guest = line(fonts, "en", "word ", "བོད་").boxes[-1]
    at_home = line(fonts, "bo", "བོད་").boxes[-1]
    ratio = CLASSIC.style("paragraph", "en").size / CLASSIC.style("paragraph", "bo").size
    assert guest.size == pytest.approx(0.88 * ratio * at_home.size)

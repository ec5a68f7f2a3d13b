"""The founding report, its drafts, and speed."""

from __future__ import annotations

import functools
import itertools
from pathlib import Path

import pytest

from tests.growth import growth
from toolkit.figures import figure_faults, find_figure, find_figures
from toolkit.languages import Language
from toolkit.report import Report
from toolkit.tibetan import normal
from toolkit.translation.xliff import read_xliff

FOLDER = Path(__file__).parent.parent.parent / "source" / "gannan-2023"


@pytest.mark.parametrize("language", ["en", "bo"])
def test_every_figure_of_the_first_report_stands_in_its_drafts(language: Language) -> None:
    draft = read_xliff(FOLDER / f"{language}.xlf", language)
    seen = 0
    for unit in draft.units:
        target = normal(unit.target.text)
        for figure in find_figures(unit.source.text):
            if not figure.weak:
                seen += 1
                assert find_figure(figure, target, language), (figure, target)
        assert figure_faults(unit.source.text, target, language) == ()
    assert seen > 20


def test_the_figures_of_the_first_report_are_the_ones_a_reader_counts(gannan: Report) -> None:
    texts = [figure.text for segment in gannan.segments for figure in find_figures(segment.source.text)]
    assert texts.count("第八次") == 5
    assert texts.count("70周年") == 3
    assert texts.count("二十大") == 3
    assert {"8月8日", "八月", "2015年", "第七次", "十八大"} <= set(texts)
    assert "万" not in texts, "叶万彬 is a person"


def test_the_work_grows_with_the_square_of_the_figures_in_a_sentence_and_not_with_their_cube() -> None:
    fresh = itertools.count(100)  # nothing is remembered from the run before

    def checking(sentences: int) -> object:
        days = [next(fresh) for _ in range(sentences)]
        source = "".join(f"记者{day}日获悉，第{day}次会议投资3.{day}亿元，增长{day}.5%，提出五条建议。" for day in days)
        return figure_faults(source, " ".join(f"On the {day}th, investment was 3{day}0 million." for day in days), "en")

    assert checking(1)
    assert growth(functools.partial(checking, 10), functools.partial(checking, 40)) < 50

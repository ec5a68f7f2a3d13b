"""The checks on lines of real machine translation that people labelled for errors.

`python benchmarks/checks_on_labels.py` prints the tables; what is asked here is what an editor was promised.
"""

from __future__ import annotations

import pytest

from benchmarks.checks_on_labels import RECORDED, agreement, score_checks

pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason="../shared is not there")


@pytest.mark.parametrize(("kind", "floor"), [("number", 0.9), ("date", 0.9), ("currency", 0.9)])
def test_wrong_figures_are_found_and_right_ones_left_alone(kind: str, floor: float) -> None:
    score = score_checks()[kind]
    assert score.precision >= floor, score.false
    assert score.recall >= floor, score.missed


@pytest.mark.parametrize(("kind", "floor"), [("person", 0.85), ("place", 0.85)])
def test_wrong_names_that_the_glossary_holds_are_found(kind: str, floor: float) -> None:
    score = score_checks()[kind]
    assert score.precision >= floor, score.false
    assert score.recall >= floor, score.missed


def test_two_readers_agree_on_what_is_wrong() -> None:
    assert all(kappa > 0.9 for _, _, kappa in agreement().values())

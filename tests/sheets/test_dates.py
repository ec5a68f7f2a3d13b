"""A date is read in any order that leaves no doubt."""

from __future__ import annotations

import datetime

import pytest

from toolkit.sheets.dates import date_in_cell

SAME_DAY = """\
2026-11-25
2026/11/25
2026.11.25
2026年11月25日
25.11.2026
25/11/2026
11/25/2026
25-11-2026
  2026-11-25 00:00:00
2026-11-25T04:05:06Z
"""


@pytest.mark.parametrize("text", SAME_DAY.splitlines())
def test_a_day_without_doubt_is_read(text: str) -> None:
    assert date_in_cell(text) == datetime.date(2026, 11, 25)


def test_dots_put_the_day_first_and_the_same_number_twice_is_no_doubt() -> None:
    assert date_in_cell("3.4.2026") == datetime.date(2026, 4, 3)
    assert date_in_cell("4/4/2026") == datetime.date(2026, 4, 4)


@pytest.mark.parametrize("text", ["3/4/2026", "3-4-2026"])
def test_what_could_be_two_days_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="could be two days"):
        date_in_cell(text)


@pytest.mark.parametrize("text", ["25.11.26", "46351", "31.2.2026", "yesterday", "", "٢٠٢٦-١١-٢٥x"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        date_in_cell(text)

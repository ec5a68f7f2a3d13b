"""Dates as spreadsheets of many countries write them back."""

from __future__ import annotations

import datetime
import re

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")


def date_in_cell(text: str) -> datetime.date:
    """The day that `text` names: 2026-11-25, 2026/11/25, 2026年11月25日, 25.11.2026, 11/25/2026; a time is cut off.

    With the year last, dots put the day first; slashes and hyphens do in one country and not in the next, so there one
    of the two numbers must be above 12.  Raises `ValueError`, with a clause that says what is wrong, for anything else.
    """
    bare = _TIME.sub("", text.strip())
    if match := _YEAR_FIRST.fullmatch(bare):
        year, month, day = (int(number) for number in match.groups() if number)
    elif match := _YEAR_LAST.fullmatch(bare):
        first, mark, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
        if mark != "." and first <= 12 and second <= 12 and first != second:
            raise ValueError(f"“{text}” could be two days")
        day, month = (first, second) if mark == "." or first > 12 else (second, first)
    else:
        raise ValueError(f"“{text}” is no date")
    try:
        return datetime.date(year, month, day)
    except ValueError as fault:
        raise ValueError(f"“{text}” is no date") from fault

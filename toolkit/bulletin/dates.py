"""Dates as each language prints them."""

from __future__ import annotations

import datetime

from babel.dates import format_date, format_skeleton

from toolkit.languages import Language

_TO_TIBETAN = str.maketrans("0123456789", "༠༡༢༣༤༥༦༧༨༩")


def in_digits_of(text: str, language: Language, tibetan_digits: bool) -> str:
    """`text` with the digits that the house prints in `language`."""
    return text.translate(_TO_TIBETAN) if language == "bo" and tibetan_digits else text


def printed_date(date: datetime.date, language: Language, *, tibetan_digits: bool = False) -> str:
    """`date` in the form bulletins print.

    English and Chinese from CLDR (long).  Tibetan is ours, 2023ལོའི་ཟླ་8པའི་ཚེས་8ཉིན: CLDR's long form counts
    months in words and mixes digits, which the Tibetan-language press in China does not.
    """
    if language == "bo":
        text = f"{date.year}ལོའི་ཟླ་{date.month}པའི་ཚེས་{date.day}ཉིན"
        return text.translate(_TO_TIBETAN) if tibetan_digits else text
    return format_date(date, format="long", locale={"zh": "zh_CN", "en": "en_US"}[language])


def printed_month(year: int, month: int, language: Language, *, tibetan_digits: bool = False) -> str:
    """A month of a year as bulletins print it: August 2023, 2023年8月 (CLDR, skeleton yMMMM), 2023ལོའི་ཟླ་8པ།"""
    if language == "bo":
        text = f"{year}ལོའི་ཟླ་{month}པ།"
        return text.translate(_TO_TIBETAN) if tibetan_digits else text
    locale = {"zh": "zh_CN", "en": "en_US"}[language]
    return str(format_skeleton("yMMMM", datetime.date(year, month, 1), locale=locale))

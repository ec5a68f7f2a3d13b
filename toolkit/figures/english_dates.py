"""Dates, decades, centuries and times of the clock in English text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from babel import Locale
from babel.dates import get_month_names

from toolkit.figures.english_words import SMALL, TENS, are_number_words, words_value
from toolkit.figures.reading import Mention, Part, Reading, Role, fraction, mention_of

_ENGLISH = Locale("en")
MONTH_NAMES: dict[int, str] = {index: str(name) for index, name in get_month_names("wide", locale=_ENGLISH).items()}
_MONTHS = {name.lower(): index for index, name in MONTH_NAMES.items()} | {
    str(name).lower(): int(index) for index, name in get_month_names("abbreviated", locale=_ENGLISH).items()
}
_MONTHS["sept"] = 9

_S = r"[\s\u00a0\u202f]"
_DASH = r"[-‐‑–—]"
_SHORT = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec")
_LOWER = [name.lower() for name in MONTH_NAMES.values() if name not in ("May", "March")]  # carelessly typed
_WIDE = "|".join([*MONTH_NAMES.values(), *(name.upper() for name in MONTH_NAMES.values()), *_LOWER])
_MONTH = rf"(?:{_WIDE}|(?:{'|'.join([*_SHORT, *(name.upper() for name in _SHORT)])})\.?)(?![A-Za-z])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%:]|[.,]\d)"
_YEAR = r"(?:1\d{3}|20\d\d|21\d\d)(?![\d%,]\d|\d|s)"
_TO = rf"(?:{_S}*{_DASH}{_S}*|{_S}+(?:to|and|through|until|till|or){_S}+)(?:the{_S}+)?"
_OPEN = r"(?<![A-Za-z])"

_DATE = re.compile(
    # August 8-10, 2018
    rf"(?P<m1>{_OPEN}{_MONTH}){_S}*(?:the{_S}+)?(?P<d1>{_DAY})(?:{_TO}(?P<d2>{_DAY})(?!{_S}+{_MONTH}))?"
    rf"(?:{_S}*,?{_S}*(?:of{_S}+)?(?P<y1>{_YEAR}))?"
    # the 8th to the 10th of August 2018
    rf"|(?:{_OPEN}[Tt]he{_S}+)?(?<![\d.,$])(?P<d3>{_DAY})(?:{_TO}(?P<d4>{_DAY}))?{_S}+(?:(?:day{_S}+)?of{_S}+)?"
    rf"(?P<m2>{_MONTH})(?:,?{_S}*(?:of{_S}+)?(?P<y2>{_YEAR}))?"
    # September 2018
    rf"|(?P<m3>{_OPEN}{_MONTH})(?:,?{_S}*(?:of{_S}+)?(?P<y3>{_YEAR}))"
    # 2018-09-12, 2015-16, 2015–2020
    rf"|(?<![\d.,/-])(?P<iy>{_YEAR})(?P<is>[-/.])(?P<im>\d{{1,2}})(?P=is)(?P<id>\d{{1,2}})(?![\d])"
    rf"|(?<![\d.,$€£¥‐‑–—-])(?P<y4>{_YEAR}){_S}*[-‐‑–—/]{_S}*(?P<y5>\d\d(?!\d)|{_YEAR})"
    # August, January-August
    rf"|(?P<m4>{_OPEN}(?:(?<!-)|(?<=[Mm]id-)|(?<=[Ee]nd-)|(?<=[Ll]ate-)|(?<=[Ee]arly-)){_MONTH})(?:{_S}*{_DASH}{_S}*(?P<m5>{_MONTH}))?"
)
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|of|last|this|next|early|late|mid|since|until|by|from|to|and|between|through|during)|,|[Mm]id-)\s*$",
    re.I,
)
_DECADE = re.compile(
    r"(?<![\d.,])(?P<long>(?:1\d|20)\d0)['’]?s(?![A-Za-z])|(?<![\d.,$])['’]?(?P<short>[1-9]0)['’]?s(?![A-Za-z])"
    r"|\b(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
    re.IGNORECASE,
)
_NTH = r"(?:st|nd|rd|th)?"
_CENTURY = re.compile(
    rf"\b(?P<pair>\d{{1,2}}){_NTH}(?:\s*[-–]\s*|\s+(?:and|to|or)\s+)(?P<pair2>\d{{1,2}}){_NTH}[\s-]+centur(?:y|ies)\b"
    rf"|\b(?P<number>\d{{1,2}}){_NTH}[\s-]+century\b|\b(?P<word>(?:twenty-)?[a-z]+)[\s-]+century\b"
    r"|\bcentury (?P<after>\d{1,2})\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\d.:,])(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?(?::[0-5]\d)?\s*(?P<half>[ap]\.?\s?m\b\.?)"
    r"|(?<![\d.:,-])(?P<h5>[01]\d|2[0-4])(?P<m5>[0-5]\d)\s*(?:hours|hrs|h)\b"
    r"|(?<![\d.:,-])(?P<h2>\d{1,2}):(?P<m2>[0-5]\d)(?::[0-5]\d)?(?![\d:]|-\d)"
    r"|(?<![\d.,A-Za-z])(?P<h3>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s*"
    r"o\s?['’]?\s?clock\b"
    r"|\bhalf past (?P<h4>[a-z]+|\d{1,2})\b|\b(?P<noon>noon|midday|midnight)\b",
    re.IGNORECASE,
)
_MAY_BE_CLOCK = re.compile(r"\d:\d|\d{4}\s?h|\d\s?[ap]\.?\s?m|clock|noon|midday|midnight|half past", re.IGNORECASE)


def english_dates(text: str) -> Iterator[Mention]:
    """Days, months and years with a month or a range; a year alone is a number like any other."""
    for match in _DATE.finditer(text):
        if match["m4"] and not match["m5"] and _is_no_month(match, text):
            continue
        if match["iy"] and not (1 <= int(match["im"]) <= 12 and 1 <= int(match["id"]) <= 31):
            continue
        parts = [
            Part(*match.span(name), (Reading(role, fraction(_date_value(match, name))),))
            for name, role in _FIELDS
            if match[name]
        ]
        yield Mention(*match.span(), tuple(sorted(parts, key=lambda part: part.start)), is_date=True)


_FIELDS = (
    *((f"m{number}", Role.MONTH) for number in range(1, 6)),
    *((f"d{number}", Role.DAY) for number in range(1, 5)),
    *((f"y{number}", Role.YEAR) for number in range(1, 6)),
    *(("iy", Role.YEAR), ("im", Role.MONTH), ("id", Role.DAY)),
)


def _date_value(match: re.Match[str], name: str) -> int:
    text = match[name]
    if name[0] == "m":
        return _MONTHS[text.rstrip(".").lower()]
    if name == "y5" and len(text) == 2:
        return int(match["y4"][:2] + text)
    return int(re.sub(r"\D", "", text))


def _is_no_month(match: re.Match[str], text: str) -> bool:
    """May and March are words too, the Long March went on for two years, and Jun may be a person."""
    name = match["m4"]
    if name in ("MAY", "MARCH"):
        return False
    before = text[: match.start()]
    is_named = _BEFORE_MONTH.search(before) is not None
    if name in ("May", "March"):
        follows = re.match(r"\s(?:this|last|next)\b", text[match.end() :])
        return before.endswith("Long ") or not (is_named or follows)
    return name.title() not in MONTH_NAMES.values() and not name.endswith(".") and not is_named


def english_decades(text: str) -> Iterator[Mention]:
    """The 1990s, the '90s, the nineties."""
    for match in _DECADE.finditer(text):
        if match["word"]:
            value = TENS[match["word"].lower().removesuffix("ies") + "y"]
        else:
            value = int(match["long"] or match["short"])
        as_number = Reading(Role.NUMBER if value < 100 else Role.YEAR, fraction(value))
        yield mention_of(match, Reading(Role.DECADE, fraction(value)), as_number, is_date=True)


def english_centuries(text: str) -> Iterator[Mention]:
    """The 20th century, the 4th and 5th centuries; the last and this century are weak."""
    for match in _CENTURY.finditer(text) if "entur" in text else ():
        if match["pair"]:
            ends = (match.span(name) for name in ("pair", "pair2"))
            parts = (Part(*end, (Reading(Role.CENTURY, fraction(int(text[end[0] : end[1]]))),)) for end in ends)
            yield Mention(*match.span(), tuple(parts), is_date=True)
            continue
        word = (match["word"] or "").lower()
        value = Fraction(0)
        if word in ("last", "this"):
            value = Fraction(20 if word == "last" else 21)
        elif word and are_number_words(word):
            spoken = words_value(word)
            value = spoken[0] if spoken else value
        elif not word:
            value = Fraction(int(match["number"] or match["after"]))
        if value:
            yield mention_of(match, Reading(Role.CENTURY, value), weak=word in ("last", "this"), is_date=True)


def english_times(text: str) -> Iterator[Mention]:
    """3:30 p.m., 15:30, 1530 hours, 9 o'clock, noon; 15:30 may be a score as well."""
    for match in _CLOCK.finditer(text) if _MAY_BE_CLOCK.search(text) else ():
        if match["noon"]:
            hour = 0 if match["noon"].lower() == "midnight" else 12
            yield mention_of(match, Reading(Role.CLOCK, fraction(hour * 60)), weak=True)
            continue
        spoken = match["h"] or match["h5"] or match["h2"] or match["h3"] or match["h4"]
        hour = int(spoken) if spoken.isdigit() else SMALL.get(spoken.lower(), 99)
        if hour > 24:
            continue
        minute = int(match["m"] or match["m5"] or match["m2"] or (30 if match["h4"] else 0))
        half = (match["half"] or "").lower()
        if half and hour <= 12:
            hour = hour % 12 + (12 if half.startswith("p") else 0)
        role = Role.CLOCK if half or match["h5"] or hour > 12 or hour == 0 else Role.CLOCK_12
        clock = Reading(role, fraction(hour % 24 * 60 + minute))
        count = Reading(Role.NUMBER, fraction(hour))
        if match["h2"]:
            second = Part(*match.span("m2"), (Reading(Role.NUMBER, fraction(minute)),), weak=True)
            yield Mention(*match.span(), (Part(*match.span("h2"), (clock, count)), second), is_date=True)
        else:
            yield mention_of(match, *((clock, count) if match["h3"] else (clock,)), is_date=True)

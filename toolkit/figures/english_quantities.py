"""Numbers, percentages, money, fractions and vague counts in English text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from toolkit.figures.currencies import codes_by_name
from toolkit.figures.english_words import (
    DENOMINATORS,
    ORDINALS,
    SIGNS,
    SMALL,
    TENS,
    VAGUE,
    WORD_SCALES,
    digits_value,
    roman_value,
    scaled,
    small_value,
    words_value,
)
from toolkit.figures.reading import PER_MILLE, PERCENT, Mention, Part, Reading, Role, fraction, mention_of, percent

_SMALL_LIMIT = 12  # number words up to here may come from anywhere (the two sides): never called invented
_CODES = codes_by_name("en") | {"u.s. dollar": ("USD",), "us-dollar": ("USD",)}
_BEFORE_NUMBERS = ("rmb", "cny", "usd", "hkd", "eur", "gbp", "jpy", "renminbi", "chf", "euro", "euros")
_AMBIGUOUS = ("rm", "rs", "rs.", "rp", "real", "won", "dong", "rand")  # words of other meanings behind a number


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SYMBOLS = _any([name for name in _CODES if not name[-1].isalpha() or name in _BEFORE_NUMBERS])
_NAMES = _any([name for name in _CODES if name[0].isalpha() and name not in _AMBIGUOUS])
_WORDS = _any([*SMALL, *TENS, *ORDINALS])
_MONTHS = "month|January|February|March|April|May|June|July|August|September|October|November|December"
_NTH_DAY = re.compile(rf"\s+day\b(?!\s+of\s+(?:the\s+)?(?:{_MONTHS}))")
_SPAN = re.compile(
    r"[\s-]+(?:(?:\w+\s)?(?:days|weeks|months|years|hours|minutes)\b|(?:day|week|month|year|hour|minute)-)"
)
_WITH_A_POINT = re.compile(r"(\d{1,2})\.([0-5]\d)")
_DIGITS = r"(?:\d{1,3}(?:,\d{3,5})+|\d{4,6}(?:,\d{3})+)(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"  # misplaced commas too
_PERCENT = (
    r"(?:%|％|‰|per\s?cent(?:age)?(?:\s+points?)?\b|percentage\s+points?\b|pct\b|per\s?mille\b|per\s+(?:thousand|1,?000)\b"
    r"|basis\s+points?\b|points?\b)"
)
_END = "(?![A-Za-z])"
_NUMBER = re.compile(
    rf"(?:(?:(?P<symbol>(?<![A-Za-z])(?:{_SYMBOLS})\s*)|(?<![\w.]))(?P<digits>{_DIGITS})"
    rf"(?P<nth>(?:st|nd|rd|th){_END})?"
    rf"|(?<![A-Za-z])(?P<words>(?:a\s+)?(?:{_WORDS}|(?<=a\s)(?:{WORD_SCALES})){_END}"
    rf"(?:[\s-]+(?:and[\s-]+)?(?:{_WORDS}|{WORD_SCALES}){_END})*)"
    rf"|(?<![A-Za-z])(?P<an>an?|half\s+an?)\s+(?={WORD_SCALES}))"
    rf"(?P<scales>(?:(?:[\s\u00a0-]*(?:{WORD_SCALES})|(?<=\d)\s?(?:bn|mn|mln|bln|tn|trn)|(?<=\d)[mbk](?![²³2-3])){_END})*)"
    rf"(?P<half>\s+and\s+a\s+half)?"
    rf"(?:\s*-?\s*(?P<percent>{_PERCENT})|[\s-]*(?P<currency>(?:{_NAMES}){_END}))?",
    re.IGNORECASE,
)
_UNITS = "km|kg|cm|mm|g|t|kW|MW|kWh|GW|ha|L|ml|GB|MB|TB|Hz|V|W|C|F|x|h|min|ft|in|lb|lbs|mph|kph|yr|yo|sq|hrs?"
_SCALE_ENDINGS = "st|nd|rd|th|s|bn|mn|mln|bln|tn|trn|m|b|k|am|pm|percent|yuan|euros?|dollars"
_ATTACHED = re.compile(rf"(?<![\w.])(?P<digits>\d+(?:\.\d+)?)(?=(?:{_UNITS}|m|s)\b)")
_CODE = re.compile(
    r"https?://\S+|(?<![\w.])\d+(?:\.\d+){2,}(?![\d.])|(?<![A-Za-z\d])(?!(?:RMB|CNY|USD|HKD|EUR|GBP|JPY|No|Rs|RM|CHF|Euros?)\d|[a-z]+[-–]\d"
    r"|(?:Mid|Pre|Post|Early|Late|Non|Under|Over|Sub|Top|The|And|To|Or|In|Of|From|An?)-)"
    r"[A-Za-z]+[-–]?\d[\w-]*(?:\.\d+)?"
    rf"|(?<![\w.])\d+(?:\.\d+)?(?!(?:{_UNITS}|{_SCALE_ENDINGS}|(?:{WORD_SCALES})s?){_END})[A-Za-z]+[A-Za-z\d]*"
)
_NINE = "one|two|three|four|five|six|seven|eight|nine"
_NO_FRACTION = "time|place|person|year|day|round|party|quarter|and final|consecutive|straight|of (?:last|this|20|19)"
_FRACTION = re.compile(
    rf"(?<![A-Za-z])(?<!and )(?P<n>an?|{_NINE}|\d{{1,2}})[\s-]+(?P<d>hal(?:f|ves)|thirds?|quarters?|fourths?|fifths?"
    rf"|sixths?|sevenths?|eighths?|ninths?|tenths?|hundredths?|thousandths?){_END}(?!\s+(?:{_NO_FRACTION}))"
    r"|(?<![\d/.])(?P<a>\d{1,3})\s?[/⁄]\s?(?P<b>\d{1,4})(?![\d/])"
    rf"|\b(?P<x>{_NINE}|\d+)\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<y>{_NINE}|ten|\d+)(?![\d,.]*\d)\b"
    r"(?!\s+(?:years|days|months|hours))"
    rf"|(?<!and a )\b(?P<half>half(?!\s+an?\s+(?:{WORD_SCALES}))|halved|halves|halving|halfway)\b"
    r"|\b(?P<quarter>quarter)\b|(?P<sign>[½¼¾⅓⅔])",
    re.IGNORECASE,
)
_VAGUE = re.compile(rf"(?<![A-Za-z-])(?:{_any(list(VAGUE))})(?![A-Za-z])", re.IGNORECASE)
_ROMAN = re.compile(r"(?<=[A-Za-z]\s)(?P<roman>II|III|IV|VI{0,3}|IX|XI{0,3}|XI?V|XVI{0,3}|XI?X)(?![\w'’.-])")


def english_codes(text: str) -> Iterator[Mention]:
    """Names with digits (G20, COVID-19) and addresses: weak, so that nobody looks for figures in them."""
    for match in _CODE.finditer(text):
        digits = re.search(r"\d+(?:\.\d+)?", match.group())
        if digits is not None:
            yield mention_of(match, Reading(Role.NUMBER, digits_value(digits.group())), weak=True)


def english_fractions(text: str) -> Iterator[Mention]:
    """One third, three quarters, 2/3, half, one in five."""
    for match in _FRACTION.finditer(text):
        if match["x"]:
            yield from _one_in(match)
            continue
        share = _share(match, text)
        if share is not None:
            ways = [Reading(Role.NUMBER, share), Reading(Role.NUMBER, share * 100, PERCENT)]
            is_open = _is_open(match, text)
            if is_open:
                ways.append(Reading(Role.ORDINAL, Fraction(share.denominator)))
            if share.denominator == 4 and match["n"]:  # the first three quarters of the year
                ways.append(Reading(Role.NUMBER, Fraction(share.numerator)))
            yield mention_of(match, *ways, weak=is_open or share.denominator in (2, 4) or bool(match["a"]))


def _share(match: re.Match[str], text: str) -> Fraction | None:
    if match["half"]:
        return Fraction(1, 2)
    if match["quarter"]:
        return Fraction(1, 4)
    if match["sign"]:
        return SIGNS[match["sign"]]
    if match["a"]:
        return Fraction(int(match["a"]), int(match["b"])) if int(match["b"]) else None
    above, below = match["n"].lower(), match["d"].lower()
    is_one = above in ("a", "an")
    top = 1 if is_one else small_value(above)
    bottom = DENOMINATORS[below if below in DENOMINATORS else below.removesuffix("s")]
    if bottom == 3 and _is_open(match, text):
        return None  # a third man
    if (top > 1 and not below.endswith("s")) or top > bottom:
        return None  # 10 third prizes; eight quarters of a year
    return Fraction(top, bottom)


def _is_open(match: re.Match[str], text: str) -> bool:
    """“A fifth” may be a share or one more, unless “of” follows."""
    if (match["n"] or "").lower() not in ("a", "an") or match["d"].lower() in ("half", "quarter"):
        return False
    return re.match(r"[\s-]+(?:of|as)\b", text[match.end() :]) is None


def _one_in(match: re.Match[str]) -> Iterator[Mention]:
    top, bottom = small_value(match["x"]), small_value(match["y"]) if match["y"].lower() != "ten" else 10
    if bottom > top:
        share = Fraction(top, bottom)
        ways = (
            Reading(Role.NUMBER, Fraction(top)),
            Reading(Role.NUMBER, share),
            Reading(Role.NUMBER, share * 100, PERCENT),
        )
        below = Part(*match.span("y"), (Reading(Role.NUMBER, Fraction(bottom)),), weak=True)
        yield Mention(*match.span(), (Part(*match.span("x"), ways, weak=True), below))


def english_numbers(text: str) -> Iterator[Mention]:
    """Numbers in digits and words with their scale, and the percent sign or currency that goes with them."""
    for match in _NUMBER.finditer(text):
        is_ordinal, weak = bool(match["nth"]), False
        has_scale = bool(match["scales"].strip(" -"))
        if match["digits"]:
            value = digits_value(match["digits"])
            weak = value == 1 and not has_scale
        elif match["words"]:
            spoken = words_value(match["words"])
            if spoken is None:
                yield from _one_by_one(match)
                continue
            value, is_ordinal = spoken
            weak = value <= _SMALL_LIMIT and not has_scale
        else:
            value, weak = Fraction(1, 2 if match["an"].lower().startswith("half") else 1), True
        value = scaled(value + (Fraction(1, 2) if match["half"] else 0), match["scales"])
        role = Role.ORDINAL if is_ordinal else Role.NUMBER
        if (_NTH_DAY if is_ordinal else _SPAN).match(text, match.end()) and not match["percent"]:
            role = Role.SPAN
        readings = _readings(match, value, role)
        yield mention_of(match, *readings, weak=weak and not all(reading.unit for reading in readings))


def _readings(match: re.Match[str], value: Fraction, role: Role) -> tuple[Reading, ...]:
    spoken = (match["percent"] or "").lower()
    if spoken == "‰" or "mille" in spoken or spoken.startswith("per t") or "000" in spoken:
        return (Reading(Role.NUMBER, value, PER_MILLE),)
    if spoken.startswith("point"):  # a 14-point lead, or 14 points in a game
        return (Reading(role, value), Reading(Role.NUMBER, value, PERCENT))
    if "basis" in spoken:
        return (Reading(Role.NUMBER, value, "bp"), Reading(Role.NUMBER, value / 100, PERCENT))
    if spoken:
        return percent(value)
    names = [_CODES[" ".join(name.lower().split())] for name in (match["symbol"], match["currency"]) if name]
    if names and not match["nth"]:
        return tuple(Reading(Role.NUMBER, value, code) for codes in names for code in codes)
    clock = _WITH_A_POINT.fullmatch(match["digits"] or "")
    if clock and not match["scales"].strip(" -") and int(clock[1]) < 24:  # 7.30 of a timetable
        minutes = fraction(int(clock[1]) * 60 + int(clock[2]))
        return (Reading(role, value), Reading(Role.CLOCK, minutes))
    return (Reading(role, value),)


def _one_by_one(match: re.Match[str]) -> Iterator[Mention]:
    """Number words in a row that make no number: seven eight."""
    offset = match.start("words")
    for word in re.finditer(r"[A-Za-z]+", match["words"]):
        found = words_value(word.group()) if word.group().lower() not in ("a", "and") else None
        if found is not None:
            reading = Reading(Role.ORDINAL if found[1] else Role.NUMBER, found[0])
            start, end = offset + word.start(), offset + word.end()
            yield Mention(start, end, (Part(start, end, (reading,), weak=True),))


def english_vague(text: str) -> Iterator[Mention]:
    """What is left: digits joined to a unit (5km), Roman numerals, and words like both and dozens (weak)."""
    for match in _ATTACHED.finditer(text):
        yield mention_of(match, Reading(Role.NUMBER, digits_value(match["digits"])))
    for match in _ROMAN.finditer(text):
        yield mention_of(match, Reading(Role.ORDINAL, fraction(roman_value(match["roman"]))), weak=True)
    for match in _VAGUE.finditer(text):
        yield mention_of(match, Reading(Role.NUMBER, fraction(VAGUE[match.group().lower()])), weak=True)

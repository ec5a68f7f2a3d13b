"""The figures of a Tibetan text; see `tibetan_patterns` for how they are printed."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from toolkit.figures.currencies import codes_by_name
from toolkit.figures.find import blanked
from toolkit.figures.reading import PER_MILLE, PERCENT, Mention, Part, Reading, Role, fraction, mention_of, percent
from toolkit.figures.tibetan_patterns import (
    BEFORE_SCALE,
    CLOCK,
    CODE,
    DATE,
    FIRST,
    FRACTION,
    FROM,
    JOINT,
    LETTER,
    LINKS,
    OPEN,
    ORDINAL_AFTER,
    PARTS_OF_DAY,
    SCALES,
    TENS,
    TOKEN,
    TWO,
    UNITS,
    UP_TO,
)
from toolkit.figures.tibetan_patterns import PERCENT as PERCENT_PATTERN

_PLAIN = {0x0F20 + value: str(value) for value in range(10)} | {0x0F0C: "\u0f0b"}
_CURRENCIES = codes_by_name("bo")
_NAME = "|".join(sorted((re.escape(name) for name in _CURRENCIES if name), key=len, reverse=True))
_CURRENCY_BEFORE = re.compile(rf"(?:{OPEN}|(?<=[$£€¥]))(?P<name>{_NAME})(?:འི|་ཡི|་གི)?[་\s$£€¥]*$")
_CURRENCY_AFTER = re.compile(rf"[་\s]?(?P<name>{_NAME})(?:འི|ར|ས)?(?![{LETTER}])")
_UP_TO = re.compile(UP_TO)
_SMALL_LIMIT = 12


@functools.lru_cache(maxsize=512)
def tibetan_mentions(text: str) -> tuple[Mention, ...]:
    """The figures of a Tibetan `text` in order of place, in digits of either set and in words."""
    plain = text.translate(_PLAIN)
    masked = plain
    found: list[Mention] = []
    for search in (_codes, _dates, _clock, _percents, _fractions, _numbers, _firsts):
        new = list(search(masked, plain))
        masked = blanked(masked, ((mention.start, mention.end) for mention in new))
        found += new
    return tuple(sorted(found, key=lambda mention: mention.start))


def words_value(words: str) -> int:
    """The value of Tibetan number words: བཅོ་ལྔ is 15, ཉི་ཤུ་རྩ་གཅིག 21, དང་པོ 1."""
    if words.isdigit():
        return int(words)
    if words in ("དང་པོ", "སུམ"):
        return 1 if words == "དང་པོ" else 3
    if words in ("བཅོ་ལྔ", "བཅོ་བརྒྱད"):
        return 15 if words.endswith("ལྔ") else 18
    total = 0
    for ten in sorted(TENS, key=len, reverse=True):
        if words == ten or words.startswith(ten + "་"):
            total, words = TENS[ten], words[len(ten) + 1 :]
            break
    else:
        for link, value in LINKS.items():
            if words.startswith(link + "་") and words != link:
                total = value
    last = words.split("་")[-1]
    return total + UNITS.get(last, 0)


def _value(number: str) -> Fraction:
    if number[0].isdigit():
        return fraction(Decimal(number.replace(",", "")))
    return fraction(words_value(number))


def _codes(text: str, _: str) -> Iterator[Mention]:
    for match in CODE.finditer(text):
        digits = re.search(r"\d+", match.group())
        if digits is not None:
            yield mention_of(match, Reading(Role.NUMBER, fraction(int(digits.group()))), weak=True)


_FIELDS = (
    ("y", Role.YEAR),
    ("ym", Role.MONTH),
    ("yd", Role.DAY),
    ("m", Role.MONTH),
    ("d", Role.DAY),
    ("d2", Role.DAY),
)


def _dates(text: str, _: str) -> Iterator[Mention]:
    for match in DATE.finditer(text):
        if match["c"]:
            yield _century(match)
            continue
        if match["dec"] or match["dec2"] or match["dec3"]:
            value = words_value(match["dec"] or match["dec2"] or match["dec3"])
            yield mention_of(match, Reading(Role.DECADE, fraction(value)), is_date=True)
            continue
        if match["y2"]:
            years = (Reading(Role.YEAR, fraction(century + int(match["y2"]))) for century in (1900, 2000))
            yield mention_of(match, *years, Reading(Role.NUMBER, fraction(int(match["y2"]))), is_date=True)
            continue
        parts = [
            Part(*match.span(name), (Reading(role, fraction(words_value(match[name]))),))
            for name, role in _FIELDS
            if match[name]
        ]
        if match["m"] and not match["d"] and not match["nth"] and match["m"] != "དང་པོ":
            number = Reading(Role.NUMBER, fraction(words_value(match["m"])))
            if not match["m"].isdigit():
                continue  # ཟླ་བ་གསུམ: three months
            parts = [Part(*match.span("m"), (*parts[0].readings, number), weak=True)]
        if match["m2"]:
            far = fraction(int(match["m2"]))
            readings = (Reading(Role.MONTH, far), Reading(Role.NUMBER, far))
            parts.append(Part(*match.span("m2"), readings if parts[0].weak else readings[:1], parts[0].weak))
        if any(not 0 < part.readings[0].value < 32 for part in parts if part.readings[0].role is Role.DAY):
            continue
        yield Mention(*match.span(), tuple(parts), is_date=True)


def _century(match: re.Match[str]) -> Mention:
    century = words_value(match["c"])
    place = match.span("c")
    readings = (Reading(Role.CENTURY, fraction(century)), Reading(Role.ORDINAL, fraction(century)))
    parts = [Part(*place, readings, weak=bool(match["cd"]))]
    if match["cd"]:
        decade = words_value(match["cd"])
        decade = decade if decade > 100 else (century - 1) * 100 + decade
        parts.append(Part(*match.span("cd"), (Reading(Role.DECADE, fraction(decade)),)))
    return Mention(*match.span(), tuple(parts), is_date=True)


def _clock(text: str, _: str) -> Iterator[Mention]:
    for match in CLOCK.finditer(text):
        hour = words_value(match["h"] or match["h2"])
        minute = words_value(match["m"] or match["m2"] or ("30" if match["half"] else "0"))
        count = Reading(Role.NUMBER, fraction(hour))
        if hour > 24:
            yield mention_of(match, count)
            continue
        time = _time_of_day(hour, minute, match["part"] or "")
        readings = [time] if match["part"] else [time, count]
        if match["m"] or match["m2"]:
            first = Part(*match.span("h" if match["h"] else "h2"), tuple(readings))
            second_place = match.span("m" if match["m"] else "m2")
            second = Part(*second_place, (Reading(Role.NUMBER, fraction(minute)),), weak=True)
            yield Mention(*match.span(), (first, second), is_date=True)
        else:
            yield mention_of(match, *readings, is_date=True)


def _time_of_day(hour: int, minute: int, part: str) -> Reading:
    """3 in the afternoon is 15:00; 3 alone, and 12 beside any word, may be before or after noon."""
    is_certain = hour > 12 or (bool(part) and hour < 12)
    is_small_hour = (part == "མཚན་མོ" and hour < 5) or (part in ("ཉིན་གུང", "ཉིན་དགུང") and hour > 2)
    if hour < 12 and PARTS_OF_DAY.get(part) and not is_small_hour:
        hour += 12
    return Reading(Role.CLOCK if is_certain else Role.CLOCK_12, fraction(hour % 24 * 60 + minute))


def _percents(text: str, _: str) -> Iterator[Mention]:
    for match in PERCENT_PATTERN.finditer(text):
        if match["mille"]:
            yield mention_of(match, Reading(Role.NUMBER, _value(match["mille"]), PER_MILLE))
        else:
            names = ("n", "to") if match["to"] else ("low", "high") if match["low"] else ()
            for name in names:
                start = match.start() if name == "n" else match.start(name)
                end = match.end() if name == "high" else match.end(name)
                yield Mention(start, end, (Part(start, end, percent(_value(match[name]))),))
            if not names:
                yield mention_of(match, *percent(_value(match["n"] or match["n2"])))


def _fractions(text: str, _: str) -> Iterator[Mention]:
    for match in FRACTION.finditer(text):
        if match["half"]:
            share = Fraction(1, 2)
        else:
            above, below = _value(match["above"] or match["a"]), _value(match["below"] or match["b"])
            if below == 0:
                continue
            share = above / below
        readings = (Reading(Role.NUMBER, share), Reading(Role.NUMBER, share * 100, PERCENT))
        yield mention_of(match, *readings, weak=bool(match["half"]))


def _firsts(text: str, _: str) -> Iterator[Mention]:
    for match in FIRST.finditer(text):
        yield mention_of(match, Reading(Role.ORDINAL, fraction(1)), weak=True)
    for match in TWO.finditer(text):
        yield mention_of(match, Reading(Role.NUMBER, fraction(2)), weak=True)


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    value: Fraction
    is_scale: bool
    is_word: bool


def _numbers(text: str, plain: str) -> Iterator[Mention]:
    tokens = [_token(match) for match in TOKEN.finditer(text)]
    position = 0
    near: tuple[Mention, Fraction] | None = None
    while position < len(tokens):
        value, used = _quantity(tokens, position, text)
        those = tokens[position : position + used]
        mention = _with_unit(those, value, plain)
        if near is not None and _closes_range(near[0], mention, plain):
            mention = _far_end(mention, value, *near)
        yield mention
        near = mention, _scale_of(those)
        position += used


def _scale_of(tokens: list[_Token]) -> Fraction:
    """The scale that stands before the one number of a quantity: 10**8 for དུང་ཕྱུར་3, 1 for 3."""
    if tokens[-1].is_scale or not all(token.is_scale for token in tokens[:-1]):
        return Fraction(1)
    return math.prod((token.value for token in tokens[:-1]), start=Fraction(1))


def _closes_range(near: Mention, far: Mention, plain: str) -> bool:
    return FROM.fullmatch(plain, near.end, far.start) is not None and _UP_TO.match(plain, far.end) is not None


def _far_end(far: Mention, value: Fraction, near: Mention, scale: Fraction) -> Mention:
    """དུང་ཕྱུར་3ནས་5བར: the near end of a range names the currency and the scale for both.

    A far end that is larger as it is has its own scale: ཁྲི་3ནས་དུང་ཕྱུར་1བར.
    """
    one, other = near.parts[0], far.parts[0]
    if value < one.readings[0].value:
        value *= scale
    units = [reading.unit for reading in one.readings] if not other.readings[0].unit else []
    if not any(units) and value == other.readings[0].value:
        return far
    readings = tuple(Reading(Role.NUMBER, value, unit) for unit in units) or tuple(
        Reading(reading.role, value, reading.unit) for reading in other.readings
    )
    weak = one.weak and other.weak
    return Mention(far.start, far.end, (Part(other.start, other.end, readings, weak),))


def _token(match: re.Match[str]) -> _Token:
    if match["digits"]:
        return _Token(*match.span(), _value(match["digits"]), False, False)
    if match["scale"]:
        return _Token(*match.span(), fraction(SCALES[match["scale"].removesuffix("་ཕྲག")]), True, True)
    if match["times"]:
        return _Token(*match.span(), fraction(BEFORE_SCALE[match["times"]]), False, True)
    return _Token(*match.span(), _value(match["words"]), False, True)


def _quantity(tokens: list[_Token], position: int, text: str) -> tuple[Fraction, int]:
    """The value that begins at a token, and how many tokens it takes: ས་ཡ་2.4, ཁྲི་3དང་སྟོང་5, ལྔ་བརྒྱ."""
    total, used, last = Fraction(0), 0, None
    while position + used < len(tokens):
        if used and not _touch(tokens[position + used - 1], tokens[position + used], text):
            break
        value, magnitude, length = _term(tokens, position + used, text)
        if last is not None and not (magnitude < last and value < last):
            break
        if last is not None and last == 1:
            break
        total, used, last = total + value, used + length, magnitude
        if magnitude == 1:
            break
    return total, used


def _term(tokens: list[_Token], position: int, text: str) -> tuple[Fraction, Fraction, int]:
    """One product: its value, its scale, its length in tokens."""
    factor, index = Fraction(1), position
    while _continues(tokens, position, index, text) and tokens[index].is_scale:
        factor *= tokens[index].value
        index += 1
    if index > position:
        if _continues(tokens, position, index, text) and not tokens[index].is_scale:
            number = tokens[index]
            # ལྔ་བརྒྱ behind ཁྲི belongs to the next smaller term, not to this one
            following = index + 1
            smaller = (
                number.is_word
                and _continues(tokens, position, following, text)
                and tokens[following].is_scale
                and tokens[following].value in (100, 1000)
                and tokens[following].value < factor
            )
            if factor in (100, 1000) and number.value < factor and tokens[position].is_word and number.is_word:
                return factor + number.value, Fraction(1), index + 1 - position  # བརྒྱ་དང་ལྔ: 105
            if not smaller:
                return factor * number.value, factor, index + 1 - position
        return factor, factor, index - position
    number = tokens[position]
    index = position + 1
    while _continues(tokens, position, index, text) and tokens[index].is_scale:
        after = index + 1
        takes_next = _continues(tokens, position, after, text) and not tokens[after].is_scale
        if takes_next and not (number.is_word and tokens[index].value in (100, 1000)):
            break
        factor *= tokens[index].value
        index += 1
    return number.value * factor, factor, index - position


def _continues(tokens: list[_Token], first: int, index: int, text: str) -> bool:
    return index < len(tokens) and (index == first or _touch(tokens[index - 1], tokens[index], text))


def _touch(one: _Token, other: _Token, text: str) -> bool:
    gap = text[one.end : other.start]
    has_scale = one.is_scale or other.is_scale
    if JOINT.fullmatch(gap) is None or (not has_scale and "དང" in gap):
        return False
    return has_scale or (one.is_word and other.is_word)


def _with_unit(tokens: list[_Token], value: Fraction, plain: str) -> Mention:
    start, end = tokens[0].start, tokens[-1].end
    role = Role.NUMBER
    before = _CURRENCY_BEFORE.search(plain, max(0, start - 40), start)
    after = _CURRENCY_AFTER.match(plain, end)
    symbol = re.search(r"[$£€¥]", plain[max(0, start - 1) : end])
    codes: tuple[str, ...] = ()
    if before is not None:
        codes, start = _CURRENCIES[before["name"]], before.start()
    elif after is not None:
        codes, end = _CURRENCIES[after["name"]], after.start("name") + len(after["name"])
    elif symbol is not None:
        codes = _CURRENCIES[symbol.group()]
    elif ordinal := ORDINAL_AFTER.match(plain, end):
        role, end = Role.ORDINAL, ordinal.end()
    only_scales = all(token.is_scale for token in tokens)
    in_words = all(token.is_word for token in tokens)
    weak = not codes and (only_scales or (in_words and value <= _SMALL_LIMIT) or value == 1)
    readings = tuple(Reading(Role.NUMBER, value, code) for code in codes) or (Reading(role, value),)
    return Mention(start, end, (Part(start, end, readings, weak),))

"""Figures written in English: “320 million yuan”, “August 8”, “the 26th”, “the eighth”."""

from __future__ import annotations

from decimal import Decimal

from toolkit.figures.currencies import BY_CODE
from toolkit.figures.english_dates import MONTH_NAMES
from toolkit.figures.english_words import ORDINALS, SMALL
from toolkit.figures.figure import Figure, FigureKind, FigureStyle, Moment

_PLAIN = FigureStyle()
_SMALL_WORDS = {value: word for word, value in SMALL.items()}
_ORDINAL_WORDS = {value: word for word, value in ORDINALS.items()}
_SPELLED_TO = 9  # numerals written in characters are spelled in English up to here
_LARGE = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_EXACT_DIGITS = 24  # powers of ten: decimal arithmetic is exact below
_QUARTERS = {"q1": "first", "q2": "second", "q3": "third", "q4": "fourth"}


def write_english(figure: Figure, style: FigureStyle = _PLAIN, *, exact: bool = False) -> str:
    """`figure` in English; `exact` leaves out the “more than” of 多 and 余, where only the number is replaced."""
    if figure.moment is not None and figure.kind is not FigureKind.DOCUMENT:
        return english_moments(figure.moment, figure.until, day_first=style.day_first)
    if figure.value is None:
        return ""
    more = (
        "" if exact or not (figure.approximation == "more than" and set(figure.text) & set("多余餘")) else "more than "
    )
    match figure.kind:
        case FigureKind.PERCENT:
            return more + _percent(figure)
        case FigureKind.MONEY:
            return more + _money(figure)
        case FigureKind.FRACTION:
            return _fraction(figure)
        case FigureKind.MULTIPLE:
            return f"{more}{_range(figure)} times"
        case FigureKind.DOCUMENT:
            year = figure.moment.year if figure.moment else ""
            return f"No. {figure.value} [{year}]"
        case FigureKind.ENUMERATOR:
            return _enumerator(figure)
        case FigureKind.ORDINAL:
            return _ordinal(figure)
        case _:
            return more + _range(figure)


def english_number(value: Decimal) -> str:
    """A number in digits: 30,000 with commas; from a million up 3.2 billion, 239.267 billion, but 12,060,700."""
    value = _plain(value)
    digits = f"{value:,f}"
    if value.adjusted() >= _EXACT_DIGITS:
        return digits
    for scale, name in _LARGE:
        if value >= scale:
            in_scale = _plain(value / scale)
            short = f"{in_scale:,f} {name}"
            if value % (scale / 1000) == 0 or (len(short) <= len(digits) and in_scale * scale == value):
                return short
            break
    return digits


def english_ordinal(number: int) -> str:
    """8th, 21st, 112th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _plain(value: Decimal) -> Decimal:
    """Without zeros at the end of a fraction; by text, because `quantize` and `normalize` round beyond 28 digits."""
    digits = f"{value:f}"
    return Decimal(digits.rstrip("0").rstrip(".")) if "." in digits else Decimal(digits)


def _spelled(figure: Figure, value: Decimal) -> str:
    if figure.digits and not figure.unit and 1900 <= value <= 2100 and figure.text == str(value):
        return figure.text  # more likely a year than a count
    if not figure.digits and value == value.to_integral() and value <= _SPELLED_TO:
        return _SMALL_WORDS[int(value)]
    return english_number(value)


def _range(figure: Figure) -> str:
    value = figure.value or Decimal(0)
    if figure.upper is None:
        return _spelled(figure, value)
    low, high = _spelled(figure, value), _spelled(figure, figure.upper)
    number, _, name = low.partition(" ")
    if name and high.endswith(name):
        low = number
    return f"{low} to {high}"


def _percent(figure: Figure) -> str:
    low = english_number(figure.value or Decimal(0))
    number = low if figure.upper is None else f"{low} to {english_number(figure.upper)}"
    if figure.unit == "‰":
        return f"{number} per mille"
    if figure.unit in ("百分点", "基点"):
        name = "percentage point" if figure.unit == "百分点" else "basis point"
        return f"{number} {name}" + ("" if number == "1" else "s")
    return f"{number} percent" + (" off" if figure.unit == "折" else "")


def _money(figure: Figure) -> str:
    number = _range(figure)
    currency = BY_CODE[figure.currency]
    return f"{number} {currency.singular or currency.en[0]}" if number in ("1", "one") else f"{number} {currency.en[0]}"


def _fraction(figure: Figure) -> str:
    above, below = figure.value or Decimal(1), figure.denominator or Decimal(1)
    if above == 1 and below == 2:
        return "half"
    if below <= 10 and above < 10:
        name = "quarter" if below == 4 else _ORDINAL_WORDS.get(int(below), "")
        return f"{_SMALL_WORDS[int(above)]} {name}" + ("" if above == 1 else "s")
    return f"{above}/{below}"


def _enumerator(figure: Figure) -> str:
    number = int(figure.value or 0)
    if any(character in figure.text for character in "(（"):
        return f"({number})"
    if figure.digits:
        return f"{number}."
    return _ORDINAL_WORDS.get(number, english_ordinal(number))


def _ordinal(figure: Figure) -> str:
    number = int(figure.value or 0)
    if figure.unit == "周年":
        return f"{english_ordinal(number)} anniversary"
    if figure.unit == "五年规划":
        return f"{english_ordinal(number)} Five-Year Plan"
    if figure.unit == "大":
        return f"{english_ordinal(number)} National Congress"
    if figure.unit == "号" or (figure.value is not None and figure.value != number):
        return f"No. {figure.value}"
    return _ORDINAL_WORDS[number] if 0 < number <= 10 and not figure.digits else english_ordinal(number)


def english_moments(moment: Moment, until: Moment | None = None, *, day_first: bool = False) -> str:
    """A date or a range of dates: “August 8, 2023”, “August 8 to 10”, “the 1990s”; `day_first`: “8 August 2023”."""
    if until is None:
        return _moment(moment, day_first)
    if moment.day and until.day and (until.month is None or until.month == moment.month) and not moment.part:
        if not moment.month:
            return f"the {english_ordinal(moment.day)} to the {english_ordinal(until.day)}"
        if day_first:
            return f"{moment.day} to {_moment(_with_missing(until, moment), day_first)}"
        year = moment.year or until.year
        return f"{MONTH_NAMES[moment.month]} {moment.day} to {until.day}" + (f", {year}" if year else "")
    return f"{_moment(moment, day_first)} to {_moment(until, day_first)}"


def _with_missing(moment: Moment, other: Moment) -> Moment:
    return Moment(moment.year or other.year, moment.month or other.month, moment.day)


def _moment(moment: Moment, day_first: bool) -> str:
    if moment.hour is not None:
        return _clock(moment)
    if moment.decade is not None:
        return _in_part(f"the {moment.decade}s", moment.part)
    if moment.century is not None:
        return _in_part(f"the {english_ordinal(moment.century)} century", moment.part)
    return _in_part(_day(moment, day_first), moment.part, is_day=moment.day is not None)


def _day(moment: Moment, day_first: bool) -> str:
    """A day, month or year, or what there is of them."""
    if moment.day is not None and moment.month is None:
        return f"the {english_ordinal(moment.day)}" + (f" {moment.year}" if moment.year else "")
    month = MONTH_NAMES[moment.month] if moment.month is not None else ""
    if moment.day is not None and not day_first:
        return f"{month} {moment.day}" + (f", {moment.year}" if moment.year else "")
    return " ".join(str(part) for part in (moment.day, month, moment.year) if part)


def _in_part(name: str, part: str, *, is_day: bool = False) -> str:
    if not part:
        return name
    if part in _QUARTERS:
        return f"the {_QUARTERS[part]} quarter" + (f" of {name}" if name else "")
    if part in ("first half", "second half"):
        return f"the {part} of {name or 'the year'}"
    if is_day:
        return f"noon on {name}" if part == "noon" else f"the {part} of {name}"
    if part in ("start", "end"):
        return f"the {part} of {name}"
    if name.startswith("the "):
        return f"the {part} {name[4:]}" if part != "mid" else f"the mid-{name[4:]}"
    return f"mid-{name}" if part == "mid" else f"{part} {name}"


def _clock(moment: Moment) -> str:
    hour, minute = moment.hour or 0, moment.minute or 0
    if not moment.is_certain:
        return f"{hour}:{minute:02}"
    if (hour, minute) == (0, 0):
        return "midnight"
    half = "a.m." if hour < 12 else "p.m."
    return f"{(hour - 1) % 12 + 1}:{minute:02} {half}" if minute else f"{(hour - 1) % 12 + 1} {half}"

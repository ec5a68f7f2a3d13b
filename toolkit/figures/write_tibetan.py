"""Figures written in Tibetan, as bulletins print them (see `tibetan_patterns`): digits are Arabic by default.

The patterns follow what was seen in print and what a second reader of Tibetan mended; a native reader has seen none.
In doubt, and left as they are: 万亿 as དུང་ཕྱུར་ཁྲི (ཐེར་འབུམ་སྟོང is the same value), and 个百分点, which is written like a
plain percentage (བརྒྱ་ཆ་2), since no short word for a percentage point is settled.  次 is ཐེངས; 届 is སྐབས whatever it
counts, terms of a congress as well as games.
"""

from __future__ import annotations

import re
from decimal import Decimal

from toolkit.figures.currencies import BY_CODE
from toolkit.figures.figure import Figure, FigureKind, FigureStyle, Moment
from toolkit.figures.tibetan_patterns import LINKS, TENS, UNITS
from toolkit.tibetan import TSHEG

_TIBETAN_DIGITS = {ord(str(value)): chr(0x0F20 + value) for value in range(10)}
_UNIT_WORDS = {value: word for word, value in UNITS.items()}
_TEN_WORDS = {value: word for word, value in TENS.items()}
_LINK_WORDS = {value: word for word, value in LINKS.items()} | {20: "རྩ"}
_SPELLED_TO = 20  # numerals written in characters are spelled in Tibetan up to here
_SCALES = ((Decimal(10) ** 12, "དུང་ཕྱུར་ཁྲི"), (Decimal(10) ** 8, "དུང་ཕྱུར"), (Decimal(10) ** 4, "ཁྲི"))
_LONGEST = 24  # digits; whatever is longer is copied
_POWER_WORDS = ("བཅུ", "བརྒྱ", "སྟོང", "ཁྲི", "འབུམ", "ས་ཡ", "བྱེ་བ", "དུང་ཕྱུར", "དུང་ཕྱུར་བཅུ", "དུང་ཕྱུར་བརྒྱ", "དུང་ཕྱུར་སྟོང", "དུང་ཕྱུར་ཁྲི")
_POWERS = dict(enumerate(_POWER_WORDS, 1))  # of ten
_SOME = re.compile(r"(?<![十百千万萬亿億\d])[数數几幾][十百千万萬亿億]")
_MORE = frozenset("多余餘几幾")
_HALVES = {"first half": "ལོ་ཕྱེད་གོང་མ", "second half": "ལོ་ཕྱེད་འོག་མ"}
_QUARTERS = {"q1": "དུས་ཚིགས་དང་པོ", "q2": "དུས་ཚིགས་གཉིས་པ", "q3": "དུས་ཚིགས་གསུམ་པ", "q4": "དུས་ཚིགས་བཞི་པ"}
_OF_A_YEAR = {"start": "ལོ་འགོ", "mid": "ལོ་དཀྱིལ", "end": "ལོ་མཇུག", **_HALVES, **_QUARTERS}
_OF_A_MONTH = {"start": "ཟླ་འགོ", "early": "ཟླ་སྟོད", "mid": "ཟླ་དཀྱིལ", "late": "ཟླ་སྨད", "end": "ཟླ་མཇུག"}
_OF_AN_AGE = {"start": "འགོ", "mid": "དཀྱིལ", "end": "མཇུག"}
_OF_A_DAY = {
    "early morning": "ཞོགས་པ",
    "morning": "སྔ་དྲོ",
    "noon": "ཉིན་གུང",
    "afternoon": "ཕྱི་དྲོ",
    "evening": "དགོང་མོ",
    "night": "མཚན་མོ",
}
_BEFORE_DAWN = "ཐོ་རངས"
_BEFORE_NTH = {"五年规划": "ལོ་ལྔའི་འཆར་གཞི་", "大": "ཚོགས་ཆེན་", "次": "ཐེངས་", "届": "སྐབས་"}
_OF_WORDS = {final: word for finals, word in (("དབས", "ཀྱི"), ("གང", "གི"), ("ནམརལ", "གྱི")) for final in finals}


def write_tibetan(figure: Figure, style: FigureStyle, *, exact: bool = False) -> str:
    """`figure` in Tibetan.

    `exact` is for putting a number into the place of another: it leaves out the words that stand around the number and
    are there already, the ལྷག of 多 and 余, the བར of a range, ཐེངས, ལོ་ངོ … འཁོར་བ, the part of a month or year.
    """
    written = _written(figure, exact)
    return written.translate(_TIBETAN_DIGITS) if style.tibetan_digits else written


def tibetan_words(number: int) -> str:
    """A number from 1 to 99 in words: བཅོ་ལྔ, ཉི་ཤུ་རྩ་གཅིག, སུམ་ཅུ་སོ་གཉིས; empty for others."""
    if not 0 < number < 100:
        return ""
    ten, unit = number - number % 10, number % 10
    if ten == 0:
        return _UNIT_WORDS[unit]
    if unit == 0:
        return _TEN_WORDS[ten]
    if ten == 10:
        return ("བཅོ་" if unit in (5, 8) else "བཅུ་") + _UNIT_WORDS[unit]
    return f"{_TEN_WORDS[ten]}་{_LINK_WORDS[ten]}་{_UNIT_WORDS[unit]}"


def tibetan_number(value: Decimal) -> str:
    """A number in digits, from ten thousand up with its scale before it: ཁྲི་3, དུང་ཕྱུར་3.2; 12345 stays as it is."""
    scale, digits = _scaled(value)
    return f"{scale}་{digits}" if scale else digits


def _scaled(value: Decimal) -> tuple[str, str]:
    """The scale a number is printed with, empty for none, and its digits."""
    if value.adjusted() < _LONGEST:
        for scale, name in _SCALES:
            if value >= scale and value % (scale / 100) == 0:
                return name, _digits(value / scale)
    return "", _digits(value)


def _digits(value: Decimal) -> str:
    """By text: `Decimal.normalize` would round a number of more than 28 digits."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _written(figure: Figure, exact: bool) -> str:
    if figure.moment is not None and figure.kind is not FigureKind.DOCUMENT:
        return _moments(figure, exact)
    if figure.value is None:
        return ""
    match figure.kind:
        case FigureKind.PERCENT:
            return _percent(figure, exact)
        case FigureKind.MONEY:
            return _quantity(figure, exact, BY_CODE[figure.currency].bo[0] + TSHEG)
        case FigureKind.FRACTION:
            return _fraction(figure)
        case FigureKind.MULTIPLE:
            return ("" if exact else "ལྡབ་") + _quantity(figure, exact)
        case FigureKind.DOCUMENT:
            return f"{figure.value}" if exact else f"〔{figure.moment.year if figure.moment else ''}〕ཨང་{figure.value}"
        case FigureKind.ENUMERATOR:
            return _enumerator(figure)
        case FigureKind.ORDINAL:
            return _ordinal(figure, exact)
        case _:
            return _quantity(figure, exact)


def _percent(figure: Figure, exact: bool) -> str:
    name = "སྟོང་ཆ" if figure.unit == "‰" else "བརྒྱ་ཆ"
    ends = [f"{name}་{_digits(end)}" for end in (figure.value, figure.upper) if end is not None]
    written = _between(ends[0], ends[1], exact) if len(ends) > 1 else ends[0] + _about(figure, ends[0], exact)
    return f"{written}གཅོག་པ" if figure.unit == "折" and not exact else written


def _quantity(figure: Figure, exact: bool, unit: str = "") -> str:
    """A number, “some hundreds” or a range; `unit` is the currency that stands before it."""
    value = figure.value or Decimal(0)
    power = _POWERS.get(value.adjusted(), "") if _SOME.search(figure.text) else ""
    if power:
        return unit + (power if exact else f"{power}་ཕྲག་ཁ་ཤས")
    ends = [value] if figure.upper is None else [value, figure.upper]
    words = [tibetan_words(int(end)) if end == int(end) and end <= _SPELLED_TO else "" for end in ends]
    if figure.digits or unit or not all(words):
        words = [unit + tibetan_number(end) for end in ends]
        if len(ends) > 1 and not exact:
            words = [unit + _low_end(*ends), _high_end(*ends)]
    if len(words) > 1:
        return _between(words[0], words[1], exact)
    return words[0] + _about(figure, words[0], exact)


def _low_end(low: Decimal, high: Decimal) -> str:
    """30000 and not ཁྲི་3 before 30001, or the scale would seem to hold for both."""
    return tibetan_number(low) if _scaled(high)[0] else _digits(low)


def _high_end(low: Decimal, high: Decimal) -> str:
    """The scale is said once when it is that of both ends: དུང་ཕྱུར་3ནས་5བར."""
    return _scaled(high)[1] if _scaled(low)[0] == _scaled(high)[0] else tibetan_number(high)


def _between(low: str, high: str, exact: bool) -> str:
    """“from … up to …”: 3ནས་5བར, གསུམ་ནས་ལྔའི་བར, ཚེས་8ཉིན་ནས་ཚེས་10ཉིན་བར; digits take the next word without a tsheg."""
    written = f"{low}{_tsheg(low)}ནས་{high}"
    if exact:
        return written
    return f"{written}{_tsheg(high)}བར" if high[-1].isdigit() or high.endswith("ཉིན") else f"{_of(written)}་བར"


def _about(figure: Figure, written: str, exact: bool) -> str:
    """ལྷག for the 多, 余 or 几 inside a numeral, ཙམ for its 来, with what joins it to `written`."""
    word = "ལྷག" if _MORE & set(figure.text) else "ཙམ" if "来" in figure.text or "來" in figure.text else ""
    return _tsheg(written) + word if word and not exact else ""


def _tsheg(words: str) -> str:
    return "" if words[-1].isdigit() else TSHEG


def _of(words: str) -> str:
    """`words` in the genitive: ལྔའི, བཅུ་གཉིས་ཀྱི, ཐོ་རངས་ཀྱི."""
    syllable = words.rsplit(TSHEG, 1)[-1].lstrip("0123456789")
    particle = _OF_WORDS.get(syllable[-1]) if len(syllable) > 1 else None
    return f"{words}{TSHEG}{particle}" if particle else f"{words}འི"


def _fraction(figure: Figure) -> str:
    above, below = int(figure.value or 1), int(figure.denominator or 1)
    if (above, below) == (1, 2):
        return "ཕྱེད་ཀ"
    if 0 < above < 100 and 0 < below < 100:
        return f"{tibetan_words(below)}་ཆ་{tibetan_words(above)}"
    return f"{above}/{below}"


def _enumerator(figure: Figure) -> str:
    number = int(figure.value or 0)
    if figure.digits or any(character in figure.text for character in "(（"):
        return f"({number})" if any(character in figure.text for character in "(（") else f"{number}."
    words = tibetan_words(number) or str(number)
    return f"{words}་ནི" if figure.text.endswith(("是", "要")) else words


def _ordinal(figure: Figure, exact: bool) -> str:
    number = int(figure.value or 0)
    if figure.value != number:
        return _quantity(figure, exact)
    if figure.unit == "周年":
        words = tibetan_words(number) if number <= _SPELLED_TO and not figure.digits else ""
        return str(number) if exact else f"ལོ་ངོ་{words}་འཁོར་བ" if words else f"ལོ་ངོ་{number}འཁོར་བ"
    if figure.unit == "号":
        return str(number) if exact else f"ཨང་{number}"
    words = _nth(number, in_digits=figure.digits)
    if figure.upper is not None:
        words = _between(words, _nth(int(figure.upper), in_digits=figure.digits), exact)
    return words if exact else _BEFORE_NTH.get(figure.unit, "") + words


def _nth(number: int, *, in_digits: bool) -> str:
    if number == 1:
        return "དང་པོ"
    words = "" if in_digits else tibetan_words(number)
    return f"{words}་པ" if words else f"{number}པ"


def _moments(figure: Figure, exact: bool) -> str:
    moments = [moment for moment in (figure.moment, figure.until) if moment is not None]
    words = [_moment(moment, figure.text, exact) for moment in moments]
    return words[0] if len(words) == 1 else _between(words[0], words[1], exact)


def _moment(moment: Moment, text: str, exact: bool) -> str:
    if moment.hour is not None:
        return _clock(moment, text)
    name = _age(moment) or _day(moment)
    part = _part(moment, text)
    if not name or not part:
        return name or part
    return name if exact and moment.part not in _QUARTERS else f"{_of(name)}་{part}"


def _age(moment: Moment) -> str:
    """A decade or century.  The century of a bare 90年代 is left open; a decade 00 is named by its first year."""
    if moment.decade is None:
        return f"དུས་རབས་{moment.century}པ" if moment.century is not None else ""
    if moment.decade % 100 == 0:
        return f"{moment.decade}ལོའི་ལོ་རབས"
    name = f"ལོ་རབས་{moment.decade % 100}པ"
    return f"དུས་རབས་{moment.decade // 100 + 1}པའི་{name}" if moment.is_certain else name


def _day(moment: Moment) -> str:
    """A day, month or year, or what there is of them."""
    name = ""
    if moment.year is not None:
        name = f"{moment.year}ལོ"
        if moment.month is not None:
            name = f"སྤྱི་ལོ་{name}འི་"
    if moment.month is not None:
        name += f"ཟླ་{moment.month}པ" if name else f"སྤྱི་ཟླ་{moment.month}པ"
    if moment.day is not None:
        name += f"{'འི་' if moment.month is not None else ''}ཚེས་{moment.day}ཉིན"
    return name


def _part(moment: Moment, text: str) -> str:
    """The part of a day, month, year, decade or century that a moment names; empty for none."""
    if moment.part == "early morning" and "凌晨" in text:
        return _BEFORE_DAWN
    is_age = moment.decade is not None or moment.century is not None
    names = _OF_AN_AGE if is_age else _OF_A_MONTH if moment.month is not None else _OF_A_YEAR
    return names.get(moment.part) or _OF_A_DAY.get(moment.part) or _OF_A_YEAR.get(moment.part, "")


def _clock(moment: Moment, text: str) -> str:
    hour, minute = moment.hour or 0, moment.minute or 0
    part = ""
    if moment.is_certain and moment.part:
        part = f"{_of(_part(moment, text))}་"
        hour = (hour - 1) % 12 + 1
    return f"{part}ཆུ་ཚོད་{hour}" + (f"དང་སྐར་མ་{minute}" if minute else "")

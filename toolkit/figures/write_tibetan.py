"""Figures written in Tibetan, as bulletins print them (see `tibetan_patterns`): digits are Arabic by default.

The patterns follow what was seen in print and still wait for a native reader.
"""

from __future__ import annotations

from decimal import Decimal

from toolkit.figures.currencies import BY_CODE
from toolkit.figures.figure import Figure, FigureKind, FigureStyle, Moment
from toolkit.figures.tibetan_patterns import LINKS, TENS, UNITS

_TIBETAN_DIGITS = {ord(str(value)): chr(0x0F20 + value) for value in range(10)}
_UNIT_WORDS = {value: word for word, value in UNITS.items()}
_TEN_WORDS = {value: word for word, value in TENS.items()}
_LINK_WORDS = {value: word for word, value in LINKS.items()} | {20: "རྩ"}
_SPELLED_TO = 20  # numerals written in characters are spelled in Tibetan up to here
_SCALES = ((Decimal(10) ** 12, "དུང་ཕྱུར་ཁྲི"), (Decimal(10) ** 8, "དུང་ཕྱུར"), (Decimal(10) ** 4, "ཁྲི"))
_PARTS = {
    "early": "སྟོད",
    "mid": "དཀྱིལ",
    "late": "སྨད",
    "start": "མགོ",
    "end": "མཇུག",
    "early morning": "ཞོགས་པ",
    "morning": "སྔ་དྲོ",
    "noon": "ཉིན་གུང",
    "afternoon": "ཕྱི་དྲོ",
    "evening": "དགོང་མོ",
    "night": "མཚན་མོ",
    "first half": "ཕྱེད་གོང་མ",
    "second half": "ཕྱེད་འོག་མ",
}
_QUARTERS = {"q1": "དུས་ཚིགས་དང་པོ", "q2": "དུས་ཚིགས་གཉིས་པ", "q3": "དུས་ཚིགས་གསུམ་པ", "q4": "དུས་ཚིགས་བཞི་པ"}


def write_tibetan(figure: Figure, style: FigureStyle, *, exact: bool = False) -> str:
    """`figure` in Tibetan; `exact` leaves out the ལྷག of 多 and 余, where only the number is replaced."""
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
    value = _plain(value)
    digits = f"{value:f}"
    for scale, name in _SCALES:
        if value >= scale:
            short = f"{name}་{_plain(value / scale):f}"
            if value % (scale / 100) == 0:
                return short
    return digits


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def _written(figure: Figure, exact: bool) -> str:
    if figure.moment is not None and figure.kind is not FigureKind.DOCUMENT:
        return _moments(figure.moment, figure.until)
    if figure.value is None:
        return ""
    more = "ལྷག" if not exact and figure.approximation == "more than" and set(figure.text) & set("多余餘") else ""
    value = figure.value
    match figure.kind:
        case FigureKind.PERCENT:
            return _percent(figure) + more
        case FigureKind.MONEY:
            return _range(figure, BY_CODE[figure.currency].bo[0] + "་") + more
        case FigureKind.FRACTION:
            return _fraction(figure)
        case FigureKind.MULTIPLE:
            return f"ལྡབ་{_range(figure)}"
        case FigureKind.DOCUMENT:
            return f"〔{figure.moment.year if figure.moment else ''}〕ཨང་{value}"
        case FigureKind.ENUMERATOR:
            return _enumerator(figure)
        case FigureKind.ORDINAL:
            return _ordinal(figure)
        case _:
            return _range(figure) + more


def _percent(figure: Figure) -> str:
    name = "སྟོང་ཆ" if figure.unit == "‰" else "བརྒྱ་ཆ"
    ends = [f"{name}་{_plain(end):f}" for end in (figure.value, figure.upper) if end is not None]
    return "ནས་".join(ends)


def _range(figure: Figure, unit: str = "") -> str:
    ends = [end for end in (figure.value, figure.upper) if end is not None]
    words = [tibetan_words(int(end)) if end == int(end) and end <= _SPELLED_TO else "" for end in ends]
    if figure.digits or unit or not all(words):
        words = [unit + tibetan_number(end) for end in ends]
    return words[0] if len(words) == 1 else _from(words[0]) + words[1]


def _from(low: str) -> str:
    """“from” behind the low end of a range: digits take it at once, letters with a tsheg."""
    return f"{low}ནས་" if low[-1].isdigit() else f"{low}་ནས་"


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


def _ordinal(figure: Figure) -> str:
    number = int(figure.value or 0)
    if figure.value != number:
        return _range(figure)
    if figure.unit == "周年":
        return f"ལོ་འཁོར་{number}"
    if figure.unit == "号":
        return f"ཨང་{number}"
    words = "དང་པོ" if number == 1 else f"{tibetan_words(number)}་པ" if tibetan_words(number) else f"{number}པ"
    if figure.digits and number > 1:
        words = f"{number}པ"
    if figure.unit == "五年规划":
        return f"ལོ་ལྔའི་འཆར་གཞི་{words}"
    if figure.unit == "大":
        return f"ཚོགས་ཆེན་{words}"
    return f"ཐེངས་{words}" if figure.unit in ("次", "届") else words


def _moments(moment: Moment, until: Moment | None) -> str:
    return _moment(moment) if until is None else _from(_moment(moment)) + _moment(until)


def _moment(moment: Moment) -> str:
    if moment.hour is not None:
        return _clock(moment)
    if moment.decade is not None:
        name = f"དུས་རབས་{moment.decade // 100 + 1}པའི་ལོ་རབས་{moment.decade % 100:02}"
        return _in_part(name, moment.part)
    if moment.century is not None:
        return _in_part(f"དུས་རབས་{moment.century}པ", moment.part)
    name = ""
    if moment.year is not None:
        name = f"{moment.year}ལོ"
        if moment.month is not None:
            name = f"སྤྱི་ལོ་{name}འི་"
    if moment.month is not None:
        name += f"ཟླ་{moment.month}པ" if name else f"སྤྱི་ཟླ་{moment.month}པ"
    if moment.day is not None:
        name += f"{'འི་' if moment.month is not None else ''}ཚེས་{moment.day}ཉིན"
    return _in_part(name, moment.part)


def _in_part(name: str, part: str) -> str:
    word = _PARTS.get(part) or _QUARTERS.get(part)
    if word is None:
        return name
    if not name:
        return f"ལོ་འདིའི་{word}" if part in ("first half", "second half") else word
    if name.endswith("ཉིན"):
        return f"{name}་གྱི་{word}"
    return f"{name}འི་{word}" if name.endswith(("པ", "ལོ")) else f"{name}ཡི་{word}"


def _clock(moment: Moment) -> str:
    hour, minute = moment.hour or 0, moment.minute or 0
    part = ""
    if moment.is_certain and moment.part:
        part = f"{_PARTS[moment.part]}འི་" if _PARTS[moment.part].endswith(("ོ", "པ")) else f"{_PARTS[moment.part]}་གི་"
        hour = (hour - 1) % 12 + 1
    return f"{part}ཆུ་ཚོད་{hour}" + (f"དང་སྐར་མ་{minute}" if minute else "")

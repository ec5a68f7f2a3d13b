"""English number words: what “three hundred and five”, “twenty-third” or “dozens” come to."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from toolkit.figures.reading import fraction


def _counted(words: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * index for index, word in enumerate(words.split())}


SMALL = _counted(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    0,
)
TENS = _counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10) | {"fourty": 40}
ORDINALS = _counted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth",
    1,
) | _counted("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 20, 10)
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "hundredth": 100,
    "thousand": 10**3,
    "thousandth": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    **dict.fromkeys(("k",), 10**3),
    **dict.fromkeys(("m", "mn", "mln"), 10**6),
    **dict.fromkeys(("b", "bn", "bln"), 10**9),
    **dict.fromkeys(("tn", "trn"), 10**12),
}
WORD_SCALES = "hundred|thousand|million|billion|trillion|hundredth|thousandth|dozen"
DENOMINATORS = {word: value for word, value in ORDINALS.items() if 2 < value <= 10} | {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    "hundredth": 100,
    "thousandth": 1000,
}
SIGNS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}
ROMANS = {"I": 1, "V": 5, "X": 10}

_VAGUE_WORDS = {
    2: "double doubled doubles doubling twice twofold two-fold both pair pairs couple couples dual twin twins "
    "bilateral duo either neither biennial bimonthly secondary again other",
    3: "triple tripled triples tripling threefold three-fold thrice trio trilateral tripartite tertiary triplets",
    4: "quadruple quadrupled fourfold four-fold quadrilateral quartet foursome foursomes fourball fourballs",
    5: "quintuple fivefold five-fold",
    6: "sixfold six-fold half-dozen",
    7: "sevenfold",
    8: "eightfold",
    9: "ninefold",
    10: "tenfold ten-fold decade decades",
    12: "dozen dozens",
    20: "score",
    100: "century centuries hundred hundreds centenary centennial hundredfold",
    1000: "thousand thousands millennium millennia",
    10**6: "million millions",
    10**9: "billion billions",
}
VAGUE = {word: value for value, words in _VAGUE_WORDS.items() for word in words.split()}
"""Words that say a number without counting: what they say is recognised, and never called invented."""

_WORD = re.compile(r"[a-z]+")


def words_value(words: str) -> tuple[Fraction, bool] | None:
    """The value of number words and whether they are an ordinal; None for a row of words that makes no number."""
    total = Fraction(0)
    section = Fraction(0)
    is_ordinal = is_open = False
    last = 0  # the scale or word before, as far as it limits what may follow
    for word in _WORD.findall(words.lower()):
        if word == "and":
            continue
        if is_ordinal:
            return None
        if word in ("a", "an"):
            section, is_open, last = Fraction(1), True, 1
            continue
        value = SMALL.get(word, TENS.get(word, ORDINALS.get(word)))
        if value is None:
            is_ordinal = word.endswith("th")
            scale = SCALES[word]
            if scale <= 100:
                section, last = max(section, Fraction(1)) * scale, 100
            else:
                total, section, last = total + max(section, Fraction(1)) * scale, Fraction(0), 1000
        else:
            is_ordinal = word in ORDINALS
            if is_open and last < 100 and not (value < 10 and section % 10 == 0 and section % 100 >= 20):
                return None  # three four; but twenty three
            section, last = section + value, 1
        is_open = True
    return (total + section, is_ordinal) if is_open else None


def are_number_words(text: str) -> bool:
    """Whether every word of `text` is a number word below a hundred: twenty-first."""
    return all(word in SMALL or word in TENS or word in ORDINALS for word in re.split(r"[\s-]+", text.lower()))


def scaled(value: Fraction, scales: str) -> Fraction:
    """`value` times every scale in `scales`: “hundred million” is both."""
    for word in _WORD.findall(scales.lower()):
        value *= SCALES[word]
    return value


def digits_value(digits: str) -> Fraction:
    """The value of digits with commas."""
    return fraction(Decimal(digits.replace(",", "")))


def small_value(text: str) -> int:
    """The value of one digit group or number word below twenty."""
    return int(text) if text.isdigit() else SMALL[text.lower()]


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral of I, V and X."""
    values = [ROMANS[letter] for letter in numeral]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))

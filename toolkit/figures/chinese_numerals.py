"""Chinese numerals: what 一百零八, 3.2亿, 二〇二三 or 两万五 come to."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
TENS = {"廿": 20, "卅": 30}
SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
LARGE_UNITS = {"万": 10**4, "亿": 10**8}

HAN_DIGIT = "零〇○一二三四五六七八九两"
HAN_NUMERAL = HAN_DIGIT + "十百千万亿廿卅"
ARABIC = r"(?:(?<![\d,.])\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_NO_KILO = "(?![米克瓦伏卡赫帕焦兆字])"
NUMERAL = (
    rf"(?:{ARABIC}\s?(?:[百万亿]|千{_NO_KILO})+(?:零?(?:{ARABIC}|[一二三四五六七八九两])[百千万]+)*(?:(?<=万)\d{{4}}(?![\d年万]))?"
    rf"|{ARABIC}"
    rf"|[数几][十百千万亿]+"
    rf"|[{HAN_NUMERAL}]+(?:点[零〇一二三四五六七八九]+)?)"
    r"(?:(?:多|余|(?<=[十])[几来]|(?<=[百千万])来)[万亿]*)?"
)
"""A numeral of a folded text, with 多, 余, 几 inside or behind."""

_VAGUE = re.compile(r"[多余几来数]")
_TOKEN = re.compile(rf"{ARABIC}|.")


def is_vague(numeral: str) -> bool:
    """Whether a numeral says “some” of its unit: 几十, 数百, 十几 (but 30多 is “more than 30”)."""
    return bool(re.match(r"[数几]", numeral)) or numeral.endswith("几") or "几万" in numeral


def says_more(numeral: str) -> bool:
    """Whether 多 or 余 stands in a numeral."""
    return "多" in numeral or "余" in numeral


def numeral_value(numeral: str) -> Decimal | None:
    """The value of one numeral in folded characters; None when it makes none (三五, 一二).

    多, 余, 几 and 来 are left out: 30多 is 30, 几百 100.
    """
    numeral = _VAGUE.sub("", numeral).replace(",", "").replace("，", "").replace(" ", "")
    whole, point, decimals = numeral.partition("点")
    if point:
        value = numeral_value(whole)
        if value is None or any(character not in DIGITS for character in decimals):
            return None
        return value + Decimal("0." + "".join(str(DIGITS[character]) for character in decimals))
    if len(whole) > 1 and all(character in DIGITS and character != "两" for character in whole):
        if len(whole) < 4 and not set(whole) & set("零〇○"):
            return None
        return Decimal("".join(str(DIGITS[character]) for character in whole))
    return _by_units(whole)


def _by_units(numeral: str) -> Decimal | None:
    total = Decimal(0)  # everything above the last large unit
    section = Decimal(0)  # below it
    digit: Decimal | None = None
    last_unit, after_zero = 0, False
    for token in _TOKEN.findall(numeral):
        if token in DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = Decimal(DIGITS[token])
            after_zero = after_zero or digit == 0
        elif token in TENS:
            section += TENS[token]
        elif token in SMALL_UNITS:
            section += (Decimal(1) if digit is None or (digit == 0 and token == "十") else digit) * SMALL_UNITS[token]
            digit, last_unit, after_zero = None, SMALL_UNITS[token], False
        elif token in LARGE_UNITS:
            section += digit or 0
            unit = LARGE_UNITS[token]
            if section == 0 and total == 0 and digit is None:
                section = Decimal(1)
            total = (total + section) * unit if unit >= 10**8 or total == 0 else total + section * unit
            section, digit, last_unit, after_zero = Decimal(0), None, unit, False
        else:
            if digit is not None and digit != 0:
                return None
            try:
                digit = Decimal(token)
            except ArithmeticError:
                return None
            after_zero = True  # 1亿5 is no short form
    if digit is not None:
        short = last_unit > 10 and not after_zero and digit < 10
        section += digit * last_unit / 10 if short else digit
    return total + section


def near_digits(numeral: str) -> tuple[Decimal, Decimal] | None:
    """The two ends of 七八 (7 to 8), 二三十 (20 to 30), 四十五六 (45 to 46), 三五 (3 to 5); None for others."""
    match = re.search(r"([一二三四五六七八九两])([二三四五六七八九])", numeral)
    if match is None or DIGITS[match[1]] >= DIGITS[match[2]] or DIGITS[match[2]] - DIGITS[match[1]] > 2:
        return None
    low = numeral_value(numeral[: match.start()] + match[1] + numeral[match.end() :])
    high = numeral_value(numeral[: match.start()] + match[2] + numeral[match.end() :])
    return (low, high) if low is not None and high is not None and low < high else None


def scale_of(numeral: str) -> Decimal:
    """What 万, 亿, 百 at the end of a numeral in digits multiply it by: 10000 for 3.5万, 1 for 35."""
    match = re.search(r"[百千万亿]+$", _VAGUE.sub("", numeral))
    if match is None or not numeral[0].isdigit():
        return Decimal(1)
    scale = Decimal(1)
    for character in match.group():
        scale *= (SMALL_UNITS | LARGE_UNITS)[character]
    return scale

"""What both sides of a translation are reduced to before they are compared: parts, and the ways to read each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, auto
from fractions import Fraction
from functools import lru_cache

PERCENT = "%"
PER_MILLE = "‰"
BASIS_POINT = "bp"
SHARE_UNITS = (PERCENT, PER_MILLE, BASIS_POINT)


class Role(IntEnum):
    """What a value counts."""

    NUMBER = auto()
    ORDINAL = auto()
    YEAR = auto()
    MONTH = auto()
    DAY = auto()
    DECADE = auto()
    CENTURY = auto()
    SPAN = auto()  # 26 days, the third day of the festival: no day of the month
    CLOCK = auto()  # minutes after midnight
    CLOCK_12 = auto()  # the same, before or after noon unknown


DATE_ROLES = frozenset([Role.YEAR, Role.MONTH, Role.DAY, Role.DECADE, Role.CENTURY, Role.CLOCK, Role.CLOCK_12])


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a part: a value in a role.  `unit` is "%", "‰", a currency's code, or empty."""

    role: Role
    value: Fraction
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a figure, with every way it may be read; a range has two parts, a date up to three.

    A `weak` part is never missed in a source and never called invented in a target.
    """

    start: int
    end: int
    readings: tuple[Reading, ...]
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure in a translation: its place and its parts.  `is_date` says that it names a day, month or year."""

    start: int
    end: int
    parts: tuple[Part, ...]
    is_date: bool = False


def mention_of(match: re.Match[str], *readings: Reading, weak: bool = False, is_date: bool = False) -> Mention:
    """A mention of one part that stands where `match` does."""
    start, end = match.span()
    return Mention(start, end, (Part(start, end, readings, weak),), is_date)


@lru_cache(maxsize=1 << 11)
def fraction(number: int | str | Decimal) -> Fraction:
    """`number` exactly."""
    return Fraction(number)


def number(value: int | Decimal | Fraction, unit: str = "") -> Reading:
    """A plain number, with what it is a number of."""
    return Reading(Role.NUMBER, value if isinstance(value, Fraction) else fraction(value), unit)


def percent(value: int | Decimal | Fraction) -> tuple[Reading, ...]:
    """A percentage, which may also be said as a share: 30 %, three-tenths."""
    share = value if isinstance(value, Fraction) else fraction(value)
    return (Reading(Role.NUMBER, share, PERCENT), Reading(Role.NUMBER, share / 100))


EXACT = 9

_ALIKE: dict[tuple[Role, Role], int] = {
    (Role.NUMBER, Role.ORDINAL): 6,
    (Role.ORDINAL, Role.NUMBER): 6,
    (Role.YEAR, Role.NUMBER): 7,
    (Role.NUMBER, Role.YEAR): 5,
    (Role.ORDINAL, Role.YEAR): 4,
    (Role.DAY, Role.ORDINAL): 8,
    (Role.NUMBER, Role.SPAN): 8,
    (Role.ORDINAL, Role.SPAN): 6,
    (Role.DAY, Role.NUMBER): 5,
    (Role.ORDINAL, Role.DAY): 6,
    (Role.NUMBER, Role.DAY): 4,
    (Role.NUMBER, Role.MONTH): 2,
    (Role.MONTH, Role.NUMBER): 2,
    (Role.CLOCK, Role.CLOCK_12): 7,
    (Role.CLOCK_12, Role.CLOCK): 7,
    (Role.CLOCK_12, Role.CLOCK_12): 7,
}


def likeness(source: Reading, target: Reading) -> int:
    """How well `target` stands for `source`, 0 for not at all; below 4 it does so only in part (see `unit_differs`)."""
    if source.value != target.value:
        if Role.CLOCK_12 in (source.role, target.role) and _ALIKE.get((source.role, target.role)):
            return 6 if (source.value - target.value) % 720 == 0 else 0
        return 0
    if source.role is not target.role:
        alike = _ALIKE.get((source.role, target.role), 0)
        return min(alike, 3) if source.unit or target.unit in (PERCENT, PER_MILLE) else alike
    return EXACT if source.unit == target.unit else 3


def best(source: Part, target: Part) -> tuple[int, Reading, Reading]:
    """The likeliest pair of readings of two parts, with its likeness.

    A share said in another way (three-tenths for 30 %) must agree in its unit too: 70 % is not 0.7 %.
    """
    found = (0, source.readings[0], target.readings[0])
    for row, one in enumerate(source.readings):
        is_derived = row and source.readings[0].unit in SHARE_UNITS
        for column, other in enumerate(target.readings):
            like = likeness(one, other)
            derived = is_derived or (column and target.readings[0].unit in SHARE_UNITS)
            if like > found[0] and (like > 3 or not derived):
                found = (like, one, other)
    return found

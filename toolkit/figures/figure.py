"""What a figure is: a number, an amount of money, a date …, with its place in the Chinese text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Approximation = Literal["", "about", "nearly", "more than", "at least", "at most", "less than"]


class FigureKind(StrEnum):
    """What sort of thing a figure counts or names."""

    NUMBER = "number"
    PERCENT = "percent"  # 15%, 百分之十五, 三成, 八折, 3个百分点, 2‰
    MONEY = "money"
    DATE = "date"  # year, month, day, decade, century, part of the day, in any combination
    TIME = "time"  # a time of the clock
    ORDINAL = "ordinal"  # 第八次, 十三届, 70周年, 3号
    FRACTION = "fraction"  # 三分之一, 一半
    MULTIPLE = "multiple"  # 3倍
    DOCUMENT = "document"  # 〔2026〕3号
    ENUMERATOR = "enumerator"  # 一是, 其二, （三）, 1.


@dataclass(frozen=True)
class Moment:
    """A place on the calendar or the clock; what the text does not say is None, `part` is empty.

    `decade` is 1990 for the 1990s, `century` 20 for the 20th; `part` is a part of a day, month or
    year (morning, late, q1 …).  `is_certain` is false for a clock time that may be before or after noon, and for a
    decade whose century the text leaves open (90年代 alone).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    decade: int | None = None
    century: int | None = None
    part: str = ""
    hour: int | None = None
    minute: int | None = None
    is_certain: bool = True


@dataclass(frozen=True)
class Figure:
    """A figure of a Chinese text, from character `start` up to `end`.

    `value` is exact: 320000000 for 3.2亿, 15 for 15%, the upper part of a fraction (`denominator` is the lower one).
    `upper` is the far end of a range.  `moment` and `until` are set for dates and times.  `currency` is a code of
    ISO 4217; `unit` what is counted, as the text has it (周年, 条, 百分点, 折).  `digits` says that the text writes it
    in digits.  A `weak` figure (a lone 一, 几十) is recognised and never missed.
    """

    start: int
    end: int
    text: str
    kind: FigureKind
    value: Decimal | None = None
    upper: Decimal | None = None
    denominator: Decimal | None = None
    moment: Moment | None = None
    until: Moment | None = None
    currency: str = ""
    unit: str = ""
    approximation: Approximation = ""
    digits: bool = True
    weak: bool = False


@dataclass(frozen=True)
class FigureStyle:
    """How figures are written: `tibetan_digits` prints ༢༠༢༣ for 2023 in Tibetan, `day_first` 8 August in English."""

    tibetan_digits: bool = False
    day_first: bool = False


@dataclass(frozen=True)
class FigureFault:
    """A figure that a translation lacks, changes or invents.

    `figure` is the source's, None for what the target invented; `target_span` where the wrong figure stands, None
    when nothing stands for it; `repair` what should stand there, None unless that is certain.
    """

    check: Literal["number", "date", "currency"]
    reason: str
    figure: Figure | None
    target_span: tuple[int, int] | None
    repair: str | None

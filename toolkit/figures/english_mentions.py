"""The figures of an English text: dates first, then times, numbers with their units, and vague words."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from toolkit.figures.english_dates import english_centuries, english_dates, english_decades, english_times
from toolkit.figures.english_quantities import english_codes, english_fractions, english_numbers, english_vague
from toolkit.figures.english_words import scaled
from toolkit.figures.find import blanked
from toolkit.figures.reading import SHARE_UNITS, Mention, Part, Reading, Role

_SHARED = re.compile(r"\s*(?:-|–|—|~|to|and|or|until|through|and up to|,)\s*")
_SCALE_WORD = re.compile(r"(?<!per )(?:hundred|thousand|million|billion|trillion|bn|tn|mn)\b|(?<=\d)[mk]\b", re.I)
_SEARCHES = (
    english_codes,
    english_dates,
    english_decades,
    english_centuries,
    english_times,
    english_fractions,
    english_numbers,
    english_vague,
)


@functools.lru_cache(maxsize=512)
def english_mentions(text: str) -> tuple[Mention, ...]:
    """The figures of an English `text` in order of place; a vague word (both, dozens, half) is weak."""
    masked = text
    found: list[Mention] = []
    for search in _SEARCHES:
        new = list(search(masked))
        masked = blanked(masked, ((mention.start, mention.end) for mention in new))
        found += new
    return tuple(_with_shared_units(sorted(found, key=lambda mention: mention.start), text))


def _with_shared_units(found: list[Mention], text: str) -> Iterator[Mention]:
    """30 and 43 percent, $3-5 billion: the unit and scale said once hold for both ends."""
    for index, mention in enumerate(found):
        if mention.is_date or len(mention.parts) != 1:
            yield mention
            continue
        own = mention.parts[0]
        extra: list[Reading] = []
        for previous, following in zip(found[index:], found[index + 1 : index + 6], strict=False):
            if not _are_joined(previous, following, text):
                break
            extra += _units_behind(own, following.parts[0], text)
        if index and _are_joined(found[index - 1], mention, text):
            extra += _currency_before(own, found[index - 1].parts[0])
        ways = tuple(dict.fromkeys((*own.readings, *extra)))
        yield replace(mention, parts=(replace(own, readings=ways),)) if extra else mention


def _are_joined(one: Mention, other: Mention, text: str) -> bool:
    return len(one.parts) == len(other.parts) == 1 and _SHARED.fullmatch(text[one.end : other.start]) is not None


def _units_behind(own: Part, other: Part, text: str) -> Iterator[Reading]:
    scale = _SCALE_WORD.search(text[other.start : other.end])
    factor = Fraction(1)
    if scale and not _SCALE_WORD.search(text[own.start : own.end]):
        factor = scaled(factor, scale.group())
    for reading in own.readings:
        if reading.unit and factor != 1:
            yield Reading(Role.NUMBER, reading.value * factor, reading.unit)
        elif not reading.unit:
            for unit in dict.fromkeys(one.unit for one in other.readings):
                if unit or factor != 1:
                    yield Reading(Role.NUMBER, reading.value * factor, unit)


def _currency_before(own: Part, before: Part) -> Iterator[Reading]:
    for reading in own.readings:
        if reading.role is Role.NUMBER and not reading.unit:
            for unit in dict.fromkeys(one.unit for one in before.readings):
                if unit and unit not in SHARE_UNITS:
                    yield Reading(Role.NUMBER, reading.value, unit)

"""What becomes of the units of a TMX file when others are put in or taken out; nothing here touches a disk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from toolkit.languages import LANGUAGES, Language
from toolkit.memory.history import Change
from toolkit.memory.tmx import StandingUnit
from toolkit.memory.tmx_write import unit_xml
from toolkit.memory.unit import MemoryUnit

Key = tuple[str, str, str]
"""Source, and the sentences before and after it: what may have only one translation in a language."""


def key_of(unit: MemoryUnit) -> Key:
    """What the unit translates, and where."""
    return unit.source.text, unit.before, unit.after


@dataclass
class _Slot:
    """A unit of the file, or one to come: `number` counts the units of the file from 0, None for a new one."""

    number: int | None
    unit: MemoryUnit | None


class Shelf:
    """The units of a file that share source and context with some others, and what is done to them.

    Afterwards `changes` tells all that changed, and `arranged` gives the units of the whole file.
    """

    def __init__(self, standing: Iterable[StandingUnit], touched: Iterable[MemoryUnit]) -> None:
        keys = {key_of(unit) for unit in touched}
        self.changes: list[Change] = []
        self._slots: dict[Key, list[_Slot]] = defaultdict(list)
        for number, one in enumerate(standing):
            if (key := key_of(one.unit)) in keys:
                self._slots[key].append(_Slot(number, one.unit))

    def put(self, unit: MemoryUnit) -> tuple[int, int, int, int]:
        """Put the targets of `unit` in; returns how many were added, replaced another, were there, were kept out.

        A reviewed text is not replaced by one that nobody reviewed, nor by one that was reviewed before it.
        """
        added = replaced = same = kept = 0
        fresh: list[Language] = []
        for language in _languages(unit):
            standing = self._standing(unit, language)
            if any(_says_the_same(slot.unit, unit, language) for slot in standing if slot.unit):
                same += 1
            elif any(_outranks(slot.unit, unit) for slot in standing if slot.unit):
                kept += 1
            else:
                before = [_only(slot.unit, language) for slot in standing if slot.unit]
                self._note(unit, language, before, _only(unit, language))
                for slot in standing:
                    slot.unit = _without(slot.unit, language)
                replaced, added = replaced + bool(standing), added + (not standing)
                fresh.append(language)
        if fresh:
            self._place(_only(unit, *fresh))
        return added, replaced, same, kept

    def take(self, unit: MemoryUnit, language: Language) -> bool:
        """Take out the target of `unit` in `language` where just this text stands; whether it did."""
        found = [one for one in self._standing(unit, language) if one.unit and _same_text(one.unit, unit, language)]
        for slot in found:
            if slot.unit is not None:
                self._note(unit, language, [_only(slot.unit, language)], None)
                slot.unit = _without(slot.unit, language)
        return bool(found)

    def is_free(self, unit: MemoryUnit, language: Language) -> bool:
        """Whether nothing stands in the place of `unit` in `language`."""
        return not self._standing(unit, language)

    def arranged(self, standing: Iterable[StandingUnit]) -> Iterator[StandingUnit]:
        """The units of the file in its own order, changed ones in their places and new ones at the end."""
        slots = [slot for slots in self._slots.values() for slot in slots]
        ours = {slot.number: slot.unit for slot in slots if slot.number is not None}
        for number, one in enumerate(standing):
            now = ours.get(number, one.unit)
            if now is not None:
                yield one if now is one.unit or now == one.unit else StandingUnit(now)
        yield from (StandingUnit(slot.unit) for slot in slots if slot.number is None and slot.unit is not None)

    def _standing(self, unit: MemoryUnit, language: Language) -> list[_Slot]:
        return [slot for slot in self._slots[key_of(unit)] if slot.unit and slot.unit.targets.get(language)]

    def _note(self, unit: MemoryUnit, language: Language, before: list[MemoryUnit], after: MemoryUnit | None) -> None:
        texts = tuple(map(unit_xml, before))
        self.changes.append(Change(unit.source.text, language, texts, unit_xml(after) if after else ""))

    def _place(self, unit: MemoryUnit) -> None:
        slots = self._slots[key_of(unit)]
        for slot in slots:
            if slot.unit and _one_act(slot.unit, unit):
                doubts = {**(slot.unit.doubts or {}), **(unit.doubts or {})}
                slot.unit = replace(slot.unit, targets={**slot.unit.targets, **unit.targets}, doubts=doubts)
                return
        freed = next((slot for slot in slots if slot.unit is None), None)
        if freed is not None:
            freed.unit = unit  # where the former one stood: a small diff
        else:
            slots.append(_Slot(None, unit))


def _languages(unit: MemoryUnit) -> list[Language]:
    return [language for language in LANGUAGES if unit.targets.get(language)]


def _only(unit: MemoryUnit, *languages: Language) -> MemoryUnit:
    targets = {language: unit.targets[language] for language in languages}
    return replace(unit, targets=targets, doubts={one: unit.doubt(one) for one in languages if unit.doubt(one)})


def _without(unit: MemoryUnit | None, language: Language) -> MemoryUnit | None:
    rest = [one for one in _languages(unit) if one != language] if unit else []
    return _only(unit, *rest) if unit and rest else None


def _same_text(one: MemoryUnit, other: MemoryUnit, language: Language) -> bool:
    return one.targets.get(language) == other.targets.get(language)


def _says_the_same(standing: MemoryUnit, new: MemoryUnit, language: Language) -> bool:
    if not _same_text(standing, new, language) or standing.doubt(language) != new.doubt(language):
        return False
    return standing.reviewed_by == new.reviewed_by or not new.reviewed_by


def _outranks(standing: MemoryUnit, new: MemoryUnit) -> bool:
    if not new.reviewed_by:
        return bool(standing.reviewed_by)
    return bool(standing.reviewed_by) and bool(new.reviewed_at) and standing.reviewed_at > new.reviewed_at


def _one_act(one: MemoryUnit, other: MemoryUnit) -> bool:
    def told(unit: MemoryUnit) -> tuple[object, ...]:
        return unit.source, unit.reviewed_by, unit.reviewed_at, unit.origin

    return told(one) == told(other) and not set(_languages(one)) & set(_languages(other))

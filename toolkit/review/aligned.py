"""A person's translation, laid beside the report, as a file that `accept` takes: their words, in their name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from toolkit.languages import Language
from toolkit.memory import MemoryUnit
from toolkit.report import Report
from toolkit.report.inline import InlineText
from toolkit.review.acts import neighbours
from toolkit.review.edit import Edit, EditedFile
from toolkit.translation.draft import State


def vouched_for(
    report: Report, given: Mapping[str, str], language: Language, path: Path, *, by: str, at: str
) -> EditedFile:
    """The targets `given` by segment id as reviewed by `by`; what another person wrote there before is a conflict."""
    edits = (
        Edit(segment.id, language, InlineText(given[segment.id]), segment.text, state=State.REVIEWED, by=by, at=at)
        for segment in report.segments
        if given.get(segment.id)
    )
    return EditedFile(path, "translation", report.name, tuple(edits))


def unreviewed_units(report: Report, given: Mapping[str, str], language: Language) -> tuple[MemoryUnit, ...]:
    """What the memory learns from a translation that nobody vouched for: its pairs, with their neighbours."""
    around = neighbours(report)
    units = []
    for segment in report.segments:
        if text := given.get(segment.id):
            before, after = around(segment.id)
            target = {language: InlineText(text)}
            units.append(MemoryUnit(segment.source, target, origin=report.name, before=before, after=after))
    return tuple(units)

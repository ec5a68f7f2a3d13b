"""A person's translation, laid beside the report, as a file that `accept` takes: their words, in their name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from toolkit.languages import Language
from toolkit.memory import MemoryUnit
from toolkit.report import Report
from toolkit.report.inline import InlineText
from toolkit.review.acts import neighbours
from toolkit.review.edit import Edit, EditedFile
from toolkit.translation.adopting import Adoption
from toolkit.translation.draft import Draft, State


def as_edited(
    report: Report, adoption: Adoption, language: Language, path: Path, *, by: str = "", at: str = ""
) -> EditedFile:
    """`adoption`, which came as the file `path`, for `accept`.

    What is certain is reviewed by `by`, if somebody vouches for it.  Other words for what a person has worked on come
    along in any case: `accept` leaves that text alone and keeps them beside it.
    """
    certain = adoption.certain if by else {}
    edits = []
    for segment in report.segments:
        key = segment.id
        if key in certain or key in adoption.conflicts:
            state = State.REVIEWED if key in certain else None
            edits.append(Edit(key, language, InlineText(adoption.given[key]), segment.text, state=state, by=by, at=at))
    return EditedFile(path, "translation", report.name, tuple(edits))


def to_be_read(previous: Draft, adoption: Adoption) -> Draft:
    """`previous` with what of the translation is doubtful: who vouches for it did not see where it was put."""
    certain = adoption.certain
    pairs = zip(previous.units, adoption.draft.units, strict=True)
    return replace(previous, units=tuple(old if old.segment_id in certain else new for old, new in pairs))


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

"""A translation made elsewhere becomes the draft of record: placed, repaired where the evidence is good, unreviewed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit import tibetan
from toolkit.alignment import Link
from toolkit.languages import Language
from toolkit.report import Report
from toolkit.report.inline import InlineText
from toolkit.translation.draft import (
    Candidate,
    Draft,
    DraftUnit,
    Origin,
    OriginKind,
    State,
    kept_alternatives,
    target_hash,
)
from toolkit.translation.drafting import Sources, requests_of
from toolkit.translation.foreign import ForeignNote, bring_in
from toolkit.translation.repair import Change, Item, Repaired, guesses, repair_document
from toolkit.translation.request import Request


@dataclass(frozen=True)
class Adoption:
    """The draft with the translation in it, and what was done to get there.

    `changes` are the repairs by segment id, `kept` the segments a person had reviewed already, which stay as they are,
    `conflicts` those of them for which the translation has other words.  `left_over` is text that has no place in the
    report; `links` say how the texts were laid beside each other, `given` what the translation has
    for each segment, those kept included.
    """

    draft: Draft
    placed: int
    changes: Mapping[str, tuple[Change, ...]]
    notes: tuple[ForeignNote, ...]
    kept: tuple[str, ...]
    conflicts: tuple[str, ...]
    left_over: tuple[str, ...]
    links: tuple[Link, ...]
    given: Mapping[str, str]

    @property
    def doubts(self) -> Mapping[str, tuple[str, ...]]:
        """Why a person should read both sides, by segment id, of those that have a text and may have a wrong one."""
        reasons = _reasons(self.notes)
        return {key: tuple(reasons[key]) for key in self.given if key in reasons}

    @property
    def certain(self) -> Mapping[str, str]:
        """What is `given` without a doubt: a name may stand under it, and a memory learn it."""
        doubts = self.doubts
        return {key: text for key, text in self.given.items() if key not in doubts}


def adopt(
    report: Report,
    paragraphs: Sequence[str],
    name: str,
    language: Language,
    sources: Sources,
    previous: Draft,
    *,
    repair: bool = True,
) -> Adoption:
    """Bring `paragraphs`, a translation of `report` that came as the file `name`, into the draft `previous`.

    What a person reviewed or typed there stays, and so does what the translation has nothing for; a machine's draft
    that gives way becomes an alternative, and so does the text before repair.

    Without `repair` a text that lacks most of what its source holds is doubtful too: a machine drops terms, a person's
    sentence without them stands more likely for other Chinese.
    """
    requests = {
        request.segment.id: request for request in requests_of(report, language, sources.glossary, sources.house)
    }
    foreign = bring_in(report, paragraphs, language, {key: request.constraints for key, request in requests.items()})
    given = {
        key: tibetan.normal(target) if language == "bo" else target for key, target in foreign.targets.items() if target
    }
    kept = [unit for unit in previous.units if unit.segment_id in given and unit.belongs_to_a_person]
    conflicts = [unit.segment_id for unit in kept if unit.target.text.split() != given[unit.segment_id].split()]
    kept_ids = {unit.segment_id for unit in kept}
    repaired = _repaired(given, requests, language) if repair else {}
    notes = foreign.notes if repair else (*foreign.notes, *_lacking(given, requests, language))
    reasons = _reasons(notes)
    units = []
    for unit in previous.units:
        key = unit.segment_id
        if key in kept_ids or (key not in given and not _was_brought_in(unit)):
            units.append(unit)
            continue
        if key not in given:
            units.append(_emptied(unit, " ".join(reasons.get(key, ()))))
            continue
        one = repaired.get(key)
        said = (*reasons.get(key, ()), guesses(one.changes) if one else "")
        units.append(_unit(unit, given[key], one, name, " ".join(filter(None, said))))
    changes = {key: one.changes for key, one in repaired.items() if one.changes and key not in kept_ids}
    return Adoption(
        draft=replace(previous, units=tuple(units)),
        placed=len(given) - len(kept),
        changes=changes,
        notes=notes,
        kept=tuple(unit.segment_id for unit in kept),
        conflicts=tuple(conflicts),
        left_over=foreign.left_over,
        links=foreign.links,
        given=given,
    )


def _reasons(notes: Iterable[ForeignNote]) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for note in notes:
        reasons.setdefault(note.segment_id, []).append(note.reason)
    return reasons


def _lacking(given: Mapping[str, str], requests: Mapping[str, Request], language: Language) -> list[ForeignNote]:
    """The segments whose text has less than half of the figures, names and terms that it must have."""
    notes = []
    for key, text in given.items():
        firm = [one for one in requests[key].constraints if not one.is_weak]
        found = sum(bool(one.find_in(text, language)) for one in firm)
        if 2 * found < len(firm):
            reason = (
                f"Most figures, names and terms of the Chinese are not in it ({found} of {len(firm)} are): it may "
                "belong to another sentence"
            )
            notes.append(ForeignNote(reason, key))
    return notes


def _repaired(given: Mapping[str, str], requests: Mapping[str, Request], language: Language) -> dict[str, Repaired]:
    items = [Item(requests[key].text, target, requests[key].constraints) for key, target in given.items()]
    return dict(zip(given, repair_document(items, language), strict=True))


def _was_brought_in(unit: DraftUnit) -> bool:
    return unit.origin is not None and unit.origin.kind is OriginKind.FOREIGN and not unit.belongs_to_a_person


def _emptied(before: DraftUnit, note: str) -> DraftUnit:
    """A segment that an earlier translation filled and this one does not: its words stay as an alternative."""
    former = Candidate(before.target, before.origin or Origin(OriginKind.FOREIGN), printable=False, note=before.note)
    return replace(
        before,
        target=InlineText(""),
        state=State.NEEDS_TRANSLATION,
        origin=None,
        alternatives=kept_alternatives((former, *before.alternatives)),
        note=note,
        asked="",
        drafted="",
    )


def _unit(before: DraftUnit, given: str, repaired: Repaired | None, name: str, note: str) -> DraftUnit:
    text = repaired.text if repaired is not None else given
    was_changed = text != given
    target = InlineText(text)
    alternatives = list(before.alternatives)
    if before.target and before.target != target and before.origin is not None:
        alternatives.insert(0, Candidate(before.target, before.origin, printable=False, note=before.note))
    if was_changed:
        alternatives.insert(0, Candidate(InlineText(given), Origin(OriginKind.FOREIGN, name), printable=False))
    return replace(
        before,
        target=target,
        state=State.DRAFT,
        origin=Origin(OriginKind.FOREIGN, name, rung="repaired" if was_changed else ""),
        alternatives=kept_alternatives(alternatives),
        note=note,
        drafted=target_hash(target),
    )

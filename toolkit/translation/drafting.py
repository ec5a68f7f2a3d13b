"""Drafting a report, and drafting it again: only what changed, and never what a person wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.constraints import constraints_of, names_in
from toolkit.errors import EngineError
from toolkit.files import hash_of
from toolkit.glossary import Glossary
from toolkit.languages import Language
from toolkit.report import Report
from toolkit.report.inline import InlineText
from toolkit.safexml import without_forbidden
from toolkit.translation.assemble import Assemble
from toolkit.translation.attempt import Attempt
from toolkit.translation.draft import (
    MOST_ALTERNATIVES,
    Candidate,
    Draft,
    DraftUnit,
    Origin,
    OriginKind,
    State,
    target_hash,
)
from toolkit.translation.engine import Engine, Question
from toolkit.translation.ladder import Progress, RungCost, climb
from toolkit.translation.repair import Item
from toolkit.translation.request import Request
from toolkit.workspace import Settings


@dataclass(frozen=True)
class Drafting:
    """A draft, and how it came to be.

    `redone` are the segments drafted now rather than kept; `costs` what each rung of the ladder asked of the engine;
    `fault` what stopped the engine on the way: what it had said by then is in the draft.
    """

    draft: Draft
    redone: tuple[str, ...]
    costs: tuple[RungCost, ...] = ()
    fault: EngineError | None = None


@dataclass(frozen=True)
class _Open:
    """A segment that memory and glossary leave open."""

    request: Request
    candidates: tuple[Candidate, ...]
    inputs: str


@dataclass(frozen=True)
class _Plan:
    """Which units stand already, and which segments are left for the engine."""

    segment_ids: tuple[str, ...]
    units: dict[str, DraftUnit]
    before: Mapping[str, DraftUnit]
    redone: tuple[str, ...]
    open: tuple[_Open, ...]
    settled: tuple[Item, ...]


@dataclass(frozen=True)
class Sources:
    """What a report is drafted from, besides an engine: terms, house style, memory."""

    glossary: Glossary
    house: Settings
    assemble: Assemble


def draft_report(
    report: Report,
    language: Language,
    sources: Sources,
    *,
    engine: Engine | None,
    previous: Draft | None,
    progress: Progress = lambda rung, count: None,
) -> Drafting:
    """Draft every segment of `report` in `language`.

    Memory and terms first; `engine`, if given, fills what they leave, up the ladder.  A unit of `previous` is kept when
    a person has touched it or brought it in, or when nothing it depended on has changed.  What an engine said once is
    kept when the engine is no longer there; another engine, or another version, is asked anew.
    """
    plan = _plan(report, language, sources, engine, previous)
    units = dict(plan.units)
    if engine is None or not plan.open:
        return Drafting(_draft(language, plan, units, previous), plan.redone)
    identity = engine.identity(language)
    ascent = climb([one.request for one in plan.open], engine, language, progress, plan.settled)
    left = set()
    for index, (one, attempts) in enumerate(zip(plan.open, ascent.attempts, strict=True)):
        segment_id = one.request.segment.id
        old = plan.before.get(segment_id)
        if not attempts and index in ascent.unfinished and old is not None and old.target:
            units[segment_id] = old  # what was said before is better than nothing
            left.add(segment_id)
            continue
        asked = "" if index in ascent.unfinished else identity
        candidates = (*_candidates(attempts, identity), *one.candidates)
        units[segment_id] = _unit(one.request, candidates, one.inputs, asked)
    redone = tuple(segment_id for segment_id in plan.redone if segment_id not in left)
    return Drafting(_draft(language, plan, units, previous), redone, ascent.costs, ascent.fault)


def open_questions(
    report: Report, language: Language, sources: Sources, *, engine: Engine, previous: Draft | None
) -> tuple[Question, ...]:
    """What `draft_report` would ask the engine first: for an estimate before anything is spent."""
    return tuple(one.request.question() for one in _plan(report, language, sources, engine, previous).open)


def _plan(report: Report, language: Language, sources: Sources, engine: Engine | None, previous: Draft | None) -> _Plan:
    requests = requests_of(report, language, sources.glossary, sources.house)
    proposals = sources.assemble.propose(requests, language)
    before = {unit.segment_id: unit for unit in (*previous.former, *previous.units)} if previous else {}
    units: dict[str, DraftUnit] = {}
    still_open: list[_Open] = []
    redone: list[str] = []
    for request, candidates in zip(requests, proposals, strict=True):
        segment_id = request.segment.id
        settled = any(candidate.printable for candidate in candidates)
        inputs = _inputs(request, candidates, language, None if settled else sources.house)
        asked = engine.identity(language) if engine and not settled else ""
        old = before.get(segment_id)
        if old is not None and (_is_given(old) or (old.inputs == inputs and asked in ("", old.asked))):
            units[segment_id] = replace(old, source=request.segment.source)
            continue
        if old is not None and old.follows_memory and (kept := _after_its_memory(old, candidates)) is not None:
            units[segment_id] = replace(kept, source=request.segment.source, inputs=inputs, asked=asked)
            continue
        redone.append(segment_id)
        if settled or engine is None:
            units[segment_id] = _unit(request, candidates, inputs, "")
        else:
            still_open.append(_Open(request, candidates, inputs))
    ids = tuple(request.segment.id for request in requests)
    standing = [(request, units.get(request.segment.id)) for request in requests]
    items = [Item(request.text, unit.target.text, request.constraints) for request, unit in standing if unit]
    return _Plan(ids, units, before, tuple(redone), tuple(still_open), tuple(item for item in items if item.target))


def with_a_persons_units(draft: Draft, on_disk: Draft) -> Draft:
    """`draft` with every unit that a person has touched in the file as it stands now.

    Those of segments that `draft` does not have, because the report was changed meanwhile, are kept as former ones.
    """
    theirs = {unit.segment_id: unit for unit in on_disk.units if unit.belongs_to_a_person and not unit.follows_memory}
    units = tuple(theirs.pop(unit.segment_id, unit) for unit in draft.units)
    former = tuple(theirs.pop(unit.segment_id, unit) for unit in draft.former)
    return replace(draft, units=units, former=(*former, *theirs.values()))


def with_what_changed_meanwhile(draft: Draft, on_disk: Draft, before: Draft | None, redone: Sequence[str]) -> Draft:
    """`draft`, made from `before`, with every unit of the file as it stands now that somebody has changed since.

    What a machine put there goes before nothing, or before another answer to the same question: a worker that was cut
    off and comes late spoils nothing.  It goes behind other text of the segments in `redone`, drafted from what is now.
    """
    known = {unit.segment_id: unit for unit in before.units} if before else {}
    changed = {unit.segment_id: unit for unit in on_disk.units if unit != known.get(unit.segment_id)}
    anew = set(redone)

    def newest(unit: DraftUnit) -> DraftUnit:
        there = changed.get(unit.segment_id)
        if there is None:
            return unit
        if _is_given(there) or unit.segment_id not in anew:
            return there
        is_as_good = bool(there.target) and (
            not unit.target or (there.inputs, there.asked) == (unit.inputs, unit.asked)
        )
        return there if is_as_good else unit

    return replace(draft, units=tuple(map(newest, draft.units)))


def _is_given(unit: DraftUnit) -> bool:
    """Whether a person wrote it or brought it in; what a person wrote elsewhere follows the memory instead."""
    if unit.follows_memory:
        return False
    return unit.belongs_to_a_person or (unit.origin is not None and unit.origin.kind is OriginKind.FOREIGN)


def _after_its_memory(unit: DraftUnit, candidates: Sequence[Candidate]) -> DraftUnit | None:
    """What becomes of a unit that follows the memory when that has changed; None: it is drafted from what it says now.

    While the memory still has the text among others, the review stands.  When it has nothing any more, because the
    review was taken back, the text stays as a draft for a person to look at; no engine speaks over it.
    """
    exact = [one for one in candidates if one.origin.kind is OriginKind.MEMORY]
    if any(one.review for one in exact):
        return None
    if any(one.target == unit.target for one in exact):
        return unit
    if exact:
        return None
    return replace(unit, state=State.DRAFT, review=None, note="Its review elsewhere was taken back.")


def _draft(language: Language, plan: _Plan, units: dict[str, DraftUnit], previous: Draft | None) -> Draft:
    return Draft(language, tuple(units[segment_id] for segment_id in plan.segment_ids), _former(previous, units))


def requests_of(report: Report, language: Language, glossary: Glossary, house: Settings) -> list[Request]:
    """Each segment of `report` with its terms, its constraints, and what stands around it."""
    segments = report.segments
    texts = ["", *(segment.text for segment in segments), ""]
    paragraphs = [block.text for block in report.blocks for _ in block.segments]
    said: frozenset[str] = frozenset()
    requests = []
    for index, segment in enumerate(segments):
        constraints = constraints_of(segment.text, language, glossary, house, said=said)
        said |= names_in(constraints)
        terms = glossary.match(segment.text)
        around = (texts[index], texts[index + 2], paragraphs[index])
        requests.append(Request(segment, terms, constraints, *around))
    return requests


def _candidates(attempts: Sequence[Attempt], engine: str) -> tuple[Candidate, ...]:
    """The best attempt to print, if it is a sentence at all, and the others to look at."""
    candidates = []
    for rank, attempt in enumerate(attempts[:MOST_ALTERNATIVES]):
        rung = attempt.rung if attempt.is_settled else f"{attempt.rung}, flagged"
        origin = Origin(OriginKind.ENGINE, engine, rung=rung)
        printable = rank == 0 and attempt.is_printable
        note = attempt.note if attempt.is_printable else "Not printed: " + attempt.faults[0].reason
        candidates.append(Candidate(InlineText(without_forbidden(attempt.text)), origin, printable, note))
    return tuple(candidates)


def _inputs(request: Request, candidates: tuple[Candidate, ...], language: Language, house: Settings | None) -> str:
    """Hash of the source, the terms in it and what memory and glossary propose: not of the engine.

    `house` is given where an engine drafts: how figures and names are written shapes what it is asked.
    """
    style = () if house is None else (repr((house.tibetan_digits, house.tibetan_names, house.day_first)),)
    terms = sorted({match.term.fingerprint(language) for match in request.terms})
    reviews = [repr(candidate.review) for candidate in candidates if candidate.review]
    return hash_of(repr(request.segment.source), *terms, "|", *map(repr, candidates), *style, *reviews)[:16]


def _unit(request: Request, candidates: tuple[Candidate, ...], inputs: str, asked: str) -> DraftUnit:
    segment = request.segment
    chosen = next((candidate for candidate in candidates if candidate.printable), None)
    others = tuple(candidate for candidate in candidates if candidate is not chosen)
    if chosen is None:
        return DraftUnit(
            segment.id,
            segment.source,
            InlineText(""),
            State.NEEDS_TRANSLATION,
            alternatives=others,
            inputs=inputs,
            asked=asked,
        )
    return DraftUnit(
        segment.id,
        segment.source,
        chosen.target,
        State.DRAFT if chosen.review is None else State.REVIEWED,
        chosen.origin,
        others,
        chosen.note,
        inputs,
        asked,
        target_hash(chosen.target),
        chosen.review,
    )


def _former(previous: Draft | None, current: dict[str, DraftUnit]) -> tuple[DraftUnit, ...]:
    """A person's work on segments the report no longer has."""
    if previous is None:
        return ()
    gone = (unit for unit in (*previous.units, *previous.former) if unit.segment_id not in current)
    theirs = {unit.segment_id: unit for unit in gone if unit.belongs_to_a_person and not unit.follows_memory}
    return tuple(theirs.values())

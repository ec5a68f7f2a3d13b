"""Drafting a report, and drafting it again: only what changed, and never what a person wrote."""

from __future__ import annotations

from dataclasses import dataclass, replace

from toolkit.files import hash_of
from toolkit.glossary import Glossary
from toolkit.languages import Language
from toolkit.report import Report
from toolkit.report.inline import InlineText
from toolkit.translation.assemble import Assemble
from toolkit.translation.draft import Candidate, Draft, DraftUnit, State, target_hash
from toolkit.translation.engine import Engine, Request


@dataclass(frozen=True)
class Drafting:
    """A draft, and which of its segments were drafted now rather than kept."""

    draft: Draft
    redone: tuple[str, ...]


def draft_report(
    report: Report,
    language: Language,
    *,
    glossary: Glossary,
    assemble: Assemble,
    engine: Engine | None,
    previous: Draft | None,
) -> Drafting:
    """Draft every segment of `report` in `language`.

    Memory and terms first; `engine`, if given, fills what they leave.  A unit of `previous` is kept when a
    person has touched it, or when nothing it depended on has changed.  What an engine said once is kept when the
    engine is no longer there; another engine, or another version, is asked anew.
    """
    requests = _requests(report, glossary)
    proposals = assemble.propose(requests, language)
    before = {unit.segment_id: unit for unit in (*previous.former, *previous.units)} if previous else {}
    units: dict[str, DraftUnit] = {}
    open_requests: list[tuple[Request, tuple[Candidate, ...], str]] = []
    redone: list[str] = []
    for request, candidates in zip(requests, proposals, strict=True):
        settled = any(candidate.printable for candidate in candidates)
        inputs = _inputs(request, candidates, language)
        asked = engine.identity(language) if engine and not settled else ""
        old = before.get(request.segment.id)
        if old is not None and (old.belongs_to_a_person or (old.inputs == inputs and asked in ("", old.asked))):
            units[request.segment.id] = replace(old, source=request.segment.source)
            continue
        redone.append(request.segment.id)
        if settled or engine is None:
            units[request.segment.id] = _unit(request, candidates, inputs, "")
        else:
            open_requests.append((request, candidates, inputs))
    if open_requests and engine is not None:
        answers = engine.propose([request for request, _, _ in open_requests], language)
        for (request, candidates, inputs), answer in zip(open_requests, answers, strict=True):
            units[request.segment.id] = _unit(request, (*answer, *candidates), inputs, engine.identity(language))
    ordered = tuple(units[request.segment.id] for request in requests)
    return Drafting(Draft(language, ordered, _former(previous, units)), tuple(redone))


def _requests(report: Report, glossary: Glossary) -> list[Request]:
    segments = report.segments
    texts = ["", *(segment.text for segment in segments), ""]
    return [
        Request(segment, glossary.match(segment.text), before=texts[index], after=texts[index + 2])
        for index, segment in enumerate(segments)
    ]


def _inputs(request: Request, candidates: tuple[Candidate, ...], language: Language) -> str:
    """Hash of the source, the terms in it and what memory and glossary propose: not of the engine."""
    terms = sorted({match.term.fingerprint(language) for match in request.terms})
    return hash_of(repr(request.segment.source), *terms, "|", *map(repr, candidates))[:16]


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
        State.DRAFT,
        chosen.origin,
        others,
        chosen.note,
        inputs,
        asked,
        target_hash(chosen.target),
    )


def _former(previous: Draft | None, current: dict[str, DraftUnit]) -> tuple[DraftUnit, ...]:
    """A person's work on segments the report no longer has."""
    if previous is None:
        return ()
    gone = (unit for unit in (*previous.units, *previous.former) if unit.segment_id not in current)
    return tuple({unit.segment_id: unit for unit in gone if unit.belongs_to_a_person}.values())

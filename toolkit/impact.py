"""What a change to a term would do: which segments of which reports, before it is made.

The answer is found by drafting in memory with the glossary as it is and as it would be, from the same drafts of
record; nothing is written.  What a person wrote stays as it is: such a segment is listed as no longer keeping the term.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.build import draft_path
from toolkit.chinese import fold
from toolkit.desk import Desk
from toolkit.glossary import Glossary, Status, Term
from toolkit.languages import TARGETS, Language
from toolkit.quality import check_draft
from toolkit.report import Report, read_report
from toolkit.translation import Draft, Sources, draft_report
from toolkit.translation.xliff import read_xliff


@dataclass(frozen=True)
class Changed:
    """A segment that would be drafted otherwise."""

    segment_id: str
    language: Language
    source: str
    before: str
    after: str


@dataclass(frozen=True)
class Disputed:
    """A segment that stays as it is, and would have a finding it does not have now: a person's text, or memory's."""

    segment_id: str
    language: Language
    source: str
    text: str
    reason: str
    is_a_persons: bool


@dataclass(frozen=True)
class Impact:
    """What a change to one term does to one report; `mentions` counts the segments in which the term stands."""

    report: str
    mentions: int
    changed: tuple[Changed, ...]
    disputed: tuple[Disputed, ...]
    settled: int  # findings about the term that would go away


def with_term(glossary: Glossary, term: Term) -> Glossary:
    """`glossary` with `term` in the place of the one that has its Chinese, or at its end."""
    key = fold(term.zh)
    if not any(fold(one.zh) == key for one in glossary.terms):
        return Glossary((*glossary.terms, term))
    return Glossary(tuple(term if fold(one.zh) == key else one for one in glossary.terms))


def term_with(glossary: Glossary, zh: str, targets: Mapping[Language, str], *, status: Status | None = None) -> Term:
    """The term of `zh` as it would be with other preferred renderings; the former ones are no longer accepted.

    A Chinese that no glossary holds gives a new, proposed term.
    """
    old = glossary.find(zh)
    if old is None:
        nothing: dict[Language, tuple[str, ...]] = dict.fromkeys(TARGETS, ())
        old = Term((zh,), dict.fromkeys(TARGETS, ""), nothing, nothing, "", Status.PROPOSED, "", "none", "")
    accepted = {
        language: tuple(one for one in old.accepted.get(language, ()) if one != targets.get(language))
        for language in TARGETS
    }
    return replace(old, targets={**old.targets, **targets}, accepted=accepted, status=status or old.status)


def impact_of(term: Term, folders: Iterable[Path], desk: Desk) -> tuple[Impact, ...]:
    """What putting `term` into the glossary would do to the reports in `folders`; those in which it does not stand
    are left out.

    Engines of `desk` are asked about the segments that would be drafted anew, and only about those: with none
    (`assemble`), what an engine would say is unknown and the segment becomes a gap in both answers.
    Raises `SourceError` for a report or draft that cannot be read.
    """
    new = with_term(desk.glossary, term)
    old_term = desk.glossary.find(term.zh)
    spellings = {fold(source) for one in (term, old_term) if one for source in one.sources}
    found = []
    for folder in folders:
        report = read_report(folder)
        mentions = sum(any(source in fold(segment.text) for source in spellings) for segment in report.segments)
        if mentions:
            found.append(_impact_on(report, mentions, new, desk))
    return tuple(found)


def _impact_on(report: Report, mentions: int, new: Glossary, desk: Desk) -> Impact:
    changed: list[Changed] = []
    disputed: list[Disputed] = []
    settled = 0
    for language in TARGETS:
        before = _drafted(report, language, desk.glossary, desk)
        after = _drafted(report, language, new, desk)
        changed += _differences(before, after)
        now = _faults(report, before, desk.glossary, desk)
        then = _faults(report, after, new, desk)
        others = {one.segment_id for one in changed if one.language == language}
        for unit in after.units:
            was, will_be = now.get(unit.segment_id, []), then.get(unit.segment_id, [])
            fresh = [reason for reason in will_be if reason not in was]
            settled += sum(reason not in will_be for reason in was)
            if fresh and unit.segment_id not in others:
                text = unit.target.text
                disputed += [
                    Disputed(unit.segment_id, language, unit.source.text, text, reason, unit.belongs_to_a_person)
                    for reason in fresh
                ]
    return Impact(report.name, mentions, tuple(changed), tuple(disputed), settled)


def _drafted(report: Report, language: Language, glossary: Glossary, desk: Desk) -> Draft:
    path = draft_path(report, language)
    sources = Sources(glossary, desk.settings, desk.sources.assemble)
    previous = read_xliff(path, language) if path.exists() else None
    drafting = draft_report(report, language, sources, engine=desk.engine_for(language), previous=previous)
    if drafting.fault is not None:
        raise drafting.fault
    return drafting.draft


def _differences(before: Draft, after: Draft) -> list[Changed]:
    return [
        Changed(old.segment_id, before.language, old.source.text, old.target.text, new.target.text)
        for old, new in zip(before.units, after.units, strict=True)
        if old.target != new.target
    ]


def _faults(report: Report, draft: Draft, glossary: Glossary, desk: Desk) -> dict[str, list[str]]:
    """What is wrong with each target, by segment; gaps and the like aside."""
    found: dict[str, list[str]] = {}
    for finding in check_draft(draft, report, glossary, desk.settings):
        if finding.segment_id and finding.check != "gap":
            found.setdefault(finding.segment_id, []).append(finding.reason)
    return found

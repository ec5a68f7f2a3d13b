"""What stands in the way of a release: gaps, unreviewed text, errors, and names of people that nobody confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from toolkit.glossary import Glossary, Status
from toolkit.languages import NAMES, Language
from toolkit.quality import Finding, Severity, open_findings, propose_names
from toolkit.report import Report
from toolkit.translation import Draft
from toolkit.workspace import Settings

_PERSON = "person"  # the domain of personal names


class ObstacleKind(StrEnum):
    """Why a bulletin may not be released yet."""

    GAP = "gap"
    UNREVIEWED = "unreviewed"
    ERROR = "error"
    NAME = "name"  # a person's name that no named person approved: it may overwrite somebody's own spelling


@dataclass(frozen=True)
class Obstacle:
    """One thing to do before a release.  `reason` and `remedy` are whole sentences."""

    kind: ObstacleKind
    reason: str
    remedy: str
    segment_id: str = ""
    language: Language | None = None


def obstacles(
    report: Report,
    drafts: Mapping[Language, Draft],
    findings: tuple[Finding, ...],
    glossary: Glossary,
    house: Settings,
) -> tuple[Obstacle, ...]:
    """All of them, in report order within each kind; none means that the bulletin may be released.

    A finding that a person dismissed stands in nobody's way; neither does a warning.
    """
    return (
        *(one for draft in drafts.values() for one in _open_text(draft, report)),
        *_errors(findings, report),
        *_names(report, glossary, house),
    )


def _open_text(draft: Draft, report: Report) -> Iterator[Obstacle]:
    language = draft.language
    for unit in draft.units:
        if unit.is_gap:
            yield Obstacle(
                ObstacleKind.GAP,
                f"“{_short(unit.source.text)}” has no {NAMES[language]}.",
                f"Translate it: bulletin export {report.name} --as xlsx, then bulletin accept.",
                unit.segment_id,
                language,
            )
        elif unit.is_open:
            yield Obstacle(
                ObstacleKind.UNREVIEWED,
                f"Nobody has reviewed “{_short(unit.target.text)}”.",
                f"Read it, then: bulletin sign {report.name} {unit.segment_id} -l {language} --by NAME.",
                unit.segment_id,
                language,
            )


def _errors(findings: tuple[Finding, ...], report: Report) -> Iterator[Obstacle]:
    for finding in open_findings(findings):
        if finding.severity is Severity.ERROR and finding.check != "gap":
            yield Obstacle(
                ObstacleKind.ERROR,
                finding.reason,
                f"Mend it, or say why it may stay: bulletin dismiss {report.name} {finding.id}.",
                finding.segment_id,
                finding.language,
            )


def _names(report: Report, glossary: Glossary, house: Settings) -> Iterator[Obstacle]:
    """Personal names whose rendering stands on nobody's word."""
    where: dict[str, str] = {}
    byline = glossary.find(report.byline) if report.byline else None
    if byline is not None and byline.domain == _PERSON and byline.status is Status.PROPOSED:
        where[byline.zh] = ""
    for segment in report.segments:
        for match in glossary.match(segment.text):
            if match.term.domain == _PERSON and match.term.status is Status.PROPOSED:
                where.setdefault(match.term.zh, segment.id)
    for zh, segment_id in where.items():
        yield Obstacle(
            ObstacleKind.NAME,
            f"The name {zh} is only proposed.",
            f"Confirm how this person writes it, then: bulletin terms approve {zh} --by NAME.",
            segment_id,
        )
    for name in propose_names(report, glossary, house):
        yield Obstacle(
            ObstacleKind.NAME,
            f"The name {name.zh} is in no glossary.",
            f"Confirm it, then: bulletin terms add {name.zh}, and bulletin terms approve {name.zh} --by NAME.",
            name.segment_id,
        )


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"

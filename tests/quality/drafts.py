"""Drafts and reports for these tests, made on the spot."""

from __future__ import annotations

from pathlib import Path

from toolkit.glossary import Glossary, Status, Term
from toolkit.languages import Language
from toolkit.quality import Finding, check_draft
from toolkit.report import Block, InlineText, Report, Role, Segment
from toolkit.translation import Draft, DraftUnit, Origin, State
from toolkit.workspace import Settings


def unit(
    source: str,
    target: str,
    *,
    segment: str = "s1",
    state: State = State.REVIEWED,
    origin: Origin | None = None,
    note: str = "",
) -> DraftUnit:
    return DraftUnit(segment, InlineText(source), InlineText(target), state, origin, note=note)


def term(
    zh: str,
    en: str,
    *accepted: str,
    bo: str = "",
    status: Status = Status.PROPOSED,
    forbidden: tuple[str, ...] = (),
    domain: str = "",
    place: str = "t.csv:2",
) -> Term:
    return Term((zh,), {"en": en, "bo": bo}, {"en": accepted}, {"en": forbidden}, domain, status, "", "none", place)


def report_of(*texts: str) -> Report:
    """One paragraph of one sentence for each text, with the ids s1, s2 …"""
    blocks = (
        Block(Role.PARAGRAPH, (Segment(f"s{number}", InlineText(text)),), number)
        for number, text in enumerate(texts, start=1)
    )
    return Report("r", Path("r/report.txt"), tuple(blocks))


def findings_of(*units: DraftUnit, terms: tuple[Term, ...] = (), language: Language = "en") -> tuple[Finding, ...]:
    report = report_of(*(one.source.text for one in units))
    return check_draft(Draft(language, units), report, Glossary(terms), Settings())

"""What a report's own text and report.toml give to know."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.quality.finding import Finding, Severity
from toolkit.report import Report, Role


def check_report(report: Report) -> tuple[Finding, ...]:
    """Findings about the source: corrections made, captions without pictures, repeats, roles guessed."""
    return tuple(_findings(report))


def _findings(report: Report) -> Iterator[Finding]:
    name = report.path.name
    for correction in report.corrections:
        note = f" {correction.note}" if correction.note else ""
        yield Finding(
            "source-corrected",
            Severity.INFO,
            f"The source says “{correction.before}”; read as “{correction.after}”.{note}",
            place=f"{name}:{correction.line}",
        )
    for block in report.blocks:
        place = f"{name}:{block.line}"
        first = block.segments[0].id
        if block.role is Role.CAPTION:
            yield Finding(
                "caption-without-picture",
                Severity.INFO,
                f"“{block.text}” is the caption of a picture that is not there; the publishing edition leaves it out.",
                first,
                place=place,
            )
        if block.repeats > 1:
            yield Finding(
                "repeats-collapsed",
                Severity.INFO,
                f"“{block.text}” stands {block.repeats} times in a row; it is taken once.",
                first,
                place=place,
            )
        if block.guessed and block.role in (Role.HEADING, Role.CAPTION):
            yield Finding(
                "role-guessed",
                Severity.INFO,
                f"“{block.text}” is taken for a {block.role}; report.toml can say what it is.",
                first,
                place=place,
            )

"""What a report's own text and report.toml give to know."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.quality.catalogue import found
from toolkit.quality.finding import Finding, told_apart
from toolkit.quality.source_counts import check_counts, check_enumerations
from toolkit.quality.source_names import check_regions, check_titles
from toolkit.report import Report, Role


def check_report(report: Report) -> tuple[Finding, ...]:
    """Findings about the source: what report.toml did and left open, then what the text contradicts itself in."""
    return told_apart(
        (
            *_corrections(report),
            *_blocks(report),
            *check_enumerations(report),
            *check_counts(report),
            *check_regions(report),
            *check_titles(report),
        )
    )


def _corrections(report: Report) -> Iterator[Finding]:
    for correction in report.corrections:
        note = f" {correction.note}" if correction.note else ""
        yield found(
            "source-corrected",
            f"The source says “{correction.before}”; read as “{correction.after}”.{note}",
            place=f"{report.path.name}:{correction.line}",
            about=correction.before,
        )


def _blocks(report: Report) -> Iterator[Finding]:
    for block in report.blocks:
        where = {
            "segment_id": block.segments[0].id,
            "place": f"{report.path.name}:{block.line}",
        }
        if block.role is Role.CAPTION and block.illustration is None:
            why = block.no_picture or "it is the caption of a picture that is not there"
            yield found(
                "caption-without-picture",
                f"“{block.text}”: {why}. The publishing edition leaves the caption out.",
                **where,
            )
        if block.refused_links:
            yield found(
                "link-dropped",
                f"It leads to {', '.join(block.refused_links)}: a bulletin leads to web pages (http, https) and mail "
                "(mailto) alone. The words stay, the link is left out.",
                about=block.refused_links[0],
                **where,
            )
        if block.repeats > 1:
            yield found(
                "repeats-collapsed",
                f"“{block.text}” stands {block.repeats} times in a row; it is taken once.",
                **where,
            )
        if block.guessed and block.role in (Role.HEADING, Role.CAPTION):
            yield found(
                "role-guessed",
                f"“{block.text}” is taken for a {block.role}; report.toml can say what it is.",
                **where,
            )

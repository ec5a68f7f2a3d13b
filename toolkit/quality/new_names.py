"""Personal names that the glossary lacks: found by rule, offered to the glossary, never certain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.glossary import Glossary, Status
from toolkit.glossary.store import rows_bytes
from toolkit.names import find_names
from toolkit.quality.catalogue import found
from toolkit.quality.finding import Finding
from toolkit.report import Report
from toolkit.workspace import Settings

_BETWEEN_VARIANTS = " | "
_MOST_VARIANTS = 3


@dataclass(frozen=True)
class ProposedName:
    """A name as it stands in the report, how often, what it was taken for, and its renderings, preferred first."""

    zh: str
    en: tuple[str, ...]
    bo: tuple[str, ...]
    evidence: str
    count: int
    segment_id: str
    line: int


def propose_names(report: Report, glossary: Glossary, house: Settings) -> tuple[ProposedName, ...]:
    """The names that stand in the report beyond doubt and in no glossary, in order of their first mention."""
    proposed: dict[str, ProposedName] = {}
    known: set[str] = set()
    for block in report.blocks:
        for segment in block.segments:
            taken = [(match.start, match.end) for match in glossary.match(segment.text)]
            for name in find_names(segment.text, tibetan_names=house.tibetan_names, known=known):
                if not name.sure or any(start < name.end and name.start < end for start, end in taken):
                    continue
                known.add(name.text)
                before = proposed.get(name.text)
                proposed[name.text] = ProposedName(
                    name.text,
                    name.renderings.get("en", ()),
                    name.renderings.get("bo", ()),
                    before.evidence if before else name.evidence,
                    before.count + 1 if before else 1,
                    before.segment_id if before else segment.id,
                    before.line if before else block.line,
                )
    return tuple(proposed.values())


def check_names(report: Report, names: tuple[ProposedName, ...]) -> Iterator[Finding]:
    """One finding for each name: it is printed as the rule writes it, and a person should confirm that."""
    for name in names:
        spelled = ", ".join(f"“{forms[0]}”" for forms in (name.en, name.bo) if forms)
        yield found(
            "name-not-in-glossary",
            f"“{name.zh}” ({name.count}×) is in no glossary; by rule it is written {spelled} ({name.evidence}). "
            "Confirm it and add it.",
            segment_id=name.segment_id,
            place=f"{report.path.name}:{name.line}",
            about=name.zh,
        )


def names_csv(names: tuple[ProposedName, ...]) -> bytes:
    """The names as rows of a glossary, proposed and without a source: confirm them, then move them to glossaries/."""
    return rows_bytes(map(_row, names))


def _row(name: ProposedName) -> dict[str, str]:
    return {
        "zh": name.zh,
        "en": next(iter(name.en), ""),
        "bo": next(iter(name.bo), ""),
        "domain": "person",
        "status": str(Status.PROPOSED),
        "en_accepted": _BETWEEN_VARIANTS.join(name.en[1 : _MOST_VARIANTS + 1]),
        "bo_accepted": _BETWEEN_VARIANTS.join(name.bo[1 : _MOST_VARIANTS + 1]),
        "note": f"Found by rule: {name.evidence}. Confirm that no other spelling is this person's own.",
        "source": "none",
    }

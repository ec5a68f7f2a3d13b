"""Which reports there is something to do for, and why: told by their files alone, before anything is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from toolkit.batch.ledger import FAILED, LedgerRow
from toolkit.build import current_but_for_other_terms
from toolkit.desk import Desk, digest_of
from toolkit.errors import BulletinError
from toolkit.record import GLOSSARIES, TERMS, Digest, fingerprint_of, inputs_of, read_record
from toolkit.report import read_report

State = Literal["done", "failed", "stale", "never"]
_WORDS = {
    "report": "the report",
    "drafts": "its drafts",
    "settings": "bulletin.toml",
    GLOSSARIES: "a glossary",
    TERMS: "terms in it",
    "memories": "a translation memory",
    "editions": "the editions to build",
    "fonts": "the fonts",
    "engine": "the engine",
    "toolkit": "the toolkit",
}
_MOST_NAMED = 3


@dataclass(frozen=True)
class Planned:
    """What there is to do for a report: nothing when it is `done`; `reasons` why it is not, in words."""

    folder: Path
    state: State
    reasons: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The report."""
        return self.folder.name


def plan(
    folders: Sequence[Path],
    desk: Desk,
    rows: Mapping[str, LedgerRow],
    digest: Digest = digest_of,
    *,
    looks_closer: bool = False,
) -> Iterator[Planned]:
    """What there is to do for each report, in order.  `rows` are those of the ledger.

    With `looks_closer` a report is read to see whether the terms that changed stand in it; a build finds out itself.
    """
    for folder in folders:
        yield _planned(folder, desk, rows.get(folder.name), digest, looks_closer)


def in_order_of_work(planned: Sequence[Planned]) -> list[Planned]:
    """What is left to do: failed ones first, then what changed or was never built."""
    return sorted((one for one in planned if one.state != "done"), key=lambda one: one.state != "failed")


def _planned(folder: Path, desk: Desk, row: LedgerRow | None, digest: Digest, looks_closer: bool) -> Planned:
    dist = desk.workspace.dist / folder.name
    record = read_record(dist)
    try:
        parts = inputs_of(folder, desk, digest)
    except BulletinError as fault:
        return Planned(folder, "failed", (str(fault),))
    changed = record.changes_since(parts)
    damaged = record.damaged(dist, digest)
    if record.inputs == fingerprint_of(folder, parts) and not damaged:
        return Planned(folder, "done")
    if row is not None and row.result == FAILED:
        return Planned(folder, "failed", tuple(f"failed last time: {reason}" for reason in row.reasons))
    if not record.outputs and not record.replaced:
        return Planned(folder, "never", ("never built",))
    if not record.inputs:
        return Planned(folder, "stale", ("the last build was cut off, or failed",))
    if looks_closer and not damaged and changed == (GLOSSARIES,) and _is_untouched(folder, desk, dist):
        return Planned(folder, "done")
    reasons = (
        [f"{_WORDS.get(name, name)} changed" for name in changed] if record.parts else ["built by an older version"]
    )
    if damaged:
        more = f" and {len(damaged) - _MOST_NAMED} more" if len(damaged) > _MOST_NAMED else ""
        reasons.append(f"not in dist as built: {', '.join(damaged[:_MOST_NAMED])}{more}")
    return Planned(folder, "stale", tuple(reasons))


def _is_untouched(folder: Path, desk: Desk, dist: Path) -> bool:
    try:
        report = read_report(folder)
    except BulletinError:
        return False
    return current_but_for_other_terms(read_record(dist), report, folder, desk, dist) is not None

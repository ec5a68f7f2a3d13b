"""Terms from outside beside the glossary: what is the same, what is new, what differs.  Nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.chinese import fold
from toolkit.errors import BulletinError
from toolkit.glossary.exchange import Incoming, Remark
from toolkit.glossary.store import VARIANT_COLUMNS, cells_of, joined, variants
from toolkit.glossary.term import Status, Term
from toolkit.glossary.termbase import Termbase

DEFAULT_FILE = "imported.csv"
_SIGNATURE = ("status", "by", "date")


@dataclass(frozen=True)
class Proposal:
    """`incoming` would change `term`: by column, what stands there and what would.

    `is_conflict` says that a person approved the term: the change is shown and never made by an import.
    """

    term: Term
    incoming: Term
    columns: tuple[tuple[str, str, str], ...]

    @property
    def is_conflict(self) -> bool:
        """Whether a person approved what would be replaced."""
        return self.term.status is Status.APPROVED


@dataclass(frozen=True)
class Merge:
    """What an import means.  `added` goes with the file each would be put into; `left_out` says what cannot come in."""

    same: tuple[Term, ...]
    added: tuple[tuple[Term, str], ...]
    proposals: tuple[Proposal, ...]
    left_out: tuple[Remark, ...]


def compare(termbase: Termbase, incoming: Incoming, into: str = "") -> Merge:
    """Lay the terms of `incoming` beside those of `termbase`, by any of their sources (folded).

    New terms go `into` that file, else to the file they came from, else to imported.csv.  A term is approved only when
    the file says by whom; else it is proposed.  A term that answers to two of ours, or stands twice in the file with
    different words, is left out.
    """
    same: list[Term] = []
    added: dict[str, tuple[Term, str]] = {}
    proposals: list[Proposal] = []
    left_out: list[Remark] = []
    taken: dict[str, Term] = {}
    for one in incoming.terms:
        term, doubt = _honest(one.term)
        line = int(term.place.rpartition(":")[2])
        if doubt:
            left_out.append(Remark(incoming.path, line, doubt))
        twin = next((taken[fold(source)] for source in term.sources if fold(source) in taken), None)
        ours = termbase.matching(term)
        if twin is not None:
            if _differences(twin, term, incoming):
                reason = f"“{term.zh}” stands in the file before, with other words ({twin.place})"
                left_out.append(Remark(incoming.path, line, reason, left_out=True))
            continue
        if len(ours) > 1:
            names = " and ".join(f"“{other.zh}” ({other.place})" for other in ours)
            reason = f"“{term.zh}” has sources of two terms: {names}"
            left_out.append(Remark(incoming.path, line, reason, left_out=True))
            continue
        taken |= {fold(source): term for source in term.sources}
        if not ours:
            added[term.zh] = (_with_source(term, incoming.path), into or one.file or DEFAULT_FILE)
        elif changed := _differences(ours[0], term, incoming):
            proposals.append(Proposal(ours[0], term, changed))
        else:
            same.append(ours[0])
    return Merge(tuple(same), tuple(added.values()), tuple(proposals), (*incoming.remarks, *left_out))


def apply(termbase: Termbase, merge: Merge, *, update: bool = False) -> tuple[Remark, ...]:
    """Put the new terms of `merge` into `termbase`; with `update` the changes too, except to approved terms.

    Gives back what could not be done, because two of the changes want the same source.
    """
    refused = []
    for term, file in merge.added:
        cells = {name: text for name, text in cells_of(term).items() if text}
        try:
            termbase.add(cells, file)
        except BulletinError as fault:
            refused.append(_refusal(term, fault))
    for proposal in merge.proposals if update else ():
        if proposal.is_conflict:
            continue
        try:
            termbase.set(proposal.term.zh, **{column: after for column, _, after in proposal.columns})
        except BulletinError as fault:
            refused.append(_refusal(proposal.incoming, fault))
    return tuple(refused)


def _refusal(term: Term, fault: BulletinError) -> Remark:
    name, _, line = term.place.rpartition(":")
    return Remark(Path(name), int(line), fault.problem, left_out=True)


def _honest(term: Term) -> tuple[Term, str]:
    if term.status is Status.APPROVED and not term.by:
        return replace(term, status=Status.PROPOSED, date=""), f"“{term.zh}” is approved by nobody, so it is proposed"
    return term, ""


def _with_source(term: Term, path: Path) -> Term:
    """A new term that says no source got it from the file it came in."""
    return term if term.source else replace(term, source=f"from the file {path.name}")


def _differences(ours: Term, theirs: Term, incoming: Incoming) -> tuple[tuple[str, str, str], ...]:
    before, after = cells_of(ours), cells_of(theirs)
    spoken = incoming.columns
    if not (incoming.exact and theirs.zh == ours.zh):
        after |= _spellings(ours, theirs)
        spoken |= {"zh", "zh_accepted"}
    changed = {
        column: _wanted(column, before[column], text, exact=incoming.exact)
        for column, text in after.items()
        if column in spoken
    }
    if not incoming.exact and not theirs.by:
        changed = {column: text for column, text in changed.items() if column not in _SIGNATURE}
    return tuple((column, before[column], text) for column, text in changed.items() if text != before[column])


def _spellings(ours: Term, theirs: Term) -> dict[str, str]:
    """Ours and theirs together: a file that says less of the Chinese, or has it in another order, takes none away."""
    known = {fold(source) for source in ours.sources}
    more = [source for source in theirs.sources if fold(source) not in known]
    return {"zh": ours.zh, "zh_accepted": joined((*ours.sources[1:], *more))}


def _wanted(column: str, before: str, after: str, *, exact: bool) -> str:
    if exact:
        return after
    if column in VARIANT_COLUMNS:
        return joined(tuple(dict.fromkeys((*variants(before), *variants(after)))))
    return after or before

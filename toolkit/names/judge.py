"""Whether a candidate is taken for a name, how sure that is, and why.

Weights by what news prints: a title before or an act behind makes a name of what has the shape of one; the look
alone (surname and tagger) makes a guess.  A word of the dictionary takes evidence on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.names.candidates import Candidate
from toolkit.names.context import is_title
from toolkit.names.lists import ENOUGH, Listing
from toolkit.names.name import NameOrigin

ELSEWHERE = "a name elsewhere in the text"


@dataclass(frozen=True)
class Judgement:
    """A candidate taken for a name."""

    candidate: Candidate
    sure: bool
    evidence: str

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Which of two overlapping spans is kept: the sure, the fitting, the long one."""
        return self.sure, self.candidate.score, self.candidate.end - self.candidate.start


def judge(candidate: Candidate, listing: Listing | None) -> Judgement | None:
    """What `candidate`, which stands in `listing`, is taken for; None where too little speaks for a name."""
    among_names = listing is not None and listing.sure
    if not among_names and not _stands_as_a_word(candidate):
        return None
    if candidate.origin is NameOrigin.TIBETAN:
        if not among_names and not _is_likely_tibetan(candidate, listing):
            return None
        sure = bool(candidate.before or candidate.act or among_names or candidate.is_plain_tibetan)
    else:
        sure = among_names or _is_sure_han(candidate)
        if not sure and not _is_likely_han(candidate, listing):
            return None
    return Judgement(candidate, sure and not candidate.foreign, _evidence(candidate, listing))


def _stands_as_a_word(candidate: Candidate) -> bool:
    """Whether a candidate that is, or begins with, a word of the dictionary has evidence enough to be a name."""
    if candidate.common:
        return bool(candidate.before and candidate.act) and not candidate.everyday
    return not candidate.headed or _is_on_both_sides(candidate) or bool(candidate.opens and candidate.act)


def _is_on_both_sides(candidate: Candidate) -> bool:
    return bool(candidate.before) and (bool(candidate.act) or candidate.closes)


def _is_likely_tibetan(candidate: Candidate, listing: Listing | None) -> bool:
    """Whether more than one part, or more than a title, speaks for a name: 多加 may be “add more”."""
    acts = bool(candidate.act) and candidate.opens
    return len(candidate.name) > 2 or _is_on_both_sides(candidate) or acts or listing is not None


def _is_sure_han(candidate: Candidate) -> bool:
    plain = not candidate.everyday
    looks = candidate.tagged or (len(candidate.name) > 2 and plain)
    return bool(
        (_is_on_both_sides(candidate) and (looks or candidate.act or plain))
        or (candidate.before and looks and not candidate.cut_short)
        or (candidate.act and candidate.tagged and candidate.parted)
        or (candidate.act and candidate.opens and plain and not candidate.headed)
    )


def _is_likely_han(candidate: Candidate, listing: Listing | None) -> bool:
    shape = candidate.tagged and not candidate.everyday and (candidate.new or len(candidate.name) > 2)
    in_long_list = listing is not None and listing.length >= ENOUGH
    return bool(shape or _is_on_both_sides(candidate) or (candidate.act and candidate.headed) or in_long_list)


def _evidence(candidate: Candidate, listing: Listing | None) -> str:
    reasons = []
    if candidate.before:
        reasons.append(f"title {candidate.before} before")
    if candidate.act:
        kind = "title" if is_title(candidate.act.lstrip("副原前")) else "verb"
        reasons.append(f"{kind} {candidate.act} after")
    if listing is not None:
        reasons.append("list of names")
    if candidate.origin is NameOrigin.TIBETAN:
        reasons.append("parts of a Tibetan name")
    elif candidate.tagged:
        reasons.append("surname and tagger")
    return ", ".join(reasons) or "surname"

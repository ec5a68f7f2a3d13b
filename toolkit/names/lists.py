"""Lists of names: 左龙、王建军、梁维吉.  Who stands among names is likely one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.names.candidates import Candidate

_MARK = "、"
_GAPS = frozenset(" \u3000")
ENOUGH = 3


@dataclass(frozen=True)
class Listing:
    """A list that a candidate stands in: how many members look like names, and whether it is one of names."""

    length: int
    sure: bool


def listings(text: str, found: Sequence[Candidate]) -> Mapping[Candidate, Listing]:
    """The lists of `text` (Simplified) whose members all look like names, by candidate."""
    starting: defaultdict[int, list[Candidate]] = defaultdict(list)
    for candidate in found:
        starting[candidate.start].append(candidate)
    listed: dict[Candidate, Listing] = {}
    for candidate in found:
        if candidate not in listed and _separator(text, candidate, candidate):
            chain = _chain(text, candidate, starting)
            if len(chain) > 1:
                listing = Listing(len(chain), _is_of_names(chain))
                listed.update((member, listing) for member in chain if not (member in listed and listed[member].sure))
    return listed


def _separator(text: str, member: Candidate, first: Candidate) -> int:
    """How many characters part `member` from the next: a list mark, or spaces in a byline (记者 张三 李四)."""
    position = member.end
    if text[position : position + 1] == _MARK:
        return 1
    while first.before and text[position : position + 1] in _GAPS:
        position += 1
    return position - member.end


def _chain(text: str, first: Candidate, starting: Mapping[int, Sequence[Candidate]]) -> list[Candidate]:
    chain = [first]
    while gap := _separator(text, chain[-1], first):
        members = starting.get(chain[-1].end + gap, ())
        if not members:
            break
        inner = [member for member in members if _separator(text, member, first)]
        chain.append(max(inner or members, key=lambda member: (member.score, member.end)))
    return chain


def _is_of_names(chain: Sequence[Candidate]) -> bool:
    plain = [member for member in chain if not (member.common or member.headed)]
    if len(plain) * 3 < len(chain) * 2:
        return False
    if any(member.before or member.act or member.is_plain_tibetan for member in plain):
        return True
    return len(chain) >= ENOUGH and sum(member.tagged for member in chain) * 2 >= len(chain)

"""Personal names in a Chinese text, by rule: surnames and parts of Tibetan names, titles, acts, lists.

No model and no list of persons.  A name is sure when the words around it say so (a title before, an act or a title
behind, a list of names), not when only its look does; another place in the same text may settle it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Literal

from toolkit.chinese import fold
from toolkit.languages import Language
from toolkit.names.candidates import Candidate, candidates
from toolkit.names.clues import read_clues
from toolkit.names.han import all_in_english, all_in_tibetan
from toolkit.names.judge import ELSEWHERE, Judgement, judge
from toolkit.names.lists import listings
from toolkit.names.name import NameOrigin, PersonName
from toolkit.names.tibetan import all_spellings

NameStyle = Literal["tibetan", "pinyin"]


def find_names(
    text: str, *, tibetan_names: NameStyle = "tibetan", known: Collection[str] = ()
) -> tuple[PersonName, ...]:
    """The personal names in a Chinese `text`, in source order, none overlapping; offsets into `text` as it is.

    `tibetan_names` says which English form of a Tibetan name is preferred: Sonam Tenzin or Suonan Danzeng.
    `known` are names that the rest of the report has settled already: give them when `text` is one sentence of it.
    """
    clues = read_clues(text)
    found = tuple(candidates(clues))
    listed = listings(clues.text, found)
    judged = [verdict for candidate in found if (verdict := judge(candidate, listed.get(candidate))) is not None]
    sure = {verdict.candidate.name for verdict in _without_overlaps(judged) if verdict.sure}
    settled = _settled(found, sure.union(map(fold, known)), judged)
    return tuple(_person(text, verdict, tibetan_names) for verdict in _without_overlaps([*judged, *settled]))


def _settled(found: Iterable[Candidate], names: Collection[str], judged: Iterable[Judgement]) -> list[Judgement]:
    """The other places of `names`, where the words around them say too little."""
    sure = {verdict.candidate for verdict in judged if verdict.sure}
    return [
        Judgement(candidate, True, ELSEWHERE)
        for candidate in found
        if candidate.name in names and candidate not in sure and not candidate.is_part_of_longer
    ]


def _without_overlaps(judged: Iterable[Judgement]) -> tuple[Judgement, ...]:
    kept: list[Judgement] = []
    taken: set[int] = set()
    for verdict in sorted(_without_tails(judged), key=lambda verdict: verdict.rank, reverse=True):
        places = range(verdict.candidate.start, verdict.candidate.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(verdict)
    return tuple(sorted(kept, key=lambda verdict: verdict.candidate.start))


def _without_tails(judged: Iterable[Judgement]) -> list[Judgement]:
    """Without the given names that look like whole names: 凌云 in 赵凌云."""
    verdicts = list(judged)
    whole: dict[int, int] = {}
    for verdict in verdicts:
        start, end = verdict.candidate.start, verdict.candidate.end
        if verdict.sure and (verdict.candidate.opens or verdict.candidate.before):
            whole[end] = min(start, whole.get(end, start))
    return [
        verdict
        for verdict in verdicts
        if verdict.candidate.start <= whole.get(verdict.candidate.end, verdict.candidate.start)
    ]


def _person(text: str, verdict: Judgement, style: NameStyle) -> PersonName:
    start, end, origin = verdict.candidate.start, verdict.candidate.end, verdict.candidate.origin
    name = text[start:end]
    return PersonName(start, end, name, origin, verdict.evidence, verdict.sure, _renderings(name, origin, style))


def _renderings(name: str, origin: NameOrigin, style: NameStyle) -> Mapping[Language, tuple[str, ...]]:
    spellings = all_spellings(name) if origin is NameOrigin.TIBETAN else None
    if spellings is None:
        return MappingProxyType({"en": all_in_english(name), "bo": all_in_tibetan(name)})
    tibetan, romanised, pinyin = spellings
    english = (*pinyin, *romanised) if style == "pinyin" else (*romanised, *pinyin)
    return MappingProxyType({"en": english, "bo": tibetan})

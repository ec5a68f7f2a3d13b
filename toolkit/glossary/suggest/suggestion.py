"""Candidates for a glossary, from one report or many: what they are, how often they stand there, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from toolkit.chinese import fold
from toolkit.glossary.match import Glossary, TermMatch
from toolkit.glossary.suggest.organisations import offices_in, organisations_in
from toolkit.glossary.suggest.phrases import repeated_phrases
from toolkit.glossary.suggest.places import places_in
from toolkit.glossary.suggest.tokens import Found, Token, tokens_of
from toolkit.languages import Language
from toolkit.names import find_names
from toolkit.report import Report
from toolkit.workspace import Romanisation

_MOST_EXAMPLES = 3
_AROUND = 12  # characters of an example on each side


class Kind(StrEnum):
    """What a candidate seems to be; the names are those of the glossary's domains."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OFFICE = "office"
    PLACE = "place"
    PHRASE = "phrase"


@dataclass(frozen=True)
class Suggestion:
    """A term the glossary lacks: how often it stands there, `examples` as (segment id, words around it), and why.

    `sure` is false where the rule had little to go by.  `renderings` are by rule too, persons only, best first.
    """

    zh: str
    kind: Kind
    count: int
    examples: tuple[tuple[str, str], ...]
    evidence: str
    sure: bool = True
    renderings: Mapping[Language, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class _Mention:
    kind: Kind
    found: Found
    text: str
    segment_id: str
    around: str
    sure: bool = True
    renderings: Mapping[Language, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class _Line:
    segment_id: str
    text: str
    tokens: tuple[Token, ...]
    matches: tuple[TermMatch, ...]


def suggest(
    reports: Iterable[Report],
    glossary: Glossary,
    *,
    tibetan_names: Romanisation = "tibetan",
    repeated: int = 3,
) -> tuple[Suggestion, ...]:
    """What `reports` name and `glossary` lacks, kind by kind, the most frequent first.

    Persons by the rules of `toolkit.names`; places, organisations and offices by what their names end with; phrases
    said at least `repeated` times.  What lies inside a term of the glossary wherever it stands is not suggested.
    """
    lines = [
        _Line(segment.id, segment.text, tokens_of(segment.text), glossary.match(segment.text))
        for report in reports
        for segment in report.segments
    ]
    gathered: dict[str, list[_Mention]] = {}
    known: set[str] = set()
    for line in lines:
        for mention in _mentions(line, known, tibetan_names):
            gathered.setdefault(mention.text, []).append(mention)
    named = [_suggestion(text, mentions) for text, mentions in gathered.items() if glossary.find(text) is None]
    said = _phrases(lines, glossary, repeated, {one.zh for one in named})
    order = list(Kind)
    return tuple(sorted((*named, *said), key=lambda one: (order.index(one.kind), -one.count, one.zh)))


def _mentions(line: _Line, known: set[str], tibetan_names: Romanisation) -> Iterator[_Mention]:
    taken: list[tuple[int, int]] = [(match.start, match.end) for match in line.matches]

    def mention(kind: Kind, found: Found) -> _Mention:
        return _Mention(kind, found, line.text[found.start : found.end], line.segment_id, _around(line.text, found))

    for name in find_names(line.text, tibetan_names=tibetan_names, known=known):
        if _is_inside(name.start, name.end, taken):
            continue
        if name.sure:
            known.add(name.text)
        taken.append((name.start, name.end))
        found = Found(name.start, name.end, name.evidence)
        where = _around(line.text, found)
        yield _Mention(Kind.PERSON, found, name.text, line.segment_id, where, name.sure, name.renderings)
    persons = tuple(taken)
    bodies = [one for one in organisations_in(line.tokens) if not _is_inside(one.start, one.end, persons)]
    places = [one for one in places_in(line.tokens) if not _is_inside(one.start, one.end, persons)]
    yield from (mention(Kind.ORGANISATION, one) for one in bodies)
    yield from (mention(Kind.OFFICE, one) for one in offices_in(line.tokens, bodies))
    yield from (mention(Kind.PLACE, one) for one in places)


def _is_inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(left <= start and end <= right for left, right in spans)


def _suggestion(text: str, mentions: Sequence[_Mention]) -> Suggestion:
    """The mentions of one text as one candidate; the kind that most of them have."""
    kinds = [mention.kind for mention in mentions]
    kind = max(Kind, key=kinds.count)
    own = [mention for mention in mentions if mention.kind is kind]
    return Suggestion(
        text,
        kind,
        len(own),
        tuple((mention.segment_id, mention.around) for mention in own[:_MOST_EXAMPLES]),
        own[0].found.evidence,
        any(mention.sure for mention in own),
        own[0].renderings,
    )


def _phrases(lines: Sequence[_Line], glossary: Glossary, repeated: int, taken: set[str]) -> Iterator[Suggestion]:
    phrases = repeated_phrases((line.tokens for line in lines), at_least=repeated)
    for phrase, count in phrases.items():
        if glossary.find(phrase) is not None or phrase in {fold(text) for text in taken}:
            continue
        places = [(line, at) for line in lines if (at := fold(line.text).find(phrase)) >= 0]
        covered = [(match.start, match.end) for line, _ in places[:1] for match in line.matches]
        line, at = places[0]
        if _is_inside(at, at + len(phrase), covered):
            continue
        examples = tuple(
            (one.segment_id, _around(one.text, Found(start, start + len(phrase), "")))
            for one, start in places[:_MOST_EXAMPLES]
        )
        yield Suggestion(
            line.text[at : at + len(phrase)], Kind.PHRASE, count, examples, f"said {count} times", sure=False
        )


def _around(text: str, found: Found) -> str:
    start, end = max(0, found.start - _AROUND), min(len(text), found.end + _AROUND)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"

"""What of a Chinese text must be in its translation: terms, figures, names, and what is copied as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.constraints.constraint import PERSON, Constraint, Kind
from toolkit.figures import Figure, FigureStyle, find_figures, write_figure
from toolkit.glossary import Glossary, Status, TermMatch
from toolkit.languages import Language
from toolkit.names import PersonName, all_in_english, find_names
from toolkit.workspace import Settings

_ADDRESS = re.compile(r"https?://[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_CODE = re.compile(r"(?<![A-Za-z0-9.])[A-Z][A-Za-z]*[-–]?[A-Z0-9][A-Za-z0-9-]*(?![A-Za-z0-9])")  # GDP, C919, COVID-19
_ENGLISH_WORDS = frozenset(
    ["he", "she", "you", "an", "long", "sun", "bin", "me", "so", "min", "fan", "gun", "pan", "men", "sang"]
)


def constraints_of(
    text: str, language: Language, glossary: Glossary, house: Settings, *, said: frozenset[str] = frozenset()
) -> tuple[Constraint, ...]:
    """The constraints of `text` for a translation into `language`, in source order, none overlapping another.

    Terms come first, then figures, then names found by rule; a figure that holds a whole term (3.2亿元) wins over
    it.  `said` are the Chinese names that stood earlier in the report: from the second mention the surname does.
    """
    figures = find_figures(text)
    matches = [match for match in glossary.match(text) if not _inside_a_figure(match, figures)]
    taken = [(match.start, match.end) for match in matches]
    found = [one for match in matches if (one := _of_term(match, text, language, said)) is not None]
    for constraint in (
        *_kept(text),
        *(_of_figure(figure, language, house) for figure in figures),
        *(_of_name(name, language, said) for name in find_names(text, tibetan_names=house.tibetan_names, known=said)),
    ):
        if all(constraint.end <= start or end <= constraint.start for start, end in taken):
            found.append(constraint)
            taken.append((constraint.start, constraint.end))
    return tuple(sorted(found, key=lambda one: one.start))


def names_in(constraints: tuple[Constraint, ...]) -> frozenset[str]:
    """The Chinese personal names among `constraints`."""
    return frozenset(one.source for one in constraints if one.is_person)


def _inside_a_figure(match: TermMatch, figures: tuple[Figure, ...]) -> bool:
    return any(
        figure.start <= match.start and match.end <= figure.end and figure.end - figure.start > match.end - match.start
        for figure in figures
    )


def _of_term(match: TermMatch, text: str, language: Language, said: frozenset[str]) -> Constraint | None:
    term = match.term
    targets = () if term.status is Status.FORBIDDEN else term.allowed(language)
    forbidden = term.forbidden.get(language, ())
    if not targets and not forbidden:
        return None
    if term.domain == PERSON and language == "en":
        targets = (*targets, *_spaced_otherwise(term.zh, targets[:1]))
        if text[match.start : match.end] in said:
            targets = (*targets, *_surnames(targets[:1]))
    return Constraint(
        match.start,
        match.end,
        text[match.start : match.end],
        Kind.KEEP if targets[:1] == (term.zh,) else Kind.TERM,
        targets,
        term.status,
        term.place,
        forbidden=forbidden,
        is_weak=not targets,
        domain=term.domain,
    )


def _spaced_otherwise(name: str, renderings: tuple[str, ...]) -> Iterator[str]:
    """Wang Chun Ming and Wang Chun-ming for Wang Chunming: the same letters."""
    for rendering in renderings:
        letters = [character for character in rendering.lower() if character.isalpha()]
        for other in all_in_english(name):
            if other != rendering and [character for character in other.lower() if character.isalpha()] == letters:
                yield other


def _surnames(renderings: tuple[str, ...]) -> Iterator[str]:
    for rendering in renderings:
        surname, _, given = rendering.partition(" ")
        if given and surname.lower() not in _ENGLISH_WORDS:
            yield surname


def _kept(text: str) -> Iterator[Constraint]:
    for match in _ADDRESS.finditer(text):
        yield Constraint(match.start(), match.end(), match.group(), Kind.KEEP, (match.group(),), place="address")
    for match in _CODE.finditer(text):
        yield Constraint(
            match.start(), match.end(), match.group(), Kind.KEEP, (match.group(),), Status.PROPOSED, place="code"
        )


def _of_figure(figure: Figure, language: Language, house: Settings) -> Constraint:
    written = write_figure(
        figure, language, FigureStyle(tibetan_digits=house.tibetan_digits, day_first=house.day_first)
    )
    return Constraint(
        figure.start,
        figure.end,
        figure.text,
        Kind.FIGURE,
        (written,) if written else (),
        place=f"figure ({figure.kind})",
        figure=figure,
        is_weak=figure.weak,
    )


def _of_name(name: PersonName, language: Language, said: frozenset[str]) -> Constraint:
    targets = name.renderings.get(language, ())
    if language == "en" and name.text in said:
        targets = (*targets, *_surnames(targets[:1]))
    return Constraint(
        name.start,
        name.end,
        name.text,
        Kind.NAME,
        targets,
        Status.PROPOSED,
        place=f"name by rule ({name.evidence})",
        is_weak=not name.sure,
        domain=PERSON,
    )

"""The term index: persons, places, organisations, titles and events of a report, and where each stands.

By default names alone.  The domains of a glossary do not part “governor” from “Secretary of the CPC Gannan Prefectural
Committee”; English does, by its capitals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.bulletin.collation import sort_key
from toolkit.bulletin.model import IndexEntry, Mark, Row
from toolkit.glossary import Glossary, Status, Term
from toolkit.languages import SOURCE, Language
from toolkit.report import Report

DOMAINS = ("person", "place", "organisation", "office", "event", "document")
"""Of terms that a reader looks up; phrases and species are words like others."""

_FIGURE = re.compile(r"\d")
_ARTICLES = frozenset(("the", "a", "an"))


def index_entries(
    rows: Sequence[Row], report: Report, glossary: Glossary, columns: Sequence[Language], *, all_terms: bool = False
) -> tuple[IndexEntry, ...]:
    """The names that stand in `rows`, each with the segments it stands in, in the order of the first column's language;
    with `all_terms`, whatever the glossary has.

    A term without a name in some column has none there; one that has a name in none of them is left out, and so are
    the segments that are gaps in every column.
    """
    printed = _printed(rows)
    places: dict[int, tuple[Term, list[str]]] = {}
    for segment in report.segments:
        if segment.id not in printed:
            continue
        for match in glossary.match(segment.text):
            term = match.term
            is_wanted = all_terms or (term.domain in DOMAINS and is_name(term))
            if not is_wanted or term.status is Status.FORBIDDEN or match.inside:
                continue
            _, segments = places.setdefault(id(term), (term, []))
            if segment.id not in segments:
                segments.append(segment.id)
    entries = [
        IndexEntry(names, tuple(segments)) for term, segments in places.values() if (names := _names(term, columns))
    ]
    return tuple(sorted(entries, key=lambda entry: entry_key(entry, columns)))


def is_name(term: Term) -> bool:
    """Whether a term names one person, place, body, office or event: its English begins with a capital.

    Figures and articles before it do not count (18th CPC National Congress).  Without English, it is taken for a name.
    """
    words = (word for word in term.targets.get("en", "").split() if word.lower() not in _ARTICLES)
    first = next((word for word in words if not _FIGURE.search(word)), "")
    letter = next((character for character in first if character.isalpha()), "")
    return not letter or letter.isupper()


def _printed(rows: Sequence[Row]) -> frozenset[str]:
    """The segments whose text stands in a column, and is not Chinese in place of a translation."""
    runs = (run for row in rows for cell in row.cells for run in cell.runs)
    return frozenset(run.segment for run in runs if run.segment and run.mark is not Mark.GAP)


def _names(term: Term, columns: Sequence[Language]) -> tuple[tuple[Language, str], ...]:
    named = ((one, term.zh if one == SOURCE else term.targets.get(one, "")) for one in columns)
    return tuple((language, name) for language, name in named if name)


def entry_key(entry: IndexEntry, columns: Sequence[Language]) -> tuple[object, ...]:
    """What entries are ordered by: those without a name in the first column come last, in the order of the next."""
    names = dict(entry.names)
    language = next(one for one in columns if one in names)
    return (columns.index(language), *sort_key(names[language], language))

"""Term success and term consistency, as the WMT25 terminology task defines them.

Both are plain string measures, kept as they are so that numbers can be compared; for what a reader would call a
missing term see `toolkit.constraints`.  https://github.com/wmt-conference/wmt25-terminology
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit import tibetan
from toolkit.chinese import fold
from toolkit.glossary import Glossary
from toolkit.languages import Language

Terms = Mapping[str, Sequence[str]]
"""A Chinese term and the renderings that are right for it."""


@dataclass(frozen=True)
class Share:
    """`value` of 0 to 1, over `count` cases; 0 of 0 is None: nothing could be measured."""

    value: float | None
    count: int

    @staticmethod
    def of(parts: Sequence[float]) -> Share:
        """The mean of `parts`."""
        return Share(sum(parts) / len(parts) if parts else None, len(parts))


def terms_of(glossary: Glossary, language: Language) -> dict[str, tuple[str, ...]]:
    """Every Chinese spelling of every term in use, with its renderings in `language`."""
    found: dict[str, tuple[str, ...]] = {}
    for term in glossary.terms:
        if allowed := term.allowed(language):
            found.update(dict.fromkeys(term.sources, allowed))
    return found


def term_success(
    sources: Sequence[str], outputs: Sequence[str], references: Sequence[str] | None, terms: Terms
) -> Share:
    """How many of the terms of each document stand in its output.

    For each document and each term that occurs in its source: occurrences of the renderings in the output over
    occurrences of the term in the source, at most 1; averaged over all.  Lowercased substrings, so a term inside a
    longer one counts too, and renderings that differ in case alone count twice: the task's script does so.  A term
    none of whose renderings stands in the reference is left out; without references none is.  Empty renderings are
    skipped.
    """
    parts = []
    folded_terms = _folded(terms)
    for index, (source, output) in enumerate(zip(sources, outputs, strict=True)):
        source, output = _folded_source(source), _plain(output)
        reference = None if references is None else _plain(references[index])
        for term, renderings in folded_terms:
            asked = source.count(term)
            if not asked or (reference is not None and not any(text in reference for text in renderings)):
                continue
            given = sum(output.count(text) for text in renderings)
            parts.append(min(given / asked, 1.0))
    return Share.of(parts)


def term_consistency(sources: Sequence[str], outputs: Sequence[str], terms: Terms) -> Share:
    """How much each term sticks to one rendering over all texts: the share of its most frequent one, averaged.

    WMT25 takes the most frequent translation as pseudo-reference and averages over terms.  It aligns terms with a
    language model; here an occurrence counts as rendered by what of its allowed renderings stands in the text, and
    one with none of them as rendered by nothing, which agrees with nothing.
    """
    used: dict[str, Counter[str]] = defaultdict(Counter)
    asked: Counter[str] = Counter()
    folded_terms = _folded(terms)
    for source, output in zip(map(_folded_source, sources), map(_plain, outputs), strict=True):
        for term, renderings in folded_terms:
            open_places = source.count(term)
            asked[term] += open_places
            for text in renderings if open_places else ():
                places = min(output.count(text), open_places)
                used[term][text] += places
                open_places -= places
    return Share.of([max(used[term].values(), default=0) / count for term, count in asked.items() if count])


def _folded(terms: Terms) -> list[tuple[str, tuple[str, ...]]]:
    """Terms as they are compared, with their renderings longest first; those without any left out."""
    pairs = []
    for term, renderings in terms.items():
        plain = [_plain(text.strip()) for text in renderings if text.strip()]
        if plain and term.strip():
            pairs.append((_folded_source(term.strip()), tuple(sorted(plain, key=lambda text: (-len(text), text)))))
    return pairs


def _folded_source(text: str) -> str:
    return fold(text).lower()


def _plain(text: str) -> str:
    return tibetan.normal(text).lower()

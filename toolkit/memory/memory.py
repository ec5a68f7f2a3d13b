"""What was translated before, and how like a new sentence it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from toolkit.languages import Language
from toolkit.memory.index import Index
from toolkit.memory.open_index import index_of, open_index
from toolkit.memory.scores import MOST_TERMS, NEARLY, Scores, same_numbers, without_figures
from toolkit.memory.unit import MemoryMatch, MemoryUnit

_LOOKED_AT = 250  # units of each file that share most pairs of characters with the sentence
_LONGEST = 10_000  # characters: no sentence is longer, and comparing costs the product of both lengths
_WEIGHED = 100  # the most like of them, whose terms are looked up


class Memory:
    """Translation units, found by source text.

    They stand in the `indexes` of TMX files, or are given as `units`.  `terms` are the Chinese of the glossary: each
    counts as one character when sentences are compared.
    """

    def __init__(
        self, units: Iterable[MemoryUnit] = (), *, indexes: Sequence[Index] = (), terms: Iterable[str] = ()
    ) -> None:
        self._indexes = tuple(indexes) or (index_of(units),)
        self._scores = Scores(terms)

    def __len__(self) -> int:
        return sum(map(len, self._indexes))

    def __iter__(self) -> Iterator[MemoryUnit]:
        for index in self._indexes:
            yield from index.units()

    @property
    def units(self) -> tuple[MemoryUnit, ...]:
        """All units in file order.  A large memory is better gone through unit by unit: `for unit in memory`."""
        return tuple(self)

    def exact(self, text: str, language: Language, *, before: str = "", after: str = "") -> tuple[MemoryMatch, ...]:
        """Units whose source is `text` and that have a target in `language`.

        Those that stood between the same sentences come first, then reviewed ones, then the newer.  `before` and
        `after` are the source sentences around `text`, empty at the ends of a report.
        """
        found = [unit for index in self._indexes for unit in index.with_source(text) if unit.targets.get(language)]
        found.sort(key=lambda unit: unit.reviewed_at, reverse=True)
        found.sort(key=lambda unit: (not unit.stands_between(before, after), not unit.reviewed_by))
        return tuple(MemoryMatch(unit, 100, in_context=unit.stands_between(before, after)) for unit in found)

    def fuzzy(self, text: str, language: Language, *, at_least: int, limit: int = 3) -> tuple[MemoryMatch, ...]:
        """Units whose source is like `text`, best first, with scores from `at_least` to 99 (see `scores.py`).

        Of equal scores, one whose figures agree comes first, then a reviewed one.  Texts of over 10,000 characters are
        compared with nothing.
        """
        found: list[tuple[int, bool, Index, int]] = []
        for index in self._indexes:
            for source, score, numbers in self._weighed(text, index.like(text, language, _LOOKED_AT), at_least):
                agree = same_numbers(source, text)
                found += [(score, agree, index, number) for number in numbers]
        found.sort(key=lambda one: (-one[0], not one[1]))
        units = [(index.unit(number), score, agree) for score, agree, index, number in found[: 4 * limit]]
        units.sort(key=lambda one: (-one[1], not one[2], not one[0].reviewed_by))
        return tuple(MemoryMatch(unit, score, agree) for unit, score, agree in units[:limit])

    def holding(self, text: str, language: Language, *, limit: int = 10) -> tuple[MemoryUnit, ...]:
        """The first units whose source has `text`, two characters or more, somewhere in it."""
        found: list[MemoryUnit] = []
        for index in self._indexes:
            found += map(index.unit, index.holding(text, language, limit - len(found)) if len(found) < limit else ())
        return tuple(found)

    def terms_in_sources(self, terms: Iterable[str]) -> tuple[str, ...]:
        """Those of `terms`, sorted, that may change a score between units and a sentence that has none of them in it.

        A term that stands in no source is as if it were not there.  More of them than can be told apart: all count.
        """
        several = {term for term in terms if len(term) > 1}
        if len(several) > MOST_TERMS:
            return tuple(sorted(several))
        found = set[str]()
        for index in self._indexes:
            found |= index.may_hold(several - found)
        return tuple(sorted(found))

    def _weighed(
        self, text: str, candidates: Iterable[tuple[int, str]], at_least: int
    ) -> Iterator[tuple[str, int, list[int]]]:
        numbers: dict[str, list[int]] = {}
        for number, source in candidates if len(text) <= _LONGEST else ():
            if len(source) > _LONGEST:
                continue
            numbers.setdefault(source, []).append(number)
        numbers.pop(text, None)
        plain = {source: without_figures(source) for source in numbers}
        near = process.extract(without_figures(text), plain, scorer=fuzz.ratio, limit=_WEIGHED)
        own = self._scores.written(text)
        for _, _, source in near:
            score = min(int(fuzz.ratio(own, self._scores.written(source), score_cutoff=at_least)), NEARLY)
            if score >= at_least:
                yield source, score, numbers[source]

    def close(self) -> None:
        """Let go of the indexes."""
        for index in self._indexes:
            index.close()


def read_memory(
    folder: Path, *, terms: Iterable[str] = (), progress: Callable[[str, int], None] | None = None
) -> Memory:
    """All units of the TMX files in `folder`; no file, an empty memory.

    Indexes are kept in `folder`/.cache, which may be deleted at any time.  `progress` is told a file's name and the
    number of its units read so far, where an index has to be made.

    Raises `SourceError` naming file and line for broken XML, another root element, or a unit without Chinese.
    """

    def told(name: str) -> Callable[[int], None] | None:
        return (lambda count: progress(name, count)) if progress else None

    paths = sorted(folder.glob("*.tmx"))
    return Memory(indexes=[open_index(path, progress=told(path.name)) for path in paths], terms=terms)

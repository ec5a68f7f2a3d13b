"""The index of one TMX file: an SQLite database in the cache, made again whenever the file changed.

`source` has the Chinese texts, found by hash; `unit` what belongs to them, under the same number; `block` and `gram`
the texts turned round (see `grams.py`), keyed by block and gram.  Numbers count the units of the file from 0.
"""

from __future__ import annotations

import functools
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from toolkit.errors import SourceError
from toolkit.languages import TARGETS, Language
from toolkit.memory.grams import (
    BLOCK_CHARACTERS,
    BLOCK_TEXTS,
    GRAM_BITS,
    Best,
    Numbers,
    block_of,
    counted,
    grams_of,
    rarest,
)
from toolkit.memory.scores import without_figures
from toolkit.memory.unit import MemoryUnit
from toolkit.report.inline import Code, InlineText

FORM = "3"  # of the tables: an index in another form is made again
_PAGE, _CACHE = 4096, 32_000  # bytes, KiB
_BATCH = 4096  # rows
_LOOKED_UP = 300_000  # texts in the lists of grams that one search may count
_FEWEST_GRAMS, _MOST_GRAMS = 6, 96
_BITS: dict[Language, int] = {language: 1 << number for number, language in enumerate(TARGETS)}

_TABLES = f"""
PRAGMA page_size = {_PAGE};
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -{_CACHE};
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE source (id INTEGER PRIMARY KEY, hash INTEGER, zh TEXT);
CREATE TABLE unit (id INTEGER PRIMARY KEY, place TEXT, en TEXT, bo TEXT, reviewed_by TEXT, reviewed_at TEXT,
                   origin TEXT, before TEXT, after TEXT, rest TEXT);
CREATE TABLE block (first INTEGER PRIMARY KEY, sizes BLOB, languages BLOB);
CREATE TABLE gram (key INTEGER PRIMARY KEY, texts BLOB);
"""


@dataclass(frozen=True)
class Counts:
    """Units of a memory: all, those with English, with Tibetan, reviewed; first and last review (UTC), and by whom."""

    units: int
    en: int
    bo: int
    reviewed: int
    first_review: str
    last_review: str
    reviewers: Mapping[str, int]


class Index:
    """Units in file order, on disk or in memory, found by their Chinese."""

    def __init__(self, connection: sqlite3.Connection, name: str, cache: Path | None = None) -> None:
        self._connection = connection
        self.name = name
        self._cache = cache
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        self.facts: dict[str, Any] = dict(
            connection.execute("SELECT name, value FROM meta WHERE name <> 'frequencies'")
        )

    def __len__(self) -> int:
        return int(self.facts["units"])

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def units(self) -> Iterator[MemoryUnit]:
        """All units, in file order."""
        for row in self._rows(f"{_UNITS} ORDER BY unit.id"):
            yield self._unit(row)

    def with_source(self, text: str) -> list[MemoryUnit]:
        """The units whose source is exactly `text`."""
        rows = self._rows(f"{_UNITS} WHERE hash = ? AND zh = ? ORDER BY unit.id", (_hash(text), text))
        return [self._unit(row) for row in rows]

    def unit(self, number: int) -> MemoryUnit:
        """The unit with this number."""
        (row,) = self._rows(f"{_UNITS} WHERE unit.id = ?", (number,))
        return self._unit(row)

    def like(self, text: str, language: Language, most: int) -> list[tuple[int, str]]:
        """Numbers and sources of at most `most` units with a target in `language` that may be like `text`."""
        grams = grams_of(without_figures(text))
        chosen = rarest(grams, self._frequencies, budget=_LOOKED_UP, at_least=_FEWEST_GRAMS)[:_MOST_GRAMS]
        best = Best(most)
        for number, (first, sizes, languages) in enumerate(self._blocks):
            keys = (chosen | (number << GRAM_BITS)).tolist()
            rows = self._rows(f"SELECT texts FROM gram WHERE key IN ({','.join('?' * len(keys))})", keys)
            shared = counted([row[0] for row in rows], len(sizes))
            shared[(languages & _BITS[language]) == 0] = 0
            best.add(first, shared, sizes, len(grams))
        wanted = np.sort(best.numbers).tolist()
        marks = ",".join("?" * len(wanted))
        return list(self._rows(f"SELECT id, zh FROM source WHERE id IN ({marks})", wanted))

    def holding(self, text: str, language: Language, most: int) -> list[int]:
        """Numbers of the first `most` units whose source has `text` in it, and that have a target in `language`."""
        grams = grams_of(without_figures(text), whole=False)
        found: list[int] = []
        for number, (first, _, languages) in enumerate(self._blocks):
            keys = (grams | (number << GRAM_BITS)).tolist()
            marks = ",".join("?" * len(keys))
            lists = [row[0] for row in self._rows(f"SELECT texts FROM gram WHERE key IN ({marks})", keys)]
            if len(lists) < len(keys):
                continue
            able = (
                np.flatnonzero((counted(lists, len(languages)) == len(keys)) & ((languages & _BITS[language]) != 0))
                + first
            )
            for one in able.tolist() if keys else ():
                ((zh,),) = self._rows("SELECT zh FROM source WHERE id = ?", (one,))
                if text in zh:
                    found.append(one)
                if len(found) == most:
                    return found
        return found

    def may_hold(self, texts: Iterable[str]) -> set[str]:
        """Those of `texts` that some source may have in it: all that one has, and few that none has.

        What is too short to look for is among them.
        """
        found, open_ones = set[str](), dict[str, Numbers]()
        for text in texts:
            grams = grams_of(without_figures(text), whole=False)
            if len(grams):
                open_ones[text] = grams
            else:
                found.add(text)
        for number, (_, sizes, _) in enumerate(self._blocks):
            here = {text for text, grams in open_ones.items() if self._is_in_one_text(grams, number, len(sizes))}
            found |= here
            open_ones = {text: grams for text, grams in open_ones.items() if text not in here}
        return found

    def _is_in_one_text(self, grams: Numbers, block: int, size: int) -> bool:
        keys = (grams | (block << GRAM_BITS)).tolist()
        lists = [
            row[0] for row in self._rows(f"SELECT texts FROM gram WHERE key IN ({','.join('?' * len(keys))})", keys)
        ]
        return len(lists) == len(keys) and bool((counted(lists, size) == len(keys)).any())

    def counts(self) -> Counts:
        """How many units there are, in which languages, and who reviewed them when."""
        ((units, en, bo, reviewed, first, last),) = self._rows(
            "SELECT count(*), sum(en <> ''), sum(bo <> ''), sum(reviewed_by <> ''), "
            "min(nullif(reviewed_at, '')), max(nullif(reviewed_at, '')) FROM unit"
        )
        people = "SELECT reviewed_by, count(*) FROM unit WHERE reviewed_by <> '' GROUP BY 1 ORDER BY 2 DESC, 1"
        return Counts(units, en or 0, bo or 0, reviewed or 0, first or "", last or "", dict(self._rows(people)))

    def _rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._connection.execute(query, values)
        except sqlite3.DatabaseError as fault:
            problem, remedy = (
                f"the index of {self.name} cannot be read ({fault})",
                "Delete the folder; it is made again",
            )
            raise SourceError(problem, path=self._cache, remedy=remedy) from fault

    @functools.cached_property
    def _frequencies(self) -> npt.NDArray[np.int64]:
        ((data,),) = self._rows("SELECT value FROM meta WHERE name = 'frequencies'")
        return np.frombuffer(zlib.decompress(data), dtype=np.uint32).astype(np.int64)

    @functools.cached_property
    def _blocks(self) -> list[tuple[int, npt.NDArray[np.uint16], npt.NDArray[np.uint8]]]:
        rows = self._rows("SELECT first, sizes, languages FROM block ORDER BY first")
        return [(first, np.frombuffer(a, dtype=np.uint16), np.frombuffer(b, dtype=np.uint8)) for first, a, b in rows]

    def _unit(self, row: tuple[Any, ...]) -> MemoryUnit:
        zh, place, en, bo, reviewed_by, reviewed_at, origin, before, after, rest = row
        more = json.loads(rest) if rest else {}
        codes = {one: tuple(Code(**code) for code in many) for one, many in more.get("codes", {}).items()}
        texts: tuple[tuple[Language, str | None], ...] = (("en", en), ("bo", bo))
        targets = {one: InlineText(text, codes.get(one, ())) for one, text in texts if text is not None}
        return MemoryUnit(
            InlineText(zh, codes.get("zh", ())),
            targets,
            reviewed_by,
            more.get("doubts", {}),
            f"{self.name}{place}" if place.startswith(":") else place,
            reviewed_at,
            origin,
            before,
            after,
        )


_UNITS = (
    "SELECT zh, place, en, bo, reviewed_by, reviewed_at, origin, before, after, rest "
    "FROM source JOIN unit ON unit.id = source.id"
)


def build_index(
    connection: sqlite3.Connection,
    name: str,
    units: Iterable[MemoryUnit],
    *,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Fill the empty database with `units`, which need not fit into memory; returns how many.

    `name` is that of the file they stand in, empty for none.  `progress` is told the number of units so far.
    """
    connection.isolation_level = None
    connection.executescript(_TABLES)
    connection.execute("BEGIN")
    builder = _Builder(connection, name)
    for unit in units:
        builder.add(unit)
        if progress is not None and builder.count % _BATCH == 0:
            progress(builder.count)
    builder.finish()
    connection.execute("CREATE INDEX source_hash ON source (hash)")
    connection.execute("COMMIT")
    return builder.count


class _Builder:
    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self.count = 0
        self._prefix = f"{name}:" if name else "\0"
        self._connection = connection
        self._sources: list[tuple[Any, ...]] = []
        self._units: list[tuple[Any, ...]] = []
        self._texts: list[str] = []
        self._languages = bytearray()
        self._characters = self._blocks = 0
        self._frequencies = np.zeros(1 << 16, dtype=np.int64)

    def add(self, unit: MemoryUnit) -> None:
        text = unit.source.text
        self._sources.append((self.count, _hash(text), text))
        self._units.append((self.count, self._place(unit.place), *_row(unit)))
        self._texts.append(without_figures(text))
        self._characters += len(text)
        self._languages.append(sum(_BITS[language] for language, target in unit.targets.items() if target))
        self.count += 1
        if len(self._sources) >= _BATCH:
            self._write_rows()
        if len(self._texts) >= BLOCK_TEXTS or self._characters >= BLOCK_CHARACTERS:
            self._write_block()

    def _place(self, place: str) -> str:
        return place[len(self._prefix) - 1 :] if place.startswith(self._prefix) else place

    def finish(self) -> None:
        self._write_rows()
        self._write_block()
        facts = (
            ("units", self.count),
            ("form", FORM),
            ("frequencies", zlib.compress(self._frequencies.astype(np.uint32).tobytes(), 1)),
        )
        self._connection.executemany("INSERT INTO meta VALUES (?, ?)", facts)

    def _write_rows(self) -> None:
        self._connection.executemany("INSERT INTO source VALUES (?, ?, ?)", self._sources)
        self._connection.executemany("INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._units)
        self._sources.clear()
        self._units.clear()

    def _write_block(self) -> None:
        if not self._texts:
            return
        block = block_of(self._texts)
        base = self._blocks << GRAM_BITS
        rows = ((base | gram, texts) for gram, texts in block.lists())
        self._connection.executemany("INSERT INTO gram VALUES (?, ?)", rows)
        first = self.count - len(self._texts)
        row = (first, block.sizes.tobytes(), bytes(self._languages))
        self._connection.execute("INSERT INTO block VALUES (?, ?, ?)", row)
        np.add.at(self._frequencies, block.grams & 0xFFFF, np.diff(block.starts))
        self._blocks += 1
        self._characters = 0
        self._texts.clear()
        self._languages.clear()


def _row(unit: MemoryUnit) -> tuple[Any, ...]:
    en, bo = unit.targets.get("en"), unit.targets.get("bo")
    rest: dict[str, Any] = {}
    if unit.doubts:
        rest["doubts"] = dict(unit.doubts)
    if unit.source.codes or (en and en.codes) or (bo and bo.codes):
        texts = {"zh": unit.source, **unit.targets}
        rest["codes"] = {one: [asdict(code) for code in text.codes] for one, text in texts.items() if text.codes}
    return (
        en.text if en is not None else None,
        bo.text if bo is not None else None,
        unit.reviewed_by,
        unit.reviewed_at,
        unit.origin,
        unit.before,
        unit.after,
        json.dumps(rest, ensure_ascii=False) if rest else None,
    )


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)

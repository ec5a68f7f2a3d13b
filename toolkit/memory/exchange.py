"""Memories of others taken in, and ours given out: TMX, and CSV or TSV with the columns zh, en, bo."""

from __future__ import annotations

import csv
import functools
import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.errors import SettingsError, SourceError
from toolkit.languages import LANGUAGES, TARGETS, Language
from toolkit.memory.cache import one_writer, written_aside
from toolkit.memory.history import append_act, new_act
from toolkit.memory.open_index import write_index
from toolkit.memory.remembering import memory_file
from toolkit.memory.tmx import Skipped, StandingUnit, iter_tmx, mended, standing_header, standing_units
from toolkit.memory.tmx_write import OUR_HEADER, WRITE_BUFFER, write_tmx, written
from toolkit.memory.unit import MemoryUnit
from toolkit.report.inline import InlineText
from toolkit.sheets.csv_table import read_csv_table
from toolkit.sheets.formulas import guarded

IMPORTED_FILE = "imported.tmx"
_ID_BITS = 60  # 15 hex digits: among a million units no two have the same one but by a chance of 1 : 2,000,000
_TABLES = {".csv": ",", ".tsv": "\t"}
_SKIPS_TOLD = 100
_EMPTY = InlineText("")


@dataclass(frozen=True)
class Imported:
    """How many units came in, how many stood there word for word, and how many were left out; the first hundred of
    those by file, line and reason."""

    added: int
    same: int
    left_out: int
    skipped: tuple[tuple[Path, Skipped], ...]


def import_files(
    folder: Path, files: Sequence[Path], *, file: str = IMPORTED_FILE, progress: Callable[[int], None] | None = None
) -> Imported:
    """Add the units of `files` (.tmx, .csv, .tsv) to `folder`/`file`; nothing that stands there is changed.

    A unit that stands there word for word is not added again; one without Chinese, or with nothing but Chinese, is
    left out.  All come in or none.  `progress` is told the number of units written so far.

    Raises `SettingsError` for a name that is no memory's and a file of another kind, `SourceError` naming file and
    line for one that cannot be read, `OutputError` when the memory cannot be written.
    """
    path = memory_file(folder, file)
    _check(files, folder)
    with one_writer(folder):
        incoming = _Incoming(path, files)
        header = standing_header(path) or OUR_HEADER
        with suppress(_NothingNew), written_aside(path) as aside:
            with aside.open("wb", buffering=WRITE_BUFFER) as stream:
                write_index(path, written(incoming.units(), stream, header=header), aside=aside, progress=progress)
            if not incoming.added:
                raise _NothingNew
            names = ", ".join(one.name for one in files)
            ids = " ".join(f"{one:015x}" for one in incoming.added)
            append_act(folder, new_act("import", file, origin=names, added=ids))
    return incoming.outcome()


class _NothingNew(Exception):
    """Leaves the file as it is."""


class _Incoming:
    """The units that stand in a memory, then those of other files that do not; counted as they go by."""

    def __init__(self, path: Path, files: Sequence[Path]) -> None:
        self.added = array("Q")
        self._path, self._files = path, files
        self._same = self._left_out = 0
        self._skipped: list[tuple[Path, Skipped]] = []

    def units(self) -> Iterator[StandingUnit]:
        seen: set[int] = set()
        for one in standing_units(self._path):
            seen.add(_identity(one.unit))
            yield one
        for file in self._files:
            for unit in _read(file, functools.partial(self._skip, file)):
                identity = _identity(unit)
                if identity in seen:
                    self._same += 1
                    continue
                seen.add(identity)
                self.added.append(identity)
                place = f"{self._path.name}:{identity:015x}"
                yield StandingUnit(replace(unit, place=place, origin=unit.origin or file.name))

    def outcome(self) -> Imported:
        return Imported(len(self.added), self._same, self._left_out, tuple(self._skipped))

    def _skip(self, file: Path, skipped: Skipped) -> None:
        self._left_out += 1
        if len(self._skipped) < _SKIPS_TOLD:
            self._skipped.append((file, skipped))


def _check(files: Sequence[Path], folder: Path) -> None:
    for file in files:
        if file.suffix.lower() not in (".tmx", *_TABLES):
            raise SettingsError("is no memory that can be imported", path=file, remedy="Name a .tmx, .csv or .tsv file")
        if file.resolve().parent == folder.resolve() and file.suffix.lower() == ".tmx":
            raise SettingsError("is in the memory already", path=file, remedy="Leave it out")


def _identity(unit: MemoryUnit) -> int:
    """A number for all that a unit says."""
    said = [unit.source.text, unit.before, unit.after, unit.reviewed_by]
    codes: list[object] = [*unit.source.codes]
    for language in TARGETS:
        target = unit.targets.get(language, _EMPTY)
        said += (target.text, unit.doubt(language))
        if target.codes:
            codes += (language, *target.codes)
    data = "\0".join((*said, repr(codes) if codes else "")).encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big") >> (64 - _ID_BITS)


def _read(file: Path, skip: Callable[[Skipped], None]) -> Iterator[MemoryUnit]:
    if file.suffix.lower() == ".tmx":
        yield from iter_tmx(file, skip=skip)
        return
    table = read_csv_table(file, columns=("zh",), ragged=True, error=SourceError)
    if not set(TARGETS) & set(table.header):
        remedy = "Name the columns in the first row: zh,en,bo"
        raise SourceError("has neither a column en nor a column bo", path=file, line=1, remedy=remedy)
    for row in table.rows:
        source, targets = row["zh"].strip(), {one: row[one].strip() for one in TARGETS if row[one].strip()}
        if not source or not targets:
            skip(Skipped(row.line, "no Chinese text" if not source else "neither English nor Tibetan"))
            continue
        yield mended(MemoryUnit(InlineText(source), {one: InlineText(text) for one, text in targets.items()}))


def export_units(units: Iterable[MemoryUnit], path: Path, *, languages: Sequence[Language] = TARGETS) -> int:
    """Write `units` with their targets in `languages` to a .tmx, .csv or .tsv file; returns how many had any.

    Tables have only the words: no codes, no reviewer.  Raises `SettingsError` for another kind of file, `OutputError`.
    """
    suffix = path.suffix.lower()
    if suffix not in (".tmx", *_TABLES):
        raise SettingsError("is no kind of file that a memory is exported to", path=path, remedy="Name it .tmx or .csv")
    chosen = _only(units, languages)
    if suffix == ".tmx":
        return write_tmx(path, map(StandingUnit, chosen))
    columns = [language for language in LANGUAGES if language == "zh" or language in languages]
    count = 0
    with written_aside(path) as aside, aside.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=_TABLES[suffix])
        writer.writerow(columns)
        for unit in chosen:
            count += 1
            texts = {"zh": unit.source, **unit.targets}
            writer.writerow([guarded(texts.get(column, _EMPTY).text) for column in columns])
    return count


def _only(units: Iterable[MemoryUnit], languages: Sequence[Language]) -> Iterator[MemoryUnit]:
    for unit in units:
        targets = {one: unit.targets[one] for one in languages if unit.targets.get(one)}
        if targets:
            doubts = {one: unit.doubt(one) for one in targets if unit.doubt(one)}
            yield replace(unit, targets=targets, doubts=doubts)

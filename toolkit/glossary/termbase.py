"""The glossary files of a folder, open for changes: what is added, set, approved or taken back.

::

    with editing(folder, "set", by="Tashi") as termbase:
        termbase.set("合作市", en="Hezuo City")

Everything is kept on a clean end, nothing after an error.  Only rows that changed are written anew.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from toolkit.chinese import fold
from toolkit.errors import OutputError, SettingsError
from toolkit.glossary.history import HistoryEntry, TermChange, append_entry, glossary_lock, read_history
from toolkit.glossary.store import (
    COLUMNS,
    SIGNED,
    GlossaryFile,
    glossary_paths,
    new_glossary_file,
    read_glossary_file,
    term_of,
)
from toolkit.glossary.term import Status, Term
from toolkit.languages import TARGETS
from toolkit.sheets.csv_table import CsvRow

_VOUCHED_FOR = (
    "zh",
    "zh_accepted",
    *TARGETS,
    *(f"{one}_{kind}" for one in TARGETS for kind in ("accepted", "forbidden")),
)
_Place = tuple[str, int]


class Termbase:
    """The terms of a folder by source.  `changes` is what happened to them since it was read."""

    def __init__(self, folder: Path) -> None:
        """Read `folder`.  Raises `SettingsError` for a file that `read_glossary` would not read either."""
        self.folder = folder
        self.changes: list[TermChange] = []
        self.written: list[TermChange] = []
        self._files: dict[str, GlossaryFile] = {path.name: read_glossary_file(path) for path in glossary_paths(folder)}
        self._rows = {name: list(file.table.rows) for name, file in self._files.items()}
        self._index: dict[str, _Place] = {}
        self._index_again()

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms as they stand now, in file and row order."""
        return tuple(self._term((name, index)) for name, rows in self._rows.items() for index in range(len(rows)))

    def find(self, source: str) -> Term | None:
        """The term that has `source` among its sources, whatever its status."""
        place = self._index.get(fold(source))
        return self._term(place) if place else None

    def matching(self, term: Term) -> tuple[Term, ...]:
        """The terms that share a source with `term`."""
        places = dict.fromkeys(place for one in term.sources if (place := self._index.get(fold(one))))
        return tuple(map(self._term, places))

    def get(self, source: str) -> Term:
        """The same.  Raises `SettingsError` where there is none, naming some that are near."""
        return self._term(self._place(source))

    def add(self, cells: Mapping[str, str], file: str) -> Term:
        """Put a row at the end of `file` (made when it is not there).

        Raises `SettingsError` when one of its sources is there already, or when the row is none.
        """
        cells = {"status": Status.PROPOSED, **cells}
        path = self.folder / file
        if path.suffix != ".csv" or path.parent != self.folder:
            raise SettingsError(f"“{file}” is no name of a glossary file", remedy="Name it like places.csv")
        term = term_of(cells, path, 0)
        self._refuse_doubles(term, None)
        if file not in self._files:
            self._files[file], self._rows[file] = new_glossary_file(path), []
        self._rows[file].append(CsvRow({column: str(cells.get(column, "")) for column in (*COLUMNS, *SIGNED)}))
        place = (file, len(self._rows[file]) - 1)
        for source in term.sources:
            self._index[fold(source)] = place
        self.changes.append(TermChange(file, term.zh, None, self._cells(place)))
        return term

    def set(self, source: str, **cells: str) -> Term:
        """Change cells of the row that has `source`.

        An approved term whose renderings change is proposed again: nobody approved the new ones.  Raises
        `SettingsError` for an unknown source, a source that another term has, or a row that would be none.
        """
        place = self._place(source)
        before = self._term(place)
        if unknown := [column for column in cells if column not in (*COLUMNS, *SIGNED)]:
            raise SettingsError(f"“{unknown[0]}” is no column of a glossary", remedy=f"Use {', '.join(COLUMNS)}")
        row = self._row(place)
        changed = {column: text for column, text in cells.items() if row[column] != text}
        if before.status is Status.APPROVED and "status" not in cells and set(changed) & set(_VOUCHED_FOR):
            changed |= {"status": str(Status.PROPOSED), "by": "", "date": ""}
        if changed:
            self._replace(place, row.with_cells(**changed))
        return self._term(place)

    def sign(self, source: str, status: Status, *, by: str, date: datetime.date) -> Term:
        """Give a term a status by name.

        Raises `SettingsError` without a name, and for approving a term that lacks a rendering.
        """
        by = " ".join(by.split())
        if not by:
            raise SettingsError(f"only a person makes a term {status}", remedy="Say who, with --by NAME")
        term = self.get(source)
        missing = [language for language in TARGETS if not term.targets.get(language)]
        if status is Status.APPROVED and missing:
            raise SettingsError(
                f"“{term.zh}” has no {' and no '.join(missing)} and cannot be approved",
                path=self.folder / term.place.rpartition(":")[0],
                line=int(term.place.rpartition(":")[2]) or None,
                remedy=f"Give it first: bulletin terms set {term.zh} --{missing[0]} …",
            )
        return self.set(source, status=str(status), by=by, date=date.isoformat())

    def take_back(self, change: TermChange) -> None:
        """Undo one change.  Raises `SettingsError` when the row is not any more as the change left it."""
        place = self._place_of(change)
        now = self._cells(place) if place else None
        if _same(now, change.before):
            return
        if not _same(now, change.after):
            raise SettingsError(
                f"“{change.zh}” was changed again since, so this cannot be taken back by itself",
                path=self.folder / change.file,
                line=self._row(place).line or None if place else None,
                remedy="Take back the later change first, or edit the row",
            )
        if change.before is None and place:
            del self._rows[place[0]][place[1]]
            self._index_again()
            self.changes.append(TermChange(change.file, change.zh, now, None))
        elif place and change.before is not None:
            known = self._row(place).cells
            self._replace(place, self._row(place).with_cells(**dict.fromkeys(known, "") | dict(change.before)))
        elif change.before is not None:
            self.add(change.before, change.file)

    def write(self) -> tuple[TermChange, ...]:
        """Write the files with changed rows; the changes that are on disk now.

        Raises `OutputError` when somebody else changed one of the files: then nothing is written.
        """
        touched = sorted({change.file for change in self.changes})
        for name in touched:
            if not self._files[name].is_current:
                raise OutputError(
                    "was changed by someone while the command ran; nothing was written",
                    path=self.folder / name,
                    remedy="Run the command again",
                )
        for name in touched:
            file, rows = self._files[name], tuple(self._rows[name])
            signed = any(row[column] for row in rows for column in SIGNED)
            table = file.table.with_columns(SIGNED) if signed else file.table
            file.write(replace(table, rows=self._untouched_first(file, table.rows, rows)))
            self.written += [change for change in self.changes if change.file == name]
        return tuple(self.written)

    @staticmethod
    def _untouched_first(
        file: GlossaryFile, widened: tuple[CsvRow, ...], rows: tuple[CsvRow, ...]
    ) -> tuple[CsvRow, ...]:
        """`rows`, those that were read as they stand in the widened table, so that their text is that table's."""
        as_read = {id(row): new for row, new in zip(file.table.rows, widened, strict=True)}
        return tuple(as_read.get(id(row), row) for row in rows)

    def _replace(self, place: _Place, row: CsvRow) -> None:
        name, index = place
        before, old = self._cells(place), self._term(place)
        term = term_of(row.cells, self.folder / name, row.line)
        self._refuse_doubles(term, place)
        self._rows[name][index] = row
        for source in old.sources:
            self._index.pop(fold(source), None)
        self._index |= {fold(source): place for source in term.sources}
        self.changes.append(TermChange(name, old.zh, before, self._cells(place)))

    def _refuse_doubles(self, term: Term, own: _Place | None) -> None:
        for source in term.sources:
            place = self._index.get(fold(source))
            if place is not None and place != own:
                there = self._term(place)
                raise SettingsError(
                    f"“{source}” is already a source of “{there.zh}” at {there.place}",
                    path=self.folder / place[0],
                    line=self._row(place).line or None,
                    remedy=f"Change that term instead: bulletin terms set {there.zh} …",
                )

    def _index_again(self) -> None:
        self._index = {}
        for name, rows in self._rows.items():
            for index in range(len(rows)):
                term = self._term((name, index))
                self._refuse_doubles(term, (name, index))
                self._index |= {fold(source): (name, index) for source in term.sources}

    def _place(self, source: str) -> _Place:
        place = self._index.get(fold(source))
        if place is None:
            near = [term.zh for term in self.terms if source in term.zh or term.zh in source][:5]
            raise SettingsError(
                f"“{source}” is no source of any term",
                path=self.folder,
                remedy=f"Near it: {', '.join(near)}" if near else "Look with bulletin terms find",
            )
        return place

    def _place_of(self, change: TermChange) -> _Place | None:
        rows = self._rows.get(change.file, [])
        wanted = {cells["zh"] for cells in (change.before, change.after) if cells}
        return next(((change.file, index) for index, row in enumerate(rows) if row["zh"] in wanted), None)

    def _row(self, place: _Place) -> CsvRow:
        return self._rows[place[0]][place[1]]

    def _cells(self, place: _Place) -> dict[str, str]:
        return {column: text for column, text in self._row(place).cells.items() if text or column in COLUMNS}

    def _term(self, place: _Place) -> Term:
        return term_of(self._row(place).cells, self.folder / place[0], self._row(place).line)


def _same(cells: Mapping[str, str] | None, others: Mapping[str, str] | None) -> bool:
    if cells is None or others is None:
        return cells is others
    return all(cells.get(column, "") == others.get(column, "") for column in {*cells, *others})


@contextlib.contextmanager
def editing(
    folder: Path, action: str, *, by: str = "", undoes: int = 0, now: datetime.datetime | None = None
) -> Iterator[Termbase]:
    """Open the glossary of `folder` for one `action`; at the end write the files and an entry in the history.

    Two commands at once wait for each other.  Raises `SettingsError`, or `OutputError` when a file cannot be written
    or a person saved it meanwhile; what was written by then stands in the history.
    """
    with glossary_lock(folder):
        termbase = Termbase(folder)
        yield termbase
        if not termbase.changes and not undoes:
            return
        moment = (now or datetime.datetime.now().astimezone()).isoformat(timespec="seconds")
        number = max((entry.number for entry in read_history(folder)), default=0) + 1
        try:
            termbase.write()
        finally:
            if termbase.written or undoes:
                append_entry(folder, HistoryEntry(number, moment, by, action, tuple(termbase.written), undoes))

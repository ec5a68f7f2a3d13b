"""glossaries/*.csv: one concept a row, good in Excel (UTF-8 with BOM) and in a diff."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.chinese import fold
from toolkit.errors import OutputError, SettingsError
from toolkit.files import write_whole
from toolkit.glossary.match import Glossary
from toolkit.glossary.term import Status, Term
from toolkit.languages import TARGETS, Language
from toolkit.report.punctuation import mend_punctuation
from toolkit.sheets.csv_table import CsvRow, CsvTable, csv_table_bytes, read_csv_table
from toolkit.sheets.dates import date_in_cell

COLUMNS = (
    "zh",
    "en",
    "bo",
    "domain",
    "status",
    "zh_accepted",
    "en_accepted",
    "bo_accepted",
    "en_forbidden",
    "bo_forbidden",
    "note",
    "source",
)
"""The columns that every glossary has."""

SIGNED = ("by", "date")
"""Two more, which a glossary gets when a person first puts a name to one of its terms."""

VARIANT_COLUMNS = ("zh_accepted", "en_accepted", "bo_accepted", "en_forbidden", "bo_forbidden")
BETWEEN_VARIANTS = "|"


@dataclass(frozen=True)
class GlossaryFile:
    """One CSV file: its `table` with every row's text as it was, the `terms` of its rows, and its bytes when read.

    `terms` go row by row with `table.rows`.
    """

    path: Path
    table: CsvTable
    terms: tuple[Term, ...]
    data: bytes

    @property
    def is_current(self) -> bool:
        """Whether the file on disk still is what was read; a file not yet there reads as no bytes."""
        return (self.path.read_bytes() if self.path.is_file() else b"") == self.data

    def write(self, table: CsvTable) -> bool:
        """Make the file hold `table`; rows that did not change keep their bytes.  False when it did already.

        Raises `OutputError` when somebody changed the file since it was read (it is then left alone), or when it
        cannot be written.
        """
        if not self.is_current:
            raise OutputError(
                "was changed by someone while the command ran, and is left as it is",
                path=self.path,
                remedy="Run the command again",
            )
        return write_whole(self.path, csv_table_bytes(table))


def read_glossary(folder: Path) -> Glossary:
    """All terms of the CSV files in `folder`, in file and row order; no folder, no terms.

    Raises `SettingsError` naming file and line for a missing column, a row of the wrong length, an unknown
    status, an empty source, or a source that stands twice (both places are named).
    """
    terms: list[Term] = []
    places: dict[str, str] = {}
    for path in glossary_paths(folder):
        file = read_glossary_file(path)
        for term, row in zip(file.terms, file.table.rows, strict=True):
            for source in term.sources:
                if fold(source) in places:
                    raise SettingsError(
                        f"“{source}” is already a source at {places[fold(source)]}",
                        path=path,
                        line=row.line,
                        remedy="Merge the two rows, or delete one",
                    )
                places[fold(source)] = f"{path}:{row.line}"
            terms.append(term)
    return Glossary(tuple(terms))


def glossary_paths(folder: Path) -> tuple[Path, ...]:
    """The glossary files of `folder`, in the order in which they are read."""
    return tuple(sorted(folder.glob("*.csv")))


def read_glossary_file(path: Path) -> GlossaryFile:
    """One CSV file.  Raises `SettingsError` as `read_glossary` does."""
    data = path.read_bytes() if path.is_file() else b""
    table = read_csv_table(path, columns=COLUMNS)
    terms = tuple(term_of(row.cells, path, row.line) for row in table.rows)
    return GlossaryFile(path, table, terms, data)


def new_glossary_file(path: Path) -> GlossaryFile:
    """A glossary file that is not there yet, without terms."""
    return GlossaryFile(path, CsvTable(COLUMNS), (), b"")


def term_of(cells: Mapping[str, str], path: Path, line: int) -> Term:
    """The term that a row says.

    Raises `SettingsError` for a row without source, with an unknown status or with a control character.
    """
    row = {column: " ".join(cells.get(column, "").split()) for column in (*COLUMNS, *SIGNED)}
    if not row["zh"]:
        raise SettingsError(
            "the row has no Chinese source", path=path, line=line, remedy="Fill in zh, or delete the row"
        )
    if has_control_character("".join(row.values())):
        raise SettingsError("a cell holds a control character", path=path, line=line, remedy="Type the cell again")
    if row["status"] not in set(Status):
        raise SettingsError(
            f"“{row['status']}” is no status", path=path, line=line, remedy=f"Write one of {', '.join(Status)}"
        )
    by_language: dict[str, dict[Language, tuple[str, ...]]] = {
        kind: {language: variants(row[f"{language}_{kind}"]) for language in TARGETS}
        for kind in ("accepted", "forbidden")
    }
    return Term(
        sources=tuple(dict.fromkeys(map(mend_punctuation, (row["zh"], *variants(row["zh_accepted"]))))),
        targets={language: row[language] for language in TARGETS},
        accepted=by_language["accepted"],
        forbidden=by_language["forbidden"],
        domain=row["domain"],
        status=Status(row["status"]),
        note=row["note"],
        source=row["source"],
        place=f"{path.name}:{line}",
        by=row["by"],
        date=_day(row["date"]),
    )


def _day(text: str) -> str:
    """A date as 2026-11-25, however a spreadsheet wrote it; what is no date stays as it is (`terms lint` tells)."""
    try:
        return date_in_cell(text).isoformat()
    except ValueError:
        return text


def has_control_character(text: str) -> bool:
    """Whether `text` holds a character that neither XML nor a printer can take."""
    return any(unicodedata.category(character) in ("Cc", "Cs") or character in "\ufffe\uffff" for character in text)


def rows_bytes(rows: Iterable[Mapping[str, str]]) -> bytes:
    """A new glossary file of `rows` (cells by column; a column that is not named is empty), signed where a row is."""
    cells = [{**dict.fromkeys(COLUMNS, ""), **row} for row in rows]
    signed = SIGNED if any(row.get(column) for row in cells for column in SIGNED) else ()
    return csv_table_bytes(CsvTable((*COLUMNS, *signed), tuple(CsvRow(row) for row in cells)))


def cells_of(term: Term) -> dict[str, str]:
    """The row that says `term`: `term_of` turned round."""
    return {
        "zh": term.zh,
        **{language: term.targets.get(language, "") for language in TARGETS},
        "domain": term.domain,
        "status": str(term.status),
        "zh_accepted": joined(term.sources[1:]),
        **{f"{language}_accepted": joined(term.accepted.get(language, ())) for language in TARGETS},
        **{f"{language}_forbidden": joined(term.forbidden.get(language, ())) for language in TARGETS},
        "note": term.note,
        "source": term.source,
        "by": term.by,
        "date": term.date,
    }


def variants(cell: str) -> tuple[str, ...]:
    """The renderings in a cell, separated by |."""
    return tuple(variant.strip() for variant in cell.split(BETWEEN_VARIANTS) if variant.strip())


def joined(renderings: Sequence[str]) -> str:
    """The cell that holds `renderings`: `variants` turned round."""
    return f" {BETWEEN_VARIANTS} ".join(renderings)

"""glossaries/*.csv: one concept a row, good in Excel (UTF-8 with BOM) and in a diff."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from toolkit.chinese import fold
from toolkit.errors import SettingsError
from toolkit.glossary.match import Glossary
from toolkit.glossary.term import Status, Term
from toolkit.languages import TARGETS, Language
from toolkit.report.punctuation import mend_punctuation

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
_BETWEEN_VARIANTS = "|"


def read_glossary(folder: Path) -> Glossary:
    """All terms of the CSV files in `folder`, in file and row order; no folder, no terms.

    Raises `SettingsError` naming file and line for a missing column, a row of the wrong length, an unknown
    status, an empty source, or a source that stands twice (both places are named).
    """
    terms: list[Term] = []
    places: dict[str, str] = {}
    for path in sorted(folder.glob("*.csv")):
        for term, line in _read_file(path):
            for source in term.sources:
                if fold(source) in places:
                    raise SettingsError(
                        f"“{source}” is already a source at {places[fold(source)]}",
                        path=path,
                        line=line,
                        remedy="Merge the two rows, or delete one",
                    )
                places[fold(source)] = f"{path}:{line}"
            terms.append(term)
    return Glossary(tuple(terms))


def _read_file(path: Path) -> Iterator[tuple[Term, int]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(
            f"could not be read as UTF-8 ({fault})", path=path, remedy="Save it as “CSV UTF-8” from the spreadsheet"
        ) from fault
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)  # spreadsheets of many countries write semicolons
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    start = 1
    try:
        for cells in rows:
            line, start = start, rows.line_num + 1
            if not any(" ".join(cell.split()) for cell in cells):
                continue
            if header is None:
                header = [cell.strip() for cell in cells]
                _check_header(header, path)
                continue
            if len(cells) != len(header):
                raise SettingsError(
                    f"the row has {len(cells)} cells where the header has {len(header)}",
                    path=path,
                    line=line,
                    remedy="Add or remove the comma, or put a cell that holds commas in quotes",
                )
            yield _term(dict(zip(header, (" ".join(cell.split()) for cell in cells), strict=True)), path, line), line
    except csv.Error as fault:
        raise SettingsError(
            f"is not valid CSV ({fault})", path=path, line=rows.line_num, remedy="Mend the quotes in this row"
        ) from fault


def _check_header(header: list[str], path: Path) -> None:
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise SettingsError(
            f"the header lacks the column {', '.join(missing)}",
            path=path,
            line=1,
            remedy=f"The columns are {','.join(COLUMNS)}",
        )


def _term(row: dict[str, str], path: Path, line: int) -> Term:
    if not row["zh"]:
        raise SettingsError(
            "the row has no Chinese source", path=path, line=line, remedy="Fill in zh, or delete the row"
        )
    if any(
        (unicodedata.category(character) == "Cc" and character not in "\t\r\n") or character in "\ufffe\uffff"
        for character in "".join(row.values())
    ):
        raise SettingsError("a cell holds a control character", path=path, line=line, remedy="Type the cell again")
    if row["status"] not in set(Status):
        raise SettingsError(
            f"“{row['status']}” is no status", path=path, line=line, remedy=f"Write one of {', '.join(Status)}"
        )
    by_language: dict[str, dict[Language, tuple[str, ...]]] = {
        kind: {language: _variants(row[f"{language}_{kind}"]) for language in TARGETS}
        for kind in ("accepted", "forbidden")
    }
    return Term(
        sources=tuple(dict.fromkeys(map(mend_punctuation, (row["zh"], *_variants(row["zh_accepted"]))))),
        targets={language: row[language] for language in TARGETS},
        accepted=by_language["accepted"],
        forbidden=by_language["forbidden"],
        domain=row["domain"],
        status=Status(row["status"]),
        note=row["note"],
        source=row["source"],
        place=f"{path.name}:{line}",
    )


def _variants(cell: str) -> tuple[str, ...]:
    return tuple(variant.strip() for variant in cell.split(_BETWEEN_VARIANTS) if variant.strip())

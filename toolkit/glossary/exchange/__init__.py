"""Terms in the formats of others: CSV, XLSX, TBX 3 and 2, TMX, and the glossary of OmegaT.

`read_terms` tells the format by the name of the file, `terms_bytes` writes one.  What goes out comes back the same:
every column of a glossary, the name and the date, the order and the file of origin.  TMX carries what it has no place
for in properties; OmegaT holds one language and carries the rest in comments.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from toolkit.errors import SettingsError
from toolkit.glossary.exchange.incoming import Incoming, IncomingTerm, Remark
from toolkit.glossary.exchange.omegat import omegat_bytes, read_omegat
from toolkit.glossary.exchange.tables import csv_bytes, read_csv, read_xlsx, terms_sheet_bytes
from toolkit.glossary.exchange.tbx_read import read_tbx
from toolkit.glossary.exchange.tbx_write import tbx2_bytes, tbx_bytes
from toolkit.glossary.exchange.tmx_terms import read_tmx_terms, tmx_terms_bytes
from toolkit.glossary.term import Term
from toolkit.languages import Language

__all__ = ["Format", "Incoming", "IncomingTerm", "Remark", "format_of", "read_terms", "terms_bytes"]


class Format(StrEnum):
    """What terms can be exchanged as."""

    CSV = "csv"
    XLSX = "xlsx"
    TBX = "tbx"
    TBX2 = "tbx2"
    TMX = "tmx"
    OMEGAT = "omegat"


_WRITERS = {
    Format.CSV: csv_bytes,
    Format.XLSX: terms_sheet_bytes,
    Format.TBX: tbx_bytes,
    Format.TBX2: tbx2_bytes,
    Format.TMX: tmx_terms_bytes,
}
_READERS = {Format.CSV: read_csv, Format.XLSX: read_xlsx, Format.TBX: read_tbx, Format.TMX: read_tmx_terms}
_BY_SUFFIX = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".xlsx": Format.XLSX,
    ".tmx": Format.TMX,
    **dict.fromkeys((".tbx", ".xml", ".mtf", ".martif"), Format.TBX),
    **dict.fromkeys((".txt", ".utf8", ".tab"), Format.OMEGAT),
}


def format_of(path: Path) -> Format:
    """The format that the name of a file tells.  Raises `SettingsError` naming those there are."""
    found = _BY_SUFFIX.get(path.suffix.lower())
    if found is None:
        raise SettingsError(
            f"“{path.suffix or path.name}” tells no format of terms",
            path=path,
            remedy=f"Name it {', '.join(sorted(_BY_SUFFIX))}, or say which it is with --as",
        )
    return found


def read_terms(path: Path, language: Language | None = None) -> Incoming:
    """The terms in the file at `path`; `language` is that of an OmegaT glossary, where its first line does not say.

    Raises `SettingsError` for an unknown kind of file, `SourceError` naming the line for one that cannot be read.
    """
    kind = format_of(path)
    return read_omegat(path, language) if kind is Format.OMEGAT else _READERS[kind](path)


def terms_bytes(terms: Sequence[Term], kind: Format, language: Language = "en") -> bytes:
    """A file of `terms` in order; the same bytes for the same terms.  `language` counts for OmegaT only.

    Raises `OutputError` for a term that the format cannot hold.
    """
    return omegat_bytes(terms, language) if kind is Format.OMEGAT else _WRITERS[kind](terms)

"""What a terminology file brings, whatever its format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.errors import SettingsError
from toolkit.glossary.store import BETWEEN_VARIANTS, COLUMNS, SIGNED, joined, term_of
from toolkit.glossary.term import Status, Term
from toolkit.languages import LANGUAGES, TARGETS, Language

FILE = "file"
"""The column, or the property, that names the glossary file a term came from."""

_FILE_NAME = re.compile(r"[^\s./\\:|<>\"?*'](?:[^/\\:|<>\"?*\x00-\x1f]*[^\s./\\:|<>\"?*])?\.csv")


@dataclass(frozen=True)
class Remark:
    """Something in `path` that did not become a term, or not wholly.  `line` counts from 1; 0 is the whole file."""

    path: Path
    line: int
    reason: str
    left_out: bool = False


@dataclass(frozen=True)
class IncomingTerm:
    """A term from outside; `term.place` says where it stands.  `file` is the glossary file it came from, or empty."""

    term: Term
    file: str = ""


@dataclass(frozen=True)
class Incoming:
    """All terms of a file.  `columns` are those columns of a glossary it speaks of.

    `exact` tells of a table: an empty cell is as much said as a full one.  Elsewhere what is not said is left as it is.
    """

    path: Path
    terms: tuple[IncomingTerm, ...]
    remarks: tuple[Remark, ...]
    columns: frozenset[str] = frozenset((*COLUMNS, *SIGNED))
    exact: bool = False


@dataclass
class Entry:
    """A term while it is put together from a file."""

    line: int
    sources: list[str] = field(default_factory=list)
    targets: dict[Language, str] = field(default_factory=dict)
    accepted: dict[Language, list[str]] = field(default_factory=dict)
    forbidden: dict[Language, list[str]] = field(default_factory=dict)
    domain: str = ""
    status: str = ""
    notes: list[str] = field(default_factory=list)
    source: str = ""
    by: str = ""
    date: str = ""
    file: str = ""

    def cells(self) -> dict[str, str]:
        """The row of a glossary that says this."""
        return {
            "zh": self.sources[0] if self.sources else "",
            "zh_accepted": joined(self.sources[1:]),
            **{language: self.targets.get(language, "") for language in TARGETS},
            **{f"{language}_accepted": joined(self.accepted.get(language, ())) for language in TARGETS},
            **{f"{language}_forbidden": joined(self.forbidden.get(language, ())) for language in TARGETS},
            "domain": self.domain,
            "status": self.status or Status.PROPOSED,
            "note": " ".join(self.notes),
            "source": self.source,
            "by": self.by,
            "date": self.date,
        }

    @property
    def problem(self) -> str:
        """Why no row of a glossary can say this; empty when one can."""
        variants = [
            *self.sources[1:],
            *(one for kind in (self.accepted, self.forbidden) for texts in kind.values() for one in texts),
        ]
        return next((f"“{one}” holds a |, which separates variants" for one in variants if BETWEEN_VARIANTS in one), "")


class Collector:
    """Terms and remarks of one file as it is read; what repeats is counted rather than told again and again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._terms: list[IncomingTerm] = []
        self._remarks: list[Remark] = []
        self._counts: Counter[str] = Counter()
        self._first: dict[str, int] = {}

    def add(self, entry: Entry) -> None:
        """Take an entry, or remark why it is left out."""
        if entry.problem:
            self.leave_out(entry.line, entry.problem)
        else:
            self.add_cells(entry.cells(), entry.line, entry.file)

    def add_cells(self, cells: Mapping[str, str], line: int, file: str = "") -> None:
        """Take a row, or remark why it is left out."""
        try:
            term = term_of(cells, self.path, line)
        except SettingsError as fault:
            self.leave_out(line, fault.problem)
            return
        self._terms.append(IncomingTerm(term, file if _FILE_NAME.fullmatch(file) else ""))

    def leave_out(self, line: int, reason: str) -> None:
        """Remark that what stands at `line` is no term."""
        self._remarks.append(Remark(self.path, line, reason, left_out=True))

    def count(self, what: str, line: int) -> None:
        """Remark that `what` is not kept, once for all its places."""
        self._counts[what] += 1
        self._first.setdefault(what, line)

    def incoming(self, columns: Iterable[str] = (*COLUMNS, *SIGNED), *, exact: bool = False) -> Incoming:
        """All that was taken."""
        counted = (
            Remark(self.path, self._first[what], f"{what}: {count} time{'s' * (count > 1)}, not kept")
            for what, count in self._counts.items()
        )
        return Incoming(self.path, tuple(self._terms), (*self._remarks, *counted), frozenset(columns), exact)


def clean(text: str) -> str:
    """`text` with single spaces, as a glossary keeps it."""
    return " ".join(text.split())


def language_of(tag: str) -> Language | None:
    """Our language behind a tag (zh-CN, zh_Hant, EN-us), or None."""
    primary = re.split("[-_]", tag.strip().lower())[0]
    return next((language for language in LANGUAGES if language == primary), None)


def file_of(term: Term) -> str:
    """The name of the glossary file that `term` stands in."""
    return term.place.rpartition(":")[0]

"""What can go wrong, one class per documented exit code.

::

    BulletinError
    ├── SettingsError   2  bad usage or settings (bulletin.toml, report.toml, a glossary, a font file)
    ├── SourceError     3  a source could not be read (report, draft, memory)
    ├── EngineError     4  an engine asked for by name is missing or failed, a model package is bad
    └── OutputError     5  an output could not be written

Several causes in one run: the class that stands first in `PRECEDENCE` gives the exit code.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DONE = 0
FINDINGS = 1
INTERRUPTED = 130


class BulletinError(Exception):
    """A fault a person can mend: where it is, what is wrong, what to do next.

    `problem` and `remedy` are whole clauses without a final full stop; `line` counts from 1.
    """

    exit_code = 2

    def __init__(self, problem: str, *, path: Path | str | None = None, line: int | None = None, remedy: str) -> None:
        self.problem = problem
        self.path = path
        self.line = line
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        where = ""
        if self.path is not None:
            where = f"{self.path}:{self.line}: " if self.line is not None else f"{self.path}: "
        return f"{where}{self.problem}. {self.remedy}."

    def __reduce__(self) -> tuple[Any, ...]:
        """A fault found in another process is the same fault here."""
        return _unpickled, (type(self), self.args, self.__dict__)


def _unpickled(kind: type[BulletinError], args: tuple[object, ...], values: dict[str, Any]) -> BulletinError:
    fault = kind.__new__(kind, *args)
    fault.__dict__.update(values)
    return fault


class SettingsError(BulletinError):
    """Bad usage or settings."""

    exit_code = 2


class SourceError(BulletinError):
    """A report, draft or memory that cannot be read."""

    exit_code = 3


class EngineError(BulletinError):
    """An engine that was asked for by name is missing or failed, or a model package is bad."""

    exit_code = 4


class OutputError(BulletinError):
    """A file that could not be written, or that a person changed since it was written."""

    exit_code = 5


def fault_of_our_own(fault: Exception, path: Path | str) -> SourceError:
    """An exception that nobody foresaw as the error of one report, so that the others still get done."""
    trace = traceback.extract_tb(fault.__traceback__)[-1]
    return SourceError(
        f"could not be worked on: {type(fault).__name__}: {fault} ({Path(trace.filename).name}:{trace.lineno})",
        path=path,
        remedy="This is a fault of the toolkit; please report it with this line and the report",
    )


PRECEDENCE = (OutputError.exit_code, EngineError.exit_code, SourceError.exit_code, SettingsError.exit_code, FINDINGS)


def exit_code_of(codes: Iterable[int]) -> int:
    """The one exit code for a run with several causes: 5 > 4 > 3 > 2 > 1 > 0."""
    seen = set(codes)
    return next((code for code in PRECEDENCE if code in seen), DONE)

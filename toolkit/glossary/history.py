"""terms-history.jsonl: every change that the tool made to the glossary, so that it can be looked up and taken back.

One line a change, added at the end and never edited.  It stands in glossaries/ and belongs to the newsroom.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from toolkit.errors import OutputError, SettingsError
from toolkit.locks import wait_for

FILE_NAME = "terms-history.jsonl"
_REMEDY = "Delete the line; the glossary itself is whole"


@dataclass(frozen=True)
class TermChange:
    """One row of `file`, `before` and `after`, by column; None where it was not there."""

    file: str
    zh: str
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None


@dataclass(frozen=True)
class HistoryEntry:
    """What one command did: its `number` in the history, when (`at`, ISO 8601 with zone), `by` whom (may be empty).

    `undoes` is the number of the entry that an undo took back, else 0.
    """

    number: int
    at: str
    by: str
    action: str
    changes: tuple[TermChange, ...]
    undoes: int = 0


def read_history(folder: Path) -> tuple[HistoryEntry, ...]:
    """The entries, oldest first; none where there is no file.

    A last line without an end, left by a command that was cut off, is passed over.  Raises `SettingsError` naming the
    line of anything else that is no entry.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return ()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(f"could not be read as UTF-8 ({fault})", path=path, remedy="Move the file away") from fault
    whole = text[: text.rfind("\n") + 1]
    return tuple(_entry(line, path, number) for number, line in enumerate(whole.splitlines(), 1) if line.strip())


def _entry(line: str, path: Path, number: int) -> HistoryEntry:
    try:
        values = json.loads(line)
        changes = tuple(TermChange(**change) for change in values.pop("changes"))
        return HistoryEntry(changes=changes, **values)
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise SettingsError("is no entry of a term history", path=path, line=number, remedy=_REMEDY) from fault


def last_standing(history: tuple[HistoryEntry, ...]) -> HistoryEntry | None:
    """The latest entry that nobody took back and that is no undo itself."""
    undone = {entry.undoes for entry in history}
    return next((entry for entry in reversed(history) if not entry.undoes and entry.number not in undone), None)


def append_entry(folder: Path, entry: HistoryEntry) -> None:
    """Add `entry` at the end, on disk when this returns.  Raises `OutputError`."""
    path = folder / FILE_NAME
    line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
    try:
        with path.open("ab+") as stream:
            stream.seek(max(stream.seek(0, os.SEEK_END) - 1, 0))
            torn = stream.read(1) not in (b"", b"\n")  # a command was cut off in its line, which ends here
            stream.write((b"\n" if torn else b"") + line.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as fault:
        raise OutputError(
            f"could not be written ({fault.strerror})", path=path, remedy="Mend its permissions, then run it again"
        ) from fault


@contextlib.contextmanager
def glossary_lock(folder: Path) -> Iterator[None]:
    """Keep other commands from changing the glossary in `folder` until this one is done; they wait.

    The lock is on the history file and goes with the process, so none is ever left behind.  Raises `OutputError`, also
    when the other has not ended after a minute.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = path.open("ab")
    except OSError as fault:
        raise OutputError(
            f"could not be opened ({fault.strerror})", path=path, remedy="Mend the permissions of the folder"
        ) from fault
    with stream:
        wait_for(stream, folder)
        yield

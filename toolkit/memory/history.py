"""What was done to the memory: `memory-history.jsonl`, one act a line, only ever added to.

The TMX files hold what stands now; the history holds what stood before, who changed it, when and from where.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from toolkit.errors import OutputError, SourceError
from toolkit.languages import Language

HISTORY_FILE = "memory-history.jsonl"
ActKind = Literal["remember", "forget", "import", "undo"]


@dataclass(frozen=True)
class Change:
    """One translation that changed: the units that stood there and the one that stands there now, as TMX `tu`."""

    source: str
    language: Language
    before: tuple[str, ...] = ()
    after: str = ""


@dataclass(frozen=True)
class Act:
    """One act: what it did to `file`, when (UTC), and who stands behind the words, if anybody.

    `origin` is where they came from.  An import only lists the ids of the units it `added`, with spaces between, for
    there may be a million.
    `undoes` is the act that this one took back.
    """

    id: str
    kind: ActKind
    at: str
    file: str
    by: str = ""
    origin: str = ""
    changes: tuple[Change, ...] = ()
    added: str = ""
    undoes: str = ""


def new_act(kind: ActKind, file: str, **rest: Any) -> Act:
    """An act of this moment."""
    now = datetime.now(UTC)
    return Act(f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}", kind, f"{now:%Y-%m-%dT%H:%M:%SZ}", file, **rest)


def append_act(folder: Path, act: Act) -> None:
    """Write `act` to the end of the history, and see it safely on the disk.  Raises `OutputError`."""
    path = folder / HISTORY_FILE
    values = {name: value for name, value in asdict(act).items() if value}
    line = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    try:
        with path.open("ab+") as stream:
            if stream.tell():
                stream.seek(-1, os.SEEK_END)
                if stream.read(1) != b"\n":  # the power failed in the middle of the line before
                    line = b"\n" + line
            stream.write(line)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as fault:
        remedy = "Make room or mend the permissions of the folder, then run the command again"
        raise OutputError(f"could not be written ({fault.strerror})", path=path, remedy=remedy) from fault


def read_history(folder: Path) -> tuple[Act, ...]:
    """All acts, oldest first; lines that are no act (a power cut tore them) are passed over.

    Raises `SourceError` when the file is there and cannot be read.
    """
    path = folder / HISTORY_FILE
    if not path.exists():
        return ()
    try:
        with path.open("rb") as stream:
            return tuple(_acts(stream))
    except OSError as fault:
        remedy = "Mend the permissions of the file"
        raise SourceError(f"could not be read ({fault.strerror})", path=path, remedy=remedy) from fault


def _acts(lines: Iterator[bytes] | Any) -> Iterator[Act]:
    for line in lines:
        try:
            values = json.loads(line)
            changes = tuple(
                Change(one["source"], one["language"], tuple(one.get("before", ())), one.get("after", ""))
                for one in values.pop("changes", ())
            )
            yield Act(**values | {"changes": changes})
        except (ValueError, TypeError, KeyError, AttributeError):
            continue

"""Locks on files that end with the process that holds them, however that ends.

::

    with one_writer(workspace, "gannan-2023"):
        ...  # read, change and write what lies beside the report

A build holds one such lock only while it puts drafts or bulletins of a report in place, a person's command while it
does what was asked: nobody waits for an engine.  It does not keep an editor out; see `toolkit.build.keep_drafts`.
"""

from __future__ import annotations

import os
import platform
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from toolkit.errors import OutputError
from toolkit.workspace import Workspace

FOLDER = ".bulletin"
PATIENCE = 60.0
"""Seconds that a command waits for another before it gives up: none of them writes as long as that."""
PATIENCE_WITH_A_DRAFT = 600.0
"""Seconds for who would lose what an engine said."""

_WRITING = "writing"
_STRIPES = 64  # lock files, whatever the number of reports; two that share one wait for each other now and then
_SECONDS_BETWEEN = 0.02
_SOMEBODY = "another process"
_SECONDS_UNTIL_TOLD = 1.0

Waiting = Callable[[str], None]


def state_folder(workspace: Workspace) -> Path:
    """Where locks and ledger are, made if it is not there; git passes over it.  Raises `OSError`."""
    folder = workspace.root / FOLDER
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="ascii")
    return folder


@contextmanager
def one_writer(
    workspace: Workspace, report: str, *, patience: float | None = None, waiting: Waiting = lambda holder: None
) -> Iterator[None]:
    """Keep other writers away from what lies beside a report, and from what stands in dist for it.

    `waiting` is told once who writes there, when that takes more than a second.  Where no lock can be had at all (a
    full disk, a folder that knows none) the block runs all the same: files still appear whole, and what changed since
    it was read is still found.  Not to be taken twice by one thread.

    Raises `OutputError` when the other has not ended after `patience` seconds (None: `PATIENCE`).
    """
    try:
        folder = state_folder(workspace) / _WRITING
        folder.mkdir(exist_ok=True)
        path = folder / f"{zlib.crc32(report.encode()) % _STRIPES:02}.lock"
        stream = opened(path)
    except OSError:
        yield
        return
    with stream:
        wait_for(stream, workspace.source / report, holder=path, patience=patience, waiting=waiting)
        sign(stream)
        yield


def wait_for(
    stream: IO[bytes],
    what: Path,
    *,
    holder: Path | None = None,
    patience: float | None = None,
    waiting: Waiting = lambda holder: None,
) -> None:
    """Wait until the lock on `stream` is ours; where a folder knows no locks, it is.

    `what` is what is written under it, `holder` the file that says who holds it.  Raises as `one_writer` does.
    """
    end = time.monotonic() + (PATIENCE if patience is None else patience)
    told = time.monotonic() + _SECONDS_UNTIL_TOLD
    while not _is_had(stream):
        who = holder_of(holder) if holder else _SOMEBODY
        if time.monotonic() > end:
            remedy = "Wait for it to end, then run the command again"
            raise OutputError(f"is being written by {who}", path=what, remedy=remedy)
        if time.monotonic() > told:
            waiting(who)
            told = float("inf")
        time.sleep(_SECONDS_BETWEEN)


def _is_had(stream: IO[bytes]) -> bool:
    try:
        return try_lock(stream)
    except OSError:  # a folder that knows no locks
        return True


def opened(path: Path) -> IO[bytes]:
    """A lock file, made if it is not there.  Raises `OSError`."""
    return path.open("r+b" if path.exists() else "w+b", buffering=0)  # on a full disk nothing is left to be written


def sign(stream: IO[bytes]) -> None:
    """Write into a lock file that is held who holds it."""
    with suppress(OSError):  # a full disk: the lock holds all the same
        stream.truncate(0)
        stream.write(f"process {os.getpid()} on {platform.node()}, since {datetime.now():%H:%M}\n".encode())


def holder_of(path: Path) -> str:
    """Who holds a lock file, in words."""
    try:
        return path.read_text(encoding="utf-8").strip() or _SOMEBODY
    except (OSError, ValueError):
        return _SOMEBODY


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 20  # Windows locks bytes against reading too: not those that say who it is

    def try_lock(stream: IO[bytes]) -> bool:
        """Whether the lock was free, and is ours now until `stream` is closed.  Raises `OSError` for no lock at all."""
        stream.seek(_FAR)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            stream.seek(0)
        return True

else:
    import fcntl

    def try_lock(stream: IO[bytes]) -> bool:
        """Whether the lock was free, and is ours now until `stream` is closed.  Raises `OSError` for no lock at all."""
        try:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

"""One build at a time in a workspace.  The lock ends with the process that holds it, however that ends."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from toolkit.errors import OutputError
from toolkit.workspace import Workspace

FOLDER = ".bulletin"
_FILE = "build.lock"
_SECONDS_BETWEEN = 0.5


def state_folder(workspace: Workspace) -> Path:
    """Where lock and ledger are, made if it is not there; git passes over it.  Raises `OSError`."""
    folder = workspace.root / FOLDER
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="ascii")
    return folder


@contextmanager
def one_build(
    workspace: Workspace, *, wait: bool = False, waiting: Callable[[str], None] = lambda holder: None
) -> Iterator[None]:
    """Keep other builds out of the workspace.  With `wait`, until the one that is in there has ended: `waiting` is told
    once who that is.

    Raises `OutputError` when another build is under way, or the workspace cannot be written.
    """
    try:
        path = state_folder(workspace) / _FILE
        stream = path.open("r+b" if path.exists() else "w+b")
    except OSError as fault:
        raise OutputError(
            f"could not be written ({fault.strerror})",
            path=workspace.root / FOLDER,
            remedy="Make room or mend the permissions of the folder, then run the command again",
        ) from fault
    with stream:
        told = False
        while not _locked(stream):
            if not wait:
                raise OutputError(
                    f"is being built by {_holder(path)}",
                    path=workspace.root,
                    remedy="Wait for it to end, or let this one wait: bulletin build --wait",
                )
            if not told:
                waiting(_holder(path))
                told = True
            time.sleep(_SECONDS_BETWEEN)
        with suppress(OSError):  # a full disk: the lock holds all the same
            stream.truncate(0)
            stream.write(f"process {os.getpid()} on {platform.node()}, since {datetime.now():%H:%M}\n".encode())
            stream.flush()
        yield


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip() or "another process"
    except (OSError, ValueError):
        return "another process"


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 20  # Windows locks bytes against reading too: not those that say who it is

    def _locked(stream: IO[bytes]) -> bool:
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

    def _locked(stream: IO[bytes]) -> bool:
        try:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

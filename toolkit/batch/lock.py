"""One build at a time in a workspace.  The lock ends with the process that holds it, however that ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from toolkit.errors import OutputError
from toolkit.locks import FOLDER, holder_of, opened, sign, state_folder, try_lock
from toolkit.workspace import Workspace

_FILE = "build.lock"
_SECONDS_BETWEEN = 0.5


@contextmanager
def one_build(
    workspace: Workspace, *, wait: bool = False, waiting: Callable[[str], None] = lambda holder: None
) -> Iterator[None]:
    """Keep other builds out of the workspace.  With `wait`, until the one that is in there has ended: `waiting` is told
    once who that is.

    Raises `OutputError` when another build is under way, or the workspace cannot be written or locked.
    """
    try:
        path = state_folder(workspace) / _FILE
        stream = opened(path)
        free = try_lock(stream)
    except OSError as fault:
        raise OutputError(
            f"could not be written ({fault.strerror})",
            path=workspace.root / FOLDER,
            remedy="Make room or mend the permissions of the folder, then run the command again",
        ) from fault
    with stream:
        told = False
        while not free:
            if not wait:
                raise OutputError(
                    f"is being built by {holder_of(path)}",
                    path=workspace.root,
                    remedy="Wait for it to end, or let this one wait: bulletin build --wait",
                )
            if not told:
                waiting(holder_of(path))
                told = True
            time.sleep(_SECONDS_BETWEEN)
            free = try_lock(stream)
        sign(stream)
        yield

"""Ctrl-C before the command has begun: its libraries take most of a second to load."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from toolkit.errors import INTERRUPTED

STOPPED = "Stopped. Every file written so far is whole; run the command again to go on."


@contextmanager
def stopping_while_it_starts() -> Iterator[None]:
    """End the process with 130 and a line on standard error, not with a traceback.

    A library may answer Ctrl-C in the middle of its import with an `ImportError` of its own.
    """
    try:
        yield
    except (KeyboardInterrupt, ImportError) as fault:
        if not _comes_of_an_interruption(fault):
            raise
        print(f"\n{STOPPED}", file=sys.stderr)
        raise SystemExit(INTERRUPTED) from None


def _comes_of_an_interruption(fault: BaseException | None) -> bool:
    while fault is not None:
        if isinstance(fault, KeyboardInterrupt):
            return True
        fault = fault.__cause__ or fault.__context__
    return False

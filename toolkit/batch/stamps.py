"""The SHA-256 of files that have not changed, without reading them."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from toolkit.desk import digest_of

Stamp = tuple[str, str, str]
"""A path, what `stat` said of it, and its SHA-256."""
_STILL_WARM = 2_000_000_000  # nanoseconds; the clock of a file system may be this coarse
_MOST_TO_KEEP_AT_ONCE = 500


class Known(Protocol):
    """What is known of files: by path what `stat` said, and the SHA-256."""

    def get(self, path: str, /) -> tuple[str, str] | None:
        """What is known of one, or None."""
        ...


def _forget(stamps: Iterable[Stamp]) -> None:
    """Where nothing shall be kept."""


class Stamps:
    """What is known of files by what `stat` says of them: size, times of change, inode.

    Two changes within one tick of a file system's clock look the same; a file is therefore remembered only when it has
    been left alone for a while.  What is learnt goes to `keep`, many at a time: memory does not grow.
    """

    def __init__(self, known: Known, keep: Callable[[Iterable[Stamp]], None] = _forget) -> None:
        self._known = known
        self._keep = keep
        self._fresh: list[Stamp] = []
        self._warm: deque[tuple[int, tuple[Path, ...]]] = deque()

    def digest(self, path: Path) -> str:
        """Hex SHA-256 of a file.  Raises `OSError`."""
        key = os.fspath(path)
        facts = path.stat()
        stamp = f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns} {facts.st_ino}"
        known = self._known.get(key)
        if known is not None and known[0] == stamp:
            return known[1]
        digest = digest_of(path)
        if time.time_ns() - max(facts.st_mtime_ns, facts.st_ctime_ns) > _STILL_WARM:
            self._fresh.append((key, stamp, digest))
            if len(self._fresh) >= _MOST_TO_KEEP_AT_ONCE:
                self.keep()
        return digest

    def learn_later(self, files: Iterable[Path]) -> None:
        """Look at files that were just written as soon as they have been left alone for long enough.

        They are read once more then: what they were built to be may be no longer what they are.
        """
        self._warm.append((time.time_ns(), tuple(files)))
        self._look_at_what_cooled()

    def keep(self) -> None:
        """Hand over what was learnt."""
        self._look_at_what_cooled()
        fresh, self._fresh = self._fresh, []
        self._keep(fresh)

    def _look_at_what_cooled(self) -> None:
        now = time.time_ns()
        while self._warm and now - self._warm[0][0] > _STILL_WARM:
            for path in self._warm.popleft()[1]:
                with suppress(OSError):
                    self.digest(path)

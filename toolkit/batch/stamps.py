"""The SHA-256 of files that have not changed, without reading them."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from toolkit.desk import digest_of

_STILL_WARM = 2_000_000_000  # nanoseconds; the clock of a file system may be this coarse


class Stamps:
    """What is known of files by what `stat` says of them: size, times of change, inode.

    Two changes within one tick of a file system's clock look the same; a file is therefore remembered only when it has
    been left alone for a while.
    """

    def __init__(self, known: Mapping[str, tuple[str, str]]) -> None:
        self._known = known
        self.fresh: dict[str, tuple[str, str]] = {}

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
            self.fresh[key] = (stamp, digest)
        return digest

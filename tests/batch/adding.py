"""What another process does under the lock of a report; apart, so that it starts quickly."""

from __future__ import annotations

import time
from pathlib import Path

from toolkit.locks import one_writer
from toolkit.workspace import Workspace


def add_many(root: Path, report: str, count: int) -> None:
    """Add one to the number in a file, `count` times, in a way that another's addition in between would be lost."""
    path = root / "number"
    for _ in range(count):
        with one_writer(Workspace(root), report):
            number = int(path.read_text("utf-8"))
            time.sleep(0.001)
            path.write_text(str(number + 1), encoding="utf-8")

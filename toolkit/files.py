"""Files appear whole or not at all, and only when they change."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from toolkit.errors import OutputError


def sha256(data: bytes) -> str:
    """Hex SHA-256 of `data`."""
    return hashlib.sha256(data).hexdigest()


def hash_of(*parts: str) -> str:
    """Hex SHA-256 over several texts; no two different lists of texts give the same input."""
    return sha256(json.dumps(parts, ensure_ascii=True).encode("ascii"))


def json_bytes(value: Any) -> bytes:
    """`value` as readable UTF-8 JSON with a final newline; the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def write_whole(path: Path, data: bytes) -> bool:
    """Make `path` hold `data`: temp file beside it, fsync, rename.

    Returns False, and touches nothing, when it already does.  Raises `OutputError` when the folder
    cannot be made or written, or the disk is full; the old file is then still there, whole.
    """
    try:
        path = path.resolve()  # a link stays a link
        if path.exists() and not path.is_file():
            raise OutputError("is no ordinary file", path=path, remedy="Name a file, or one that is not there yet")
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(0o666 & ~_UMASK)
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as fault:
        raise OutputError(
            f"could not be written ({fault.strerror or fault})",
            path=path,
            remedy="Make room or mend the permissions of the folder, then run the command again",
        ) from fault
    return True


def _current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


_UMASK = _current_umask()  # read once: asking for it changes it for a moment, for every thread

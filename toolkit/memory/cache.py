"""Where the indexes of a folder of memories live, one writer at a time, and large files that appear whole.

The cache is `.cache` inside the folder of the TMX files.  It may be deleted at any time: nothing in it is the truth.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from toolkit.errors import OutputError
from toolkit.locks import opened, sign, wait_for

_ROOM = "Make room or mend the permissions of the folder, then run the command again"


def cache_of(folder: Path) -> Path:
    """The cache folder of `folder`, made if it is not there; git passes over it.  Raises `OSError`."""
    cache = folder / ".cache"
    if not cache.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        (cache / ".gitignore").write_text("*\n", encoding="ascii")
    return cache


@contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Wait until no other process writes memories in `folder`, and keep the others waiting meanwhile.

    The lock ends with the process, however that ends.  Raises `OutputError` when the folder cannot be written, or the
    other has not ended after a minute.
    """
    try:
        stream = _locked(folder)
    except OSError as fault:
        raise OutputError(f"could not be written ({fault.strerror})", path=folder, remedy=_ROOM) from fault
    with stream:
        yield


def _locked(folder: Path) -> IO[bytes]:
    path = cache_of(folder) / "memory.lock"
    while True:
        stream = opened(path)
        try:
            wait_for(stream, folder, holder=path)
            if path.exists() and os.path.samestat(path.stat(), os.fstat(stream.fileno())):
                sign(stream)
                return stream
        except BaseException:
            stream.close()
            raise
        stream.close()  # somebody deleted the cache while we waited: what we hold keeps nobody out


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """A name for a file beside `path` that takes its place when the block ends, and is gone when it fails.

    For what `write_whole` cannot take, because it does not fit into memory.  Raises `OutputError`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        os.close(descriptor)
        aside = Path(name)
        try:
            yield aside
            with aside.open("rb+") as stream:
                os.fsync(stream.fileno())
            aside.chmod(path.stat().st_mode if path.exists() else _ordinary_mode(path.parent))
            aside.replace(path)
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise
    except OSError as fault:
        raise OutputError(f"could not be written ({fault.strerror or fault})", path=path, remedy=_ROOM) from fault


def _ordinary_mode(folder: Path) -> int:
    """Readable and writable for whoever may read and write the folder."""
    return folder.stat().st_mode & 0o666

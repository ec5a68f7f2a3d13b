"""The index of a TMX file as the cache has it, or made again when the file changed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote

import toolkit
from toolkit.errors import OutputError, SourceError
from toolkit.memory.cache import cache_of, written_aside
from toolkit.memory.index import FORM, Index, build_index
from toolkit.memory.tmx import iter_tmx
from toolkit.memory.unit import MemoryUnit

Progress = Callable[[int], None]
_HASHED_EVERY_TIME = 4_000_000  # bytes; a larger file of the same size and time is taken to be the same
_ATTEMPTS = 3


def open_index(path: Path, *, progress: Progress | None = None) -> Index:
    """The index of the TMX file at `path`.

    It is kept in the cache beside the file, and made again when the file is not the one it was made from; where the
    cache cannot be written, it is made in a temporary place.  `progress` is told the number of units read so far.

    Raises `SourceError` for a file that cannot be read as TMX.
    """
    index = kept_index(path)
    for _ in range(_ATTEMPTS):
        if index is not None:
            return index
        try:
            write_index(path, iter_tmx(path), progress=progress)
        except OutputError:
            break
        index = kept_index(path)  # none if somebody wrote the file meanwhile
    connection = _connected("")
    build_index(connection, path.name, iter_tmx(path), progress=progress)
    return Index(connection, path.name)


def kept_index(path: Path) -> Index | None:
    """The index in the cache, if it is there and the TMX file at `path` is the one it was made from."""
    try:
        uri = f"file:{quote(str(index_file(path).absolute()))}?mode=ro&immutable=1"
        index = Index(_connected(uri), path.name, path.parent / ".cache")
    except (sqlite3.Error, KeyError):  # not there, or damaged
        return None
    if _is_current(index.facts, path):
        return index
    index.close()
    return None


def index_of(units: Iterable[MemoryUnit]) -> Index:
    """An index in memory, for units that are in no file."""
    connection = _connected(":memory:")
    build_index(connection, "", units)
    return Index(connection, "")


def index_file(path: Path) -> Path:
    """Where the index of the TMX file at `path` is kept."""
    return path.parent / ".cache" / f"{path.name}.sqlite"


def write_index(
    path: Path, units: Iterable[MemoryUnit], *, aside: Path | None = None, progress: Progress | None = None
) -> int:
    """Keep an index of `units`, which are those of the TMX file at `path`; returns how many.

    `aside` is where that file is being written while the units go by, before it takes its place.

    Raises `OutputError` when the cache cannot be written.
    """
    try:
        cache_of(path.parent)
        with written_aside(index_file(path)) as new:
            connection = _connected(str(new))
            try:
                stamp = {} if aside else _stamp(path)
                count = build_index(connection, path.name, units, progress=progress)
                stamp = _stamp(aside) if aside else stamp
                connection.executemany("INSERT INTO meta VALUES (?, ?)", stamp.items())
            finally:
                connection.close()
    except (sqlite3.Error, OSError) as fault:
        remedy = "Make room, or mend the permissions of the folder"
        raise OutputError(f"could not be written ({fault})", path=index_file(path), remedy=remedy) from fault
    return count


def _connected(name: str) -> sqlite3.Connection:
    """A database that any thread may read; an empty name means a temporary file that nobody sees."""
    return sqlite3.connect(name, uri=name.startswith("file:"), check_same_thread=False, isolation_level=None)


def _stamp(path: Path) -> dict[str, object]:
    """What tells one state of a file from another, and who made the index."""
    try:
        times = path.stat()
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as fault:
        remedy = "Mend the permissions of the file"
        raise SourceError(f"could not be read ({fault.strerror})", path=path, remedy=remedy) from fault
    return {"made_by": toolkit.__version__, "size": times.st_size, "time": times.st_mtime_ns, "sha256": digest}


def _is_current(facts: dict[str, object], path: Path) -> bool:
    if facts.get("form") != FORM or facts.get("made_by") != toolkit.__version__ or not path.exists():
        return False
    times = path.stat()
    if facts.get("size") != times.st_size:
        return False
    if facts.get("time") == times.st_mtime_ns and times.st_size > _HASHED_EVERY_TIME:
        return True
    return facts.get("sha256") == _stamp(path)["sha256"]

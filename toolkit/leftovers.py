"""Bulletins in dist/ of editions that are no longer made: which they are, and how they go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.errors import OutputError
from toolkit.record import BuildRecord, read_record

SUFFIXES = ("pdf", "docx")


@dataclass(frozen=True)
class Pruned:
    """What became of the old bulletins of one report: paths that are `gone`, and those `kept` that someone changed."""

    gone: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()


def left_over(record: BuildRecord, report: str, editions: Collection[str]) -> tuple[str, ...]:
    """The files that a build of `report` typeset once, and that none of the `editions` (by name) is printed as."""
    made = {f"{report}-{edition}.{suffix}" for edition in editions for suffix in SUFFIXES}
    typeset = (name for name, origin in record.typeset.items() if origin)  # lists for people have none
    return tuple(sorted(name for name in typeset if name not in made))


def prune(dist: Path, report: str, editions: Collection[str]) -> Pruned:
    """Delete the old bulletins in `dist` that are as a build wrote them; whoever calls holds the report's lock.

    One that someone changed stays, and is a person's file from now on.  Raises `OutputError` when one cannot be
    deleted.
    """
    before = record = read_record(dist)
    gone: list[Path] = []
    kept: list[Path] = []
    try:
        for name in left_over(record, report, editions):
            path = dist / name
            if record.has_intact(name, dist):
                _delete(path)
                gone.append(path)
            elif path.exists():
                kept.append(path)
            record = _without(record, name)
    finally:
        if record != before:
            record.write(dist)
    return Pruned(tuple(gone), tuple(kept))


def _delete(path: Path) -> None:
    try:
        path.unlink()
    except OSError as fault:
        raise OutputError(
            f"could not be deleted ({fault.strerror})",
            path=path,
            remedy="Close it, or mend the permissions of its folder",
        ) from fault


def _without(record: BuildRecord, name: str) -> BuildRecord:
    """The record without the file `name`."""
    return replace(
        record,
        outputs=_rest(record.outputs, name),
        replaced=_rest(record.replaced, name),
        accepted=_rest(record.accepted, name),
        typeset=_rest(record.typeset, name),
        pages={key: count for key, count in record.pages.items() if key != name},
    )


def _rest(table: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in table.items() if key != name}

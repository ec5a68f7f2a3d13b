"""review.jsonl beside a report: what people did to its segments, one line each, in order; nothing is ever taken out.

A line has the act it belongs to, its kind, who did it, when, through what (a file, a command), and the unit before and
after.  Words that a file brought and that were not taken stand there too, so that they outlive the file.
"""

from __future__ import annotations

import errno
import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

from toolkit.errors import OutputError, SourceError
from toolkit.files import hash_of
from toolkit.languages import Language
from toolkit.report.inline import Code, InlineText
from toolkit.translation.draft import DraftUnit, Origin, OriginKind, Review, State, target_hash

FILE_NAME = "review.jsonl"
_ID_LENGTH = 8


class ActKind(StrEnum):
    """What a person did."""

    ACCEPT = "accept"  # took in an edited file
    SIGN = "sign"
    UNSIGN = "unsign"
    UNDO = "undo"
    LEFT = "left"  # words of an edited file that were not taken; no unit changed


@dataclass(frozen=True)
class Version:
    """A unit as it stood before or after an act: all of it that an undo needs."""

    target: InlineText
    state: State
    origin: Origin | None = None
    review: Review | None = None
    note: str = ""
    drafted: str = ""

    @classmethod
    def of(cls, unit: DraftUnit) -> Version:
        """The version of `unit` that stands now."""
        return cls(unit.target, unit.state, unit.origin, unit.review, unit.note, unit.drafted)

    def stands_in(self, unit: DraftUnit) -> bool:
        """Whether `unit` still has this text in this state."""
        return target_hash(unit.target) == target_hash(self.target) and unit.state is self.state


@dataclass(frozen=True)
class Entry:
    """One line: one segment in one language in one act.  `reason` tells why words were left; `undoes` names an act."""

    act: str
    kind: ActKind
    at: str
    by: str
    via: str
    language: Language | None
    segment_id: str
    source: str = ""
    before: Version | None = None
    after: Version | None = None
    text: str = ""
    reason: str = ""
    undoes: str = ""


@dataclass(frozen=True)
class Journal:
    """All entries, oldest first.  `broken` are the lines that could not be read: a power cut leaves at most one."""

    entries: tuple[Entry, ...] = ()
    broken: tuple[int, ...] = ()

    def of_segment(self, segment_id: str) -> tuple[Entry, ...]:
        """What happened to one segment, oldest first."""
        return tuple(entry for entry in self.entries if entry.segment_id == segment_id)

    def acts(self) -> dict[str, tuple[Entry, ...]]:
        """The entries by act, oldest act first."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.act, []).append(entry)
        return {act: tuple(entries) for act, entries in found.items()}

    def hashes_of(self, segment_id: str, language: Language) -> frozenset[str]:
        """The hashes of every text this segment is known to have had in `language`."""
        versions = (
            version
            for entry in self.of_segment(segment_id)
            if entry.language == language
            for version in (entry.before, entry.after)
        )
        return frozenset(target_hash(version.target) for version in versions if version is not None and version.target)


def new_act(kind: ActKind, at: str, by: str, changed: Iterable[str], journal: Journal) -> str:
    """An id for an act, that no act in `journal` has: a letter and eight hex digits."""
    taken = {entry.act for entry in journal.entries}
    what = [kind, at, by, *changed]
    number = 0
    while (act := "a" + hash_of(*what, str(number))[:_ID_LENGTH]) in taken:
        number += 1
    return act


def append(path: Path, entries: Sequence[Entry]) -> None:
    """Add `entries` to the journal at `path` in one write, synced to the disk.  Raises `OutputError`."""
    if not entries:
        return
    lines = (json.dumps(_as_dict(entry), ensure_ascii=False) + "\n" for entry in entries)
    data = "".join(lines).encode("utf-8", "replace")  # half a surrogate pair is all that this replaces
    try:
        with path.open("ab+", buffering=0) as stream:
            size = stream.seek(0, os.SEEK_END)
            if size and _last_byte(stream, size) != b"\n":
                data = b"\n" + data  # what a power cut left stays a line of its own
            if stream.write(data) != len(data):
                stream.truncate(size)
                raise OSError(errno.ENOSPC, "no space left on the device")
            os.fsync(stream.fileno())
    except OSError as fault:
        raise OutputError(
            f"could not be written ({fault.strerror or fault})",
            path=path,
            remedy="Make room or mend the permissions, then run the command again; nothing was changed",
        ) from fault


def _last_byte(stream: io.FileIO, size: int) -> bytes:
    stream.seek(size - 1)
    return stream.read(1)


def read_journal(path: Path) -> Journal:
    """The journal at `path`, empty when there is none.  Lines that are no entries are skipped and named in `broken`.

    Raises `SourceError` when the file cannot be read at all.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return Journal()
    except OSError as fault:
        raise SourceError(
            f"could not be read ({fault.strerror})", path=path, remedy="Mend its permissions, or move it away"
        ) from fault
    entries: list[Entry] = []
    broken: list[int] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entries.append(_entry(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError):
            broken.append(number)
    return Journal(tuple(entries), tuple(broken))


def _as_dict(entry: Entry) -> dict[str, Any]:
    values: dict[str, Any] = {
        "act": entry.act,
        "kind": entry.kind,
        "at": entry.at,
        "by": entry.by,
        "via": entry.via,
        "language": entry.language or "",
        "segment": entry.segment_id,
        "source": entry.source,
        "before": version_dict(entry.before),
        "after": version_dict(entry.after),
        "text": entry.text,
        "reason": entry.reason,
        "undoes": entry.undoes,
    }
    return {key: value for key, value in values.items() if value}


def version_dict(version: Version | None) -> dict[str, Any]:
    """A version for a machine; what is empty is left out, and None is empty."""
    if version is None:
        return {}
    values: dict[str, Any] = {
        "text": version.target.text,
        "codes": [[c.position, c.id, c.kind, c.ctype, c.element, c.data] for c in version.target.codes],
        "state": version.state,
        "note": version.note,
        "drafted": version.drafted,
    }
    if version.origin is not None:
        values["origin"] = [version.origin.kind, version.origin.detail, version.origin.score, version.origin.rung]
    if version.review is not None:
        values["review"] = [version.review.by, version.review.at, version.review.via]
    return {key: value for key, value in values.items() if value or key == "text"}


def _entry(values: Mapping[str, Any]) -> Entry:
    language = values.get("language") or None
    if language is not None and language not in get_args(Language):
        raise ValueError(language)
    return Entry(
        act=str(values["act"]),
        kind=ActKind(values["kind"]),
        at=str(values["at"]),
        by=str(values.get("by", "")),
        via=str(values.get("via", "")),
        language=language,
        segment_id=str(values.get("segment", "")),
        source=str(values.get("source", "")),
        before=_version(values.get("before")),
        after=_version(values.get("after")),
        text=str(values.get("text", "")),
        reason=str(values.get("reason", "")),
        undoes=str(values.get("undoes", "")),
    )


def _version(values: Mapping[str, Any] | None) -> Version | None:
    if not values:
        return None
    origin, review = values.get("origin"), values.get("review")
    return Version(
        InlineText(str(values["text"]), tuple(Code(*code) for code in values.get("codes", ()))),
        State(values["state"]),
        Origin(OriginKind(origin[0]), *origin[1:]) if origin else None,
        Review(*review) if review else None,
        str(values.get("note", "")),
        str(values.get("drafted", "")),
    )

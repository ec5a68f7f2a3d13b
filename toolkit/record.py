"""What was built from what: how a build knows that nothing changed, and that a person changed something in dist."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from toolkit.desk import Desk
from toolkit.errors import BulletinError, OutputError
from toolkit.files import hash_of, json_bytes, sha256, write_whole

RECORD_FILE = "build.json"
RELEASES_FOLDER = "releases"  # beside a report: pinned copies, which change nothing in its bulletins
Counts = Mapping[str, int]


@dataclass(frozen=True)
class BuildRecord:
    """The last build of one report, kept as build.json beside its files.

    `inputs` is the hash of all it was made from, empty after a failure; `outputs` the SHA-256 of each file,
    `replaced` that of the files a build was about to replace when it was cut off; `accepted` that of files a person
    edited and that were taken in since; `typeset` the hash of what a file was typeset from; `pages` per PDF; `counts`
    of segments by language and origin; `findings` by severity.
    """

    inputs: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)
    accepted: Mapping[str, str] = field(default_factory=dict)
    typeset: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, Counts] = field(default_factory=dict)
    findings: Counts = field(default_factory=dict)

    def has_intact(self, name: str, dist: Path) -> bool:
        """Whether the file `name` in `dist` is still as it was written."""
        path = dist / name
        return path.is_file() and sha256(path.read_bytes()) == self.outputs.get(name)

    def is_current(self, inputs: str, dist: Path) -> bool:
        """Whether a build from `inputs` would write what stands in `dist` already."""
        return bool(self.inputs) and inputs == self.inputs and all(self.has_intact(name, dist) for name in self.outputs)

    def with_file(self, name: str, output: str, origin: str, pages: int | None) -> BuildRecord:
        """This record with one more file."""
        return replace(
            self,
            outputs={**self.outputs, name: output},
            typeset={**self.typeset, name: origin},
            pages=self.pages if pages is None else {**self.pages, name: pages},
        )

    def write(self, dist: Path) -> None:
        """Keep the record in `dist`.  Raises `OutputError`."""
        write_whole(dist / RECORD_FILE, json_bytes(asdict(self)))


def read_record(dist: Path) -> BuildRecord:
    """The record in a report's dist folder; an empty one when it is absent or not one of ours."""
    try:
        return BuildRecord(**json.loads((dist / RECORD_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return BuildRecord()


def mark_accepted(dist: Path, name: str, digest: str) -> None:
    """Note that the edited file `name` in `dist`, with this SHA-256, was taken in: a build may replace it.

    Edited again it is a person's again.  Raises `OutputError`.
    """
    before = read_record(dist)
    replace(before, accepted={**before.accepted, name: digest}).write(dist)


def inputs_fingerprint(folder: Path, desk: Desk) -> str:
    """Hash of the report's own files (drafts included) and of all it shares with others."""
    own = [f"{path.name} {sha256(path.read_bytes())}" for path in sorted(folder.iterdir()) if path.is_file()]
    own += [f"{path.relative_to(folder).as_posix()} {sha256(path.read_bytes())}" for path in _files_below(folder)]
    return hash_of(folder.name, *own, desk.fingerprint)


def _files_below(folder: Path) -> list[Path]:
    """What lies in the folders of a report, as its pictures may; what was released is nothing to build from."""
    inner = (one for one in folder.iterdir() if one.is_dir() and one.name != RELEASES_FOLDER)
    return sorted(path for one in inner for path in one.rglob("*") if path.is_file())


def publish(
    files: Mapping[str, bytes], record: BuildRecord, before: BuildRecord, dist: Path
) -> tuple[tuple[Path, ...], tuple[BulletinError, ...], BuildRecord]:
    """Write `files` into `dist`: those that changed, the faults, and the record of what now stands there.

    A file that a person changed since `before`, and that was not taken in, is left alone, with an error.  What is about
    to be written is recorded first, so that a build cut off in the middle still knows its own files.  One file's fault
    does not stop the others.  Raises `OutputError` when not even the record can be written.
    """
    ours = {
        name: {before.replaced.get(name), before.accepted.get(name), before.outputs.get(name), sha256(data)} - {None}
        for name, data in files.items()
    }
    standing = {name: sha256((dist / name).read_bytes()) for name in files if (dist / name).is_file()}
    replaced = {name: digest for name, digest in standing.items() if digest in ours[name]}
    intent = replace(record, inputs="", replaced={**before.outputs, **replaced})
    if any(_differs(dist / name, data) for name, data in files.items()):
        intent.write(dist)
    written: list[Path] = []
    errors: list[BulletinError] = []
    outputs = dict(record.outputs)
    for name, data in files.items():
        path = dist / name
        try:
            _refuse_to_overwrite_a_person(path, ours[name])
            if write_whole(path, data):
                written.append(path)
        except BulletinError as fault:
            errors.append(fault)
            outputs[name] = before.outputs.get(name, "")
    kept = {name: output for name, output in outputs.items() if output}
    return tuple(written), tuple(errors), replace(record, outputs=kept, replaced={})


def _differs(path: Path, data: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != data


def _refuse_to_overwrite_a_person(path: Path, ours: set[str | None]) -> None:
    if path.is_file() and sha256(path.read_bytes()) not in ours:
        raise OutputError(
            "was changed by someone since it was built, and is left as it is",
            path=path,
            remedy="Rename it to keep the changes, or delete it, then build again; bulletin accept takes a DOCX in",
        )

"""What was built from what: how a build knows that nothing changed, and that a person changed something in dist."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from toolkit.desk import Desk, digest_of
from toolkit.errors import BulletinError, OutputError, SourceError
from toolkit.files import hash_of, json_bytes, sha256, write_whole

RECORD_FILE = "build.json"
RELEASES_FOLDER = "releases"  # beside a report: pinned copies, which change nothing in its bulletins
GLOSSARIES = "glossaries"
TERMS = "terms"
Counts = Mapping[str, int]
Digest = Callable[[Path], str]


@dataclass(frozen=True)
class BuildRecord:
    """The last build of one report, kept as build.json beside its files.

    `inputs` is the hash of all it was made from, empty after a failure; `parts` the same kind by kind, and under
    `TERMS` of the terms that stand in the report.  `outputs` is the SHA-256 of each file, `replaced` that of the files
    a build was about to replace when it was cut off; `accepted` that of files a person edited and that were taken in
    since; `typeset` the hash of what a file was typeset from; `pages` per PDF; `counts` of segments by language and
    origin; `findings` by severity.
    """

    inputs: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)
    accepted: Mapping[str, str] = field(default_factory=dict)
    typeset: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, Counts] = field(default_factory=dict)
    findings: Counts = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)

    def has_intact(self, name: str, dist: Path, digest: Digest = digest_of) -> bool:
        """Whether the file `name` in `dist` is still as it was written."""
        path = dist / name
        try:
            return path.is_file() and digest(path) == self.outputs.get(name)
        except OSError:
            return False

    def damaged(self, dist: Path, digest: Digest = digest_of) -> tuple[str, ...]:
        """The files that are no longer in `dist` as they were written."""
        return tuple(name for name in self.outputs if not self.has_intact(name, dist, digest))

    def is_whole(self, dist: Path) -> bool:
        """Whether all files are in `dist` as they were written, and all went well when they were."""
        return bool(self.inputs) and not self.damaged(dist)

    def changes_since(self, parts: Mapping[str, str]) -> tuple[str, ...]:
        """The kinds of input that are no longer as they were; all of them where the record does not know."""
        return tuple(name for name, value in parts.items() if self.parts.get(name) != value)

    def is_current(self, inputs: str, dist: Path, digest: Digest = digest_of) -> bool:
        """Whether a build from `inputs` would write what stands in `dist` already."""
        return bool(self.inputs) and inputs == self.inputs and not self.damaged(dist, digest)

    def with_file(self, name: str, output: str, origin: str, pages: int | None) -> BuildRecord:
        """This record with one more file."""
        return replace(
            self,
            outputs={**self.outputs, name: output},
            typeset={**self.typeset, name: origin},
            pages=self.pages if pages is None else {**self.pages, name: pages},
        )

    def write(self, dist: Path) -> None:
        """Keep the record in `dist`: the same bytes in whatever order its files came to be.  Raises `OutputError`."""
        values = asdict(self)
        for name in ("outputs", "replaced", "accepted", "typeset", "pages"):
            values[name] = dict(sorted(values[name].items()))
        write_whole(dist / RECORD_FILE, json_bytes(values))


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


def inputs_of(folder: Path, desk: Desk, digest: Digest = digest_of) -> dict[str, str]:
    """Hash of each kind of input of a report: its own files, its drafts, and all that it shares with others.

    Raises `SourceError` when a file cannot be read.
    """
    try:
        files = [*sorted(path for path in folder.iterdir() if path.is_file()), *_files_below(folder)]
        hashes = {path.relative_to(folder).as_posix(): digest(path) for path in files if not is_unfinished(path)}
    except OSError as fault:
        raise SourceError(
            f"could not be read ({fault.strerror})", path=folder, remedy="Mend its permissions"
        ) from fault
    drafts = {name: value for name, value in hashes.items() if name.endswith(".xlf")}
    own = (f"{name} {value}" for name, value in hashes.items() if name not in drafts)
    return {
        "report": hash_of(folder.name, *own),
        "drafts": hash_of(*(f"{name} {value}" for name, value in drafts.items())),
        **desk.parts,
    }


def fingerprint_of(folder: Path, parts: Mapping[str, str]) -> str:
    """The hash over all `parts` of a report's inputs."""
    return hash_of(folder.name, *(f"{name} {value}" for name, value in sorted(parts.items())))


def inputs_fingerprint(folder: Path, desk: Desk) -> str:
    """Hash of the report's own files (drafts included) and of all it shares with others.  Raises `SourceError`."""
    return fingerprint_of(folder, inputs_of(folder, desk))


def is_unfinished(path: Path) -> bool:
    """Whether it is what a write that was cut off left behind; see `toolkit.files.write_whole`."""
    return path.name.startswith(".") and path.suffix == ".part"


def scraps_in(folder: Path) -> tuple[Path, ...]:
    """What writes left in `folder` that were cut off, or are under way."""
    try:
        return tuple(path for path in folder.iterdir() if is_unfinished(path))
    except OSError:
        return ()


def clear_scraps(folder: Path) -> None:
    """Delete them, for whoever holds the lock of the report: nobody else writes there."""
    for path in scraps_in(folder):
        with suppress(OSError):
            path.unlink()


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

"""Putting translations into a memory that people keep, taking them back, and undoing what was done last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.errors import SettingsError
from toolkit.memory.cache import one_writer
from toolkit.memory.history import Act, ActKind, append_act, new_act, read_history
from toolkit.memory.shelf import Shelf
from toolkit.memory.tmx import StandingUnit, mended, standing_units, unit_from_xml
from toolkit.memory.tmx_write import write_tmx
from toolkit.memory.unit import MemoryUnit

REVIEWED_FILE = "reviewed.tmx"


@dataclass(frozen=True)
class Remembered:
    """How many translations (a unit in two languages counts twice) were new, took the place of another, were there
    already, or were kept out because what stands there was reviewed and they were not, or earlier."""

    added: int = 0
    replaced: int = 0
    same: int = 0
    kept_out: int = 0


@dataclass(frozen=True)
class Forgotten:
    """How many translations were taken out, how many earlier ones came back in their place, and how many did not
    stand there any more."""

    removed: int = 0
    restored: int = 0
    missing: int = 0


@dataclass(frozen=True)
class Undone:
    """The act that was taken back, and what that did."""

    act: Act
    forgotten: Forgotten


def remember(folder: Path, units: Sequence[MemoryUnit], *, file: str = REVIEWED_FILE) -> Remembered:
    """Put `units` into `folder`/`file`, which is made if need be.

    A text that a person reviewed takes the place of the one that stands for the same source in the same context and
    language; with other sentences around it, it stands beside it.  What stood there before goes to the history.
    The file changes whole or not at all, and two processes wait for each other.

    Raises `SettingsError` for a name that is no TMX file's, `SourceError` when the file there cannot be read,
    `OutputError` when it cannot be written.
    """
    path = memory_file(folder, file)
    fresh = [replace(mended(unit), place="") for unit in units if unit.source]
    with one_writer(folder):
        shelf = Shelf(standing_units(path), fresh)
        counts = [shelf.put(unit) for unit in fresh]
        by = ", ".join(sorted({unit.reviewed_by for unit in fresh} - {""}))
        origin = ", ".join(sorted({unit.origin for unit in fresh} - {""}))
        _carry_out(path, shelf, "remember", by=by, origin=origin)
    return Remembered(*(sum(column) for column in zip(*counts, strict=True))) if counts else Remembered()


def forget(folder: Path, units: Sequence[MemoryUnit], *, file: str = REVIEWED_FILE) -> Forgotten:
    """Take exactly these texts out of `folder`/`file` again; what one of them replaced comes back from the history.

    A text that somebody changed meanwhile stays.  Raises as `remember` does.
    """
    path = memory_file(folder, file)
    gone = [mended(unit) for unit in units if unit.source]
    with one_writer(folder):
        shelf = Shelf(standing_units(path), gone)
        forgotten = _take_back(shelf, gone, _replaced_by(read_history(folder), file))
        _carry_out(path, shelf, "forget")
    return forgotten


def undo(folder: Path) -> Undone | None:
    """Take back the last act (remember, forget, import) that was not taken back yet; None when there is none.

    What somebody changed since stays, and counts as missing.  Raises as `remember` does.
    """
    with one_writer(folder):
        history = read_history(folder)
        taken_back = {act.undoes for act in history}
        act = next((one for one in reversed(history) if one.kind != "undo" and one.id not in taken_back), None)
        if act is None:
            return None
        path = memory_file(folder, act.file)
        forgotten = _undo_import(path, act) if act.kind == "import" else _undo_changes(path, act)
    return Undone(act, forgotten)


def memory_file(folder: Path, file: str) -> Path:
    """The path of a memory file.  Raises `SettingsError` for a name that is none."""
    if Path(file).name != file or not file.endswith(".tmx") or file.startswith("."):
        raise SettingsError(f"“{file}” is no name for a memory", path=folder, remedy="Choose one such as reviewed.tmx")
    return folder / file


def _carry_out(path: Path, shelf: Shelf, kind: ActKind, *, by: str = "", origin: str = "", undoes: str = "") -> None:
    if not shelf.changes and not undoes:
        return
    changes = tuple(shelf.changes)
    # History first: should the power fail between the two, no earlier text is lost.
    append_act(path.parent, new_act(kind, path.name, by=by, origin=origin, changes=changes, undoes=undoes))
    if changes:
        write_tmx(path, shelf.arranged(standing_units(path)))


Replaced = Callable[[MemoryUnit, str], tuple[MemoryUnit, ...]]


def _take_back(shelf: Shelf, units: Sequence[MemoryUnit], replaced: Replaced) -> Forgotten:
    removed = restored = missing = 0
    for unit in units:
        for language in unit.targets:
            if not shelf.take(unit, language):
                missing += 1
                continue
            removed += 1
            for earlier in replaced(unit, language):
                if shelf.is_free(earlier, language):
                    restored += shelf.put(earlier)[0]
    return Forgotten(removed, restored, missing)


def _replaced_by(history: Sequence[Act], file: str) -> Replaced:
    changes = [change for act in reversed(history) if act.file == file for change in act.changes if change.after]

    def replaced(unit: MemoryUnit, language: str) -> tuple[MemoryUnit, ...]:
        for change in changes:
            if (change.source, change.language) != (unit.source.text, language):
                continue
            after = unit_from_xml(change.after)
            if after.targets == {language: unit.targets[change.language]} and after.stands_where(unit):
                return tuple(map(unit_from_xml, change.before))
        return ()

    return replaced


def _undo_changes(path: Path, act: Act) -> Forgotten:
    pairs = [(_units((change.after,)), _units(change.before), change) for change in reversed(act.changes)]
    touched = [unit for after, before, _ in pairs for unit in (*after, *before)]
    shelf = Shelf(standing_units(path), touched)
    removed = restored = missing = 0
    for after, before, change in pairs:
        if after and not shelf.take(after[0], change.language):
            missing += 1
            continue
        removed += len(after)
        for earlier in before:
            if shelf.is_free(earlier, change.language):
                restored += shelf.put(earlier)[0]
            else:
                missing += 1
    _carry_out(path, shelf, "undo", undoes=act.id)
    return Forgotten(removed, restored, missing)


def _units(texts: Iterable[str]) -> tuple[MemoryUnit, ...]:
    return tuple(unit_from_xml(text) for text in texts if text)


def _undo_import(path: Path, act: Act) -> Forgotten:
    added = {f"{path.name}:{one}" for one in act.added.split()}
    removed = 0

    def left() -> Iterator[StandingUnit]:
        nonlocal removed
        for one in standing_units(path):
            if one.unit.place in added:
                removed += 1
            else:
                yield one

    append_act(path.parent, new_act("undo", path.name, undoes=act.id))
    if path.exists():
        write_tmx(path, left())
    return Forgotten(removed, 0, len(added) - removed)

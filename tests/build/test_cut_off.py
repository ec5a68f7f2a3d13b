"""A build that is cut off: what stands is whole, and the next run goes on from there."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.newsroom import LIBRARY, SCHOOL, results_of, retarget, write_school
from tests.cli.command import bulletin
from toolkit.files import write_whole
from toolkit.workspace import Workspace

FILES = 6  # written into dist by a first build, the record among them


@pytest.fixture
def expected(built_gaps: Workspace) -> dict[str, bytes]:
    """What a build that nobody disturbs leaves in dist."""
    return results_of(built_gaps, SCHOOL)


def cut_off_after(count: int, fault: Callable[[], BaseException], patch: pytest.MonkeyPatch) -> None:
    """Let `count` files through to dist, and then no more."""
    left = count

    def failing(path: Path, data: bytes) -> bool:
        nonlocal left
        if left == 0:
            raise fault()
        left -= 1
        return write_whole(path, data)

    patch.setattr("toolkit.record.write_whole", failing)


@pytest.mark.parametrize("count", [0, 1, 3, FILES])
def test_the_next_run_finishes_what_a_cut_off_one_began(
    count: int, workspace: Workspace, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_school(workspace)
    with monkeypatch.context() as patch:
        cut_off_after(count, KeyboardInterrupt, patch)
        assert bulletin("-C", workspace.root, "build").code == 130
    dist = workspace.dist / SCHOOL
    for path in dist.iterdir() if dist.exists() else ():
        assert path.name == "build.json" or path.read_bytes() == expected[path.name]
    assert bulletin("-C", workspace.root, "build").code == 0
    assert results_of(workspace, SCHOOL) == expected
    assert "nothing written" in bulletin("-C", workspace.root, "build").out


def rebuild_cut_off_after(count: int, workspace: Workspace, patch: pytest.MonkeyPatch) -> None:
    """Change a sentence of the small report, and cut its build off."""
    retarget(workspace.source / SCHOOL / "en.xlf", LIBRARY, "The headmaster promised a library.")
    with patch.context() as fault:
        cut_off_after(count, KeyboardInterrupt, fault)
        assert bulletin("-C", workspace.root, "build").code == 130


@pytest.mark.parametrize("count", [1, 3, FILES - 1])
def test_a_rebuild_cut_off_between_old_and_new_files_takes_neither_for_a_persons(
    count: int, gaps: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild_cut_off_after(count, gaps, monkeypatch)
    again = bulletin("-C", gaps.root, "build")
    assert again.code == 0, again.out
    assert "nothing written" in bulletin("-C", gaps.root, "build").out


def test_and_neither_does_one_that_is_changed_once_more_or_cut_off_twice(
    gaps: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild_cut_off_after(3, gaps, monkeypatch)
    retarget(gaps.source / SCHOOL / "en.xlf", LIBRARY, "The headmaster promised a library with a reading room.")
    with monkeypatch.context() as fault:
        cut_off_after(2, KeyboardInterrupt, fault)
        assert bulletin("-C", gaps.root, "build").code == 130
    again = bulletin("-C", gaps.root, "build")
    assert again.code == 0, again.out


def test_a_file_that_someone_changed_after_the_cut_is_still_theirs(
    gaps: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild_cut_off_after(2, gaps, monkeypatch)
    path = gaps.dist / SCHOOL / f"{SCHOOL}-review.docx"
    path.write_bytes(b"by hand")
    outcome = bulletin("-C", gaps.root, "build")
    assert outcome.code == 5
    assert path.read_bytes() == b"by hand"
    assert outcome.out.count("was changed by someone") == 1


def test_a_full_disk_is_said_and_leaves_no_scraps_and_the_next_run_finishes(
    workspace: Workspace, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_school(workspace)
    written = 0
    real = os.fsync

    def fsync(descriptor: int) -> None:
        nonlocal written
        written += 1
        if written > 5:  # two drafts, the record, two files
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        outcome = bulletin("-C", workspace.root, "build")
    assert outcome.code == 5
    assert "No space left on device" in outcome.out
    assert set(results_of(workspace, SCHOOL)) < set(expected)  # no scraps, and not all
    assert bulletin("-C", workspace.root, "build").code == 0
    assert results_of(workspace, SCHOOL) == expected


def test_one_file_that_cannot_be_written_does_not_stop_the_others(
    workspace: Workspace, expected: dict[str, bytes]
) -> None:
    write_school(workspace)
    in_the_way = workspace.dist / SCHOOL / f"{SCHOOL}-publishing.pdf"
    in_the_way.mkdir(parents=True)
    outcome = bulletin("-C", workspace.root, "build")
    assert outcome.code == 5
    assert f"dist/{SCHOOL}/{in_the_way.name}" in outcome.out
    assert f"{SCHOOL}: built in part" in outcome.out
    others = [name for name in expected if name != in_the_way.name]
    assert {name: (workspace.dist / SCHOOL / name).read_bytes() for name in others} == {
        name: expected[name] for name in others
    }
    in_the_way.rmdir()
    assert bulletin("-C", workspace.root, "build").code == 0
    assert in_the_way.read_bytes() == expected[in_the_way.name]
    assert "nothing written" in bulletin("-C", workspace.root, "build").out

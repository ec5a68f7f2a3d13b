"""A build and the commands of people write in one workspace: each waits for the other, nothing of either is lost."""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import os
import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.batch.adding import add_many
from tests.batch.conftest import files_in
from tests.batch.disturbed import wait_until
from tests.build.newsroom import (
    ENGLISH,
    LIBRARY,
    PUPILS,
    SCHOOL,
    TEXT,
    TITLE,
    draft_of,
    files_of,
    install,
    retarget,
    targets,
    unit_of,
    write_school,
)
from tests.cli.command import Outcome, bulletin
from toolkit import build as build_module
from toolkit import locks
from toolkit.errors import OutputError
from toolkit.glossary.history import glossary_lock
from toolkit.locks import one_writer, opened
from toolkit.locks import sign as sign_lock
from toolkit.memory.cache import one_writer as memory_lock
from toolkit.record import mark_accepted, read_record
from toolkit.translation.argos import Argos
from toolkit.translation.draft import OriginKind
from toolkit.workspace import Workspace

THEIR_WORDS = "The school counts 320 children."


@pytest.fixture
def school(workspace: Workspace, tmp_path: Path) -> Workspace:
    """The small report, built without an engine, and what people bring for it."""
    write_school(workspace)
    assert run(workspace, "build", "--engine", "assemble").code == 0
    (tmp_path / "theirs.txt").write_text("\n".join(ENGLISH.values()) + "\n", encoding="utf-8")
    return workspace


def run(workspace: Workspace, *arguments: str | Path) -> Outcome:
    return bulletin("-C", workspace.root, *arguments)


def draft(folder: Path, tmp: Path) -> tuple[str | Path, ...]:
    (folder / "bo.xlf").unlink()
    return ("draft", "--engine", "assemble")


def export(folder: Path, tmp: Path) -> tuple[str | Path, ...]:
    (folder / "bo.xlf").unlink()
    return ("export", SCHOOL, "--as", "xlsx")


def take_in_words(folder: Path, tmp: Path) -> tuple[str | Path, ...]:
    return ("import", SCHOOL, tmp / "theirs.txt", "-l", "en")


def align(folder: Path, tmp: Path) -> tuple[str | Path, ...]:
    return ("align", SCHOOL, tmp / "theirs.txt", "-l", "en", "--by", "Tashi")


def accept(folder: Path, tmp: Path) -> tuple[str | Path, ...]:
    retarget(folder / "en.xlf", PUPILS, THEIR_WORDS)
    return ("accept", folder / "en.xlf", "--by", "Tashi")


def sign(folder: Path, tmp: Path) -> tuple[str | Path, ...]:
    return ("sign", SCHOOL, "--by", "Tashi", "-l", "en")


def undo(folder: Path, tmp: Path) -> tuple[str | Path, ...]:
    edited = tmp / "edited.xlf"
    shutil.copy(folder / "en.xlf", edited)
    retarget(edited, PUPILS, THEIR_WORDS)
    assert bulletin("-C", folder.parents[1], "accept", edited, "--report", SCHOOL, "--by", "Tashi").code == 0
    return ("undo", SCHOOL, "--by", "Tashi")


def release(folder: Path, tmp: Path) -> tuple[str | Path, ...]:
    return ("release", SCHOOL, "--by", "Tashi")


def dismiss(folder: Path, tmp: Path) -> tuple[str | Path, ...]:
    retarget(folder / "en.xlf", PUPILS, "The school has 999 pupils.")
    checked = bulletin("-C", folder.parents[1], "check", SCHOOL, "--json")
    findings = checked.data["reports"][0]["findings"]
    finding = next(one["id"] for one in findings if one["check"] == "number")
    return ("dismiss", SCHOOL, finding, "--reason", "It is right.", "--by", "Tashi")


WRITERS = (draft, export, take_in_words, align, accept, sign, undo, release, dismiss)


@pytest.mark.parametrize("command", WRITERS)
def test_a_command_that_writes_waits_for_another_and_gives_up_with_a_word_on_who_writes(
    command: Callable[[Path, Path], Sequence[str | Path]],
    school: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arguments = command(school.source / SCHOOL, tmp_path)
    before = files_in(school.source), files_in(school.dist)
    with monkeypatch.context() as patch, one_writer(school, SCHOOL):
        patch.setattr(locks, "PATIENCE", 0.1)
        patch.setattr(locks, "PATIENCE_WITH_A_DRAFT", 0.1)
        outcome = run(school, *arguments)
    assert outcome.code == 5
    said = outcome.err + outcome.out
    assert "is being written by process" in said
    assert "Wait for it to end, then run the command again" in said
    assert (files_in(school.source), files_in(school.dist)) == before
    assert run(school, *arguments).code in (0, 1)
    assert (files_in(school.source), files_in(school.dist)) != before or command in (sign, release)


def test_it_says_for_whom_it_waits_and_then_goes_on(school: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "_SECONDS_UNTIL_TOLD", 0.05)
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with one_writer(school, SCHOOL):
            held.set()
            release.wait(20)

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(20)
    threading.Timer(0.3, release.set).start()
    outcome = run(school, "undo", SCHOOL, "--by", "Tashi")
    other.join()
    assert outcome.err.count(f"which writes “{SCHOOL}”") == 1
    assert "there is nothing to undo" in outcome.err


def test_two_processes_never_write_at_once_and_a_killed_one_leaves_no_lock(workspace: Workspace) -> None:
    (workspace.root / "number").write_text("0", encoding="utf-8")
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=add_many, args=(workspace.root, SCHOOL, 20)) for _ in range(2)]
    for one in others:
        one.start()
    for one in others:
        one.join(30)
    assert (workspace.root / "number").read_text("utf-8") == "40"
    last = context.Process(target=add_many, args=(workspace.root, SCHOOL, 100_000))
    last.start()
    wait_until(lambda: int((workspace.root / "number").read_text("utf-8") or 0) > 41)
    last.kill()
    last.join()
    with one_writer(workspace, SCHOOL, patience=5):
        pass


def test_who_holds_a_lock_for_good_is_not_waited_for_for_ever(workspace: Workspace) -> None:
    with (
        one_writer(workspace, "one"),
        pytest.raises(OutputError, match="is being written by"),
        one_writer(workspace, "one", patience=0.1),
    ):
        pass


@pytest.mark.parametrize(("name", "number"), [("try_lock", errno.ENOLCK), ("opened", errno.ENOSPC)])
def test_where_no_lock_can_be_had_nobody_waits_and_the_work_is_done_all_the_same(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    def refused(_: object) -> object:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(locks, name, refused)
    done = []
    with one_writer(workspace, "one", waiting=pytest.fail), one_writer(workspace, "one", waiting=pytest.fail):
        done.append("work")
    assert done == ["work"]


def test_a_lock_holds_on_a_full_disk_though_it_cannot_say_whose_it_is() -> None:
    full = Path("/dev/full")
    with opened(full) if full.exists() else contextlib.nullcontext() as stream:
        if stream is not None:
            sign_lock(stream)


def test_terms_and_memories_have_one_writer_too(school: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    add_term = ("terms", "add", "校舍", "--en", "school building")
    (school.root / "other.csv").write_text("zh,en\n校舍,school building\n", encoding="utf-8")
    import_memory = ("memory", "import", school.root / "other.csv")
    for lock, command in ((glossary_lock, add_term), (memory_lock, import_memory)):
        with monkeypatch.context() as patch, lock(school.glossaries):
            patch.setattr(locks, "PATIENCE", 0.1)
            outcome = run(school, *command)
        assert outcome.code == 5
        assert "is being written by" in outcome.err
        assert run(school, *command).code == 0


# What people do while an engine drafts


def build_while(
    workspace: Workspace, packages: Path, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> Outcome:
    """A build with a model; before that answers, people act."""
    install(packages, ENGLISH)
    real = Argos.translate
    acts = [act]

    def slow(self: Argos, *arguments: object) -> object:
        while acts:
            acts.pop()()
        return real(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Argos, "translate", slow)
    outcome = run(workspace, "build", "--engine", "argos")
    assert not acts
    return outcome


def test_a_translation_brought_in_meanwhile_goes_before_the_engine(
    school: Workspace, packages_of_this_test: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {**ENGLISH, PUPILS: THEIR_WORDS}
    (tmp_path / "theirs.txt").write_text("\n".join(words.values()) + "\n", encoding="utf-8")
    command = take_in_words(school.source / SCHOOL, tmp_path)
    build_while(school, packages_of_this_test, lambda: run(school, *command), monkeypatch)
    assert targets(draft_of(school, "en"))[PUPILS] == THEIR_WORDS
    assert str(unit_of(draft_of(school, "en"), PUPILS).origin) == "foreign theirs.txt"


def test_a_correction_meanwhile_stays_and_the_engine_still_fills_the_rest(
    school: Workspace, packages_of_this_test: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def correct() -> None:
        assert run(school, *accept(school.source / SCHOOL, tmp_path)).code == 0

    build_while(school, packages_of_this_test, correct, monkeypatch)
    assert targets(draft_of(school, "en")) == {**ENGLISH, PUPILS: THEIR_WORDS}
    review = unit_of(draft_of(school, "en"), PUPILS).review
    assert review is not None and review.by == "Tashi"


def test_what_was_taken_back_meanwhile_does_not_return(
    school: Workspace, packages_of_this_test: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = undo(school.source / SCHOOL, tmp_path)
    assert targets(draft_of(school, "en"))[PUPILS] == THEIR_WORDS
    build_while(school, packages_of_this_test, lambda: run(school, *command), monkeypatch)
    drafted = draft_of(school, "en")
    assert targets(drafted)[PUPILS] != THEIR_WORDS
    assert targets(drafted)[LIBRARY] == ENGLISH[LIBRARY]
    assert run(school, "build", "--engine", "argos").code == 0
    assert targets(draft_of(school, "en"))[PUPILS] == ENGLISH[PUPILS]


def test_a_correction_of_a_sentence_that_came_into_the_report_meanwhile_is_kept(
    school: Workspace, packages_of_this_test: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, new = school.source / SCHOOL, "学生很高兴。"

    def add_a_sentence_and_translate_it() -> None:
        write_school(school, text=f"{TEXT}{new}\n")
        assert run(school, "draft", "--engine", "assemble").code == 0
        edited = tmp_path / "edited.xlf"
        shutil.copy(folder / "en.xlf", edited)
        retarget(edited, new, "The pupils are glad.")
        assert run(school, "accept", edited, "--report", SCHOOL, "--by", "Tashi").code == 0

    build_while(school, packages_of_this_test, add_a_sentence_and_translate_it, monkeypatch)
    assert run(school, "build", "--engine", "assemble").code == 0
    unit = unit_of(draft_of(school, "en"), new)
    assert unit.target.text == "The pupils are glad."
    assert unit.origin is not None and unit.origin.kind is OriginKind.PERSON


# What others publish while a report is typeset


def typesetting_while(act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    real = build_module.typeset
    acts = [act]

    def slow(*arguments: object) -> object:
        made = real(*arguments)  # type: ignore[arg-type]
        while acts:
            acts.pop()()
        return made

    monkeypatch.setattr(build_module, "typeset", slow)


def test_a_report_that_a_worker_given_up_for_lost_has_published_meanwhile_is_whole(
    school: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    retarget(school.source / SCHOOL / "en.xlf", TITLE, "A school moves house")
    desk = build_module.Desk(school, "assemble")
    folder = school.source / SCHOOL
    typesetting_while(lambda: build_module.build_report(folder, build_module.Desk(school, "assemble")), monkeypatch)
    result = build_module.build_report(folder, desk)
    assert result.errors == ()
    assert read_record(school.dist / SCHOOL).is_whole(school.dist / SCHOOL)
    found = files_of(school, SCHOOL)
    assert run(school, "build", "--engine", "assemble").out.count("up to date")
    assert files_of(school, SCHOOL) == found


def test_an_edited_file_that_was_taken_in_meanwhile_is_not_forgotten(
    school: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    retarget(school.source / SCHOOL / "en.xlf", TITLE, "A school moves house")
    dist = school.dist / SCHOOL
    name = f"{SCHOOL}-publishing.docx"
    edited = (dist / name).read_bytes() + b" "

    def taken_in() -> None:
        (dist / name).write_bytes(edited)
        mark_accepted(dist, name, build_module.sha256(edited))

    typesetting_while(taken_in, monkeypatch)
    outcome = run(school, "build", "--engine", "assemble")
    assert outcome.code == 0, outcome.out
    assert (dist / name).read_bytes() != edited


def test_what_was_taken_in_while_a_new_term_is_found_not_to_matter_is_not_forgotten(
    school: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(school, "terms", "add", "校舍楼", "--en", "school block").code == 0
    dist = school.dist / SCHOOL
    real = build_module.current_but_for_other_terms

    def slow(*arguments: object) -> object:
        found = real(*arguments)  # type: ignore[arg-type]
        assert found is not None
        mark_accepted(dist, "sheet.xlsx", "0" * 64)
        return found

    monkeypatch.setattr(build_module, "current_but_for_other_terms", slow)
    assert run(school, "build", "--engine", "assemble").code == 0
    assert read_record(dist).accepted == {"sheet.xlsx": "0" * 64}


def test_an_export_is_not_swept_away_by_a_build_that_clears_up(
    school: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, one_writer(school, SCHOOL):
        patch.setattr(locks, "PATIENCE", 0.1)
        outcome = run(school, "export", SCHOOL)
    assert outcome.code == 5 and "is being written by" in outcome.err
    assert run(school, "export", SCHOOL).code == 0


# The name that is taken


def test_no_report_is_called_as_the_folder_of_the_volumes(school: Workspace, tmp_path: Path) -> None:
    write_school(school, "Volumes")
    outcome = run(school, "build", "--engine", "assemble")
    assert outcome.code == 2
    assert "a report cannot be called “Volumes”: dist/volumes is where bulletin volume writes" in outcome.out
    assert "1 up to date" in outcome.out
    assert not (school.dist / "Volumes").exists()
    outcome = run(school, "add", tmp_path / "theirs.txt", "--name", "volumes")
    assert outcome.code == 2
    assert "Give it another name" in outcome.err
    assert not (school.source / "volumes").exists()

"""Reviewed text goes in, comes out again, and nothing is lost on the way."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest

from tests.memory.units import unit
from toolkit.errors import OutputError, SettingsError, SourceError
from toolkit.memory import Forgotten, MemoryUnit, Remembered, forget, read_memory, read_tmx, remember, undo
from toolkit.memory.history import HISTORY_FILE, read_history
from toolkit.report import InlineText

MORNING, EVENING = "2026-11-25T06:00:00Z", "2026-11-25T18:00:00Z"


def texts(folder: Path, language: str = "en") -> list[str]:
    path = folder / "reviewed.tmx"
    units = read_tmx(path) if path.exists() else ()
    return [one.targets[language].text for one in units if language in one.targets]  # type: ignore[index]


def test_what_was_remembered_is_found(tmp_path: Path) -> None:
    one = unit("会议开始。", "The meeting begins.", by="Tashi", at=MORNING, origin="gannan-2023", before="大家好。")
    assert remember(tmp_path, [one]) == Remembered(added=1)
    (match,) = read_memory(tmp_path).exact("会议开始。", "en", before="大家好。")
    assert match.in_context
    assert (match.unit.reviewed_by, match.unit.reviewed_at, match.unit.origin) == ("Tashi", MORNING, "gannan-2023")


def test_a_newer_reviewed_text_replaces_the_older_one_in_its_place(tmp_path: Path) -> None:
    remember(
        tmp_path, [unit("会议开始。", "A", by="Tashi", at=MORNING), unit("结束。", "End.", by="Tashi", at=MORNING)]
    )
    assert remember(tmp_path, [unit("会议开始。", "B", by="Drolma", at=EVENING)]) == Remembered(replaced=1)
    assert texts(tmp_path) == ["B", "End."]


def test_what_was_replaced_stands_in_the_history_with_who_and_when(tmp_path: Path) -> None:
    remember(tmp_path, [unit("会议开始。", "A", by="Tashi", at=MORNING)])
    remember(tmp_path, [unit("会议开始。", "B", by="Drolma", at=EVENING, origin="gannan-2023")])
    act = read_history(tmp_path)[-1]
    (change,) = act.changes
    assert (act.kind, act.by, act.origin, change.source, change.language) == (
        *("remember", "Drolma", "gannan-2023"),
        *("会议开始。", "en"),
    )
    assert "<seg>A</seg>" in change.before[0]
    assert 'changeid="Tashi"' in change.before[0]
    assert "<seg>B</seg>" in change.after


def test_the_same_text_again_changes_nothing_and_is_no_act(tmp_path: Path) -> None:
    one = unit("会议开始。", "A", by="Tashi", at=MORNING)
    remember(tmp_path, [one])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert remember(tmp_path, [unit("会议开始。", "A", by="Tashi", at=EVENING), unit("会议开始。", "A")]) == Remembered(
        same=2
    )
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_another_context_makes_a_second_unit(tmp_path: Path) -> None:
    remember(tmp_path, [unit("同意。", "Agreed.", by="Tashi", at=MORNING, before="问。")])
    assert remember(tmp_path, [unit("同意。", "Approved.", by="Tashi", at=EVENING, before="报告。")]) == Remembered(
        added=1
    )
    assert texts(tmp_path) == ["Agreed.", "Approved."]


def test_another_language_leaves_the_first_alone(tmp_path: Path) -> None:
    remember(tmp_path, [unit("同意。", "Agreed.", by="Tashi", at=MORNING)])
    assert remember(tmp_path, [unit("同意。", "", "མོས་མཐུན།", by="Drolma", at=EVENING)]) == Remembered(added=1)
    found = {one.reviewed_by: set(one.targets) for one in read_tmx(tmp_path / "reviewed.tmx")}
    assert found == {"Tashi": {"en"}, "Drolma": {"bo"}}


def test_two_languages_of_one_act_stand_in_one_unit_and_part_when_one_is_corrected(tmp_path: Path) -> None:
    remember(
        tmp_path,
        [unit("同意。", "Agreed.", by="Tashi", at=MORNING), unit("同意。", "", "མོས་མཐུན།", by="Tashi", at=MORNING)],
    )
    assert len(read_tmx(tmp_path / "reviewed.tmx")) == 1
    remember(tmp_path, [unit("同意。", "Approved.", by="Drolma", at=EVENING)])
    assert (texts(tmp_path, "en"), texts(tmp_path, "bo")) == (["Approved."], ["མོས་མཐུན།"])


def test_what_nobody_reviewed_does_not_replace_what_somebody_did(tmp_path: Path) -> None:
    remember(tmp_path, [unit("同意。", "Agreed.", by="Tashi", at=EVENING)])
    assert remember(tmp_path, [unit("同意。", "Ok.")]) == Remembered(kept_out=1)
    assert remember(tmp_path, [unit("同意。", "Old.", by="Drolma", at=MORNING)]) == Remembered(kept_out=1)
    assert texts(tmp_path) == ["Agreed."]


def test_a_sentence_is_the_same_however_its_punctuation_was_typed(tmp_path: Path) -> None:
    remember(tmp_path, [unit("同意,好。", "A", by="Tashi", at=MORNING)])
    assert remember(tmp_path, [unit("同意，好。", "B", by="Tashi", at=EVENING)]) == Remembered(replaced=1)
    assert forget(tmp_path, [unit("同意,好。", "B")]) == Forgotten(removed=1, restored=1)


def test_forgetting_takes_out_just_that_text_and_brings_back_what_it_replaced(tmp_path: Path) -> None:
    remember(tmp_path, [unit("同意。", "A", by="Tashi", at=MORNING), unit("结束。", "End.", by="Tashi", at=MORNING)])
    remember(tmp_path, [unit("同意。", "B", by="Drolma", at=EVENING)])
    assert forget(tmp_path, [unit("同意。", "A")]) == Forgotten(missing=1)
    assert forget(tmp_path, [unit("同意。", "B")]) == Forgotten(removed=1, restored=1)
    (back, _) = read_tmx(tmp_path / "reviewed.tmx")
    assert (back.targets["en"].text, back.reviewed_by, back.reviewed_at) == ("A", "Tashi", MORNING)


def test_forgetting_what_is_in_another_context_takes_nothing(tmp_path: Path) -> None:
    remember(tmp_path, [unit("同意。", "A", by="Tashi", at=MORNING, before="问。")])
    assert forget(tmp_path, [unit("同意。", "A")]) == Forgotten(missing=1)
    assert texts(tmp_path) == ["A"]


def test_undo_goes_back_act_by_act_to_where_it_began(tmp_path: Path) -> None:
    first = unit("同意。", "A", by="Tashi", at=MORNING)
    remember(tmp_path, [first, unit("结束。", "End.", by="Tashi", at=MORNING)])
    beginning = (tmp_path / "reviewed.tmx").read_bytes()
    remember(tmp_path, [unit("同意。", "B", by="Drolma", at=EVENING)])
    forget(tmp_path, [unit("结束。", "End.")])
    kinds = []
    for expected in (["B", "End."], ["A", "End."], []):
        done = undo(tmp_path)
        assert done is not None
        kinds.append(done.act.kind)
        assert sorted(texts(tmp_path)) == expected
        if expected == ["A", "End."]:
            assert sorted(beginning.splitlines()) == sorted((tmp_path / "reviewed.tmx").read_bytes().splitlines())
    assert kinds == ["forget", "remember", "remember"]
    assert undo(tmp_path) is None
    assert not (tmp_path / "reviewed.tmx").exists()


def test_undo_leaves_what_somebody_changed_in_the_file_since(tmp_path: Path) -> None:
    remember(tmp_path, [unit("同意。", "A", by="Tashi", at=MORNING)])
    path = tmp_path / "reviewed.tmx"
    path.write_text(path.read_text(encoding="utf-8").replace("<seg>A</seg>", "<seg>Mine</seg>"), encoding="utf-8")
    done = undo(tmp_path)
    assert done is not None
    assert done.forgotten == Forgotten(missing=1)
    assert texts(tmp_path) == ["Mine"]


def test_what_other_programs_put_into_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.tmx"
    theirs = (
        '<tu tuid="x" usagecount="3"><prop type="x-client">Gansu</prop><tuv xml:lang="zh-CN"><seg>结束。</seg></tuv>'
        '<tuv xml:lang="fr"><seg>Fin.</seg></tuv></tu>'
    )
    header = '<header creationtool="Other" srclang="fr"><prop type="x">y</prop></header>'
    path.write_text(f'<tmx version="1.4">{header}<body>{theirs}</body></tmx>', encoding="utf-8")
    remember(tmp_path, [unit("同意。", "A", by="Tashi", at=MORNING)])
    text = path.read_text(encoding="utf-8")
    assert theirs in text
    assert header in text
    assert len(read_tmx(path)) == 2


def test_codes_survive_history_and_return(tmp_path: Path) -> None:
    from toolkit.report.inline import Code

    bold = InlineText("Agreed", (Code(0, "1", "open", "bold", "g"), Code(6, "1", "close", "bold", "g")))
    one = MemoryUnit(InlineText("同意。"), {"en": bold}, "Tashi", {}, "", MORNING)
    remember(tmp_path, [one])
    remember(tmp_path, [unit("同意。", "Agreed", by="Tashi", at=EVENING)])
    assert undo(tmp_path) is not None
    assert read_tmx(tmp_path / "reviewed.tmx")[0].targets["en"] == bold


def test_a_torn_last_line_of_the_history_costs_only_that_line(tmp_path: Path) -> None:
    remember(tmp_path, [unit("同意。", "A", by="Tashi", at=MORNING)])
    history = tmp_path / HISTORY_FILE
    history.write_bytes(history.read_bytes() + b'{"id": "x", "kind": "remem')
    remember(tmp_path, [unit("同意。", "B", by="Tashi", at=EVENING)])
    assert [act.kind for act in read_history(tmp_path)] == ["remember", "remember"]
    assert forget(tmp_path, [unit("同意。", "B")]) == Forgotten(removed=1, restored=1)
    assert all(json.loads(line) for line in history.read_bytes().splitlines() if b"remem" not in line[-8:])


@pytest.mark.parametrize("name", ["x.csv", "../x.tmx", ".tmx", "a/b.tmx", ""])
def test_a_name_that_is_no_memory_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="no name for a memory"):
        remember(tmp_path, [unit("同意。", "A")], file=name)


def test_a_broken_file_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.tmx"
    path.write_text("<tmx><body>\n<tu>", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        remember(tmp_path, [unit("同意。", "A")])
    assert (caught.value.path, caught.value.line) == (path, 2)
    assert path.read_text(encoding="utf-8") == "<tmx><body>\n<tu>"
    assert not (tmp_path / HISTORY_FILE).exists()


def test_a_full_disk_leaves_the_memory_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(tmp_path, [unit("同意。", "A", by="Tashi", at=MORNING)])
    before = (tmp_path / "reviewed.tmx").read_bytes()

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(OutputError, match="No space left"):
            remember(tmp_path, [unit("同意。", "B", by="Tashi", at=EVENING)])
    assert (tmp_path / "reviewed.tmx").read_bytes() == before
    assert not list(tmp_path.glob(".*.part"))
    assert forget(tmp_path, [unit("同意。", "B")]) == Forgotten(missing=1)


def remember_many(folder: Path, person: str) -> None:
    for number in range(10):
        remember(folder, [unit(f"第{number}句，{person}。", person, by=person, at=MORNING)])


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=remember_many, args=(tmp_path, person)) for person in ("甲", "乙")]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert len(set(texts(tmp_path))) == 2
    assert len(read_tmx(tmp_path / "reviewed.tmx")) == len(read_history(tmp_path)) == 20

"""Memories of others taken in, and ours given out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.memory.units import unit
from toolkit.errors import SettingsError, SourceError
from toolkit.memory import export_units, import_files, open_index, read_memory, read_tmx, tmx_bytes, undo
from toolkit.memory.history import HISTORY_FILE
from toolkit.memory.open_index import kept_index


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "glossaries"
    folder.mkdir()
    return folder


def a_file(tmp_path: Path, name: str, text: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


THEIRS = tmx_bytes(
    [
        unit("开始。", "Begin.", place="t:1", before="你好。", doubt="Really?"),
        unit("开始。", "Start.", place="t:2"),
        unit("结束。", "End.", "མཇུག", place="t:3", by="Tashi", at="2026-11-25T06:00:00Z"),
        unit("结束。", "End.", "མཇུག", place="t:4", by="Tashi", at="2026-11-25T06:00:00Z"),
    ]
)


def test_an_import_adds_all_but_what_is_there_word_for_word(tmp_path: Path, folder: Path) -> None:
    theirs = a_file(tmp_path, "theirs.tmx", THEIRS)
    first = import_files(folder, [theirs])
    assert (first.added, first.same, first.left_out) == (3, 1, 0)
    before = (folder / "imported.tmx").read_bytes()
    again = import_files(folder, [theirs])
    assert (again.added, again.same) == (0, 4)
    assert (folder / "imported.tmx").read_bytes() == before
    units = read_tmx(folder / "imported.tmx")
    assert [one.targets["en"].text for one in units] == ["Begin.", "Start.", "End."]
    assert (units[0].before, units[0].doubt("en"), units[2].reviewed_by) == ("你好。", "Really?", "Tashi")
    assert {one.origin for one in units} == {"theirs.tmx"}
    assert len({one.place for one in units}) == 3


def test_the_index_of_an_import_is_ready_and_true(tmp_path: Path, folder: Path) -> None:
    import_files(folder, [a_file(tmp_path, "theirs.tmx", THEIRS)])
    kept = kept_index(folder / "imported.tmx")
    assert kept is not None
    assert tuple(kept.units()) == read_tmx(folder / "imported.tmx")


def test_an_import_into_a_memory_keeps_what_stands_there_and_can_be_undone(tmp_path: Path, folder: Path) -> None:
    standing = tmx_bytes([unit("同意。", "Agreed.", place="i:1", by="Tashi", at="2026-11-25T06:00:00Z")])
    (folder / "imported.tmx").write_bytes(standing)
    import_files(folder, [a_file(tmp_path, "theirs.tmx", THEIRS)])
    assert len(read_tmx(folder / "imported.tmx")) == 4
    done = undo(folder)
    assert done is not None
    assert (done.act.kind, done.forgotten.removed, done.forgotten.missing) == ("import", 3, 0)
    assert (folder / "imported.tmx").read_bytes() == standing


def test_undoing_the_only_import_leaves_no_file(tmp_path: Path, folder: Path) -> None:
    import_files(folder, [a_file(tmp_path, "theirs.tmx", THEIRS)])
    undo(folder)
    assert list(folder.glob("*.tmx")) == []
    assert undo(folder) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "zh,en,bo\n开始。,Begin.,འགོ\n,lost,\n结束。,,\n'=1,'+2,\n"),
        ("a.csv", "\ufeffbo;zh;en\r\nའགོ;开始。;Begin.\r\n;;lost\r\n;结束。;\r\n;'=1;'+2\r\n"),
        ("a.tsv", "zh\ten\tbo\n开始。\tBegin.\tའགོ\n\tlost\n结束。\n'=1\t'+2\n"),
    ],
)
def test_tables_with_named_columns_come_in(tmp_path: Path, folder: Path, name: str, text: str) -> None:
    done = import_files(folder, [a_file(tmp_path, name, text)])
    assert (done.added, [one.line for _, one in done.skipped]) == (2, [3, 4])
    first, second = read_tmx(folder / "imported.tmx")
    assert (first.source.text, first.targets["en"].text, first.targets["bo"].text) == ("开始。", "Begin.", "འགོ")
    assert (second.source.text, second.targets["en"].text) == ("=1", "+2")


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("a.csv", "zh,fr\n开始。,x\n", 1, "neither a column en nor a column bo"),
        ("a.csv", "开始。,Begin.\n", 1, "zh"),
        ("a.csv", b"zh,en\n\xff\xfe\n", 2, "UTF-8"),
        ("a.tmx", "<tmx>\n<body><tu></body></tmx>", 2, "not well-formed"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_nothing_comes_in(
    tmp_path: Path, folder: Path, name: str, text: str | bytes, line: int, says: str
) -> None:
    good = a_file(tmp_path, "good.tmx", THEIRS)
    with pytest.raises(SourceError, match=says) as caught:
        import_files(folder, [good, a_file(tmp_path, name, text)])
    assert caught.value.line == line
    assert list(folder.glob("*.tmx")) == []
    assert not (folder / HISTORY_FILE).exists()


def test_a_memory_of_the_folder_is_not_imported_into_another(folder: Path) -> None:
    (folder / "m.tmx").write_bytes(THEIRS)
    with pytest.raises(SettingsError, match="in the memory already"):
        import_files(folder, [folder / "m.tmx"])


def test_an_export_as_tmx_is_the_memory(tmp_path: Path, folder: Path) -> None:
    (folder / "m.tmx").write_bytes(THEIRS)
    assert export_units(read_memory(folder), tmp_path / "out.tmx") == 4
    assert (tmp_path / "out.tmx").read_bytes() == THEIRS


def test_an_export_in_one_language_leaves_out_units_without_it(tmp_path: Path, folder: Path) -> None:
    (folder / "m.tmx").write_bytes(THEIRS)
    assert export_units(read_memory(folder), tmp_path / "out.tmx", languages=("bo",)) == 2
    assert {tuple(one.targets) for one in read_tmx(tmp_path / "out.tmx")} == {("bo",)}


def test_an_export_as_a_table_comes_back_the_same(tmp_path: Path, folder: Path) -> None:
    words = [unit("=1+1", "'@x", "\tའགོ"), unit('开始，"好"。', "a\nb")]
    assert export_units(words, tmp_path / "out.csv") == 2
    import_files(folder, [tmp_path / "out.csv"])
    back = [
        {language: text.text for language, text in one.targets.items()} for one in read_tmx(folder / "imported.tmx")
    ]
    assert back == [{"en": "'@x", "bo": "འགོ"}, {"en": "a\nb"}]
    open_index(folder / "imported.tmx").close()

"""The index: a cache that may go at any time, and finds what brute force would find."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from benchmarks.memory import altered, made_units
from tests.conftest import ROOT
from tests.memory.units import unit
from toolkit.errors import SourceError
from toolkit.memory import Memory, MemoryUnit, kept_index, open_index, read_memory, read_tmx, tmx_bytes
from toolkit.memory.cache import one_writer
from toolkit.memory.grams import block_of, grams_of
from toolkit.memory.open_index import index_file
from toolkit.memory.scores import without_figures

COUNT = 20_000


@pytest.fixture(scope="module")
def made() -> tuple[MemoryUnit, ...]:
    return tuple(made_units(COUNT))


@pytest.fixture(scope="module")
def folder(made: tuple[MemoryUnit, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("glossaries")
    (folder / "made.tmx").write_bytes(tmx_bytes(made))
    open_index(folder / "made.tmx").close()
    return folder


def test_the_index_has_all_the_units_of_the_file_in_their_order(folder: Path) -> None:
    memory = read_memory(folder)
    assert len(memory) == COUNT
    assert all(one == other for one, other in zip(memory, read_tmx(folder / "made.tmx"), strict=True))


def test_it_finds_what_brute_force_finds(made: tuple[MemoryUnit, ...], folder: Path) -> None:
    memory = read_memory(folder)
    chance = random.Random(7)
    plain = [without_figures(one.source.text) for one in made]
    wanted = found = 0
    for number in range(60):
        text = altered(chance.choice(made).source.text, chance, few=number % 2 == 0)
        hits = process.extract(without_figures(text), plain, scorer=fuzz.ratio, score_cutoff=70, limit=12)
        best = Counter([min(int(score), 99) for _, score, at in hits if made[at].source.text != text][:10])
        got = Counter(match.score for match in memory.fuzzy(text, "en", at_least=70, limit=10))
        wanted += best.total()
        found += (best & got).total()
    assert wanted > 60
    assert found / wanted >= 0.98


def test_the_size_of_the_index_is_under_twice_that_of_the_file(folder: Path) -> None:
    assert index_file(folder / "made.tmx").stat().st_size < 2 * (folder / "made.tmx").stat().st_size


def test_a_search_does_not_hold_the_memory_in_memory(folder: Path) -> None:
    code = f"""
import resource, sys
from pathlib import Path
from toolkit.memory import read_memory
memory = read_memory(Path({str(folder)!r}))
unit = next(iter(memory))
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for number, unit in enumerate(memory):
    if number % 200 == 0:
        assert memory.exact(unit.source.text, "en") and memory.fuzzy(unit.source.text + "了", "en", at_least=70)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start)
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(run.stdout) * 1024 < (folder / "made.tmx").stat().st_size * 2


def test_a_source_of_a_hundred_thousand_characters_is_found_but_compared_with_nothing() -> None:
    chance = random.Random(1)
    long = "".join(chance.choices("甘南州召开会议的人民政府", k=100_000))
    memory = Memory((unit(long, "long"), unit("会议开始。", "short")))
    assert [match.unit.targets["en"].text for match in memory.exact(long, "en")] == ["long"]
    assert memory.fuzzy(long[1:], "en", at_least=1) == ()
    assert [match.unit.targets["en"].text for match in memory.fuzzy("会议开始", "en", at_least=1)] == ["short"]


def test_a_paragraph_of_a_thousand_characters_is_compared() -> None:
    chance = random.Random(1)
    long = "".join(chance.choices("甘南州召开会议的人民政府", k=1_000))
    (match,) = Memory((unit(long, "long"),)).fuzzy(f"{long[:500]}的{long[510:]}", "en", at_least=90)
    assert match.score == 99


def test_grams_of_a_block_are_those_of_its_texts() -> None:
    texts = ["甘南州", "", "甘", "甘南州甘南州", "a\ud800b", "😀甘"]
    block = block_of(texts)
    for number, text in enumerate(texts):
        own = {gram for gram, members in block.lists() if number in memoryview(members).cast("H")}
        assert own == set(grams_of(text).tolist())
        assert block.sizes[number] == len(own)


def write(folder: Path, *units: MemoryUnit, name: str = "m.tmx") -> Path:
    path = folder / name
    path.write_bytes(tmx_bytes(units))
    return path


def english(folder: Path, text: str = "会议开始。") -> list[str]:
    return [match.unit.targets["en"].text for match in read_memory(folder).exact(text, "en")]


def test_a_changed_file_is_read_again_even_with_the_same_size_and_time(tmp_path: Path) -> None:
    path = write(tmp_path, unit("会议开始。", "A"))
    assert english(tmp_path) == ["A"]
    times = path.stat()
    write(tmp_path, unit("会议开始。", "B"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert english(tmp_path) == ["B"]


def test_a_file_that_is_gone_is_no_longer_searched(tmp_path: Path) -> None:
    write(tmp_path, unit("会议开始。", "A"))
    path = write(tmp_path, unit("会议开始。", "B"), name="n.tmx")
    assert english(tmp_path) == ["A", "B"]
    path.unlink()
    assert english(tmp_path) == ["A"]


def test_the_index_is_made_once_and_a_touched_file_does_not_need_another(tmp_path: Path) -> None:
    path = write(tmp_path, unit("会议开始。", "A"))
    assert kept_index(path) is None
    open_index(path).close()
    index = index_file(path)
    made = index.stat().st_mtime_ns
    os.utime(path, ns=(1, 1))
    assert english(tmp_path) == ["A"]
    assert index.stat().st_mtime_ns == made


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0 and then nothing", b"\0" * 10_000])
def test_a_damaged_or_deleted_index_is_made_again(tmp_path: Path, damage: bytes) -> None:
    path = write(tmp_path, unit("会议开始。", "A"))
    open_index(path).close()
    index_file(path).write_bytes(damage)
    assert english(tmp_path) == ["A"]
    index_file(path).unlink()
    assert english(tmp_path) == ["A"]


def test_an_index_whose_pages_are_damaged_is_named_with_what_to_do(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "made.tmx"
    path.write_bytes((folder / "made.tmx").read_bytes())
    index = open_index(path)
    index.close()
    data = bytearray(index_file(path).read_bytes())
    data[3 * len(data) // 10 :] = bytes(len(data) - 3 * len(data) // 10)
    index_file(path).write_bytes(data)
    with pytest.raises(SourceError, match="Delete the folder; it is made again"):
        list(read_memory(tmp_path))


def test_the_cache_keeps_itself_out_of_git(tmp_path: Path) -> None:
    write(tmp_path, unit("会议开始。", "A"))
    read_memory(tmp_path)
    assert (tmp_path / ".cache" / ".gitignore").read_text(encoding="ascii") == "*\n"


def test_where_the_cache_cannot_be_written_the_memory_is_searched_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, unit("会议开始。", "A"))
    (tmp_path / ".cache").write_text("a file in its place", encoding="utf-8")
    assert english(tmp_path) == ["A"]
    assert (tmp_path / ".cache").read_text(encoding="utf-8") == "a file in its place"


def test_the_cache_may_be_deleted_while_somebody_waits_to_write(tmp_path: Path) -> None:
    with one_writer(tmp_path):
        (tmp_path / ".cache" / "memory.lock").unlink()
        with one_writer(tmp_path):
            assert (tmp_path / ".cache" / "memory.lock").exists()

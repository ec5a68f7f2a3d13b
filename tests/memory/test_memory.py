"""Exact and fuzzy matches, and TMX files."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import SourceError
from toolkit.memory import Memory, MemoryUnit, read_memory, tmx_bytes
from toolkit.report import InlineText


def unit(zh: str, en: str = "", *, place: str = "m.tmx:1", reviewed_by: str = "", doubt: str = "") -> MemoryUnit:
    targets = {"en": InlineText(en)} if en else {}
    return MemoryUnit(InlineText(zh), targets, reviewed_by, {"en": doubt} if doubt else {}, place)  # type: ignore[arg-type]


def test_an_exact_match_scores_100_and_a_reviewed_unit_comes_first() -> None:
    memory = Memory((unit("会议开始。", "A"), unit("会议开始。", "B", reviewed_by="Drolma")))
    assert [match.unit.targets["en"].text for match in memory.exact("会议开始。", "en")] == ["B", "A"]
    assert {match.score for match in memory.exact("会议开始。", "en")} == {100}


def test_a_unit_without_the_language_is_no_match() -> None:
    assert Memory((unit("会议开始。", "A"),)).exact("会议开始。", "bo") == ()


def test_fuzzy_matches_come_best_first_and_never_score_100() -> None:
    memory = Memory((unit("甘南州召开第八次联席会议。", "far"), unit("甘南州召开联席会议了。", "near")))
    matches = memory.fuzzy("甘南州召开联席会议。", "en", at_least=60)
    assert [match.unit.targets["en"].text for match in matches] == ["near", "far"]
    assert all(60 <= match.score < 100 for match in matches)


def test_a_fuzzy_match_with_another_figure_says_so() -> None:
    memory = Memory((unit("全州共有320名代表参加会议。", "x"),))
    (match,) = memory.fuzzy("全州共有350名代表参加会议。", "en", at_least=60)
    assert not match.numbers_agree


def test_a_chinese_figure_counts_as_a_figure() -> None:
    memory = Memory((unit("第七次联席会议隆重召开。", "x"),))
    (match,) = memory.fuzzy("第八次联席会议隆重召开。", "en", at_least=60)
    assert not match.numbers_agree


def test_a_memory_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    units = (
        unit("会议开始。", "The <conference> & all", place="m.tmx:a", doubt="Unsure of “&”."),
        unit("结束。", "End.", place="m.tmx:b", reviewed_by="Tashi"),
    )
    (tmp_path / "m.tmx").write_bytes(tmx_bytes(units))
    assert read_memory(tmp_path).units == units


def test_the_header_has_all_that_tmx_1_4b_demands() -> None:
    text = tmx_bytes((unit("开始。", "Start."),)).decode()
    for attribute in ("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"):
        assert f"{attribute}=" in text


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("<tmx version='1.4'>\n<body><tu></body></tmx>", 2, "not well-formed"),
        ("<xliff/>", 1, "is not TMX"),
        ("<tmx>\n<body>\n<tu><tuv xml:lang='en'><seg>x</seg></tuv></tu></body></tmx>", 3, "no Chinese text"),
        ("<!DOCTYPE tmx [<!ENTITY a 'b'>]>\n<tmx/>", 1, "entities"),
        ("", 1, "not well-formed"),
    ],
)
def test_a_broken_memory_names_file_line_and_remedy(tmp_path: Path, text: str, line: int, says: str) -> None:
    (tmp_path / "m.tmx").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_memory(tmp_path)
    assert says in str(caught.value)
    assert caught.value.line == line
    assert "m.tmx" in str(caught.value)
    assert caught.value.exit_code == 3

"""A translation made elsewhere: every sentence finds its segment, no word is lost, and what is unsure is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import ROOT
from toolkit.constraints import Constraint, constraints_of
from toolkit.errors import SourceError
from toolkit.glossary import Glossary, read_glossary
from toolkit.languages import Language
from toolkit.report import Block, InlineText, Report, Role, Segment
from toolkit.report.sentences import SegmentIds, split_sentences
from toolkit.translation.foreign import ForeignDraft, bring_in, paragraphs_of, read_translation
from toolkit.translation.xliff import read_xliff
from toolkit.workspace import Settings

ZH = (
    "甘南州举行草原保护会议",
    "8月8日，会议在合作市举行。州长主持会议，25名代表参加。",
    "会议决定投资3.2亿元。项目2025年完成，由12个县共同实施。",
    "会后，代表们参观了青海湖。",
)
EN = (
    "Gannan holds a meeting on protecting grassland",
    "The meeting was held in Hezuo on 8 August. The governor chaired it, and 25 delegates took part.",
    "It was decided to invest 320 million yuan. The project will be completed in 2025 and carried out by 12 counties.",
    "Afterwards the delegates visited Qinghai Lake.",
)


def report_of(lines: tuple[str, ...] = ZH) -> Report:
    ids = SegmentIds()
    blocks = []
    for number, line in enumerate(lines, start=1):
        sentences = split_sentences(line, Role.PARAGRAPH)
        segments = zip(ids.over(sentences), sentences, strict=True)
        blocks.append(Block(Role.PARAGRAPH, tuple(Segment(one, InlineText(said)) for one, said in segments), number))
    return Report("test", Path("test"), tuple(blocks))


def needed(
    report: Report, language: Language = "en", glossary: Glossary | None = None
) -> dict[str, tuple[Constraint, ...]]:
    terms = glossary or Glossary(())
    return {one.id: constraints_of(one.text, language, terms, Settings()) for one in report.segments}


def brought(text: str, lines: tuple[str, ...] = ZH) -> tuple[list[str | None], ForeignDraft]:
    report = report_of(lines)
    draft = bring_in(report, paragraphs_of(text, len(report.blocks)), "en", needed(report))
    return [draft.targets.get(one.id) for one in report.segments], draft


def test_paragraph_by_paragraph_and_sentence_by_sentence() -> None:
    targets, draft = brought("\n".join(EN))
    assert targets == [
        EN[0],
        "The meeting was held in Hezuo on 8 August.",
        "The governor chaired it, and 25 delegates took part.",
        "It was decided to invest 320 million yuan.",
        "The project will be completed in 2025 and carried out by 12 counties.",
        EN[3],
    ]
    assert (draft.notes, draft.left_over) == ((), ())


def test_blank_lines_between_hard_wrapped_paragraphs_are_understood() -> None:
    wrapped = EN[1].replace("The governor", "The\ngovernor")
    text = "\n\n".join((EN[0], wrapped, *EN[2:]))
    assert brought(text)[0] == brought("\n".join(EN))[0]


def test_a_paragraph_left_out_becomes_a_gap_and_the_others_stay_in_place() -> None:
    targets, draft = brought("\n".join((EN[0], EN[2], EN[3])))
    assert targets[1] is None and targets[2] is None
    assert targets[3] == "It was decided to invest 320 million yuan." and targets[5] == EN[3]
    gaps = [note for note in draft.notes if note.reason == "The translation has no sentence for this one"]
    assert [note.segment_id for note in gaps] == [one.id for one in report_of().segments[1:3]]


def test_a_paragraph_of_the_translators_own_is_kept_aside_and_said() -> None:
    own = "Translated with the help of a machine, please check before use."
    targets, draft = brought("\n".join((*EN[:2], own, *EN[2:])))
    assert draft.left_over == (own,)
    assert "stands for none of the report" in draft.notes[0].reason
    assert targets == brought("\n".join(EN))[0]


def test_two_paragraphs_run_into_one_are_taken_apart_again() -> None:
    targets, draft = brought("\n".join((EN[0], f"{EN[1]} {EN[2]}", EN[3])))
    assert (targets, draft.notes) == (brought("\n".join(EN))[0], ())


def test_a_sentence_that_stands_for_two_is_cut_at_a_clause_and_said() -> None:
    merged = "It was decided to invest 320 million yuan; the project will be completed in 2025 by 12 counties."
    targets, draft = brought("\n".join((*EN[:2], merged, EN[3])))
    assert targets[3:5] == [
        "It was decided to invest 320 million yuan;",
        "the project will be completed in 2025 by 12 counties.",
    ]
    ids = [one.id for one in report_of().segments]
    assert [(note.segment_id, "between clauses" in note.reason) for note in draft.notes] == [
        (ids[3], True),
        (ids[4], True),
    ]


def test_a_sentence_that_cannot_be_cut_stays_whole_and_leaves_a_gap() -> None:
    merged = "The decision to invest 320 million yuan in a project of 12 counties until 2025 was taken"
    targets, draft = brought("\n".join((*EN[:2], merged, EN[3])))
    assert targets[3:5] == [merged, None]
    assert [note.segment_id != "" for note in draft.notes] == [True, True]


def test_a_sentence_with_no_source_stays_in_its_paragraph() -> None:
    targets, draft = brought("\n".join((*EN[:3], f"{EN[3]} Everybody was very happy about this wonderful day.")))
    assert targets[5] == f"{EN[3]} Everybody was very happy about this wonderful day."
    assert draft.left_over == ()


def test_markdown_signs_of_a_heading_go_where_the_report_has_none() -> None:
    assert brought("\n".join((f"## {EN[0]}", *EN[1:])))[0][0] == EN[0]
    assert brought("# A\nB", ("# 标题", "正文。"))[0][0] == "# A"


@example([EN[2], EN[0], EN[0], EN[0]])
@given(st.lists(st.sampled_from([*EN, "Nobody knows.", "In 2025, 12 counties, it was said, and more."]), max_size=7))
def test_no_word_is_lost_and_none_is_added(paragraphs: list[str]) -> None:
    report = report_of()
    draft = bring_in(report, paragraphs, "en", needed(report))
    kept = [word for text in (*draft.targets.values(), *draft.left_over) for word in text.split()]
    assert sorted(kept) == sorted(" ".join(paragraphs).split())


@pytest.mark.parametrize(("language", "least"), [("en", 0.95), ("bo", 0.85)])
def test_the_drafts_of_the_real_report_written_out_and_brought_in_are_what_they_were(
    gannan: Report, language: Language, least: float
) -> None:
    draft = read_xliff(ROOT / "source" / "gannan-2023" / f"{language}.xlf", language)
    targets = {unit.segment_id: unit.target.text for unit in draft.units if unit.target}
    lines = [" ".join(targets[one.id] for one in block.segments if one.id in targets) for block in gannan.blocks]
    constraints = needed(gannan, language, read_glossary(ROOT / "glossaries"))
    foreign = bring_in(gannan, [line for line in lines if line], language, constraints)
    same = sum(foreign.targets.get(segment_id) == target for segment_id, target in targets.items())
    assert same / len(targets) >= least


def test_paragraphs_are_lines_or_groups_whichever_fits() -> None:
    assert paragraphs_of("a\nb\n\nc\nd", 4) == ("a", "b", "c", "d")
    assert paragraphs_of("a\nb\n\nc\nd", 2) == ("a b", "c d")


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "en.txt"
    file.write_bytes(b"\xef\xbb\xbfTitle\r\nText\r\n")
    assert read_translation(file, "en", 2) == ("Title", "Text")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("会议".encode("gb18030"), "is not UTF-8"),
        ("meeting".encode("utf-16"), "UTF-16"),
        (b"", "empty"),
        (b"a\0b", "binary"),
    ],
)
def test_what_is_no_utf8_text_is_refused_with_a_remedy(tmp_path: Path, data: bytes, problem: str) -> None:
    file = tmp_path / "en.txt"
    file.write_bytes(data)
    with pytest.raises(SourceError, match=problem) as caught:
        read_translation(file, "en", 2)
    assert caught.value.remedy
    with pytest.raises(SourceError, match="could not be read"):
        read_translation(tmp_path / "none.txt", "en", 2)

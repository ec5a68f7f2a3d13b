"""What stands in a bulletin: rows, heads, marks and stamps."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from toolkit.bulletin.compose import compose
from toolkit.bulletin.dates import printed_date
from toolkit.bulletin.editions import PUBLISHING, REVIEW
from toolkit.bulletin.model import Bulletin, Edition, Mark, RowKind
from toolkit.bulletin.sentence_rows import sentence_rows
from toolkit.glossary import Glossary
from toolkit.languages import TARGETS, Language, is_han
from toolkit.quality import Finding, Severity
from toolkit.report import InlineText, Report, Role
from toolkit.translation import Draft, DraftUnit, Origin, OriginKind, State
from toolkit.workspace import Settings


def full_drafts(report: Report, state: State = State.REVIEWED) -> dict[Language, Draft]:
    origin = Origin(OriginKind.MEMORY, "m.tmx:1", 100)
    text: dict[Language, str] = {"en": "A sentence.", "bo": "ཚིག་གྲུབ་གཅིག"}
    return {
        language: Draft(
            language,
            tuple(
                DraftUnit(segment.id, segment.source, InlineText(text[language]), state, origin)
                for segment in report.segments
            ),
        )
        for language in TARGETS
    }


def with_gap(drafts: dict[Language, Draft], segment_id: str) -> dict[Language, Draft]:
    def emptied(unit: DraftUnit) -> DraftUnit:
        if unit.segment_id != segment_id:
            return unit
        return replace(unit, target=InlineText(""), state=State.NEEDS_TRANSLATION, origin=None)

    return {language: Draft(language, tuple(map(emptied, draft.units))) for language, draft in drafts.items()}


def composed(
    report: Report,
    drafts: dict[Language, Draft],
    edition: Edition = PUBLISHING,
    findings: tuple[Finding, ...] = (),
) -> Bulletin:
    return compose(report, drafts, findings, edition=edition, glossary=Glossary(()), settings=Settings())


def test_a_row_is_near_200_source_characters_and_never_cuts_a_sentence(gannan: Report) -> None:
    for block in gannan.blocks:
        rows = sentence_rows(block)
        assert [segment for row in rows for segment in row] == list(block.segments)
        for row in rows:
            assert len(row) == 1 or sum(len(segment.text) for segment in row) <= 240


def test_an_enumerator_begins_a_row(gannan: Report) -> None:
    speech = max(gannan.blocks, key=lambda block: len(block.text) if block.role is Role.PARAGRAPH else 0)
    starts = [row[0].text for row in sentence_rows(speech)]
    for enumerator in ("一是", "二是", "三是"):
        assert any(start.startswith(enumerator) for start in starts)


def test_only_the_first_row_of_a_paragraph_opens_it(gannan: Report) -> None:
    bulletin = composed(gannan, full_drafts(gannan))
    paragraphs = [block for block in gannan.blocks if block.role in (Role.PARAGRAPH, Role.PROTOCOL)]
    opening = [row for row in bulletin.rows if row.kind is RowKind.PARAGRAPH and row.opens_paragraph]
    assert [row.anchor for row in opening] == [block.segments[0].id for block in paragraphs]


def test_the_publishing_edition_has_every_body_segment_once_per_language_and_no_chinese(gannan: Report) -> None:
    bulletin = composed(gannan, full_drafts(gannan))
    body = [block for block in gannan.blocks if block.role in (Role.PARAGRAPH, Role.PROTOCOL, Role.HEADING)]
    segments = sum(len(block.segments) for block in body)
    for column, text in enumerate(("A sentence.", "ཚིག་གྲུབ་གཅིག")):
        assert sum(row.cells[column].text.count(text) for row in bulletin.rows) == segments
    assert not any(is_han(c) for row in bulletin.rows for cell in row.cells for c in cell.text)


def test_captions_without_pictures_stand_in_the_review_edition_only(gannan: Report) -> None:
    drafts = full_drafts(gannan)
    assert not [row for row in composed(gannan, drafts).rows if row.kind is RowKind.CAPTION]
    assert len([row for row in composed(gannan, drafts, REVIEW).rows if row.kind is RowKind.CAPTION]) == 6


def test_the_yig_mgo_heads_the_tibetan_title_and_nothing_else(gannan: Report) -> None:
    bulletin = composed(gannan, full_drafts(gannan))
    heads = [row.kind for row in (*bulletin.head_rows, *bulletin.rows) for cell in row.cells if "༄" in cell.text]
    assert heads == [RowKind.TITLE]
    assert "༄" not in bulletin.title


def test_a_gap_shows_the_marked_source_is_counted_and_stamped(gannan: Report) -> None:
    segment = next(segment for segment in gannan.segments if segment.text.startswith("本次会议的主题"))
    bulletin = composed(gannan, with_gap(full_drafts(gannan), segment.id))
    gaps = [run for row in bulletin.rows for cell in row.cells for run in cell.runs if run.mark is Mark.GAP]
    assert [run.text for run in gaps] == [segment.text, segment.text]
    assert {run.language for run in gaps} == {"zh"}
    assert [cell.text for cell in bulletin.stamp] == ["DRAFT – NOT FOR PRINT", "ཟིན་བྲིས། པར་སྐྲུན་བྱེད་མི་ཆོག"]
    notice = next(row for row in bulletin.head_rows if row.kind is RowKind.NOTICE)
    assert "Not yet translated: 1" in notice.cells[0].text


def test_a_bulletin_with_nothing_open_has_no_stamp_and_no_notice(gannan: Report) -> None:
    bulletin = composed(gannan, full_drafts(gannan, State.SIGNED_OFF))
    assert bulletin.stamp == ()
    assert not [row for row in bulletin.head_rows if row.kind is RowKind.NOTICE]


def test_an_error_alone_is_enough_for_the_stamp(gannan: Report) -> None:
    error = (Finding("term-missing", Severity.ERROR, "x", gannan.segments[0].id, "en"),)
    assert composed(gannan, full_drafts(gannan), findings=error).stamp


def test_unreviewed_text_says_how_much_and_where_it_came_from(gannan: Report) -> None:
    bulletin = composed(gannan, full_drafts(gannan, State.DRAFT))
    notice = next(row for row in bulletin.head_rows if row.kind is RowKind.NOTICE)
    assert notice.cells[0].text == "Unreviewed translation: no person has yet checked 50 of its 50 segments."
    assert bulletin.tail_rows[0].cells[0].text == "Segments by origin: translation memory 50."


def test_the_review_edition_shows_provenance_findings_and_corrections(gannan: Report) -> None:
    segment = gannan.segments[3]
    finding = (Finding("term-missing", Severity.WARNING, "“甘南州” should be “Gannan”.", segment.id, "en"),)
    bulletin = composed(gannan, full_drafts(gannan, State.DRAFT), REVIEW, finding)
    notes = ["".join(run.text for run in note) for row in bulletin.rows for cell in row.cells for note in cell.notes]
    assert any("memory m.tmx" in note for note in notes)
    assert any("term-missing: “甘南州” should be “Gannan”." in note for note in notes)
    told = [row for row in bulletin.tail_rows if "Source corrected" in row.cells[0].text]
    assert len(told) == len(gannan.corrections)


@pytest.mark.parametrize(
    ("language", "printed"),
    [("en", "August 8, 2023"), ("zh", "2023年8月8日"), ("bo", "2023ལོའི་ཟླ་8པའི་ཚེས་8ཉིན")],
)
def test_a_date_is_printed_in_each_language_s_own_form(language: Language, printed: str) -> None:
    assert printed_date(datetime.date(2023, 8, 8), language) == printed


def test_tibetan_digits_are_a_setting() -> None:
    date = datetime.date(2023, 8, 8)
    assert printed_date(date, "bo", tibetan_digits=True) == "༢༠༢༣ལོའི་ཟླ་༨པའི་ཚེས་༨ཉིན"


def test_an_unknown_date_is_not_printed(gannan: Report) -> None:
    bulletin = composed(gannan, full_drafts(gannan))
    byline = next(row for row in bulletin.head_rows if row.kind is RowKind.BYLINE)
    assert "August 8, 2023" in byline.cells[0].text
    assert "Published" not in byline.cells[0].text


def test_no_line_of_a_byline_begins_with_a_dot(gannan: Report) -> None:
    bulletin = composed(gannan, full_drafts(gannan))
    byline = next(row for row in bulletin.head_rows if row.kind is RowKind.BYLINE)
    english = byline.cells[0].text
    assert english.count("\u00a0· ") == english.count("·") > 1

"""How items of lists, cells of tables and footnotes of a report are printed, and what each text is known by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.bulletin.compose import compose
from toolkit.bulletin.editions import PUBLISHING, REVIEW
from toolkit.bulletin.model import Bulletin, Edition, Mark, RowKind
from toolkit.bulletin.sentence_rows import sentence_rows
from toolkit.fonts import bundled_fonts
from toolkit.glossary import Glossary
from toolkit.languages import TARGETS
from toolkit.pdf import typeset_pdf
from toolkit.report import InlineText, Report, Role, Segment
from toolkit.report.model import Block
from toolkit.translation import Draft, DraftUnit, State
from toolkit.translation.draft import target_hash
from toolkit.workspace import Settings

TEXTS = {"en": "In English.", "bo": "བོད་ཡིག་ཏུ།"}
LONG = "一是" + "要" * 150 + "。"


@pytest.fixture(scope="module")
def report(gannan: Report) -> Report:
    """The title of the real report over one block of each of these roles."""
    blocks = [gannan.blocks[0]]
    for number, role in enumerate((Role.ITEM, Role.CELL, Role.FOOTNOTE)):
        segments = (
            Segment(f"s{number}a", InlineText(LONG)),
            Segment(f"s{number}b", InlineText(LONG.replace("一", "二"))),
        )
        blocks.append(Block(role, segments, line=number + 2))
    return replace(gannan, blocks=tuple(blocks), corrections=())


def composed(report: Report, edition: Edition, *, gap: str = "") -> Bulletin:
    drafts = {
        language: Draft(
            language,
            tuple(
                DraftUnit(one.id, one.source, InlineText("" if one.id == gap else TEXTS[language]), State.DRAFT)
                for one in report.segments
            ),
        )
        for language in TARGETS
    }
    return compose(report, drafts, (), edition=edition, glossary=Glossary(()), settings=Settings())


@pytest.mark.parametrize("edition", [PUBLISHING, REVIEW])
def test_an_item_has_one_bullet_before_its_first_words_and_no_indent(report: Report, edition: Edition) -> None:
    first, second = composed(report, edition).rows[:2]
    for cell in first.cells:
        assert (cell.runs[0].text, cell.runs[0].mark, cell.runs[0].segment) == ("• ", Mark.ORNAMENT, "")
    assert not any(run.mark is Mark.ORNAMENT for cell in second.cells for run in cell.runs)
    assert {(row.kind, row.opens_paragraph) for row in (first, second)} == {(RowKind.PARAGRAPH, False)}


def test_footnotes_are_small_and_stand_in_the_publishing_edition_too(report: Report) -> None:
    kinds = [row.kind for row in composed(report, PUBLISHING).rows]
    assert kinds == [RowKind.PARAGRAPH] * 4 + [RowKind.CAPTION] * 2


def test_long_items_cells_and_footnotes_are_cut_into_rows(report: Report) -> None:
    assert [len(sentence_rows(block)) for block in report.blocks[1:]] == [2, 2, 2]


def test_every_run_knows_its_segment_and_every_cell_what_the_draft_holds(report: Report) -> None:
    bulletin = composed(report, REVIEW, gap="s1a")
    cells = {cell.language: cell for cell in bulletin.rows[2].cells}
    assert [run.segment for run in cells["en"].runs] == ["s1a"]
    assert cells["zh"].bases == (("s1a", ""),)
    assert cells["en"].bases == (("s1a", ""),)
    assert cells["en"].runs[0].mark is Mark.GAP
    (other,) = (cell for cell in bulletin.rows[3].cells if cell.language == "bo")
    assert other.bases == (("s1b", target_hash(InlineText(TEXTS["bo"]))),)
    assert bulletin.report == report.name


def test_the_space_between_two_sentences_belongs_to_neither(gannan: Report) -> None:
    rows = composed(gannan, PUBLISHING).rows
    several = [cell for row in rows for cell in row.cells if len(cell.bases) > 1]
    assert several
    for cell in several:
        assert [run.segment for run in cell.runs if run.text == " "] == [""] * (len(cell.bases) - 1)


def test_a_bulletin_with_bullets_is_printed(report: Report) -> None:
    assert typeset_pdf(composed(report, PUBLISHING), bundled_fonts()).startswith(b"%PDF-1.7")

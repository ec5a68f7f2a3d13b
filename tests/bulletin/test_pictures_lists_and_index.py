"""Pictures over their captions, enumerations as lists, the term index, and what checks found as comments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bulletin.test_compose import full_drafts, with_gap
from tests.glossary.samples import a_term
from tests.report.picture_files import jpeg
from toolkit.bulletin.collation import sort_key
from toolkit.bulletin.compose import compose
from toolkit.bulletin.editions import PUBLISHING, REVIEW
from toolkit.bulletin.lists import numbered_blocks
from toolkit.bulletin.model import Bulletin, Edition, RowKind
from toolkit.bulletin.term_index import is_name
from toolkit.glossary import Glossary, read_glossary
from toolkit.languages import TARGETS, Language
from toolkit.quality import Finding, Severity
from toolkit.report import Block, Code, Illustration, InlineText, Report, Role, Segment
from toolkit.report.pictures import picture_file
from toolkit.translation import Draft, DraftUnit, State
from toolkit.workspace import Settings

ROOT = Path(__file__).parents[2]
TRILINGUAL = replace(REVIEW, name="all", provenance=False)
HALL = Illustration(picture_file("hall.jpg", jpeg()), (("en", "A hall"),), "赵小春", "hall.jpg")


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return read_glossary(ROOT / "glossaries")


@pytest.fixture(scope="module")
def illustrated(gannan: Report) -> Report:
    """The real report with a photograph over the first of its captions."""
    place = next(index for index, block in enumerate(gannan.blocks) if block.role is Role.CAPTION)
    blocks = list(gannan.blocks)
    blocks[place] = replace(blocks[place], illustration=HALL)
    return replace(gannan, blocks=tuple(blocks))


def composed(
    report: Report,
    edition: Edition,
    glossary: Glossary | None = None,
    *,
    findings: tuple[Finding, ...] = (),
    drafts: dict[Language, Draft] | None = None,
) -> Bulletin:
    return compose(
        report,
        drafts or full_drafts(report),
        findings,
        edition=edition,
        glossary=glossary or Glossary(()),
        settings=Settings(),
    )


def test_a_caption_with_its_picture_is_published_and_one_without_is_not(illustrated: Report) -> None:
    captions = [row for row in composed(illustrated, PUBLISHING).rows if row.kind is RowKind.CAPTION]
    assert [row.picture and row.picture.name for row in captions] == ["hall.jpg"]
    assert len([row for row in composed(illustrated, REVIEW).rows if row.kind is RowKind.CAPTION]) == 6


def test_who_took_a_picture_stands_small_under_its_caption_in_each_language(
    illustrated: Report, glossary: Glossary
) -> None:
    (row,) = (row for row in composed(illustrated, TRILINGUAL, glossary).rows if row.picture)
    notes = ["".join(run.text for run in cell.notes[0]) for cell in row.cells]
    assert notes[:2] == ["赵小春 摄", "Photo: Zhao Xiaochun"]
    assert notes[2].startswith("པར་ལེན་པ། ")
    assert "Photo" not in "".join(cell.text for cell in row.cells)


def test_a_picture_says_what_it_shows_and_else_its_caption_does(illustrated: Report, gannan: Report) -> None:
    (row,) = (row for row in composed(illustrated, TRILINGUAL).rows if row.picture)
    assert row.picture is not None
    said = dict(row.picture.alternatives)
    assert said == {"zh": "联席会议现场", "en": "A hall", "bo": "ཚིག་གྲུབ་གཅིག"}
    drafts = with_gap(full_drafts(illustrated), row.anchor)
    (row,) = (row for row in composed(illustrated, TRILINGUAL, drafts=drafts).rows if row.picture)
    assert row.picture is not None and dict(row.picture.alternatives)["bo"] == "པར་རིས།"


def test_a_picture_over_a_paragraph_or_the_title_has_a_row_of_its_own(gannan: Report) -> None:
    for role in (Role.TITLE, Role.PARAGRAPH):
        place = next(index for index, block in enumerate(gannan.blocks) if block.role is role)
        blocks = list(gannan.blocks)
        blocks[place] = replace(blocks[place], illustration=HALL)
        rows = composed(replace(gannan, blocks=tuple(blocks)), PUBLISHING).rows
        (own,) = (index for index, row in enumerate(rows) if row.picture)
        assert rows[own].kind is RowKind.CAPTION and not any(cell.text for cell in rows[own].cells)
        assert own == 0


def test_enumerations_are_lists_where_the_edition_asks_for_it(gannan: Report) -> None:
    assert {row.item for row in composed(gannan, TRILINGUAL).rows} == {""}
    rows = [row for row in composed(gannan, replace(TRILINGUAL, lists=True)).rows if row.item]
    begins = [row.cells[0].text[:2] for row in rows if row.item == "begins"]
    assert begins[:3] == ["一是", "二是", "三是"]
    assert all(not row.opens_paragraph for row in rows)


def test_what_stands_before_an_enumeration_is_no_item(gannan: Report) -> None:
    rows = composed(gannan, replace(TRILINGUAL, lists=True)).rows
    first = next(index for index, row in enumerate(rows) if row.item)
    assert rows[first].item == "begins" and rows[first - 1].item == ""


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (["1. 甲", "2. 乙", "丙", "3. 丁"], {0, 1}),
        (["（一）甲", "（二）乙"], {0, 1}),
        (["①甲", "②乙", "③丙"], {0, 1, 2}),
        (["一、甲"], set()),
        (["1. 甲", "（二）乙"], set()),
        (["2023年8月8日", "2024年8月8日"], set()),
        (["10多人到会", "20多人到会"], set()),
        (["1.5万人到会", "2.5万人到会"], set()),
    ],
)
def test_paragraphs_numbered_in_one_way_are_a_list(texts: list[str], places: set[int]) -> None:
    blocks = [Block(Role.PARAGRAPH, (Segment(str(n), InlineText(text)),), n) for n, text in enumerate(texts)]
    assert numbered_blocks(blocks) == places


def test_the_index_has_each_term_once_with_the_segments_it_stands_in(gannan: Report, glossary: Glossary) -> None:
    bulletin = composed(gannan, replace(TRILINGUAL, index=True), glossary)
    names = [dict(entry.names)["zh"] for entry in bulletin.index]
    assert len(names) == len(set(names)) and "赵小春" in names
    assert bulletin.index_head is not None
    assert [cell.text for cell in bulletin.index_head.cells] == ["索引", "Index", "ཐ་སྙད་དཀར་ཆག"]
    texts = {segment.id: segment.text for segment in gannan.segments}
    for entry in bulletin.index:
        zh = dict(entry.names)["zh"]
        term = glossary.find(zh)
        assert term is not None
        assert entry.segments and all(any(one in texts[place] for one in term.sources) for place in entry.segments)


def test_the_index_has_names_alone_unless_all_terms_are_asked_for(gannan: Report, glossary: Glossary) -> None:
    some = composed(gannan, replace(TRILINGUAL, index=True), glossary)
    names = {dict(entry.names)["zh"] for entry in some.index}
    assert {"甘南州委书记", "第七次联席会议", "党的十八大", "黄河", "国务院"} <= names
    assert not names & {"州长", "副厅长", "联席会议", "交界地区", "兄弟州市", "高质量发展"}
    every = composed(gannan, replace(TRILINGUAL, index=True, indexes_all=True), glossary)
    assert {"州长", "联席会议", "高质量发展", *names} <= {dict(entry.names)["zh"] for entry in every.index}


@pytest.mark.parametrize(
    ("english", "named"),
    [
        ("the Party", True),
        ("18th CPC National Congress", True),
        ("The joint meeting", False),
        ("3 ecological zones", False),
    ],
)
def test_a_name_is_told_by_its_capital_behind_articles_and_figures(english: str, named: bool) -> None:
    assert is_name(a_term("词", en=english)) is named


def test_the_index_is_in_the_order_of_the_first_column(gannan: Report, glossary: Glossary) -> None:
    for columns in (("zh", "bo"), ("en", "bo"), ("bo", "zh")):
        edition = replace(TRILINGUAL, columns=columns, widths=(1.0, 1.0), index=True)
        names = [dict(entry.names).get(columns[0], "") for entry in composed(gannan, edition, glossary).index]
        named = [name for name in names if name]
        assert len(named) > 20 and named == sorted(named, key=lambda name: sort_key(name, columns[0]))
        assert names[: len(named)] == named  # what has no name there comes last


def test_a_term_that_stands_only_in_a_gap_or_in_what_is_left_out_is_not_in_the_index(
    gannan: Report, glossary: Glossary
) -> None:
    edition = replace(PUBLISHING, index=True)
    full = composed(gannan, edition, glossary)
    captions = {segment.id for block in gannan.blocks if block.role is Role.CAPTION for segment in block.segments}
    places = {place for entry in full.index for place in entry.segments}
    assert not places & captions
    gap = max(places)
    less = composed(gannan, edition, glossary, drafts=with_gap(full_drafts(gannan), gap))
    assert gap not in {place for entry in less.index for place in entry.segments}
    assert composed(gannan, PUBLISHING, glossary).index == ()


def test_chinese_names_stand_by_pinyin_and_characters_that_are_the_same_together() -> None:
    names = ["国务院", "郭虎春", "果洛", "郭子文", "甘南", "阿坝", "重庆", "A股", "2023年"]
    order = ["2023年", "A股", "阿坝", "重庆", "甘南", "郭虎春", "郭子文", "国务院", "果洛"]
    assert sorted(names, key=lambda name: sort_key(name, "zh")) == order


def test_tibetan_names_stand_by_their_root_letters_as_in_a_dictionary() -> None:
    dictionary = (
        "ཀ ཀན་སུའུ ཀི ཀུ དཀར་མཛེས དཀྲུག བཀའ རྐང ལྐུག སྐད བརྐུ བསྐྱེད ཁ ཁག མཁས འཁོར ག གངས དགའ དགས རྒྱ བརྒྱད "
        "ང ང་ཚོ དངུལ མངའ ལྔ ཅི ལྕང ན གནས བོད བོད་ལྗོངས མཛོ ཟ ཟླ གཟའ གཡག རླུང ས སླད བསླབ ཧ ལྷ་ས ཨ"
    )
    order = dictionary.split()
    assert sorted(sorted(order), key=lambda name: sort_key(name, "bo")) == order


def test_warnings_and_errors_are_comments_of_the_review_edition_with_their_segment(gannan: Report) -> None:
    segment = gannan.segments[3]
    findings = (
        Finding("length", Severity.INFO, "Long.", segment.id, "en"),
        Finding("term-missing", Severity.WARNING, "“甘南州” should be “Gannan”.", segment.id, "en"),
        Finding("number", Severity.ERROR, "“70” is not there.", segment.id, "en"),
        Finding("number", Severity.ERROR, "“70” is not there.", segment.id, "bo"),
        Finding("count", Severity.WARNING, "The text counts five and lists four.", segment.id),
    )
    rows = composed(gannan, REVIEW, findings=findings).rows
    found = {
        cell.language: [(one.segment, one.head) for one in cell.comments]
        for row in rows
        for cell in row.cells
        if cell.comments
    }
    assert found == {
        "zh": [(segment.id, "warning: count")],
        "en": [(segment.id, "error: number"), (segment.id, "warning: term-missing")],
        "bo": [(segment.id, "error: number")],
    }
    printed = composed(gannan, PUBLISHING, findings=findings)
    assert not any(cell.comments for row in (*printed.head_rows, *printed.rows) for cell in row.cells)


def test_what_is_found_in_several_sentences_alike_is_noted_once_and_an_error_in_bold(gannan: Report) -> None:
    block = next(block for block in gannan.blocks if block.role is Role.PARAGRAPH and len(block.segments) > 1)
    pair = block.segments[:2]
    findings = tuple(Finding("digits", Severity.ERROR, "Digits are mixed.", one.id, "en") for one in pair)
    rows = composed(gannan, REVIEW, findings=findings).rows
    (row,) = (row for row in rows if row.anchor == pair[0].id)
    lines = [note for note in row.cells[1].notes if "digits" in "".join(run.text for run in note)]
    assert ["".join(run.text for run in note) for note in lines] == ["1, 2: error, digits: Digits are mixed."]
    assert lines[0][0].bold and not lines[0][-1].bold


def linked(data: str, ctype: str = "link") -> InlineText:
    return InlineText(
        "See the site for 2 more.",
        (
            Code(8, "1", "open", ctype, "bpt", data),
            Code(12, "1", "close", ctype, "ept", "</a>"),
            Code(17, "2", "open", "x-superscript", "g"),
            Code(18, "2", "close", "x-superscript", "g"),
        ),
    )


def with_text(report: Report, text: InlineText) -> dict[Language, Draft]:
    return {
        language: Draft(language, tuple(DraftUnit(one.id, one.source, text, State.REVIEWED) for one in report.segments))
        for language in TARGETS
    }


def test_links_and_raised_figures_of_a_translation_are_printed_as_such(gannan: Report) -> None:
    text = linked('<a href="https://example.org/?a=1&amp;b=2">')
    cell = composed(gannan, PUBLISHING, drafts=with_text(gannan, text)).rows[0].cells[0]
    first = [run for run in cell.runs if run.segment == cell.runs[0].segment]
    assert [(run.text, run.link) for run in first if run.link] == [("site", "https://example.org/?a=1&b=2")]
    assert [run.text for run in first if run.raised] == ["2"]


@pytest.mark.parametrize("data", ['<a href="javascript:alert(1)">', '<a href="file:///etc/passwd">', "<a>", ""])
def test_a_link_leads_to_pages_and_mail_alone(gannan: Report, data: str) -> None:
    rows = composed(gannan, PUBLISHING, drafts=with_text(gannan, linked(data))).rows
    assert not any(run.link for row in rows for cell in row.cells for run in cell.runs)

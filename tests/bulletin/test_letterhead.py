"""An edition says what stands around its text: masthead, running titles, page numbers; in PDF and DOCX alike."""

from __future__ import annotations

import datetime
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from tests.bulletin.test_compose import composed, full_drafts
from toolkit.bulletin.compose import compose
from toolkit.bulletin.editions import PUBLISHING, edition_as_data, edition_from_data, editions_of
from toolkit.bulletin.model import Bulletin, Edition, RowKind
from toolkit.bulletin.volume import bind
from toolkit.docx import typeset_docx
from toolkit.errors import SettingsError
from toolkit.fonts import bundled_fonts
from toolkit.glossary import Glossary
from toolkit.pdf import typeset_pdf
from toolkit.report import Report
from toolkit.tomlfile import read_toml
from toolkit.workspace import Settings

WALL = """\
[editions.wall]
columns = ["zh", "en"]
theme = "red-header"
[editions.wall.masthead]
zh = ["甘南藏族自治州", "专报"]
issue = { zh = ["第{number}期", "{date}"], en = "No. {number}" }
[editions.wall.foot]
running = { en = "{masthead}: {title}" }
page = { zh = "第{page}页", en = "- {page}/{pages} -" }
place = "right"
"""


def wall(folder: Path, text: str = WALL) -> Edition:
    (folder / "bulletin.toml").write_text(text, encoding="utf-8")
    return editions_of(read_toml(folder / "bulletin.toml"), folder)["wall"]


def head_of(bulletin: Bulletin) -> list[tuple[str, ...]]:
    kinds = (RowKind.MASTHEAD, RowKind.ISSUE)
    return [tuple(cell.text for cell in row.cells) for row in bulletin.head_rows if row.kind in kinds]


def words_of(pdf: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_masthead_of_ones_own_stands_over_number_and_date(tmp_path: Path, gannan: Report) -> None:
    edition = wall(tmp_path)
    numbered = replace(gannan, number="12", event_date=datetime.date(2023, 8, 8))
    head = head_of(composed(numbered, full_drafts(gannan), edition))
    assert head == [("甘南藏族自治州", "Bulletin"), ("专报", ""), ("第12期", "No. 12"), ("2023年8月8日", "")]
    assert head_of(composed(replace(gannan, number=""), full_drafts(gannan), edition))[2:] == [("2023年8月8日", "")]


def test_an_edition_may_have_no_masthead_and_no_foot(tmp_path: Path, gannan: Report) -> None:
    edition = wall(tmp_path, '[editions.wall]\ncolumns = ["en"]\nmasthead = false\nfoot = false\n')
    made = composed(gannan, full_drafts(gannan), edition)
    assert head_of(made) == [] and made.running_title == () and made.foot == ()
    said = words_of(typeset_pdf(made, bundled_fonts()))
    assert "Page 1" not in said and "Bulletin" not in said
    document = Document(io.BytesIO(typeset_docx(made, bundled_fonts())))
    assert not document.sections[0].footer.tables


def test_pdf_and_docx_print_the_same_foot(tmp_path: Path, gannan: Report) -> None:
    made = composed(gannan, full_drafts(gannan), wall(tmp_path))
    said = words_of(typeset_pdf(made, bundled_fonts())).replace(" ", "")
    assert "第2页" in said and "-2/" in said and "Bulletin:Asentence." in said and "Page1" not in said
    footer = Document(io.BytesIO(typeset_docx(made, bundled_fonts()))).sections[0].footer._element
    numbers = footer.xpath(".//w:tr[last()]//w:p")
    assert len(numbers) == 1 and numbers[0].xpath("./w:pPr/w:jc/@w:val") == ["right"]
    assert "".join(numbers[0].xpath(".//w:t/text()")) == "第1页\u2003- 1/1 -"
    assert [one.strip() for one in numbers[0].xpath(".//w:fldSimple/@w:instr")] == ["PAGE", "PAGE", "NUMPAGES"]


def test_a_page_number_that_needs_what_the_report_does_not_tell_is_not_printed(tmp_path: Path, gannan: Report) -> None:
    edition = wall(tmp_path, '[editions.wall]\ncolumns = ["en"]\nfoot.page = { en = "No. {number}, {page}" }\n')
    assert composed(replace(gannan, number=""), full_drafts(gannan), edition).foot == ()
    (foot,) = composed(replace(gannan, number="12"), full_drafts(gannan), edition).foot
    assert foot.text(3, 9) == "No. 12, 3"


def test_braces_in_a_title_are_no_fields_of_the_foot(tmp_path: Path, gannan: Report) -> None:
    edition = wall(tmp_path, '[editions.wall]\ncolumns = ["en"]\nfoot.page = { en = "{masthead} {page}/{pages}" }\n')
    house = Settings(masthead={**Settings().masthead, "en": "News {page} {1}"})
    made = compose(gannan, full_drafts(gannan), (), edition=edition, glossary=Glossary(()), settings=house)
    assert made.foot[0].text(3, 9) == "News {page} {1} 3/9"
    footer = Document(io.BytesIO(typeset_docx(made, bundled_fonts()))).sections[0].footer
    assert any(
        "News {page} {1} " in paragraph.text for row in footer.tables[0].rows for paragraph in row.cells[0].paragraphs
    )


def test_one_rule_stands_under_all_lines_of_a_masthead(tmp_path: Path, gannan: Report) -> None:
    made = composed(replace(gannan, number="1"), full_drafts(gannan), wall(tmp_path))
    document = Document(io.BytesIO(typeset_docx(made, bundled_fonts())))
    assert len(document.element.body.xpath(".//w:tbl[1]//w:drawing")) == 1  # the star in the rule


def test_a_page_of_a_facing_edition_has_a_number_in_whatever_language_there_is(tmp_path: Path, gannan: Report) -> None:
    text = '[editions.wall]\ncolumns = ["en", "bo"]\nfacing = true\nfoot = { page = { en = "p. {page}" } }\n'
    said = words_of(typeset_pdf(composed(gannan, full_drafts(gannan), wall(tmp_path, text)), bundled_fonts()))
    assert all(f"p. {page}" in said for page in (1, 2, 3))


def test_a_volume_has_the_masthead_and_the_foot_of_its_edition(tmp_path: Path, gannan: Report) -> None:
    made = composed(gannan, full_drafts(gannan), wall(tmp_path))
    bound = bind("v", [(made, datetime.date(2023, 8, 8))], edition=made.edition, settings=Settings())
    assert head_of(bound.front)[:2] == [("甘南藏族自治州", "Bulletin"), ("专报", "")]
    assert [foot.text(1, 2) for foot in bound.front.foot] == ["第1页", "- 1/2 -"]


def test_masthead_and_foot_survive_as_data_and_older_data_has_none(tmp_path: Path) -> None:
    edition = wall(tmp_path)
    again = edition_from_data(json.loads(json.dumps(edition_as_data(edition))))
    assert (again.masthead, again.foot) == (edition.masthead, edition.foot)
    older = {key: value for key, value in edition_as_data(PUBLISHING).items() if key not in ("masthead", "foot")}
    assert edition_from_data(older).foot == PUBLISHING.foot


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('masthead = "Ours"', "`editions.wall.masthead` is not a table"),
        ("masthead = { fr = 'x' }", "does not know `editions.wall.masthead.fr`"),
        ("masthead = { zh = 3 }", "`editions.wall.masthead.zh` is no text"),
        ("masthead = { zh = '{date}' }", "does not know {date}"),
        ("masthead = { issue = { zh = '{page}' } }", "does not know {page}"),
        ("foot = { running = 'x' }", "is not a text for each language"),
        ("foot = { running = { zh = '{page}' } }", "does not know {page}"),
        ("foot = { page = { zh = '{seite}' } }", "does not know {seite}"),
        ("foot = { place = 'top' }", "`editions.wall.foot.place` is not known"),
        ("foot = { colour = 'red' }", "does not know `editions.wall.foot.colour`"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(SettingsError, match=problem) as caught:
        wall(tmp_path, f'[editions.wall]\ncolumns = ["zh"]\n{text}\n')
    assert caught.value.line == 3 and caught.value.remedy

"""Emphasis as each script shows it, bold, links and superscripts, with the text intact."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
from pdf_samples import make_bulletin

from toolkit.bulletin.model import Bulletin, Cell, Row, RowKind, Run
from toolkit.bulletin.theme import TextStyle
from toolkit.fonts.catalog import FontSet
from toolkit.languages import Language
from toolkit.pdf import typeset_pdf
from toolkit.pdf.boxes import Box, boxes_of
from toolkit.pdf.itemize import Itemizer
from toolkit.pdf.lines import Line, Measure
from toolkit.pdf.paragraph import break_lines

STYLE = TextStyle(size=10.0, leading=20, color="000000")
ACCENT = "9B1C1C"


def boxes(fonts: FontSet, *runs: Run) -> list[Box]:
    return boxes_of(runs, STYLE, Itemizer(fonts), ACCENT)


def one_line(fonts: FontSet, *runs: Run) -> Line:
    return break_lines(boxes(fonts, *runs), Measure(500.0, 0.0, "left", "en"))[0]


def bulletin_of(runs: tuple[Run, ...]) -> Bulletin:
    language = runs[0].language
    whole = make_bulletin((language,), rows=1)
    return replace(whole, rows=(Row(RowKind.PARAGRAPH, (Cell(language, runs),)),))


def test_english_is_stressed_by_italics_in_the_colour_of_the_text(fonts: FontSet) -> None:
    stressed = boxes(fonts, Run("plain ", "en"), Run("stress", "en", emphasis=True))[-1]
    assert stressed.shaped.face.file.italic
    assert stressed.ink.color == "000000"


def test_english_without_an_italic_face_is_stressed_by_colour(fonts: FontSet) -> None:
    upright = replace(fonts, italic={})
    stressed = boxes(upright, Run("stress", "en", emphasis=True))[-1]
    assert stressed.ink.color == ACCENT


def test_bold_stress_is_bold_and_italic(fonts: FontSet) -> None:
    file = boxes(fonts, Run("stress", "en", bold=True, emphasis=True))[-1].shaped.face.file
    assert file.bold
    assert file.italic


def test_chinese_is_stressed_by_a_dot_under_each_character_and_none_under_marks(fonts: FontSet) -> None:
    runs = (Run("他说", "zh"), Run("绿水，青山", "zh", emphasis=True), Run("。", "zh"))
    data = typeset_pdf(bulletin_of(runs), fonts)
    drawn = pypdf.PdfReader(io.BytesIO(data)).pages[0].get_contents()
    assert drawn is not None
    content = drawn.get_data().decode("latin-1")
    dots = re.findall(r"(?: c){0}f\n|c f", content)
    assert len(dots) == 4
    assert all(box.ink.color == "000000" for box in boxes(fonts, *runs))


def test_dots_and_underlines_are_artifacts_outside_the_marked_text(fonts: FontSet) -> None:
    runs = (Run("绿水", "zh", emphasis=True), Run("网站", "zh", link="https://example.org"))
    page = pypdf.PdfReader(io.BytesIO(typeset_pdf(bulletin_of(runs), fonts))).pages[0]
    contents = page.get_contents()
    assert contents is not None
    depth: list[str] = []
    painted_inside = []
    for line in contents.get_data().decode("latin-1").splitlines():
        for token in re.findall(r"/(\w+) <<[^>]*>> BDC|(EMC)|(?<= )([fS])(?= |$)", line):
            tag, ended, paint = token
            if tag:
                depth.append(tag)
            elif ended:
                depth.pop()
            elif paint and depth:
                painted_inside.append(tuple(depth))
    assert painted_inside
    assert all(tags == ("Artifact",) for tags in painted_inside)


def test_tibetan_is_stressed_by_weight(fonts: FontSet) -> None:
    plain, stressed = boxes(fonts, Run("བོད་", "bo"), Run("ཡིག་", "bo", emphasis=True))
    assert not plain.shaped.face.file.bold
    assert stressed.shaped.face.file.bold
    assert stressed.ink.color == "000000"


def test_a_link_tells_where_it_begins_and_ends_across_words_and_lines(fonts: FontSet) -> None:
    runs = (Run("see ", "en"), Run("the site of the prefecture", "en", link="https://example.org"), Run(" now", "en"))
    line = one_line(fonts, *runs)
    ((uri, start, end),) = line.links()
    assert uri == "https://example.org"
    places = list(line.places())
    assert start == pytest.approx(next(x for x, box in places if box.ink.link))
    assert end == pytest.approx(max(x + box.width for x, box in places if box.ink.link))
    narrow = break_lines(boxes(fonts, *runs), Measure(70.0, 0.0, "justify", "en"))
    assert sum(len(each.links()) for each in narrow) >= 2
    assert all(0 <= start < end <= 75 for each in narrow for _, start, end in each.links())


def test_two_links_side_by_side_are_two(fonts: FontSet) -> None:
    line = one_line(fonts, Run("one ", "en", link="https://a.example"), Run("two", "en", link="https://b.example"))
    assert [uri for uri, _, _ in line.links()] == ["https://a.example", "https://b.example"]


@pytest.mark.parametrize("language", ["zh", "en", "bo"])
def test_a_superscript_is_smaller_and_raised_and_reads_as_plain_text(language: Language, fonts: FontSet) -> None:
    base = {"zh": "说明", "en": "notes", "bo": "གསལ།"}[language]
    runs = (Run(base, language), Run("12", language, raised=True), Run(base, language))
    made = boxes(fonts, *runs)
    raised = next(box for box in made if box.shaped.text == "12")
    before, after = made[0], made[-1]
    assert raised.size < 0.7 * before.size
    assert raised.rise > 0
    assert before.rise == after.rise == 0
    page = pypdfium2.PdfDocument(typeset_pdf(bulletin_of(runs), fonts))[0].get_textpage()
    assert f"{base}12{base}" in re.sub(r"\s", "", page.get_text_range())
    index = page.get_text_range().index("12")
    _, bottom, _, top = page.get_charbox(index)
    _, base_bottom, _, base_top = page.get_charbox(index - len(base))
    assert top - bottom < base_top - base_bottom or language == "zh"
    assert bottom > base_bottom

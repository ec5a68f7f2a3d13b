"""The file as other programs read it: fonts, text, tags, metadata, and the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pdf_samples import make_bulletin, text_of

from toolkit.bulletin.model import Bulletin, Cell, Mark, Row, RowKind, Run
from toolkit.fonts.catalog import FontSet
from toolkit.languages import Language
from toolkit.pdf import count_pages, typeset_pdf
from toolkit.pdf.paragraph import SOFT_HYPHEN
from toolkit.pdf.rows import column_spans

REPO = Path(__file__).parents[2]


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text.replace(SOFT_HYPHEN, ""))


def test_every_font_is_embedded_subset_and_mapped_to_unicode(
    fonts: FontSet, tmp_path: Path, poppler: Callable[..., str]
) -> None:
    path = tmp_path / "bulletin.pdf"
    path.write_bytes(typeset_pdf(make_bulletin(provenance=True), fonts))
    table = poppler("pdffonts", path).splitlines()[2:]
    assert len(table) == 5
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in table), table


@pytest.mark.parametrize("columns", [("en", "bo"), ("zh", "en", "bo")])
def test_every_cell_is_copied_from_its_column_to_the_letter(
    columns: tuple[Language, ...], fonts: FontSet, tmp_path: Path, poppler: Callable[..., str]
) -> None:
    bulletin = make_bulletin(columns, page_height=4000.0)
    path = tmp_path / "bulletin.pdf"
    path.write_bytes(typeset_pdf(bulletin, fonts))
    for index, (left, width) in enumerate(column_spans(bulletin.edition)):
        crop = ["-x", int(left) - 4, "-W", int(width) + 12, "-y", 0, "-H", 4000, "-r", 72]
        text = _squeezed(poppler("pdftotext", "-enc", "UTF-8", *map(str, crop), path, "-"))
        for row in bulletin.head_rows + bulletin.rows + bulletin.tail_rows:
            assert _squeezed(row.cells[index].text) in text


def test_a_glyph_that_draws_two_characters_is_copied_as_each_of_them(
    fonts: FontSet, tmp_path: Path, poppler: Callable[..., str]
) -> None:
    bulletin = make_bulletin(("zh", "bo"), rows=1)
    odd = (
        (Run("⼀一⼀ A\u00a0B", "zh"),),
        (Run("རྡོ་ལྕགས་རྡོ་རྡོ་", "bo"),),
    )  # vowel signs whose advance kerning makes negative
    cells = tuple(replace(cell, runs=runs) for cell, runs in zip(bulletin.rows[1].cells, odd, strict=True))
    path = tmp_path / "bulletin.pdf"
    path.write_bytes(typeset_pdf(replace(bulletin, rows=(replace(bulletin.rows[1], cells=cells),)), fonts))
    text = _squeezed(poppler("pdftotext", "-enc", "UTF-8", path, "-"))
    assert "⼀一⼀AB" in text
    assert "རྡོ་ལྕགས་རྡོ་རྡོ་" in text


def _text_by_pdfium(data: bytes) -> str:
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 reads the text a second way")
    document = pdfium.PdfDocument(data)
    return "".join(_squeezed(page.get_textpage().get_text_range()) for page in document)


def test_a_second_reader_finds_the_chinese_and_english_too(fonts: FontSet) -> None:
    bulletin = make_bulletin(("zh", "en", "bo"), rows=2, page_height=2000.0)
    text = _text_by_pdfium(typeset_pdf(bulletin, fonts))
    assert "五省区的代表" in text
    assert "delegatesofthefiveprovinces" in text


def test_the_same_bulletin_gives_the_same_bytes_whatever_was_typeset_before(fonts: FontSet) -> None:
    first = typeset_pdf(make_bulletin(), fonts)
    typeset_pdf(make_bulletin(("bo",), rows=3), fonts)
    assert typeset_pdf(make_bulletin(), fonts) == first


@pytest.mark.parametrize("most", [1, 3, 40])
def test_words_that_a_face_forgets_in_the_middle_of_a_page_change_nothing(
    most: int, fonts: FontSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = (Mark.NONE, Mark.UNREVIEWED)  # what is marked is shaped on its own: no kern reaches from one to the other
    sentences = [Run(f"Yao spoke{' well' * (count % 7)}. ", "en", mark=marks[count % 2]) for count in range(80)]
    row = Row(RowKind.PARAGRAPH, (Cell("en", tuple(sentences)), Cell("bo", (Run(text_of("bo", 1, 6), "bo"),))))
    bulletin = replace(make_bulletin(("en", "bo"), rows=4), rows=(row,))
    expected = typeset_pdf(bulletin, fonts)
    monkeypatch.setattr("toolkit.pdf.shaping._CACHE_LIMIT", most)
    monkeypatch.setattr("toolkit.pdf.shaping._RUNS_LIMIT", most)
    monkeypatch.setattr("toolkit.pdf.boxes._BOXES_LIMIT", most)
    assert typeset_pdf(bulletin, fonts) == expected


def test_another_process_in_another_folder_with_another_hash_seed_gives_the_same_bytes(
    fonts: FontSet, tmp_path: Path
) -> None:
    program = (
        "import hashlib, sys; from toolkit.fonts.catalog import bundled_fonts; from toolkit.pdf import typeset_pdf;"
        "from pdf_samples import make_bulletin;"
        "print(hashlib.sha256(typeset_pdf(make_bulletin(), bundled_fonts())).hexdigest())"
    )
    expected = hashlib.sha256(typeset_pdf(make_bulletin(), fonts)).hexdigest()
    for seed in ("1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{REPO}{os.pathsep}{Path(__file__).parent}"}
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
        )
        assert done.stdout.strip() == expected, done.stderr


def test_no_clock_and_no_path_is_written(fonts: FontSet) -> None:
    data = typeset_pdf(make_bulletin(), fonts)
    assert b"/CreationDate" not in data
    assert b"/ModDate" not in data
    assert str(REPO).encode() not in data
    assert b"Helvetica" not in data


def _elements(node: Any) -> Iterator[Any]:
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, dict) and "/S" in node:
        yield node
        yield from _elements(node["/K"])


def _reader(bulletin: Bulletin, fonts: FontSet) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(typeset_pdf(bulletin, fonts)))


def test_headings_and_paragraphs_are_tagged_with_their_language_in_reading_order(fonts: FontSet) -> None:
    bulletin = make_bulletin(rows=5)
    root = _reader(bulletin, fonts).root_object["/StructTreeRoot"]
    elements = list(_elements(root["/K"]))
    paragraphs = [(element["/S"], element["/Lang"]) for element in elements if element["/S"] in ("/P", "/H1", "/H2")]
    assert paragraphs[:3] == [("/H1", "zh-CN"), ("/H1", "en-US"), ("/H1", "bo-CN")]
    assert paragraphs[3:9] == [(tag, lang) for tag in ("/P", "/H2") for lang in ("zh-CN", "en-US", "bo-CN")]
    assert [element["/S"] for element in elements].count("/TR") == 1 + len(bulletin.rows)


def test_every_mark_on_every_page_belongs_to_one_element_and_the_rest_is_artifact(fonts: FontSet) -> None:
    reader = _reader(make_bulletin(provenance=True), fonts)
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for index, page in enumerate(reader.pages):
        content = page.get_contents().get_data().decode("ascii")
        marks = [int(mark) for mark in re.findall(r"/MCID (\d+)", content)]
        assert marks == list(range(len(marks)))
        assert len(numbers[2 * index + 1].get_object()) == len(marks)
        outside = re.sub(r"/(P|H1|H2|Artifact) <<.*?>> BDC\n.*?\nEMC(?=\n|$)", "", content, flags=re.DOTALL)
        assert not re.search(r"\bTJ\b|\bre f\b|\bS\b", outside)


def test_chinese_standing_in_for_a_missing_translation_says_that_it_is_chinese(fonts: FontSet) -> None:
    bulletin = make_bulletin(("en", "bo"), rows=1)
    row = bulletin.rows[1]
    gap = Cell("bo", (Run("合作市", "zh", mark=Mark.GAP),))
    bulletin = replace(bulletin, rows=(bulletin.rows[0], replace(row, cells=(row.cells[0], gap))))
    content = _reader(bulletin, fonts).pages[0].get_contents().get_data()
    assert b"/Span <</Lang (zh-CN)>> BDC" in content


def test_title_author_keywords_languages_and_bookmarks_are_in_the_file(fonts: FontSet) -> None:
    bulletin = make_bulletin(rows=9)
    reader = _reader(bulletin, fonts)
    assert reader.metadata.title == bulletin.title
    assert reader.metadata.author == "甘南日报"
    assert reader.metadata["/Keywords"] == "合作市, Hezuo"
    assert (
        reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"] is True
        or str(reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]) == "True"
    )
    assert reader.pdf_header == "%PDF-1.7"
    title, headings = reader.outline
    assert title.title == "五省区会议"
    assert [item.title for item in headings] == ["第0部分", "第4部分", "第8部分"]
    assert reader.xmp_metadata.dc_language == ["zh-CN", "en-US", "bo-CN"]
    assert b"pdfuaid" not in typeset_pdf(bulletin, fonts)


def test_pages_are_counted_without_a_parser(fonts: FontSet) -> None:
    data = typeset_pdf(make_bulletin(rows=30), fonts)
    assert count_pages(data) == len(pypdf.PdfReader(io.BytesIO(data)).pages) > 2


def test_spacing_is_written_as_numbers_a_reader_can_tell_apart(fonts: FontSet) -> None:
    bulletin = make_bulletin(rows=6)
    right = bulletin.edition.page_width - bulletin.edition.margin_right
    for page in _reader(bulletin, fonts).pages:
        content = page.get_contents().get_data().decode("ascii")
        for array in re.findall(r"\[([^\]]*)\] ?TJ", content):
            tokens = re.sub(r"<[0-9A-F]+>", " ", array).split()
            assert all(re.fullmatch(r"-?\d+(\.\d+)?", token) and abs(float(token)) <= 1000 for token in tokens), array
        starts = [float(x) for x in re.findall(r"BT 1 0 0 1 (\S+) \S+ Tm", content)]
        assert starts
        assert all(bulletin.edition.margin_left - 6 <= x < right for x in starts)

"""Files made to do harm, or broken by accident: a clear error, no crash, nothing of this machine in it."""

from __future__ import annotations

import functools
import zipfile
from pathlib import Path

import pytest

from tests.growth import growth
from tests.report.word_files import p, part, r, read, word_file
from toolkit.errors import SourceError
from toolkit.report.formats import read_blocks, read_paragraphs

DOCUMENT = "word/document.xml"


def refused(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_blocks(path)
    assert caught.value.path == path
    assert caught.value.remedy
    return str(caught.value)


def test_no_file_of_the_machine_comes_in_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("最高机密", encoding="utf-8")
    xml = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'.encode() + part("document", "<w:body>&s;</w:body>")
    message = refused(word_file(tmp_path / "a.docx", "", more={DOCUMENT: xml}))
    assert "DOCTYPE" in message
    assert "机密" not in message


@pytest.mark.parametrize(
    "name", ["word/styles.xml", "word/footnotes.xml", "_rels/.rels", "word/_rels/document.xml.rels"]
)
def test_a_doctype_in_any_part_is_refused(tmp_path: Path, name: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert "DOCTYPE" in refused(word_file(tmp_path / "a.docx", p("文"), more={name: bomb}))


def test_a_billion_laughs_are_not_laughed(tmp_path: Path) -> None:
    entities = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    xml = f"<!DOCTYPE x [{entities}]>".encode() + part("document", f"<w:body>{p(r('&l9;'))}</w:body>")
    assert "DOCTYPE" in refused(word_file(tmp_path / "a.docx", "", more={DOCUMENT: xml}))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx", p("文"), more={"word/media/image1.png": bytes(30_000_000)})
    assert "would grow more than" in refused(path)


@pytest.mark.parametrize(
    "nested",
    [
        "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>",
    ],
)
def test_tables_and_boxes_nested_without_end_are_refused_and_a_few_are_read(tmp_path: Path, nested: str) -> None:
    opening, closing = nested.split("{}")
    deep = opening * 10_000 + p("深") + closing * 10_000
    assert "depth" in refused(word_file(tmp_path / "a.docx", deep)).lower()
    few = opening * 40 + p("深") + closing * 40
    assert [block.text.text for block in read(word_file(tmp_path / "b.docx", few))] == ["深"]


def test_the_time_to_read_a_paragraph_grows_with_its_runs_and_breaks_and_not_with_their_square(tmp_path: Path) -> None:
    def file(count: int) -> Path:
        inner = "".join(r("甘南会议。" * 17, "<w:b/>" * (n % 2)) + "<w:r><w:br/></w:r>" for n in range(count))
        return word_file(tmp_path / f"{count}.docx", p(inner))

    long = file(4_000)
    assert growth(functools.partial(read, file(400)), functools.partial(read, long)) < 30
    (block,) = read(long)
    assert len(block.text.text) == 4_000 * 85
    assert len(block.text.codes) == 4_000


@pytest.mark.parametrize("suffix", [".md", ".html", ".txt"])
def test_the_time_to_read_a_line_grows_with_its_length_and_not_with_its_square(tmp_path: Path, suffix: str) -> None:
    def reading(count: int) -> int:
        path = tmp_path / f"{count}{suffix}"
        path.write_text("甘南[会议](*召*开)_了_。" * count, encoding="utf-8")
        return len(read_blocks(path))

    assert growth(functools.partial(reading, 500), functools.partial(reading, 5_000)) < 30
    assert reading(25_000) == 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(5_000), "old office program"),
        (b"{\\rtf1\\ansi hello}", "is not a Word file"),
        (b"", "is not a Word file"),
        ("题目\n正文。\n".encode(), "is not a Word file"),
        (b"%PDF-1.7\n", "is not a Word file"),
    ],
)
def test_another_format_under_this_name_is_told_apart(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(data)
    assert says in refused(path)


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"word/styles.xml": b"<x/>"}, "has no part “word/document.xml”"),
        ({DOCUMENT: b"<w:document"}, "not well-formed"),
        ({DOCUMENT: b"<x/>"}, "is no document"),
        ({DOCUMENT: part("document", "")}, "is no document"),
        ({DOCUMENT: b"\0\0"}, "not well-formed"),
        ({DOCUMENT: part("document", "<w:body/>"), "_rels/.rels": b"<broken"}, "“_rels/.rels”"),
        ({DOCUMENT: part("document", "<w:body/>")}, "has no text"),
    ],
)
def test_a_package_that_is_no_word_file_or_a_broken_one_names_the_part(
    tmp_path: Path, parts: dict[str, bytes], says: str
) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert says in refused(path)


def test_relationships_that_lead_out_of_the_package_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "styles.xml").write_bytes(b"<x/>")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
    rels = f'<R xmlns="x"><Relationship Id="a" Type="{kind}" Target="../../../../etc/passwd"/></R>'.encode()
    path = word_file(tmp_path / "a.docx", p("文字"), more={"word/_rels/document.xml.rels": rels})
    assert [block.text.text for block in read(path)] == ["文字"]


def test_a_word_file_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = word_file(tmp_path / "whole.docx", p("文字。") * 20).read_bytes()
    path = tmp_path / "cut.docx"
    for end in range(0, len(whole), 101):
        path.write_bytes(whole[:end])
        refused(path)


@pytest.mark.parametrize(
    ("name", "says"), [("report.doc", "Word file"), ("report.pdf", "as text"), ("report", "as text")]
)
def test_a_format_that_is_not_read_says_what_to_save_it_as(tmp_path: Path, name: str, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    assert says in refused(path)


def test_a_translation_that_cannot_be_read_is_called_one(tmp_path: Path) -> None:
    path = tmp_path / "en.docx"
    path.write_bytes(b"PK")
    with pytest.raises(SourceError, match="Open the translation in Word or LibreOffice"):
        read_paragraphs(path)


def test_a_missing_file_and_a_folder_are_errors_with_a_remedy(tmp_path: Path) -> None:
    for suffix in (".docx", ".md", ".html", ".txt"):
        assert "could not be read" in refused(tmp_path / f"absent{suffix}")
        (tmp_path / f"folder{suffix}").mkdir()
        assert "could not be read" in refused(tmp_path / f"folder{suffix}")

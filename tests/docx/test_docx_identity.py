"""The file knows whose text each cell holds, in two ways, and is none the worse for it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
from lxml import etree

from toolkit.bulletin.model import Bulletin, Cell, Mark, Row, RowKind, Run
from toolkit.docx import typeset_docx
from toolkit.docx.identity import NAMESPACE, Named, named_in
from toolkit.fonts import FontSet

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
N = f"{{{NAMESPACE}}}"
ENGLISH, TIBETAN = "0123456789abcdef", "fedcba9876543210"


def parts_of(bulletin: Bulletin, fonts: FontSet) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(typeset_docx(bulletin, fonts))) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")}


def with_segments(bulletin: Bulletin) -> Bulletin:
    """The sample with one row of two segments: the second is a gap in Tibetan."""
    chinese = (Run("会议在合作市召开。", "zh", segment="s1"), Run("各州参加。", "zh", segment="s2-2"))
    english = (
        Run("The meeting was ", "en", segment="s1"),
        Run("held", "en", bold=True, segment="s1"),
        Run(" in Hezuo.", "en", segment="s1"),
        Run(" ", "en"),
        Run("No glyph: \u1234.", "en", segment="s2-2"),
    )
    tibetan = (
        Run("༄༅། །", "bo", mark=Mark.ORNAMENT),
        Run("ཚོགས་འདུ་འཚོགས།", "bo", segment="s1"),
        Run(" ", "bo"),
        Run("各州参加。", "zh", mark=Mark.GAP, segment="s2-2"),
    )
    cells = (
        Cell("zh", chinese, bases=(("s1", ""), ("s2-2", ""))),
        Cell("en", english, bases=(("s1", ENGLISH), ("s2-2", ENGLISH))),
        Cell("bo", tibetan, ((Run("a note", "en"),),), bases=(("s1", TIBETAN), ("s2-2", ""))),
    )
    return replace(bulletin, rows=(*bulletin.rows, Row(RowKind.PARAGRAPH, cells, anchor="s1")), report="gannan-2023")


def test_the_record_holds_every_text_with_its_segment_and_base(docx_bulletin: Bulletin, docx_fonts: FontSet) -> None:
    root = parts_of(with_segments(docx_bulletin), docx_fonts)["customXml/item1.xml"]
    assert (root.get("report"), root.get("edition"), root.get("columns")) == ("gannan-2023", "zh-en-bo", "zh en bo")
    rows = list(root)
    assert len(rows) == 10  # masthead, title, column head, five rows, ours, colophon
    row = rows[-2]
    texts = {(cell.get("language"), text.get("segment")): text for cell in row for text in cell}
    assert texts["en", "s1"].get("base") == ENGLISH
    assert "".join(texts["en", "s1"].itertext()) == "The meeting was held in Hezuo."
    assert [(run.text, run.get("style")) for run in texts["en", "s1"]] == [("held", "bold")]
    assert texts["en", "s2-2"].text == "No glyph: \u1234."
    assert texts["en", "s2-2"].get("shown") == "No glyph: [U+1234]."
    gap = texts["bo", "s2-2"]
    assert (gap.get("gap"), gap.get("base"), gap.text) == ("1", None, "各州参加。")
    assert [cell.get("ornament") for cell in row] == [None, None, "༄༅། །"]
    assert [bool(cell.get("notes")) for cell in row] == [False, False, True]


def test_a_bookmark_stands_around_each_text_and_around_no_ornament(
    docx_bulletin: Bulletin, docx_fonts: FontSet
) -> None:
    document = parts_of(with_segments(docx_bulletin), docx_fonts)["word/document.xml"]
    around: dict[str, str] = {}
    names: dict[str, str] = {}
    for element in document.iter(W + "bookmarkStart", W + "bookmarkEnd", W + "t"):
        if element.tag == W + "bookmarkStart":
            names[str(element.get(W + "id"))] = str(element.get(W + "name"))
            around[str(element.get(W + "name"))] = ""
        elif element.tag == W + "bookmarkEnd":
            del names[str(element.get(W + "id"))]
        else:
            for name in names.values():
                around[name] += element.text or ""
    assert around[f"bt9_en_s1_{ENGLISH}"] == "The meeting was held in Hezuo."
    assert around[f"bt9_bo_s1_{TIBETAN}"] == "ཚོགས་འདུ་འཚོགས།"
    assert around["bt9_bo_s2_2"] == "各州参加。"


def test_a_name_tells_row_language_segment_and_base_again() -> None:
    assert named_in(f"bt9_en_s0e23c1ca20_{ENGLISH}") == Named(9, "en", "s0e23c1ca20", ENGLISH)
    assert named_in("bt12_bo_s0e23c1ca20_2") == Named(12, "bo", "s0e23c1ca20-2", "")
    assert named_in("bt1_zh") == Named(1, "zh", "", "")
    assert named_in(f"bt9_en_s1_{ENGLISH} Copy 1") == Named(9, "en", "s1", ENGLISH)
    for other in ("_GoBack", "bt9_fr_s1", "row_s001", "bt_en_s1"):
        assert named_in(other) is None


def test_report_edition_and_rows_stand_in_the_properties(docx_bulletin: Bulletin, docx_fonts: FontSet) -> None:
    root = parts_of(with_segments(docx_bulletin), docx_fonts)["docProps/custom.xml"]
    assert {entry.get("name"): "".join(map(str, entry.itertext())) for entry in root} == {
        "Bulletin Report": "gannan-2023",
        "Bulletin Edition": "zh-en-bo",
        "Bulletin Rows": "10",
    }


def test_the_space_between_two_segments_has_a_style_of_its_own(docx_bulletin: Bulletin, docx_fonts: FontSet) -> None:
    document = parts_of(with_segments(docx_bulletin), docx_fonts)["word/document.xml"]
    styled = [
        "".join(map(str, run.itertext()))
        for run in document.iter(W + "r")
        if (style := run.find(f"{W}rPr/{W}rStyle")) is not None and style.get(W + "val") == "BulletinBetween"
    ]
    assert styled == [" ", " "]


def test_the_same_segment_twice_gets_two_names(docx_bulletin: Bulletin, docx_fonts: FontSet) -> None:
    cell = Cell(
        "en", (Run("a", "en", segment="s1"), Run(" ", "en"), Run("b", "en", segment="s2"), Run("c", "en", segment="s1"))
    )
    bulletin = replace(docx_bulletin, rows=(Row(RowKind.PARAGRAPH, (cell,)),), report="r")
    document = parts_of(bulletin, docx_fonts)["word/document.xml"]
    names = [start.get(W + "name") for start in document.iter(W + "bookmarkStart")]
    assert names[6:10] == ["bt3_zh", "bt3_en", "bt3_bo", "bt4_en_s1"]
    assert names[10:13] == ["bs4_en_s2", "bt4_en_s2", "bt4_en_s1_2"]


def test_a_bulletin_of_no_report_carries_no_record(docx_parts: dict[str, bytes]) -> None:
    assert not [name for name in docx_parts if "custom" in name]


def test_python_docx_opens_and_keeps_the_record(docx_bulletin: Bulletin, docx_fonts: FontSet) -> None:
    data = typeset_docx(with_segments(docx_bulletin), docx_fonts)
    out = io.BytesIO()
    docx.Document(io.BytesIO(data)).save(out)
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out) as after:
        assert after.read("customXml/item1.xml") == before.read("customXml/item1.xml")
        assert after.read("docProps/custom.xml") == before.read("docProps/custom.xml")

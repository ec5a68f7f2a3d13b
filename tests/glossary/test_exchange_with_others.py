"""TBX and TMX made by others are read, ours are read by others, and nothing hostile gets in."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import Workbook
from translate.storage.tbx import tbxfile
from translate.storage.tmx import tmxfile

from tests.glossary.samples import OURS, a_term, brought
from toolkit.errors import BulletinError, SettingsError, SourceError
from toolkit.glossary import Status, read_glossary
from toolkit.glossary.exchange import Format, Incoming, read_terms, terms_bytes
from toolkit.languages import BCP47, TARGETS

PeerTbx: Any = tbxfile  # it has no types
PeerTmx: Any = tmxfile
NAMESPACE = "urn:iso:std:iso:30042:ed-2"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(folder: Path, name: str, content: str | bytes) -> Incoming:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return read_terms(path)


def tbx3(body: str, *, style: str = "dca", names: str = "") -> str:
    return (
        f'<?xml version="1.0"?>\n<tbx type="TBX-Basic" style="{style}" xml:lang="en" xmlns="{NAMESPACE}"{names}>\n'
        f"<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>\n<text><body>\n{body}\n"
        "</body></text></tbx>"
    )


# TBX of others

DCA = """<conceptEntry id="c5">
 <descrip type="subjectField">geography</descrip>
 <descripGrp><descrip type="definition">A lake in Qinghai.</descrip><admin type="source">An atlas</admin></descripGrp>
 <langSec xml:lang="zh-Hans">
  <termSec><term>青海湖</term><termNote type="partOfSpeech">noun</termNote></termSec>
 </langSec>
 <langSec xml:lang="en">
  <termSec><term>Lake Qinghai</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
  <termSec><term>Qinghai Lake</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
  <termSec><term>Koko Nor</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote>
   <note>Older maps.</note></termSec>
  <termSec><term>Blue Sea</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
 </langSec>
 <langSec xml:lang="bo"><termSec><term>མཚོ་<hi>སྔོན་པོ</hi></term></termSec></langSec>
 <langSec xml:lang="fr"><termSec><term>lac Qinghai</term></termSec></langSec>
</conceptEntry>"""

DCT = """<conceptEntry id="c5">
 <transacGrp><basic:transactionType>origination</basic:transactionType><date>2010-04-17</date>
  <basic:responsibility>Tommy</basic:responsibility></transacGrp>
 <min:subjectField>geography</min:subjectField>
 <langSec xml:lang="zh"><termSec><term>青海湖</term></termSec></langSec>
 <langSec xml:lang="en">
  <descripGrp><basic:definition>A lake in Qinghai.</basic:definition><basic:source>An atlas</basic:source></descripGrp>
  <termSec><term>Lake Qinghai</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>
  <termSec><term>Qinghai Lake</term>
   <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
  <termSec><term>Koko Nor</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
 </langSec>
 <langSec xml:lang="bo"><termSec><term>མཚོ་སྔོན་པོ</term></termSec></langSec>
</conceptEntry>"""

MARTIF = """<?xml version='1.0'?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body><termEntry id="eid-5">
 <descrip type="subjectField">geography</descrip>
 <langSet xml:lang="ZH-cn"><ntig><termGrp><term>青海湖</term>
  <termNote type="partOfSpeech">noun</termNote></termGrp></ntig>
 </langSet>
 <langSet xml:lang="en"><tig><term>Qinghai Lake</term></tig></langSet>
 <langSet xml:lang="en"><tig><term>Lake Qinghai</term></tig></langSet>
 <langSet xml:lang="en"><tig><term>Koko Nor</term><termNote type="administrativeStatus">
   deprecatedTerm-admn-sts</termNote></tig></langSet>
 <langSet xml:lang="bo"><tig><term>མཚོ་སྔོན་པོ</term></tig></langSet>
</termEntry></body></text></martif>"""

MODULES = ' xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"'


@pytest.mark.parametrize(
    "content", [tbx3(DCA), tbx3(DCT, style="dct", names=MODULES), MARTIF], ids=["DCA", "DCT", "martif"]
)
def test_the_three_shapes_of_tbx_say_the_same(content: str, tmp_path: Path) -> None:
    incoming = read(tmp_path, "lake.tbx", content)
    (term,) = (one.term for one in incoming.terms)
    assert term.sources == ("青海湖",)
    assert term.allowed("en") == ("Qinghai Lake", "Lake Qinghai")
    assert term.forbidden["en"][0] == "Koko Nor"
    assert term.targets["bo"] == "མཚོ་སྔོན་པོ"
    assert term.domain == "geography"
    assert (term.status, term.by) == (Status.PROPOSED, "")


def test_what_a_glossary_has_no_column_for_is_in_the_note_or_counted_with_its_line(tmp_path: Path) -> None:
    incoming = read(tmp_path, "lake.tbx", tbx3(DCA))
    (one,) = incoming.terms
    assert one.term.note == "definition: A lake in Qinghai. Koko Nor: Older maps."
    assert one.term.place == "lake.tbx:5"
    counted = {(remark.reason, remark.line) for remark in incoming.remarks}
    assert counted == {
        ("source: 1 time, not kept", 7),
        ("partOfSpeech: 1 time, not kept", 9),
        ("terms in the language “fr”: 1 time, not kept", 19),
    }


def test_a_concept_all_of_whose_terms_are_deprecated_is_a_deprecated_term(tmp_path: Path) -> None:
    note = '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>'
    body = (
        '<conceptEntry><langSec xml:lang="zh"><termSec><term>旧词</term></termSec></langSec>'
        f'<langSec xml:lang="en"><termSec><term>old word</term>{note}</termSec></langSec></conceptEntry>'
    )
    (one,) = read(tmp_path, "old.tbx", tbx3(body)).terms
    assert (one.term.status, one.term.targets["en"]) == (Status.DEPRECATED, "old word")


def test_an_entry_without_chinese_and_one_with_a_bar_are_left_out_with_their_lines(tmp_path: Path) -> None:
    body = (
        '<conceptEntry>\n<langSec xml:lang="en"><termSec><term>alone</term></termSec></langSec></conceptEntry>\n'
        '<conceptEntry><langSec xml:lang="zh"><termSec><term>甲</term></termSec><termSec><term>乙|丙</term></termSec>'
        "</langSec></conceptEntry>"
    )
    incoming = read(tmp_path, "x.tbx", tbx3(body))
    assert incoming.terms == ()
    assert [(remark.line, remark.left_out) for remark in incoming.remarks] == [(5, True), (7, True)]


def test_what_translate_toolkit_writes_is_read(tmp_path: Path) -> None:
    store = PeerTbx(sourcelanguage="zh", targetlanguage="en")
    unit = store.addsourceunit("合作市")
    unit.set_source_terms(["合作市"], "zh")
    unit.set_target_terms(["Hezuo City", "Hezuo"], "en")
    unit.set_common_note("Seat of Gannan.", source=True)
    (one,) = read(tmp_path, "peer.tbx", bytes(store)).terms
    assert one.term.zh == "合作市"
    assert one.term.allowed("en") == ("Hezuo City", "Hezuo")
    assert one.term.note == "definition: Seat of Gannan."


def test_a_tmx_of_others_gives_terms_and_its_second_variant_is_accepted(tmp_path: Path) -> None:
    units = (
        "<tu><tuv xml:lang='zh'><seg>甘南</seg></tuv><tuv xml:lang='EN-us'><seg>Gannan</seg></tuv>"
        "<tuv xml:lang='en-GB'><seg>Kanlho</seg></tuv></tu><tu><tuv xml:lang='de'><seg>x</seg></tuv></tu>"
    )
    incoming = read(tmp_path, "x.tmx", f"<tmx version='1.4'><header/><body>{units}</body></tmx>")
    (one,) = incoming.terms
    assert one.term.allowed("en") == ("Gannan", "Kanlho")
    assert any("no Chinese" in remark.reason for remark in incoming.remarks)


def test_a_plain_glossary_of_omegat_is_read_and_a_line_without_tab_is_told(tmp_path: Path) -> None:
    lines = "# mine\n甘南\tGannan\tin Gansu\n甘南\tKanlho\nno tab here\n玉树\tYushu\n"
    incoming = read(tmp_path, "glossary.utf8", lines)
    first, second = (one.term for one in incoming.terms)
    assert first.allowed("en") == ("Gannan", "Kanlho")
    assert (first.note, second.note) == ("in Gansu", "")
    assert [(remark.line, remark.left_out) for remark in incoming.remarks] == [(4, True)]


# Ours, read by others


def test_translate_toolkit_reads_all_of_our_martif(tmp_path: Path) -> None:
    terms = read_glossary(OURS).terms
    store = PeerTbx.parsestring(terms_bytes(terms, Format.TBX2), "zh-CN", "en-US")
    assert len(store.units) == len(terms)
    for unit, term in zip(store.units, terms, strict=True):
        assert [one.text for one in unit.get_source_terms()] == list(term.sources)
        for language in TARGETS:
            words = unit.get_target_terms(BCP47[language])
            assert [one.text for one in words if not one.deprecated] == list(term.allowed(language))
            assert [one.text for one in words if one.deprecated] == list(term.forbidden[language])
        notes = [note.text for note in unit.get_common_notes()]
        assert all(text in notes for text in (term.domain, term.note) if text)
        assert not unit.isobsolete()


def test_translate_toolkit_saves_our_martif_and_nothing_is_lost(tmp_path: Path) -> None:
    terms = read_glossary(OURS).terms
    saved = bytes(PeerTbx.parsestring(terms_bytes(terms, Format.TBX2), "zh-CN", "en-US"))
    ours = read(tmp_path, "ours.tbx", terms_bytes(terms, Format.TBX2))
    assert brought(read(tmp_path, "saved.tbx", saved)) == brought(ours)


def test_translate_toolkit_reads_all_of_our_tmx() -> None:
    terms = read_glossary(OURS).terms
    store = PeerTmx.parsestring(terms_bytes(terms, Format.TMX))
    found = [(unit.source, unit.gettarget("en-US"), unit.gettarget("bo-CN")) for unit in store.units]
    assert found == [(term.zh, term.targets["en"], term.targets["bo"]) for term in terms]


@pytest.mark.parametrize("status", ["deprecated", "forbidden"])
def test_no_other_program_offers_a_term_out_of_use(status: str) -> None:
    term = a_term(status=status, by="Tashi", en_accepted="Kanlho")
    (unit,) = PeerTbx.parsestring(terms_bytes((term,), Format.TBX2), "zh-CN", "en-US").units
    assert [one.text for one in unit.get_target_terms()] == ["Gannan Prefecture", "Kanlho"]
    assert unit.isobsolete()


def test_our_tbx_keeps_to_the_content_model_of_tbx_basic() -> None:
    """ISO 30042:2019, 8 (core structure), and the data categories of TBX-Basic with the levels they may stand at."""
    types = {
        ("conceptEntry", "descrip"): {"subjectField"},
        ("conceptEntry", "admin"): {"source", "projectSubset"},
        ("transacGrp", "transac"): {"transactionType"},
        ("transacGrp", "transacNote"): {"responsibility"},
        ("termSec", "termNote"): {"administrativeStatus"},
    }
    children = {
        "tbx": ["tbxHeader", "text"],
        "text": ["body"],
        "body": ["conceptEntry"],
        "conceptEntry": ["descrip", "admin", "transacGrp", "note", "langSec"],
        "transacGrp": ["transac", "transacNote", "date", "note"],
        "langSec": ["termSec"],
        "termSec": ["term", "termNote", "note"],
    }
    terms = (*read_glossary(OURS).terms, a_term(status="approved", by="Tashi", date="2026-11-25"))
    root = etree.fromstring(terms_bytes(terms, Format.TBX))
    assert (root.get("type"), root.get("style"), root.get(XML_LANG)) == ("TBX-Basic", "dca", "zh-CN")
    for parent in root.iter(etree.Element):
        name = etree.QName(parent).localname
        assert etree.QName(parent).namespace == NAMESPACE
        inside = [etree.QName(child).localname for child in parent]
        if name in children:
            places = [children[name].index(one) for one in inside]
            assert places == sorted(places), name
        for child, child_name in zip(parent, inside, strict=True):
            if child.get("type") and name != "tbx":
                assert child.get("type") in types[name, child_name]
            if child_name == "transac":
                assert child.text in ("origination", "modification")


# Hostile files

BOMB = "<!DOCTYPE tbx [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)


@pytest.mark.parametrize("name", ["x.tbx", "x.tmx"])
@pytest.mark.parametrize(
    "head",
    ["<!DOCTYPE tbx [<!ENTITY a SYSTEM 'file:///etc/passwd'>", BOMB],
    ids=["a file from outside", "an entity bomb"],
)
def test_entities_are_refused(name: str, head: str, tmp_path: Path) -> None:
    root = name.removeprefix("x.")
    with pytest.raises(SourceError) as caught:
        read(tmp_path, name, f"<?xml version='1.0'?>\n{head}]>\n<{root}><p>&a;</p></{root}>")
    assert "root:" not in str(caught.value)
    assert caught.value.line


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.tbx", b"<html/>", "is not TBX"),
        ("x.tmx", b"<html/>", "is not TMX"),
        ("x.tbx", b"<tbx>\n<text>", ":2: is not well-formed"),
        ("x.csv", "zh,en\n甘南,Gannan\n".encode("gbk"), "GBK"),
        ("x.csv", b"zh,en\n\0\n", "NUL"),
        ("x.csv", ("zh,en\n甘南," + "x" * 1_000_000 + "\n").encode(), ":2: a cell has more than"),
        ("x.csv", b"en,bo\na,b\n", "lacks the column zh"),
        ("x.utf8", "甘南\tGannan\n".encode("gbk"), "GBK"),
        ("x.utf8", "甘南\tGannan\n".encode("utf-16"), "UTF-16"),
        ("x.xlsx", b"PK\x03\x04 nothing", "is not an Excel workbook"),
        ("x.doc", b"", "tells no format"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_a_remedy(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises((SourceError, SettingsError), match=says) as caught:
        read(tmp_path, name, content)
    assert name in str(caught.value)
    assert caught.value.remedy


def test_excels_unicode_text_is_read(tmp_path: Path) -> None:
    (one,) = read(tmp_path, "x.csv", "zh\ten\n甘南\tGannan\n".encode("utf-16")).terms
    assert (one.term.zh, one.term.targets["en"]) == ("甘南", "Gannan")


def test_formula_error_and_merged_cells_are_left_out_and_the_other_rows_come_in(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["zh", "en"],
        ["甘南", '=HYPERLINK("http://x","y")'],
        ["玉树", "Yushu"],
        ["果洛", "Golog"],
        ["海北", "x"],
    ):
        sheet.append(row)
    sheet.merge_cells("B4:B5")
    book.save(tmp_path / "x.xlsx")
    incoming = read_terms(tmp_path / "x.xlsx")
    assert [one.term.zh for one in incoming.terms] == ["玉树"]
    assert [(remark.line, remark.left_out) for remark in incoming.remarks] == [(2, True), (4, True), (5, True)]
    assert "B2 holds a formula" in incoming.remarks[0].reason


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"0" * 50_000_000)
    with pytest.raises(BulletinError, match="grow"):
        read_terms(tmp_path / "x.xlsx")


def test_a_file_name_that_leaves_the_folder_is_not_kept(tmp_path: Path) -> None:
    incoming = read(tmp_path, "x.csv", "zh,en,file\n甘南,Gannan,../../evil.csv\n玉树,Yushu,places.csv\n")
    assert [one.file for one in incoming.terms] == ["", "places.csv"]


def test_our_workbook_has_a_frozen_header_a_drop_down_and_a_protected_source(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    (tmp_path / "x.xlsx").write_bytes(terms_bytes(read_glossary(OURS).terms, Format.XLSX))
    sheet = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    header = {cell.value: cell.coordinate.rstrip("1") for cell in sheet[1]}
    assert sheet.freeze_panes == "B2"
    assert sheet.protection.sheet
    assert sheet[f"{header['zh']}2"].protection.locked
    assert not sheet[f"{header['bo']}2"].protection.locked
    (offer,) = sheet.data_validations.dataValidation
    assert offer.formula1 == '"proposed,approved,deprecated,forbidden"'
    assert str(offer.sqref).startswith(f"{header['status']}2:")

"""XLIFF comes home from CAT tools: translate-toolkit and OmegaT really save it, and shapes of others are read."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from translate.storage import factory
from translate.storage.xliff import Xliff1File

from toolkit.errors import SourceError
from toolkit.languages import BCP47, Language
from toolkit.report import Report
from toolkit.report.inline import InlineText
from toolkit.review.edit import Edit, EditedFile, TroubleKind
from toolkit.review.from_xliff import read_xliff_edits
from toolkit.translation.draft import Draft, Review, State, target_hash
from toolkit.translation.xliff import read_xliff, xliff_bytes

FOLDER = Path(__file__).parents[2] / "source" / "gannan-2023"
OMEGAT = Path("/usr/share/omegat/OmegaT.jar")
GAP = 7


@pytest.fixture(scope="module")
def draft() -> Draft:
    """The English draft of the report, with one gap."""
    draft = read_xliff(FOLDER / "en.xlf", "en")
    units = list(draft.units)
    units[GAP] = replace(units[GAP], target=InlineText(""), state=State.NEEDS_TRANSLATION, origin=None)
    return replace(draft, units=tuple(units))


@pytest.fixture
def path(tmp_path: Path, gannan: Report, draft: Draft) -> Path:
    path = tmp_path / "gannan-2023-en.xlf"
    path.write_bytes(xliff_bytes(draft, gannan))
    return path


def changed(file: EditedFile, draft: Draft) -> dict[str, str]:
    """The texts that are not what the draft says."""
    said = {unit.segment_id: unit.target.text for unit in draft.units}
    return {edit.segment_id: edit.text.text for edit in file.edits if edit.text.text != said[edit.segment_id]}


def test_an_untouched_file_says_what_the_draft_says(path: Path, draft: Draft) -> None:
    file = read_xliff_edits(path)
    assert (file.kind, file.report, file.troubles) == ("xliff", "gannan-2023", ())
    assert [edit.segment_id for edit in file.edits] == [unit.segment_id for unit in draft.units]
    for edit, unit in zip(file.edits, draft.units, strict=True):
        assert (edit.text, edit.source, edit.state) == (unit.target, unit.source.text, unit.state)
        assert edit.base == (target_hash(unit.target) if unit.target else "")


def test_what_a_person_did_before_is_no_edit_of_this_file(tmp_path: Path, gannan: Report, draft: Draft) -> None:
    reviewed = replace(draft.units[0], state=State.REVIEWED, review=Review("Li Na", "2026-11-25T04:05:57Z"))
    path = tmp_path / "en.xlf"
    path.write_bytes(xliff_bytes(replace(draft, units=(reviewed, *draft.units[1:]), former=draft.units[:1]), gannan))
    file = read_xliff_edits(path)
    assert (len(file.edits), file.edits[0].by, file.troubles) == (len(draft.units), "", ())


def test_translate_toolkit_opens_edits_and_saves_it(path: Path, draft: Draft) -> None:
    store = factory.getobject(str(path))
    assert isinstance(store, Xliff1File)
    units = [unit for unit in store.units if not unit.isheader()]
    assert len(units) == len(draft.units)
    units[0].target = "A new title, “quoted” & <marked>"
    units[1].markapproved()
    units[3].addnote("Ask Tashi.", origin="translator")
    units[GAP].target = "Filled."
    store.save()
    file = read_xliff_edits(path)
    ids = [unit.segment_id for unit in draft.units]
    assert changed(file, draft) == {ids[0]: "A new title, “quoted” & <marked>", ids[GAP]: "Filled."}
    assert file.edits[1].state is State.REVIEWED
    assert file.edits[3].comment == "Ask Tashi."
    assert (file.report, file.troubles) == ("gannan-2023", ())
    assert file.edits[0].base == target_hash(draft.units[0].target)


@pytest.mark.skipif(not OMEGAT.exists() or shutil.which("java") is None, reason="OmegaT (omegat) is not installed")
def test_omegat_really_translates_and_saves_it(path: Path, tmp_path: Path, draft: Draft) -> None:
    corrected = {unit.target.text: f"In OmegaT: {unit.target.text}" for unit in draft.units[:3]}
    project = omegat_project(tmp_path, path, corrected)
    command = ["java", "-Djava.awt.headless=true", f"-Duser.home={tmp_path}", "-jar", str(OMEGAT), str(project)]
    options = ["--mode=console-translate", f"--config-dir={tmp_path}/settings", "--no-team"]
    subprocess.run([*command, *options], check=True, capture_output=True, timeout=120)
    file = read_xliff_edits(project / "target" / path.name)
    assert changed(file, draft) == {unit.segment_id: f"In OmegaT: {unit.target.text}" for unit in draft.units[:3]}
    assert (file.report, file.troubles) == ("gannan-2023", ())
    assert all(edit.base for edit in file.edits[:3])


def omegat_project(folder: Path, source: Path, memory: dict[str, str]) -> Path:
    """A project with one source file.  Where a unit has a target, OmegaT's XLIFF filter offers that to be worked on."""
    project = folder / "project"
    for name in ("source", "target", "omegat", "tm", "glossary", "dictionary"):
        (project / name).mkdir(parents=True)
    shutil.copy(source, project / "source")
    root = etree.Element("omegat")
    settings = etree.SubElement(root, "project", version="1.0")
    folders = ("source_dir", "target_dir", "tm_dir", "glossary_dir", "glossary_file", "dictionary_dir")
    values = dict.fromkeys(folders, "__DEFAULT__") | {"source_lang": "ZH-CN", "target_lang": "EN-US"}
    values |= {"sentence_seg": "false", "support_default_translations": "true", "remove_tags": "false"}
    for name, value in values.items():
        etree.SubElement(settings, name).text = value
    (project / "omegat.project").write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    tmx = etree.Element("tmx", version="1.1")
    header = {"creationtool": "OmegaT", "o-tmf": "OmegaT TMX", "adminlang": "EN-US", "datatype": "plaintext"}
    header |= {"creationtoolversion": "3.6", "segtype": "paragraph", "srclang": "ZH-CN"}
    etree.SubElement(tmx, "header", header)
    body = etree.SubElement(tmx, "body")
    for old, new in memory.items():
        unit = etree.SubElement(body, "tu")
        for language, text in (("ZH-CN", old), ("EN-US", new)):
            etree.SubElement(etree.SubElement(unit, "tuv", lang=language), "seg").text = text
    (project / "omegat" / "project_save.tmx").write_bytes(etree.tostring(tmx, xml_declaration=True, encoding="UTF-8"))
    return project


def reworked(path: Path, change: Callable[[etree._Element], object]) -> EditedFile:
    root = etree.parse(path).getroot()
    change(root)
    path.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    return read_xliff_edits(path)


def units_of(root: etree._Element) -> list[etree._Element]:
    return list(root.iter("{*}trans-unit"))


def test_a_deleted_unit_is_told(path: Path, draft: Draft) -> None:
    def drop(root: etree._Element) -> None:
        unit = units_of(root)[2]
        parent = unit.getparent()
        assert parent is not None
        parent.remove(unit)

    file = reworked(path, drop)
    (trouble,) = file.troubles
    assert (trouble.kind, trouble.segment_id) == (TroubleKind.DELETED, draft.units[2].segment_id)
    assert changed(file, draft) == {}


def test_added_units_and_another_order_are_told(path: Path, draft: Draft) -> None:
    def rework(root: etree._Element) -> None:
        units = units_of(root)
        body = root.find("{*}file/{*}body")
        assert body is not None
        body.append(units[0])
        new = etree.SubElement(body, f"{{{etree.QName(body).namespace}}}trans-unit", id="new1")
        etree.SubElement(new, f"{{{etree.QName(body).namespace}}}source").text = "新的一句。"
        etree.SubElement(new, f"{{{etree.QName(body).namespace}}}target").text = "A new sentence."

    file = reworked(path, rework)
    assert [(one.kind, one.segment_id, one.text) for one in file.troubles] == [
        (TroubleKind.ADDED, "", "A new sentence."),
        (TroubleKind.MOVED, draft.units[0].segment_id, ""),
    ]
    assert changed(file, draft) == {}


def test_a_unit_that_stands_twice_gives_both_its_texts(path: Path, draft: Draft) -> None:
    def double(root: etree._Element) -> None:
        one, other = units_of(root)[:2]
        other.set("id", one.get("id", ""))

    file = reworked(path, double)
    assert [edit.text for edit in file.edits[:2]] == [draft.units[0].target, draft.units[1].target]
    assert {edit.segment_id for edit in file.edits[:2]} == {draft.units[0].segment_id}


def test_without_our_attributes_the_original_still_names_the_report(path: Path, draft: Draft) -> None:
    def strip(root: etree._Element) -> None:
        for element in root.iter():
            for name in list(element.attrib):
                if str(name).startswith("{urn:bulletin-toolkit"):
                    del element.attrib[name]

    file = reworked(path, strip)
    assert (file.report, changed(file, draft), file.troubles) == ("gannan-2023", {}, ())
    assert {edit.base for edit in file.edits} == {""}


def test_a_draft_of_record_of_before_is_known_by_its_folder() -> None:
    file = read_xliff_edits(FOLDER / "en.xlf")
    assert file.report == "gannan-2023"
    assert len(file.edits) > 40


def xliff(
    tmp_path: Path, body: str, *, header: str = "", file: str = "", version: str = "1.2", name: str = "t.xlf"
) -> Path:
    path = tmp_path / name
    attributes = file or 'original="r/report.txt" source-language="zh-CN" target-language="en-GB" datatype="plaintext"'
    path.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<xliff version="{version}" '
        f'xmlns="urn:oasis:names:tc:xliff:document:{version}">\n<file {attributes}>\n<header>{header}</header>\n'
        f"<body>\n{body}\n</body></file></xliff>",
        encoding="utf-8",
    )
    return path


def only(path: Path) -> Edit:
    file = read_xliff_edits(path)
    assert file.troubles == ()
    (edit,) = file.edits
    return edit


def test_a_phase_names_the_author_and_the_time(tmp_path: Path) -> None:
    header = (
        '<phase-group><phase phase-name="review" process-name="review" contact-name="Li Na" '
        'date="2026-11-25T04:05:57Z"/></phase-group>'
    )
    body = '<trans-unit id="s1"><source>甲</source><target phase-name="review" state="final">A</target></trans-unit>'
    edit = only(xliff(tmp_path, body, header=header))
    assert (edit.by, edit.at, edit.state) == ("Li Na", "2026-11-25T04:05:57Z", State.SIGNED_OFF)


def test_segmented_units_are_one_text_with_their_codes(tmp_path: Path) -> None:
    body = """<trans-unit id="s1"><source>甲。乙。</source>
      <seg-source><mrk mtype="seg" mid="1">甲。</mrk><mrk mtype="seg" mid="2">乙。</mrk></seg-source>
      <target><mrk mtype="seg" mid="1"><g id="1" ctype="bold">A</g>.</mrk> <mrk
        mtype="seg" mid="2">B<x id="2"/>.</mrk></target>
      <alt-trans><target>not this</target></alt-trans></trans-unit>"""
    edit = only(xliff(tmp_path, body))
    assert edit.text.text == "A. B."
    assert [(code.position, code.kind, code.ctype) for code in edit.text.codes] == [
        (0, "open", "bold"),
        (1, "close", "bold"),
        (4, "point", ""),
    ]


@pytest.mark.parametrize("second", ["", '<mrk mtype="seg" mid="2"></mrk>', '<mrk mtype="seg" mid="2"> </mrk>'])
def test_a_unit_translated_in_part_is_not_taken_for_a_whole(tmp_path: Path, second: str) -> None:
    body = f"""<trans-unit id="s1"><source>甲。乙。</source>
      <seg-source><mrk mtype="seg" mid="1">甲。</mrk><mrk mtype="seg" mid="2">乙。</mrk></seg-source>
      <target><mrk mtype="seg" mid="1">A.</mrk>{second}</target></trans-unit>"""
    file = read_xliff_edits(xliff(tmp_path, body))
    assert file.edits == ()
    assert [(one.kind, one.segment_id, one.text.strip()) for one in file.troubles] == [
        (TroubleKind.UNCLEAR, "s1", "A.")
    ]


def test_units_merged_by_a_tool_are_told(tmp_path: Path) -> None:
    unit = '<trans-unit id="{}"><source>甲</source><target>{}</target></trans-unit>'
    body = (
        f'<group merged-trans="yes">{unit.format("s1", "A B")}{unit.format("s2", "")}</group>{unit.format("s3", "C")}'
    )
    file = read_xliff_edits(xliff(tmp_path, body))
    assert [(one.kind, one.segment_id) for one in file.troubles] == [
        (TroubleKind.MERGED, "s1"),
        (TroubleKind.MERGED, "s2"),
    ]
    assert [edit.segment_id for edit in file.edits] == ["s3"]


def test_every_inline_element_of_the_standard_is_a_code_and_no_text(tmp_path: Path) -> None:
    body = """<trans-unit id="s1"><source>甲</source><target>a<bpt id="1" rid="1" ctype="italic">&lt;i></bpt>b<ept
      id="2" rid="1">&lt;/i></ept>c<ph id="3" ctype="x-note">[1]</ph>d<it id="4" pos="open">&lt;b></it>e<bx id="5"
      rid="5"/>f<ex id="6" rid="5"/>g<mrk mtype="term">h</mrk><?pi x?>i<!-- no -->j</target></trans-unit>"""
    edit = only(xliff(tmp_path, body))
    assert edit.text.text == "abcdefghij"
    assert [(code.position, code.kind, code.data) for code in edit.text.codes] == [
        (1, "open", "<i>"),
        (2, "close", "</i>"),
        (3, "point", "[1]"),
        (4, "point", "<b>"),
        (5, "open", ""),
        (6, "close", ""),
    ]


@pytest.mark.parametrize(
    ("attributes", "state", "expected"),
    [
        ("", "", None),
        ('approved="yes"', "", State.REVIEWED),
        ('approved="yes"', 'state="needs-review-translation"', State.REVIEWED),
        ('approved="no"', 'state="translated"', State.REVIEWED),
        ("", 'state="signed-off"', State.SIGNED_OFF),
        ("", 'state="needs-l10n"', State.DRAFT),
        ("", 'state="x-odd"', None),
    ],
)
def test_states_as_tools_write_them(tmp_path: Path, attributes: str, state: str, expected: State | None) -> None:
    body = f'<trans-unit id="s1" {attributes}><source>甲</source><target {state}>A</target></trans-unit>'
    assert only(xliff(tmp_path, body)).state is expected


def test_trados_notes_who_confirmed_a_segment(tmp_path: Path) -> None:
    body = """<trans-unit id="6f0a"><source>甲</source><seg-source><mrk mtype="seg" mid="1">甲</mrk></seg-source>
      <target><mrk mtype="seg" mid="1">A</mrk></target>
      <sdl:seg-defs xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"><sdl:seg id="1" conf="ApprovedTranslation">
      <sdl:value key="last_modified_by">NEWS\\tashi</sdl:value>
      <sdl:value key="modified_on">11/25/2026 04:05:57</sdl:value></sdl:seg></sdl:seg-defs></trans-unit>"""
    edit = only(xliff(tmp_path, body))
    assert (edit.by, edit.at, edit.state) == ("NEWS\\tashi", "2026-11-25T04:05:57Z", State.REVIEWED)


def test_notes_are_comments_but_our_own_are_not(tmp_path: Path) -> None:
    body = (
        '<trans-unit id="s1"><source>甲</source><target>A</target><note from="bulletin">Fuzzy.</note>'
        '<note from="Tashi" annotates="target">Sure?</note><note>Yes.</note></trans-unit>'
    )
    assert only(xliff(tmp_path, body)).comment == "Sure?\nYes."


XLIFF_2 = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="zh-Hans" trgLang="bo">
 <file id="f1" original="gannan-2023/report.txt">
  <group id="g1">
   <unit id="s1"><notes><note id="n1">Sure?</note></notes>
    <segment id="1" state="final"><source>甲。</source>
     <target>ཀ<pc id="1" type="fmt" subType="xlf:b">ཁ</pc><ph id="2"/></target></segment>
    <ignorable><source> </source><target> </target></ignorable>
    <segment id="2" state="reviewed"><source>乙。</source>
     <target>ག<sc id="3" subType="xlf:i"/>ང<ec startRef="3"/><cp hex="0F0B"/>
<mrk id="m1" type="comment">ཅ</mrk></target></segment>
   </unit>
  </group>
  <unit id="s2"><segment state="initial"><source>丙</source></segment></unit>
  <unit id="s3"><segment><source>丁</source><target order="3">c</target></segment>
   <ignorable><source/></ignorable><segment><source>戊</source><target order="1">a</target></segment></unit>
  <unit id="s4"><segment><source>丁</source><target>x</target></segment><segment><source>戊</source></segment></unit>
 </file>
</xliff>"""


def test_xliff_2_1_is_read_with_its_codes_and_states(tmp_path: Path) -> None:
    path = tmp_path / "t.xlf"
    path.write_text(XLIFF_2, encoding="utf-8")
    file = read_xliff_edits(path)
    assert file.report == "gannan-2023"
    first, second, third = file.edits
    assert (first.text.text, first.source, first.language) == ("ཀཁ གང་\nཅ", "甲。 乙。", "bo")
    assert [(code.position, code.id, code.kind, code.ctype) for code in first.text.codes] == [
        (1, "1", "open", "bold"),
        (2, "1", "close", "bold"),
        (2, "2", "point", ""),
        (4, "3", "open", "italic"),
        (5, "3", "close", ""),
    ]
    assert (first.state, first.comment) == (State.REVIEWED, "Sure?")
    assert (second.text.text, second.state) == ("", None)
    assert third.text.text == "ac"
    assert [(one.kind, one.segment_id) for one in file.troubles] == [(TroubleKind.UNCLEAR, "s4")]


BAD = {
    "another format": ("<html/>", "is not XLIFF 1 or 2: <html>", 1),
    "another version": ('<xliff version="3.0"/>', "version “3.0”", 1),
    "no file": ('<xliff version="1.2">\n</xliff>', "no file element", 1),
    "no source": (
        '<xliff version="1.2"><file source-language="zh" target-language="en"><body>\n\n'
        '<trans-unit id="s1"><target>A</target></trans-unit></body></file></xliff>',
        "has no source",
        3,
    ),
    "another target": ('<xliff version="1.2">\n<file source-language="zh" target-language="fr"/></xliff>', "“fr”", 2),
    "another source": ('<xliff version="1.2">\n<file source-language="en" target-language="bo"/></xliff>', "“en”", 2),
    "no target": ('<xliff version="1.2">\n<file source-language="zh"/></xliff>', "into “”", 2),
    "two reports": (
        '<xliff version="1.2"><file original="a/report.txt" source-language="zh" target-language="en"/>\n'
        '<file original="b/report.txt" source-language="zh" target-language="en"/></xliff>',
        "several reports: a, b",
        2,
    ),
    "open tag": ('<xliff version="1.2">\n<file>', "not well-formed", 2),
    "an entity bomb": (
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><xliff version="1.2">&b;</xliff>',
        "declares XML entities",
        1,
    ),
    "NUL": ("<xliff>\0</xliff>", "not well-formed", 1),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_bad_file_names_the_line_and_what_to_do(tmp_path: Path, name: str, encoding: str) -> None:
    text, says, line = BAD[name]
    path = tmp_path / "t.xlf"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(SourceError) as caught:
        read_xliff_edits(path)
    assert says in str(caught.value)
    assert caught.value.line == line
    assert caught.value.remedy


def test_a_secret_file_does_not_leak_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    path = xliff(tmp_path, '<trans-unit id="s1"><source>甲</source><target>&s;</target></trans-unit>')
    text = path.read_text(encoding="utf-8").replace(
        "?>\n", f'?>\n<!DOCTYPE xliff [<!ENTITY s SYSTEM "{secret.as_uri()}">]>\n'
    )
    for encoding in ("utf-8", "utf-16"):
        path.write_bytes(text.replace('encoding="utf-8"', f'encoding="{encoding}"').encode(encoding))
        with pytest.raises(SourceError, match="declares XML entities") as caught:
            read_xliff_edits(path)
        assert "the secret" not in str(caught.value)


def test_a_unit_of_1_mb_and_utf_16_are_read(tmp_path: Path) -> None:
    body = f'<trans-unit id="s1"><source>甲</source><target>{"long " * 200_000}</target></trans-unit>'
    path = xliff(tmp_path, body)
    path.write_bytes(path.read_text(encoding="utf-8").replace('"utf-8"', '"utf-16"').encode("utf-16"))
    assert len(only(path).text.text) == 1_000_000


@pytest.mark.parametrize("language", ["en", "bo"])
def test_both_languages_of_a_report_are_told_apart(
    tmp_path: Path, gannan: Report, draft: Draft, language: Language
) -> None:
    path = tmp_path / "x.xlf"
    path.write_bytes(xliff_bytes(replace(draft, language=language), gannan))
    assert f'target-language="{BCP47[language]}"'.encode() in path.read_bytes()
    assert {edit.language for edit in read_xliff_edits(path).edits} == {language}

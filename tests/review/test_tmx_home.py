"""A TMX comes home: ours, OmegaT's, and those of other tools."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from translate.storage import factory

from tests.conftest import write_report
from toolkit.cli.exporting import memory_units
from toolkit.errors import SourceError
from toolkit.languages import TARGETS, Language
from toolkit.memory import tmx_bytes
from toolkit.report import Report, read_report
from toolkit.report.inline import InlineText
from toolkit.review.edit import TroubleKind
from toolkit.review.from_tmx import read_tmx_edits
from toolkit.translation.draft import Draft, DraftUnit, Review, State
from toolkit.translation.xliff import read_xliff
from toolkit.workspace import Workspace

FOLDER = Path(__file__).parents[2] / "source" / "gannan-2023"


@pytest.fixture(scope="module")
def drafts() -> dict[Language, Draft]:
    return {language: read_xliff(FOLDER / f"{language}.xlf", language) for language in TARGETS}


@pytest.fixture
def path(tmp_path: Path, gannan: Report, drafts: dict[Language, Draft]) -> Path:
    path = tmp_path / "gannan-2023.tmx"
    path.write_bytes(tmx_bytes(memory_units(gannan, drafts)))
    return path


def test_an_export_says_what_the_drafts_say(path: Path, gannan: Report, drafts: dict[Language, Draft]) -> None:
    file = read_tmx_edits(path)
    assert (file.kind, file.report, file.troubles) == ("tmx", "gannan-2023", ())
    said = {
        (unit.segment_id, language): unit.target.text
        for language, draft in drafts.items()
        for unit in draft.units
        if unit.target
    }
    assert {(edit.segment_id, edit.language): edit.text.text for edit in file.edits} == said
    assert {edit.state for edit in file.edits} == {None}


def test_translate_toolkit_edits_and_saves_it(path: Path, drafts: dict[Language, Draft]) -> None:
    store = factory.getobject(str(path))
    unit = next(unit for unit in store.units if unit.source == drafts["en"].units[0].source.text)
    unit.target = "A new title"
    store.save()
    edits = [edit for edit in read_tmx_edits(path).edits if edit.text.text == "A new title"]
    assert [(edit.segment_id, edit.language) for edit in edits] == [(drafts["en"].units[0].segment_id, "en")]


def test_a_person_who_stands_behind_one_language_does_not_behind_the_other(
    tmp_path: Path, gannan: Report, drafts: dict[Language, Draft]
) -> None:
    review = Review("Li Na", "2026-11-25T04:05:57Z", "back.docx")
    first = replace(drafts["en"].units[0], state=State.REVIEWED, review=review)
    english = replace(drafts["en"], units=(first, *drafts["en"].units[1:]))
    path = tmp_path / "t.tmx"
    path.write_bytes(tmx_bytes(memory_units(gannan, {**drafts, "en": english})))
    title = [edit for edit in read_tmx_edits(path).edits if edit.segment_id == first.segment_id]
    assert [(edit.language, edit.by, edit.at, edit.state) for edit in title] == [
        ("en", "Li Na", "2026-11-25T04:05:57Z", State.REVIEWED),
        ("bo", "", "", None),
    ]


def test_a_sentence_that_stands_twice_keeps_its_two_translations(workspace: Workspace) -> None:
    folder = write_report(workspace, "r", "标题\n\n会议开始。\n\n他说话。会议开始。\n")
    report = read_report(folder)
    units = [
        DraftUnit(segment.id, segment.source, InlineText(f"Text {number}"), State.DRAFT)
        for number, segment in enumerate(report.segments)
    ]
    path = folder / "t.tmx"
    path.write_bytes(tmx_bytes(memory_units(report, {"en": Draft("en", tuple(units))})))
    edits = [edit for edit in read_tmx_edits(path).edits if edit.source == "会议开始。"]
    assert [(edit.segment_id, edit.text.text) for edit in edits] == [
        (report.segments[1].id, "Text 1"),
        (report.segments[3].id, "Text 3"),
    ]
    assert edits[0].segment_id != edits[1].segment_id


OMEGAT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
    creationtoolversion="5.7" segtype="sentence" srclang="ZH-CN"/>
  <body>
    <tu>
      <tuv lang="ZH-CN"><seg>甘南<bpt i="1" x="1">&lt;b></bpt>开会<ept i="1">&lt;/b></ept>。</seg></tuv>
      <tuv lang="EN-GB" changeid="tashi" changedate="20261125T040557Z" creationid="li" creationdate="20261101T000000Z">
        <note>Sure?</note><seg>Gannan <bpt i="1" x="1">&lt;b></bpt>met<ept i="1">&lt;/b></ept>.</seg></tuv>
    </tu>
    <tu tuid="s0123456789" changeid="li">
      <prop type="prev">甲</prop>
      <tuv xml:lang="zh"><seg>乙</seg></tuv>
      <tuv xml:lang="bo"><seg>ཀ</seg></tuv>
      <tuv xml:lang="fr"><seg>non</seg></tuv>
    </tu>
    <tu><tuv xml:lang="en"><seg>No Chinese</seg></tuv></tu>
  </body>
</tmx>"""


def test_a_memory_of_another_tool_gives_texts_authors_and_dates_by_their_chinese(tmp_path: Path) -> None:
    path = tmp_path / "project_save.tmx"
    path.write_text(OMEGAT, encoding="utf-8")
    file = read_tmx_edits(path)
    first, second = file.edits
    assert (first.segment_id, first.source, first.text.text) == ("", "甘南开会。", "Gannan met.")
    assert [code.kind for code in first.text.codes] == ["open", "close"]
    assert (first.by, first.at, first.comment, first.language) == ("tashi", "2026-11-25T04:05:57Z", "Sure?", "en")
    assert (second.segment_id, second.by, second.text.text, second.language) == ("", "li", "ཀ", "bo")
    assert [(one.kind, one.text, one.place) for one in file.troubles] == [
        (TroubleKind.UNCLEAR, "No Chinese", "line 18")
    ]
    assert file.report == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<html/>", "is not TMX: its root is <html>"),
        ("<tmx><body>", "not well-formed"),
        ('<!DOCTYPE tmx [<!ENTITY a "ha">]><tmx><body/></tmx>', "declares XML entities"),
        ("<tmx>\0</tmx>", "not well-formed"),
    ],
)
def test_a_bad_file_is_refused_by_name_and_line(tmp_path: Path, text: str, says: str, encoding: str) -> None:
    path = tmp_path / "t.tmx"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(SourceError, match=says) as caught:
        read_tmx_edits(path)
    assert (caught.value.path, caught.value.line) == (path, 1)


def test_gbk_that_claims_to_be_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.tmx"
    path.write_bytes('<?xml version="1.0" encoding="UTF-8"?><tmx><x>甘南</x></tmx>'.encode("gb18030"))
    with pytest.raises(SourceError, match="not well-formed"):
        read_tmx_edits(path)

"""TMX files of ours and of others."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.memory.units import unit
from toolkit.errors import SourceError
from toolkit.memory import MemoryUnit, iter_tmx, read_memory, read_tmx, tmx_bytes
from toolkit.memory.tmx import Skipped
from toolkit.report import InlineText
from toolkit.report.inline import Code

OURS = (
    unit("会议开始。", "The <conference> & all", place="m.tmx:a", doubt="Unsure of “&”."),
    unit("结束。", "End.", "མཇུག་སྒྲིལ།", place="m.tmx:b", by='Tashi "T"', at="2026-11-25T04:05:57Z", origin="gannan-2023"),
    unit("结束。", "The end.", place="m.tmx:c", by="Tashi", at="2026-11-25T04:05:57Z", before="开始。", after="再见。"),
)


def in_file(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "m.tmx"
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def tmx(body: str, *, head: str = "<header/>", start: str = '<?xml version="1.0"?>') -> str:
    return f'{start}\n<tmx version="1.4">{head}<body>\n{body}\n</body></tmx>'


def tu(*variants: str, rest: str = "") -> str:
    return f"<tu>{rest}{''.join(variants)}</tu>"


def tuv(tag: str, seg: str, rest: str = "") -> str:
    return f'<tuv xml:lang="{tag}">{rest}<seg>{seg}</seg></tuv>'


def test_a_memory_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    assert read_tmx(in_file(tmp_path, tmx_bytes(OURS))) == OURS
    assert read_memory(tmp_path).units == OURS


def test_the_memory_we_ship_is_written_as_it_was_read() -> None:
    path = ROOT / "glossaries" / "gannan-2023.tmx"
    assert tmx_bytes(read_tmx(path)) == path.read_bytes()


def test_the_header_has_all_that_tmx_1_4b_demands() -> None:
    text = tmx_bytes(OURS).decode()
    for attribute in ("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"):
        assert f"{attribute}=" in text


def test_who_reviewed_and_when_stands_where_the_standard_wants_it() -> None:
    text = tmx_bytes(OURS[2:]).decode()
    assert 'changedate="20261125T040557Z" changeid="Tashi"' in text


def test_translate_toolkit_reads_all_that_we_write(tmp_path: Path) -> None:
    tmxfile = pytest.importorskip("translate.storage.tmx").tmxfile
    for language, tag in (("en", "en-US"), ("bo", "bo-CN")):
        theirs = tmxfile(io.BytesIO(tmx_bytes(OURS)), "zh-CN", tag).units
        with_target = [one for one in OURS if language in one.targets]
        assert [one.source for one in theirs] == [one.source.text for one in OURS]
        assert [one.target for one in theirs if one.target] == [one.targets[language].text for one in with_target]  # type: ignore[index]
    assert [one.getid() for one in theirs] == ["a", "b", "c"]
    assert theirs[0].getnotes() == "Unsure of “&”."


def test_what_translate_toolkit_writes_is_read(tmp_path: Path) -> None:
    tmxfile = pytest.importorskip("translate.storage.tmx").tmxfile
    store = tmxfile(sourcelanguage="zh", targetlanguage="bo")
    store.addtranslation("会议 <开始>。", "zh", "ཚོགས་འདུ་འགོ་བཙུགས།", "bo", comment="Note")
    (read,) = read_tmx(in_file(tmp_path, bytes(store)))
    assert (read.source.text, read.targets["bo"].text) == ("会议 <开始>。", "ཚོགས་འདུ་འགོ་བཙུགས།")
    assert read.doubt("bo") == "Note"


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en", "en"), ("EN-GB", "en"), ("en_US", "en"), ("bo", "bo"), ("bod", "bo"), ("tib", "bo"), ("bo-Tibt-CN", "bo")],
)
def test_a_language_has_many_tags(tmp_path: Path, tag: str, language: str) -> None:
    (read,) = read_tmx(in_file(tmp_path, tmx(tu(tuv("zh-Hans", "开始。"), tuv(tag, "x"), tuv("fr", "y")))))
    assert {one: text.text for one, text in read.targets.items()} == {language: "x"}


def test_of_several_variants_of_a_language_the_one_with_our_own_tag_stands(tmp_path: Path) -> None:
    variants = (tuv("zh-TW", "開始。"), tuv("zh-CN", "开始。"), tuv("en-GB", "Begin."), tuv("en-AU", "Start."))
    (read,) = read_tmx(in_file(tmp_path, tmx(tu(*variants))))
    assert (read.source.text, read.targets["en"].text) == ("开始。", "Begin.")


def test_tmx_1_1_with_lang_and_any_source_language_is_read(tmp_path: Path) -> None:
    body = '<tu srclang="*all*"><tuv lang="EN"><seg>Begin.</seg></tuv><tuv lang="ZH"><seg>开始。</seg></tuv></tu>'
    (read,) = read_tmx(in_file(tmp_path, f'<tmx version="1.1"><header srclang="*all*"/><body>{body}</body></tmx>'))
    assert (read.source.text, read.targets["en"].text) == ("开始。", "Begin.")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_utf_16_and_a_byte_order_mark_are_read(tmp_path: Path, encoding: str) -> None:
    declared = "utf-16" if "16" in encoding else "utf-8"
    text = tmx(tu(tuv("zh", "开始。"), tuv("en", "Begin.")), start=f'<?xml version="1.0" encoding="{declared}"?>')
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    (read,) = read_tmx(in_file(tmp_path, mark + text.encode(encoding)))
    assert read.source.text == "开始。"


def test_a_doctype_is_allowed_and_a_namespace_too(tmp_path: Path) -> None:
    start = '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "http://www.lisa.org/tmx/tmx14.dtd">'
    text = tmx(tu(tuv("zh", "开始。"), tuv("en", "Begin.")), start=start)
    for one in (text, text.replace("<tmx ", '<tmx xmlns="http://www.lisa.org/tmx14" ')):
        assert [unit.source.text for unit in read_tmx(in_file(tmp_path, one))] == ["开始。"]


def test_the_context_of_omegat_and_of_memoq_is_read(tmp_path: Path) -> None:
    omegat = '<prop type="prev">大家好,</prop><prop type="next">请坐。</prop>'
    memoq = '<prop type="x-context-pre">&lt;seg&gt;大家好，&lt;/seg&gt;</prop><prop type="x-context-post">请坐。</prop>'
    body = tu(tuv("zh", "开始。"), tuv("en", "x"), rest=omegat) + tu(tuv("zh", "开始。", memoq), tuv("en", "x"))
    assert {(one.before, one.after) for one in read_tmx(in_file(tmp_path, tmx(body)))} == {("大家好，", "请坐。")}


def test_a_note_of_the_unit_belongs_to_each_target(tmp_path: Path) -> None:
    body = tu(tuv("zh", "开始。"), tuv("en", "x", "<note>b</note>"), tuv("bo", "y"), rest="<note>a</note>")
    (read,) = read_tmx(in_file(tmp_path, tmx(body)))
    assert (read.doubt("en"), read.doubt("bo")) == ("a b", "a")


def test_native_codes_are_no_text_and_what_hi_encloses_is(tmp_path: Path) -> None:
    # The shapes of the standard's section 4: a pair, a lone code with a footnote in it, a highlight.
    seg = (
        '看<bpt i="1" type="bold">&lt;b&gt;</bpt>黑体<ept i="1">&lt;/b&gt;</ept>和'
        '<ph x="7" type="fnote">\\fn<sub>脚注</sub>\\e</ph><hi type="italic">斜体</hi><ut>{x}</ut>。'
        '<it pos="end">&lt;/i&gt;</it>'
    )
    (read,) = read_tmx(in_file(tmp_path, tmx(tu(tuv("zh", seg), tuv("en", "x")))))
    assert read.source.text == "看黑体和斜体。"
    assert [(code.position, code.kind, code.element, code.data) for code in read.source.codes] == [
        (1, "open", "bpt", "<b>"),
        (3, "close", "ept", "</b>"),
        (4, "point", "ph", "\\fn\\e"),
        (4, "open", "g", ""),
        (6, "close", "g", ""),
        (6, "point", "ph", "{x}"),
        (7, "close", "it", "</i>"),
    ]
    assert read.source.codes[0].id == read.source.codes[1].id
    assert read.source.spans()[1] == ("黑体", frozenset({"bold"}))


def test_codes_come_back_as_they_went_out(tmp_path: Path) -> None:
    pair = (Code(0, "g1", "open", "underline", "g"), Code(2, "g1", "close", "underline", "g"))
    crossing = (
        Code(0, "1", "open", "bold", "bpt", "<b>"),
        Code(1, "2", "open", "x-a", "bpt", "<a>"),
        Code(2, "1", "close", "", "ept", "</b>"),
        Code(3, "2", "close", "", "ept", "</a>"),
    )
    points = (Code(1, "3", "point", "", "ph", "<br/>"), Code(2, "4", "open", "", "it", "<i>"))
    for codes in (pair, crossing, points):
        one = MemoryUnit(InlineText("开始了", codes), {"en": InlineText("It")}, "", {}, "m.tmx:1")
        (read,) = read_tmx(in_file(tmp_path, tmx_bytes([one])))
        assert read.source == one.source
        assert read_memory(tmp_path).units == (one,)


def test_characters_that_xml_cannot_hold_are_dropped_and_no_others(tmp_path: Path) -> None:
    one = unit("开\x00始\r\n。", 'a\x0b "b"\t<c>', place="m.tmx:1", by='T\x01"\n')
    (read,) = read_tmx(in_file(tmp_path, tmx_bytes([one])))
    assert (read.source.text, read.targets["en"].text) == ("开始\r\n。", 'a "b"\t<c>')


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("<tmx version='1.4'>\n<body><tu></body></tmx>", 2, "not well-formed"),
        ("<xliff/>", 1, "is not TMX"),
        ("<tmx>\n<body>\n<tu><tuv xml:lang='en'><seg>x</seg></tuv></tu></body></tmx>", 3, "no Chinese text"),
        ("<!DOCTYPE tmx [<!ENTITY a 'b'>]>\n<tmx/>", 1, "entities"),
        ("", 1, "not well-formed"),
        ("PK\x03\x04", 1, "not well-formed"),
        (tmx("\n" * 70_000 + tu(tuv("en", "x"))), 70_003, "no Chinese text"),
        (tmx("\n" + tu(tuv("zh", "字" * 1_000_001), tuv("en", "x"))), 4, "1,000,000 characters"),
    ],
)
def test_a_broken_memory_names_file_line_and_remedy(tmp_path: Path, text: str, line: int, says: str) -> None:
    in_file(tmp_path, text)
    with pytest.raises(SourceError) as caught:
        read_memory(tmp_path)
    assert says in str(caught.value)
    assert caught.value.line == line
    assert "m.tmx" in str(caught.value)
    assert caught.value.exit_code == 3


LAUGHS = "".join(f"<!ENTITY l{n + 1} '{f'&l{n};' * 10}'>" for n in range(9))


@pytest.mark.parametrize(
    "entities",
    ["<!ENTITY x SYSTEM 'file:///etc/passwd'>", f"<!ENTITY l0 'ha'>{LAUGHS}", "<!ENTITY % p SYSTEM 'x.dtd'> %p;"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_entity_is_resolved_whatever_the_encoding(tmp_path: Path, entities: str, encoding: str) -> None:
    start = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE tmx [{entities}]>'
    path = in_file(tmp_path, tmx(tu(tuv("zh", "&x;&l9;"), tuv("en", "x")), start=start).encode(encoding))
    with pytest.raises(SourceError) as caught:
        read_tmx(path)
    assert "root:" not in str(caught.value)


def test_units_that_cannot_be_used_are_told_with_their_lines(tmp_path: Path) -> None:
    body = "\n".join(
        (tu(tuv("en", "x")), tu(tuv("zh", "开始。"), tuv("en", "x")), tu(tuv("zh", "结束。"), tuv("fr", "x")))
    )
    skipped: list[Skipped] = []
    assert [one.source.text for one in iter_tmx(in_file(tmp_path, tmx(body)), skip=skipped.append)] == ["开始。"]
    assert skipped == [Skipped(3, "no Chinese text"), Skipped(5, "neither English nor Tibetan")]

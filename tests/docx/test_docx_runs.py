"""Every run resolves to the right font, size, weight and language, by Word's own rules."""

from __future__ import annotations

import io
import math
import unicodedata
import zipfile
from dataclasses import dataclass, replace

import pytest
from lxml import etree

from toolkit.bulletin.model import Bulletin, RowKind, Run
from toolkit.bulletin.theme import FOOT, NOTE
from toolkit.bulletin.themes import CLASSIC
from toolkit.docx import typeset_docx
from toolkit.docx.faces import needs_its_font, segments, slots_of
from toolkit.docx.looks import Look
from toolkit.docx.runs import run_properties
from toolkit.fonts import FontFile, FontSet
from toolkit.languages import BCP47, NAMES, Language, is_han, is_tibetan

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STORIES = ("word/document.xml", "word/header.xml", "word/footer.xml")
LANGUAGE: dict[str, Language] = {tag: language for language, tag in BCP47.items()}


@dataclass(frozen=True)
class Resolved:
    """A run as Word sees it: the paragraph's style, the run's text, and every property in force."""

    style: str
    text: str
    properties: dict[str, str]
    direct: frozenset[str]

    @property
    def language(self) -> Language:
        return LANGUAGE[self.properties["lang.val"]]

    def font_of(self, character: str) -> str:
        """ECMA-376 part 1, 17.3.2.26: `w:cs` first, then the character's class, then the hint."""
        if self.properties.get("cs") == "1":
            return self.properties["rFonts.cs"]
        if is_han(character) or unicodedata.east_asian_width(character) in "WF":
            return self.properties["rFonts.eastAsia"]
        if not character.isascii() and self.properties.get("rFonts.hint") == "eastAsia":
            return self.properties["rFonts.eastAsia"]
        return self.properties["rFonts.ascii" if character.isascii() else "rFonts.hAnsi"]


def flat(properties: etree._Element | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in properties if properties is not None else ():
        name = str(element.tag).removeprefix(W)
        if not element.attrib:
            found[name] = "1"
        for attribute, value in element.attrib.items():
            key = str(attribute).removeprefix(W)
            found[name if key == "val" and name != "lang" else f"{name}.{key}"] = str(value)
    return found


def resolved_runs(xml: dict[str, etree._Element]) -> list[Resolved]:
    styles = {style.get(W + "styleId"): style for style in xml["word/styles.xml"].iter(W + "style")}
    defaults = flat(xml["word/styles.xml"].find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    runs = []
    for story in STORIES:
        for paragraph in xml[story].iter(W + "p"):
            style = styles[paragraph.find(f"{W}pPr/{W}pStyle").get(W + "val")]  # type: ignore[union-attr]
            name = style.find(W + "name").get(W + "val")  # type: ignore[union-attr]
            for run in paragraph.iter(W + "r"):
                direct = flat(run.find(W + "rPr"))
                marked = flat(styles[direct["rStyle"]].find(W + "rPr")) if "rStyle" in direct else {}
                properties = defaults | flat(style.find(W + "rPr")) | marked | direct
                text = "".join(run.itertext())
                runs.append(Resolved(str(name), text, properties, frozenset(direct)))
    return runs


@pytest.fixture(scope="module")
def runs(docx_xml: dict[str, etree._Element]) -> list[Resolved]:
    return resolved_runs(docx_xml)


def face_named(family: str, fonts: FontSet) -> FontFile:
    return next(face for faces in fonts.regular.values() for face in faces if face.family == family)


def theme_size(style: str, language: Language) -> float:
    role = style.removeprefix("Bulletin ").rsplit(" ", 1)[0].lower()
    if role == "paragraph continued":
        role = "paragraph"
    special = {"note": CLASSIC.style(NOTE, language).size, "foot": CLASSIC.style(FOOT, language).size}
    special["stamp"] = special["foot"] * 1.25
    return special[role] if role in special else CLASSIC.style(RowKind(role), language).size


def test_every_character_is_set_in_a_font_that_has_it(runs: list[Resolved], docx_fonts: FontSet) -> None:
    assert len(runs) > 60
    for run in runs:
        for character in run.text:
            assert ord(character) in face_named(run.font_of(character), docx_fonts).characters, (run, character)


def test_tibetan_is_always_a_complex_script_in_the_tibetan_font(runs: list[Resolved]) -> None:
    tibetan = [run for run in runs if any(map(is_tibetan, run.text))]
    assert len(tibetan) > 12
    for run in tibetan:
        assert run.properties["cs"] == "1" and "cs" in run.direct
        assert run.properties["rFonts.cs"] == "Noto Serif Tibetan"
        assert run.language == "bo" and run.properties["lang.bidi"] == "bo-CN"


def test_chinese_is_set_in_the_chinese_font_and_its_quotation_marks_too(runs: list[Resolved]) -> None:
    chinese = [run for run in runs if any(map(is_han, run.text))]
    assert any("“" in run.text for run in chinese)
    for run in chinese:
        assert {run.font_of(character) for character in run.text if character != " "} == {"Noto Serif SC"}
        assert run.language == "zh" and run.properties["lang.eastAsia"] == "zh-CN"


def test_english_is_set_in_the_latin_font(runs: list[Resolved]) -> None:
    english = [run for run in runs if run.language == "en" and run.text.isascii()]
    assert len(english) > 10
    assert {run.font_of(character) for run in english for character in run.text} == {"Source Serif 4"}


def test_every_run_has_the_size_of_its_theme_times_the_ratio_of_its_font(
    runs: list[Resolved], docx_fonts: FontSet
) -> None:
    for run in runs:
        ratio = face_named(run.font_of(run.text[0]), docx_fonts).ratio
        half_points = math.floor(theme_size(run.style, run.language) * ratio * 2 + 0.5)
        assert run.properties["szCs" if run.properties.get("cs") == "1" else "sz"] == str(half_points), run


def test_every_run_names_all_four_fonts_both_sizes_both_weights_and_its_language(runs: list[Resolved]) -> None:
    needed = {f"rFonts.{slot}" for slot in ("ascii", "hAnsi", "eastAsia", "cs")} | {"sz", "szCs", "b", "bCs"}
    for run in runs:
        assert needed | {"lang.val", "lang.eastAsia", "lang.bidi"} <= set(run.properties)
        assert "lang.val" in run.direct


def test_only_runs_that_differ_from_their_style_carry_direct_fonts_and_sizes(runs: list[Resolved]) -> None:
    own = [run for run in runs if run.style.endswith(NAMES[run.language])]
    differing = {run.text for run in own if {"rFonts.ascii", "sz", "b", "color"} & run.direct}
    # A bold run; Tibetan emphasis, which is bold.  Latin letters in Chinese have the font of its style.
    assert differing == {"bold ", "ནན་བཤད།"}


def test_bold_and_emphasis_follow_the_script(runs: list[Resolved]) -> None:
    by_text = {run.text: run.properties for run in runs}
    assert by_text["bold "]["b"] == "1"
    assert by_text["stressed "]["i"] == by_text["stressed "]["iCs"] == "1"
    assert by_text["强调"]["em"] == "underDot" and "i" not in by_text["强调"]
    assert by_text["ནན་བཤད།"]["bCs"] == "1" and "i" not in by_text["ནན་བཤད།"]
    assert by_text["与加粗"]["b"] == "0"  # there is no bold Chinese face, and Word must not smear one


def test_gaps_are_tinted_and_unreviewed_text_is_dotted(runs: list[Resolved]) -> None:
    by_text = {run.text: run.properties for run in runs}
    assert by_text["缺译："]["shd.fill"] == CLASSIC.palette.gap
    assert by_text["Unreviewed "]["u"] == "dotted"
    assert by_text["bold "].keys().isdisjoint({"u", "shd.fill"})
    assert by_text["༄༅། །"]["rStyle"] == "BulletinOrnament"


def test_a_character_that_no_font_has_is_named(runs: list[Resolved]) -> None:
    assert any("no glyph: [U+1234][U+0001][U+000D]." in run.text for run in runs)


def test_nothing_of_the_text_is_lost_or_added(runs: list[Resolved], docx_bulletin: Bulletin) -> None:
    text = "".join(run.text for run in runs)
    rows = (*docx_bulletin.head_rows, *docx_bulletin.text_rows, *docx_bulletin.tail_rows)
    expected = [run.text for row in rows for cell in row.cells for line in (cell.runs, *cell.notes) for run in line]
    assert text.startswith("".join(expected).replace("\u1234\u0001\r", "[U+1234][U+0001][U+000D]"))


def test_a_font_of_another_ratio_changes_only_its_own_sizes(docx_bulletin: Bulletin, docx_fonts: FontSet) -> None:
    small = tuple(replace(face, ratio=1.6) for face in docx_fonts.regular["tibetan"])
    fonts = FontSet(docx_fonts.regular | {"tibetan": small}, docx_fonts.bold)
    with zipfile.ZipFile(io.BytesIO(typeset_docx(docx_bulletin, fonts))) as archive:
        xml = {name: etree.fromstring(archive.read(name)) for name in (*STORIES, "word/styles.xml")}
    sizes = {run.text[:5]: (run.properties["sz"], run.properties["szCs"]) for run in resolved_runs(xml)}
    assert sizes["2023ལ"] == ("34", "34")
    assert sizes["On 8 "] == ("21", "34")


def test_half_width_marks_in_chinese_are_of_one_font_for_every_reader(docx_fonts: FontSet) -> None:
    look = Look(RowKind.PARAGRAPH, "zh", CLASSIC)
    cut = list(segments("“高原”议员(AM)有3名。", "zh", docx_fonts, bold=False))
    assert [one.text for one in cut] == ["“", "高原”议员", "(", "AM", ")", "有", "3", "名。"]
    assert [needs_its_font(one) for one in cut] == [True, False, True, False, True, False, False, False]
    slots = slots_of(look, docx_fonts)
    run = Run("", "zh")
    fonts = [run_properties(one, run, look, slots).find(f"{W}rFonts") for one in cut]
    families = {one.text: None if font is None else font.get(W + "ascii") for one, font in zip(cut, fonts, strict=True)}
    assert families["("] == families[")"] == families["“"] == "Noto Serif SC"
    assert families["AM"] is families["3"] is None  # they have the Latin font of the style
    assert (slots.latin.family, slots.han.family) == ("Source Serif 4", "Noto Serif SC")

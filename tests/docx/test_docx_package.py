"""The file as a whole: the same bytes everywhere, nothing of a template, fonts inside."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
import uharfbuzz as hb
from lxml import etree

from toolkit.bulletin.model import Bulletin
from toolkit.docx import typeset_docx
from toolkit.docx.embedding import obfuscated
from toolkit.fonts import FontFile, FontSet

ROOT = Path(__file__).resolve().parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def test_the_same_bulletin_gives_the_same_bytes_twice(
    docx_bulletin: Bulletin, docx_fonts: FontSet, docx_bytes: bytes
) -> None:
    assert typeset_docx(docx_bulletin, docx_fonts) == docx_bytes


@pytest.mark.parametrize("seed", ["1", "77"])
def test_a_fresh_process_in_another_folder_gives_the_same_bytes(seed: str, docx_bytes: bytes, tmp_path: Path) -> None:
    script = (
        "import hashlib, runpy\n"
        f"sample = runpy.run_path({str(Path(__file__).with_name('conftest.py'))!r})\n"
        "data = sample['typeset_docx'](sample['sample'](), sample['bundled_fonts']())\n"
        "print(hashlib.sha256(data).hexdigest())"
    )
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": "Asia/Shanghai"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == hashlib.sha256(docx_bytes).hexdigest(), done.stderr


def test_the_bytes_do_not_depend_on_the_folder_of_the_fonts(
    docx_bulletin: Bulletin, docx_fonts: FontSet, docx_bytes: bytes, tmp_path: Path
) -> None:
    def moved(face: FontFile) -> FontFile:
        return replace(face, path=Path(shutil.copy(face.path, tmp_path / face.path.name)))

    elsewhere = FontSet(
        {script: tuple(map(moved, faces)) for script, faces in docx_fonts.regular.items()},
        {script: tuple(map(moved, faces)) for script, faces in docx_fonts.bold.items()},
        {script: tuple(map(moved, faces)) for script, faces in docx_fonts.italic.items()},
    )
    assert typeset_docx(docx_bulletin, elsewhere) == docx_bytes


def test_another_text_gives_other_bytes(docx_bulletin: Bulletin, docx_fonts: FontSet, docx_bytes: bytes) -> None:
    assert typeset_docx(replace(docx_bulletin, title="Other"), docx_fonts) != docx_bytes


def test_all_parts_are_dated_1980_and_the_content_types_come_first(docx_bytes: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(docx_bytes)) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert [entry.filename for entry in entries][:2] == ["[Content_Types].xml", "_rels/.rels"]


def test_nothing_of_a_template_is_left(docx_parts: dict[str, bytes]) -> None:
    assert sorted(docx_parts) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/app.xml",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/_rels/fontTable.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/fonts/font1.odttf",
        "word/fonts/font2.odttf",
        "word/fonts/font3.odttf",
        "word/fonts/font4.odttf",
        "word/fonts/font5.odttf",
        "word/fonts/font6.odttf",
        "word/fonts/font7.odttf",
        "word/footer.xml",
        "word/header.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]
    for name, data in docx_parts.items():
        for leftover in (b"python-docx", b"2013-", b"dcterms", b"Macintosh", b"MS Mincho", b"Calibri"):
            assert leftover not in data, (name, leftover)


def test_the_file_says_it_is_of_word_2013_or_later(docx_xml: dict[str, etree._Element]) -> None:
    found = {
        setting.get(W + "name"): setting.get(W + "val")
        for setting in docx_xml["word/settings.xml"].iter(W + "compatSetting")
    }
    assert found["compatibilityMode"] == "15"


def test_settings_name_the_languages_and_ask_to_keep_the_fonts(docx_xml: dict[str, etree._Element]) -> None:
    settings = docx_xml["word/settings.xml"]
    languages = settings.find(W + "themeFontLang")
    assert languages is not None
    assert [languages.get(W + slot) for slot in ("val", "eastAsia", "bidi")] == ["en-US", "zh-CN", "bo-CN"]
    assert settings.find(W + "embedTrueTypeFonts") is not None
    assert settings.find(W + "saveSubsetFonts") is not None


def test_the_properties_are_the_bulletins(docx_bytes: bytes) -> None:
    properties = docx.Document(io.BytesIO(docx_bytes)).core_properties
    assert properties.title == "甘南州举行“五省区”联席会议"
    assert properties.subject == "Joint meeting"
    assert properties.author == "甘南日报"
    assert properties.keywords == "བོད་ཡིག, bulletin"
    assert properties.language == "zh-CN, en-US, bo-CN"
    assert properties.created is None and properties.modified is None


def embedded(parts: dict[str, bytes], xml: dict[str, etree._Element]) -> dict[tuple[str, str], bytes]:
    """Font programs by family and place, their obfuscation undone."""
    targets = {relation.get("Id"): relation.get("Target") for relation in xml["word/_rels/fontTable.xml.rels"]}
    return {
        (str(font.get(W + "name")), str(place.tag).removeprefix(W)): obfuscated(
            parts[f"word/{targets[place.get(R + 'id')]}"], str(place.get(W + "fontKey")).strip("{}")
        )
        for font in xml["word/fontTable.xml"]
        for place in font
        if place.get(R + "id")
    }


def test_the_embedded_tibetan_fonts_are_the_original_files(
    docx_parts: dict[str, bytes], docx_xml: dict[str, etree._Element], docx_fonts: FontSet
) -> None:
    found = embedded(docx_parts, docx_xml)
    for table, place in ((docx_fonts.regular, "embedRegular"), (docx_fonts.bold, "embedBold")):
        assert found["Noto Serif Tibetan", place] == table["tibetan"][0].path.read_bytes()


def test_obfuscation_is_that_of_the_standard() -> None:
    # ECMA-376 part 4, 13.1: the GUID's last byte meets the first byte of the file, twice over 32 bytes.
    masked = obfuscated(bytes(40), "00112233-4455-6677-8899-AABBCCDDEEFF")
    assert masked.hex() == "ffeeddccbbaa99887766554433221100" * 2 + "00" * 8


def test_the_variable_latin_font_is_embedded_as_static_faces(
    docx_parts: dict[str, bytes], docx_xml: dict[str, etree._Element], docx_fonts: FontSet
) -> None:
    found = embedded(docx_parts, docx_xml)
    sources = {face.style: face for face in docx_fonts.all_faces if face.family == "Source Serif 4"}
    for place, style, weight in (
        ("embedRegular", "Regular", 400),
        ("embedBold", "Bold", 700),
        ("embedItalic", "Italic", 400),  # the sample stresses a word
        ("embedBoldItalic", "Bold Italic", 700),
    ):
        face = hb.Face(hb.Blob(found["Source Serif 4", place]))
        assert (face.get_name(1), face.get_name(2)) == ("Source Serif 4", style)
        assert "Open Font License" in str(face.get_name(13))
        assert "fvar" not in face.table_tags
        assert set(face.unicodes) == set(sources[style].characters)
        assert int.from_bytes(face.reference_table("OS/2").data[4:6], "big") == weight


def test_a_font_that_forbids_it_is_not_embedded(docx_bulletin: Bulletin, docx_fonts: FontSet, tmp_path: Path) -> None:
    source = docx_fonts.regular["tibetan"][0]
    data = bytearray(source.path.read_bytes())
    at = data.index(b"OS/2") + 8
    usage = int.from_bytes(data[at : at + 4], "big") + 8
    for bits in (0x0002, 0x0004):  # restricted; preview and print, which an editable file is not
        data[usage : usage + 2] = bits.to_bytes(2, "big")
        path = tmp_path / f"{bits}.ttf"
        path.write_bytes(data)
        closed = FontSet(docx_fonts.regular | {"tibetan": (replace(source, path=path),)}, {})
        with zipfile.ZipFile(io.BytesIO(typeset_docx(docx_bulletin, closed))) as archive:
            assert sum(name.endswith(".odttf") for name in archive.namelist()) == 2  # Chinese and Latin regular
            assert b"Microsoft Himalaya" in archive.read("word/fontTable.xml")

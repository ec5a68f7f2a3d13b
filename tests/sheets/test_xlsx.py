"""Workbooks: what we write, other programs read; what they write, we read; what is hostile is refused by name."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment

from tests.sheets.packages import MAIN, inline, row, xlsx
from toolkit.errors import OutputError, SourceError
from toolkit.sheets.xlsx import open_xlsx, read_xlsx_table
from toolkit.sheets.xlsx_cells import CellKind
from toolkit.sheets.xlsx_write import Column, Sheet, xlsx_bytes

COLUMNS = (
    Column("Chinese", 40, "zh", locked=True),
    Column("Tibetan", 40, "bo"),
    Column("state", choices=("draft", "reviewed")),
    Column("id", hidden=True),
)
ROWS = [
    ["甘南", "ཀན་ལྷོ", "draft", "s1"],
    ["=1+1", "8-9", "reviewed", "s2"],
    ["#N/A", " two\n\tlines ", "", "_x0041_"],
]


def written(tmp_path: Path, rows: list[list[str]] = ROWS) -> Path:
    path = tmp_path / "t.xlsx"
    path.write_bytes(xlsx_bytes([Sheet("Review", COLUMNS, rows, frozen=1, protected=True)]))
    return path


def texts(path: Path) -> list[list[str]]:
    table = read_xlsx_table(path, ["Chinese", "id"])
    return [[one[column.name] for column in COLUMNS] for one in table.rows]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    assert texts(written(tmp_path)) == ROWS


def test_the_same_sheet_gives_the_same_bytes_without_a_time_of_today() -> None:
    sheet = Sheet("Review", COLUMNS, ROWS)
    data = xlsx_bytes([sheet])
    assert data == xlsx_bytes([sheet])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z</dcterms:modified>" in package.read("docProps/core.xml")


def test_another_program_finds_the_header_frozen_the_source_protected_and_the_choices(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(written(tmp_path)).active
    assert page is not None
    assert page.freeze_panes == "B2"
    assert page.protection.sheet and not page.protection.password
    assert (page["A2"].protection.locked, page["B2"].protection.locked) == (True, False)
    assert page.column_dimensions["D"].hidden
    assert (page["B2"].font.name, page["B2"].font.size) == ("Microsoft Himalaya", 18)
    assert page["B2"].alignment.wrap_text
    (offer,) = page.data_validations.dataValidation
    assert (offer.formula1, str(offer.sqref)) == ('"draft,reviewed"', "C2:C4")


def test_rows_are_as_high_as_their_text_in_any_script(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(
        written(tmp_path, [["甘", "ཀ", "", ""], ["甘" * 100, "", "", ""], ["甘", "ཀ་" * 99, "", ""]])
    ).active
    assert page is not None
    one, chinese, tibetan = (page.row_dimensions[number].height for number in (2, 3, 4))
    assert one < 30
    assert 5 * 20 <= chinese <= 7 * 20  # 20 Han characters a line
    assert 5 * 24 <= tibetan <= 7 * 24  # 40 letters a line


def test_another_program_finds_text_and_no_formula(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(written(tmp_path)).active
    assert page is not None
    assert [(page[cell].value, page[cell].data_type) for cell in ("A3", "B3", "A4")] == [
        ("=1+1", "s"),
        ("8-9", "s"),
        ("#N/A", "s"),
    ]


@given(st.text(st.characters(codec="utf-8"), max_size=30) | st.from_regex(r"_x00[0-9A-F]{2}_", fullmatch=True))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = written(tmp_path_factory.mktemp("x"), [[text, "", "", "s1"]])
    assert texts(path) == [[text, "", "", "s1"]]


def test_a_text_that_no_cell_holds_is_refused_and_not_cut(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="row 2 has 32,768 characters under “Tibetan”"):
        written(tmp_path, [["x", "ཀ" * 32_768, "", "s1"]])
    assert texts(written(tmp_path, [["x", "ཀ" * 32_767, "", "s1"]]))[0][1] == "ཀ" * 32_767


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_and_saves_it_without_a_change(tmp_path: Path) -> None:
    path = written(tmp_path)
    out = tmp_path / "out"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    if not (out / "t.xlsx").exists():
        pytest.skip("LibreOffice has no Calc (libreoffice-calc-nogui)")
    assert texts(out / "t.xlsx") == ROWS
    page = openpyxl.load_workbook(out / "t.xlsx").active
    assert page is not None
    assert (page.protection.sheet, page["A2"].protection.locked, page["B2"].protection.locked) == (True, True, False)


def test_shared_strings_with_runs_are_read_and_phonetic_guides_left_out(tmp_path: Path) -> None:
    strings = (
        "<si><t>zh</t></si><si><t>en</t></si>"
        '<si><r><rPr><b/></rPr><t>甘</t></r><r><t xml:space="preserve">南 </t></r>'
        '<rPh sb="0" eb="1"><t>ガン</t></rPh><phoneticPr fontId="1"/></si><si><t>a_x000D_b</t></si>'
    )
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row>'
    )
    table = read_xlsx_table(xlsx(tmp_path / "t.xlsx", rows, strings=strings), ["zh", "en"])
    assert [(one["zh"], one["en"]) for one in table.rows] == [("甘南 ", "a\rb")]


def test_cells_without_references_and_the_strict_namespace_are_read(tmp_path: Path) -> None:
    rows = "<row><c t='str'><v>zh</v></c><c t='str'><v>en</v></c></row><row/><row><c/><c t='str'><v>x</v></c></row>"
    path = xlsx(
        tmp_path / "t.xlsx",
        rows,
        main="http://purl.oclc.org/ooxml/spreadsheetml/main",
        relations="http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    table = read_xlsx_table(path, ["zh", "en"])
    assert [(one.number, one["zh"], one["en"]) for one in table.rows] == [(3, "", "x")]


def test_what_the_spreadsheet_made_of_a_text_is_told_with_the_cells_name(tmp_path: Path) -> None:
    styles = (
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="d/m;@"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>'
    )
    cells = (
        '<c r="A2"><v>2023</v></c><c r="B2" s="1"><v>45178</v></c><c r="C2" s="2"><v>45178</v></c>'
        '<c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#N/A</v></c><c r="F2"><f>A1&amp;B1</f><v>7</v></c>'
        '<c r="G2" t="str"><f t="shared" si="0"/><v>cached</v></c><c r="H2"><v>0.10000000000000001</v></c>'
    )
    rows = row(1, *"abcdefgh") + f'<row r="2">{cells}</row>'
    (one,) = read_xlsx_table(xlsx(tmp_path / "t.xlsx", rows, styles=styles), ["a"]).rows
    assert [(cell.place, str(cell.kind), cell.text) for cell in one.cells.values()] == [
        ("A2", "number", "2023"),
        ("B2", "date", "2023-09-09"),
        ("C2", "date", "2023-09-09"),
        ("D2", "boolean", "TRUE"),
        ("E2", "error", "#N/A"),
        ("F2", "formula", "=A1&B1"),
        ("G2", "formula", "="),
        ("H2", "number", "0.1"),
    ]


def test_days_that_an_old_mac_counts_from_1904_are_the_right_days(tmp_path: Path) -> None:
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    rows = row(1, "a") + '<row r="2"><c r="A2" s="0"><v>43716</v></c></row>'
    path = xlsx(tmp_path / "t.xlsx", rows, styles=styles, workbook='<workbookPr date1904="1"/>')
    assert read_xlsx_table(path, ["a"]).rows[0]["a"] == "2023-09-09"


def test_merged_cells_hidden_rows_and_columns_are_told(tmp_path: Path) -> None:
    rows = row(1, "zh", "en") + f'<row r="2" hidden="1">{inline("A2", "x")}</row>' + row(3, "y", "z", "beyond")
    path = xlsx(
        tmp_path / "t.xlsx",
        rows,
        before='<cols><col min="2" max="2" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )
    table = read_xlsx_table(path, ["zh"])
    assert [one.hidden for one in table.rows] == [True, False]
    assert table.hidden_columns == {"en"}
    assert [(merged.ref, merged.covers(3, "en"), merged.covers(3, "zh")) for merged in table.merged] == [
        ("A1:XFD1048576", True, True),
        ("B2:B3", True, False),
    ]
    assert table.rows[1].beyond["C"].text == "beyond"


def test_a_header_further_down_is_found(tmp_path: Path) -> None:
    rows = row(1, "Our review") + row(4, "en", "zh") + row(5, "x", "甘南")
    table = read_xlsx_table(xlsx(tmp_path / "t.xlsx", rows), ["zh", "en"])
    assert (table.header, table.header_row, table.rows[0]["zh"]) == (("en", "zh"), 4, "甘南")


def test_notes_on_cells_are_read(tmp_path: Path) -> None:
    path = written(tmp_path)
    book = openpyxl.load_workbook(path)
    page = book.active
    assert page is not None
    page["B3"].comment = Comment("Ask Tashi.", "Li Na")
    book.save(path)
    assert read_xlsx_table(path, ["id"]).notes == {(3, "Tibetan"): "Ask Tashi."}


BILLION = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HOSTILE: dict[str, tuple[str, dict[str, str], str]] = {
    "an entity bomb": (row(1, "a"), {"prolog": BILLION}, "DOCTYPE"),
    "a formula of 1 MB": (f'<row r="1"><c r="A1"><f>{"x" * 1_000_000}</f></c></row>', {}, "1,000,001 characters"),
    "a cell of 1 MB": (row(1, "a") + row(2, "x" * 1_000_000), {}, "1,000,000 characters in cell A2"),
    "a shared string of 1 MB": (
        row(1, "a") + '<row r="2"><c r="A2" t="s"><v>0</v></c></row>',
        {"strings": f"<si><t>{'x' * 1_000_000}</t></si>"},
        "in cell A2",
    ),
    "a string that is not there": (row(1, "a") + '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>', {}, "cell A2"),
    "100,000 columns": (
        "<row>" + "<c t='str'><v>a</v></c>" * 100_000 + "</row>",
        {},
        "more than 1,000 columns",
    ),
    "100,000 empty columns": (f'<row r="1">{"<c/>" * 100_000}</row>', {}, "more than 16,384 columns"),
    "a column beyond the last": (f'<row r="1">{inline("ZZZ1", "a")}</row>', {}, "columns"),
    "a row beyond the last": (row(9_999_999, "a"), {}, "no row “9999999”"),
    "a row twice": (row(2, "a") + row(2, "a"), {}, "twice"),
    "a cell twice": (f'<row r="1">{inline("A1", "a")}{inline("A1", "b")}</row>', {}, "A1 twice"),
    "a cell of another row": (f'<row r="1">{inline("A2", "a")}</row>', {}, "“A2” in row 1"),
    "a number that is none": ('<row r="1"><c r="A1"><v>12x</v></c></row>', {}, "cell A1"),
    "a name twice": (row(1, "a", "a"), {}, "says a twice"),
    "very many merged cells": (row(1, "a"), {"after": '<mergeCell ref="A1:A2"/>' * 10_001}, "10,000 merged"),
    "another header": (row(1, "b"), {}, "no sheet with the columns a"),
    "broken XML": ("<row>", {}, "not well-formed"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_workbook_is_refused_by_name(tmp_path: Path, name: str) -> None:
    rows, more, says = HOSTILE[name]
    path = xlsx(tmp_path / "t.xlsx", rows, **more)  # type: ignore[arg-type]
    with pytest.raises(SourceError) as caught:
        read_xlsx_table(path, ["a"])
    assert says in str(caught.value)
    assert caught.value.path == path
    assert len(str(caught.value)) < 600


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "t.xlsx", row(1, "a") + row(2, "x" * 5_000_000), packed=zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 20_000
    with pytest.raises(SourceError, match="would grow more than 200 times"):
        open_xlsx(path)


def test_one_long_string_in_very_many_cells_is_refused(tmp_path: Path) -> None:
    cells = '<row><c t="s"><v>0</v></c></row>' * 2_000
    path = xlsx(tmp_path / "t.xlsx", row(1, "a") + cells, strings=f"<si><t>{'x' * 32_000}</t></si>")
    with pytest.raises(SourceError, match="more than 50,000,000 characters"):
        read_xlsx_table(path, ["a"])


def test_a_secret_file_does_not_leak_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    prolog = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&s;</t></is></c></row>'
    with pytest.raises(SourceError, match="DOCTYPE") as caught:
        read_xlsx_table(xlsx(tmp_path / "t.xlsx", rows, prolog=prolog), ["a"])
    assert "the secret" not in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"zh,en\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600])
def test_what_is_no_workbook_is_said(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="is not an Excel workbook"):
        open_xlsx(path)


def test_a_package_of_another_kind_is_said(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "t.docx", row(1, "a"))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/workbook.xml"] = f'<document xmlns="{MAIN}"/>'.encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    with pytest.raises(SourceError, match="is not an Excel workbook but something else"):
        open_xlsx(path)


def test_kinds_are_told_apart_from_plain_text(tmp_path: Path) -> None:
    (one,) = read_xlsx_table(xlsx(tmp_path / "t.xlsx", row(1, "a") + row(2, "=1")), ["a"]).rows
    assert (one.cells["a"].kind, one["a"]) == (CellKind.TEXT, "=1")

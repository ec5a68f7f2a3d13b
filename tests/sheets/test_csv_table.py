"""CSV as people and spreadsheets save it: read exactly, and written back with the smallest change."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import SettingsError, SourceError
from toolkit.sheets.csv_table import CsvRow, CsvTable, csv_table_bytes, read_csv_table
from toolkit.sheets.formulas import bare, guarded

ROOT = Path(__file__).parents[2]
GLOSSARIES = sorted((ROOT / "glossaries").glob("*.csv"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "t.csv"


def put(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("glossary", GLOSSARIES, ids=lambda glossary: glossary.stem)
def test_our_own_glossaries_come_back_byte_for_byte(glossary: Path) -> None:
    table = read_csv_table(glossary, columns=("zh", "en", "bo"))
    assert len(table.rows) > 5
    assert csv_table_bytes(table) == glossary.read_bytes()


def test_one_changed_cell_is_one_changed_line(path: Path) -> None:
    text = '\ufeff"zh","en"\r\n甘南,"Gannan"\r\n\r\n合作,Hezuo\r\n"海南","Hai""nan, x"\r\n'
    table = read_csv_table(put(path, text))
    rows = [row.with_cells(en="Tsö") if row["zh"] == "合作" else row.with_cells(en=row["en"]) for row in table.rows]
    written = csv_table_bytes(replace(table, rows=tuple(rows))).decode()
    assert written == text.replace("合作,Hezuo", "合作,Tsö")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_spreadsheets_of_many_countries_save_is_read(
    path: Path, delimiter: str, newline: str, encoding: str
) -> None:
    lines = (delimiter.join(cells) for cells in (("zh", "en"), ("甘南", '"a,b;c\t""d"""'), ("合作", "")))
    table = read_csv_table(put(path, newline.join(lines), encoding), columns=("zh", "en"))
    assert [dict(row.cells) for row in table.rows] == [{"zh": "甘南", "en": 'a,b;c\t"d"'}, {"zh": "合作", "en": ""}]
    assert [row.line for row in table.rows] == [2, 3]
    added = replace(table, rows=(*table.rows, CsvRow({"zh": "新"})))
    again = read_csv_table(put(path, csv_table_bytes(added).decode("utf-8-sig")))
    assert [row["zh"] for row in again.rows] == ["甘南", "合作", "新"]


def test_a_line_that_tells_excel_the_separator_is_understood_and_kept(path: Path) -> None:
    table = read_csv_table(put(path, "sep=;\nzh;en,us\n甘南;Gannan\n"))
    assert table.header == ("zh", "en,us")
    assert table.rows[0].line == 3
    assert csv_table_bytes(table).decode("utf-8-sig") == "sep=;\nzh;en,us\n甘南;Gannan\n"


def test_empty_columns_without_a_name_at_the_right_stay_where_they_are(path: Path) -> None:
    table = read_csv_table(put(path, "zh,en,,\n甘南,Gannan,,\n"))
    assert table.header == ("zh", "en")
    changed = replace(table, rows=(table.rows[0].with_cells(en="x"),))
    assert csv_table_bytes(changed).decode("utf-8-sig") == "zh,en,,\n甘南,x,,\n"


def test_a_new_column_stands_at_the_right_and_nothing_else_moves(path: Path) -> None:
    table = read_csv_table(put(path, "zh,note\n甘南,x\n")).with_columns(("zh", "by"))
    assert csv_table_bytes(table).decode("utf-8-sig") == "zh,note,by\n甘南,x,\n"


@given(st.text(alphabet=st.one_of(st.sampled_from("'=+-@\t\ra"), st.characters(codec="utf-8"))))
def test_guarding_a_formula_is_undone_exactly(text: str) -> None:
    assert bare(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@given(st.lists(st.tuples(CELL, CELL).filter(lambda cells: "".join(cells).strip()), max_size=5))
def test_any_text_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    table = CsvTable(("a", "b"), tuple(CsvRow({"a": first, "b": second}) for first, second in rows))
    path.write_bytes(csv_table_bytes(table))
    assert [(row["a"], row["b"]) for row in read_csv_table(path).rows] == rows


def test_another_reader_sees_no_formula_in_what_we_write() -> None:
    table = CsvTable(("a",), (CsvRow({"a": '=HYPERLINK("http://x")'}), CsvRow({"a": "@SUM(1)"}), CsvRow({"a": "-5"})))
    cells = [row["a"] for row in csv.DictReader(io.StringIO(csv_table_bytes(table).decode("utf-8-sig"), newline=""))]
    assert cells == ['\'=HYPERLINK("http://x")', "'@SUM(1)", "'-5"]


BAD = [
    ("zh,en\n甘南,x\n".encode("gb18030"), "reads as GBK", 2),
    ("zh,en\na,b\n甘南,x\n".encode("gb18030"), "reads as GBK", 3),
    ("zh,en\n甘南,x\n".encode("utf-16-le"), "holds a NUL", 1),
    (b"\xff\xfez\0h\0", "lacks the column en", 1),
    (b"\xff\xfez\0h", "damaged UTF-16", 1),
    (b"\xff\xfe\x00\xd8\x00\xd8", "damaged UTF-16", 1),
    (b"zh,en\na\0,b\n", "holds a NUL", 2),
    (b"\x89PNG\r\n\x1a\n\xff\xff", "not UTF-8", 1),
    (b"zh,en\n\na,b\nc,d,e\n", "the row has 3 cells where the header has 2", 4),
    (b'zh,en\na,"b\nc,d\n', "not valid CSV", 2),
    (b'zh,en\na,"' + b"x" * 1_000_000 + b'"\n', "more than 131,072 characters", 2),
    (b"zh,en," + b",".join(b"c%d" % n for n in range(100_000)) + b"\n", "has 100,002 columns", 1),
    (b"zh,en\n" + b"x," * 100_000 + b"\n", "the row has 100001 cells", 2),
    (b"zh,en,en\n", "says en twice", 1),
    (b"zh,,en\n", "column 2 has no name", 1),
    (b"zh,en,\na,b,c\n", "stands in a column without a name", 2),
    (b"", "lacks the column zh, en", 1),
]


@pytest.mark.parametrize(("data", "says", "line"), BAD, ids=[f"{number}" for number in range(len(BAD))])
def test_a_bad_file_is_an_error_that_names_the_line_and_what_to_do(
    path: Path, data: bytes, says: str, line: int
) -> None:
    path.write_bytes(data)
    with pytest.raises(SettingsError) as caught:
        read_csv_table(path, columns=("zh", "en"))
    assert says in str(caught.value)
    assert (caught.value.path, caught.value.line) == (path, line)
    assert caught.value.remedy


def test_the_error_is_of_the_class_the_caller_names(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="could not be read"):
        read_csv_table(tmp_path / "absent.csv", error=SourceError)


def test_short_rows_are_filled_where_the_caller_allows_it_and_full_cells_are_never_dropped(path: Path) -> None:
    table = read_csv_table(put(path, "zh,en\n甘南\n合作,x,,\n"), ragged=True)
    assert [dict(row.cells) for row in table.rows] == [{"zh": "甘南", "en": ""}, {"zh": "合作", "en": "x"}]
    with pytest.raises(SettingsError, match="the row has 3 cells"):
        read_csv_table(put(path, "zh,en\n甘南,x,lost\n"), ragged=True)

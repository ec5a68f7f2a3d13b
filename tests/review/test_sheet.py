"""The review sheet goes out and comes home: through openpyxl and LibreOffice, with everything people do to it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets.packages import inline, row, xlsx
from toolkit.errors import SourceError
from toolkit.languages import TARGETS, Language
from toolkit.quality import Finding, Severity
from toolkit.report import Report
from toolkit.report.inline import Code, InlineText
from toolkit.review.edit import Edit, EditedFile, TroubleKind
from toolkit.review.from_sheet import read_sheet
from toolkit.review.sheet import sheet_bytes
from toolkit.translation.draft import Draft, Review, State, target_hash
from toolkit.translation.xliff import read_xliff

FOLDER = Path(__file__).parents[2] / "source" / "gannan-2023"
HEADER_ROWS = 1


@pytest.fixture(scope="module")
def drafts() -> dict[Language, Draft]:
    return {language: read_xliff(FOLDER / f"{language}.xlf", language) for language in TARGETS}


@pytest.fixture
def path(tmp_path: Path, gannan: Report, drafts: dict[Language, Draft]) -> Path:
    path = tmp_path / "gannan-2023-review.xlsx"
    path.write_bytes(sheet_bytes(gannan, drafts))
    return path


def edited(path: Path, change: Callable[[Worksheet], object]) -> EditedFile:
    """The sheet after openpyxl opened it, `change` was made, and openpyxl saved it."""
    book = openpyxl.load_workbook(path)
    page = book["Review"]
    change(page)
    book.save(path)
    return read_sheet(path)


def column(page: Worksheet, name: str) -> int:
    return next(cell.column for cell in page[1] if cell.value == name)


def put(page: Worksheet, number: int, name: str, text: str) -> None:
    cell = page.cell(number + HEADER_ROWS, column(page, name))
    cell.value = text
    cell.data_type = "s"


def changed(file: EditedFile, drafts: dict[Language, Draft]) -> list[tuple[str, Language, str]]:
    """The edits whose text is not what the draft says."""
    return [
        (edit.segment_id, edit.language, edit.text.text)
        for edit in file.edits
        if edit.text.text != target_of(edit, drafts)
    ]


def target_of(edit: Edit, drafts: dict[Language, Draft]) -> str:
    unit = drafts[edit.language].unit(edit.segment_id)
    return unit.target.text if unit else ""


def kinds(file: EditedFile) -> list[str]:
    return [str(trouble.kind) for trouble in file.troubles]


def test_an_untouched_sheet_says_what_the_drafts_say(path: Path, gannan: Report, drafts: dict[Language, Draft]) -> None:
    file = read_sheet(path)
    assert (file.kind, file.report, file.troubles) == ("xlsx", "gannan-2023", ())
    assert len(file.edits) == 2 * len(gannan.segments)
    assert changed(file, drafts) == []
    for edit in file.edits:
        unit = drafts[edit.language].unit(edit.segment_id)
        assert unit is not None
        assert edit.base == (target_hash(unit.target) if unit.target else "")
        assert (edit.base_text, edit.state, edit.source) == (unit.target.text, unit.state, unit.source.text)


def test_the_same_report_and_drafts_give_the_same_bytes(
    path: Path, gannan: Report, drafts: dict[Language, Draft]
) -> None:
    assert path.read_bytes() == sheet_bytes(gannan, drafts)


def test_findings_notes_and_origin_stand_beside_the_text(
    gannan: Report, tmp_path: Path, drafts: dict[Language, Draft]
) -> None:
    first = gannan.segments[0].id
    findings = [Finding("number", Severity.ERROR, "8 is missing.", first, "en")]
    units = [replace(unit, review=Review("Li Na", "2026-11-25T04:05:57Z")) for unit in drafts["en"].units]
    path = tmp_path / "t.xlsx"
    path.write_bytes(sheet_bytes(gannan, {"en": Draft("en", tuple(units))}, findings))
    page = openpyxl.load_workbook(path)["Review"]
    header = [cell.value for cell in page[1]]
    values = dict(zip(header, (str(cell.value) for cell in page[2]), strict=True))
    assert values["Findings"] == "English, error: 8 is missing."
    assert "Li Na, 2026-11-25" in values["From"] and "memory" in values["From"]
    assert "Tibetan" not in header


def test_corrections_states_comments_and_the_reviewer_come_home(
    path: Path, gannan: Report, drafts: dict[Language, Draft]
) -> None:
    ids = [segment.id for segment in gannan.segments]

    def correct(page: Worksheet) -> None:
        put(page, 1, "English", "A new title")
        put(page, 1, "English state", "Reviewed")
        put(page, 3, "Tibetan", "ཀན་ལྷོ།")
        put(page, 3, "Tibetan comment", "Ask Tashi.")
        put(page, 3, "Reviewer", " Li Na ")
        page.cell(5, column(page, "English")).comment = Comment("Is this right?", "Li Na")

    file = edited(path, correct)
    assert changed(file, drafts) == [(ids[0], "en", "A new title"), (ids[2], "bo", "ཀན་ལྷོ།")]
    edits = {(edit.segment_id, edit.language): edit for edit in file.edits}
    assert edits[ids[0], "en"].state is State.REVIEWED
    assert (edits[ids[2], "bo"].by, edits[ids[2], "bo"].comment) == ("Li Na", "Ask Tashi.")
    assert edits[ids[3], "en"].comment == "Is this right?"
    assert edits[ids[3], "bo"].comment == ""
    assert file.troubles == ()


def test_who_saved_the_workbook_is_its_author_where_no_reviewer_is_named(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.properties.lastModifiedBy = "Tashi"
    book.save(path)
    edit = read_sheet(path).edits[0]
    assert edit.by == "Tashi"
    assert edit.at.endswith("Z") and edit.at > "2026"


def test_a_deleted_row_is_told_and_takes_nothing_away(
    path: Path, gannan: Report, drafts: dict[Language, Draft]
) -> None:
    file = edited(path, lambda page: page.delete_rows(4))
    gone = gannan.segments[2].id
    (trouble,) = file.troubles
    assert (trouble.kind, trouble.segment_id) == (TroubleKind.DELETED, gone)
    assert target_of(Edit(gone, "en", InlineText("")), drafts) in trouble.text
    assert gone not in {edit.segment_id for edit in file.edits}
    assert changed(file, drafts) == []


def swap(page: Worksheet, one: int, other: int) -> None:
    for first, second in zip(page[one], page[other], strict=True):
        first.value, second.value = second.value, first.value


def test_swapped_rows_are_told_once_and_their_texts_taken(
    path: Path, gannan: Report, drafts: dict[Language, Draft]
) -> None:
    file = edited(path, lambda page: swap(page, 3, 7))
    (trouble,) = file.troubles
    assert trouble.kind is TroubleKind.MOVED
    assert {gannan.segments[1].id, gannan.segments[5].id} & {trouble.segment_id}
    assert changed(file, drafts) == []


def test_sorting_by_a_column_loses_nothing(path: Path, drafts: dict[Language, Draft]) -> None:
    def sort(page: Worksheet) -> None:
        rows = [[cell.value for cell in one] for one in page.iter_rows(min_row=2)]
        by = column(page, "English") - 1
        for number, values in enumerate(sorted(rows, key=lambda values: str(values[by])), start=2):
            for place, value in enumerate(values, start=1):
                page.cell(number, place).value = value

    file = edited(path, sort)
    assert kinds(file) == ["moved"]
    assert changed(file, drafts) == []


def test_a_row_that_stands_twice_gives_both_its_texts(
    path: Path, gannan: Report, drafts: dict[Language, Draft]
) -> None:
    def copy(page: Worksheet) -> None:
        values = [cell.value for cell in page[2]]
        page.append(values)
        page.cell(page.max_row, column(page, "English")).value = "Another title"

    file = edited(path, copy)
    title = gannan.segments[0].id
    texts = [edit.text.text for edit in file.edits if (edit.segment_id, edit.language) == (title, "en")]
    assert texts[1] == "Another title" and len(texts) == 2
    assert file.troubles == ()


def test_merged_cells_are_told_and_their_texts_not_guessed(path: Path, gannan: Report) -> None:
    def merge(page: Worksheet) -> None:
        english = column(page, "English")
        page.merge_cells(start_row=3, end_row=4, start_column=english, end_column=english)
        page.merge_cells(start_row=6, end_row=6, start_column=english - 1, end_column=english)

    file = edited(path, merge)
    assert kinds(file) == ["merged", "merged"]
    ids = [segment.id for segment in gannan.segments]
    assert [(one.segment_id, one.language) for one in file.troubles] == [(ids[1], "en"), (ids[4], "en")]
    assert all(ids[number] in file.troubles[0].reason for number in (1, 2))
    given = {(edit.segment_id, edit.language) for edit in file.edits}
    assert not given & {(ids[number], "en") for number in (1, 2, 4)}
    assert (ids[1], "bo") in given


def test_a_merge_that_begins_with_the_text_in_one_row_loses_no_text(path: Path) -> None:
    def merge(page: Worksheet) -> None:
        english = column(page, "English")
        page.merge_cells(start_row=3, end_row=3, start_column=english, end_column=english + 1)

    assert edited(path, merge).troubles == ()


def test_what_people_add_is_told_with_their_words(path: Path, drafts: dict[Language, Draft]) -> None:
    def add(page: Worksheet) -> None:
        page.append(["", "", "Somebody's own row"])
        page.cell(1, page.max_column + 1).value = "My notes"
        page.cell(4, page.max_column).value = "Call the office."
        page.cell(4, page.max_column + 2).value = "in the open"

    file = edited(path, add)
    assert kinds(file) == ["added"] * 3
    assert "Somebody's own row" in file.troubles[0].text
    assert ("column My notes", "row 4: Call the office.") in {(one.place, one.text) for one in file.troubles}
    assert "in the open" in file.troubles[2].text
    assert changed(file, drafts) == []


def test_formulas_dates_and_numbers_are_not_taken_for_text(path: Path, gannan: Report) -> None:
    def formulas(page: Worksheet) -> None:
        english = column(page, "English")
        page.cell(2, english).value = '=HYPERLINK("http://example.org","x")'
        page.cell(3, english).value = 45178
        page.cell(4, english).value = 45178
        page.cell(4, english).number_format = "d/m"
        page.cell(5, english).value = "#N/A"
        page.cell(5, english).data_type = "e"

    file = edited(path, formulas)
    assert kinds(file) == ["unclear"] * 4
    assert [one.text for one in file.troubles] == [
        '=HYPERLINK("http://example.org","x")',
        "45178",
        "2023-09-09",
        "#N/A",
    ]
    assert "C2" in file.troubles[0].reason
    ids = {segment.id for segment in gannan.segments[:4]}
    assert not ids & {edit.segment_id for edit in file.edits if edit.language == "en"}


def test_a_state_that_is_none_is_told(path: Path) -> None:
    file = edited(path, lambda page: put(page, 2, "English state", "okay"))
    assert [(one.kind, one.text) for one in file.troubles] == [(TroubleKind.UNCLEAR, "okay")]
    assert file.edits[2].state is None


def test_a_renamed_sheet_moved_columns_and_rows_above_the_header_do_no_harm(
    path: Path, drafts: dict[Language, Draft]
) -> None:
    def rearrange(page: Worksheet) -> None:
        page.title = "校对"
        page.insert_rows(1, 3)
        page["A1"] = "Our review"
        page.insert_cols(3)

    file = edited(path, rearrange)
    assert (kinds(file), changed(file, drafts)) == ([], [])


def test_without_the_hidden_columns_the_chinese_decides(path: Path, gannan: Report) -> None:
    def drop(page: Worksheet) -> None:
        while page.cell(1, page.max_column).value != "From":
            page.delete_cols(page.max_column)

    file = edited(path, drop)
    assert [edit.segment_id for edit in file.edits[:2]] == ["", ""]
    assert file.edits[0].source == gannan.segments[0].text
    assert file.report == "gannan-2023"


def test_without_the_hidden_sheet_the_hidden_columns_still_say_what_it_was_made_with(
    path: Path, drafts: dict[Language, Draft]
) -> None:
    book = openpyxl.load_workbook(path)
    del book["bulletin"]
    book.save(path)
    file = read_sheet(path)
    assert (file.report, file.troubles, changed(file, drafts)) == ("gannan-2023", (), [])
    assert file.edits[0].base_text is None
    assert file.edits[0].base


def test_a_language_whose_column_was_deleted_is_told(path: Path) -> None:
    file = edited(path, lambda page: page.delete_cols(column(page, "Tibetan")))
    assert [(one.kind, one.language) for one in file.troubles] == [(TroubleKind.DELETED, "bo")]
    assert {edit.language for edit in file.edits} == {"en"}


def test_two_review_sheets_in_one_workbook_are_refused_by_name(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["Review"])
    book.save(path)
    with pytest.raises(SourceError, match="two review sheets: “Review” and “Review Copy”"):
        read_sheet(path)


def test_a_workbook_that_is_none_of_ours_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"is no review sheet.*bulletin align"):
        read_sheet(xlsx(tmp_path / "t.xlsx", row(1, "a", "b")))


def test_rows_of_two_reports_are_refused(tmp_path: Path) -> None:
    rows = row(1, "Chinese", "English", "report") + row(2, "甘", "x", "one") + row(3, "南", "y", "two")
    with pytest.raises(SourceError, match="several reports: one, two"):
        read_sheet(xlsx(tmp_path / "t.xlsx", rows))


def test_the_shapes_excel_writes_are_read(tmp_path: Path) -> None:
    header = row(1, "Chinese", "English", "segment")
    strings = (
        '<si><t>甘南</t><rPh sb="0" eb="2"><t>カンナン</t></rPh></si>'
        '<si><r><t xml:space="preserve">Gan</t></r><r><rPr><color rgb="FFFF0000"/></rPr><t>nan</t></r></si>'
    )
    cells = f'<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>{inline("C2", "s1")}'
    file = read_sheet(xlsx(tmp_path / "t.xlsx", f'{header}<row r="2">{cells}</row>', strings=strings))
    assert [(edit.source, edit.text.text, edit.segment_id) for edit in file.edits] == [("甘南", "Gannan", "s1")]


def convert(path: Path, suffix: str, profile: Path) -> Path:
    out = path.parent / f"as-{suffix}"
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", suffix]
    subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=120)
    made = out / f"{path.stem}.{suffix}"
    if not made.exists():
        pytest.skip("LibreOffice has no Calc (libreoffice-calc-nogui)")
    return made


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_really_saving_it_changes_nothing_but_what_was_edited(
    path: Path, tmp_path: Path, gannan: Report, drafts: dict[Language, Draft]
) -> None:
    def correct(page: Worksheet) -> None:
        put(page, 1, "English", "=A new title")
        put(page, 3, "Tibetan", "ཀན་ལྷོ།")
        put(page, 3, "English comment", "8-9")

    edited(path, correct)
    twice = convert(convert(path, "ods", tmp_path / "profile"), "xlsx", tmp_path / "profile")
    file = read_sheet(twice)
    ids = [segment.id for segment in gannan.segments]
    assert changed(file, drafts) == [(ids[0], "en", "=A new title"), (ids[2], "bo", "ཀན་ལྷོ།")]
    assert (file.report, file.troubles) == ("gannan-2023", ())
    assert [edit.comment for edit in file.edits if edit.comment] == ["8-9"]
    bases = {(edit.segment_id, edit.language): (edit.base, edit.base_text) for edit in file.edits}
    assert bases == {(edit.segment_id, edit.language): (edit.base, edit.base_text) for edit in read_sheet(path).edits}


def test_a_target_with_codes_goes_out_as_words(tmp_path: Path, gannan: Report, drafts: dict[Language, Draft]) -> None:
    bold = InlineText("Gannan met", (Code(0, "1", "open", "bold", "g"), Code(6, "1", "close", "bold", "g")))
    units = (replace(drafts["en"].units[0], target=bold), *drafts["en"].units[1:])
    path = tmp_path / "t.xlsx"
    path.write_bytes(sheet_bytes(gannan, {"en": Draft("en", units)}))
    edit = read_sheet(path).edits[0]
    assert (edit.text.text, edit.base_text, edit.base) == ("Gannan met", "Gannan met", target_hash(bold))

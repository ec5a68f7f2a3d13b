"""Several bulletins bound into one: a cover, contents, the parts in order of date, one index of terms."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import replace

import pikepdf
import pytest
from lxml import etree

from tests.pdf.pdf_samples import make_bulletin
from toolkit.bulletin.model import Bulletin, Cell, IndexEntry, RowKind, Run
from toolkit.bulletin.volume import Volume, bind
from toolkit.docx import typeset_volume_docx
from toolkit.fonts import bundled_fonts
from toolkit.pdf import count_pages, typeset_pdf, typeset_volume_pdf
from toolkit.workspace import Settings

AUGUST, SEPTEMBER = datetime.date(2023, 8, 8), datetime.date(2023, 9, 1)
SAME = "s1"  # the same sentence in both reports has the same name
HEZUO = (("en", "Hezuo"), ("bo", "གཙོས།"))
ROAD = (("en", "road"), ("bo", "ལམ།"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def report(name: str, title: str, *names: tuple[tuple[str, str], ...], rows: int = 12) -> Bulletin:
    """A bulletin in two languages, whose first paragraph is the segment in which all terms of the index stand."""
    made = make_bulletin(("en", "bo"), rows=rows)
    head = replace(made.head_rows[0], cells=tuple(Cell(one, (Run(title, one),)) for one in ("en", "bo")))
    paragraph = made.rows[1]
    cells = tuple(
        replace(cell, runs=tuple(replace(run, segment=SAME) for run in cell.runs)) for cell in paragraph.cells
    )
    index = tuple(IndexEntry(one, (SAME,)) for one in names)  # type: ignore[arg-type]
    body = (made.rows[0], replace(paragraph, cells=cells), *made.rows[2:])
    return replace(made, name=name, head_rows=(head,), rows=body, index=index, report=name, title=title)


FIRST = report("first", "A meeting", HEZUO)
SECOND = report("second", "Another meeting", ROAD, HEZUO)


def bound(*bulletins: tuple[Bulletin, datetime.date | None], month: tuple[int, int] | None = None) -> Volume:
    return bind("volume", bulletins, edition=FIRST.edition, settings=Settings(), month=month)


@pytest.fixture(scope="module")
def volume() -> Volume:
    return bound((SECOND, SEPTEMBER), (FIRST, AUGUST))


@pytest.fixture(scope="module")
def data(volume: Volume) -> bytes:
    return typeset_volume_pdf(volume, bundled_fonts())


@pytest.fixture(scope="module")
def pdf(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def starts(volume: Volume) -> list[int]:
    """The page from 1 on which each part begins, and that of the index: cover and contents have one each."""
    found = [3]
    for part in volume.parts:
        found.append(found[-1] + count_pages(typeset_pdf(part.bulletin, bundled_fonts())))
    return found


# The model


def test_parts_stand_in_order_of_date_and_those_without_a_date_come_last() -> None:
    undated = report("a-undated", "No date")
    volume = bound((undated, None), (SECOND, SEPTEMBER), (FIRST, AUGUST))
    assert [part.bulletin.name for part in volume.parts] == ["first", "second", "a-undated"]


def test_the_cover_names_the_month_or_the_first_and_the_last_date(volume: Volume) -> None:
    def said(one: Volume) -> list[str]:
        return [cell.text for row in one.front.head_rows if row.kind is RowKind.BYLINE for cell in row.cells]

    assert said(volume)[:2] == [
        "August 8, 2023 to September 1, 2023",
        "2023ལོའི་ཟླ་8པའི་ཚེས་8ཉིན་ནས་2023ལོའི་ཟླ་9པའི་ཚེས་1ཉིན་བར།",
    ]
    assert said(bound((FIRST, AUGUST), month=(2023, 8)))[:2] == ["August 2023", "2023ལོའི་ཟླ་8པ།"]
    assert said(bound((FIRST, None))) == ["1 report", "བསྡོམས་རྩོམ་ཡིག་1།"]


def test_a_term_of_two_reports_is_one_entry_and_its_places_do_not_run_into_each_other(volume: Volume) -> None:
    entries = {dict(entry.names)["en"]: entry.segments for entry in volume.front.index}
    assert list(entries) == ["Hezuo", "road"]
    assert entries["Hezuo"] == (f"1-{SAME}", f"2-{SAME}")
    assert entries["road"] == (f"2-{SAME}",)


def test_one_open_report_stamps_every_page_and_the_cover_says_how_many_there_are(volume: Volume) -> None:
    assert volume.front.stamp == () and all(part.bulletin.stamp == () for part in volume.parts)
    stamp = (Cell("en", (Run("DRAFT", "en"),)), Cell("bo", (Run("ཟིན་བྲིས།", "bo"),)))
    mixed = bound((replace(FIRST, stamp=stamp), AUGUST), (SECOND, SEPTEMBER))
    assert [bool(part.bulletin.stamp) for part in mixed.parts] == [True, True]
    (notice,) = (row for row in mixed.front.head_rows if row.kind is RowKind.NOTICE)
    assert "1 of 2" in notice.cells[0].text


def test_a_volume_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="a bulletin at least"):
        bound()


# The PDF


def test_every_report_begins_on_a_new_page_and_pages_are_counted_through(volume: Volume, pdf: pikepdf.Pdf) -> None:
    *_, index = starts(volume)
    assert len(pdf.pages) == index


def test_bookmarks_nest_the_headings_of_a_report_under_its_title(volume: Volume, pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        pages = [page_of(pdf, item.destination) for item in outline.root]
        under = [child.title for child in outline.root[2].children]
    assert titles == ["Collected Bulletins", "Contents", "A meeting", "Another meeting", "Index"]
    assert pages == [1, 2, *starts(volume)]
    assert under == ["Part 0", "Part 4", "Part 8"]


def test_contents_and_index_lead_to_the_pages_they_name(volume: Volume, pdf: pikepdf.Pdf) -> None:
    def linked(page: int) -> list[tuple[str, int]]:
        links = as_list(pdf.pages[page - 1].Annots)
        return [(str(one.Contents), page_of(pdf, one.Dest)) for one in links]

    first, second, index = starts(volume)
    assert linked(2) == [(str(first), first), (str(second), second)]
    assert set(linked(index)) == {(str(first), first), (str(second), second)}
    assert len(linked(index)) == 6  # Hezuo on two pages and the road on one, in two languages


def test_every_section_is_a_part_of_the_structure_tree(pdf: pikepdf.Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K
    assert [str(child.S) for child in document.K] == ["/Part"] * 5
    assert "/Div" not in {str(child.S) for part in document.K for child in as_list(part.K)}


def page_of(pdf: pikepdf.Pdf, destination: object) -> int:
    assert isinstance(destination, pikepdf.Array)
    return pdf.pages.index(pikepdf.Page(destination[0])) + 1


def as_list(kids: pikepdf.Object) -> list[pikepdf.Object]:
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def test_where_pages_face_each_other_every_report_begins_on_a_right_page() -> None:
    facing = replace(FIRST.edition, facing=True)
    bulletins = [(replace(one, edition=facing), AUGUST) for one in (FIRST, SECOND)]
    made = typeset_volume_pdf(bind("v", bulletins, edition=facing, settings=Settings()), bundled_fonts())
    with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_outline() as outline:
        pages = [page_of(pdf, item.destination) for item in outline.root]
    assert all(page % 2 for page in pages[2:4]), pages
    assert pages[4] % 2 == 0  # the index: its first language stands on the left


def test_the_same_volume_is_the_same_file(volume: Volume, data: bytes) -> None:
    again = bound((FIRST, AUGUST), (SECOND, SEPTEMBER))
    assert again == volume
    assert typeset_volume_pdf(again, bundled_fonts()) == data
    assert typeset_volume_docx(again, bundled_fonts()) == typeset_volume_docx(volume, bundled_fonts())


# The DOCX


def test_in_word_contents_and_index_are_fields_that_lead_to_bookmarks_that_are_there(volume: Volume) -> None:
    with zipfile.ZipFile(io.BytesIO(typeset_volume_docx(volume, bundled_fonts()))) as package:
        document = etree.fromstring(package.read("word/document.xml"))
        names = package.namelist()
    bookmarks = [one.get(f"{W}name") for one in document.iter(f"{W}bookmarkStart")]
    fields = [one.get(f"{W}instr") for one in document.iter(f"{W}fldSimple")]
    led_to = [match[1] for one in fields if (match := re.fullmatch(r" PAGEREF (\S+) \\h ", one or ""))]
    assert len(bookmarks) == len(set(bookmarks))
    assert len(led_to) == 2 + 6
    assert set(led_to) <= set(bookmarks)
    assert len(list(document.iter(f"{W}pageBreakBefore"))) == 4  # contents, two parts, index
    assert not [name for name in names if name.startswith("customXml")]  # nothing to give back

"""Links lead where their text says, can be pressed where it stands, and are announced as links."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from file_reading import Spoken, read_structure, rich_bulletin
from pdf_samples import make_bulletin

from toolkit.bulletin.model import Bulletin, Cell, Row, RowKind, Run
from toolkit.fonts.catalog import FontSet
from toolkit.pdf import typeset_pdf
from toolkit.pdf.addresses import page_address, page_of, uri

ADDRESS = "https://example.org/a"


def links_of(pdf: pikepdf.Pdf) -> list[Spoken]:
    return [part for part in read_structure(pdf).all() if part.tag == "Link"]


def annotation_of(link: Spoken) -> Any:
    return next(kid.Obj for kid in link.node.K if isinstance(kid, pikepdf.Dictionary) and kid.Type == "/OBJR")


def linked_bulletin(*runs: Run, rows: int = 1) -> Bulletin:
    bulletin = make_bulletin(("en",), rows=0)
    return replace(bulletin, rows=(Row(RowKind.PARAGRAPH, (Cell("en", runs),)),) * rows)


def test_a_link_is_an_element_inside_its_paragraph_and_the_text_around_it_is_none(fonts: FontSet) -> None:
    runs = (Run("Before ", "en"), Run("the link", "en", link=ADDRESS), Run(" and after.", "en"))
    with pikepdf.open(io.BytesIO(typeset_pdf(linked_bulletin(*runs), fonts))) as pdf:
        paragraph = next(part for part in read_structure(pdf).all() if part.under and part.under[0].tag == "Link")
        assert paragraph.text == "Before the link and after."
        assert paragraph.under[0].text == "the link"
        assert [kid if isinstance(kid, int) else str(kid.S) for kid in paragraph.node.K][1] == "/Link"


def test_a_link_says_its_address_in_ascii_and_what_it_is_called(fonts: FontSet) -> None:
    with pikepdf.open(io.BytesIO(typeset_pdf(replace(rich_bulletin(), index=()), fonts))) as pdf:
        annotations = [annotation_of(link) for link in links_of(pdf)]
        assert {str(one.A.URI) for one in annotations} == {"https://example.org/%E7%94%98%E5%8D%97?a=%281%29"}
        assert [str(one.Contents) for one in annotations] == ["甘南州网站", "website of Gannan", "ཀན་ལྷོའི་དྲ་ཚིགས།"]


def test_every_link_on_a_page_is_found_from_the_page_and_from_the_structure(fonts: FontSet) -> None:
    with pikepdf.open(io.BytesIO(typeset_pdf(rich_bulletin(), fonts))) as pdf:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        owners = {int(numbers[k]): numbers[k + 1] for k in range(0, len(numbers), 2)}
        links = {tuple(annotation_of(link).objgen): link for link in links_of(pdf)}
        found = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
        assert len(found) == len(links) == 9
        for annotation in found:
            owner = owners[int(annotation.StructParent)]
            assert owner.objgen == links[tuple(annotation.objgen)].node.objgen


def test_a_link_is_pressed_where_its_text_stands(fonts: FontSet) -> None:
    runs = (Run("Before ", "en"), Run("wordless", "en", link=ADDRESS), Run(" and after.", "en"))
    data = typeset_pdf(linked_bulletin(*runs), fonts)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        left, bottom, right, top = map(float, annotation_of(links_of(pdf)[0]).Rect)
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    assert page.get_text_bounded(left - 0.5, bottom, right + 0.5, top).strip() == "wordless"


def test_a_link_over_two_lines_is_one_link_with_a_box_on_each(fonts: FontSet) -> None:
    words = "a long address that no line of this narrow column could ever hold " * 2
    data = typeset_pdf(linked_bulletin(Run("See ", "en"), Run(words, "en", link=ADDRESS)), fonts)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (link,) = links_of(pdf)
        annotation = annotation_of(link)
        corners = [float(value) for value in annotation.QuadPoints]
        tops = corners[1::8]
        assert len(tops) >= 3
        assert tops == sorted(tops, reverse=True)
        left, bottom, right, top = map(float, annotation.Rect)
        assert (left, right) == (min(corners[0::2]), max(corners[0::2]))
        assert (bottom, top) == (min(corners[1::2]), max(corners[1::2]))
        assert " ".join(str(annotation.Contents).split()) == words.strip()


def test_two_links_side_by_side_are_two(fonts: FontSet) -> None:
    runs = (Run("one", "en", link=ADDRESS), Run("two", "en", link=ADDRESS + "b"))
    with pikepdf.open(io.BytesIO(typeset_pdf(linked_bulletin(*runs), fonts))) as pdf:
        assert [link.text for link in links_of(pdf)] == ["one", "two"]


def test_the_numbers_of_the_index_lead_to_the_pages_they_name(fonts: FontSet) -> None:
    with pikepdf.open(io.BytesIO(typeset_pdf(rich_bulletin(), fonts))) as pdf:
        numbers = [link for link in links_of(pdf) if link.text.strip().isdigit()]
        assert len(numbers) == 6
        for link in numbers:
            target = annotation_of(link).Dest[0]
            assert pdf.pages.index(pikepdf.Page(target)) == int(link.text) - 1


def test_linking_text_changes_nothing_of_what_is_copied(fonts: FontSet) -> None:
    def text(link: str) -> str:
        runs = (Run("Before ", "en"), Run("the link that is here", "en", link=link), Run(" and after it.", "en"))
        page = pypdfium2.PdfDocument(typeset_pdf(linked_bulletin(*runs, rows=3), fonts))[0]
        return str(page.get_textpage().get_text_range())

    assert text(ADDRESS) == text("")


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://a.org/b?c=d&e=f#g", "https://a.org/b?c=d&e=f#g"),
        ("https://a.org/a%20b", "https://a.org/a%20b"),
        ("https://a.org/a b)(", "https://a.org/a%20b%29%28"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("https://甘南.org/\\", "https://%E7%94%98%E5%8D%97.org/%5C"),
    ],
)
def test_an_address_is_written_so_that_nothing_in_it_ends_the_string(address: str, written: str) -> None:
    assert uri(address) == written


def test_a_page_of_the_document_has_an_address_and_no_other_has() -> None:
    assert [page_of(page_address(page)) for page in (0, 8, 99)] == [0, 8, 99]
    assert [page_of(other) for other in ("", "#page=0", "#page=", "https://a.org/#page=3", "#page=3x")] == [None] * 5

"""The file itself: objects found again by other readers, and identified by what they hold."""

from __future__ import annotations

import io

import pikepdf
import pypdf
import pytest

from toolkit.pdf.objects import PdfFile, dictionary, text_string


def file_of(texts: list[str]) -> bytes:
    file = PdfFile()
    catalog, pages = file.reserve(), file.reserve()
    page = file.add(f"<</Type/Page/Parent {pages}/MediaBox[0 0 9 9]/Resources<<>>>>")
    file.define(pages, f"<</Type/Pages/Count 1/Kids[{page}]>>")
    members = [file.add(dictionary({"Said": text_string(text)})) for text in texts]
    stream = file.add_stream("读".encode() * 100)
    file.define(catalog, f"<</Type/Catalog/Pages {pages}/Members[{' '.join(members)}]/Stream {stream}>>")
    return file.to_bytes(catalog, file.add("<<>>"))


def test_a_thousand_small_objects_are_found_again_by_two_readers() -> None:
    texts = [f"text {number}" for number in range(1000)]
    data = file_of(texts)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert [str(member.Said) for member in pdf.Root.Members] == texts
        assert pdf.Root.Stream.read_bytes().decode() == "读" * 100
    root = pypdf.PdfReader(io.BytesIO(data), strict=True).root_object
    assert [member.get_object()["/Said"] for member in root["/Members"]] == texts


@pytest.mark.parametrize(
    "text", ["", "Plain.", "(a) \\ b)", "two\nlines\t", "五省区会议", "བོད་ཡིག", "𠮷 and 😀", "naïve", "\\n"]
)
def test_a_text_is_read_back_to_the_letter(text: str) -> None:
    with pikepdf.open(io.BytesIO(file_of([text]))) as pdf:
        assert str(pdf.Root.Members[0].Said) == text


def test_the_identifier_of_a_file_changes_with_what_it_holds_and_with_nothing_else() -> None:
    identifiers = []
    for text in ("one", "one", "two"):
        with pikepdf.open(io.BytesIO(file_of([text]))) as pdf:
            identifiers.append(bytes(pdf.trailer.ID[0]))
    assert identifiers[0] == identifiers[1] != identifiers[2]


def test_a_lone_surrogate_in_a_title_breaks_nothing() -> None:
    with pikepdf.open(io.BytesIO(file_of(["a\ud800b"]))) as pdf:
        assert str(pdf.Root.Members[0].Said).startswith("a")

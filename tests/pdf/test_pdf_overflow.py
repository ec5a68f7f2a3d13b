"""Words wider than their column are broken between letters, and told."""

from __future__ import annotations

from dataclasses import replace

from tests.pdf.pdf_samples import make_bulletin
from toolkit.bulletin.model import Bulletin, Cell, Run
from toolkit.fonts import choose_fonts
from toolkit.pdf import words_wider_than_their_column

ADDRESS = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"


def with_english(bulletin: Bulletin, text: str) -> Bulletin:
    first = bulletin.rows[1]
    cells = tuple(Cell("en", (Run(text, "en"),)) if cell.language == "en" else cell for cell in first.cells)
    return replace(bulletin, rows=(bulletin.rows[0], replace(first, cells=cells), *bulletin.rows[2:]))


def test_a_word_that_no_line_holds_is_named_with_its_language() -> None:
    bulletin = with_english(make_bulletin(("en", "bo")), f"They call it {ADDRESS} here.")
    assert words_wider_than_their_column(bulletin, choose_fonts({})) == (("en", ADDRESS),)


def test_text_that_fits_is_not_named_in_any_language() -> None:
    bulletin = with_english(make_bulletin(), "Internationalisation is a long word, and fits.")
    assert words_wider_than_their_column(bulletin, choose_fonts({})) == ()


def test_a_title_page_in_two_languages_has_narrower_columns_than_the_pages_that_face_each_other() -> None:
    plain = make_bulletin(("en", "bo"))
    edition = replace(plain.edition, facing=True, page_width=700.0)
    title = replace(plain.head_rows[0], cells=(Cell("en", (Run(ADDRESS, "en"),)), plain.head_rows[0].cells[1]))
    in_title = replace(plain, edition=edition, head_rows=(title,))
    in_text = with_english(replace(plain, edition=edition), ADDRESS)
    assert words_wider_than_their_column(in_title, choose_fonts({})) == (("en", ADDRESS),)
    assert words_wider_than_their_column(in_text, choose_fonts({})) == ()

"""From a bulletin to the bytes of a DOCX."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.bulletin.model import Bulletin
from toolkit.docx.embedding import embedded_fonts, font_table, with_marks_apart
from toolkit.docx.identity import custom_properties, store_properties
from toolkit.docx.index import index_rows
from toolkit.docx.looks import languages_of
from toolkit.docx.markup import Element, R, printable, w
from toolkit.docx.package import WordPackage
from toolkit.docx.page import footer, header, section
from toolkit.docx.settings import application_properties, core_properties, settings
from toolkit.docx.story import Story
from toolkit.docx.styles import style_sheet
from toolkit.docx.table import columns_of, level_rows, spacer, table
from toolkit.fonts import FontSet


def typeset_docx(bulletin: Bulletin, fonts: FontSet) -> bytes:
    """`bulletin` as a DOCX that an editor can go on with: the same bytes for the same input, everywhere.

    Every look is a named style ("Bulletin Paragraph Tibetan"); fonts that allow it are embedded.  A
    character that no face of `fonts` has is printed as `[U+XXXX]`.  The file knows whose text each cell holds, so that
    corrections find their way back (see `identity`).
    """
    package = WordPackage(core_properties(bulletin), application_properties())
    package.add("styles")[0].fill(style_sheet(languages_of(bulletin), fonts, bulletin.edition.theme))
    fonts = with_marks_apart(bulletin, fonts)
    embedded = add_fonts(package, bulletin, fonts)
    package.add("settings")[0].fill(settings(embeds_fonts=embedded))
    running = list(_add_running_matter(package, bulletin, fonts))
    story = Story(bulletin, fonts, package)
    body = w("body", *_tables(bulletin, story), section(bulletin.edition, running))
    package.document.fill(w("document", body))
    if len(story.comments.root):
        package.add("comments")[0].fill(story.comments.root)
    if bulletin.report:
        record = story.identity.root
        package.add_record(record, store_properties(bulletin), custom_properties(bulletin, len(record)))
    return package.zipped()


def add_fonts(package: WordPackage, bulletin: Bulletin, fonts: FontSet) -> bool:
    """The font table and the faces that may be embedded; whether there are any."""
    part, _ = package.add("fontTable")
    embedded = embedded_fonts(bulletin, fonts)
    relations = [package.add_font(number, font.data, part) for number, font in enumerate(embedded, start=1)]
    part.fill(font_table(fonts, list(zip(embedded, relations, strict=True))))
    return bool(embedded)


def _add_running_matter(package: WordPackage, bulletin: Bulletin, fonts: FontSet) -> Iterator[Element]:
    """Header and footer; yields the section's references to them."""
    for name, root, content in (
        ("header", "hdr", header(bulletin, fonts)),
        ("footer", "ftr", footer(bulletin, fonts)),
    ):
        if content:
            part, relation = package.add(name)
            part.fill(w(root, *content))
            reference = w(f"{name}Reference", type="default")
            reference.set(f"{{{R}}}id", relation)
            yield reference


def _tables(bulletin: Bulletin, story: Story) -> Iterator[Element]:
    """Head, text, tail and index, each a table of its own: the column head is repeated over the text only."""
    columns = columns_of(bulletin.edition)
    text = bulletin.text_rows
    for rows in (bulletin.head_rows, text, bulletin.tail_rows):
        if rows:
            caption = printable(bulletin.title) if rows is text else ""
            yield table(columns.widths, level_rows(rows, columns, story), caption=caption)
            yield spacer()
    if bulletin.index:
        yield table(columns.widths, index_rows(bulletin, columns, story))
        yield spacer()

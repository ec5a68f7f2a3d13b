"""The page: paper, margins, the stamp in the header, running title and page number in the footer."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.bulletin.model import Bulletin, Edition, PageFoot, Run
from toolkit.docx.between import PLAIN, Border, Surround
from toolkit.docx.faces import slots_of
from toolkit.docx.looks import Extra, Look
from toolkit.docx.markup import Element, twips, w
from toolkit.docx.runs import paragraph, run_elements
from toolkit.docx.table import Columns, cell_element, columns_of, spacer, table, whole_row
from toolkit.fonts import FontSet

_HEADER_SHARE, _FOOTER_SHARE = 0.4, 0.25  # of the margin they stand in; a taller one pushes the text
_OVER_FOOT = 6.0  # pt between the text and the rule over the foot, beside the spacer
_AIR = Surround(top=2.0, bottom=2.0)
_BETWEEN_NUMBERS = "\u2003"  # em space: between page numbers that stand side by side
_UNDER_RULE = Surround(top=2.0)


def section(edition: Edition, references: Sequence[Element]) -> Element:
    """`w:sectPr`: paper and margins of `edition`, behind the references to header and footer."""
    width, height = twips(edition.page_width), twips(edition.page_height)
    return w(
        "sectPr",
        *references,
        w("pgSz", w=width, h=height, orient="landscape" if width > height else "portrait"),
        w(
            "pgMar",
            top=twips(edition.margin_top),
            right=twips(edition.margin_right),
            bottom=twips(edition.margin_bottom),
            left=twips(edition.margin_left),
            header=twips(edition.margin_top * _HEADER_SHARE),
            footer=twips(edition.margin_bottom * _FOOTER_SHARE),
            gutter=0,
        ),
    )


def header(bulletin: Bulletin, fonts: FontSet) -> list[Element]:
    """The stamp, in a red box over the columns, each language over its own; nothing when there is none."""
    if not bulletin.stamp:
        return []
    columns = columns_of(bulletin.edition)
    theme = bulletin.edition.theme
    cells = [paragraph(Look(Extra.STAMP, cell.language, theme), cell.runs, fonts) for cell in bulletin.stamp]
    sides = ("top", "left", "bottom", "right")
    lines = [w(side, val="single", sz=8, space=0, color=theme.palette.accent) for side in sides]
    box = w("tblBorders", *lines) if theme.ornaments.stamp_box else None
    row = _row(columns, [[cell] for cell in cells], _AIR, centred=True)
    return [table(columns.widths, [row], borders=box), spacer()]


def footer(bulletin: Bulletin, fonts: FontSet) -> list[Element]:
    """Under a hairline, in each language's column: the running title, and level under it the page numbers.

    The first page number stands on the left, the last on the right, as in the PDF; a single one in the middle.
    """
    columns = columns_of(bulletin.edition)
    theme = bulletin.edition.theme
    titles = {cell.language: cell for cell in bulletin.running_title}
    feet = {foot.language: foot for foot in bulletin.foot}
    looks = [Look(Extra.FOOT, language, theme) for language in bulletin.edition.columns]
    named = [[paragraph(look, titles[look.language].runs if look.language in titles else (), fonts)] for look in looks]
    rows = [_row(columns, named, _UNDER_RULE)] if titles else []
    place = bulletin.edition.foot.place
    if place == "spread" and (len(feet) > 1 or len(looks) == 1):
        numbered = []
        for index, look in enumerate(looks):
            foot = feet.get(look.language)
            fields = _page_number(look, foot, fonts) if foot else []
            numbered.append([paragraph(look, (), fonts, fields=fields, align=_side(index, len(looks)))])
        rows += [_row(columns, numbered, PLAIN)] if feet else []
    elif feet:
        align = "center" if place == "spread" else place
        rows.append(whole_row(columns, [_side_by_side(bulletin, align, fonts)], 0.0, kept=True))
    if not rows:
        return []
    hairline = Border("single", theme.ornaments.hairline, theme.palette.rule)
    line = w("top", val=hairline.kind, sz=hairline.eighths, space=0, color=hairline.color)
    rule = w("tblBorders", line) if theme.ornaments.foot_rule else None
    return [spacer(before=_OVER_FOOT), table(columns.widths, rows, borders=rule), spacer()]


def _side_by_side(bulletin: Bulletin, align: str, fonts: FontSet) -> Element:
    """The page numbers of all languages in one place of the page."""
    looks = [Look(Extra.FOOT, foot.language, bulletin.edition.theme) for foot in bulletin.foot]
    fields: list[Element] = []
    for look, foot in zip(looks, bulletin.foot, strict=True):
        if fields:
            fields += run_elements(Run(_BETWEEN_NUMBERS, look.language), look, slots_of(look, fonts), fonts)
        fields += _page_number(looks[0], foot, fonts)
    return paragraph(looks[0], (), fonts, fields=fields, align=align)


def _side(index: int, count: int) -> str:
    if count == 1 or 0 < index < count - 1:
        return "center"
    return "left" if index == 0 else "right"


def _row(columns: Columns, cells: Sequence[Sequence[Element]], around: Surround, *, centred: bool = False) -> Element:
    elements = (cell_element(columns, *each, around=around, centred=centred) for each in enumerate(cells))
    return w("tr", w("trPr", w("cantSplit")), *elements)


def _page_number(look: Look, foot: PageFoot, fonts: FontSet) -> list[Element]:
    """ "Page 3 of 9", with fields that Word and LibreOffice count themselves."""

    def set_text(text: str) -> list[Element]:
        return run_elements(Run(text, foot.language), look, slots_of(look, fonts), fonts)

    def field(instruction: str) -> Element:
        return w("fldSimple", *set_text("1"), instr=f" {instruction} ")

    fields = {"page": "PAGE", "pages": "NUMPAGES"}
    elements: list[Element] = []
    for text, is_field in foot.pieces:
        elements += [field(fields[text])] if is_field else set_text(text)
    return elements

"""The page: paper, margins, the stamp in the header, running title and page number in the footer."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.bulletin.model import Bulletin, Edition, PageFoot, Run
from toolkit.docx.between import PLAIN, Border, Surround
from toolkit.docx.faces import slots_of
from toolkit.docx.looks import Extra, Look
from toolkit.docx.markup import Element, twips, w
from toolkit.docx.runs import paragraph, run_elements
from toolkit.docx.table import Columns, cell_element, columns_of, spacer, table
from toolkit.fonts import FontSet

_HEADER_SHARE, _FOOTER_SHARE = 0.4, 0.25  # of the margin they stand in; a taller one pushes the text
_OVER_FOOT = 6.0  # pt between the text and the rule over the foot, beside the spacer
_AIR = Surround(top=2.0, bottom=2.0)
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
    named, numbered = [], []
    for index, look in enumerate(looks):
        title, foot = titles.get(look.language), feet.get(look.language)
        named.append([paragraph(look, title.runs if title else (), fonts)])
        fields = _page_number(look, foot, fonts) if foot else []
        numbered.append([paragraph(look, (), fonts, fields=fields, align=_side(index, len(looks)))])
    lines = ([(named, _UNDER_RULE)] if titles else []) + ([(numbered, PLAIN)] if feet else [])
    if not lines:
        return []
    hairline = Border("single", theme.ornaments.hairline, theme.palette.rule)
    line = w("top", val=hairline.kind, sz=hairline.eighths, space=0, color=hairline.color)
    rule = w("tblBorders", line) if theme.ornaments.foot_rule else None
    rows = [_row(columns, line, around) for line, around in lines]
    return [spacer(before=_OVER_FOOT), table(columns.widths, rows, borders=rule), spacer()]


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

    return [*set_text(foot.before), field("PAGE"), *set_text(foot.of), field("NUMPAGES"), *set_text(foot.after)]

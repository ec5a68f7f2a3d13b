"""The page: paper, margins, the stamp in the header, running title and page number in the footer."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.bulletin.model import Bulletin, Cell, Edition, PageFoot, Run
from toolkit.docx.faces import slots_of
from toolkit.docx.looks import Extra, Look
from toolkit.docx.markup import Element, twips, w
from toolkit.docx.runs import paragraph, run_elements
from toolkit.docx.styles import SPACER_STYLE
from toolkit.docx.table import Columns, cell_element, columns_of, table
from toolkit.fonts import FontSet

_MARGIN_SHARE = 0.4  # header and footer stand at this share of the margin; a taller one pushes the text


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
            header=twips(edition.margin_top * _MARGIN_SHARE),
            footer=twips(edition.margin_bottom * _MARGIN_SHARE),
            gutter=0,
        ),
    )


def spacer() -> Element:
    """A paragraph of almost no height: Word joins two tables that nothing parts."""
    return w("p", w("pPr", w("pStyle", val=SPACER_STYLE)))


def header(bulletin: Bulletin, fonts: FontSet) -> list[Element]:
    """The stamp, in a red box over the columns, each language over its own; nothing when there is none."""
    if not bulletin.stamp:
        return []
    columns = columns_of(bulletin.edition)
    theme = bulletin.edition.theme
    cells = [paragraph(Look(Extra.STAMP, cell.language, theme), cell.runs, fonts) for cell in bulletin.stamp]
    sides = ("top", "left", "bottom", "right")
    box = w("tblBorders", *(w(side, val="single", sz=12, space=0, color=theme.palette.accent) for side in sides))
    return [table(columns, [_row(columns, [[cell] for cell in cells], centred=True)], borders=box), spacer()]


def footer(bulletin: Bulletin, fonts: FontSet) -> list[Element]:
    """Under a hairline, in each language's column: the running title, and under it the page number."""
    columns = columns_of(bulletin.edition)
    theme = bulletin.edition.theme
    titles = {cell.language: cell for cell in bulletin.running_title}
    feet = {foot.language: foot for foot in bulletin.foot}
    cells = [
        _foot(Look(Extra.FOOT, language, theme), titles.get(language), feet.get(language), fonts)
        for language in bulletin.edition.columns
    ]
    rule = w("tblBorders", w("top", val="single", sz=4, space=0, color=bulletin.edition.theme.palette.rule))
    return [spacer(), table(columns, [_row(columns, cells)], borders=rule), spacer()]


def _row(columns: Columns, cells: Sequence[Sequence[Element]], *, centred: bool = False) -> Element:
    elements = (cell_element(columns, *each, centred=centred) for each in enumerate(cells))
    return w("tr", w("trPr", w("cantSplit")), *elements)


def _foot(look: Look, title: Cell | None, foot: PageFoot | None, fonts: FontSet) -> list[Element]:
    lines = [paragraph(look, title.runs, fonts)] if title else []
    if foot:
        lines.append(paragraph(look, (), fonts, fields=_page_number(look, foot, fonts)))
    return lines or [paragraph(look, (), fonts)]


def _page_number(look: Look, foot: PageFoot, fonts: FontSet) -> list[Element]:
    """ "Page 3 of 9", with fields that Word and LibreOffice count themselves."""

    def set_text(text: str) -> list[Element]:
        return run_elements(Run(text, foot.language), look, slots_of(look, fonts), fonts)

    def field(instruction: str) -> Element:
        return w("fldSimple", *set_text("1"), instr=f" {instruction} ")

    return [*set_text(foot.before), field("PAGE"), *set_text(foot.of), field("NUMPAGES"), *set_text(foot.after)]

"""Word refuses, or silently ignores, children in another order than the schema's."""

from __future__ import annotations

import pytest
from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# ECMA-376 part 1 (5th edition), annex A.1, wml.xsd; names in the sequence of each complex type.
SEQUENCES = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tcMar": "top left bottom right",
    "tcBorders": "top start left bottom end right insideH insideV tl2br tr2bl",
    "tc": "tcPr tbl p",
    "tr": "trPr tc",
    "tbl": "tblPr tblGrid tr",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "comments": "comment",
    "comment": "p",
    "hyperlink": "r",
    "fldSimple": "r",
    "styles": "docDefaults latentStyles style",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic",
    "settings": "writeProtection view zoom removePersonalInformation embedTrueTypeFonts embedSystemFonts "
    "saveSubsetFonts saveFormsData mirrorMargins defaultTabStop autoHyphenation consecutiveHyphenLimit "
    "hyphenationZone doNotHyphenateCaps characterSpacingControl compat docVars rsids themeFontLang clrSchemeMapping "
    "decimalSymbol listSeparator",
}

# The same for drawings: annex A.4 (dml-main.xsd, dml-picture.xsd, dml-wordprocessingDrawing.xsd), and [MS-ODRAWXML]
# 2.25.3.1 for the shapes of Word 2010.
DRAWING_SEQUENCES = {
    f"{WP}inline": f"{WP}extent {WP}effectExtent {WP}docPr {WP}cNvGraphicFramePr {A}graphic",
    f"{A}graphic": f"{A}graphicData",
    f"{PIC}pic": f"{PIC}nvPicPr {PIC}blipFill {PIC}spPr",
    f"{PIC}nvPicPr": f"{PIC}cNvPr {PIC}cNvPicPr",
    f"{PIC}blipFill": f"{A}blip {A}srcRect {A}stretch",
    f"{PIC}spPr": f"{A}xfrm {A}prstGeom {A}solidFill {A}ln",
    f"{WPS}wsp": f"{WPS}cNvSpPr {WPS}spPr {WPS}style {WPS}txbx {WPS}bodyPr",
    f"{WPS}spPr": f"{A}xfrm {A}prstGeom {A}solidFill {A}ln",
    f"{A}xfrm": f"{A}off {A}ext",
}


@pytest.fixture(scope="module")
def roots(docx_xml: dict[str, etree._Element], rich_xml: dict[str, etree._Element]) -> list[etree._Element]:
    """All XML parts of both samples."""
    return [*docx_xml.values(), *rich_xml.values()]


@pytest.mark.parametrize("name", sorted(SEQUENCES))
def test_children_stand_in_the_order_of_the_schema(name: str, roots: list[etree._Element]) -> None:
    sequence = SEQUENCES[name].split()
    found = [element for root in roots for element in root.iter(W + name)]
    assert found, f"the sample has no w:{name}"
    for element in found:
        children = [str(child.tag).removeprefix(W) for child in element]
        assert set(children) <= set(sequence)
        assert children == sorted(children, key=sequence.index)


@pytest.mark.parametrize("name", sorted(DRAWING_SEQUENCES))
def test_parts_of_a_drawing_stand_in_the_order_of_the_schema(name: str, roots: list[etree._Element]) -> None:
    sequence = DRAWING_SEQUENCES[name].split()
    found = [element for root in roots for element in root.iter(name)]
    assert found, f"the samples have no {name}"
    for element in found:
        children = [str(child.tag) for child in element]
        assert set(children) <= set(sequence)
        assert children == sorted(children, key=sequence.index)


def test_a_cell_ends_with_a_paragraph_and_a_row_fills_the_grid(roots: list[etree._Element]) -> None:
    for table in (one for root in roots for one in root.iter(W + "tbl")):
        grid = len(list(table.find(W + "tblGrid")))  # type: ignore[arg-type]
        for row in table.findall(W + "tr"):
            cells = row.findall(W + "tc")
            assert all(cell[-1].tag == W + "p" for cell in cells)
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in cells]
            assert sum(1 if span is None else int(str(span.get(W + "val"))) for span in spans) == grid


def test_every_relation_that_is_named_is_there(rich_xml: dict[str, etree._Element]) -> None:
    relations = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    for part in ("document", "fontTable"):
        known = {one.get("Id") for one in rich_xml[f"word/_rels/{part}.xml.rels"]}
        named = {
            value
            for element in rich_xml[f"word/{part}.xml"].iter()
            for attribute, value in element.attrib.items()
            if str(attribute).startswith(relations)
        }
        assert named and named <= known


def test_properties_come_first_in_paragraphs_and_runs(roots: list[etree._Element]) -> None:
    for root in roots:
        for name in ("p", "r"):
            for element in (one for one in root.iter(W + name) if one.find(f"{W}{name}Pr") is not None):
                assert [child.tag for child in element].index(W + name + "Pr") == 0


def test_every_style_that_is_used_is_defined_once(rich_xml: dict[str, etree._Element]) -> None:
    defined = [style.get(W + "styleId") for style in rich_xml["word/styles.xml"].iter(W + "style")]
    assert len(defined) == len(set(defined))
    for root in rich_xml.values():
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn"):
            assert {element.get(W + "val") for element in root.iter(W + tag)} <= set(defined)


def test_bookmarks_are_names_that_word_allows_and_each_stands_once(docx_xml: dict[str, etree._Element]) -> None:
    starts = list(docx_xml["word/document.xml"].iter(W + "bookmarkStart"))
    names = [str(start.get(W + "name")) for start in starts]
    assert names[:4] == ["bt1_zh", "bt1_en", "bt1_bo", "bt2_zh"]
    assert len(names) == len(set(names))
    assert all(name.isascii() and name.replace("_", "a").isalnum() and len(name) <= 40 for name in names)
    ends = [end.get(W + "id") for end in docx_xml["word/document.xml"].iter(W + "bookmarkEnd")]
    assert ends == [start.get(W + "id") for start in starts]

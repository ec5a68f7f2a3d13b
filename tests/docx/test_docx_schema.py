"""Word refuses, or silently ignores, children in another order than the schema's."""

from __future__ import annotations

import pytest
from lxml import etree

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
    "tc": "tcPr p",
    "tr": "trPr tc",
    "tbl": "tblPr tblGrid tr",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "styles": "docDefaults latentStyles style",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic",
    "settings": "writeProtection view zoom removePersonalInformation embedTrueTypeFonts embedSystemFonts "
    "saveSubsetFonts saveFormsData mirrorMargins defaultTabStop autoHyphenation consecutiveHyphenLimit "
    "hyphenationZone doNotHyphenateCaps characterSpacingControl compat docVars rsids themeFontLang clrSchemeMapping "
    "decimalSymbol listSeparator",
}


@pytest.mark.parametrize("name", sorted(SEQUENCES))
def test_children_stand_in_the_order_of_the_schema(name: str, docx_xml: dict[str, etree._Element]) -> None:
    sequence = SEQUENCES[name].split()
    found = [element for root in docx_xml.values() for element in root.iter(W + name)]
    assert found, f"the sample has no w:{name}"
    for element in found:
        children = [str(child.tag).removeprefix(W) for child in element]
        assert set(children) <= set(sequence)
        assert children == sorted(children, key=sequence.index)


def test_properties_come_first_in_paragraphs_and_runs(docx_xml: dict[str, etree._Element]) -> None:
    for root in docx_xml.values():
        for name in ("p", "r"):
            for element in root.iter(W + name):
                assert [child.tag for child in element].index(W + name + "Pr") == 0


def test_every_style_that_is_used_is_defined_once(docx_xml: dict[str, etree._Element]) -> None:
    defined = [style.get(W + "styleId") for style in docx_xml["word/styles.xml"].iter(W + "style")]
    assert len(defined) == len(set(defined))
    for root in docx_xml.values():
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

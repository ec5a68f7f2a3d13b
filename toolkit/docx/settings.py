"""What the document says about itself: settings, title and author; nothing of a template, no time of day."""

from __future__ import annotations

from lxml import etree

from toolkit.bulletin.model import Bulletin
from toolkit.docx.markup import Element, printable, w
from toolkit.languages import BCP47

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_WORD = "http://schemas.microsoft.com/office/word"


def settings(*, embeds_fonts: bool) -> Element:
    """`w:settings`, in the order of CT_Settings (ECMA-376 part 1, 17.15.1.78).

    Compatibility mode 15 is Word 2013 and later; without it Word opens the file as one of an old version.
    """
    return w(
        "settings",
        w("zoom", percent=100),
        *((w("embedTrueTypeFonts"), w("saveSubsetFonts")) if embeds_fonts else ()),
        w("defaultTabStop", val=720),
        w("autoHyphenation"),
        w("consecutiveHyphenLimit", val=2),
        w("doNotHyphenateCaps"),
        w("characterSpacingControl", val="compressPunctuation"),
        w(
            "compat",
            *(w("compatSetting", name=name, uri=_WORD, val=value) for name, value in _COMPATIBILITY.items()),
        ),
        w("themeFontLang", val=BCP47["en"], eastAsia=BCP47["zh"], bidi=BCP47["bo"]),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


_COMPATIBILITY = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
    "differentiateMultirowTableHeaders": 1,
}


def core_properties(bulletin: Bulletin) -> Element:
    """Title, author, subject, keywords, languages (ECMA-376 part 2, annex D).

    No dates: the file says what is in it, and that is the same whenever it is made.
    """
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC})
    for namespace, name, value in (
        (_DC, "title", bulletin.title),
        (_DC, "subject", bulletin.subject),
        (_DC, "creator", bulletin.author),
        (_CORE, "keywords", ", ".join(bulletin.keywords)),
        (_DC, "language", ", ".join(BCP47[language] for language in bulletin.edition.columns)),
    ):
        if value:
            etree.SubElement(root, f"{{{namespace}}}{name}").text = printable(value)
    return root


def application_properties() -> Element:
    """Who made the file, and nothing else."""
    root = etree.Element(f"{{{_EXTENDED}}}Properties", nsmap={None: _EXTENDED})
    etree.SubElement(root, f"{{{_EXTENDED}}}Application").text = "Bulletin Toolkit"
    return root

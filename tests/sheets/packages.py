"""XLSX packages made part by part, in the shapes that other programs write, and hostile ones."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def xlsx(
    path: Path,
    rows: str,
    *,
    strings: str | None = None,
    styles: str | None = None,
    after: str = "",
    before: str = "",
    prolog: str = "",
    workbook: str = "",
    main: str = MAIN,
    relations: str = RELATIONS,
    packed: int = zipfile.ZIP_STORED,
) -> Path:
    """A workbook with one sheet of these `row` elements; `strings` are the `si` elements."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{relations}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">{workbook}<sheets>'
        '<sheet name="Blatt 1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{relations}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{prolog}<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>'
        f"{after}</worksheet>",
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{strings}</sst>'
    if styles is not None:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{main}">{styles}</styleSheet>'
    with zipfile.ZipFile(path, "w", packed) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return path


def inline(reference: str, text: str) -> str:
    """A cell that holds its own text."""
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def row(number: int, *texts: str) -> str:
    """A row of texts from column A."""
    return f'<row r="{number}">{"".join(inline(f"{chr(65 + n)}{number}", t) for n, t in enumerate(texts) if t)}</row>'

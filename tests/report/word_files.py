"""Word files made by hand: the shapes that programs write, part by part."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from toolkit.report.formats import RawBlock, RawKind, read_blocks

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TARGETS = {
    "styles": "styles.xml",
    "footnotes": "footnotes.xml",
    "endnotes": "/word/endnotes.xml",
    "image": "media/image1.png",
}


def part(name: str, content: str, namespace: str = W) -> bytes:
    return f'<w:{name} xmlns:w="{namespace}" {_NAMESPACES}>{content}</w:{name}>'.encode()


def relations(pairs: dict[str, tuple[str, str]]) -> bytes:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{_TYPE}/{kind}" Target="{target}"/>' for key, (kind, target) in pairs.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'.encode()


def word_file(
    path: Path,
    body: str,
    *,
    styles: str = "",
    footnotes: str = "",
    endnotes: str = "",
    namespace: str = W,
    more: dict[str, bytes] | None = None,
) -> Path:
    """Write a Word file with this body (the XML inside w:body), these styles and notes."""
    parts = {
        "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>", namespace),
        "word/_rels/document.xml.rels": relations({f"rId{kind}": (kind, target) for kind, target in _TARGETS.items()}),
        "word/media/image1.png": b"\x89PNG",
    }
    for name, content in (("styles", styles), ("footnotes", footnotes), ("endnotes", endnotes)):
        if content:
            parts[f"word/{name}.xml"] = part(name, content, namespace)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (parts | (more or {})).items():
            archive.writestr(name, data)
    return path


def p(inner: str, *, style: str = "", properties: str = "") -> str:
    """A w:p; text without tags becomes a run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner if inner.startswith('<') else r(inner)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A w:r."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def style(style_id: str, name: str, inner: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    """A w:style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name}"/>{base}{inner}</w:style>'


def told(blocks: tuple[RawBlock, ...]) -> list[tuple[RawKind, str]]:
    """Blocks as a test speaks of them."""
    return [(block.kind, block.text.text) for block in blocks]


def marked(block: RawBlock) -> str:
    """The text of a block with its codes to be seen: <bold>…</bold>."""
    out, last = [], 0
    for code in block.text.codes:
        out += [block.text.text[last : code.position], f"<{'/' * (code.kind == 'close')}{code.ctype}>"]
        last = code.position
    return "".join([*out, block.text.text[last:]])


def by_libreoffice(source: Path, suffix: str) -> Path:
    """`source` converted by LibreOffice, in a profile of its own."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    target = source.parent / "converted"
    command = ["soffice", "--headless", profile, "--convert-to", suffix, "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    made = target / f"{source.stem}.{suffix.partition(':')[0]}"
    assert made.is_file(), "LibreOffice made no file"
    return made


def read(path: Path) -> tuple[RawBlock, ...]:
    return read_blocks(path)

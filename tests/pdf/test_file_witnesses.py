"""What other programs say of our files: an eye that reads Tibetan, validators, and readers of the structure."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from corpus_bulletins import bulletin_of, parallel_rows
from pdf_samples import make_bulletin
from pdfua import validate
from rapidfuzz.distance import Levenshtein

from toolkit.bulletin.model import Bulletin
from toolkit.fonts.catalog import FontSet
from toolkit.pdf import typeset_pdf


def read_by_eye(page: pypdfium2.PdfPage, dots_per_inch: int, folder: Path) -> str:
    image = folder / f"{dots_per_inch}.png"
    page.render(scale=dots_per_inch / 72).to_pil().convert("L").save(image, dpi=(dots_per_inch, dots_per_inch))
    command = ["tesseract", str(image), "-", "-l", "bod", "--psm", "6"]
    return subprocess.run(command, capture_output=True, check=True, timeout=300).stdout.decode()


def letters(text: str) -> str:
    return re.sub(r"[^\u0f40-\u0fbc\u0f0b]", "", text.replace("\u0f0c", "\u0f0b"))


def test_a_program_that_only_sees_the_page_reads_its_tibetan(fonts: FontSet, tmp_path: Path) -> None:
    """The better of two resolutions counts: at some, tesseract passes over a whole line."""
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract (tesseract-ocr, tesseract-ocr-bod) is not installed")
    rows = [row for row in parallel_rows("udhr", ("bo",)) if len(row[0]) > 60 and "༌" not in row[0]][:14]
    document = pypdfium2.PdfDocument(typeset_pdf(bulletin_of(rows, ("bo",)), fonts))
    assert len(document) == 1
    page = document[0]
    wanted = letters("".join(row[0] for row in rows))
    errors = []
    for dots_per_inch in (150, 250):
        seen = letters(read_by_eye(page, dots_per_inch, tmp_path))
        errors.append(Levenshtein.distance(letters("བོད་ཡིག") + wanted, seen) / len(wanted))
    assert min(errors) <= 0.02, errors


@pytest.fixture(params=["publishing", "review"])
def bulletin(request: pytest.FixtureRequest) -> Bulletin:
    columns = ("en", "bo") if request.param == "publishing" else ("zh", "en", "bo")
    return make_bulletin(columns, provenance=request.param == "review")


def test_no_rule_of_pdf_ua_that_a_machine_can_check_is_broken(
    bulletin: Bulletin, fonts: FontSet, tmp_path: Path
) -> None:
    path = tmp_path / "bulletin.pdf"
    path.write_bytes(typeset_pdf(bulletin, fonts))
    found = validate(str(path)).findings
    # UA-28-004 asks for the claim itself, which is not made before a full validator has passed the file.
    assert [finding for finding in found if finding.rule_id != "UA-28-004"] == []


def test_qpdf_finds_no_fault(bulletin: Bulletin, fonts: FontSet, tmp_path: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    path = tmp_path / "bulletin.pdf"
    path.write_bytes(typeset_pdf(bulletin, fonts))
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []


def marked_texts(pdf: pikepdf.Pdf, data: bytes) -> dict[tuple[int, int], str]:
    """The text of every marked sequence: page, MCID; read from the content streams through the fonts' own CMaps."""
    found: dict[tuple[int, int], str] = {}
    for number, page in enumerate(pdf.pages):
        fonts = {str(name): _cmap(font) for name, font in page.Resources.Font.items()}
        mcid, font, actual, depth = None, "", None, []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name == "BDC":
                tag = operands[1]
                if isinstance(tag, pikepdf.Dictionary) and "/MCID" in tag:
                    mcid = int(tag.MCID)
                    depth.append("mcid")
                elif isinstance(tag, pikepdf.Dictionary) and "/ActualText" in tag:
                    actual = str(tag.ActualText)
                    found[number, mcid] = found.get((number, mcid), "") + actual
                    depth.append("actual")
                else:
                    depth.append("")
            elif name == "EMC":
                closed = depth.pop()
                mcid = None if closed == "mcid" else mcid
                actual = None if closed == "actual" else actual
            elif name == "Tf":
                font = str(operands[0])
            elif name == "TJ" and mcid is not None and actual is None:
                for part in operands[0]:
                    if isinstance(part, pikepdf.String):
                        codes = bytes(part)
                        text = "".join(
                            fonts[font].get(int.from_bytes(codes[k : k + 2], "big"), "")
                            for k in range(0, len(codes), 2)
                        )
                        found[number, mcid] = found.get((number, mcid), "") + text
    return found


def _cmap(font: Any) -> dict[int, str]:
    stream = bytes(font.ToUnicode.read_bytes()).decode("ascii")
    pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>", stream)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def spoken(pdf: pikepdf.Pdf, texts: dict[tuple[int, int], str]) -> Iterator[tuple[str, str]]:
    """Language and text of each paragraph and heading, in the order of the structure tree."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}

    def walk(node: Any, language: str) -> Iterator[tuple[str, str]]:
        language = str(node.get("/Lang", language))
        kids = node.get("/K", pikepdf.Array())
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        marks = [kid for kid in kids if not isinstance(kid, pikepdf.Dictionary) or "/S" not in kid]
        if marks:
            page = node.get("/Pg")
            text = ""
            for mark in marks:
                if isinstance(mark, pikepdf.Dictionary):
                    text += texts.get((pages[mark.get("/Pg", page).objgen], int(mark.MCID)), "")
                else:
                    text += texts.get((pages[page.objgen], int(mark)), "")
            yield language, text
        for kid in kids:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from walk(kid, language)

    root = pdf.Root.StructTreeRoot.K
    yield from walk(root, "")


def test_the_structure_read_back_is_the_report_in_its_order_and_languages(bulletin: Bulletin, fonts: FontSet) -> None:
    data = typeset_pdf(bulletin, fonts)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        heard = [(language, re.sub(r"[\s\u00ad]", "", text)) for language, text in spoken(pdf, marked_texts(pdf, data))]
    tags = {"zh": "zh-CN", "en": "en-US", "bo": "bo-CN"}
    wanted = [
        (tags[cell.language], re.sub(r"\s", "", cell.text))
        for row in (*bulletin.head_rows, bulletin.column_head, *bulletin.rows, *bulletin.tail_rows)
        for cell in row.cells
        if cell.text
    ]
    assert heard == wanted

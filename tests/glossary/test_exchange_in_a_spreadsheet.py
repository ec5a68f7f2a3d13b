"""Our workbook and our CSV through a real spreadsheet: LibreOffice opens them, saves them, and nothing is lost."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.glossary.samples import OURS, a_term, brought, plain
from toolkit.glossary import read_glossary
from toolkit.glossary.exchange import Format, read_terms, terms_bytes

OFFICE = shutil.which("soffice")
CSV_FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"  # UTF-8, commas, cells as shown


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("kind", "saved_as"), [(Format.XLSX, "xlsx"), (Format.CSV, CSV_FILTER)], ids=["XLSX", "CSV"])
def test_libreoffice_saves_what_it_opened(kind: Format, saved_as: str, tmp_path: Path) -> None:
    note = "007" if kind is Format.XLSX else "7 a"  # no CSV can tell a spreadsheet that 007 is no number
    by_hand = a_term("甲公司", en="=1+1", note=note, by="Tashi", date="2026-11-25", status="approved", domain="+x")
    terms = (*read_glossary(OURS).terms, by_hand)
    path, out = tmp_path / f"terms.{kind}", tmp_path / "out"
    path.write_bytes(terms_bytes(terms, kind))
    source = [f"--infilter={CSV_FILTER.partition(':')[2].rpartition(',true')[0]}"] if kind is Format.CSV else []
    command = [OFFICE or "", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", *source]
    subprocess.run([*command, "--convert-to", saved_as, "--outdir", out, path], check=True, timeout=120)
    saved = out / path.name
    assert saved.is_file()
    incoming = read_terms(saved)
    assert incoming.remarks == ()
    assert brought(incoming) == [plain(term) for term in terms]

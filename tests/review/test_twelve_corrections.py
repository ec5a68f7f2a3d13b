"""The round trip of an editor: twelve corrections in two languages, a row deleted, two swapped; real programs save."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from translate.storage import factory

from toolkit.languages import NAMES, TARGETS, Language
from toolkit.report import Report
from toolkit.review import Understanding, understand
from toolkit.review.from_sheet import read_sheet
from toolkit.review.from_xliff import read_xliff_edits
from toolkit.review.sheet import sheet_bytes
from toolkit.translation.draft import Draft
from toolkit.translation.xliff import read_xliff, xliff_bytes

FOLDER = Path(__file__).parents[2] / "source" / "gannan-2023"
CORRECTED: dict[Language, tuple[int, ...]] = {"en": (0, 3, 10, 20, 33, 48), "bo": (0, 1, 10, 22, 40, 49)}
DELETED, SWAPPED = 30, (5, 8)
NOW = "2026-11-25T04:05:57Z"


@pytest.fixture(scope="module")
def drafts() -> dict[Language, Draft]:
    return {language: read_xliff(FOLDER / f"{language}.xlf", language) for language in TARGETS}


def corrections(drafts: dict[Language, Draft]) -> dict[tuple[Language, str], str]:
    """What the editor makes of twelve segments: words put in where a person would."""
    put_in = {"en": " (as amended)", "bo": " གསར་བཅོས།"}
    return {
        (language, unit.segment_id): unit.target.text.rstrip(".།") + put_in[language]
        for language, numbers in CORRECTED.items()
        for unit in (drafts[language].units[number] for number in numbers)
    }


def understood_changes(understood: Understanding) -> dict[tuple[Language, str], str]:
    assert understood.confirmed == ()
    assert understood.kept == ()
    return {(one.language, one.segment_id): one.after.text for one in understood.changes}


@pytest.mark.parametrize("program", ["openpyxl", "LibreOffice"])
def test_twelve_corrections_in_the_review_sheet(
    tmp_path: Path, gannan: Report, drafts: dict[Language, Draft], program: str
) -> None:
    path = tmp_path / "gannan-2023-review.xlsx"
    path.write_bytes(sheet_bytes(gannan, drafts))
    wanted = corrections(drafts)
    book = openpyxl.load_workbook(path)
    page = book["Review"]
    columns = {str(cell.value): number for number, cell in enumerate(page[1], start=1)}
    rows = {str(page.cell(number, columns["segment"]).value): number for number in range(2, page.max_row + 1)}
    for (language, segment_id), text in wanted.items():
        page.cell(rows[segment_id], columns[NAMES[language]]).value = text
    one, other = (page[number + 2] for number in SWAPPED)
    for first, second in zip(one, other, strict=True):
        first.value, second.value = second.value, first.value
    page.delete_rows(DELETED + 2)
    book.save(path)
    if program == "LibreOffice":
        path = saved_by_libreoffice(path)
    understood = understand(read_sheet(path), gannan, drafts, now=NOW, someone="Zhuoma")
    assert understood_changes(understood) == wanted
    assert {one.by for one in understood.changes} == {"Zhuoma"}
    gone = gannan.segments[DELETED].id
    assert [(str(one.kind), one.segment_id) for one in understood.troubles] == [
        ("deleted", gone),
        ("moved", understood.troubles[1].segment_id),
    ]
    assert understood.unchanged == 2 * (len(gannan.segments) - 1) - len(wanted)


def saved_by_libreoffice(path: Path) -> Path:
    """The workbook after LibreOffice Calc opened it, saved it in its own format, opened that, and saved it again."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    for suffix in ("ods", "xlsx"):
        out = path.parent / f"as-{suffix}"
        profile = f"-env:UserInstallation=file://{path.parent.resolve()}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        path = out / f"{path.stem}.{suffix}"
        if not path.exists():
            pytest.skip("LibreOffice has no Calc (libreoffice-calc-nogui)")
    return path


@pytest.mark.parametrize("language", TARGETS)
def test_twelve_corrections_in_xliff_saved_by_translate_toolkit(
    tmp_path: Path, gannan: Report, drafts: dict[Language, Draft], language: Language
) -> None:
    path = tmp_path / f"gannan-2023-{language}.xlf"
    path.write_bytes(xliff_bytes(drafts[language], gannan))
    wanted = {key: text for key, text in corrections(drafts).items() if key[0] == language}
    store = factory.getobject(str(path))
    for unit in store.units:
        if text := wanted.get((language, unit.xmlelement.get("id", ""))):
            unit.target = text
    store.save()
    root = etree.parse(path).getroot()
    units = list(root.iter("{*}trans-unit"))
    one, other = (units[number] for number in SWAPPED)
    parents = one.getparent(), other.getparent()
    for parent, unit in zip(parents, (other, one), strict=True):
        assert parent is not None
        parent.append(unit)
    gone = units[DELETED].getparent()
    assert gone is not None
    gone.remove(units[DELETED])
    path.write_bytes(etree.tostring(root))
    understood = understand(read_xliff_edits(path), gannan, drafts, now=NOW, someone="Zhuoma")
    assert understood_changes(understood) == wanted
    kinds = {str(one.kind) for one in understood.troubles}
    assert kinds == {"deleted", "moved"}
    deleted = [one.segment_id for one in understood.troubles if str(one.kind) == "deleted"]
    assert deleted == [gannan.segments[DELETED].id]
    assert understood.unchanged == len(gannan.segments) - 1 - len(wanted)


def test_a_file_sent_out_before_a_machine_drafted_anew_does_not_bring_the_old_text_back(
    tmp_path: Path, gannan: Report, drafts: dict[Language, Draft]
) -> None:
    path = tmp_path / "gannan-2023-review.xlsx"
    path.write_bytes(sheet_bytes(gannan, drafts))
    first = drafts["en"].units[0]
    moved_on = replace(first, target=replace(first.target, text="A newer draft"))
    newer = {**drafts, "en": replace(drafts["en"], units=(moved_on, *drafts["en"].units[1:]))}
    understood = understand(read_sheet(path), gannan, newer, now=NOW, someone="Zhuoma")
    assert (understood.changes, understood.older) == ((), (("en", first.segment_id),))

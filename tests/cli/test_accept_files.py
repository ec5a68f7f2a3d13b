"""Real files come home through the readers: XLIFF edited in place and elsewhere, XLSX, TMX."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.build.newsroom import ENGLISH, LIBRARY, TITLE, retarget
from tests.cli.command import Outcome, bulletin
from tests.review.newsdesk import HERS, Newsdesk, newsdesk
from toolkit.memory import MemoryUnit, tmx_bytes
from toolkit.report.inline import InlineText
from toolkit.translation import State
from toolkit.workspace import Workspace


@pytest.fixture
def desk(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Newsdesk:
    monkeypatch.delenv("BULLETIN_BY", raising=False)
    return newsdesk(workspace)


def accept(desk: Newsdesk, *arguments: str | Path) -> Outcome:
    return bulletin("-C", desk.workspace.root, "accept", *arguments)


def test_a_draft_edited_in_place_gets_a_name_and_goes_to_the_memory(desk: Newsdesk) -> None:
    path = desk.report.path.parent / "en.xlf"
    retarget(path, LIBRARY, HERS)
    assert desk.unit(LIBRARY).review is None
    outcome = accept(desk, path, "--by", "Zhuoma")
    assert outcome.code == 0, outcome.out + outcome.err
    assert "1 correction (1 in English), 0 confirmed, 3 unchanged" in outcome.out
    unit = desk.unit(LIBRARY)
    assert (unit.target.text, unit.state) == (HERS, State.REVIEWED)
    assert unit.review is not None
    assert (unit.review.by, unit.review.via) == ("Zhuoma", "en.xlf")
    assert desk.remembered() == {LIBRARY: HERS}
    assert "0 corrections, 0 confirmed, 4 unchanged" in accept(desk, path, "--by", "Zhuoma").out


def test_it_gets_the_name_after_a_build_too(desk: Newsdesk) -> None:
    path = desk.report.path.parent / "en.xlf"
    retarget(path, LIBRARY, HERS)
    assert bulletin("-C", desk.workspace.root, "draft", "--engine", "assemble").code == 0
    assert accept(desk, path, "--by", "Zhuoma").code == 0
    assert desk.remembered() == {LIBRARY: HERS}


def test_words_typed_over_a_review_get_the_name_of_who_typed_them(desk: Newsdesk) -> None:
    path = desk.report.path.parent / "en.xlf"
    retarget(path, LIBRARY, HERS)
    assert accept(desk, path, "--by", "Zhuoma").code == 0
    retarget(path, LIBRARY, "And a library, said the head.")
    assert bulletin("-C", desk.workspace.root, "draft", "--engine", "assemble").code == 0
    assert accept(desk, path, "--by", "Tashi").code == 0
    review = desk.unit(LIBRARY).review
    assert review is not None
    assert review.by == "Tashi"
    assert desk.remembered() == {LIBRARY: "And a library, said the head."}


def test_a_copy_of_the_draft_edited_elsewhere_comes_home(desk: Newsdesk, tmp_path: Path) -> None:
    copy = Path(shutil.copy(desk.report.path.parent / "en.xlf", tmp_path / "en from Zhuoma.xlf"))
    retarget(copy, LIBRARY, HERS, "translated")
    retarget(copy, TITLE, ENGLISH[TITLE], "final")
    outcome = accept(desk, copy, "--by", "Zhuoma", "--report", "school")
    assert outcome.code == 0, outcome.out + outcome.err
    assert "1 correction (1 in English), 1 confirmed, 2 unchanged" in outcome.out
    assert desk.unit(LIBRARY).target.text == HERS
    assert desk.unit(TITLE).state is State.REVIEWED


def test_a_memory_from_a_colleague_is_taken_by_its_chinese(desk: Newsdesk, tmp_path: Path) -> None:
    path = tmp_path / "colleague.tmx"
    other = MemoryUnit(InlineText("没有人说过这句话。"), {"en": InlineText("Nobody said this.")}, place="x:2")
    path.write_bytes(tmx_bytes((MemoryUnit(InlineText(LIBRARY), {"en": InlineText(HERS)}, place="x:1"), other)))
    outcome = accept(desk, path, "--by", "Zhuoma")
    assert outcome.code == 0, outcome.out + outcome.err
    assert desk.unit(LIBRARY).target.text == HERS
    assert "1 for sentences that this report does not have" in outcome.out


def test_a_review_sheet_edited_with_openpyxl_comes_home(desk: Newsdesk, tmp_path: Path) -> None:
    import openpyxl

    from toolkit.review.sheet import sheet_bytes

    path = tmp_path / "sheet.xlsx"
    path.write_bytes(sheet_bytes(desk.report, desk.drafts))
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == ENGLISH[LIBRARY]]
    (cell,) = (cell for cell in cells if not book.worksheets[0].column_dimensions[cell.column_letter].hidden)
    cell.value = HERS
    book.save(path)
    outcome = accept(desk, path, "--by", "Zhuoma")
    assert outcome.code == 0, outcome.out + outcome.err
    assert "1 correction (1 in English)" in outcome.out
    assert desk.unit(LIBRARY).target.text == HERS

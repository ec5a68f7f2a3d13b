"""Links of a report are printed: over its own words, and over theirs in a translation."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest

from tests.conftest import write_report
from toolkit.bulletin.compose import compose
from toolkit.bulletin.editions import REVIEW, SHIPPED
from toolkit.bulletin.linking import linked
from toolkit.bulletin.model import Bulletin, Edition, Run
from toolkit.docx import typeset_docx
from toolkit.fonts import bundled_fonts
from toolkit.glossary import Glossary, Status, Term
from toolkit.languages import TARGETS, Language
from toolkit.pdf import typeset_pdf
from toolkit.report import InlineText, Report, read_report
from toolkit.report.links import Link, together
from toolkit.review.from_docx import read_docx
from toolkit.review.understand import understand
from toolkit.translation import Draft, DraftUnit, Origin, OriginKind, State
from toolkit.workspace import Settings, Workspace

A, B, C = "https://a.cn/one", "https://b.cn/two", "https://c.cn/three"
TEXT = f"""# 题

详见[展览馆]({A})和[iLib]({B})，网址{C}。

[全年免费开放。]({A})
"""
EN = ("Title", f"See the hall and iLib, at {C}.", "Open free of charge all year.")
BO = ("ཁ་བྱང་།", "འགྲེམས་སྟོན་ཁང་ལ་ལྟོས།", "ལོ་གཅིག་ཏུ་རིན་མེད་ཡིན།")


@pytest.fixture
def report(workspace: Workspace) -> Report:
    folder = write_report(workspace, "r", "x\n")
    (folder / "report.txt").unlink()
    (folder / "report.md").write_text(TEXT, encoding="utf-8")
    return read_report(folder)


def drafts_of(report: Report, **texts: tuple[str, ...]) -> dict[Language, Draft]:
    said: dict[Language, tuple[str, ...]] = {"en": texts.get("en", EN), "bo": texts.get("bo", BO)}
    origin = Origin(OriginKind.MEMORY, "m.tmx:1", 100)
    return {
        language: Draft(
            language,
            tuple(
                DraftUnit(
                    one.id, one.source, InlineText(text), State.DRAFT if text else State.NEEDS_TRANSLATION, origin
                )
                for one, text in zip(report.segments, said[language], strict=True)
            ),
        )
        for language in TARGETS
    }


def made(report: Report, edition: Edition, *terms: Term, **texts: tuple[str, ...]) -> Bulletin:
    drafts = drafts_of(report, **texts)
    return compose(report, drafts, (), edition=edition, glossary=Glossary(terms), settings=Settings())


def links_in(bulletin: Bulletin, column: int) -> list[tuple[str, str]]:
    rows = (*bulletin.head_rows, *bulletin.rows)
    return [(run.text, run.link) for row in rows for run in row.cells[column].runs if run.link]


def test_the_words_of_the_report_lead_where_they_did(report: Report) -> None:
    found = links_in(made(report, REVIEW), 0)
    assert found == [("展览馆", A), ("iLib", B), (C, C), ("全年免费开放。", A)]


def test_in_a_translation_they_lead_there_where_they_are_found_or_are_all_of_it(report: Report) -> None:
    bulletin = made(report, REVIEW)
    assert links_in(bulletin, 1) == [("iLib", B), (C, C), (EN[2], A)]
    assert links_in(bulletin, 2) == [(BO[2], A)]
    term = Term(
        ("展览馆",), {"en": "hall", "bo": "འགྲེམས་སྟོན་ཁང་"}, {}, {}, "place", Status.PROPOSED, "", "none", "t.csv:2"
    )
    named = made(report, REVIEW, term)
    assert ("hall", A) in links_in(named, 1) and ("འགྲེམས་སྟོན་ཁང", A) in links_in(named, 2)


def test_a_run_that_leads_somewhere_already_is_neither_cut_nor_led_elsewhere() -> None:
    runs = [Run("See ", "en"), Run("the hall of art", "en", link=A), Run(" and more", "en")]
    cut = linked(runs, (Link(0, 8, B), Link(12, 23, C)))
    assert [(run.text, run.link) for run in cut] == [("See ", B), ("the hall of art", A), (" and", C), (" more", "")]


def test_links_that_overlap_are_not_both_kept() -> None:
    kept = (Link(0, 4, A), Link(10, 20, B))
    assert together(kept, (Link(3, 6, C), Link(8, 11, C), Link(12, 14, C), Link(4, 10, C))) == (
        Link(0, 4, A),
        Link(4, 10, C),
        Link(10, 20, B),
    )


def test_no_part_of_a_word_is_taken_for_the_words_of_a_link(report: Report) -> None:
    hall = Term(("展览馆",), {"en": "hall", "bo": "ཁང"}, {}, {}, "place", Status.PROPOSED, "", "none", "t.csv:2")
    bo = ("ཁ་བྱང་།", "ཁངས་ལ་ལྟོས། miLibs ཁང་ལ།", "ལོ་གཅིག།")
    made_of_it = made(report, REVIEW, hall, en=("Title", "They shall see iLibrary; the hall and iLib.", EN[2]), bo=bo)
    assert links_in(made_of_it, 1) == [("hall", A), ("iLib", B), (EN[2], A)]
    assert links_in(made_of_it, 2) == [("ཁང", A), (bo[2], A)]
    runs = [run.text for row in made_of_it.rows for run in row.cells[1].runs]
    assert "; the " in "".join(runs) and not any(text.endswith("ibrary") for text in runs)


def test_a_gap_leads_where_its_chinese_does(report: Report) -> None:
    gapped = made(report, REVIEW, en=("Title", "", ""))
    assert links_in(gapped, 1) == links_in(gapped, 0)


def test_pdf_and_docx_have_the_links(report: Report) -> None:
    bulletin = made(report, REVIEW)
    with pikepdf.open(io.BytesIO(typeset_pdf(bulletin, bundled_fonts()))) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        addresses = [str(note.A.URI) for note in notes]
    assert sorted(addresses) == sorted([A, B, C, A, B, C, A, A])
    with zipfile.ZipFile(io.BytesIO(typeset_docx(bulletin, bundled_fonts()))) as package:
        assert package.read("word/document.xml").count(b"<w:hyperlink ") == 8
        relations = package.read("word/_rels/document.xml.rels").decode()
    assert all(address in relations for address in (A, B, C))


@pytest.mark.parametrize("edition", ["publishing", "review"])
def test_a_docx_with_links_comes_home_as_it_was_made(report: Report, tmp_path: Path, edition: str) -> None:
    bulletin = made(report, next(one for one in SHIPPED if one.name == edition))
    path = tmp_path / "back.docx"
    path.write_bytes(typeset_docx(bulletin, bundled_fonts()))
    file = read_docx(path)
    assert all(edit.text.text == edit.base_text for edit in file.edits) and file.edits
    understood = understand(file, report, drafts_of(report), now="2026-11-25T04:05:57Z")
    assert (understood.changes, understood.troubles) == ((), ())

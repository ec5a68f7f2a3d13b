"""The pages of the real report, as other programs read them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.build.conftest import GANNAN, Built
from tests.build.newsroom import draft_of
from tests.build.pages import column, page_number, poppler, running_text, squeezed, stamp
from toolkit.bulletin.dates import printed_date
from toolkit.bulletin.editions import EDITIONS, PUBLISHING, REVIEW
from toolkit.bulletin.model import Edition
from toolkit.languages import TARGETS, Language
from toolkit.report import Role
from toolkit.workspace import Settings

COLUMNS = [(edition, language) for edition in EDITIONS for language in edition.columns]


def pdf_of(built: Built, edition: Edition) -> Path:
    return built.dist / f"{GANNAN}-{edition.name}.pdf"


def column_id(value: object) -> str:
    return value.name if isinstance(value, Edition) else str(value)


def running_title(built: Built, language: Language) -> str:
    date = built.report.event_date
    assert date is not None
    masthead = Settings().masthead[language]
    return masthead + ("" if language == "bo" else "·") + printed_date(date, language)


def first_missing(texts: list[str], page_text: str) -> str | None:
    """The first of `texts` that does not stand, whole, after the ones before it."""
    place = 0
    for text in texts:
        found = page_text.find(squeezed(text), place)
        if found < 0:
            return text
        place = found + len(squeezed(text))
    return None


@pytest.mark.parametrize("language", TARGETS)
def test_every_segment_of_the_publishing_edition_is_read_whole_and_in_order(built: Built, language: Language) -> None:
    draft = draft_of(built.workspace, language, GANNAN)
    printed = {
        segment.id for block in built.report.blocks if block.role is not Role.CAPTION for segment in block.segments
    }
    head = (Role.TITLE, Role.KICKER)
    body = [s.id for b in built.report.blocks if b.role not in (*head, Role.CAPTION) for s in b.segments]
    texts = {unit.segment_id: unit.target.text for unit in draft.units}
    assert all(texts[segment_id] for segment_id in printed)
    pages = column(pdf_of(built, PUBLISHING), PUBLISHING, language)
    text = running_text(pages, language, running_title(built, language))
    assert [segment_id for segment_id in printed if squeezed(texts[segment_id]) not in text] == []
    assert first_missing([texts[segment_id] for segment_id in body], text) is None


def test_every_chinese_sentence_stands_in_the_review_edition(built: Built) -> None:
    text = running_text(column(pdf_of(built, REVIEW), REVIEW, "zh"), "zh", running_title(built, "zh"))
    assert [segment.text for segment in built.report.segments if squeezed(segment.text) not in text] == []


def test_captions_without_their_pictures_are_for_reviewers_only(built: Built) -> None:
    texts = {unit.segment_id: unit.target.text for unit in draft_of(built.workspace, "en", GANNAN).units}
    captions = [texts[s.id] for block in built.report.blocks if block.role is Role.CAPTION for s in block.segments]
    review = "".join(column(pdf_of(built, REVIEW), REVIEW, "en"))
    publishing = "".join(column(pdf_of(built, PUBLISHING), PUBLISHING, "en"))
    assert len(captions) >= 5
    assert [caption for caption in captions if squeezed(caption) not in review] == []
    assert [caption for caption in captions if squeezed(caption) in publishing] == []


@pytest.mark.parametrize(("edition", "language"), COLUMNS, ids=column_id)
def test_stamp_and_page_number_stand_on_every_page_in_each_language(
    built: Built, edition: Edition, language: Language
) -> None:
    pages = column(pdf_of(built, edition), edition, language)
    assert len(pages) > 5
    for number, page in enumerate(pages, start=1):
        assert page.count(stamp(language)) == 1
        assert page_number(language, number, len(pages)) in page


@pytest.mark.parametrize("edition", EDITIONS, ids=column_id)
def test_every_font_is_embedded_subset_and_mapped_to_unicode(built: Built, edition: Edition) -> None:
    table = poppler("pdffonts", pdf_of(built, edition)).splitlines()[2:]
    assert len(table) >= 3
    for row in table:
        assert re.match(r"[A-Z]{6}\+", row), row
        assert row.split()[-5:-2] == ["yes", "yes", "yes"], row


def test_the_pages_that_the_summary_counts_are_the_pages_there_are(built: Built) -> None:
    for edition in EDITIONS:
        pdf = pdf_of(built, edition)
        (pages,) = re.findall(r"^Pages:\s+(\d+)$", poppler("pdfinfo", pdf), re.MULTILINE)
        assert f"{pdf.name}  ({pages} pages)" in built.outcome.out


def test_libreoffice_reads_every_tibetan_segment_of_the_docx(built: Built, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    source = built.dist / f"{GANNAN}-publishing.docx"
    to_text = ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(source)]
    subprocess.run(["soffice", "--headless", profile, *to_text], check=True, capture_output=True, timeout=120)
    text = squeezed((tmp_path / source.name).with_suffix(".txt").read_text(encoding="utf-8-sig"))
    draft = draft_of(built.workspace, "bo", GANNAN)
    printed = [s.id for block in built.report.blocks if block.role is not Role.CAPTION for s in block.segments]
    units = [draft.unit(segment_id) for segment_id in printed]
    assert [unit.target.text for unit in units if unit and squeezed(unit.target.text) not in text] == []
    assert len(units) > 40

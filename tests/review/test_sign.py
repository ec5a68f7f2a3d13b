"""A named person stands behind segments."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.build.newsroom import ENGLISH, LIBRARY, PUPILS, TITLE
from tests.review.newsdesk import BY, HERS, NOW, Newsdesk, newsdesk, persons
from toolkit.errors import SettingsError
from toolkit.quality import Finding, Severity
from toolkit.report.inline import InlineText
from toolkit.review import Signing, accept, sign, undo, unsign
from toolkit.translation import State
from toolkit.workspace import Workspace

LATER = "2026-11-26T09:00:00Z"


@pytest.fixture
def desk(workspace: Workspace) -> Newsdesk:
    return newsdesk(workspace)


def signed(desk: Newsdesk, *sources: str, findings: Sequence[Finding] = (), **more: object) -> Signing:
    ids = [desk.unit(source).segment_id for source in sources]
    given = {"by": BY, "now": NOW, "languages": ("en",), **more}
    return sign(desk.report, desk.desk, segments=ids, findings=findings, **given)  # type: ignore[arg-type]


def error_on(desk: Newsdesk, source: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("term-missing", severity, "A term is missing.", desk.unit(source).segment_id, "en")


def test_a_signed_segment_says_who_and_when(desk: Newsdesk) -> None:
    assert len(signed(desk, TITLE).signed) == 1
    unit = desk.unit(TITLE)
    assert unit.state is State.SIGNED_OFF
    assert unit.review is not None
    assert (unit.review.by, unit.review.at, unit.review.via) == (BY, NOW, "bulletin sign")
    assert desk.unit(LIBRARY).state is State.DRAFT


def test_without_segments_all_of_a_language_are_signed(desk: Newsdesk) -> None:
    assert len(signed(desk).signed) == 4
    assert {unit.state for unit in desk.drafts["en"].units} == {State.SIGNED_OFF}
    assert {unit.state for unit in desk.drafts["bo"].units} == {State.DRAFT}


def test_a_gap_is_refused_and_the_others_are_signed(desk: Newsdesk) -> None:
    desk.rewrite(PUPILS, target=InlineText(""), state=State.NEEDS_TRANSLATION, origin=None, drafted="")
    signing = signed(desk)
    assert [(one.segment_id, one.reason) for one in signing.refused] == [
        (desk.unit(PUPILS).segment_id, "It has no text yet.")
    ]
    assert len(signing.signed) == 3


def test_an_open_error_keeps_a_segment_from_being_signed_off_and_not_from_review(desk: Newsdesk) -> None:
    findings = [error_on(desk, TITLE)]
    assert signed(desk, TITLE, findings=findings).signed == ()
    assert desk.unit(TITLE).state is State.DRAFT
    assert len(signed(desk, TITLE, findings=findings, state="reviewed").signed) == 1
    assert desk.unit(TITLE).state is State.REVIEWED


def test_a_warning_does_not_keep_it(desk: Newsdesk) -> None:
    assert len(signed(desk, TITLE, findings=[error_on(desk, TITLE, Severity.WARNING)]).signed) == 1


def test_a_signature_is_not_replaced_by_another(desk: Newsdesk) -> None:
    signed(desk, TITLE)
    signing = signed(desk, TITLE, by="Tashi")
    assert (signing.signed, signing.already) == ((), 1)
    review = desk.unit(TITLE).review
    assert review is not None
    assert review.by == BY


def test_what_a_tool_called_reviewed_without_a_name_gets_one(desk: Newsdesk) -> None:
    desk.rewrite(TITLE, state=State.REVIEWED)
    assert len(signed(desk, TITLE, state="reviewed").signed) == 1


def test_the_memory_learns_what_was_signed(desk: Newsdesk) -> None:
    signed(desk, TITLE)
    assert desk.remembered() == {TITLE: ENGLISH[TITLE]}


def test_a_signature_taken_back_leaves_the_review_there_was(desk: Newsdesk) -> None:
    desk.rewrite(LIBRARY, **persons(HERS))
    before = desk.unit(LIBRARY)
    signed(desk, LIBRARY)
    unsign(desk.report, desk.desk, by=BY, now=LATER, languages=("en",), segments=(before.segment_id,))
    assert desk.unit(LIBRARY) == before


def test_a_draft_whose_signature_is_taken_back_is_a_draft_and_the_memory_forgets_it(desk: Newsdesk) -> None:
    signed(desk, TITLE)
    unsign(desk.report, desk.desk, by=BY, now=LATER, languages=("en",))
    assert desk.unit(TITLE).state is State.DRAFT
    assert desk.remembered() == {}


def test_undo_takes_a_signing_back_too(desk: Newsdesk) -> None:
    signed(desk, TITLE)
    undo(desk.report, desk.desk, by=BY, now=LATER)
    assert (desk.unit(TITLE).state, desk.unit(TITLE).review) == (State.DRAFT, None)


def test_a_correction_under_a_signature_is_left_by_undo_until_the_signature_is_taken_back(desk: Newsdesk) -> None:
    act = accept([desk.file(desk.edit(LIBRARY, HERS))], desk.report, desk.desk, now=NOW, by=BY).act
    signed(desk, LIBRARY)
    assert len(undo(desk.report, desk.desk, by=BY, now=LATER, act=act).left) == 1
    unsign(desk.report, desk.desk, by=BY, now=LATER, languages=("en",))
    assert desk.unit(LIBRARY).state is State.REVIEWED
    assert len(undo(desk.report, desk.desk, by=BY, now=LATER, act=act).undone) == 1
    assert desk.unit(LIBRARY).target.text == ENGLISH[LIBRARY]


@pytest.mark.parametrize("name", ["", "  "])
def test_a_signature_needs_a_name(desk: Newsdesk, name: str) -> None:
    with pytest.raises(SettingsError, match="BULLETIN_BY"):
        signed(desk, TITLE, by=name)


def test_an_unknown_segment_is_named_and_nothing_is_signed(desk: Newsdesk) -> None:
    with pytest.raises(SettingsError, match="s999"):
        sign(desk.report, desk.desk, by=BY, now=NOW, languages=("en",), segments=("s999",))
    assert {unit.state for unit in desk.drafts["en"].units} == {State.DRAFT}

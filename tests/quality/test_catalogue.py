"""The catalogue of checks: stable ids, and what they weigh."""

from __future__ import annotations

import re

import pytest

from toolkit.glossary import Status
from toolkit.quality import CHECKS, Severity, Subject, severity_of

_PROMISED = """
term-missing term-forbidden term-inconsistent number date currency name official-order untranslated source-script-left
wrong-script same-as-source empty length-ratio sentence-count repeated end-punctuation brackets-quotes
inconsistent-source inconsistent-target malformed-tibetan tsheg-shad control-characters placeholder-leak missing-glyph
overflow source-enumeration-gap source-count-mismatch source-inconsistent gap unreviewed fuzzy-printed memory-doubt
code-missing caption-without-picture link-dropped repeats-collapsed role-guessed source-corrected former-work-kept
font-lacks-characters dismissal-stale name-not-in-glossary foreign-note repair-guessed
"""


def test_every_promised_check_is_in_the_catalogue_and_nothing_else() -> None:
    assert set(CHECKS) == set(_PROMISED.split())


def test_a_check_says_in_a_line_what_it_looks_for() -> None:
    for id_, check in CHECKS.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", id_)
        assert check.id == id_
        assert check.name
        assert check.description.endswith(".")
        assert len(check.description) < 100


@pytest.mark.parametrize("check", ["term-missing", "term-forbidden", "name"])
def test_severity_follows_the_status_of_the_glossary_row_whoever_wrote_the_text(check: str) -> None:
    assert severity_of(check, status=Status.PROPOSED) is Severity.WARNING
    assert severity_of(check, status=Status.APPROVED) is Severity.ERROR
    assert severity_of(check, status=Status.APPROVED, reviewed=True) is Severity.ERROR


@pytest.mark.parametrize("check", [check.id for check in CHECKS.values() if check.subject is Subject.FIGURES])
def test_a_wrong_figure_is_an_error_until_a_person_has_looked(check: str) -> None:
    assert severity_of(check) is Severity.ERROR
    assert severity_of(check, reviewed=True) is Severity.WARNING


def test_other_checks_weigh_the_same_in_reviewed_text() -> None:
    assert severity_of("untranslated", reviewed=True) is CHECKS["untranslated"].severity


def test_a_state_of_affairs_cannot_be_dismissed() -> None:
    assert {id_ for id_, check in CHECKS.items() if not check.may_be_dismissed} == {
        "empty",
        "gap",
        "unreviewed",
        "fuzzy-printed",
        "source-corrected",
        "dismissal-stale",
        "missing-glyph",
    }

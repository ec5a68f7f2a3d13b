"""From the faults of a draft to findings."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.quality.drafts import findings_of, report_of, term, unit
from toolkit.fonts import bundled_fonts
from toolkit.glossary import Glossary, Status, Term
from toolkit.languages import Language
from toolkit.quality import CHECKS, Finding, Severity, check_draft, check_fonts, findings_json
from toolkit.report import InlineText
from toolkit.report.inline import Code
from toolkit.translation import Draft, DraftUnit, Origin, OriginKind, State
from toolkit.workspace import Settings

GANNAN = term("甘南州", "Gannan Prefecture", "Gannan", forbidden=("Gannan State",))
APPROVED = replace(GANNAN, status=Status.APPROVED)


def found(one: DraftUnit, *terms: Term, language: Language = "en") -> dict[str, Severity]:
    return {finding.check: finding.severity for finding in findings_of(one, terms=terms, language=language)}


def test_a_draft_that_is_right_has_no_findings() -> None:
    assert found(unit("甘南州在8月8日开会。", "Gannan Prefecture met on August 8."), APPROVED) == {}


@pytest.mark.parametrize(("row", "severity"), [(APPROVED, Severity.ERROR), (GANNAN, Severity.WARNING)])
def test_a_missing_term_weighs_as_much_as_its_status(row: Term, severity: Severity) -> None:
    assert found(unit("甘南州开会。", "The prefecture met."), row) == {"term-missing": severity}


def test_an_accepted_rendering_satisfies_a_term() -> None:
    assert found(unit("甘南州开会。", "Gannan met."), APPROVED) == {}


def test_a_forbidden_rendering_is_found_even_where_the_term_is_satisfied() -> None:
    assert "term-forbidden" in found(unit("甘南州开会。", "Gannan State met in Gannan."), GANNAN)


def test_a_gap_is_a_warning_and_nothing_else_is_checked() -> None:
    gap = unit("甘南州2023年。", "", state=State.NEEDS_TRANSLATION)
    assert found(gap, APPROVED) == {"gap": Severity.WARNING}


@pytest.mark.parametrize(
    ("source", "target", "language", "check"),
    [
        ("他们在州里开会。", "They held a 会 in the prefecture.", "en", "source-script-left"),
        ("他们在州里开会。", "他们在州里开会。", "en", "same-as-source"),
        ("他们在州里开会。", "They met {0} in the prefecture.", "en", "placeholder-leak"),
        ("他们在州里开会。", " \n", "en", "empty"),
        ("他们在州里开会。", "ཁོ་ཚོས་ཁུལ་དུ་ཚོགས་འདུ་གིིས་འཚོགས།", "bo", "malformed-tibetan"),
        ("他们在州里开会。", "ཁོ་ཚོས་ཁུལ་དུ་་ཚོགས་འདུ་འཚོགས།", "bo", "tsheg-shad"),
    ],
)
def test_a_fault_of_the_text_becomes_a_finding_of_the_catalogue(
    source: str, target: str, language: Language, check: str
) -> None:
    findings = {finding.check: finding for finding in findings_of(unit(source, target), language=language)}
    assert findings[check].severity is CHECKS[check].severity
    assert findings[check].place == "report.txt:1"


@pytest.mark.parametrize(
    ("state", "severity"),
    [(State.DRAFT, Severity.ERROR), (State.REVIEWED, Severity.WARNING), (State.SIGNED_OFF, Severity.WARNING)],
)
def test_a_wrong_figure_weighs_less_where_a_person_has_looked(state: State, severity: Severity) -> None:
    checks = found(unit("今年增长3.2亿元。", "It grew by 32 million yuan this year.", state=state))
    assert checks["number"] is severity


@pytest.mark.parametrize(
    ("source", "target", "check"),
    [
        ("会议在8月8日召开。", "The meeting was held on August 9.", "date"),
        ("今年增长320亿元。", "It grew by $32 billion this year.", "currency"),
    ],
)
def test_dates_and_currencies_have_checks_of_their_own(source: str, target: str, check: str) -> None:
    assert check in found(unit(source, target))


def test_a_name_found_by_rule_is_a_warning() -> None:
    checks = found(unit("州长何谋保致辞。", "The governor gave a speech."))
    assert checks["name"] is Severity.WARNING


def test_a_finding_tells_the_row_the_spans_and_the_disputed_thing() -> None:
    (finding,) = findings_of(unit("在甘南州开会。", "They met there."), terms=(GANNAN,))
    assert (finding.place, finding.about, finding.source_span) == ("t.csv:2", "甘南州", (1, 4))


def test_a_doubt_of_the_memory_is_passed_on() -> None:
    origin = Origin(OriginKind.MEMORY, "m.tmx:1", 100)
    checks = found(unit("开会。", "A meeting.", state=State.DRAFT, origin=origin, note="Is it one meeting?"))
    assert checks == {"memory-doubt": Severity.WARNING, "unreviewed": Severity.WARNING}


def test_a_fuzzy_match_in_print_is_told() -> None:
    origin = Origin(OriginKind.FUZZY, "m.tmx:1", 90)
    assert "fuzzy-printed" in found(unit("开会。", "A meeting.", state=State.DRAFT, origin=origin))
    assert "fuzzy-printed" not in found(unit("开会。", "A meeting.", origin=origin))


def test_inline_codes_must_be_on_both_sides() -> None:
    bold = InlineText("开会。", (Code(0, "1", "open", "bold"), Code(2, "1", "close", "bold")))
    one = replace(unit("开会。", "A meeting."), source=bold)
    assert "code-missing" in found(one)
    both = replace(one, target=InlineText("A meeting.", (Code(0, "1", "open", "bold"), Code(9, "1", "close", "bold"))))
    assert "code-missing" not in found(both)


def test_work_on_a_sentence_that_is_gone_is_told() -> None:
    draft = Draft("en", (), (unit("开会。", "A meeting."),))
    (finding,) = check_draft(draft, report_of(), Glossary(()), Settings())
    assert finding.check == "former-work-kept"


def test_a_character_that_no_font_has_is_named() -> None:
    (finding,) = check_fonts("会议 meeting བོད 😀", bundled_fonts())
    assert (finding.check, finding.severity) == ("missing-glyph", Severity.ERROR)
    assert "😀 (U+1F600 GRINNING FACE)" in finding.reason


def test_text_that_the_fonts_have_says_nothing() -> None:
    assert check_fonts("会议 meeting བོད", bundled_fonts()) == ()


def test_findings_json_counts_all_severities_and_puts_errors_first() -> None:
    findings = findings_of(unit("开会", ""), unit("州里开会", "会 meeting", segment="s2"))
    data = json.loads(findings_json("r", findings))
    assert data["counts"] == {"error": 1, "warning": 1, "info": 0}
    assert [finding["severity"] for finding in data["findings"]] == ["error", "warning"]
    assert [finding["id"] for finding in data["findings"]] == [findings[1].id, findings[0].id]


def test_the_id_of_a_finding_does_not_hang_on_lines_wording_or_status() -> None:
    (before,) = findings_of(unit("甘南州开会。", "They met."), terms=(GANNAN,))
    moved = replace(APPROVED, place="t.csv:99", targets={"en": "Kanlho"})
    (after,) = findings_of(unit("甘南州开会。", "They met."), terms=(moved,))
    assert before.reason != after.reason
    assert before.id == after.id


def test_the_id_tells_segments_languages_and_things_apart() -> None:
    finding = Finding("number", Severity.ERROR, "", "s1", "en", about="70")
    others = [replace(finding, segment_id="s2"), replace(finding, language="bo"), replace(finding, about="7")]
    assert len({finding.id, *(other.id for other in others)}) == 4


def test_the_same_fault_twice_in_a_segment_has_two_ids() -> None:
    findings = findings_of(unit("州里开会，市里开会。", "A 会 here and a 会 there."))
    ids = [finding.id for finding in findings if finding.check == "source-script-left"]
    assert len(ids) == len(set(ids)) == 2

"""A clause that was lost, told by the length of the other segments of the draft."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.conftest import ROOT
from toolkit import tibetan
from toolkit.constraints import Constraint, constraints_of
from toolkit.constraints.lengths import expected_length, shortfall
from toolkit.glossary import Glossary, read_glossary
from toolkit.languages import TARGETS, Language
from toolkit.quality.lengths import check_lengths
from toolkit.report import InlineText
from toolkit.translation import Draft, DraftUnit
from toolkit.translation.xliff import read_xliff
from toolkit.workspace import Settings

_CLAUSES = {"en": re.compile(r"(?<=[,;:.!?])\s+"), "bo": re.compile(r"(?<=།)\s*|(?<=[ཀག]) ")}


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return read_glossary(ROOT / "glossaries")


def drafted(language: Language) -> Draft:
    return read_xliff(ROOT / "source" / "gannan-2023" / f"{language}.xlf", language)


def constraints_in(draft: Draft, glossary: Glossary) -> dict[str, tuple[Constraint, ...]]:
    house = Settings()
    return {unit.segment_id: constraints_of(unit.source.text, draft.language, glossary, house) for unit in draft.units}


def suspected(draft: Draft, constraints: dict[str, tuple[Constraint, ...]]) -> set[str]:
    by_bounds = {
        unit.segment_id
        for unit in draft.units
        if shortfall(unit.source.text, unit.target.text, draft.language, constraints[unit.segment_id]) > 1
    }
    return by_bounds | {finding.segment_id for finding in check_lengths(draft, constraints)}


def without_its_longest_clause(unit: DraftUnit, language: Language) -> str:
    parts = [part for part in _CLAUSES[language].split(tibetan.normal(unit.target.text)) if part.strip()]
    if len(parts) < 3:
        return ""
    parts.remove(max(parts, key=len))
    return " ".join(parts)


@pytest.mark.parametrize("language", TARGETS)
def test_no_whole_segment_of_the_real_report_is_suspected(language: Language, glossary: Glossary) -> None:
    draft = drafted(language)
    assert suspected(draft, constraints_in(draft, glossary)) == set()


@pytest.mark.parametrize(("language", "least"), [("en", 0.6), ("bo", 0.6)])
def test_most_lost_clauses_of_the_real_report_are_suspected(
    language: Language, least: float, glossary: Glossary
) -> None:
    draft = drafted(language)
    constraints = constraints_in(draft, glossary)
    tried = found = 0
    for index, unit in enumerate(draft.units):
        shorter = without_its_longest_clause(unit, language)
        if not shorter:
            continue
        spoilt = replace(unit, target=InlineText(shorter))
        units = (*draft.units[:index], spoilt, *draft.units[index + 1 :])
        tried += 1
        found += unit.segment_id in suspected(replace(draft, units=units), constraints)
    assert tried >= 20
    assert found / tried >= least


def test_a_draft_of_a_few_segments_has_no_measure(glossary: Glossary) -> None:
    draft = drafted("en")
    few = replace(draft, units=tuple(replace(unit, target=InlineText("Short.")) for unit in draft.units[:5]))
    assert list(check_lengths(few, {})) == []


def test_a_term_with_a_long_rendering_counts_with_its_own_length(glossary: Glossary) -> None:
    text = "玉树州委副书记杨武致辞。"
    with_terms = expected_length(text, "en", constraints_of(text, "en", glossary, Settings()))
    assert with_terms > expected_length(text, "en") + 15

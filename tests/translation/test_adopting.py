"""A translation becomes a draft: what is doubtful in it is said, and no words of a person are lost."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.conftest import ROOT
from toolkit.glossary import read_glossary
from toolkit.languages import Language
from toolkit.memory import Memory
from toolkit.report import InlineText, Report
from toolkit.translation import Assemble
from toolkit.translation.adopting import Adoption, adopt
from toolkit.translation.draft import Candidate, Draft, DraftUnit, Origin, OriginKind, Review, State
from toolkit.translation.drafting import Sources
from toolkit.translation.xliff import read_xliff
from toolkit.workspace import Settings

DROPPED, MERGED = 0.07, 0.17
OWN = {"en": "Translated by the Bureau; all rights reserved.", "bo": "བསྒྱུར་མཁན། ཀན་ལྷོ་སྐད་ཡིག་ཅུས།"}
JOINT = {"en": ", and ", "bo": "་དང་། "}


@pytest.fixture(scope="module")
def sources() -> Sources:
    glossary = read_glossary(ROOT / "glossaries")
    return Sources(glossary, Settings(), Assemble(Memory(), fuzzy_threshold=75))


def draft_of(language: Language) -> Draft:
    return read_xliff(ROOT / "source" / "gannan-2023" / f"{language}.xlf", language)


def empty(draft: Draft) -> Draft:
    units = (DraftUnit(unit.segment_id, unit.source, InlineText(""), State.NEEDS_TRANSLATION) for unit in draft.units)
    return replace(draft, units=tuple(units))


def paragraphs_of(report: Report, targets: Mapping[str, str]) -> list[str]:
    return [" ".join(targets[one.id] for one in block.segments) for block in report.blocks]


def delivered(report: Report, language: Language, seed: int) -> tuple[list[str], dict[str, str]]:
    """The paragraphs of a bureau that drops sentences, merges some and signs; and what stands for each segment."""
    chance = random.Random(seed)
    targets = {unit.segment_id: unit.target.text for unit in draft_of(language).units}
    paragraphs: list[str] = []
    meant: dict[str, str] = {}
    for block in report.blocks:
        sentences: list[str] = []
        for segment in block.segments:
            text, draw = targets[segment.id], chance.random()
            meant[segment.id] = "" if draw < DROPPED else text
            if DROPPED <= draw < MERGED and sentences:
                sentences[-1] = sentences[-1].rstrip(".། ") + JOINT[language] + text
            elif draw >= DROPPED:
                sentences.append(text)
        if sentences:
            paragraphs.append(" ".join(sentences))
    return [*paragraphs, OWN[language]], meant


def likeness(one: str, other: str) -> float:
    """F1 over the words, or syllables, of two texts."""
    left, right = (Counter(text.lower().replace("་", " ").split()) for text in (one, other))
    return 2 * sum((left & right).values()) / max(1, left.total() + right.total())


def adopted(report: Report, language: Language, sources: Sources, seed: int) -> tuple[Adoption, dict[str, str]]:
    paragraphs, meant = delivered(report, language, seed)
    before = empty(draft_of(language))
    return adopt(report, paragraphs, "bureau.docx", language, sources, before, repair=False), meant


@pytest.mark.parametrize("language", ["en", "bo"])
def test_most_texts_that_stand_at_the_wrong_chinese_are_doubtful_and_few_others(
    gannan: Report, sources: Sources, language: Language
) -> None:
    wrong = right = seen = troubled = 0
    for seed in (201, 202, 203):
        adoption, meant = adopted(gannan, language, sources, seed)
        for key, text in adoption.given.items():
            if likeness(text, meant[key]) < 0.5:
                wrong, seen = wrong + 1, seen + (key in adoption.doubts)
            elif likeness(text, meant[key]) >= 0.9:
                right, troubled = right + 1, troubled + (key in adoption.doubts)
    assert wrong >= 3  # else nothing is shown
    assert seen / wrong >= 0.7
    assert troubled / right <= 0.2


def test_a_doubtful_text_is_a_draft_that_says_why(gannan: Report, sources: Sources) -> None:
    adoption, _ = adopted(gannan, "en", sources, 201)
    assert adoption.doubts
    for unit in adoption.draft.units:
        if unit.segment_id in adoption.doubts:
            assert unit.state is State.DRAFT
            assert all(reason in unit.note for reason in adoption.doubts[unit.segment_id])
    assert set(adoption.certain) == set(adoption.given) - set(adoption.doubts)


def test_a_machine_that_dropped_a_term_is_no_doubt_about_the_place(gannan: Report, sources: Sources) -> None:
    targets = {unit.segment_id: unit.target.text for unit in draft_of("en").units}
    key = next(one.segment_id for one in draft_of("en").units if "Zhao Lingyun" in one.target.text)
    targets[key] = "The speaker said something on the occasion."
    paragraphs, before = paragraphs_of(gannan, targets), empty(draft_of("en"))
    lacking = [
        any(
            "are not in it" in note.reason
            for note in adopt(gannan, paragraphs, "f", "en", sources, before, repair=on).notes
        )
        for on in (True, False)
    ]
    assert lacking == [False, True]


def test_a_persons_words_stay_among_the_alternatives_however_often_a_file_comes(
    gannan: Report, sources: Sources
) -> None:
    first, *others = empty(draft_of("en")).units
    hers = Candidate(InlineText("What she said."), Origin(OriginKind.PERSON, "Drolma"), printable=False)
    engine = Origin(OriginKind.ENGINE, "argos")
    older = [Candidate(InlineText(f"Attempt {number}."), engine, printable=False) for number in range(4)]
    draft = Draft("en", (replace(first, alternatives=(*older, hers)), *others))
    targets = {unit.segment_id: unit.target.text for unit in draft_of("en").units}
    for word in ("one", "two", "three"):
        changed = targets | {first.segment_id: f"{targets[first.segment_id]} {word}"}
        draft = adopt(gannan, paragraphs_of(gannan, changed), "f", "en", sources, draft, repair=False).draft
    assert draft.units[0].target.text.endswith(" three")
    assert [one.target.text.split()[-1] for one in draft.units[0].alternatives] == [
        "two",
        "one",
        "0.",
        "1.",
        "2.",
        "said.",
    ]


def test_other_words_for_a_reviewed_sentence_are_a_conflict_and_the_same_words_are_none(
    gannan: Report, sources: Sources
) -> None:
    targets = {unit.segment_id: unit.target.text for unit in draft_of("en").units}
    first, second, *others = empty(draft_of("en")).units
    review = Review("Drolma", "2026-11-25T04:05:57Z", "desk.docx")
    hers = replace(first, target=InlineText("Hers."), state=State.REVIEWED, review=review)
    same = replace(second, target=InlineText(targets[second.segment_id]), state=State.REVIEWED, review=review)
    draft = Draft("en", (hers, same, *others))
    adoption = adopt(gannan, paragraphs_of(gannan, targets), "bureau.docx", "en", sources, draft, repair=False)
    assert (adoption.kept, adoption.conflicts) == ((hers.segment_id, same.segment_id), (hers.segment_id,))
    assert adoption.draft.units[:2] == (hers, same)

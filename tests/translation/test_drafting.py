"""Drafting and drafting again: memory, terms and engine in that order, and a person's work above them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import write_report
from tests.translation.dictionary_model import write_package
from toolkit.errors import EngineError
from toolkit.glossary import Glossary, Status, Term
from toolkit.languages import Language
from toolkit.memory import Memory, MemoryUnit
from toolkit.report import InlineText, Report, read_report
from toolkit.translation import (
    Abilities,
    Assemble,
    Draft,
    Drafting,
    DraftUnit,
    Engine,
    Origin,
    OriginKind,
    Question,
    Sources,
    State,
    Usage,
    draft_report,
)
from toolkit.translation.argos import Argos
from toolkit.translation.draft import target_hash
from toolkit.translation.drafting import with_what_changed_meanwhile
from toolkit.translation.models import install_file, installed_models
from toolkit.workspace import Settings, Workspace

KNOWN, TERM, OPEN, OTHER = "会议今天开始。", "甘南州", "大家都来参加了。", "青稞长得很好。"
TEXT = f"{TERM}\n{KNOWN}{OPEN}{OTHER}\n"


class CountingEngine:
    """Says what it was told to say, and remembers every question."""

    name = "counting"
    abilities = Abilities()

    def __init__(self, version: str = "1", answers: dict[str, tuple[str, ...]] | None = None) -> None:
        self.version = version
        self.answers = answers
        self.asked: list[list[str]] = []

    def can_translate(self, target: Language) -> bool:
        return True

    def identity(self, target: Language) -> str:
        return f"{self.name} {self.version}"

    def usage(self) -> Usage:
        return Usage(sum(map(len, self.asked)))

    def notebook(self, target: Language) -> Path | None:
        return None

    def translate(self, questions: Sequence[Question], target: Language) -> list[tuple[str, ...]]:
        self.asked.append([question.text for question in questions])
        said = WORDS if self.answers is None else self.answers
        answers = (said.get(question.text, ()) for question in questions)
        return [tuple(text.replace("…", self.version) for text in texts) for texts in answers]


WORDS = {
    OPEN: ("Everyone came to join in, says version ….",),
    OTHER: ("The barley is growing very well, says version ….",),
    "大家都没来。": ("Nobody came at all, says version ….",),
}


def remembered(zh: str, en: str, place: str = "m.tmx:1", reviewed_by: str = "", doubt: str = "") -> MemoryUnit:
    return MemoryUnit(InlineText(zh), {"en": InlineText(en)}, reviewed_by, {"en": doubt} if doubt else {}, place)


def term(zh: str, en: str, note: str = "") -> Term:
    return Term((zh,), {"en": en, "bo": ""}, {}, {}, "place", Status.PROPOSED, note, "none", "places.csv:2")


MEMORY = (remembered(KNOWN, "The conference begins today."),)
TERMS = (term("甘南州", "Gannan Prefecture"), term("青稞", "barley"))

Read = Callable[[str], Report]


@pytest.fixture
def read(workspace: Workspace) -> Read:
    """Read a report that says the text given."""
    return lambda text: read_report(write_report(workspace, "r", text))


def draft(
    report: Report,
    previous: Draft | None = None,
    *,
    memory: tuple[MemoryUnit, ...] = MEMORY,
    terms: tuple[Term, ...] = TERMS,
    engine: Engine | None = None,
    language: Language = "en",
    fuzzy_threshold: int = 75,
) -> Drafting:
    return draft_report(
        report,
        language,
        Sources(Glossary(terms), Settings(), Assemble(Memory(memory), fuzzy_threshold=fuzzy_threshold)),
        engine=engine,
        previous=previous,
    )


def unit_of(draft: Draft, source: str) -> DraftUnit:
    (found,) = (unit for unit in draft.units if unit.source.text == source)
    return found


def with_unit(draft: Draft, source: str, **changes: object) -> Draft:
    changed = replace(unit_of(draft, source), **changes)  # type: ignore[arg-type]
    return replace(draft, units=tuple(changed if unit.source.text == source else unit for unit in draft.units))


def redone_texts(drafting: Drafting) -> list[str]:
    return [unit.source.text for unit in drafting.draft.units if unit.segment_id in drafting.redone]


def origins(draft: Draft) -> list[str]:
    return [str(unit.origin) if unit.origin else "" for unit in draft.units]


# The first draft


def test_memory_and_terms_come_first_and_the_engine_fills_what_is_left(read: Read) -> None:
    engine = CountingEngine()
    first = draft(read(TEXT), engine=engine).draft
    assert origins(first) == [
        "term places.csv:2",
        "memory m.tmx:1",
        "engine counting 1 first",
        "engine counting 1 first",
    ]
    assert engine.asked == [[OPEN, OTHER]]
    assert [unit.source.text for unit in first.units] == [TERM, KNOWN, OPEN, OTHER]
    assert {unit.state for unit in first.units} == {State.DRAFT}


def test_memory_first_then_a_real_argos_model(tmp_path: Path, read: Read) -> None:
    words = {"大家": "everyone ", "都来参加了。": "came.", "青稞": "Barley ", "长得很好。": "is growing well."}
    install_file(write_package(tmp_path / "p.argosmodel", words))
    first = draft(read(TEXT), engine=Argos(installed_models())).draft
    assert [unit.target.text for unit in first.units] == [
        "Gannan Prefecture",
        "The conference begins today.",
        "everyone came.",
        "Barley is growing well.",
    ]
    assert origins(first)[2] == "engine argos zh-en 1.0 first"


def test_without_an_engine_what_is_left_is_a_gap(read: Read) -> None:
    drafting = draft(read(TEXT))
    assert [unit.source.text for unit in drafting.draft.units if unit.is_gap] == [OPEN, OTHER]
    assert unit_of(drafting.draft, OPEN).state is State.NEEDS_TRANSLATION
    assert redone_texts(drafting) == [TERM, KNOWN, OPEN, OTHER]


def test_what_the_engine_has_no_answer_for_is_a_gap_and_its_neighbours_are_not(read: Read) -> None:
    first = draft(read(TEXT), engine=CountingEngine(answers={OTHER: ("The barley is growing well.",)})).draft
    assert unit_of(first, OPEN).is_gap
    assert unit_of(first, OTHER).target.text == "The barley is growing well."


def test_the_engine_is_not_asked_when_nothing_is_left(read: Read) -> None:
    engine = CountingEngine()
    draft(read(f"{TERM}\n{KNOWN}\n"), engine=engine)
    assert engine.asked == []


def test_further_candidates_of_the_engine_are_alternatives(read: Read) -> None:
    first = draft(read(TEXT), engine=CountingEngine(answers={OPEN: ("Best.", "Second.", "Third.")})).draft
    unit = unit_of(first, OPEN)
    assert unit.target.text == "Best."
    assert [candidate.target.text for candidate in unit.alternatives] == ["Second.", "Third."]


def test_a_reviewed_memory_is_drafted_and_the_other_is_an_alternative(read: Read) -> None:
    memory = (remembered(KNOWN, "Unreviewed."), remembered(KNOWN, "Reviewed.", "m.tmx:2", reviewed_by="Drolma"))
    unit = unit_of(draft(read(TEXT), memory=memory).draft, KNOWN)
    assert unit.target.text == "Reviewed."
    assert [candidate.target.text for candidate in unit.alternatives] == ["Unreviewed."]


def test_a_doubt_in_the_memory_reaches_the_reviewer(read: Read) -> None:
    memory = (remembered(KNOWN, "It begins.", doubt="Which conference?"),)
    assert unit_of(draft(read(TEXT), memory=memory).draft, KNOWN).note == "Which conference?"


# Terms


def test_a_segment_that_is_one_term_is_drafted_from_the_term(read: Read) -> None:
    first = draft(read("标题\n青稞\n")).draft
    unit = unit_of(first, "青稞")
    assert unit.target.text == "Barley", "as a segment it begins with a capital"
    assert unit.origin == Origin(OriginKind.TERM, "places.csv:2")


def test_a_segment_that_only_contains_a_term_is_not_drafted_from_it(read: Read) -> None:
    assert unit_of(draft(read(TEXT)).draft, OTHER).is_gap


def test_a_term_without_a_target_in_the_language_leaves_a_gap(read: Read) -> None:
    assert unit_of(draft(read(TEXT), language="bo").draft, TERM).is_gap


# Fuzzy

SOURCE = "全州共有320名代表参加了今天的会议。"
NEAR = "全州共有320名代表参加了昨天的会议。"
THE_320 = "320 delegates from the whole prefecture took part in the conference today."
OTHER_FIGURE = "全州共有350名代表参加了今天的会议。"


def test_a_near_match_above_the_threshold_is_printed_and_says_what_it_translates(read: Read) -> None:
    unit = unit_of(draft(read(f"标题\n{SOURCE}\n"), memory=(remembered(NEAR, "320 came."),)).draft, SOURCE)
    assert unit.target.text == "320 came."
    assert unit.origin is not None and unit.origin.kind is OriginKind.FUZZY
    assert unit.note == f"Translates: {NEAR}"
    assert unit.state is State.DRAFT


@pytest.mark.parametrize(
    ("in_memory", "threshold"), [(NEAR, 99), (OTHER_FIGURE, 75)], ids=["below the threshold", "another figure"]
)
def test_a_near_match_that_is_not_good_enough_is_an_alternative_and_not_printed(
    read: Read, in_memory: str, threshold: int
) -> None:
    report = read(f"标题\n{SOURCE}\n")
    memory = (remembered(in_memory, "Some came."),)
    unit = unit_of(draft(report, memory=memory, fuzzy_threshold=threshold).draft, SOURCE)
    assert unit.is_gap
    assert unit.state is State.NEEDS_TRANSLATION
    assert [candidate.target.text for candidate in unit.alternatives] == ["Some came."]


def test_a_near_match_that_is_not_printed_leaves_the_segment_to_the_engine(read: Read) -> None:
    memory = (remembered(OTHER_FIGURE, "350 came."),)
    engine = CountingEngine(answers={SOURCE: (THE_320, f"Altogether, {THE_320}")})
    unit = unit_of(draft(read(f"标题\n{SOURCE}\n"), memory=memory, engine=engine).draft, SOURCE)
    assert unit.target.text == THE_320
    assert [candidate.target.text for candidate in unit.alternatives] == [f"Altogether, {THE_320}", "350 came."]
    assert "figures differ" in unit.alternatives[1].note


# Drafting again


def test_with_nothing_changed_nothing_is_redone_and_the_engine_is_not_asked(read: Read) -> None:
    engine = CountingEngine()
    first = draft(read(TEXT), engine=engine)
    second = draft(read(TEXT), first.draft, engine=engine)
    assert second.redone == ()
    assert second.draft == first.draft
    assert len(engine.asked) == 1


def test_a_gap_the_engine_could_not_fill_is_not_asked_again(read: Read) -> None:
    engine = CountingEngine(answers={})
    first = draft(read(TEXT), engine=engine)
    asked = len(engine.asked)
    assert draft(read(TEXT), first.draft, engine=engine).redone == ()
    assert len(engine.asked) == asked


def test_a_changed_term_redoes_only_the_segments_that_contain_it(read: Read) -> None:
    engine = CountingEngine()
    first = draft(read(TEXT), engine=engine)
    changed = (TERMS[0], term("青稞", "highland barley"))
    second = draft(read(TEXT), first.draft, engine=engine, terms=changed)
    assert redone_texts(second) == [OTHER]
    assert engine.asked[:2] == [[OPEN, OTHER], [OTHER]]
    assert unit_of(second.draft, OPEN) == unit_of(first.draft, OPEN)


def test_a_note_in_the_glossary_redoes_nothing(read: Read) -> None:
    first = draft(read(TEXT))
    noted = (TERMS[0], term("青稞", "barley", note="Ask the farmers."))
    assert draft(read(TEXT), first.draft, terms=noted).redone == ()


def test_a_new_sentence_in_the_memory_redoes_only_that_sentence(read: Read) -> None:
    first = draft(read(TEXT), engine=CountingEngine())
    second = draft(read(TEXT), first.draft, engine=CountingEngine(), memory=(*MEMORY, remembered(OPEN, "All came.")))
    assert redone_texts(second) == [OPEN]
    assert unit_of(second.draft, OPEN).target.text == "All came."


def test_a_changed_sentence_in_the_report_redoes_only_that_sentence(read: Read) -> None:
    first = draft(read(TEXT), engine=CountingEngine())
    engine = CountingEngine()
    second = draft(read(f"{TERM}\n{KNOWN}大家都没来。{OTHER}\n"), first.draft, engine=engine)
    assert redone_texts(second) == ["大家都没来。"]
    assert engine.asked == [["大家都没来。"]]
    assert second.draft.former == (), "no person worked on the sentence that went"


def test_installing_an_engine_redoes_only_the_gaps(read: Read) -> None:
    first = draft(read(TEXT))
    second = draft(read(TEXT), first.draft, engine=CountingEngine())
    assert redone_texts(second) == [OPEN, OTHER]
    assert unit_of(second.draft, KNOWN) == unit_of(first.draft, KNOWN)


def test_what_an_engine_said_is_kept_when_the_engine_is_gone(read: Read) -> None:
    first = draft(read(TEXT), engine=CountingEngine())
    without = draft(read(TEXT), first.draft, engine=None)
    assert without.redone == ()
    assert without.draft == first.draft
    back = CountingEngine()
    assert draft(read(TEXT), without.draft, engine=back).redone == ()
    assert back.asked == []


def test_another_version_of_the_engine_redoes_only_what_the_engine_drafted(read: Read) -> None:
    first = draft(read(TEXT), engine=CountingEngine("1"))
    second = draft(read(TEXT), first.draft, engine=CountingEngine("2"))
    assert redone_texts(second) == [OPEN, OTHER]
    assert unit_of(second.draft, OPEN).target.text == "Everyone came to join in, says version 2."


# A person's work

TYPED = InlineText("Everybody came, said Tashi.")
EVERYTHING_CHANGED = {
    "terms": (term("甘南州", "Kanlho"), term("大家", "everyone")),
    "memory": (remembered(OPEN, "From the memory."), remembered(KNOWN, "Also new.")),
}


def test_a_target_typed_over_is_never_replaced_even_when_all_it_came_from_changed(read: Read) -> None:
    first = with_unit(draft(read(TEXT), engine=CountingEngine()).draft, OPEN, target=TYPED)
    second = draft(read(TEXT), first, engine=CountingEngine("2"), **EVERYTHING_CHANGED)  # type: ignore[arg-type]
    assert unit_of(second.draft, OPEN) == unit_of(first, OPEN)
    assert OPEN not in redone_texts(second)
    assert {KNOWN, TERM, OTHER} <= set(redone_texts(second)), "the others did change"


@pytest.mark.parametrize("state", [State.REVIEWED, State.SIGNED_OFF])
def test_a_reviewed_target_is_never_replaced_even_where_it_stands_as_the_machine_wrote_it(
    read: Read, state: State
) -> None:
    first = with_unit(draft(read(TEXT), engine=CountingEngine()).draft, OPEN, state=state)
    assert unit_of(first, OPEN).drafted == target_hash(unit_of(first, OPEN).target)
    second = draft(read(TEXT), first, engine=CountingEngine("2"), **EVERYTHING_CHANGED)  # type: ignore[arg-type]
    assert unit_of(second.draft, OPEN) == unit_of(first, OPEN)


def test_a_gap_filled_by_a_person_is_never_replaced(read: Read) -> None:
    first = with_unit(draft(read(TEXT)).draft, OPEN, target=TYPED)
    second = draft(read(TEXT), first, engine=CountingEngine())
    assert unit_of(second.draft, OPEN).target == TYPED
    assert redone_texts(second) == [OTHER]


def test_a_draft_nobody_touched_is_replaced(read: Read) -> None:
    first = draft(read(TEXT), engine=CountingEngine()).draft
    second = draft(read(TEXT), first, engine=CountingEngine("2"), **EVERYTHING_CHANGED)  # type: ignore[arg-type]
    assert unit_of(second.draft, OPEN).target.text == "From the memory."


def test_a_persons_work_on_a_sentence_that_went_is_kept_as_former(read: Read) -> None:
    first = with_unit(draft(read(TEXT), engine=CountingEngine()).draft, OPEN, target=TYPED)
    second = draft(read(f"{TERM}\n{KNOWN}{OTHER}\n"), first, engine=CountingEngine())
    assert second.draft.former == (unit_of(first, OPEN),)
    third = draft(read(f"{TERM}\n{KNOWN}\n"), second.draft, engine=CountingEngine())
    assert third.draft.former == (unit_of(first, OPEN),), "and stays, build after build"


def test_a_persons_work_comes_back_with_its_sentence(read: Read) -> None:
    first = with_unit(draft(read(TEXT), engine=CountingEngine()).draft, OPEN, target=TYPED)
    gone = draft(read(f"{TERM}\n{KNOWN}{OTHER}\n"), first, engine=CountingEngine())
    back = draft(read(TEXT), gone.draft, engine=CountingEngine())
    assert unit_of(back.draft, OPEN).target == TYPED
    assert back.draft.former == ()


# What came from elsewhere, and engines that fail


class FailingEngine(CountingEngine):
    """Another version that breaks down before it says anything."""

    def translate(self, questions: Sequence[Question], target: Language) -> list[tuple[str, ...]]:
        raise EngineError("out of memory", remedy="Use a smaller model")


def test_a_translation_brought_in_is_kept_whatever_changes_around_it(read: Read) -> None:
    text = InlineText("All came to join in.")
    brought_in = {"target": text, "origin": Origin(OriginKind.FOREIGN, "f.txt"), "drafted": target_hash(text)}
    first = with_unit(draft(read(TEXT), engine=CountingEngine()).draft, OPEN, **brought_in)
    second = draft(read(TEXT), first, engine=CountingEngine("2"), **EVERYTHING_CHANGED)  # type: ignore[arg-type]
    assert unit_of(second.draft, OPEN).target == text


def test_what_was_said_before_stays_when_the_next_engine_fails(read: Read) -> None:
    first = draft(read(TEXT), engine=CountingEngine("1"))
    failed = draft(read(TEXT), first.draft, engine=FailingEngine("2"))
    assert isinstance(failed.fault, EngineError)
    assert unit_of(failed.draft, OPEN).target == unit_of(first.draft, OPEN).target
    assert OPEN not in redone_texts(failed)
    mended = draft(read(TEXT), failed.draft, engine=CountingEngine("2"))
    assert unit_of(mended.draft, OPEN).target.text.endswith("version 2."), "and is asked for again next time"


def test_another_house_style_asks_the_engine_again_and_leaves_the_memory_alone(read: Read) -> None:
    report = read(TEXT)
    first = draft(report, engine=CountingEngine()).draft
    sources = Sources(Glossary(TERMS), Settings(day_first=True), Assemble(Memory(MEMORY), fuzzy_threshold=75))
    second = draft_report(report, "en", sources, engine=CountingEngine(), previous=first)
    assert redone_texts(second) == [OPEN, OTHER]


def test_what_a_machine_drafted_meanwhile_goes_before_a_gap_and_behind_an_answer_to_another_question() -> None:
    def one(text: str, inputs: str) -> Draft:
        origin = Origin(OriginKind.ENGINE, "e 1") if text else None
        target = InlineText(text)
        state = State.DRAFT if text else State.NEEDS_TRANSLATION
        drafted = target_hash(target) if text else ""
        unit = DraftUnit("s1", InlineText("句。"), target, state, origin, inputs=inputs, asked="e 1", drafted=drafted)
        return Draft("en", (unit,))

    before, late = one("", "old"), one("Late.", "old")

    def kept(ours: Draft, redone: tuple[str, ...] = ("s1",), there: Draft = late) -> str:
        return with_what_changed_meanwhile(ours, there, before, redone).units[0].target.text

    assert kept(one("", "new")) == "Late."
    assert kept(one("Ours.", "old")) == "Late."
    assert kept(one("Ours.", "new")) == "Ours."
    assert kept(before, ()) == "Late."
    assert kept(one("Ours.", "old"), there=before) == "Ours."

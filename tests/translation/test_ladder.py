"""The ladder, rung by rung, on real models that spell a dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import write_report
from tests.translation.dictionary_model import Dictionary, write_package
from tests.translation.naughty_model import Habits, write_naughty_package
from toolkit.constraints import constraints_of
from toolkit.glossary import Glossary, Status, Term
from toolkit.memory import Memory
from toolkit.quality import check_draft
from toolkit.report import read_report
from toolkit.translation import Assemble, Drafting, DraftUnit, Sources, State, argos, draft_report
from toolkit.translation.argos import Argos
from toolkit.translation.calibration import calibrate
from toolkit.translation.models import install_file, installed_models
from toolkit.translation.surrogates import SURROGATES, swap
from toolkit.workspace import Settings, Workspace

SENTENCE = "会议在合作市举行。"
WORDS: Dictionary = {
    "会议": "The meeting ",
    "在": "was held in ",
    "举行": "",
    "合作市": ("Cooperation City", "the city of cooperation", "Hezuo City"),
    "。": ".",
}
KEEPS: Dictionary = {"北京": "Beijing", "上海": "Shanghai"}


def term(zh: str, en: str, domain: str = "place", forbidden: tuple[str, ...] = ()) -> Term:
    return Term((zh,), {"en": en}, {}, {"en": forbidden}, domain, Status.PROPOSED, "", "none", f"t.csv:{zh}")


HEZUO = term("合作市", "Hezuo City")


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(argos, "_THREADS", 1)


class Desk:
    """Drafts one sentence with a model of one's own."""

    def __init__(self, workspace: Workspace, tmp_path: Path) -> None:
        self.workspace, self.tmp_path = workspace, tmp_path

    def draft(self, text: str, words: Dictionary, *terms: Term) -> Drafting:
        install_file(write_package(self.tmp_path / "p.argosmodel", words))
        return self.draft_with_what_is_installed(text, *terms)

    def draft_with_what_is_installed(self, text: str, *terms: Term) -> Drafting:
        report = read_report(write_report(self.workspace, "r", f"标题\n{text}"))
        sources = Sources(Glossary(terms), Settings(), Assemble(Memory(()), fuzzy_threshold=85))
        return draft_report(report, "en", sources, engine=Argos(installed_models()), previous=None)


@pytest.fixture
def desk(workspace: Workspace, tmp_path: Path) -> Desk:
    return Desk(workspace, tmp_path)


def unit_of(drafting: Drafting) -> DraftUnit:
    return drafting.draft.units[-1]


def printed(drafting: Drafting) -> tuple[str, str]:
    """The text of the sentence, and the rung it came from."""
    unit = unit_of(drafting)
    assert unit.origin is not None, unit
    return unit.target.text, unit.origin.rung


def test_of_the_n_best_the_one_that_keeps_the_term_is_taken(desk: Desk) -> None:
    assert printed(desk.draft(SENTENCE, WORDS, HEZUO)) == ("The meeting was held in Hezuo City.", "first, n-best 3")


def test_without_a_term_the_first_answer_stands(desk: Desk) -> None:
    assert printed(desk.draft(SENTENCE, WORDS)) == ("The meeting was held in Cooperation City.", "first")


def test_a_forbidden_rendering_is_put_right_where_it_stands(desk: Desk) -> None:
    words = {**WORDS, "合作市": "Cooperation City"}
    drafting = desk.draft(SENTENCE, words, term("合作市", "Hezuo City", forbidden=("Cooperation City",)))
    assert printed(drafting) == ("The meeting was held in Hezuo City.", "first, put right")


def test_a_month_the_model_invented_is_put_right(desk: Desk) -> None:
    words = {
        "会议": "The meeting ",
        "26日": tuple(f"was held on 26 {month}" for month in ("June", "July", "May", "March")),
        "举行": "",
        "。": ".",
    }
    assert printed(desk.draft("会议26日举行。", words)) == ("The meeting was held on the 26th.", "first, put right")


def test_a_term_in_no_answer_is_swapped_for_a_word_the_model_keeps(desk: Desk) -> None:
    drafting = desk.draft(SENTENCE, {**WORDS, **KEEPS, "合作市": "the partner town"}, HEZUO)
    assert printed(drafting) == ("The meeting was held in Hezuo City.", "surrogates")


def test_a_model_that_keeps_no_surrogate_is_given_the_rendering_in_the_chinese(desk: Desk) -> None:
    drafting = desk.draft(SENTENCE, {**WORDS, "合作市": "the partner town"}, HEZUO)
    assert printed(drafting) == ("The meeting was held in Hezuo City.", "inline target")


LOOP = "乱"


def test_where_a_sentence_has_no_answer_its_clauses_have(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model can write twelve pieces, which is enough for a clause and too few for the sentence."""
    monkeypatch.setattr(argos, "_MOST_TARGET_TOKENS", 13)
    text = "大家都来参加了会议，草原上的花都开了。"
    words = {"大": "All", "家": "the", "都": "people", "来": "from", "参": "here", "加": "came", "会": "to", "议": "it"}
    words |= {"草": "the", "原": "grass", "上": "was", "花": "in", "开": "bloom"}
    pieces = {zh: f"{en} " for zh, en in words.items()}
    pieces |= {"了": "", "的": "", "，": ",", "。": "."}
    unit = unit_of(desk.draft(text, pieces))
    assert unit.origin is not None
    assert unit.origin.rung.startswith("clause by clause")
    assert unit.target.text.startswith("All the people from here came to it, ")


def test_a_model_that_only_loops_leaves_a_marked_gap(desk: Desk, tmp_path: Path) -> None:
    install_file(write_naughty_package(tmp_path / "n.argosmodel", habits=Habits(loops=("会", "上", "的"))))
    drafting = desk.draft_with_what_is_installed("会上的人都听见了会上的话，大家的心里都记住了。")
    unit = unit_of(drafting)
    assert unit.is_gap
    assert unit.state is State.NEEDS_TRANSLATION
    report = read_report(desk.workspace.source / "r")
    findings = check_draft(drafting.draft, report, Glossary(()), Settings())
    assert "gap" in {finding.check for finding in findings if finding.segment_id == unit.segment_id}


def test_copied_source_is_no_draft_and_is_kept_to_look_at(desk: Desk) -> None:
    unit = unit_of(desk.draft("青稞长得很好，大家都很高兴。", {"会议": "the meeting"}))
    assert unit.is_gap
    assert "青稞长得很好，大家都很高兴。" in [candidate.target.text for candidate in unit.alternatives]


def test_what_no_rung_settles_is_printed_with_its_findings(desk: Desk) -> None:
    words = {"会议": "The meeting ", "在": "was held in ", "举行": "", "合作市": "a town", "。": "."}
    mangles_latin = {**words, **dict.fromkeys("HezuoCityNorbuWangyalGreenValleyInstitute", "")}
    drafting = desk.draft(SENTENCE, mangles_latin, HEZUO)
    text, rung = printed(drafting)
    assert text == "The meeting was held in a town."
    assert rung.endswith("flagged")
    report = read_report(desk.workspace.source / "r")
    findings = check_draft(drafting.draft, report, Glossary((HEZUO,)), Settings())
    assert [finding.about for finding in findings if finding.check == "term-missing"] == ["合作市"]


def test_every_rung_says_what_it_asked(desk: Desk) -> None:
    costs = desk.draft(SENTENCE, {**WORDS, **KEEPS, "合作市": "the partner town"}, HEZUO).costs
    assert [cost.rung for cost in costs] == ["first", "calibration", "surrogates"]
    assert [cost.usage.questions for cost in costs[::2]] == [2, 1]
    assert all(cost.usage.tokens_out > 0 for cost in costs)


def test_what_a_model_keeps_is_found_out_once_and_kept_in_its_folder(tmp_path: Path) -> None:
    package = install_file(write_package(tmp_path / "p.argosmodel", {**WORDS, **KEEPS, "南京": "the southern capital"}))
    engine = Argos(installed_models())
    found = calibrate(engine, "en")
    asked = engine.usage().questions
    assert asked > 0
    kept = {surrogate.zh for surrogate in found.kept}
    assert {"北京", "上海"} <= kept
    assert "南京" not in kept
    assert calibrate(engine, "en") == found
    assert engine.usage().questions == asked, "read from the notebook"
    assert [path.name for path in package.folder.glob("bulletin-*")] == ["bulletin-calibration.json"]


def test_another_version_of_the_model_is_calibrated_anew(tmp_path: Path) -> None:
    install_file(write_package(tmp_path / "p.argosmodel", {**WORDS, **KEEPS}))
    calibrate(Argos(installed_models()), "en")
    install_file(write_package(tmp_path / "q.argosmodel", WORDS, version="2.0"))
    engine = Argos(installed_models())
    assert "北京" not in {surrogate.zh for surrogate in calibrate(engine, "en").kept}
    assert engine.usage().questions > 0


def test_a_damaged_notebook_is_written_again(tmp_path: Path) -> None:
    package = install_file(write_package(tmp_path / "p.argosmodel", {**WORDS, **KEEPS}))
    found = calibrate(Argos(installed_models()), "en")
    (package.folder / "bulletin-calibration.json").write_text("{", encoding="utf-8")
    assert calibrate(Argos(installed_models()), "en") == found


def test_a_surrogate_that_comes_out_twice_stands_for_nothing() -> None:
    beijing = next(surrogate for surrogate in SURROGATES if surrogate.zh == "北京")
    (constraint,) = constraints_of("合作市", "en", Glossary((HEZUO,)), Settings())
    swapped = swap("在合作市", [constraint], [beijing], inline=False)
    assert swapped is not None
    assert swapped.restored("in Beijing", "en") == "in Hezuo City"
    assert swapped.restored("in Beijing, Beijing", "en") is None
    assert swapped.restored("in the capital", "en") is None


def test_what_no_engine_gets_right_is_repaired_where_its_place_is_sure_and_that_is_told(desk: Desk) -> None:
    he = term("何谋保", "He Moubao", domain="person")
    words = {"何谋保": "Ho Mou-pao ", "出席会议": "was at the meeting", "。": "."}
    mangles_latin = {**words, **dict.fromkeys("HezuoCityNorbuWangyalGreenValleyInstituteHeMoubao", "")}
    drafting = desk.draft("何谋保出席会议。", mangles_latin, he)
    assert printed(drafting) == ("He Moubao was at the meeting.", "first, repaired")
    report = read_report(desk.workspace.source / "r")
    findings = check_draft(drafting.draft, report, Glossary((he,)), Settings())
    assert "repair-guessed" in {finding.check for finding in findings}

"""Measures: the task's own definitions, counted by hand on texts small enough to check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit.glossary import Glossary, Status, Term
from toolkit.measure import (
    bleu,
    chrf,
    evaluate,
    figure_accuracy,
    syllable_error_rate,
    term_consistency,
    term_success,
    terms_of,
)

WMT25 = Path(__file__).parents[3] / "shared" / "wmt25-terminology"
ZH = ["甘南州举行会议，甘南州州长讲话。", "青海湖很大。"]
EN = ["Gannan Prefecture held a meeting; the governor spoke.", "Lake Qinghai is big."]
REFERENCE = ["Gannan Prefecture held a meeting. Gannan's governor spoke.", "Qinghai Lake is large."]


def term(zh: str, *renderings: str, bo: str = "") -> Term:
    accepted = {"en": renderings[1:], "bo": ()}
    return Term((zh,), {"en": renderings[0], "bo": bo}, accepted, {}, "", Status.PROPOSED, "", "", "t.csv:2")  # type: ignore[arg-type]


def test_a_term_said_twice_and_rendered_once_is_half_a_success() -> None:
    assert term_success(ZH[:1], EN[:1], None, {"甘南州": ["Gannan Prefecture"]}).value == 0.5


def test_all_renderings_of_a_term_count_together_and_more_than_asked_is_still_one() -> None:
    terms = {"甘南州": ["Gannan Prefecture", "Gannan"]}
    assert term_success(ZH[:1], ["Gannan, Gannan Prefecture, Gannan"], None, terms).value == 1.0


def test_a_term_that_the_reference_does_not_hold_is_not_asked_for() -> None:
    terms = {"甘南州": ["Gannan Prefecture"], "青海湖": ["Kokonor"]}
    success = term_success(ZH, EN, REFERENCE, terms)
    assert (success.value, success.count) == (0.5, 1)


def test_empty_renderings_are_skipped_and_case_does_not_count() -> None:
    success = term_success(["青海湖"], ["LAKE QINGHAI"], None, {"青海湖": ["", "Lake Qinghai"], "湖": [""]})
    assert (success.value, success.count) == (1.0, 1)


def test_traditional_text_is_measured_against_a_simplified_glossary() -> None:
    assert term_success(["會議開始"], ["The meeting begins"], None, {"会议": ["meeting"]}).value == 1.0


def test_nothing_to_measure_is_none_and_not_nought() -> None:
    assert term_success(["青海湖"], ["x"], None, {"甘南州": ["Gannan"]}).value is None


def test_consistency_is_the_share_of_the_most_frequent_rendering() -> None:
    terms = {"青海湖": ["Qinghai Lake", "Lake Qinghai"]}
    outputs = ["Qinghai Lake", "Lake Qinghai", "Qinghai Lake", "the lake"]
    assert term_consistency(["青海湖"] * 4, outputs, terms).value == 0.5


def test_terms_of_a_glossary_go_by_every_spelling() -> None:
    both = Term(
        ("合作市", "合作"), {"en": "Hezuo City"}, {"en": ("Hezuo",)}, {}, "", Status.PROPOSED, "", "", "t.csv:2"
    )
    assert terms_of(Glossary((both,)), "en") == dict.fromkeys(("合作市", "合作"), ("Hezuo City", "Hezuo"))


def test_the_same_text_scores_full_marks_and_another_does_not() -> None:
    assert bleu(REFERENCE, REFERENCE, "en") == pytest.approx(100)
    assert chrf(REFERENCE, REFERENCE, "en") == pytest.approx(100)
    assert 10 < chrf(EN, REFERENCE, "en") < 95


def test_english_scores_see_case_as_the_task_does() -> None:
    assert chrf(["exchange fund"], ["Exchange Fund"], "en") < 80


def test_tibetan_bleu_goes_over_syllables_so_a_missing_tsheg_space_does_not_matter() -> None:
    one, same = ["བོད་ལྗོངས་ཀྱི་ལྷ་ས་གྲོང་ཁྱེར།"], ["བོད་ལྗོངས་ ཀྱི་ལྷ་ས་ གྲོང་ཁྱེར"]
    assert bleu(one, same, "bo") == pytest.approx(100)
    assert chrf(["བོད"], ["ལྷ་ས"], "bo") < 20


def test_syllable_errors_are_counted_over_the_reference() -> None:
    assert syllable_error_rate(["བོད་ལྗོངས་ལྷ་ས།"], ["བོད་ལྗོངས་ཀྱི་ལྷ་ས།"]) == pytest.approx(1 / 5)
    assert syllable_error_rate([""], ["ལྷ་ས"]) == 1.0
    with pytest.raises(ValueError, match="no reference"):
        syllable_error_rate(["བོད"], ["Lhasa"])


def test_a_figure_with_the_wrong_power_of_ten_is_not_accurate() -> None:
    score = figure_accuracy(["投资3.2亿元，有25人。"], ["It invested 3.2 billion yuan; 25 people were there."], "en")
    assert (score.right.value, score.right.count) == (0.5, 2)


def test_an_evaluation_has_every_measure_of_its_language_and_prints() -> None:
    glossary = Glossary((term("甘南州", "Gannan Prefecture", bo="ཀན་ལྷོ་ཁུལ"),))
    english = evaluate(ZH, EN, REFERENCE, "en", glossary)
    assert english.as_dict()["term_success"] == 0.5
    assert english.syllable_errors is None
    assert "chrF2++" in str(english)
    tibetan = evaluate(ZH[:1], ["ཀན་ལྷོ་ཁུལ་ལ་ཚོགས་འདུ"], ["ཀན་ལྷོ་ཁུལ་ལ་ཚོགས་འདུ་འཚོགས"], "bo", glossary)
    assert tibetan.syllable_errors == pytest.approx(1 / 7)
    assert "syllable error rate" in str(tibetan)
    json.dumps(tibetan.as_dict())


def test_without_references_what_needs_none_is_measured() -> None:
    evaluation = evaluate(ZH, EN, None, "en", {"甘南州": ["Gannan Prefecture"]})
    assert (evaluation.bleu, evaluation.chrf) == (None, None)
    assert evaluation.terms.value == 0.5


def test_term_success_goes_by_document_where_the_texts_are_paragraphs() -> None:
    terms = {"青海湖": ["Qinghai Lake"]}
    sources, outputs = ["青海湖", "青海湖", "青海湖"], ["the lake", "Qinghai Lake, Qinghai Lake", "a lake"]
    assert evaluate(sources, outputs, None, "en", terms, documents=[2, 1]).terms.value == 0.5
    with pytest.raises(ValueError, match="documents"):
        evaluate(sources, outputs, None, "en", terms, documents=[2])


@pytest.mark.skipif(not WMT25.is_dir(), reason="../shared is absent: the task's data are not here")
@pytest.mark.parametrize(("year", "human"), [(2016, 0.954), (2018, 0.955)])
def test_the_human_references_score_what_the_task_says_they_do(year: int, human: float) -> None:
    rows = [json.loads(line) for line in (WMT25 / f"zhen-{year}.jsonl").read_text(encoding="utf-8").splitlines()]
    sources, references = [row["zh"] for row in rows], [row["en"] for row in rows]
    assert term_success(sources, references, references, rows[0]["proper"]).value == pytest.approx(human, abs=0.0006)

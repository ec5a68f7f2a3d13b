"""The same replacement again and again is noticed, on sentences of the real report and its glossary."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from toolkit.glossary import Glossary, read_glossary
from toolkit.report import Report
from toolkit.review.term_changes import Correction, term_changes
from toolkit.translation.xliff import read_xliff


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return read_glossary(ROOT / "glossaries")


def corrections(gannan: Report, glossary: Glossary, count: int) -> list[Correction]:
    """The first `count` sentences with 甘南州 whose draft says Gannan Prefecture: Kanlho Prefecture in its place."""
    draft = read_xliff(ROOT / "source" / gannan.name / "en.xlf", "en")
    found = [
        unit
        for unit in draft.units
        if "Gannan Prefecture" in unit.target.text
        and any(match.term.zh == "甘南州" for match in glossary.match(unit.source.text))
    ]
    assert len(found) >= count
    return [
        Correction(
            one.segment_id,
            "en",
            one.source.text,
            one.target.text,
            one.target.text.replace("Gannan Prefecture", "Kanlho Prefecture"),
        )
        for one in found[:count]
    ]


def test_a_terms_rendering_replaced_three_times_is_offered_with_the_term(gannan: Report, glossary: Glossary) -> None:
    (offer,) = term_changes(corrections(gannan, glossary, 3), glossary)
    assert offer.term is not None
    assert offer.term.zh == "甘南州"
    assert (offer.old, offer.new, len(offer.segments)) == ("Gannan Prefecture", "Kanlho Prefecture", 3)


def test_twice_is_not_often_enough(gannan: Report, glossary: Glossary) -> None:
    assert term_changes(corrections(gannan, glossary, 2), glossary) == ()


def test_one_segment_corrected_three_times_counts_once(gannan: Report, glossary: Glossary) -> None:
    assert term_changes(corrections(gannan, glossary, 1) * 3, glossary) == ()


def test_a_change_to_what_the_glossary_prefers_already_is_no_offer(gannan: Report, glossary: Glossary) -> None:
    wrong = corrections(gannan, glossary, 3)
    mended = [Correction(one.segment_id, "en", one.source, one.after, one.before) for one in wrong]
    assert term_changes(mended, glossary) == ()


def test_words_of_no_term_are_offered_with_what_the_sentences_share(glossary: Glossary) -> None:
    found = [
        Correction(f"s{n}", "en", f"甘南州第{n}次开会。", f"It gathered {n} times.", f"It met {n} times.")
        for n in range(3)
    ]
    (offer,) = term_changes(found, glossary)
    assert (offer.term, offer.old, offer.new) == (None, "gathered", "met")
    assert offer.shared == ("甘南州",)


def test_a_tibetan_rendering_of_which_one_syllable_changed_is_offered_whole(glossary: Glossary) -> None:
    found = [
        Correction(f"s{n}", "bo", f"甘南州第{n}次会议。", f"ཀན་ལྷོ་ཁུལ་གྱི་ཚོགས་འདུ་{n}།", f"ཀན་ལྷོའི་ཁུལ་གྱི་ཚོགས་འདུ་{n}།")
        for n in range(3)
    ]
    (offer,) = term_changes(found, glossary)
    assert offer.term is not None
    assert (offer.term.zh, offer.old, offer.new) == ("甘南州", "ཀན་ལྷོ་ཁུལ", "ཀན་ལྷོའི་ཁུལ")


def test_commas_and_whole_sentences_rewritten_are_no_terms(glossary: Glossary) -> None:
    commas = [Correction(f"s{n}", "en", "开会。", f"In {n}, they met", f"In {n}; they met") for n in range(3)]
    assert term_changes(commas, glossary) == ()

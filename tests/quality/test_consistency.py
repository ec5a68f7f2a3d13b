"""Does a draft say the same thing in the same way throughout?"""

from __future__ import annotations

from tests.quality.drafts import findings_of, term, unit
from toolkit.quality import Severity
from toolkit.translation import DraftUnit

CONFERENCE = term("联席会议", "joint conference", "joint conferences", "joint meeting", "joint conference of governors")


def checks(*units: DraftUnit) -> list[str]:
    return [finding.check for finding in findings_of(*units, terms=(CONFERENCE,))]


def test_a_term_in_two_unlike_renderings_is_told_with_their_counts() -> None:
    (finding,) = findings_of(
        unit("联席会议开了。", "The joint conference opened."),
        unit("联席会议继续。", "The joint meeting goes on.", segment="s2"),
        unit("联席会议闭幕。", "The joint meeting closed.", segment="s3"),
        terms=(CONFERENCE,),
    )
    assert (finding.check, finding.severity, finding.about) == (
        "term-inconsistent",
        Severity.INFO,
        "联席会议: joint meeting / joint conference",
    )
    assert "“joint meeting” 2×, “joint conference” 1×" in finding.reason


def test_a_long_form_first_and_a_short_one_later_are_consistent() -> None:
    assert (
        checks(
            unit("联席会议开了。", "The joint conference of governors opened."),
            unit("联席会议继续。", "The Joint Conference goes on.", segment="s2"),
            unit("联席会议很多。", "Joint conferences are many.", segment="s3"),
        )
        == []
    )


def test_the_same_sentence_in_two_ways_is_told() -> None:
    findings = findings_of(
        unit("他们合影留念。", "They posed for a photo."), unit("他们合影留念。", "A group photo.", segment="s2")
    )
    assert [(finding.check, finding.segment_id) for finding in findings] == [("inconsistent-target", "s2")]


def test_the_same_sentence_in_the_same_way_is_not() -> None:
    assert checks(unit("他们合影。", "They posed."), unit("他们 合影。", "They posed.", segment="s2")) == []


def test_unlike_sentences_with_one_target_are_told() -> None:
    same = "They posed for a group photo."
    assert checks(unit("他们合影留念。", same), unit("全州经济增长。", same, segment="s2")) == ["inconsistent-source"]


def test_sentences_nearly_alike_may_share_a_target() -> None:
    same = "The governors and mayors posed for a group photo."
    assert checks(unit("各州市长们合影留念。", same), unit("各州（市）长们合影留念。", same, segment="s2")) == []

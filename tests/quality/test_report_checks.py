"""What a report contradicts itself in, and what report.toml did to it."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.quality.drafts import report_of
from toolkit.quality import Finding, check_report
from toolkit.report import Report, read_report


def source_findings(*texts: str) -> list[Finding]:
    return [finding for finding in check_report(report_of(*texts)) if finding.check.startswith("source-")]


def checks(*texts: str) -> list[str]:
    return [finding.check for finding in source_findings(*texts)]


def test_the_real_report_as_corrected_tells_its_corrections_captions_and_repeats(gannan: Report) -> None:
    assert Counter(finding.check for finding in check_report(gannan)) == {
        "source-corrected": 7,
        "caption-without-picture": 6,
        "repeats-collapsed": 2,
    }


def test_the_real_report_as_it_came_contradicts_itself_twice(tmp_path: Path) -> None:
    shutil.copy(ROOT / "source" / "gannan-2023" / "report.txt", tmp_path)
    findings = [finding for finding in check_report(read_report(tmp_path)) if finding.check.startswith("source-")]
    assert [(finding.check, finding.about, finding.place) for finding in findings] == [
        ("source-enumeration-gap", "二是", "report.txt:27"),
        ("source-inconsistent", "五省", "report.txt:23"),
    ]
    assert "“五省区” 8 times" in findings[1].reason


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (("一是抓生态；三是抓交通。",), "一是、三是, but not 2"),
        (("抓生态，二是抓交通，抓旅游。",), "二是, but not 1"),
        (("一是抓生态，抓交通。",), "nothing that follows"),
        (("第一，抓生态。", "第三，抓交通。"), "第一、第三, but not 2"),
        (("（一）抓生态", "（二）抓交通", "（四）抓旅游"), "but not 3"),
        (("十一是抓生态，十二是抓交通。",), "but not 1, 2, 3"),
    ],
)
def test_a_gap_in_an_enumeration_is_told(texts: tuple[str, ...], reason: str) -> None:
    (finding,) = source_findings(*texts)
    assert finding.check == "source-enumeration-gap"
    assert reason in finding.reason


@pytest.mark.parametrize(
    "texts",
    [
        ("一是抓生态；二是抓交通；三是抓旅游。",),
        ("一是抓生态。", "二是抓交通。"),
        ("一是抓生态，二是抓交通。又提出，一是抓安全，二是抓民生。",),
        ("这是原因之一是气候，其中一是关键。",),
        ("唯一是好的，万一是假的，第一是安全。",),
    ],
)
def test_a_whole_enumeration_or_none_says_nothing(texts: tuple[str, ...]) -> None:
    assert checks(*texts) == []


@pytest.mark.parametrize(
    "text",
    [
        "提出以下五条建议，一是抓生态；二是抓交通；三是抓旅游；四是抓民生。",
        "提出3项措施：第一，抓生态；第二，抓交通。",
        "抓好“稳定、生态”三件大事。",
        "山东、江苏、浙江两省派人参加。",
    ],
)
def test_a_wrong_count_is_told(text: str) -> None:
    assert checks(text) == ["source-count-mismatch"]


@pytest.mark.parametrize(
    "text",
    [
        "提出以下五条建议，一是抓生态；二是抓交通；三是抓旅游；四是抓民生；五是抓稳定。",
        "抓好“稳定、生态、发展”三件大事。",
        "甘肃、青海等五省派人参加。",
        "甘肃、青海和四川三省派人参加。",
        "提出以下五条建议。",
        "省、市、县三级联动。",
    ],
)
def test_a_right_or_an_open_count_says_nothing(text: str) -> None:
    assert checks(text) == []


def test_a_name_that_is_said_otherwise_once_is_told_where() -> None:
    (finding,) = source_findings("五省区会议开幕。", "五省区代表发言。", "五省区合作。", "在五省交界地区开会。")
    assert (finding.check, finding.segment_id, finding.source_span) == ("source-inconsistent", "s4", (1, 3))


def test_two_forms_used_alike_or_of_other_regions_say_nothing() -> None:
    assert checks("五省区会议。", "五省会议。", "五省区合作。") == []
    assert checks("五省区会议。", "五省区发言。", "五省区合作。", "其他四省参加。") == []


def test_one_man_in_two_offices_is_told() -> None:
    (finding,) = source_findings("甘南州委书记何谋保致辞。", "甘南州长何谋保指出，形势很好。")
    assert (finding.check, finding.segment_id) == ("source-inconsistent", "s2")
    assert "何谋保" in finding.reason


def test_a_deputy_who_is_a_head_elsewhere_is_told() -> None:
    assert checks("副市长张志军致辞。", "市长张志军表示，形势很好。") == ["source-inconsistent"]


def test_offices_that_go_together_say_nothing() -> None:
    assert checks("甘南州委副书记、州长杨武致辞。", "州长杨武表示，形势很好。", "州委副书记杨武强调稳定。") == []

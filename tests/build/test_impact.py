"""What a change to a term would do is known before it is made: held against a full redraft that really does it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.build.newsroom import install
from tests.cli.command import bulletin
from tests.conftest import write_report
from toolkit.desk import Desk
from toolkit.glossary import COLUMNS
from toolkit.impact import impact_of, term_with
from toolkit.translation.xliff import read_xliff
from toolkit.workspace import Workspace

REPORTS = ("herders", "roads")
# Chinese, rendering in the glossary, what the model says, rendering after the change
TERMS = (
    ("草场", "pasture", "pasture", "pasture land"),
    ("牧民", "herders", "herders", "local herders"),
    ("合作社", "cooperative", "collaboration club", "cooperative society"),
    ("赛马节", "Horse Racing Festival", "Horse Racing Festival", "Summer Horse Racing Festival"),
    ("公路", "highway", "road", "trunk highway"),
    ("隧道", "tunnel", "tunnel", "road tunnel"),
    ("驻村干部", "village cadres", "cadres in the village", "resident village cadres"),
    ("乡村振兴", "rural revitalization", "rural revitalization", "all-round rural revitalization"),
    ("生态补偿", "ecological compensation", "ecological payments", "natural ecological compensation"),
    ("文化馆", "cultural center", "cultural center", "county cultural center"),
)
LINES = {
    "herders": (
        ("今年的草场很好。", "This year the pasture is good."),
        ("牧民把羊卖给合作社。", "The herders sell their sheep to the collaboration club."),
        ("赛马节在七月举行。", "The Horse Racing Festival is held in July."),
        ("孩子们都回家了。", "All the children went home."),
        ("文化馆也开门了。", "The cultural center has opened too."),
    ),
    "roads": (
        ("新公路已经通车。", "The new road is open to traffic."),
        ("隧道很长。", "The tunnel is long."),
        ("驻村干部谈乡村振兴。", "The cadres in the village talk about rural revitalization."),
        ("牧民得到生态补偿。", "The herders receive ecological payments."),
        ("今年的草场很好。", "This year the pasture is good."),
    ),
}


@pytest.fixture
def newsroom(workspace: Workspace, packages_of_this_test: Path) -> Workspace:
    """Two reports drafted by a model that knows their sentences and gets some of the terms wrong."""
    write_glossary(workspace, {})
    for name in REPORTS:
        write_report(workspace, name, f"{name}通讯\n\n" + "\n\n".join(zh for zh, _ in LINES[name]) + "\n")
    sentences = {zh: en for name in REPORTS for zh, en in LINES[name]} | {f"{name}通讯": "News" for name in REPORTS}
    install(packages_of_this_test, sentences)
    assert bulletin("-C", workspace.root, "draft").code == 0
    return workspace


def write_glossary(workspace: Workspace, changed: dict[str, str]) -> None:
    rows = [",".join(COLUMNS)]
    for zh, en, _, _ in TERMS:
        row = dict.fromkeys(COLUMNS, "") | {"zh": zh, "en": changed.get(zh, en), "status": "approved", "source": "none"}
        rows.append(",".join(row[column] for column in COLUMNS))
    (workspace.glossaries / "terms.csv").write_text("\n".join(rows) + "\n", "utf-8")


def english(workspace: Workspace) -> dict[tuple[str, str], str]:
    """The English of every segment of every report."""
    return {
        (name, unit.segment_id): unit.target.text
        for name in REPORTS
        for unit in read_xliff(workspace.source / name / "en.xlf", "en").units
    }


def test_impact_of_ten_terms_names_exactly_the_segments_that_a_full_redraft_changes(newsroom: Workspace) -> None:
    before = english(newsroom)
    desk = Desk(newsroom)
    foreseen = {
        zh: {
            (one.report, changed.segment_id): (changed.before, changed.after)
            for one in impact_of(term_with(desk.glossary, zh, {"en": after}), newsroom.report_folders(), desk)
            for changed in one.changed
        }
        for zh, _, _, after in TERMS
    }
    for zh, _, _, after in TERMS:
        write_glossary(newsroom, {zh: after})
        for name in REPORTS:
            (newsroom.source / name / "en.xlf").unlink()
        assert bulletin("-C", newsroom.root, "draft").code == 0
        now = english(newsroom)
        assert foreseen[zh] == {key: (before[key], now[key]) for key in now if before[key] != now[key]}, zh
    assert sum(map(bool, foreseen.values())) >= 8, "most changes must change something, or this proves little"


def test_nothing_is_written_by_asking(newsroom: Workspace, tmp_path: Path) -> None:
    shutil.copytree(newsroom.root, tmp_path / "before")
    outcome = bulletin("-C", newsroom.root, "terms", "impact", "草场", "--en", "pasture land")
    assert outcome.code == 0 and "This year the pasture land is good." in outcome.out
    for path in newsroom.root.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "before" / path.relative_to(newsroom.root)).read_bytes()


def test_a_sentence_that_a_person_wrote_stays_and_is_listed_as_no_longer_keeping_the_term(newsroom: Workspace) -> None:
    xliff = newsroom.source / "roads" / "en.xlf"
    xliff.write_text(xliff.read_text("utf-8").replace("The tunnel is long.", "The tunnel is very long."), "utf-8")
    desk = Desk(newsroom)
    (one,) = impact_of(term_with(desk.glossary, "隧道", {"en": "road tunnel"}), desk.workspace.report_folders(), desk)
    assert not one.changed
    (disputed,) = one.disputed
    assert disputed.is_a_persons and disputed.text == "The tunnel is very long." and "road tunnel" in disputed.reason


def test_a_term_that_stands_nowhere_says_so(newsroom: Workspace) -> None:
    outcome = bulletin("-C", newsroom.root, "terms", "impact", "雪山", "--en", "snow mountain")
    assert outcome.code == 0 and "stands in no report" in outcome.out


def test_an_unknown_term_without_a_rendering_is_refused(newsroom: Workspace) -> None:
    outcome = bulletin("-C", newsroom.root, "terms", "impact", "雪山")
    assert outcome.code == 2 and "--en" in outcome.err

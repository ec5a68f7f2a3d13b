"""Names that no glossary holds are offered to it, and never printed as certain."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.conftest import ROOT, write_report
from toolkit.glossary import Glossary, read_glossary
from toolkit.quality import check_names, names_csv, propose_names
from toolkit.report import Report, read_report
from toolkit.workspace import Settings, Workspace

TEXT = "会议召开\n甘南州委书记何志强，省民委主任周丽华致辞。何志强指出，草原是大家的。州长索南丹增主持会议。\n"


def test_each_name_is_proposed_once_with_its_count_and_both_renderings(workspace: Workspace) -> None:
    report = read_report(write_report(workspace, "r", TEXT))
    names = propose_names(report, Glossary(()), Settings())
    assert [(name.zh, name.count, name.en[0]) for name in names] == [
        ("何志强", 2, "He Zhiqiang"),
        ("周丽华", 1, "Zhou Lihua"),
        ("索南丹增", 1, "Sonam Tenzin"),
    ]
    assert names[2].bo[0] == "བསོད་ནམས་བསྟན་འཛིན"
    findings = list(check_names(report, names))
    assert [finding.about for finding in findings] == ["何志强", "周丽华", "索南丹增"]
    assert all(finding.check == "name-not-in-glossary" and finding.place == "report.txt:2" for finding in findings)


def test_the_rows_offered_are_a_glossary_and_once_there_nothing_is_offered(workspace: Workspace) -> None:
    report = read_report(write_report(workspace, "r", TEXT))
    (workspace.glossaries / "names.csv").write_bytes(names_csv(propose_names(report, Glossary(()), Settings())))
    glossary = read_glossary(workspace.glossaries)
    assert {(term.zh, term.status, term.source) for term in glossary.terms} == {
        ("何志强", "proposed", "none"),
        ("周丽华", "proposed", "none"),
        ("索南丹增", "proposed", "none"),
    }
    assert propose_names(report, glossary, Settings()) == ()


def test_the_first_report_has_every_person_in_the_glossary(gannan: Report) -> None:
    assert propose_names(gannan, read_glossary(ROOT / "glossaries"), Settings()) == ()


def test_without_its_glossary_the_first_report_offers_all_its_persons(gannan: Report, tmp_path: Path) -> None:
    with (ROOT / "glossaries" / "people.csv").open(encoding="utf-8-sig", newline="") as stream:
        known = {row["zh"] for row in csv.DictReader(stream)}
    offered = {name.zh for name in propose_names(gannan, Glossary(()), Settings())}
    said = {name for name in known if any(name in segment.text for segment in gannan.segments)}
    assert len(offered & said) >= 0.9 * len(said)
    assert len(offered - known) <= 3

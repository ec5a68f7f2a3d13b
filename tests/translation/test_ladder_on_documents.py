"""The ladder against a model that drops, mangles, repeats, reorders and loops on purpose.

The report without its memory, and 40 documents cut from recorded news: every term of the glossary is in the draft or
a finding says where it is not, and no clause is lost without a word.  What is looked for is looked for here by other
means than the toolkit's own: plain search in the texts.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, write_report
from tests.translation.naughty_model import Habits, made_up, write_naughty_package
from toolkit.glossary import Glossary, read_glossary
from toolkit.memory import Memory
from toolkit.quality import Finding, check_draft
from toolkit.report import Report, read_report
from toolkit.translation import Assemble, Drafting, DraftUnit, Sources, argos, draft_report
from toolkit.translation.argos import Argos
from toolkit.translation.clauses import split_clauses
from toolkit.translation.models import install_file, installed_models
from toolkit.workspace import Settings, Workspace

RECORDED = ROOT.parent / "shared" / "reports" / "recorded" / "wmt20.zh"
DOCUMENTS, LINES_EACH, EVERY = 40, 3, 50
DROPS = Habits(
    skips=("其中", "特别是", "表示", "还", "目前", "已经"), stops=("并且", "为此", "同时", "但是", "因为")
)  # common words behind which this model leaves out the rest of a clause or of the sentence
PLAIN_FIGURE = re.compile(r"(?<![\d.,．])\d{2,4}(?![\d.,．万亿千百月])")
KEPT_CHARACTERS = 0.15  # of the words a clause should have: below it the clause is lost


@pytest.fixture(scope="module")
def glossary(tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    """The house glossary and the names of the news."""
    folder = tmp_path_factory.mktemp("glossaries")
    for path in (*(ROOT / "glossaries").glob("*.csv"), ROOT / "tests" / "data" / "news-names.csv"):
        shutil.copy(path, folder)
    known: set[str] = set()
    unique = []
    for path in sorted(folder.iterdir()):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        kept = [lines[0], *(line for line in lines[1:] if line.split(",")[0] not in known)]
        known |= {line.split(",")[0] for line in kept}
        unique.append((path, kept))
    for path, kept in unique:
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return read_glossary(folder)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory, glossary: Glossary) -> Path:
    pairs = [(zh, term.targets["en"]) for term in glossary.terms for zh in term.sources if term.targets["en"]]
    return write_naughty_package(tmp_path_factory.mktemp("package") / "n.argosmodel", pairs, habits=DROPS)


@pytest.fixture
def engine(package: Path, monkeypatch: pytest.MonkeyPatch) -> Argos:
    monkeypatch.setattr(argos, "_THREADS", 1)
    install_file(package)
    return Argos(installed_models())


def drafted(report: Report, engine: Argos, glossary: Glossary) -> tuple[Drafting, tuple[Finding, ...]]:
    sources = Sources(glossary, Settings(), Assemble(Memory(()), fuzzy_threshold=85))
    drafting = draft_report(report, "en", sources, engine=engine, previous=None)
    return drafting, check_draft(drafting.draft, report, glossary, Settings())


def terms_neither_kept_nor_flagged(
    units: tuple[DraftUnit, ...], findings: tuple[Finding, ...], glossary: Glossary
) -> Iterator[str]:
    flagged = {(finding.segment_id, finding.about) for finding in findings}
    for unit in units:
        if unit.is_gap:
            continue  # a finding of its own, and the Chinese stands there
        for match in glossary.match(unit.source.text):
            allowed = [" ".join(target.lower().split()) for target in match.term.allowed("en")]
            text = " ".join(unit.target.text.lower().replace("’", "'").split())
            source = unit.source.text[match.start : match.end]
            is_kept = not allowed or any(target.replace("’", "'") in text for target in allowed)
            if not is_kept and (unit.segment_id, source) not in flagged:
                yield f"{source} in {unit.source.text} → {unit.target.text}"


def figures_neither_kept_nor_flagged(units: tuple[DraftUnit, ...], findings: tuple[Finding, ...]) -> Iterator[str]:
    flagged = {finding.segment_id for finding in findings if finding.check in ("number", "date", "currency")}
    for unit in units:
        if unit.is_gap or unit.segment_id in flagged:
            continue
        written = unit.target.text.replace(",", "")
        for figure in PLAIN_FIGURE.findall(unit.source.text):
            if figure not in written:
                yield f"{figure} in {unit.source.text} → {unit.target.text}"


def clauses_lost_without_a_word(
    units: tuple[DraftUnit, ...], findings: tuple[Finding, ...], glossary: Glossary
) -> Iterator[str]:
    flagged = {finding.segment_id for finding in findings if finding.check != "unreviewed"}
    for unit in units:
        if unit.is_gap or unit.segment_id in flagged:
            continue
        words = set(unit.target.text.replace(",", " ").replace(".", " ").split())
        for clause in split_clauses(unit.source.text):
            bare = clause
            for match in reversed(glossary.match(clause)):  # a term has words of its own
                bare = bare[: match.start] + bare[match.end :]
            expected = {made_up(character)[0].strip() for character in bare} - {""}
            if len(expected) >= 6 and len(expected & words) / len(expected) < KEPT_CHARACTERS:
                yield f"{clause} of {unit.source.text} → {unit.target.text}"


def test_the_report_without_its_memory_keeps_every_term_or_says_where_not(
    gannan: Report, engine: Argos, glossary: Glossary
) -> None:
    drafting, findings = drafted(gannan, engine, glossary)
    units = drafting.draft.units
    assert list(terms_neither_kept_nor_flagged(units, findings, glossary)) == []
    assert list(figures_neither_kept_nor_flagged(units, findings)) == []
    assert list(clauses_lost_without_a_word(units, findings, glossary)) == []
    rungs = {unit.origin.rung.split(",")[0] for unit in units if unit.origin}
    assert {"first", "surrogates"} <= rungs, "the draft records which rung each segment came from"
    first, last = drafting.costs[0], drafting.costs[-1]
    assert last.still_open < first.still_open / 2, "the ladder settles most of what the first pass left open"
    (protocol,) = (unit for unit in units if "罗庆伍" in unit.source.text)
    the_protocol_list_keeps_every_name_once_and_in_order(protocol, findings, glossary)


def the_protocol_list_keeps_every_name_once_and_in_order(
    unit: DraftUnit, findings: tuple[Finding, ...], glossary: Glossary
) -> None:
    persons = [match.term.targets["en"] for match in glossary.match(unit.source.text) if match.term.domain == "person"]
    assert len(persons) == 24
    assert [unit.target.text.count(person) for person in persons] == [1] * 24
    places = [unit.target.text.index(person) for person in persons]
    assert places == sorted(places)
    about = {finding.check for finding in findings if finding.segment_id == unit.segment_id}
    assert not about & {"official-order", "name", "term-missing"}


TRAPS = """会议在合作市举行
合作市与各州开展合作，合作成果丰硕。
海南州州长出席会议。
从海南州到甘南州，全州牧民都来了。
甘南州合作市的合作社有37家。
州长杨武在合作市讲话。
8日，甘南州委书记何谋保到合作市调研，投资3.2亿元。
26日晚，海南州与合作市签订合作协议。
甘孜州、阿坝州、迪庆州加强合作。
全州去年增长15%，投资12万元。
"""


def test_the_traps_of_names_inside_words_are_kept_or_told(
    workspace: Workspace, engine: Argos, glossary: Glossary
) -> None:
    drafting, findings = drafted(read_report(write_report(workspace, "traps", TRAPS)), engine, glossary)
    units = drafting.draft.units
    assert list(terms_neither_kept_nor_flagged(units, findings, glossary)) == []
    assert list(figures_neither_kept_nor_flagged(units, findings)) == []
    (first, *_, growth) = [unit.target.text for unit in units]
    assert "Hezuo City" in first
    assert "Cooperation City" not in " ".join(unit.target.text for unit in units)
    assert "15" in growth


@pytest.mark.skipif(not RECORDED.exists(), reason="../shared is not there")
def test_forty_documents_of_news_keep_every_constraint_or_say_where_not(
    workspace: Workspace, engine: Argos, glossary: Glossary
) -> None:
    lines = [line for line in RECORDED.read_text(encoding="utf-8").splitlines() if 10 <= len(line) <= 120]
    lost_terms, lost_figures, lost_clauses = [], [], []
    for number in range(DOCUMENTS):
        text = "\n".join(lines[number * EVERY % (len(lines) - LINES_EACH) :][:LINES_EACH])
        report = read_report(write_report(workspace, f"d{number}", text))
        drafting, findings = drafted(report, engine, glossary)
        lost_terms += terms_neither_kept_nor_flagged(drafting.draft.units, findings, glossary)
        lost_figures += figures_neither_kept_nor_flagged(drafting.draft.units, findings)
        lost_clauses += clauses_lost_without_a_word(drafting.draft.units, findings, glossary)
    assert lost_terms == []
    assert lost_figures == []
    assert lost_clauses == []

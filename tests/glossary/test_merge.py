"""Terms from outside beside ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.glossary.samples import OURS, write_glossary
from toolkit.glossary import Status, Termbase, editing, read_glossary
from toolkit.glossary.exchange import Format, read_terms, terms_bytes
from toolkit.glossary.merge import DEFAULT_FILE, Merge, apply, compare

APPROVED = "甘南,Gannan,ཀན་ལྷོ,place,approved,,Kanlho,,,,a note,none,Tashi,2026-11-25"
PROPOSED = "合作市,Hezuo City,གཙོས་གྲོང་ཁྱེར,place,proposed,合作镇,,,,,,none,,"
HEADER = "zh,en,bo,domain,status,zh_accepted,en_accepted,bo_accepted,en_forbidden,bo_forbidden,note,source,by,date"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_glossary(tmp_path / "glossaries", APPROVED, PROPOSED, header=HEADER)


def merged(folder: Path, content: str, name: str = "in.csv") -> Merge:
    path = folder.parent / name
    path.write_text(content, encoding="utf-8")
    return compare(Termbase(folder), read_terms(path))


@pytest.mark.parametrize("kind", [Format.CSV, Format.XLSX, Format.TBX, Format.TMX])
def test_our_own_terms_are_all_the_same(kind: Format, tmp_path: Path) -> None:
    path = tmp_path / f"x.{kind}"
    path.write_bytes(terms_bytes(read_glossary(OURS).terms, kind))
    merge = compare(Termbase(OURS), read_terms(path))
    assert (merge.added, merge.proposals, merge.left_out) == ((), (), ())
    assert len(merge.same) == len(read_glossary(OURS).terms)


def test_a_new_term_is_proposed_and_says_where_it_came_from(folder: Path) -> None:
    merge = merged(folder, "zh,en,status\n玉树,Yushu,approved\n")
    ((term, file),) = merge.added
    assert (term.status, term.source, file) == (Status.PROPOSED, "from the file in.csv", DEFAULT_FILE)
    assert "approved by nobody" in merge.left_out[0].reason
    assert not merge.left_out[0].left_out


def test_a_new_term_that_names_who_approved_it_stays_approved(folder: Path) -> None:
    ((term, _),) = merged(folder, "zh,en,status,by,date\n玉树,Yushu,approved,Dolma,2026-01-02\n").added
    assert (term.status, term.by, term.date) == (Status.APPROVED, "Dolma", "2026-01-02")


def test_a_difference_is_a_proposal_with_before_and_after_and_nothing_is_done(folder: Path) -> None:
    before = (folder / "terms.csv").read_bytes()
    (proposal,) = merged(folder, "zh,en\n合作市,Hezuo Municipality\n").proposals
    assert proposal.columns == (("en", "Hezuo City", "Hezuo Municipality"),)
    assert not proposal.is_conflict
    assert (folder / "terms.csv").read_bytes() == before


def test_a_column_that_a_table_lacks_says_nothing_and_an_empty_cell_says_empty(folder: Path) -> None:
    assert merged(folder, "zh,en\n甘南,Gannan\n").proposals == ()
    (proposal,) = merged(folder, "zh,en_accepted\n甘南,\n").proposals
    assert proposal.columns == (("en_accepted", "Kanlho", ""),)


def test_a_format_that_says_less_takes_nothing_away(folder: Path) -> None:
    merge = merged(folder, "合作镇\tTsoe\n", "in.utf8")
    (proposal,) = merge.proposals
    assert proposal.term.zh == "合作市"
    assert proposal.columns == (("en", "Hezuo City", "Tsoe"),)


def test_an_approved_term_is_a_conflict_and_is_never_changed(folder: Path) -> None:
    merge = merged(folder, "zh,en,status,by\n甘南,Kanlho,approved,Somebody\n合作市,Tsoe,proposed,\n")
    assert [proposal.is_conflict for proposal in merge.proposals] == [True, False]
    with editing(folder, "import") as termbase:
        apply(termbase, merge, update=True)
    after = {term.zh: term for term in read_glossary(folder).terms}
    assert (after["甘南"].targets["en"], after["甘南"].by) == ("Gannan", "Tashi")
    assert after["合作市"].targets["en"] == "Tsoe"


def test_without_update_only_new_terms_come_in(folder: Path) -> None:
    merge = merged(folder, "zh,en,file\n合作市,Tsoe,\n玉树,Yushu,more.csv\n")
    with editing(folder, "import") as termbase:
        apply(termbase, merge)
    after = {term.zh: term for term in read_glossary(folder).terms}
    assert after["合作市"].targets["en"] == "Hezuo City"
    assert after["玉树"].place == "more.csv:2"


def test_what_answers_to_two_terms_or_stands_twice_with_other_words_is_left_out(folder: Path) -> None:
    merge = merged(folder, "zh,en,zh_accepted\n甘南,Gannan,合作市\n玉树,Yushu,\n玉樹,Jyekundo,\n玉树,Yushu,\n")
    reasons = [remark.reason for remark in merge.left_out if remark.left_out]
    assert len(reasons) == 2
    assert "sources of two terms" in reasons[0]
    assert "with other words" in reasons[1]
    assert [term.zh for term, _ in merge.added] == ["玉树"]


def test_a_new_term_whose_source_came_in_meanwhile_is_told_and_left_out(folder: Path) -> None:
    merge = merged(folder, "zh,en\n玉树,Yushu\n果洛,Golog\n")
    with editing(folder, "add") as termbase:
        termbase.add({"zh": "玉树"}, "terms.csv")
    with editing(folder, "import") as termbase:
        refused = apply(termbase, merge)
    assert [remark.line for remark in refused] == [2]
    assert "already a source" in refused[0].reason
    assert {"玉树", "果洛"} <= {term.zh for term in read_glossary(folder).terms}

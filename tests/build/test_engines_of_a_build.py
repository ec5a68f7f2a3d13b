"""Gaps and engines: what nobody knows is marked, what a model said says so, and a model that fails costs nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.build.newsroom import (
    ENGLISH,
    LIBRARY,
    MOVED,
    PUPILS,
    SCHOOL,
    SENTENCES,
    TIBETAN,
    TITLE,
    draft_of,
    install,
    lines_with,
    targets,
    unit_of,
    write_school,
)
from tests.build.pages import column, poppler, squeezed, stamp
from tests.cli.command import Outcome, bulletin
from toolkit.bulletin import words
from toolkit.bulletin.editions import PUBLISHING, REVIEW
from toolkit.languages import TARGETS, Language
from toolkit.translation import OriginKind, State
from toolkit.translation.argos import Argos
from toolkit.workspace import Workspace

GAP = ("gap", "empty")
TOO_FEW = 3  # positions: any sentence in bytes makes the model fail
GREETING = "大家好。"


def build(workspace: Workspace, *arguments: str) -> Outcome:
    return bulletin("-C", workspace.root, "build", *arguments)


def pdf_of(workspace: Workspace, edition: str = "publishing") -> Path:
    return workspace.dist / SCHOOL / f"{SCHOOL}-{edition}.pdf"


def findings_of(workspace: Workspace) -> list[dict[str, str]]:
    data = json.loads((workspace.dist / SCHOOL / "findings.json").read_text(encoding="utf-8"))
    return list(data["findings"])


# Nobody knows it


def test_gaps_are_counted_in_the_summary_and_the_build_succeeds(workspace: Workspace) -> None:
    write_school(workspace)
    outcome = build(workspace)
    assert outcome.code == 0
    assert lines_with(outcome.out, ["English", "4 segments: 4 gaps; 4 unreviewed"])
    assert lines_with(outcome.out, ["Tibetan", "4 segments: 4 gaps; 4 unreviewed"])


def test_what_is_missing_and_how_to_get_it_is_said_before_the_work(workspace: Workspace) -> None:
    write_school(workspace)
    said = build(workspace).err
    assert lines_with(said, ["Chinese → English", "bulletin models install zh en"])
    assert lines_with(said, ["Chinese → Tibetan", "bulletin models install FILE.argosmodel"])


def test_a_gap_has_no_target_in_the_draft_of_record(built_gaps: Workspace) -> None:
    for language in TARGETS:
        draft = draft_of(built_gaps, language)
        assert targets(draft) == dict.fromkeys(SENTENCES, "")
        assert {unit.state for unit in draft.units} == {State.NEEDS_TRANSLATION}


def test_every_gap_is_a_finding(built_gaps: Workspace) -> None:
    ids = [unit.segment_id for unit in draft_of(built_gaps, "en").units]
    gaps = [one for one in findings_of(built_gaps) if one["check"] in GAP]
    for language in TARGETS:
        assert sorted(one["segment"] for one in gaps if one["language"] == language) == sorted(ids)


@pytest.mark.parametrize("language", TARGETS)
def test_the_chinese_stands_in_a_gap_and_the_page_says_so(built_gaps: Workspace, language: Language) -> None:
    text = "".join(column(pdf_of(built_gaps), PUBLISHING, language))
    assert [sentence for sentence in SENTENCES if squeezed(sentence) not in text] == []
    assert squeezed(words.GAPS[language].format(gaps=4)) in text
    assert squeezed(words.FROM_NOWHERE[language].format(count=4)) in text
    assert stamp(language) in text


def test_the_chinese_in_a_gap_is_shaded_and_a_draft_is_not(built_gaps: Workspace, built_school: Workspace) -> None:
    import pypdf

    def shades(workspace: Workspace) -> int:
        contents = [page.get_contents() for page in pypdf.PdfReader(pdf_of(workspace)).pages]
        return sum(content.get_data().count(b" re f") for content in contents if content is not None)

    assert shades(built_gaps) >= shades(built_school) + 2 * len(SENTENCES)


def test_the_review_edition_offers_the_terms_of_a_gap(workspace: Workspace) -> None:
    header = "zh,en,bo,domain,status,zh_accepted,en_accepted,bo_accepted,en_forbidden,bo_forbidden,note,source\n"
    row = "图书馆,library,དཔེ་མཛོད་ཁང་,institution,proposed,,,,,,,none\n"
    (workspace.glossaries / "terms.csv").write_text(header + row, encoding="utf-8")
    write_school(workspace)
    assert build(workspace).code == 0
    assert squeezed("图书馆 = library") in "".join(column(pdf_of(workspace, "review"), REVIEW, "en"))
    assert squeezed("图书馆 = library") not in "".join(column(pdf_of(workspace), PUBLISHING, "en"))


# A model knows it


def test_gaps_are_drafted_by_the_model_that_is_there(workspace: Workspace, models: tuple[Path, Path]) -> None:
    write_school(workspace)
    outcome = build(workspace)
    assert outcome.code == 0
    assert "4 segments: 4 engine; 4 unreviewed" in outcome.out
    assert outcome.err == ""
    assert targets(draft_of(workspace, "en")) == ENGLISH
    assert targets(draft_of(workspace, "bo")) == TIBETAN


def test_every_segment_records_the_model_its_version_and_the_rung(built_school: Workspace) -> None:
    for language in TARGETS:
        for unit in draft_of(built_school, language).units:
            assert unit.origin is not None
            assert unit.origin.kind is OriginKind.ENGINE
            assert unit.origin.detail == f"argos zh-{language} 1.0"
            assert unit.origin.rung
            assert unit.state is State.DRAFT


@pytest.mark.parametrize("language", TARGETS)
def test_the_page_says_how_much_a_machine_wrote(built_school: Workspace, language: Language) -> None:
    text = "".join(column(pdf_of(built_school), PUBLISHING, language))
    assert squeezed(words.FROM_ENGINE[language].format(count=4)) in text
    assert stamp(language) in text
    known = ENGLISH if language == "en" else TIBETAN
    assert [target for target in known.values() if squeezed(target) not in text] == []
    assert TITLE not in text


def test_a_model_for_one_language_leaves_the_other_open(workspace: Workspace, packages_of_this_test: Path) -> None:
    install(packages_of_this_test, ENGLISH)
    write_school(workspace)
    outcome = build(workspace, "--engine", "argos")
    assert outcome.code == 0
    assert lines_with(outcome.out, ["English", "4 engine"])
    assert lines_with(outcome.out, ["Tibetan", "4 gaps"])


def test_assemble_asks_no_model_even_if_one_is_there(workspace: Workspace, models: tuple[Path, Path]) -> None:
    write_school(workspace)
    outcome = build(workspace, "--engine", "assemble")
    assert outcome.code == 0
    assert outcome.err == ""
    assert "4 gaps" in outcome.out


def test_a_model_installed_later_fills_the_gaps(gaps: Workspace, packages_of_this_test: Path) -> None:
    install(packages_of_this_test, ENGLISH)
    outcome = build(gaps)
    assert lines_with(outcome.out, ["English", "4 engine"])
    assert squeezed(ENGLISH[LIBRARY]) in squeezed(poppler("pdftotext", "-enc", "UTF-8", pdf_of(gaps), "-"))


def test_a_newer_model_is_asked_anew(school: Workspace, packages_of_this_test: Path) -> None:
    install(packages_of_this_test, {**ENGLISH, PUPILS: "In all, 320 pupils go to the school."}, version="1.1")
    build(school)
    draft = draft_of(school, "en")
    assert unit_of(draft, PUPILS).target.text == "In all, 320 pupils go to the school."
    assert {unit.origin.detail for unit in draft.units if unit.origin} == {"argos zh-en 1.1"}


# The model is not there, or not any more


@pytest.mark.parametrize(
    ("engine", "remedy"), [("argos", "bulletin models install zh en"), ("llm", "Add [llm] with base_url and model")]
)
def test_an_engine_asked_for_by_name_must_be_there(engine: str, remedy: str, workspace: Workspace) -> None:
    write_school(workspace)
    outcome = build(workspace, "--engine", engine)
    assert outcome.code == 4
    assert remedy in outcome.err
    assert outcome.out == ""
    assert not workspace.dist.exists()


def test_what_a_model_said_is_kept_when_the_package_is_gone(school: Workspace, models: tuple[Path, Path]) -> None:
    for folder in models:
        shutil.rmtree(folder)
    outcome = build(school)
    assert outcome.code == 0
    assert "4 segments: 4 engine; 4 unreviewed" in outcome.out
    assert targets(draft_of(school, "en")) == ENGLISH
    assert build(school, "--engine", "argos").code == 4
    assert targets(draft_of(school, "en")) == ENGLISH


def add_greeting(workspace: Workspace) -> None:
    path = workspace.source / SCHOOL / "report.txt"
    path.write_text(f"{path.read_text(encoding='utf-8')}{GREETING}\n", encoding="utf-8")


def test_a_sentence_added_after_the_package_is_gone_is_the_only_gap(
    school: Workspace, models: tuple[Path, Path]
) -> None:
    for package in models:
        shutil.rmtree(package)
    add_greeting(school)
    outcome = build(school)
    assert outcome.code == 0
    assert targets(draft_of(school, "en")) == {**ENGLISH, GREETING: ""}
    assert lines_with(outcome.out, ["English", "4 engine, 1 gaps"])


@pytest.fixture
def disappearing(models: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The packages are deleted when the first question is asked: after they were found, before they were loaded."""
    real = Argos.translate

    def translate(self: Argos, *arguments: object) -> object:
        for folder in models:
            shutil.rmtree(folder, ignore_errors=True)
        return real(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Argos, "translate", translate)


def test_a_package_removed_under_our_feet_is_an_error_when_it_was_asked_for(
    workspace: Workspace, disappearing: None
) -> None:
    write_school(workspace)
    outcome = build(workspace, "--engine", "argos")
    assert outcome.code == 4
    assert lines_with(outcome.out, ["error", "translate-zh_en-1_0", "does not load"])
    assert f"{SCHOOL}: built in part" in outcome.out
    assert pdf_of(workspace).is_file()


def test_a_package_removed_under_our_feet_is_a_note_when_we_chose_it(workspace: Workspace, disappearing: None) -> None:
    write_school(workspace)
    outcome = build(workspace)
    assert outcome.code == 0
    assert len(lines_with(outcome.out, ["note", "stays a gap"])) == 2
    assert lines_with(outcome.out, ["English", "4 gaps"])


# The model fails


@pytest.mark.parametrize(("arguments", "code"), [((), 0), (("--engine", "argos"), 4)], ids=["auto", "by name"])
def test_a_model_that_fails_leaves_gaps_and_is_an_error_only_when_it_was_asked_for(
    arguments: tuple[str, ...], code: int, workspace: Workspace, packages_of_this_test: Path
) -> None:
    install(packages_of_this_test, ENGLISH, positions=TOO_FEW)
    write_school(workspace, text=f"{TITLE}\n\n{MOVED}{GREETING}\n")
    outcome = build(workspace, *arguments)
    assert outcome.code == code
    word = "error" if code else "note"
    (line,) = lines_with(outcome.out, [word, "the model failed while translating"])
    assert "Install the package again, or build with --engine assemble" in line
    assert pdf_of(workspace).is_file()
    assert unit_of(draft_of(workspace, "en"), GREETING).is_gap


def test_what_was_drafted_before_is_kept_when_the_model_fails_now(
    school: Workspace, models: tuple[Path, Path], packages_of_this_test: Path
) -> None:
    shutil.rmtree(models[0])
    install(packages_of_this_test, ENGLISH, positions=TOO_FEW)
    add_greeting(school)
    assert build(school, "--engine", "argos").code == 4
    assert targets(draft_of(school, "en")) == {**ENGLISH, GREETING: ""}


def test_the_next_run_asks_again_for_what_a_failing_model_left(
    workspace: Workspace, packages_of_this_test: Path
) -> None:
    bad = install(packages_of_this_test, {**ENGLISH, GREETING: "Greetings to everyone."}, positions=TOO_FEW)
    write_school(workspace, text=f"{TITLE}\n\n{MOVED}{GREETING}\n")
    assert build(workspace, "--engine", "argos").code == 4
    shutil.rmtree(bad)
    install(packages_of_this_test, {**ENGLISH, GREETING: "Greetings to everyone."})
    outcome = build(workspace, "--engine", "argos")
    assert outcome.code == 0, outcome.out
    assert unit_of(draft_of(workspace, "en"), GREETING).target.text == "Greetings to everyone."


def test_a_broken_package_is_named_and_the_others_are_used(workspace: Workspace, models: tuple[Path, Path]) -> None:
    broken = models[0].parent / "translate-zh_fr-1_0"
    broken.mkdir()
    (broken / "metadata.json").write_text("{", encoding="utf-8")
    write_school(workspace)
    outcome = build(workspace)
    assert outcome.code == 0
    assert lines_with(outcome.err, ["A model package is broken", "translate-zh_fr-1_0"])
    assert "4 engine" in outcome.out

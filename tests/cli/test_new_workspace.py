"""The first minutes: init, a first build, the doctor, models."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.build.newsroom import ENGLISH, TIBETAN, install, lines_with, write_school
from tests.cli.command import bulletin
from tests.report.picture_files import jpeg
from tests.translation.dictionary_model import write_package
from toolkit.glossary import COLUMNS
from toolkit.workspace import Settings, Workspace, read_settings


@pytest.fixture
def newsroom(tmp_path: Path) -> Workspace:
    """What `bulletin init newsroom` makes."""
    root = tmp_path / "newsroom"
    assert bulletin("init", root).code == 0
    return Workspace(root)


def test_init_makes_a_workspace_that_builds_at_once(newsroom: Workspace) -> None:
    outcome = bulletin("-C", newsroom.root, "build")
    assert outcome.code == 0
    assert "first-report: built" in outcome.out
    assert (newsroom.dist / "first-report" / "first-report-publishing.pdf").is_file()


def test_init_names_what_it_made_and_what_comes_next(tmp_path: Path) -> None:
    out = bulletin("init", tmp_path / "newsroom").out
    for name in ("bulletin.toml", "glossaries/terms.csv", "source/first-report/report.txt"):
        assert f"made {name}\n" in out
    assert "bulletin build" in out


def test_init_without_a_name_works_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert bulletin("init").code == 0
    assert (tmp_path / "bulletin.toml").is_file()


def test_a_command_works_from_any_folder_of_the_workspace(newsroom: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(newsroom.source / "first-report")
    assert bulletin("build").code == 0
    assert (newsroom.dist / "first-report").is_dir()


def test_the_settings_that_come_with_a_workspace_are_the_defaults(newsroom: Workspace) -> None:
    assert read_settings(newsroom) == Settings()


def test_the_glossary_that_comes_with_a_workspace_has_every_column_and_opens_in_a_spreadsheet(
    newsroom: Workspace,
) -> None:
    data = (newsroom.glossaries / "terms.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert next(csv.reader(data.decode("utf-8-sig").splitlines())) == list(COLUMNS)


def test_every_setting_in_a_comment_can_be_uncommented(newsroom: Workspace) -> None:
    fonts = newsroom.root / "fonts"
    fonts.mkdir()
    text = newsroom.settings_file.read_text(encoding="utf-8").replace("fonts/…", "fonts/mine.ttf")
    lines = [line.removeprefix("# ") for line in text.splitlines()[1:]]
    for name in ("mine.ttf", "Qomolangma-UchenSarchung.ttf"):
        (fonts / name).write_bytes(b"")
    newsroom.settings_file.write_text("\n".join(lines), encoding="utf-8")
    settings = read_settings(newsroom)
    assert set(settings.fonts) == {"tibetan", "tibetan_bold", "han", "latin", "more 1"}
    assert settings.fonts["tibetan"].ratio == pytest.approx(1.3)


def test_every_line_in_a_comment_of_the_first_report_can_be_uncommented(newsroom: Workspace) -> None:
    folder = newsroom.source / "first-report"
    line = "馆长表示，图书馆全年免费开放。"
    text = (folder / "report.toml").read_text(encoding="utf-8")
    lines = [one.removeprefix("# ") for one in text.splitlines()[1:]]
    sidecar = "\n".join(lines).replace("…", line)
    for role in ("heading", "caption", "protocol"):
        sidecar = sidecar.replace(f'{role} = ["{line}"]', f"{role} = []")
    sidecar = sidecar.replace(f'replace = "{line}"', 'replace = "馆长说，图书馆全年免费开放。"')
    (folder / "report.toml").write_text(sidecar, encoding="utf-8")
    (folder / "photo.jpg").write_bytes(jpeg())
    outcome = bulletin("-C", newsroom.root, "build")
    assert outcome.code == 0, outcome.out
    assert "馆长说" in (folder / "en.xlf").read_text(encoding="utf-8")


def test_init_a_second_time_leaves_everything_as_it_is(newsroom: Workspace) -> None:
    newsroom.settings_file.write_text("# mine\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in newsroom.root.rglob("*") if path.is_file()}
    outcome = bulletin("init", newsroom.root)
    assert outcome.code == 0
    assert "made" not in outcome.out
    assert {path: path.read_bytes() for path in newsroom.root.rglob("*") if path.is_file()} == before


def test_init_puts_no_first_report_beside_reports_that_are_there(workspace: Workspace) -> None:
    write_school(workspace)
    assert bulletin("init", workspace.root).code == 0
    assert [path.name for path in workspace.source.iterdir()] == ["school"]


# The doctor


def test_the_doctor_names_versions_fonts_models_and_the_workspace(newsroom: Workspace) -> None:
    outcome = bulletin("-C", newsroom.root, "doctor")
    assert outcome.code == 0
    assert lines_with(outcome.out, ["versions", "Bulletin Toolkit"])
    for library in ("ctranslate2", "reportlab", "uharfbuzz", "python-docx"):
        assert lines_with(outcome.out, ["versions", library])
    for script in ("latin", "han", "tibetan"):
        assert lines_with(outcome.out, ["fonts", f"{script}: "])
    assert lines_with(outcome.out, ["workspace", "1 reports, 0 terms, 0 memory units"])


def test_what_a_person_should_do_something_about_is_marked(newsroom: Workspace, packages_of_this_test: Path) -> None:
    marked = [line for line in bulletin("-C", newsroom.root, "doctor").out.splitlines() if line.startswith("! ")]
    assert len(marked) == 2
    assert all("No model for Chinese" in line for line in marked)
    install(packages_of_this_test, ENGLISH)
    install(packages_of_this_test, TIBETAN, "bo")
    out = bulletin("-C", newsroom.root, "doctor").out
    assert "! " not in out
    assert lines_with(out, ["models", "argos zh-en 1.0"])
    assert lines_with(out, ["models", "argos zh-bo 1.0"])


def test_a_broken_workspace_is_diagnosed_and_not_died_of(newsroom: Workspace) -> None:
    newsroom.settings_file.write_text("[fonts]\ntibetan = 'lost.ttf'\n", encoding="utf-8")
    (newsroom.glossaries / "terms.csv").write_text("colour\n", encoding="utf-8")
    outcome = bulletin("-C", newsroom.root, "doctor", "--json")
    assert outcome.code == 0
    bad = {one["area"]: one["what"] for one in outcome.data["diagnoses"] if not one["ok"]}
    assert "bulletin.toml:2:" in bad["fonts"]
    assert "terms.csv:1:" in bad["workspace"]
    assert {one["area"] for one in outcome.data["diagnoses"]} >= {"versions", "models"}


# Models


def test_a_package_is_installed_listed_used_and_removed(newsroom: Workspace, tmp_path: Path) -> None:
    package = write_package(tmp_path / "zh_en.argosmodel", ENGLISH)
    write_school(newsroom)
    assert "No package is installed" in bulletin("models", "list").err
    assert bulletin("models", "install", package).out == "Installed zh → en 1.0\n"
    (listed,) = bulletin("models", "list", "--json").data["packages"]
    assert (listed["from"], listed["to"], listed["version"]) == ("zh", "en", "1.0")
    assert Path(listed["folder"]).is_dir()
    assert "zh → en  1.0" in bulletin("models", "list").out
    assert bulletin("-C", newsroom.root, "build", "school", "--engine", "argos").code == 0
    assert bulletin("models", "remove", "zh", "en").out == "Removed zh → en 1.0\n"
    assert bulletin("models", "list", "--json").data["packages"] == []

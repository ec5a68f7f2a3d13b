"""Editions and themes are data: a press office writes its own, and what cannot be is told with its line."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.command import bulletin
from tests.conftest import write_report
from toolkit.bulletin.balance import with_balanced_widths
from toolkit.bulletin.editions import (
    EDITIONS,
    MM,
    PUBLISHING,
    SHIPPED,
    chosen,
    edition_as_data,
    edition_from_data,
    editions_of,
)
from toolkit.bulletin.model import Bulletin, Cell, Edition, Row, RowKind, Run
from toolkit.bulletin.themes import CLASSIC, theme_named
from toolkit.bulletin.themes import SHIPPED as THEMES
from toolkit.errors import SettingsError
from toolkit.fonts import bundled_fonts
from toolkit.languages import LANGUAGES
from toolkit.pdf import typeset_pdf
from toolkit.tomlfile import read_toml
from toolkit.workspace import Workspace

WALL = """\
[editions]
build = ["publishing", "wall"]

[editions.wall]
columns = ["zh", "bo"]
paper = "A3"
landscape = true
theme = "red-header"
margins = [20, 18, 25, 18]
gutter = 9
"""


def read(folder: Path, text: str) -> dict[str, Edition]:
    (folder / "bulletin.toml").write_text(text, encoding="utf-8")
    return editions_of(read_toml(folder / "bulletin.toml"), folder)


def test_an_edition_of_ones_own_says_only_what_it_wants(tmp_path: Path) -> None:
    wall = read(tmp_path, WALL)["wall"]
    assert wall.columns == ("zh", "bo") and wall.theme.name == "red-header"
    assert (wall.page_width, wall.page_height) == (1190.55, 841.89)
    assert (wall.margin_top, wall.margin_bottom) == (round(20 * MM, 2), round(25 * MM, 2))
    file = read_toml(tmp_path / "bulletin.toml")
    found = editions_of(file, tmp_path)
    assert [one.name for one in chosen(found, file)] == ["publishing", "wall"]
    assert [one.name for one in chosen(found, file, ("english",))] == ["english"]


def test_without_settings_the_two_known_editions_are_built(tmp_path: Path) -> None:
    file = read_toml(tmp_path / "none.toml")
    assert chosen(editions_of(file, tmp_path), file) == EDITIONS


def test_a_shipped_edition_can_be_changed(tmp_path: Path) -> None:
    changed = read(tmp_path, '[editions.publishing]\ntheme = "plain"\n')["publishing"]
    assert changed.theme.name == "plain" and changed.columns == PUBLISHING.columns
    assert (changed.page_width, changed.margin_left) == (PUBLISHING.page_width, PUBLISHING.margin_left)


def test_an_index_has_names_or_all_terms(tmp_path: Path) -> None:
    for written, expected in (("true", (True, False)), ('"all"', (True, True)), ("false", (False, False))):
        wall = read(tmp_path, WALL + f"index = {written}\n")["wall"]
        assert (wall.index, wall.indexes_all) == expected
    with pytest.raises(SettingsError, match="`index` has the wrong type"):
        read(tmp_path, WALL + 'index = "some"\n')


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        ("[editions.a]\n", "no right `columns`", 1),
        ('[editions.a]\ncolumns = ["zh", "zh"]\n', "no right `columns`", 1),
        ('[editions.a]\ncolumns = ["fr"]\n', "no right `columns`", 1),
        ('[editions."../a"]\ncolumns = ["zh"]\n', "no name for an edition", 1),
        ('[editions.a]\ncolumns = ["zh"]\npaper = "A9"\n', "not known", 3),
        ('[editions.a]\ncolumns = ["zh"]\npaper = [10]\n', "not 2 numbers", 3),
        ('[editions.a]\ncolumns = ["zh"]\ncolour = "red"\n', "does not know `editions.a.colour`", 3),
        ('[editions.a]\ncolumns = ["zh"]\ntheme = "pink"\n', "theme “pink” is not known", 3),
        ('[editions.a]\ncolumns = ["zh", "en", "bo"]\npaper = "A5"\nlandscape = false\n', "mm to a column", 1),
        ('[editions.a]\ncolumns = ["zh"]\nreading = "up"\n', "`reading` is not known", 3),
        ('[editions.a]\ncolumns = ["zh", "bo"]\ngutter = -50\n', "`gutter` is -50", 3),
        ('[editions.a]\ncolumns = ["zh", "bo"]\ngutter = nan\n', "`gutter` is nan", 3),
        ('[editions.a]\ncolumns = ["zh"]\npaper = [400, 900]\n', "900 mm long", 3),
    ],
)
def test_what_cannot_be_is_told_with_its_line(tmp_path: Path, text: str, problem: str, line: int) -> None:
    with pytest.raises(SettingsError, match=problem) as caught:
        read(tmp_path, text)
    assert caught.value.line == line and caught.value.remedy


def test_an_edition_survives_as_data_with_its_theme() -> None:
    for edition in SHIPPED:
        again = edition_from_data(json.loads(json.dumps(edition_as_data(edition))))
        assert edition_as_data(again) == edition_as_data(edition)
        assert again.columns == edition.columns and again.theme.styles == edition.theme.styles


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_keeps_its_hierarchy_in_every_language(name: str) -> None:
    theme = theme_named(name)
    for language in LANGUAGES:
        title, heading, text = (theme.style(kind, language).size for kind in ("title", "heading", "paragraph"))
        assert title > heading >= text > theme.style("note", language).size
        assert theme.style("heading", language).keep_with_next
        assert all(theme.style(kind, "bo").leading >= 1.86 * theme.style(kind, "bo").size for kind in theme.styles)


def test_a_theme_of_ones_own_extends_another(tmp_path: Path) -> None:
    folder = tmp_path / "themes"
    folder.mkdir()
    (folder / "ours.toml").write_text(
        'extends = "red-header"\n[palette]\naccent = "0050a0"\n[rows]\ntitle = { scale = 2.0, bo = { scale = 1.5 } }\n',
        encoding="utf-8",
    )
    ours = theme_named("ours", tmp_path)
    assert ours.palette.accent == "0050A0"
    assert ours.style("masthead", "zh").color == "0050A0"
    assert ours.style("title", "zh").size == 23.0 and ours.style("title", "bo").size == 16.5
    assert ours.ornaments.masthead_rule == "star"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[palette]\nink = "black"\n', "no colour"),
        ('[rows]\ntitle = { align = "middle" }\n', "`align` is not known"),
        ("[rows]\ntitel = { scale = 2.0 }\n", "does not know `rows.titel`"),
        ("[rows]\ntitle = { scale = 90.0 }\n", "would be"),
        ('[ornaments]\nmasthead_rule = "dragon"\n', "`masthead_rule` is not known"),
        ('[ornaments]\nrow_gap = "much"\n', "wrong type"),
        ('extends = "ours"\n', "extends “ours”"),
        ("[rows\n", "could not be read as TOML"),
        ("[base.bo]\nleading = nan\n", "`leading` is nan"),
        ("[base.zh]\nleading = -3\n", "`leading` is -3"),
        ("[base.en]\nindent = 900\n", "`indent` is 900"),
        ("[rows]\ntitle = { before = 5000 }\n", "`before` is 5000"),
        ("[rows]\ntitle = { en = { after = inf } }\n", "`after` is inf"),
        ("[rows]\ntitle = { bold = 1 }\n", "bold = true"),
        ("[rows]\ntitle = { align = 5 }\n", 'align = "left"'),
        ("[ornaments]\nrow_gap = -50\n", "`row_gap` is -50"),
    ],
)
def test_a_broken_theme_is_told_with_its_file(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "ours.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=problem) as caught:
        theme_named("ours", tmp_path)
    assert str(caught.value.path).endswith("ours.toml")


def test_balanced_columns_are_as_wide_as_their_text_needs() -> None:
    edition = Edition("a", ("zh", "bo"), (1.0, 1.0), 600, 800, 50, 50, 50, 50, 20, False, balanced=True)
    cells = (Cell("zh", (Run("会议" * 100, "zh"),)), Cell("bo", (Run("བོད་ཡིག་" * 120, "bo"),)))
    wide = with_balanced_widths(edition, [Row(RowKind.PARAGRAPH, cells)])
    assert wide.widths[1] > 1.5 * wide.widths[0] and abs(sum(wide.widths) - 1) < 0.01
    short = (cells[0], Cell("bo", (Run("བོད།", "bo"),)))
    assert min(with_balanced_widths(edition, [Row(RowKind.PARAGRAPH, short)]).widths) == 0.22


def test_the_build_makes_the_editions_that_are_asked_for_and_rebuilds_only_what_a_theme_touches(
    workspace: Workspace,
) -> None:
    write_report(workspace, "r", "图书馆开放\n今天图书馆开放。\n")
    workspace.settings_file.write_text(WALL, encoding="utf-8")
    outcome = bulletin("-C", workspace.root, "build")
    assert outcome.code == 0, outcome.err
    names = {path.name for path in (workspace.dist / "r").glob("*.pdf")}
    assert names == {"r-publishing.pdf", "r-wall.pdf"}
    before = {path.name: path.stat().st_mtime_ns for path in (workspace.dist / "r").iterdir()}
    workspace.settings_file.write_text(WALL.replace("red-header", "plain"), encoding="utf-8")
    assert bulletin("-C", workspace.root, "build").code == 0
    after = {path.name: path.stat().st_mtime_ns for path in (workspace.dist / "r").iterdir()}
    changed = {name for name in after if after[name] != before.get(name)}
    assert {"r-wall.pdf", "r-wall.docx"} <= changed
    assert not {"r-publishing.pdf", "r-publishing.docx"} & changed
    assert bulletin("-C", workspace.root, "build", "--edition", "english").code == 0
    assert (workspace.dist / "r" / "r-english.docx").is_file()
    assert bulletin("-C", workspace.root, "build", "--edition", "moon").code == 2


def test_every_shipped_edition_in_every_theme_is_typeset() -> None:
    texts = {"zh": "会议在合作市召开。", "en": "The meeting took place in Hezuo.", "bo": "ཚོགས་འདུ་གཙོས་གྲོང་ཁྱེར་དུ་འཚོགས།"}
    for edition, name in itertools.product(SHIPPED, THEMES):
        cells = tuple(Cell(one, (Run(texts[one], one),)) for one in edition.columns)
        rows = tuple(Row(kind, cells) for kind in (RowKind.MASTHEAD, RowKind.TITLE, RowKind.HEADING, RowKind.PARAGRAPH))
        themed = replace(edition, theme=theme_named(name))
        made = Bulletin("a", themed, "t", "", "", (), cells, rows[:2], None, rows[2:], (), (), ())
        assert typeset_pdf(made, bundled_fonts()).startswith(b"%PDF-1.7")
    assert CLASSIC.ornaments.column_rules

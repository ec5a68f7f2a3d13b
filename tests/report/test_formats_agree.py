"""One report in four formats is one report."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest

from tests.report.word_files import by_libreoffice, p, r, style, word_file
from toolkit.errors import SettingsError, SourceError
from toolkit.report import Report, Role, read_report

GANNAN = Path(__file__).parents[2] / "source" / "gannan-2023"


@pytest.fixture
def lines() -> list[str]:
    return [line for line in (GANNAN / "report.txt").read_text(encoding="utf-8").splitlines() if line.strip()]


def folder_of(tmp_path: Path, sidecar: str | None = None) -> Path:
    folder = tmp_path / "gannan"
    folder.mkdir()
    if sidecar is None:
        shutil.copy(GANNAN / "report.toml", folder / "report.toml")
    else:
        (folder / "report.toml").write_text(sidecar, encoding="utf-8")
    return folder


def write(path: Path, lines: list[str]) -> None:
    """The lines as a report in the format of `path`, its first line a title."""
    first, *rest = lines
    if path.suffix == ".docx":
        document = docx.Document()
        document.add_heading(first, 0)
        for line in rest:
            document.add_paragraph(line)
        document.save(str(path))
    elif path.suffix == ".md":
        path.write_text(f"# {first}\n\n" + "\n\n".join(rest) + "\n", encoding="utf-8")
    else:
        page = f"<meta charset=gbk><h1>{first}</h1>" + "".join(f"<p>{line}</p>\n" for line in rest)
        path.write_text(page, encoding="gb18030")


@pytest.mark.parametrize("suffix", [".docx", ".md", ".html", ".htm"])
def test_the_real_report_is_the_same_in_every_format(
    tmp_path: Path, lines: list[str], gannan: Report, suffix: str
) -> None:
    folder = folder_of(tmp_path)
    write(folder / f"report{suffix}", lines)
    report = read_report(folder)
    assert [block.text for block in report.blocks] == [block.text for block in gannan.blocks]
    assert [block.role for block in report.blocks] == [block.role for block in gannan.blocks]
    assert report.segments == gannan.segments
    assert [(one.before, one.after) for one in report.corrections] == [
        (one.before, one.after) for one in gannan.corrections
    ]
    assert report.path == folder / f"report{suffix}"


def test_the_real_report_that_went_through_libreoffice_is_the_same(
    tmp_path: Path, lines: list[str], gannan: Report
) -> None:
    folder = folder_of(tmp_path)
    plain = tmp_path / "plain.docx"
    write(plain, lines)
    shutil.copy(by_libreoffice(by_libreoffice(plain, "odt"), "docx"), folder / "report.docx")
    assert read_report(folder).segments == gannan.segments


STYLES = style("T", "Title") + style("1", "heading 1") + style("c", "caption")
ITEM = '<w:numPr><w:numId w:val="1"/></w:numPr>'


def test_the_file_gives_the_roles_and_report_toml_has_the_last_word(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, '[roles]\nkicker = ["短行"]\nheading = ["第一项"]\n')
    body = p("题目", style="T") + p("短行") + p("一节", style="1") + p("正文。") + p("又一短行")
    body += p("第一项", properties=ITEM) + p("第二项。还有。", properties=ITEM) + p("图注", style="c")
    word_file(folder / "report.docx", body, styles=STYLES)
    report = read_report(folder)
    assert [block.role for block in report.blocks] == [
        Role.TITLE,
        Role.KICKER,
        Role.HEADING,
        Role.PARAGRAPH,
        Role.PARAGRAPH,
        Role.HEADING,
        Role.ITEM,
        Role.CAPTION,
    ]
    assert not any(block.guessed for block in report.blocks)
    assert [segment.text for segment in report.blocks[6].segments] == ["第二项。", "还有。"]


def test_new_roles_may_stand_in_report_toml(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, '[roles]\nitem = ["甲。"]\ncell = ["乙。"]\nfootnote = ["丙。"]\n')
    (folder / "report.txt").write_text("题\n甲。\n乙。\n丙。\n", encoding="utf-8")
    assert [block.role for block in read_report(folder).blocks][1:] == [Role.ITEM, Role.CELL, Role.FOOTNOTE]


def test_a_word_file_without_any_style_is_guessed_at_like_a_text(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "")
    word_file(folder / "report.docx", p("题目") + p("第一节") + p("正文一句。"))
    blocks = read_report(folder).blocks
    assert [(block.role, block.guessed) for block in blocks] == [
        (Role.TITLE, True),
        (Role.HEADING, True),
        (Role.PARAGRAPH, True),
    ]


def test_codes_survive_sentence_splitting_punctuation_and_corrections(tmp_path: Path) -> None:
    sidecar = '[[corrections]]\nfind = "五省交界,强调"\nreplace = "五省区交界,强调"\nnote = "五省区"\n'
    folder = folder_of(tmp_path, sidecar)
    bold = "<w:b/>"
    body = p("题目", style="T") + p(r("会议在五省交界,") + r("强调团结。要认真", bold) + r("落实。完。"))
    word_file(folder / "report.docx", body, styles=STYLES)
    segments = read_report(folder).blocks[1].segments
    assert [segment.source.spans() for segment in segments] == [
        (("会议在五省区交界，", frozenset()), ("强调团结。", frozenset({"bold"}))),
        (("要认真", frozenset({"bold"})), ("落实。", frozenset())),
        (("完。", frozenset()),),
    ]
    assert [code.id for segment in segments for code in segment.source.codes] == ["1", "1", "1", "1"]


def test_a_headline_that_is_bold_from_end_to_end_has_no_codes(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "")
    body = p(r("题目", "<w:b/>"), style="T") + p(r("一节", "<w:b/>") + r("斜", "<w:b/><w:i/>"), style="1") + p("文。")
    word_file(folder / "report.docx", body, styles=STYLES)
    title, heading, _ = read_report(folder).blocks
    assert title.segments[0].source.codes == ()
    assert {code.ctype for code in heading.segments[0].source.codes} == {"italic"}


def test_a_caption_block_names_its_picture(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "")
    (folder / "report.md").write_text("# 题目\n\n![会议现场](img/1.jpg)\n\n正文。\n", encoding="utf-8")
    assert [(block.role, block.picture) for block in read_report(folder).blocks][1:] == [
        (Role.CAPTION, "img/1.jpg"),
        (Role.PARAGRAPH, ""),
    ]


def test_two_reports_in_one_folder_are_an_error_that_names_both(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "")
    for name in ("report.txt", "report.md"):
        (folder / name).write_text("题目\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"holds report\.txt and report\.md"):
        read_report(folder)


def test_a_folder_without_a_report_says_what_is_there_instead(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "")
    (folder / "report.doc").write_bytes(b"x")
    with pytest.raises(SourceError, match=r"there is no report, only report\.doc.*report\.docx"):
        read_report(folder)


def test_a_gbk_report_is_read_once_report_toml_says_so_and_a_false_name_is_a_fault(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 'encoding = "GBK"\n')
    (folder / "report.txt").write_text("甘南题目\n\n一句话。\n", encoding="gb18030")
    assert read_report(folder).title == "甘南题目"
    (folder / "report.toml").write_text('event_date = 2023-08-08\nencoding = "klingon"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"report\.toml:2: `encoding` is “klingon”, which is not known"):
        read_report(folder)


def test_a_role_that_fits_nothing_names_the_file_of_the_report(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, '[roles]\nheading = ["没有"]\n')
    (folder / "report.md").write_text("# 题目\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"as it stands in report\.md"):
        read_report(folder)

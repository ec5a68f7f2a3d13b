"""Links of a report are read from every format, stand beside its text and change none of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.word_files import p, part, r, word_file
from toolkit.quality import check_report
from toolkit.report import Report, read_report
from toolkit.report.formats import read_blocks
from toolkit.report.links import Link, address_of, bare_links

SITE = "https://example.org/a?b=1"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="x" Type="{_TYPE}" Target="{SITE}" TargetMode="External"/></Relationships>'
).encode()


def field_of(address: str, inner: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    said = (
        f"<w:r><w:instrText>HYPER</w:instrText></w:r><w:r><w:instrText>LINK &quot;{address}&quot;</w:instrText></w:r>"
    )
    return char("begin") + said + char("separate") + inner + char("end")


def read_from(folder: Path, suffix: str) -> Report:
    """A title, and a paragraph of two sentences: 详见, a link over three characters, the second of them bold."""
    path = folder / f"report{suffix}"
    bold = r("览", "<w:b/>")
    match suffix:
        case ".docx":
            link = f'<w:hyperlink r:id="x">{r("展")}{bold}{r("馆")}</w:hyperlink>'
            more = {"word/_rels/document.xml.rels": RELATIONS}
            word_file(path, p("图书馆开放") + p(r("今天开放。详见") + link + r("。")), more=more)
        case ".md":
            path.write_text(f"# 图书馆开放\n\n今天开放。详见[展**览**馆]({SITE})。\n", encoding="utf-8")
        case _:
            page = f'<meta charset=utf-8><h1>图书馆开放</h1><p>今天开放。详见<a href="{SITE}">展<b>览</b>馆</a>。</p>'
            path.write_text(page, encoding="utf-8")
    return read_report(folder)


@pytest.mark.parametrize("suffix", [".docx", ".md", ".html"])
def test_words_that_lead_somewhere_are_known_in_every_format(tmp_path: Path, suffix: str) -> None:
    report = read_from(tmp_path, suffix)
    assert [(one.text, one.links) for one in report.segments[1:]] == [
        ("今天开放。", ()),
        ("详见展览馆。", (Link(2, 5, SITE),)),
    ]
    assert [(code.kind, code.ctype) for code in report.segments[2].source.codes] == [
        ("open", "bold"),
        ("close", "bold"),
    ]


@pytest.mark.parametrize("suffix", [".docx", ".md", ".html"])
def test_a_sentence_with_a_link_is_the_sentence_without_it(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "a").mkdir()
    linked = read_from(tmp_path / "a", suffix)
    (tmp_path / "b").mkdir()
    plain = tmp_path / "b" / "report.md"
    plain.write_text("# 图书馆开放\n\n今天开放。详见展**览**馆。\n", encoding="utf-8")
    without = read_report(tmp_path / "b")
    assert [(one.id, one.source) for one in linked.segments] == [(one.id, one.source) for one in without.segments]
    codes = [code.ctype for block in read_blocks(linked.path) for code in block.text.codes]
    assert codes == ["bold", "bold"]  # whoever aligns or brings in a translation sees no link


def test_the_field_of_a_word_file_is_a_link_and_one_inside_the_file_is_none(tmp_path: Path) -> None:
    inside = '<w:hyperlink w:anchor="top">' + r("上文") + "</w:hyperlink>"
    simple = f'<w:fldSimple w:instr=" HYPERLINK &quot;mailto:a@b.cn&quot; ">{r("信箱")}</w:fldSimple>'
    body = p("题") + p(r("见") + field_of(SITE, r("网站")) + r("、") + simple + r("和") + inside + r("。"))
    word_file(tmp_path / "report.docx", body)
    (segment,) = read_report(tmp_path).segments[1:]
    assert segment.text == "见网站、信箱和上文。"
    assert segment.links == (Link(1, 3, SITE), Link(4, 6, "mailto:a@b.cn"))


def test_a_note_has_links_of_its_own(tmp_path: Path) -> None:
    note = f'<w:footnote w:id="2"><w:p><w:hyperlink r:id="x">{r("来源")}</w:hyperlink></w:p></w:footnote>'
    word_file(
        tmp_path / "report.docx",
        p("题") + p(r("开放。") + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        footnotes=note,
        more={"word/_rels/footnotes.xml.rels": RELATIONS},
    )
    assert read_report(tmp_path).segments[-1].links == (Link(0, 2, SITE),)
    assert part("x", "")


def test_a_link_keeps_its_words_through_a_correction_and_over_sentences(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text(f"# 题\n\n图书管[开放了。快来]({SITE})吧。\n", encoding="utf-8")
    sidecar = '[[corrections]]\nfind = "图书管开"\nreplace = "省图书馆开"\n'
    (tmp_path / "report.toml").write_text(sidecar, encoding="utf-8")
    first, second = read_report(tmp_path).segments[1:]
    assert (first.text, first.links) == ("省图书馆开放了。", (Link(4, 8, SITE),))
    assert (second.text, second.links) == ("快来吧。", (Link(0, 2, SITE),))


def test_what_leads_elsewhere_is_left_out_with_a_note(tmp_path: Path) -> None:
    page = '<meta charset=utf-8><h1>题</h1><p>见<a href="file:///etc/passwd">名单</a>和<a href="#n">注</a>。</p>'
    (tmp_path / "report.html").write_text(page, encoding="utf-8")
    report = read_report(tmp_path)
    assert report.segments[1].links == () and report.segments[1].text == "见名单和注。"
    (finding,) = (one for one in check_report(report) if one.check == "link-dropped")
    assert "file:///etc/passwd" in finding.reason and finding.segment_id == report.segments[1].id


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("HTTPS://example.org", "HTTPS://example.org"),
        ("mailto:a@b.cn", "mailto:a@b.cn"),
        ("java\nscript:alert(1)", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org/x", ""),
        ("news/1.html", ""),
        ("http://", ""),
        ("http://[", ""),
    ],
)
def test_a_link_leads_to_pages_and_mail_alone(written: str, address: str) -> None:
    assert address_of(written) == address


def test_an_address_in_a_text_ends_where_its_sentence_does() -> None:
    text = "见https://a.cn/x（又http://b.cn/y_(z)）。See (https://c.org/d), www.e.org."
    found = [text[one.start : one.end] for one in bare_links(text)]
    assert found == ["https://a.cn/x", "http://b.cn/y_(z)", "https://c.org/d"]

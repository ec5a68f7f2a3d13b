"""What programs write into Word files, and what a reader sees of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.word_files import STRICT, W, marked, p, part, r, read, relations, style, told, word_file
from toolkit.errors import SourceError
from toolkit.report.formats import RawKind, read_blocks, read_paragraphs

TITLE, HEADING, PARAGRAPH, ITEM = RawKind.TITLE, RawKind.HEADING, RawKind.PARAGRAPH, RawKind.ITEM
CELL, FOOTNOTE, CAPTION = RawKind.CELL, RawKind.FOOTNOTE, RawKind.CAPTION

INLINE_PICTURE = (
    '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><a:blip r:embed="rIdimage"/></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)
OUTLINE = '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
LISTED = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'


def kinds(
    tmp_path: Path, body: str, *, styles: str = "", footnotes: str = "", endnotes: str = ""
) -> list[tuple[RawKind, str]]:
    return told(read(word_file(tmp_path / "a.docx", body, styles=styles, footnotes=footnotes, endnotes=endnotes)))


@pytest.mark.parametrize(
    ("style_id", "name", "inner"),
    [
        ("1", "heading 1", OUTLINE),  # Word in Chinese
        ("Heading1", "heading 1", ""),  # Word in English, LibreOffice, Google Docs
        ("2", "heading 1", ""),  # WPS
        ("berschrift1", "Überschrift 1", OUTLINE),  # a template in another language
        ("a5", "标题 1", ""),  # a converter that took the name on the screen
        ("Chapter", "公文一级标题", OUTLINE),  # a style of their own
    ],
)
def test_a_heading_is_known_by_its_style_name_or_its_outline_level(
    tmp_path: Path, style_id: str, name: str, inner: str
) -> None:
    body = p("第一段。") + p("第二段。") + p("第三段。") + p("会议召开", style=style_id)
    (*_, last) = kinds(tmp_path, body, styles=style(style_id, name, inner))
    assert last == (HEADING, "会议召开")


def test_a_heading_without_any_styles_is_known_by_its_id_or_its_own_outline_level(tmp_path: Path) -> None:
    body = p("正文。") * 3 + p("甲", style="Heading2") + p("乙", properties='<w:outlineLvl w:val="2"/>')
    blocks = read(word_file(tmp_path / "a.docx", body))
    assert [(block.kind, block.level) for block in blocks[3:]] == [(HEADING, 2), (HEADING, 3)]


def test_a_style_takes_over_from_the_one_it_is_based_on_and_may_take_back(tmp_path: Path) -> None:
    styles = (
        style("H", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
        + style("Mine", "栏目", based_on="H")
        + style("Body", "正文引", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', based_on="H")
    )
    body = p("题", style="H") + p("栏", style="Mine") + p("文", style="Body")
    assert [kind for kind, _ in kinds(tmp_path, body, styles=styles)] == [HEADING, HEADING, PARAGRAPH]


def test_styles_that_are_based_on_each_other_in_a_ring_are_read(tmp_path: Path) -> None:
    styles = style("A", "甲", based_on="B") + style("B", "乙", based_on="A")
    assert kinds(tmp_path, p("文字", style="A"), styles=styles) == [(PARAGRAPH, "文字")]


def test_the_style_title_is_the_title_and_else_a_first_heading_alone_on_its_level(tmp_path: Path) -> None:
    with_style = p("大标题", style="a3") + p("章", style="1") + p("文。")
    assert kinds(tmp_path, with_style, styles=style("a3", "Title") + style("1", "heading 1"))[:2] == [
        (TITLE, "大标题"),
        (HEADING, "章"),
    ]
    without = p("大标题", style="1") + p("文。") + p("节", style="2")
    assert [kind for kind, _ in kinds(tmp_path, without, styles=style("1", "heading 1") + style("2", "heading 2"))] == [
        TITLE,
        PARAGRAPH,
        HEADING,
    ]


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = (
        f"<w:sdt>{gallery}<w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>" + p("第一章\t1", style="10") + p("正文。")
    )
    assert kinds(tmp_path, body, styles=style("10", "toc 1")) == [(PARAGRAPH, "正文。")]


def test_list_items_have_a_level_and_a_typed_number_stays(tmp_path: Path) -> None:
    styles = style("List", "List Bullet", '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>')
    body = (
        p("一级", properties=LISTED.format(0))
        + p("二级", properties=LISTED.format(1))
        + p("按样式", style="List")
        + p("不再是", style="List", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("1. 手写的")
    )
    blocks = read(word_file(tmp_path / "a.docx", body, styles=styles))
    assert [(block.kind, block.level) for block in blocks] == [
        (ITEM, 0),
        (ITEM, 1),
        (ITEM, 0),
        (PARAGRAPH, 0),
        (PARAGRAPH, 0),
    ]
    assert blocks[-1].text.text == "1. 手写的"


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def test_cells_come_row_by_row_and_merged_cells_once(tmp_path: Path) -> None:
    restart, covered, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    table = (
        "<w:tbl>"
        f"<w:tr>{cell(p('地区'), restart)}{cell(p('2023年'), wide)}</w:tr>"
        f"<w:tr>{cell(p('看不见'), covered)}{cell(p('上半年'))}{cell(p('下半年') + p('（预计）'))}</w:tr>"
        "</w:tbl>"
    )
    assert kinds(tmp_path, p("表前。") + table + p("表后。")) == [
        (PARAGRAPH, "表前。"),
        (CELL, "地区"),
        (CELL, "2023年"),
        (CELL, "上半年"),
        (CELL, "下半年"),
        (CELL, "（预计）"),
        (PARAGRAPH, "表后。"),
    ]


def test_a_table_inside_a_cell_is_read_in_its_place_and_a_frame_of_one_cell_is_no_table(tmp_path: Path) -> None:
    inner = f"<w:tbl><w:tr>{cell(p('内一'))}{cell(p('内二'))}</w:tr></w:tbl>"
    nested = f"<w:tbl><w:tr>{cell(p('外前') + inner + p('外后'))}{cell(p('右'))}</w:tr></w:tbl>"
    assert [text for _, text in kinds(tmp_path, nested)] == ["外前", "内一", "内二", "外后", "右"]
    frame = f"<w:tbl><w:tr>{cell(p('框里的题', style='Heading1') + p('框里的话。'))}</w:tr></w:tbl>"
    assert kinds(tmp_path, p("一。") * 3 + frame)[3:] == [(HEADING, "框里的题"), (PARAGRAPH, "框里的话。")]


def test_notes_follow_the_paragraph_that_refers_to_them(tmp_path: Path) -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{r(" 脚注一。")}</w:p>{p("又一段。")}</w:footnote>'
    )
    body = p(r("正文") + reference + r("还有") + end + r("。")) + p("下一段。")
    found = kinds(tmp_path, body, footnotes=notes, endnotes=f'<w:endnote w:id="2">{p("尾注。")}</w:endnote>')
    assert found == [
        (PARAGRAPH, "正文还有。"),
        (FOOTNOTE, "脚注一。"),
        (FOOTNOTE, "又一段。"),
        (FOOTNOTE, "尾注。"),
        (PARAGRAPH, "下一段。"),
    ]


def test_a_caption_knows_its_picture_by_style_or_by_standing_right_after_it(tmp_path: Path) -> None:
    styles = style("a4", "caption")
    body = p(INLINE_PICTURE) + p("图1 联席会议现场", style="a4") + p("正文。") + p(INLINE_PICTURE) + p("会议合影")
    blocks = read(word_file(tmp_path / "a.docx", body, styles=styles))
    assert told(blocks) == [(CAPTION, "图1 联席会议现场"), (PARAGRAPH, "正文。"), (CAPTION, "会议合影")]
    assert [block.picture for block in blocks] == ["word/media/image1.png", "", "word/media/image1.png"]


def test_a_sentence_after_a_picture_is_no_caption_but_one_with_the_photographers_name_is(tmp_path: Path) -> None:
    body = p(INLINE_PICTURE) + p("会议指出，要共同发展。") + p(INLINE_PICTURE) + p("图为会议现场。 赵小春摄")
    assert [kind for kind, _ in kinds(tmp_path, body)] == [PARAGRAPH, CAPTION]


def test_a_caption_may_stand_in_the_paragraph_of_its_picture_or_before_it(tmp_path: Path) -> None:
    body = p(INLINE_PICTURE + r("会议现场")) + p("正文。") + p("图2 合影", style="a4") + p(INLINE_PICTURE) + p("完。")
    blocks = read(word_file(tmp_path / "a.docx", body, styles=style("a4", "caption")))
    assert [(block.kind, bool(block.picture)) for block in blocks] == [
        (CAPTION, True),
        (PARAGRAPH, False),
        (CAPTION, True),
        (PARAGRAPH, False),
    ]


def test_a_picture_that_floats_beside_a_paragraph_does_not_make_it_a_caption(tmp_path: Path) -> None:
    floating = INLINE_PICTURE.replace("wp:inline", "wp:anchor")
    assert kinds(tmp_path, p(floating + r("各位代表")) + p("同志们，大家好。")) == [
        (PARAGRAPH, "各位代表"),
        (PARAGRAPH, "同志们，大家好。"),
    ]


def test_tracked_changes_read_as_accepted(tmp_path: Path) -> None:
    who = 'w:id="1" w:author="赵" w:date="2023-08-08T00:00:00Z"'
    body = p(
        r("会议")
        + f"<w:ins {who}>{r('隆重')}</w:ins>"
        + f"<w:del {who}><w:r><w:delText>简单</w:delText></w:r></w:del>"
        + r("召开")
        + f"<w:moveFrom {who}>{r('搬走的')}</w:moveFrom><w:moveTo {who}>{r('搬来的')}</w:moveTo>"
        + f"<w:ins {who}><w:del {who}><w:r><w:delText>加了又删</w:delText></w:r></w:del></w:ins>"
        + r("。")
    )
    assert kinds(tmp_path, body) == [(PARAGRAPH, "会议隆重召开搬来的。")]


def test_a_deleted_paragraph_mark_joins_two_paragraphs_and_a_deleted_row_is_gone(tmp_path: Path) -> None:
    who = 'w:id="1" w:author="赵" w:date="2023-08-08T00:00:00Z"'
    gone = f"<w:rPr><w:del {who}/></w:rPr>"
    body = (
        p("前半句，", properties=gone)
        + p("后半句。")
        + p(f"<w:del {who}><w:r><w:delText>全删</w:delText></w:r></w:del>", properties=gone)
    )
    table = (
        f"<w:tbl><w:tr><w:trPr><w:del {who}/></w:trPr>{cell(p('删行'))}</w:tr>"
        f"<w:tr>{cell(p('甲'))}{cell(p('乙'))}{cell(p('删格'), f'<w:cellDel {who}/>')}</w:tr></w:tbl>"
    )
    assert kinds(tmp_path, body + table + p("末段，", properties=gone)) == [
        (PARAGRAPH, "前半句，后半句。"),
        (CELL, "甲"),
        (CELL, "乙"),
        (PARAGRAPH, "末段，"),
    ]


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('框中文字')}</w:txbxContent>"
    shape = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><wps:wsp><wps:txbx>'
        f"{box}</wps:txbx></wps:wsp></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:shape><v:textbox>{box.replace('框中', '旧框')}</v:textbox></v:shape></w:pict></w:r>"
    assert [text for _, text in kinds(tmp_path, p(r("正文。") + shape + old))] == ["正文。", "框中文字", "旧框文字"]


def m(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_of_a_field_the_result_is_read_and_not_the_instruction(tmp_path: Path) -> None:
    instruction = "<w:r><w:instrText>SEQ 图 \\* ARABIC</w:instrText></w:r>"
    nested = (
        char("begin")
        + r("IF ")
        + char("begin")
        + r("X")
        + char("separate")
        + r("看不见")
        + char("end")
        + char("separate")
    )
    body = (
        p(r("图") + char("begin") + instruction + char("separate") + r("3") + char("end") + r(" 现场"))
        + p(nested + r("是") + char("end"))
        + p(f'<w:fldSimple w:instr="PAGE">{r("12")}</w:fldSimple>')
        + p(f'<w:hyperlink r:id="x">{r("链接")}</w:hyperlink>')
    )
    assert [text for _, text in kinds(tmp_path, body)] == ["图3 现场", "是", "12", "链接"]


def test_a_field_that_never_ends_does_not_swallow_the_document(tmp_path: Path) -> None:
    assert [text for _, text in kinds(tmp_path, p(char("begin") + r("PAGE")) + p("下一段。"))] == ["下一段。"]


def test_a_field_may_run_over_several_paragraphs(tmp_path: Path) -> None:
    body = p(char("begin") + char("separate") + r("甲")) + p("乙") + p(r("丙") + char("end")) + p("丁")
    assert [text for _, text in kinds(tmp_path, body)] == ["甲", "乙", "丙", "丁"]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (r("第一行") + "<w:r><w:br/></w:r>" + r("第二行"), ["第一行第二行"]),
        (r("line one") + "<w:r><w:br/></w:r>" + r("line two"), ["line one line two"]),
        (r("བཀྲ་ཤིས་") + "<w:r><w:br/></w:r>" + r("བདེ་ལེགས།"), ["བཀྲ་ཤིས་བདེ་ལེགས།"]),
        (r("一段") + "<w:r><w:br/><w:br/></w:r>" + r("另一段"), ["一段", "另一段"]),
        (r("一段") + "<w:r><w:br/></w:r>" + r("　　另一段"), ["一段", "另一段"]),
        (r("上页") + '<w:r><w:br w:type="page"/></w:r>' + r("下页"), ["上页", "下页"]),
        (r("甲") + "<w:r><w:tab/></w:r>" + r("乙"), ["甲 乙"]),
        (r("0941") + "<w:r><w:noBreakHyphen/></w:r>" + r("8213"), ["0941-8213"]),
        (r("软") + "<w:r><w:softHyphen/></w:r>" + r("连"), ["软连"]),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + r("完成"), ["✓完成"]),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B1"/></w:r>' + r("5"), ["±5"]),
        ('<w:r><w:sym w:font="宋体" w:char="2460"/></w:r>' + r("项"), ["①项"]),
        (r("10 km") + r("2", '<w:vertAlign w:val="superscript"/>'), ["10 km²"]),
        (r("看得见") + r("看不见", "<w:vanish/>"), ["看得见"]),
        (f"<w:r><w:ruby><w:rt>{r('gān')}</w:rt><w:rubyBase>{r('甘')}</w:rubyBase></w:ruby></w:r>" + r("南"), ["甘南"]),
        (r("批注") + '<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>', ["批注"]),
        (f"<w:smartTag>{r('合作')}</w:smartTag><w:sdt><w:sdtContent>{r('市')}</w:sdtContent></w:sdt>", ["合作市"]),
        (f"<m:oMath><m:sSup><m:e>{m('x')}</m:e><m:sup>{m('2')}</m:sup></m:sSup></m:oMath>", ["x²"]),
        (f"<m:oMath><m:f><m:num>{m('1')}</m:num><m:den>{m('3')}</m:den></m:f></m:oMath>", ["1/3"]),
        (r("\u2028".join(["一", "二"])), ["一二"]),
    ],
)  # fmt: skip
def test_every_way_to_write_a_character_is_read(tmp_path: Path, inner: str, text: list[str]) -> None:
    assert [found for _, found in kinds(tmp_path, p(inner))] == text


def test_text_of_a_hint_to_click_here_is_not_read(tmp_path: Path) -> None:
    hint = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处输入文字')}</w:sdtContent></w:sdt>"
    assert kinds(tmp_path, p(r("日期：") + hint)) == [(PARAGRAPH, "日期：")]


def test_bold_and_italic_survive_and_neighbouring_runs_are_one(tmp_path: Path) -> None:
    styles = style("Strong", "Strong", "<w:rPr><w:b/></w:rPr>", kind="character")
    body = p(
        r("普通")
        + r("粗", "<w:b/>")
        + r("体", '<w:b w:val="true"/>')
        + r("又粗又斜", "<w:b/><w:i/>")
        + r("斜", '<w:i/><w:b w:val="0"/>')
        + r("按样式", '<w:rStyle w:val="Strong"/>')
        + r("不粗", '<w:rStyle w:val="Strong"/><w:b w:val="0"/>')
    )
    (block,) = read(word_file(tmp_path / "a.docx", body, styles=styles))
    assert marked(block) == ("普通<bold>粗体<italic>又粗又斜</italic></bold><italic>斜</italic><bold>按样式</bold>不粗")


def test_headers_footers_and_comments_are_left_out(tmp_path: Path) -> None:
    more = {"word/header1.xml": part("hdr", p("页眉")), "word/comments.xml": part("comments", p("批注"))}
    path = word_file(tmp_path / "a.docx", p("正文。") + "<w:sectPr/>", more=more)
    assert told(read(path)) == [(PARAGRAPH, "正文。")]


def test_the_line_of_a_block_is_the_number_of_its_paragraph_empty_ones_counted(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx", p("一") + p("") + p("二") + f"<w:tbl><w:tr>{cell(p('三'))}</w:tr></w:tbl>")
    assert [block.line for block in read(path)] == [1, 3, 4]


def test_a_file_in_the_strict_form_and_one_with_its_text_elsewhere_are_read(tmp_path: Path) -> None:
    strict = word_file(
        tmp_path / "strict.docx",
        p("题目", style="1") + p("正文。"),
        styles=style("1", "heading 1"),
        namespace=STRICT,
    )
    assert told(read(strict)) == [(TITLE, "题目"), (PARAGRAPH, "正文。")]
    moved = word_file(
        tmp_path / "moved.docx",
        p("旧的"),
        more={
            "_rels/.rels": relations({"rId1": ("officeDocument", "/word/document2.xml")}),
            "word/document2.xml": part("document", f"<w:body>{p('新的')}</w:body>", W),
        },
    )
    assert [block.text.text for block in read(moved)] == ["新的"]


def test_a_piece_of_another_file_is_refused_and_not_lost_without_a_word(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a piece of another file"):
        kinds(tmp_path, p("正文。") + '<w:altChunk r:id="x"/>')


def test_a_translation_in_any_language_is_read_as_paragraphs(tmp_path: Path) -> None:
    texts = ("Joint Meeting Held in Gannan", "The meeting was held in Hezuo.", "ཀན་ལྷོ་ཁུལ་དུ་ཚོགས་འདུ་འཚོགས།")
    path = word_file(tmp_path / "en.docx", "".join(map(p, texts)))
    assert read_paragraphs(path) == texts


def test_a_word_file_without_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="has no text"):
        read_blocks(word_file(tmp_path / "a.docx", p("")))

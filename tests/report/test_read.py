"""Reading a report: what a file may look like, and what comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import SettingsError, SourceError
from toolkit.report import Report, Role, read_report
from toolkit.report.punctuation import mend_punctuation
from toolkit.report.sentences import split_sentences

SHARED = Path(__file__).parents[3] / "shared"


def folder_with(tmp_path: Path, data: bytes | str, sidecar: str = "") -> Path:
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "report.txt").write_bytes(data.encode() if isinstance(data, str) else data)
    if sidecar:
        (folder / "report.toml").write_text(sidecar, encoding="utf-8")
    return folder


def test_the_source_of_the_real_report_is_byte_for_byte_what_came_in(gannan: Report) -> None:
    original = SHARED / "reports" / "gannan-2023.zh.txt"
    if not original.exists():
        pytest.skip("../shared is absent: the original to compare with is not here")
    assert gannan.path.read_bytes() == original.read_bytes()


def test_nothing_of_the_real_report_is_lost_but_collapsed_repeats(gannan: Report) -> None:
    kept = "".join(block.text for block in gannan.blocks)
    corrected = mend_punctuation(gannan.path.read_text(encoding="utf-8"))
    for correction in gannan.corrections:
        corrected = corrected.replace(correction.before, correction.after)
    missing = [line for line in corrected.splitlines() if line.strip() and line.strip() not in kept]
    assert missing == [
        next(line for line in corrected.splitlines() if line.startswith("共叙交融情谊"))
    ]  # its tail is the title
    assert "共叙交融情谊　共商发展良策　共话团结进步　共谋美好未来——" in kept


def test_half_width_punctuation_of_the_real_report_becomes_full_width(gannan: Report) -> None:
    text = "".join(block.text for block in gannan.blocks)
    assert not set(",:;!?()") & set(text)
    assert "甘南讯（赵小春报道）" in text


def test_every_correction_of_the_real_report_is_applied_and_told(gannan: Report) -> None:
    text = "".join(block.text for block in gannan.blocks)
    assert "在甘南州合作市隆重召开" in text
    assert "州长主持会议杨武" not in text
    assert "五省交界" not in text
    assert [text.count(f"{number}是共同打造") for number in "一二三四"] == [1, 1, 1, 1]
    assert len(gannan.corrections) == 7


def test_repeated_captions_collapse_and_are_counted(gannan: Report) -> None:
    repeats = {block.text: block.repeats for block in gannan.blocks if block.repeats > 1}
    assert repeats == {"联席会议现场": 2, "甘青川滇藏交界地区州（市）长分别进行交流发言": 5}


def test_a_list_of_officials_is_one_segment_across_full_stops(gannan: Report) -> None:
    (protocol,) = [block for block in gannan.blocks if block.role is Role.PROTOCOL]
    assert len(protocol.segments) == 1
    assert protocol.text.count("。") == 3
    assert protocol.text.startswith("昌都市委副书记") and protocol.text.endswith("王国军出席会议。")


def test_a_dateline_is_a_segment_of_its_own(gannan: Report) -> None:
    assert "中国甘肃在线甘南讯（赵小春报道）" in {segment.text for segment in gannan.segments}


def test_segment_ids_survive_an_edit_elsewhere(tmp_path: Path) -> None:
    before = read_report(folder_with(tmp_path, "标题\n\n第一句。第二句。第三句。\n"))
    (tmp_path / "report" / "report.txt").write_text(
        "标题\n\n新的一段。\n\n第一句。改过的第二句。第三句。\n", encoding="utf-8"
    )
    after = read_report(tmp_path / "report")
    ids = {segment.text: segment.id for segment in after.segments}
    for segment in before.segments:
        if segment.text != "第二句。":
            assert ids[segment.text] == segment.id


def test_segment_ids_tell_repeats_apart(tmp_path: Path) -> None:
    report = read_report(folder_with(tmp_path, "标题\n\n同一句。别的。同一句。\n"))
    same = [segment.id for segment in report.segments if segment.text == "同一句。"]
    assert len(set(same)) == 2
    assert same[1] == f"{same[0]}-2"


def test_a_report_without_sidecar_takes_its_first_line_for_the_title(tmp_path: Path) -> None:
    report = read_report(folder_with(tmp_path, "﻿标题在这里\r\n\r\n一句话。\r\n小标题\r\n又一句话。\r\n"))
    assert [block.role for block in report.blocks] == [Role.TITLE, Role.PARAGRAPH, Role.HEADING, Role.PARAGRAPH]
    assert report.title == "标题在这里"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        ("　\n \n".encode(), "is empty"),
        ("标题\n\n第一段。\n".encode("gb18030"), "GBK"),
        ("标题\n".encode("utf-16"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
    ],
)
def test_a_report_that_cannot_be_read_says_where_why_and_what_to_do(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_report(folder_with(tmp_path, data))
    message = str(caught.value)
    assert says in message
    assert "report.txt:" in message
    assert caught.value.remedy
    assert caught.value.exit_code == 3


def test_a_gbk_report_is_told_how_to_become_utf_8(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"report\.txt:1: .*iconv -f GB18030 -t UTF-8"):
        read_report(folder_with(tmp_path, "标题\n".encode("gb18030")))


@pytest.mark.parametrize(
    ("sidecar", "line", "says"),
    [
        ("event_date = 2023-08-08\nauthor = '某人'\n", 2, "does not know `author`"),
        ("event_date = '8月8日'\n", 1, "is not a date"),
        ("[roles]\nheading = ['没有这一行']\n", 2, "no line of the report"),
        ("[roles]\nheadline = ['标题']\n", 2, "does not know `roles.headline`"),
        ("\n[[corrections]]\nfind = '不在'\nreplace = '在'\n", 3, "the report has it 0×"),
        ("[[corrections]]\nfind = '一句'\nreplace = '两句'\ncount = 2\n", 2, "expects it 2×"),
        ("[[corrections]]\nfind = '一句'\n", 2, "needs `find`, `replace`"),
        ("event_date = \n", None, "TOML"),
    ],
)
def test_a_report_toml_that_does_not_fit_names_file_line_and_remedy(
    tmp_path: Path, sidecar: str, line: int | None, says: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        read_report(folder_with(tmp_path, "标题\n\n一句话。\n", sidecar))
    assert says in str(caught.value)
    assert str(caught.value.path).endswith("report.toml")
    assert caught.value.line == line
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("据统计,共10,000人,其中8:30到达300人。", "据统计，共10,000人，其中8:30到达300人。"),
        ("州(市)长(GDP)增长", "州（市）长（GDP）增长"),
        ("Python (3.11), and more; yes!", "Python (3.11), and more; yes!"),
        ("他说:“好!”", "他说：“好！”"),
        ("共叙情谊 共商良策", "共叙情谊　共商良策"),
    ],
)
def test_punctuation_is_chinese_where_it_stands_in_chinese(written: str, printed: str) -> None:
    assert mend_punctuation(written) == printed


@given(st.text(alphabet="甘南州,，。！？：:;()（）“”…1a \u3000——《》", max_size=60))
def test_mending_punctuation_keeps_every_offset(text: str) -> None:
    assert len(mend_punctuation(text)) == len(text)


@given(st.text(alphabet="甘南，。！？：；（）“”…1—《》讯", max_size=60), st.sampled_from(list(Role)))
def test_sentences_joined_give_the_text_again(text: str, role: Role) -> None:
    assert "".join(split_sentences(text, role)) == text


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("他说：“好。”我们走吧。", ["他说：“好。”", "我们走吧。"]),
        ("真的吗？！真的。", ["真的吗？！", "真的。"]),
        ("会议（第一次。试行）开始。结束。", ["会议（第一次。试行）开始。", "结束。"]),
        ("他想了想……然后走了。", ["他想了想……然后走了。"]),
        ("没有句号", ["没有句号"]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, sentences: list[str]) -> None:
    assert list(split_sentences(text, Role.PARAGRAPH)) == sentences


def test_control_characters_are_left_out_and_nothing_else(tmp_path: Path) -> None:
    report = read_report(folder_with(tmp_path, "标题\x07\n\n第一\x0b句\u200d。\x1b第二句。\n"))
    assert [segment.text for segment in report.segments] == ["标题", "第一句\u200d。", "第二句。"]

"""Text from outside: UTF-8, or what it reads as is said and offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import SourceError
from toolkit.textfile import beginning_of, encoding_named, guess_encoding, read_text_file

TEXT = "甘南藏族自治州召开会议。\r\n第二段。\n"


def file_of(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("written", "named"),
    [("utf-8", None), ("utf-8-sig", None), ("gb18030", "gb18030"), ("utf-16", "utf-16"), ("utf-16-be", "utf-16-be")],
)
def test_a_text_is_read_in_the_encoding_that_is_named(tmp_path: Path, written: str, named: str | None) -> None:
    assert read_text_file(file_of(tmp_path, TEXT.encode(written)), what="report", encoding=named) == TEXT


@pytest.mark.parametrize(
    ("data", "line", "offer"),
    [
        (("A title\n" + TEXT).encode("gb18030"), 2, 'encoding = "gb18030"'),
        (TEXT.encode("utf-16"), 1, 'encoding = "utf-16"'),
        (TEXT.encode("utf-16-le"), 1, 'encoding = "utf-16-le"'),
        (TEXT.encode("utf-16-be"), 1, 'encoding = "utf-16-be"'),
    ],
)
def test_another_encoding_is_recognised_shown_and_offered(tmp_path: Path, data: bytes, line: int, offer: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_text_file(file_of(tmp_path, data), what="report")
    message = str(caught.value)
    assert "“甘南藏族自治州召开会议。" in message
    assert offer in message
    assert "report.toml" in message
    assert caught.value.line == line


def test_only_a_report_has_a_report_toml(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read_text_file(file_of(tmp_path, TEXT.encode("gb18030")), what="translation")
    assert "report.toml" not in str(caught.value)
    assert "iconv -f GB18030 -t UTF-8 report.txt" in str(caught.value)


def test_utf_8_with_a_broken_byte_is_not_taken_for_gbk(tmp_path: Path) -> None:
    broken = TEXT.encode()[:40] + b"\xff" + TEXT.encode()[40:]
    assert guess_encoding(broken) is None
    with pytest.raises(SourceError, match=r"report\.txt:2: is not UTF-8 text\. Save the report as UTF-8"):
        read_text_file(file_of(tmp_path, broken), what="report")


@pytest.mark.parametrize("data", [b"Plain text.\n", "ཀན་ལྷོ།\n".encode(), TEXT.encode(), b"", b"caf\xe9\n"])
def test_what_is_no_everyday_chinese_is_not_guessed_at(data: bytes) -> None:
    assert guess_encoding(data) is None


def test_a_false_encoding_names_the_line_and_does_not_read_rubbish(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"abc\n\xff\xff\xff\n")
    with pytest.raises(SourceError, match=r"report\.txt:2: is not GB18030 text\. Mend the encoding"):
        read_text_file(path, what="report", encoding="gb18030")


@pytest.mark.parametrize("encoding", [None, "gb18030", "utf-16-le"])
def test_nul_is_no_text_in_any_encoding(tmp_path: Path, encoding: str | None) -> None:
    data = "甲\n\0乙\n".encode(encoding or "utf-8")
    with pytest.raises(SourceError, match=r"report\.txt:2: is not text but binary"):
        read_text_file(file_of(tmp_path, data), what="report", encoding=encoding)


@pytest.mark.parametrize(
    ("name", "known"), [("GBK", "gb18030"), ("GB2312", "gb18030"), ("UTF_16", "utf-16"), ("x", None)]
)
def test_encodings_go_by_the_names_people_have_for_them(name: str, known: str | None) -> None:
    assert encoding_named(name) == known


def test_the_beginning_is_that_of_the_chinese(tmp_path: Path) -> None:
    assert beginning_of("No. 8: 甘南州".encode("gb18030"), "gb18030") == "“甘南州”"

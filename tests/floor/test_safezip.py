"""A package from outside is checked before anything of it is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from toolkit.errors import SourceError
from toolkit.safezip import GREATEST_RATIO, SafeZip, open_zip

REMEDY = "Ask for the file again"


def opened(path: Path) -> SafeZip:
    return open_zip(path, what="a Word file", remedy=REMEDY)


def package(tmp_path: Path, parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    path = tmp_path / "package.docx"
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def refused(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        opened(path)
    assert caught.value.path == path
    assert caught.value.remedy == REMEDY
    return caught.value.problem


def test_parts_come_out_as_they_went_in_and_folders_are_none(tmp_path: Path) -> None:
    parts = {"word/": b"", "word/document.xml": "<甘南/>".encode(), "media/image1.png": bytes(range(256)) * 9}
    archive = opened(package(tmp_path, parts))
    assert archive.names == ("word/document.xml", "media/image1.png")
    assert archive.read("media/image1.png") == parts["media/image1.png"]
    assert archive.read_xml("word/document.xml").tag == "甘南"
    assert "word/document.xml" in archive
    assert "word/styles.xml" not in archive


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"has no part “word/document\.xml”"):
        opened(package(tmp_path, {"a": b"1"})).read("word/document.xml")


@pytest.mark.parametrize("name", ["../../etc/x", "/etc/passwd", "a/../../b", "C:\\x", "..\\x", "word\\document.xml"])
def test_a_name_that_leaves_the_package_is_refused(tmp_path: Path, name: str) -> None:
    assert "leaves the package" in refused(package(tmp_path, {name: b"1"}))


def test_a_name_that_hides_its_end_behind_nul_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path, {"word/document.xmlX..": b"1"})
    path.write_bytes(path.read_bytes().replace(b".xmlX..", b".xml\0.."))
    assert "leaves the package" in refused(path)


def test_names_that_only_look_odd_are_accepted(tmp_path: Path) -> None:
    assert opened(package(tmp_path, {"图片 1..png": b"1", "a/...b": b"2"})).names == ("图片 1..png", "a/...b")


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    assert f"more than {GREATEST_RATIO} times" in refused(package(tmp_path, {"word/document.xml": bytes(3_000_000)}))


def test_a_small_part_that_packs_well_is_no_bomb(tmp_path: Path) -> None:
    assert len(opened(package(tmp_path, {"a": bytes(900_000)})).read("a")) == 900_000


def test_many_parts_that_unpack_to_too_much_together_are_refused(tmp_path: Path) -> None:
    path = package(tmp_path, {f"{number}": b"x" for number in range(6)}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at != -1:
        struct.pack_into("<I", data, at + 24, 90_000_000)  # what the directory says of the size
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(data)
    assert "would unpack to 540,000,000 bytes" in refused(path)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    assert "holds 5,001 parts" in refused(package(tmp_path, {f"{number}": b"" for number in range(5_001)}))


def overlapping(count: int) -> bytes:
    """`count` names in the directory, all of the same packed bytes."""
    packed = zlib.compress(bytes(400_000))[2:-4]
    sizes = (zlib.crc32(bytes(400_000)), len(packed), 400_000, 1, 0)
    body = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, *sizes) + b"0" + packed
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, *sizes, 0, 0, 0, 0, 0)
    directory = b"".join(entry + f"{number}".encode() for number in range(count))
    return body + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)


def test_parts_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "overlap.docx"
    path.write_bytes(overlapping(5))
    assert "overlap" in refused(path)
    path.write_bytes(overlapping(1))
    assert opened(path).names == ("0",)


def test_the_same_name_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.docx"
    with zipfile.ZipFile(path, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr("word/document.xml", "<b/>")
    assert "two parts named" in refused(path)


def test_a_locked_package_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path, {"a": b"secret"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "password" in refused(path)


def test_an_old_office_file_under_a_new_name_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    assert "old office program" in refused(path)


@pytest.mark.parametrize("data", [b"", b"{\\rtf1 hello}", b"PK\x03\x04", b"\0" * 100])
def test_what_is_no_package_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(data)
    assert "is not a Word file" in refused(path)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert "could not be read" in refused(tmp_path)
    assert "could not be read" in refused(tmp_path / "absent.docx")


def test_a_package_cut_anywhere_is_refused_or_faulted(tmp_path: Path) -> None:
    whole = package(tmp_path, {"a": bytes(range(256)) * 40, "b": b"2" * 500}).read_bytes()
    path = tmp_path / "cut.docx"
    for end in range(0, len(whole), 37):
        path.write_bytes(whole[:end])
        assert refused(path)


def test_a_part_whose_bytes_are_broken_is_named(tmp_path: Path) -> None:
    path = package(tmp_path, {"a": "甘南".encode() * 50}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[40] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(SourceError, match=r"broken part “a”"):
        opened(path).read("a")


def test_a_part_that_lies_about_its_size_gives_no_more_than_it_said(tmp_path: Path) -> None:
    path = package(tmp_path, {"a": bytes(800_000)})
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.find(b"PK\x01\x02") + 24, 10)
    path.write_bytes(data)
    with pytest.raises(SourceError, match="part “a”"):
        opened(path).read("a")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_doctype_is_refused_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    xml = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    declared = f'<?xml version="1.0" encoding="{encoding}"?>{xml}'.encode(encoding)
    with pytest.raises(SourceError, match="DOCTYPE"):
        opened(package(tmp_path, {"word/document.xml": declared})).read_xml("word/document.xml")


def test_no_file_of_the_machine_comes_in_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    xml = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{secret.as_uri()}">]><a>&b;</a>'.encode("utf-7")
    with pytest.raises(SourceError) as caught:
        opened(package(tmp_path, {"word/document.xml": xml})).read_xml("word/document.xml")
    assert "the secret" not in str(caught.value)


def test_xml_that_is_broken_or_too_deep_names_the_part_and_its_line(tmp_path: Path) -> None:
    deep = b"<a>" * 5_000 + b"</a>" * 5_000
    archive = opened(package(tmp_path, {"broken.xml": b"<a>\n<b>\n</a>", "deep.xml": deep, "empty.xml": b""}))
    for name, says in (("broken.xml", "its line 3"), ("deep.xml", "depth"), ("empty.xml", "empty")):
        with pytest.raises(SourceError, match=says) as caught:
            archive.read_xml(name)
        assert f"“{name}”" in str(caught.value)


def test_a_package_is_not_kept_in_memory(tmp_path: Path) -> None:
    archive = opened(package(tmp_path, {"a": b"1"}))
    archive.path.unlink()
    with pytest.raises(SourceError, match="broken part"):
        archive.read("a")


def test_what_python_writes_into_memory_is_what_a_file_holds(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a", "1")
    path = tmp_path / "prefixed.docx"
    path.write_bytes(b"#!/bin/sh\n" + stream.getvalue())  # some senders put bytes before the package
    assert opened(path).read("a") == b"1"

"""The record of a build: the same bytes for the same build."""

from __future__ import annotations

from pathlib import Path

from toolkit.record import RECORD_FILE, BuildRecord, read_record

FILES = ("report-review.pdf", "report-publishing.pdf", "findings.json")


def test_a_record_is_the_same_bytes_in_whatever_order_its_files_came_to_be(tmp_path: Path) -> None:
    written = []
    for names in (FILES, FILES[::-1]):
        digests = {name: f"{name} as it stands" for name in names}
        record = BuildRecord("inputs", replaced=digests, accepted=digests)
        for name in names:
            record = record.with_file(name, digests[name], f"{name} was typeset from this", pages=len(name))
        record.write(tmp_path)
        assert read_record(tmp_path) == record
        written.append((tmp_path / RECORD_FILE).read_bytes())
    assert written[0] == written[1]

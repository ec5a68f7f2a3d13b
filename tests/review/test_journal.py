"""The journal beside a report: added to, never taken from."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import OutputError
from toolkit.report.inline import Code, InlineText
from toolkit.review.journal import ActKind, Entry, Journal, Version, append, new_act, read_journal
from toolkit.translation import Origin, OriginKind, State
from toolkit.translation.draft import Review, target_hash

BEFORE = Version(
    InlineText("a bold word", (Code(2, "1", "open", "bold"), Code(6, "1", "close", "bold"))),
    State.DRAFT,
    Origin(OriginKind.ENGINE, "argos zh-en 1.9", rung="n-best"),
    None,
    "Second best.",
    "0123456789abcdef",
)
AFTER = Version(InlineText("ཚིག་གཅིག"), State.REVIEWED, Origin(OriginKind.PERSON, "Zhuoma"), Review("Zhuoma", "t", "f"))


def entry(act: str = "a1", **changes: object) -> Entry:
    values = {"act": act, "kind": ActKind.ACCEPT, "at": "2026-11-25T04:05:57Z", "by": "Zhuoma", "via": "back.docx"}
    values |= {"language": "bo", "segment_id": "s1", "source": "一词", "before": BEFORE, "after": AFTER}
    return Entry(**{**values, **changes})  # type: ignore[arg-type]


def test_what_is_written_is_read_again_whole(tmp_path: Path) -> None:
    path = tmp_path / "review.jsonl"
    left = Entry("a2", ActKind.LEFT, "t", "", "b.docx", None, "", text="Words\nin two lines", reason="No place.")
    append(path, [entry()])
    append(path, [left])
    assert read_journal(path) == Journal((entry(), left))


def test_each_line_is_added_and_none_before_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "review.jsonl"
    append(path, [entry("a1")])
    before = path.read_bytes()
    append(path, [entry("a2"), entry("a2", segment_id="s2")])
    assert path.read_bytes().startswith(before)
    assert path.read_bytes().count(b"\n") == 3


def test_a_line_cut_off_by_a_power_cut_is_named_and_the_next_one_stands_whole(tmp_path: Path) -> None:
    path = tmp_path / "review.jsonl"
    append(path, [entry("a1"), entry("a2")])
    path.write_bytes(path.read_bytes()[:-30])
    assert (len(read_journal(path).entries), read_journal(path).broken) == (1, (2,))
    append(path, [entry("a3")])
    journal = read_journal(path)
    assert [one.act for one in journal.entries] == ["a1", "a3"]
    assert journal.broken == (2,)


@pytest.mark.parametrize("line", ["[]", "{}", '{"act": 1}', "null", "\x00\x01", '{"act":"a","kind":"x"}', '{"act"'])
def test_a_line_that_is_no_entry_is_passed_over_and_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "review.jsonl"
    append(path, [entry()])
    with path.open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")
    assert (len(read_journal(path).entries), read_journal(path).broken) == (1, (2,))


def test_no_journal_is_an_empty_one(tmp_path: Path) -> None:
    assert read_journal(tmp_path / "review.jsonl") == Journal()


def test_a_journal_that_cannot_be_written_is_an_error_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "review.jsonl").mkdir()
    with pytest.raises(OutputError, match="nothing was changed"):
        append(tmp_path / "review.jsonl", [entry()])


def test_every_text_a_segment_had_is_known(tmp_path: Path) -> None:
    journal = Journal((entry(), entry(segment_id="s2", after=BEFORE)))
    assert journal.hashes_of("s1", "bo") == {target_hash(BEFORE.target), target_hash(AFTER.target)}
    assert journal.hashes_of("s1", "en") == frozenset()


def test_two_acts_of_one_second_have_two_ids() -> None:
    first = new_act(ActKind.ACCEPT, "t", "Zhuoma", ["s1"], Journal())
    again = new_act(ActKind.ACCEPT, "t", "Zhuoma", ["s1"], Journal((entry(first),)))
    assert first != again

"""Drafts as XLIFF: what goes out comes back, and what a CAT tool or a person does to it is understood."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tests.conftest import write_report
from toolkit.errors import SourceError
from toolkit.report import Code, InlineText, Report, read_report
from toolkit.translation import Candidate, Draft, DraftUnit, Origin, OriginKind, State
from toolkit.translation.draft import Review, target_hash
from toolkit.translation.xliff import keep_written, read_xliff, xliff_bytes
from toolkit.workspace import Workspace

XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"


@pytest.fixture
def report(workspace: Workspace) -> Report:
    return read_report(write_report(workspace, "r", "标题\n\n第一句。第二句。第三句。\n"))


def machine_unit(segment_id: str, source: InlineText, text: str, **changes: object) -> DraftUnit:
    target = InlineText(text)
    unit = DraftUnit(
        segment_id,
        source,
        target,
        State.DRAFT,
        Origin(OriginKind.MEMORY, "m.tmx:1", 100),
        inputs="a1",
        drafted=target_hash(target),
    )
    return replace(unit, **changes)  # type: ignore[arg-type]


def draft_of(report: Report) -> Draft:
    title, first, second, third = report.segments
    fuzzy = Candidate(
        InlineText("Near <it> &  “x”"), Origin(OriginKind.FUZZY, "m.tmx:2", 87), False, "Translates: 近。"
    )
    return Draft(
        "en",
        (
            machine_unit(title.id, title.source, "Title"),
            machine_unit(first.id, first.source, "First.", state=State.REVIEWED, note="Checked twice."),
            machine_unit(second.id, second.source, "Second.", alternatives=(fuzzy,)),
            DraftUnit(third.id, third.source, InlineText(""), State.NEEDS_TRANSLATION, inputs="b2"),
        ),
    )


def written(tmp_path: Path, draft: Draft, report: Report) -> Path:
    path = tmp_path / "en.xlf"
    path.write_bytes(xliff_bytes(draft, report))
    return path


def test_a_draft_written_and_read_again_is_the_same(tmp_path: Path, report: Report) -> None:
    draft = draft_of(report)
    assert read_xliff(written(tmp_path, draft, report), "en") == draft


def test_what_is_kept_of_a_written_draft_is_what_its_file_says(tmp_path: Path, report: Report) -> None:
    former = machine_unit("s0", InlineText("旧句。"), "Old.", state=State.REVIEWED, review=Review("A", "2026", "x"))
    path = written(tmp_path, replace(draft_of(report), former=(former,)), report)
    before, standing = path.read_bytes(), read_xliff(path, "en")
    title, first, *others = standing.units
    corrected = replace(first, target=InlineText("Once\x07 more."), origin=None)  # no XML can hold that sign
    draft = replace(standing, units=(title, corrected, *others))
    data = xliff_bytes(draft, report)
    path.write_bytes(data)
    keep_written(path, "en", draft, data, before)
    (tmp_path / "elsewhere").mkdir()
    afresh = tmp_path / "elsewhere" / path.name
    afresh.write_bytes(data)
    kept = read_xliff(path, "en")
    assert kept == read_xliff(afresh, "en") != draft
    assert kept.units[0] is title


def test_a_file_changed_by_somebody_is_read_whole_after_it_was_written(tmp_path: Path, report: Report) -> None:
    path = written(tmp_path, draft_of(report), report)
    before, standing = path.read_bytes(), read_xliff(path, "en")
    keep_written(path, "en", standing, before, before)
    path.write_bytes(before.replace(b"Title", b"Heading"))
    assert read_xliff(path, "en").units[0].target.text == "Heading"


def test_a_file_that_changes_while_it_is_read_is_not_taken_for_what_it_was(
    tmp_path: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, draft_of(report), report)
    before, real = path.read_bytes(), Path.read_bytes

    def read_and_change(self: Path) -> bytes:
        data = real(self)
        self.write_bytes(before.replace(b"Title", b"Heading"))
        return data

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", read_and_change)
        assert read_xliff(path, "en").units[0].target.text == "Title"
    assert read_xliff(path, "en").units[0].target.text == "Heading"
    path.write_bytes(before)
    assert read_xliff(path, "en").units[0].target.text == "Title"


def test_a_draft_written_twice_gives_the_same_bytes(report: Report) -> None:
    assert xliff_bytes(draft_of(report), report) == xliff_bytes(draft_of(report), report)


def test_the_file_speaks_the_words_of_xliff_1_2(tmp_path: Path, report: Report) -> None:
    root = etree.parse(written(tmp_path, draft_of(report), report)).getroot()
    units = list(root.iter(f"{XLIFF}trans-unit"))
    states = [unit.find(f"{XLIFF}target").get("state") for unit in units]
    assert states == ["needs-review-translation", "translated", "needs-review-translation", "needs-translation"]
    assert [unit.get("approved") for unit in units] == ["no", "yes", "no", "no"]
    assert units[2].find(f"{XLIFF}alt-trans").get("match-quality") == "87"
    order = [etree.QName(child).localname for child in units[2]]
    assert order == ["source", "target", "alt-trans"]
    file = root.find(f"{XLIFF}file")
    assert (file.get("source-language"), file.get("target-language")) == ("zh-CN", "en-US")


CODES = InlineText(
    "一条重要的链接。",
    (
        Code(2, "1", "open", "bold", "g"),
        Code(5, "1", "close", "bold", "g"),
        Code(5, "2", "point", "x-footnote", "ph", "[1]"),
        Code(8, "3", "point", "lb", "x"),
    ),
)
CROSSING = InlineText(
    "甲乙丙丁",
    (
        Code(0, "1", "open", "bold", "bx"),
        Code(1, "2", "open", "italic", "bx"),
        Code(2, "1", "close", "", "ex"),
        Code(3, "2", "close", "", "ex"),
    ),
)


@pytest.mark.parametrize("inline", [CODES, CROSSING], ids=["nested", "crossing"])
def test_inline_codes_go_out_and_come_back(tmp_path: Path, report: Report, inline: InlineText) -> None:
    units = list(draft_of(report).units)
    units[0] = replace(units[0], source=inline, target=inline, drafted=target_hash(inline))
    draft = Draft("en", tuple(units))
    assert read_xliff(written(tmp_path, draft, report), "en").units[0] == units[0]


def test_white_space_inside_text_survives_the_indentation_of_the_file(tmp_path: Path, report: Report) -> None:
    inline = InlineText("  two  spaces ", (Code(0, "1", "open", "bold", "g"), Code(5, "1", "close", "bold", "g")))
    units = list(draft_of(report).units)
    units[0] = replace(units[0], target=inline, drafted=target_hash(inline))
    assert read_xliff(written(tmp_path, Draft("en", tuple(units)), report), "en").units[0].target == inline


def edited(path: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_the_file_names_its_report_and_all_its_segments(tmp_path: Path, report: Report) -> None:
    file = etree.parse(written(tmp_path, draft_of(report), report)).getroot().find(f"{XLIFF}file")
    assert file is not None
    assert file.get("original") == "r/report.txt"
    assert file.get("{urn:bulletin-toolkit:draft:1}report") == "r"
    assert file.get("{urn:bulletin-toolkit:draft:1}segments") == " ".join(one.id for one in report.segments)


def test_text_after_a_comment_or_an_instruction_inside_a_target_is_not_lost(tmp_path: Path, report: Report) -> None:
    path = edited(written(tmp_path, draft_of(report), report), ">Second.<", ">Se<!-- x --><?x y?>cond.<")
    assert read_xliff(path, "en").units[2].target.text == "Second."


def test_a_target_typed_over_belongs_to_a_person(tmp_path: Path, report: Report) -> None:
    path = edited(written(tmp_path, draft_of(report), report), "Second.", "The second one.")
    unit = read_xliff(path, "en").units[2]
    assert unit.belongs_to_a_person
    assert unit.origin is not None and unit.origin.kind is OriginKind.PERSON
    assert unit.state is State.DRAFT


def test_words_typed_over_a_signed_target_do_not_stand_under_that_signature(tmp_path: Path, report: Report) -> None:
    draft = draft_of(report)
    review = Review("Dolma", "2026-11-25T04:05:57Z", "sign")
    signed = replace(draft.units[2], state=State.SIGNED_OFF, review=review)
    draft = replace(draft, units=(*draft.units[:2], signed, draft.units[3]))
    assert read_xliff(written(tmp_path, draft, report), "en").units[2] == signed
    unit = read_xliff(edited(written(tmp_path, draft, report), "Second.", "The second one."), "en").units[2]
    assert (unit.review, unit.state) == (None, State.REVIEWED)
    assert unit.origin == Origin(OriginKind.PERSON, "en.xlf")


def test_a_gap_filled_by_hand_belongs_to_a_person(tmp_path: Path, report: Report) -> None:
    path = edited(
        written(tmp_path, draft_of(report), report), '<target state="needs-translation"/>', "<target>Third.</target>"
    )
    unit = read_xliff(path, "en").units[3]
    assert unit.belongs_to_a_person
    assert unit.target.text == "Third."


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("translated", State.REVIEWED),
        ("final", State.SIGNED_OFF),
        ("signed-off", State.SIGNED_OFF),
        ("x-odd", State.DRAFT),
    ],
)
def test_states_that_cat_tools_write_are_understood(
    tmp_path: Path, report: Report, state: str, expected: State
) -> None:
    path = edited(written(tmp_path, draft_of(report), report), "needs-review-translation", state)
    assert read_xliff(path, "en").units[0].state is expected


def test_approved_alone_means_reviewed(tmp_path: Path, report: Report) -> None:
    path = written(tmp_path, draft_of(report), report)
    edited(path, 'approved="no"', 'approved="yes"')
    edited(path, ' state="needs-review-translation"', "")
    assert read_xliff(path, "en").units[0].state is State.REVIEWED


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("</body>", "", "not well-formed"),
        ('version="1.2"', 'version="2.0"', "is not XLIFF 1.2"),
        ('target-language="en-US"', 'target-language="bo-CN"', "translates into “bo-CN”"),
    ],
)
def test_a_broken_draft_names_file_line_and_remedy(
    tmp_path: Path, report: Report, old: str, new: str, says: str
) -> None:
    path = edited(written(tmp_path, draft_of(report), report), old, new)
    with pytest.raises(SourceError) as caught:
        read_xliff(path, "en")
    assert says in str(caught.value)
    assert caught.value.line
    assert caught.value.remedy
    assert caught.value.exit_code == 3


def test_a_unit_that_stands_twice_names_both_lines(tmp_path: Path, report: Report) -> None:
    path = written(tmp_path, draft_of(report), report)
    first, second = (segment.id for segment in report.segments[:2])
    edited(path, f'id="{second}"', f'id="{first}"')
    with pytest.raises(SourceError, match=rf"en\.xlf:\d+: the unit “{first}” stands on line \d+ already"):
        read_xliff(path, "en")

"""bulletin accept, sign, history and undo: what a person sees, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.build.newsroom import ENGLISH, LIBRARY, MOVED, PUPILS, TIBETAN, TITLE, draft_of, unit_of, write_school
from tests.build.pages import poppler, squeezed
from tests.cli.command import bulletin
from tests.review.newsdesk import HERS, Newsdesk, newsdesk, persons
from toolkit.cli import accepting
from toolkit.report.inline import InlineText
from toolkit.review import Edit, EditedFile, Trouble, TroubleKind, journal_path
from toolkit.translation import State
from toolkit.workspace import Workspace


@pytest.fixture
def desk(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Newsdesk:
    monkeypatch.delenv("BULLETIN_BY", raising=False)
    return newsdesk(workspace)


@pytest.fixture
def lying_there(monkeypatch: pytest.MonkeyPatch) -> dict[str, EditedFile]:
    """Edited files by name: what the readers would say of them."""
    files: dict[str, EditedFile] = {}
    monkeypatch.setattr(accepting, "read_edited", lambda path: files[path.name])
    return files


def hers(desk: Newsdesk, *troubles: Trouble, by: str = "Zhuoma", name: str = "back.xlsx") -> EditedFile:
    return desk.file(desk.edit(LIBRARY, HERS, by=by, place="row 5"), name=name, troubles=troubles)


def accept(desk: Newsdesk, *arguments: str | Path):  # type: ignore[no-untyped-def]
    return bulletin("-C", desk.workspace.root, "accept", *arguments)


def test_it_shows_what_it_understood_and_what_to_do_next(desk: Newsdesk, lying_there: dict[str, EditedFile]) -> None:
    lying_there["back.xlsx"] = hers(desk)
    outcome = accept(desk, "back.xlsx")
    assert outcome.code == 0
    assert f"{desk.unit(LIBRARY).segment_id}  English  Zhuoma, " in outcome.out
    assert LIBRARY in outcome.out
    assert "The [-headmaster said that-]{+head of+} the school " in outcome.out
    assert "row 5" in outcome.out
    assert "1 correction (1 in English), 0 confirmed, 0 unchanged" in outcome.out
    assert "next      bulletin build school" in outcome.out
    assert "\x1b" not in outcome.out


def test_the_same_for_machines(desk: Newsdesk, lying_there: dict[str, EditedFile]) -> None:
    lying_there["back.xlsx"] = hers(desk)
    outcome = accept(desk, "back.xlsx", "--json")
    (report,) = outcome.data["reports"]
    (change,) = report["files"][0]["changes"]
    assert (change["before"], change["after"], change["by"]) == (ENGLISH[LIBRARY], HERS, "Zhuoma")
    assert "".join(text for kind, text in change["diff"] if kind != "delete") == HERS
    assert report["act"]
    assert report["written"] == ["source/school/en.xlf"]


def test_a_dry_run_says_so_and_needs_no_name(desk: Newsdesk, lying_there: dict[str, EditedFile]) -> None:
    lying_there["back.xlsx"] = hers(desk, by="")
    outcome = accept(desk, "back.xlsx", "--dry-run")
    assert outcome.code == 0
    assert "nothing was changed" in outcome.out
    assert desk.unit(LIBRARY).state is State.DRAFT


def test_corrections_of_nobody_need_a_name(
    desk: Newsdesk, lying_there: dict[str, EditedFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    lying_there["back.xlsx"] = hers(desk, by="")
    refused = accept(desk, "back.xlsx")
    assert refused.code == 2
    assert "Name them: --by NAME" in refused.err
    monkeypatch.setenv("BULLETIN_BY", "Tashi")
    assert accept(desk, "back.xlsx").code == 0
    review = desk.unit(LIBRARY).review
    assert review is not None
    assert review.by == "Tashi"


def test_troubles_are_listed_with_the_words_and_the_exit_code_is_1(
    desk: Newsdesk, lying_there: dict[str, EditedFile]
) -> None:
    unclear = Trouble(TroubleKind.UNCLEAR, "Goes over two sentences.", place="row 7", text="Her words\x1b[31m.")
    lying_there["back.xlsx"] = hers(desk, unclear)
    outcome = accept(desk, "back.xlsx")
    assert outcome.code == 1
    assert "unclear: row 7: Goes over two sentences." in outcome.out
    assert "their words: Her words[31m." in outcome.out
    assert "to look at: 1 unclear" in outcome.out
    assert desk.unit(LIBRARY).target.text == HERS


def test_a_conflict_names_the_way_out_and_the_way_out_works(desk: Newsdesk, lying_there: dict[str, EditedFile]) -> None:
    lying_there["back.xlsx"] = hers(desk)
    desk.rewrite(LIBRARY, **persons("A library will follow."))
    outcome = accept(desk, "back.xlsx")
    assert outcome.code == 1
    assert "--prefer file or --prefer draft" in outcome.out
    segment = desk.unit(LIBRARY).segment_id
    assert accept(desk, "back.xlsx", "--prefer", "file", "--only", segment).code == 0
    assert desk.unit(LIBRARY).target.text == HERS


def test_two_reports_in_one_command_are_kept_apart(desk: Newsdesk, lying_there: dict[str, EditedFile]) -> None:
    write_school(desk.workspace, "second", f"{TITLE}\n")
    lying_there["back.xlsx"] = hers(desk)
    second = Newsdesk(desk.workspace, "second")
    (title,) = second.report.segments
    edit = Edit(title.id, "en", InlineText("Grassland School Moves"), by="Tashi")
    lying_there["second.xlsx"] = EditedFile(Path("second.xlsx"), "xlsx", "second", (edit,))
    assert accept(desk, "back.xlsx", "second.xlsx").code == 0
    assert desk.unit(LIBRARY).target.text == HERS
    assert unit_of(draft_of(desk.workspace, "en", "second"), TITLE).target.text == "Grassland School Moves"
    assert desk.unit(TITLE).target.text == ENGLISH[TITLE]


def test_a_file_that_names_no_report_must_be_given_one_where_there_are_two(
    desk: Newsdesk, lying_there: dict[str, EditedFile]
) -> None:
    write_school(desk.workspace, "second")
    edited = hers(desk)
    lying_there["back.xlsx"] = EditedFile(edited.path, "tmx", "", edited.edits)
    outcome = accept(desk, "back.xlsx")
    assert outcome.code == 2
    assert "--report school or second" in outcome.err
    assert accept(desk, "back.xlsx", "--report", "school").code == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no DOCX, XLSX, XLIFF or TMX"),
        (b"%PDF-1.7", "is no DOCX, XLSX, XLIFF or TMX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "before 2007"),
        (b"PK\x03\x04 and then nothing", "is a damaged file"),
    ],
)
def test_a_file_that_is_nothing_we_read_is_refused(desk: Newsdesk, content: bytes, said: str) -> None:
    path = desk.workspace.root / "back.docx"
    path.write_bytes(content)
    outcome = accept(desk, path)
    assert outcome.code == 3
    assert said in outcome.err


def test_a_missing_file_is_named(desk: Newsdesk) -> None:
    outcome = accept(desk, "nowhere.docx")
    assert outcome.code == 3
    assert "nowhere.docx" in outcome.err


def test_the_same_replacement_three_times_is_offered_and_not_made(
    desk: Newsdesk, lying_there: dict[str, EditedFile]
) -> None:
    (desk.workspace.glossaries / "terms.csv").write_text(
        "zh,en,bo,domain,status,zh_accepted,en_accepted,bo_accepted,en_forbidden,bo_forbidden,note,source\n"
        "学校,school,,general,proposed,,,,,,,none\n",
        encoding="utf-8",
    )
    desk.machine_redrafts(MOVED, "On 1 June the school moved.")
    edits = [
        desk.edit(source, desk.unit(source).target.text.replace("school", "academy"), by="Zhuoma")
        for source in (MOVED, LIBRARY)
    ]
    lying_there["back.xlsx"] = desk.file(*edits)
    assert "a term?" not in accept(desk, "back.xlsx").out
    before = (desk.workspace.glossaries / "terms.csv").read_bytes()
    desk.machine_redrafts(TITLE, "Grassland school gets a new building")
    third = desk.edit(TITLE, "Grassland academy gets a new building", by="Zhuoma")
    lying_there["more.xlsx"] = desk.file(third, name="more.xlsx")
    outcome = accept(desk, "more.xlsx")
    assert "“school” became “academy” 3 times" in outcome.out
    assert "to change the glossary: bulletin terms set 学校 --en academy" in outcome.out
    assert (desk.workspace.glossaries / "terms.csv").read_bytes() == before


def test_history_tells_acts_and_the_story_of_a_segment(desk: Newsdesk, lying_there: dict[str, EditedFile]) -> None:
    lying_there["back.xlsx"] = hers(desk)
    act = accept(desk, "back.xlsx", "--json").data["reports"][0]["act"]
    acts = bulletin("-C", desk.workspace.root, "history", "school")
    assert acts.code == 0
    assert f"{act}  " in acts.out
    assert "Zhuoma  via back.xlsx: 1 corrected" in acts.out
    story = bulletin("-C", desk.workspace.root, "history", "school", desk.unit(LIBRARY).segment_id)
    assert "English corrected by Zhuoma, via back.xlsx" in story.out
    assert "draft → reviewed" in story.out


def test_a_torn_journal_is_said_and_does_not_stop_anything(desk: Newsdesk, lying_there: dict[str, EditedFile]) -> None:
    lying_there["back.xlsx"] = hers(desk)
    assert accept(desk, "back.xlsx").code == 0
    with journal_path(desk.report).open("ab") as stream:
        stream.write(b'{"act": "a12')
    outcome = bulletin("-C", desk.workspace.root, "history", "school")
    assert outcome.code == 0
    assert "source/school/review.jsonl, line 2: cannot be read" in outcome.err


def test_undo_takes_the_last_act_back(desk: Newsdesk, lying_there: dict[str, EditedFile]) -> None:
    lying_there["back.xlsx"] = hers(desk)
    accept(desk, "back.xlsx")
    outcome = bulletin("-C", desk.workspace.root, "undo", "school", "--by", "Zhuoma")
    assert outcome.code == 0
    assert "1 of act" in outcome.out
    assert desk.unit(LIBRARY).target.text == ENGLISH[LIBRARY]
    assert bulletin("-C", desk.workspace.root, "undo", "school", "--by", "Zhuoma").code == 2


def test_undo_of_what_somebody_changed_since_is_told_with_exit_code_1(
    desk: Newsdesk, lying_there: dict[str, EditedFile]
) -> None:
    lying_there["back.xlsx"] = hers(desk)
    accept(desk, "back.xlsx")
    desk.rewrite(LIBRARY, **persons("A library will follow."))
    outcome = bulletin("-C", desk.workspace.root, "undo", "school", "--by", "Zhuoma")
    assert outcome.code == 1
    assert "changed since, and left as it is" in outcome.out
    assert desk.unit(LIBRARY).target.text == "A library will follow."


def test_sign_needs_a_name_and_lists_what_it_refuses(desk: Newsdesk) -> None:
    desk.rewrite(PUPILS, target=InlineText(""), state=State.NEEDS_TRANSLATION, origin=None, drafted="")
    assert bulletin("-C", desk.workspace.root, "sign", "school").code == 2
    outcome = bulletin("-C", desk.workspace.root, "sign", "school", "-l", "en", "--by", "Zhuoma", "--as", "reviewed")
    assert outcome.code == 1
    assert f"refused   {desk.unit(PUPILS).segment_id} English: It has no text yet." in outcome.out
    assert "school: 3 reviewed, 1 refused, 0 as they were" in outcome.out


def test_signing_off_asks_the_checks(desk: Newsdesk) -> None:
    desk.machine_redrafts(PUPILS, "The school has 230 pupils in all.")
    outcome = bulletin("-C", desk.workspace.root, "sign", "school", "--by", "Zhuoma", "--json")
    refused = [one["segment"] for one in outcome.data["refused"] if one["language"] == "en"]
    assert outcome.code == 1
    assert desk.unit(PUPILS).segment_id in refused
    assert desk.unit(TITLE).state is State.SIGNED_OFF


def test_accepted_then_built_it_is_printed_in_both_editions_and_the_edited_file_is_replaced(
    desk: Newsdesk, lying_there: dict[str, EditedFile]
) -> None:
    assert bulletin("-C", desk.workspace.root, "build", "--engine", "assemble").code == 0
    path = desk.workspace.dist / "school" / "school-publishing.docx"
    path.write_bytes(b"what she made of it")
    tibetan = desk.edit(PUPILS, TIBETAN[PUPILS].replace("ཡོངས་ལ", "ཡོངས་སུ"), "bo", by="Zhuoma")
    edited = (*hers(desk).edits, tibetan)
    lying_there[path.name] = EditedFile(path, "docx", "school", edited)
    assert bulletin("-C", desk.workspace.root, "build", "--engine", "assemble").code == 5
    assert accept(desk, path).code == 0
    outcome = bulletin("-C", desk.workspace.root, "build", "--engine", "assemble")
    assert outcome.code == 0
    assert path.read_bytes().startswith(b"PK")
    for edition in ("publishing", "review"):
        pdf = path.with_name(f"school-{edition}.pdf")
        text = squeezed(poppler("pdftotext", "-enc", "UTF-8", pdf, "-"))
        assert squeezed(HERS) in text
        assert squeezed(ENGLISH[LIBRARY]) not in text
    again = bulletin("-C", desk.workspace.root, "build", "--engine", "assemble")
    assert "up to date, nothing written" in again.out
    record = json.loads((path.parent / "build.json").read_text(encoding="utf-8"))
    assert record["accepted"]

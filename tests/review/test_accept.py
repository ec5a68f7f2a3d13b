"""Corrections in drafts, journal and memory: all of them or none, and taken back again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build.newsroom import ENGLISH, LIBRARY, PUPILS, TIBETAN, TITLE
from tests.review.newsdesk import BY, HERS, NOW, Newsdesk, newsdesk, persons
from toolkit import memory
from toolkit.build import draft_languages, draft_path, keep_drafts
from toolkit.errors import OutputError, SettingsError
from toolkit.record import BuildRecord, mark_accepted, publish, read_record
from toolkit.report.inline import InlineText
from toolkit.review import ActKind, EditedFile, Trouble, TroubleKind, accept, journal_path, read_journal, undo
from toolkit.review.accept import Acceptance
from toolkit.translation import OriginKind, State
from toolkit.workspace import Workspace

LATER = "2026-11-26T09:00:00Z"
BO = "སློབ་གྲྭའི་འགན་འཛིན་གྱིས་དཔེ་མཛོད་ཁང་ཞིག་ཀྱང་འཛུགས་རྒྱུ་ཡིན་ཞེས་བཤད།"


@pytest.fixture
def desk(workspace: Workspace) -> Newsdesk:
    return newsdesk(workspace)


def taken(desk: Newsdesk, *files: EditedFile, now: str = NOW, **more: object) -> Acceptance:
    return accept(files, desk.report, desk.desk, now=now, someone=BY, **more)  # type: ignore[arg-type]


def both(desk: Newsdesk) -> EditedFile:
    return desk.file(desk.edit(LIBRARY, HERS), desk.edit(LIBRARY, BO, "bo"))


# Taking in


def test_a_correction_is_reviewed_with_who_when_and_from_where(desk: Newsdesk) -> None:
    taken(desk, both(desk))
    unit = desk.unit(LIBRARY)
    assert (unit.target.text, unit.state) == (HERS, State.REVIEWED)
    assert unit.review is not None
    assert (unit.review.by, unit.review.at, unit.review.via) == (BY, NOW, "back.xlsx")
    assert unit.origin is not None
    assert (unit.origin.kind, unit.origin.detail) == (OriginKind.PERSON, BY)
    assert desk.unit(LIBRARY, "bo").target.text == BO


def test_the_words_before_become_the_first_alternative_with_their_origin(desk: Newsdesk) -> None:
    taken(desk, both(desk))
    first = desk.unit(LIBRARY).alternatives[0]
    assert first.target.text == ENGLISH[LIBRARY]
    assert first.origin.kind is OriginKind.MEMORY
    assert not first.printable


def test_nothing_else_changes(desk: Newsdesk) -> None:
    before = desk.drafts
    acceptance = taken(desk, both(desk))
    assert [path.name for path in acceptance.written] == ["en.xlf", "bo.xlf"]
    for language, draft in desk.drafts.items():
        changed = [one for one in draft.units if one != before[language].unit(one.segment_id)]
        assert [one.source.text for one in changed] == [LIBRARY]


def test_the_memory_learns_it_with_the_sentences_around_it(desk: Newsdesk) -> None:
    taken(desk, both(desk))
    (unit,) = [one for one in memory.read_tmx(desk.reviewed) if "en" in one.targets]
    assert (unit.source.text, unit.targets["en"].text) == (LIBRARY, HERS)
    assert (unit.reviewed_by, unit.reviewed_at, unit.origin) == (BY, NOW, desk.name)
    assert (unit.before, unit.after) == (PUPILS, "")
    assert desk.remembered("bo") == {LIBRARY: BO}


def test_the_same_file_again_changes_nothing(desk: Newsdesk) -> None:
    file = both(desk)
    taken(desk, file)
    folder = desk.report.path.parent
    before = {path: path.read_bytes() for path in (*folder.iterdir(), desk.reviewed)}
    again = taken(desk, file, now=LATER)
    assert (again.act, again.written, again.changes) == ("", (), ())
    assert {path: path.read_bytes() for path in before} == before


def test_a_dry_run_writes_nothing(desk: Newsdesk) -> None:
    before = {path: path.read_bytes() for path in desk.workspace.root.rglob("*") if path.is_file()}
    acceptance = taken(desk, both(desk), dry_run=True)
    assert len(acceptance.changes) == 2
    assert {path: path.read_bytes() for path in desk.workspace.root.rglob("*") if path.is_file()} == before


def test_corrections_of_nobody_are_refused_and_nothing_is_taken(desk: Newsdesk) -> None:
    file = desk.file(desk.edit(LIBRARY, HERS))
    with pytest.raises(SettingsError, match="--by NAME"):
        accept([file], desk.report, desk.desk, now=NOW)
    assert desk.unit(LIBRARY).target.text == ENGLISH[LIBRARY]


def test_a_conflict_keeps_both_and_is_settled_later(desk: Newsdesk) -> None:
    file = desk.file(desk.edit(LIBRARY, HERS))
    desk.rewrite(LIBRARY, **persons("A library will follow, said the head."))
    acceptance = taken(desk, file)
    unit = desk.unit(LIBRARY)
    assert unit.target.text == "A library will follow, said the head."
    assert unit.review is not None
    assert unit.review.by == "Tashi"
    assert [(one.target.text, one.origin.detail) for one in unit.alternatives][:1] == [(HERS, BY)]
    assert acceptance.has_troubles
    taken(desk, file, prefer="file", now=LATER)
    settled = desk.unit(LIBRARY)
    assert settled.target.text == HERS
    assert [one.target.text for one in settled.alternatives][:1] == ["A library will follow, said the head."]


def test_words_that_were_not_taken_stand_in_the_journal(desk: Newsdesk) -> None:
    trouble = Trouble(TroubleKind.UNCLEAR, "Goes over two sentences.", place="row 3", text="Some words of hers.")
    taken(desk, desk.file(desk.edit(LIBRARY, HERS), troubles=(trouble,)))
    taken(desk, desk.file(desk.edit(LIBRARY, HERS), troubles=(trouble,)))
    left = [one for one in read_journal(journal_path(desk.report)).entries if one.kind is ActKind.LEFT]
    assert [(one.text, one.reason) for one in left] == [("Some words of hers.", "Goes over two sentences.")]


def test_a_signature_does_not_outlive_a_correction(desk: Newsdesk) -> None:
    desk.rewrite(LIBRARY, **{**persons("A library, too."), "state": State.SIGNED_OFF})
    taken(desk, desk.file(desk.edit(LIBRARY, HERS)))
    assert desk.unit(LIBRARY).state is State.REVIEWED


def test_alternatives_of_persons_are_never_dropped_and_those_of_machines_are_few(desk: Newsdesk) -> None:
    for number in range(8):
        taken(desk, desk.file(desk.edit(LIBRARY, f"Library, version {number}.")), now=f"2026-11-26T09:00:0{number}Z")
    texts = [one.target.text for one in desk.unit(LIBRARY).alternatives]
    assert texts == [f"Library, version {number}." for number in range(6, -1, -1)] + [ENGLISH[LIBRARY]]


# All or nothing


def test_when_the_memory_cannot_be_written_the_drafts_are_as_they_were(desk: Newsdesk) -> None:
    files = {language: draft_path(desk.report, language).read_bytes() for language in ("en", "bo")}
    desk.reviewed.mkdir()
    with pytest.raises(Exception, match=r"reviewed\.tmx"):
        taken(desk, both(desk))
    assert {language: draft_path(desk.report, language).read_bytes() for language in files} == files  # type: ignore[arg-type]
    desk.reviewed.rmdir()
    taken(desk, both(desk), now=LATER)
    assert desk.unit(LIBRARY).target.text == HERS


def test_when_the_second_draft_cannot_be_written_the_first_is_put_back(
    desk: Newsdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    import toolkit.review.acts as acts

    files = {path: path.read_bytes() for path in (draft_path(desk.report, "en"), draft_path(desk.report, "bo"))}
    original = acts.write_whole

    def full_disk(path: Path, data: bytes) -> bool:
        if path.name == "bo.xlf":
            raise OutputError("could not be written (No space left on device)", path=path, remedy="Make room")
        return original(path, data)

    monkeypatch.setattr(acts, "write_whole", full_disk)
    with pytest.raises(OutputError, match="No space"):
        taken(desk, both(desk))
    assert {path: path.read_bytes() for path in files} == files
    assert desk.remembered() == {}
    entries = read_journal(journal_path(desk.report)).entries
    assert [entry.kind for entry in entries] == [ActKind.ACCEPT, ActKind.ACCEPT, ActKind.UNDO, ActKind.UNDO]


def test_a_draft_saved_by_someone_at_that_moment_is_not_overwritten(
    desk: Newsdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    import toolkit.review.acts as acts

    file = both(desk)
    path = draft_path(desk.report, "bo")
    original = acts.xliff_bytes
    saved = path.read_bytes().replace(TIBETAN[TITLE].encode(), "ངས་བྲིས་པ།".encode())

    def someone_saves(*arguments: object) -> bytes:
        path.write_bytes(saved)
        return original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(acts, "xliff_bytes", someone_saves)
    with pytest.raises(OutputError, match="Run the command again"):
        taken(desk, file)
    assert path.read_bytes() == saved
    assert desk.unit(LIBRARY).target.text == ENGLISH[LIBRARY]
    assert read_journal(journal_path(desk.report)).entries == ()


def test_after_a_power_cut_before_the_memory_the_same_command_does_what_is_missing(desk: Newsdesk) -> None:
    file = both(desk)
    taken(desk, file)
    desk.reviewed.unlink()
    taken(desk, file, now=LATER)
    assert desk.remembered() == {LIBRARY: HERS}


# Taking back


def test_undo_puts_drafts_and_memory_back(desk: Newsdesk) -> None:
    before = desk.unit(LIBRARY)
    taken(desk, both(desk))
    undoing = undo(desk.report, desk.desk, by=BY, now=LATER)
    unit = desk.unit(LIBRARY)
    assert (len(undoing.undone), undoing.left) == (2, ())
    assert (unit.target, unit.state, unit.review, unit.origin) == (before.target, State.DRAFT, None, before.origin)
    assert [one.target.text for one in unit.alternatives] == [HERS]
    assert desk.remembered() == {}


def test_undo_leaves_what_somebody_changed_since(desk: Newsdesk) -> None:
    first = taken(desk, both(desk))
    taken(desk, desk.file(desk.edit(LIBRARY, "And a library, said the head.")), now=LATER)
    undoing = undo(desk.report, desk.desk, by=BY, now=LATER, act=first.act)
    assert [entry.language for entry in undoing.undone] == ["bo"]
    assert [entry.language for entry in undoing.left] == ["en"]
    assert desk.unit(LIBRARY).target.text == "And a library, said the head."


def test_an_undo_can_be_undone(desk: Newsdesk) -> None:
    taken(desk, both(desk))
    undoing = undo(desk.report, desk.desk, by=BY, now=LATER)
    undo(desk.report, desk.desk, by=BY, now=LATER, act=undoing.act)
    unit = desk.unit(LIBRARY)
    assert (unit.target.text, unit.state) == (HERS, State.REVIEWED)
    assert desk.remembered() == {LIBRARY: HERS}


def test_undo_after_undo_goes_one_act_further_back(desk: Newsdesk) -> None:
    taken(desk, desk.file(desk.edit(LIBRARY, HERS)))
    taken(desk, desk.file(desk.edit(TITLE, "Grassland School Moves")), now=LATER)
    undo(desk.report, desk.desk, by=BY, now=LATER)
    assert (desk.unit(LIBRARY).target.text, desk.unit(TITLE).target.text) == (HERS, ENGLISH[TITLE])
    undo(desk.report, desk.desk, by=BY, now=LATER)
    assert desk.unit(LIBRARY).target.text == ENGLISH[LIBRARY]
    with pytest.raises(SettingsError, match="nothing to undo"):
        undo(desk.report, desk.desk, by=BY, now=LATER)


def test_undo_of_a_second_correction_brings_the_first_back_into_the_memory(desk: Newsdesk) -> None:
    taken(desk, desk.file(desk.edit(LIBRARY, HERS)))
    taken(desk, desk.file(desk.edit(LIBRARY, "And a library, said the head.")), now=LATER)
    assert desk.remembered() == {LIBRARY: "And a library, said the head."}
    undo(desk.report, desk.desk, by=BY, now="2026-11-27T09:00:00Z")
    assert desk.remembered() == {LIBRARY: HERS}


# A correction made once is never asked for again


def other_report(desk: Newsdesk, name: str = "later") -> Newsdesk:
    from tests.build.newsroom import write_school

    write_school(desk.workspace, name, f"{TITLE}\n\n{LIBRARY}\n")
    other = Newsdesk(desk.workspace, name)
    keep_drafts(draft_languages(other.report, other.desk).drafts, other.report)
    return other


def redrafted(desk: Newsdesk) -> None:
    keep_drafts(draft_languages(desk.report, desk.desk).drafts, desk.report)


def test_another_report_with_the_same_sentence_has_it_reviewed_by_the_same_person(desk: Newsdesk) -> None:
    taken(desk, both(desk))
    unit = other_report(desk).unit(LIBRARY)
    assert (unit.target.text, unit.state) == (HERS, State.REVIEWED)
    assert unit.review is not None
    assert (unit.review.by, unit.review.at, unit.review.via) == (BY, NOW, "memory")
    assert [one.target.text for one in unit.alternatives] == [ENGLISH[LIBRARY]]  # the unreviewed memory's


def test_a_report_drafted_before_has_it_at_the_next_build(desk: Newsdesk) -> None:
    other = other_report(desk)
    assert other.unit(LIBRARY).state is State.DRAFT
    taken(desk, both(desk))
    redrafted(other)
    assert (other.unit(LIBRARY).target.text, other.unit(LIBRARY).state) == (HERS, State.REVIEWED)


def test_what_nobody_reviewed_stays_a_draft_however_exact(desk: Newsdesk) -> None:
    assert {unit.state for unit in other_report(desk).drafts["en"].units} == {State.DRAFT}


def test_it_follows_when_the_person_corrects_the_sentence_again(desk: Newsdesk) -> None:
    taken(desk, both(desk))
    other = other_report(desk)
    taken(desk, desk.file(desk.edit(LIBRARY, "And a library, said the head.", by="Pema")), now=LATER)
    redrafted(other)
    unit = other.unit(LIBRARY)
    assert (unit.target.text, unit.state) == ("And a library, said the head.", State.REVIEWED)
    assert unit.review is not None
    assert unit.review.by == "Pema"


def test_it_does_not_follow_once_a_person_has_worked_on_it_there(desk: Newsdesk) -> None:
    taken(desk, both(desk))
    other = other_report(desk)
    taken(other, other.file(other.edit(LIBRARY, "A library as well.")), now=LATER)
    redrafted(other)
    assert other.unit(LIBRARY).target.text == "A library as well."


def test_when_the_review_is_taken_back_the_text_stays_as_a_draft_to_look_at(desk: Newsdesk) -> None:
    (desk.workspace.glossaries / "old.tmx").unlink()
    taken(desk, both(desk))
    other = other_report(desk)
    assert other.unit(LIBRARY).state is State.REVIEWED
    undo(desk.report, desk.desk, by=BY, now=LATER)
    redrafted(other)
    redrafted(other)
    assert (other.unit(LIBRARY).target.text, other.unit(LIBRARY).state) == (HERS, State.DRAFT)


# Files in dist


def test_a_file_that_was_taken_in_may_be_replaced_and_edited_again_it_may_not(tmp_path: Path) -> None:
    dist = tmp_path
    (dist / "a.docx").write_bytes(b"hers")
    before = BuildRecord(outputs={"a.docx": "0" * 64})
    before.write(dist)
    _, refused, _ = publish({"a.docx": b"new"}, before, before, dist)
    assert len(refused) == 1
    from toolkit.files import sha256

    mark_accepted(dist, "a.docx", sha256(b"hers"))
    (dist / "a.docx").write_bytes(b"hers, edited again")
    standing = read_record(dist)
    _, refused, _ = publish({"a.docx": b"new"}, standing, standing, dist)
    assert len(refused) == 1
    (dist / "a.docx").write_bytes(b"hers")
    _, refused, _ = publish({"a.docx": b"new"}, standing, standing, dist)
    assert refused == ()
    assert (dist / "a.docx").read_bytes() == b"new"


def in_dist(desk: Newsdesk, *troubles: Trouble) -> EditedFile:
    folder = desk.workspace.dist / desk.name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "school-publishing.docx").write_bytes(b"a document that she edited")
    edit = desk.edit(LIBRARY, HERS)
    return EditedFile(folder / "school-publishing.docx", "docx", desk.name, (edit,), troubles)


def test_an_edited_file_in_dist_is_marked_as_taken_in(desk: Newsdesk) -> None:
    deleted = Trouble(TroubleKind.DELETED, "A row is gone.")
    acceptance = taken(desk, in_dist(desk, deleted))
    assert list(read_record(desk.workspace.dist / desk.name).accepted) == ["school-publishing.docx"]
    assert acceptance.copies == ()


def test_one_whose_words_were_not_all_taken_is_kept_beside_it(desk: Newsdesk) -> None:
    unclear = Trouble(TroubleKind.UNCLEAR, "Goes over two sentences.", text="Some words.")
    file = in_dist(desk, unclear)
    (copy,) = taken(desk, file).copies
    assert copy.parent == file.path.parent
    assert copy.read_bytes() == b"a document that she edited"
    assert taken(desk, file).copies == ()
    assert len(list(copy.parent.glob("*.edited-*"))) == 1


def test_a_filled_gap_leaves_no_empty_alternative(desk: Newsdesk) -> None:
    desk.rewrite(LIBRARY, target=InlineText(""), state=State.NEEDS_TRANSLATION, origin=None, drafted="")
    taken(desk, desk.file(desk.edit(LIBRARY, HERS)))
    assert desk.unit(LIBRARY).alternatives == ()


# One source, two reviewed translations


def two_translations(desk: Newsdesk) -> None:
    """What two people made of one sentence, in different surroundings."""
    around = ((PUPILS, ""), (TITLE, "别处的一句话。"))
    units = [
        memory.MemoryUnit(
            InlineText(LIBRARY), {"en": InlineText(text)}, reviewed_by=by, reviewed_at=at, before=before, after=after
        )
        for (before, after), text, by, at in zip(
            around, (HERS, "A library too!"), ("Zhuoma", "Tashi"), (NOW, LATER), strict=True
        )
    ]
    memory.remember(desk.workspace.glossaries, units)


def test_of_two_reviewed_translations_the_one_in_the_same_context_is_taken_as_reviewed(desk: Newsdesk) -> None:
    two_translations(desk)
    redrafted(desk)
    unit = desk.unit(LIBRARY)
    assert (unit.target.text, unit.state) == (HERS, State.REVIEWED)
    assert unit.review is not None
    assert unit.review.by == "Zhuoma"
    assert "A library too!" in [one.target.text for one in unit.alternatives]


def test_in_another_context_they_are_a_draft_with_the_other_beside_it(desk: Newsdesk) -> None:
    two_translations(desk)
    unit = other_report(desk).unit(LIBRARY)
    assert unit.state is State.DRAFT
    assert {unit.target.text, *(one.target.text for one in unit.alternatives)} >= {HERS, "A library too!"}


def test_a_unit_reviewed_by_memory_stays_so_when_somebody_elsewhere_says_it_otherwise(desk: Newsdesk) -> None:
    taken(desk, both(desk))
    other = other_report(desk)
    elsewhere = memory.MemoryUnit(
        InlineText(LIBRARY),
        {"en": InlineText("A library too!")},
        reviewed_by="Tashi",
        reviewed_at=LATER,
        before="别处的一句话。",
        after="又一句。",
    )
    memory.remember(desk.workspace.glossaries, [elsewhere])
    redrafted(other)
    assert (other.unit(LIBRARY).target.text, other.unit(LIBRARY).state) == (HERS, State.REVIEWED)

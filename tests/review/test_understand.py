"""What an edited file means for the drafts as they stand."""

from __future__ import annotations

import pytest

from tests.build.newsroom import ENGLISH, LIBRARY, MOVED, PUPILS, TIBETAN, TITLE
from tests.review.newsdesk import BY, HERS, NOW, Newsdesk, newsdesk, persons
from toolkit.report.inline import Code, InlineText
from toolkit.review import ActKind, Edit, Entry, Journal, Trouble, TroubleKind, Version, agreed, understand
from toolkit.review.wording import as_kept, is_in_another_script, with_codes_of
from toolkit.translation import State
from toolkit.translation.draft import target_hash
from toolkit.workspace import Workspace


@pytest.fixture
def desk(workspace: Workspace) -> Newsdesk:
    return newsdesk(workspace)


def kinds(troubles: tuple[Trouble, ...]) -> list[TroubleKind]:
    return [trouble.kind for trouble in troubles]


# No edits


def test_a_file_that_nobody_touched_changes_nothing(desk: Newsdesk) -> None:
    edits = [desk.edit(source, text) for source, text in ENGLISH.items()]
    edits += [desk.edit(source, text, "bo") for source, text in TIBETAN.items()]
    found = desk.understood(*edits)
    assert (found.changes, found.confirmed, found.troubles, found.unchanged) == ((), (), (), 8)


@pytest.mark.parametrize(
    "typed",
    [
        "སློབ་གྲྭ་ཡོངས་ལ་སློབ་མ་320ཡོད།",
        "སློབ༌གྲྭ༌ཡོངས༌ལ༌སློབ༌མ༌320ཡོད།",  # the tsheg that does not break
        "  སློབ་གྲྭ་ཡོངས་ལ་སློབ་མ་320ཡོད།\n",
    ],
)
def test_what_programs_change_by_themselves_is_no_correction(desk: Newsdesk, typed: str) -> None:
    assert desk.understood(desk.edit(PUPILS, typed, "bo")).changes == ()


def test_a_no_break_space_for_a_space_is_no_correction_but_one_space_less_is(desk: Newsdesk) -> None:
    assert desk.understood(desk.edit(PUPILS, ENGLISH[PUPILS].replace("320 ", "320\u00a0"))).changes == ()
    desk.machine_redrafts(PUPILS, "The  school has 320 pupils.")
    (change,) = desk.understood(desk.edit(PUPILS, "The school has 320 pupils.")).changes
    assert change.after.text == "The school has 320 pupils."


def test_the_chinese_that_stands_in_for_a_gap_is_no_correction(desk: Newsdesk) -> None:
    desk.rewrite(PUPILS, target=InlineText(""), state=State.NEEDS_TRANSLATION, origin=None, drafted="")
    found = desk.understood(desk.edit(PUPILS, PUPILS), desk.edit(TITLE, ENGLISH[TITLE]))
    assert (found.changes, found.troubles, found.unchanged) == ((), (), 2)


# Corrections


def test_new_words_over_the_text_the_file_was_made_with_are_a_correction(desk: Newsdesk) -> None:
    found = desk.understood(desk.edit(LIBRARY, HERS, by="Sonam", at="2026-11-20T08:00:00Z", place="row 5"))
    (change,) = found.changes
    assert change.before.target.text == ENGLISH[LIBRARY]
    assert (change.after.text, change.by, change.at) == (HERS, "Sonam", "2026-11-20T08:00:00Z")
    assert (change.via, change.place, change.state_after) == ("back.xlsx", "row 5", State.REVIEWED)
    assert found.troubles == ()


def test_a_gap_that_someone_filled_is_a_correction(desk: Newsdesk) -> None:
    desk.rewrite(LIBRARY, target=InlineText(""), state=State.NEEDS_TRANSLATION, origin=None, drafted="")
    (change,) = desk.understood(desk.edit(LIBRARY, HERS)).changes
    assert change.after.text == HERS


@pytest.mark.parametrize("nobody", ["", "Unknown Author", "python-docx", "  openpyxl "])
def test_a_name_that_is_nobodys_gives_way_to_the_one_on_the_command_line(desk: Newsdesk, nobody: str) -> None:
    (change,) = desk.understood(desk.edit(LIBRARY, HERS, by=nobody)).changes
    assert change.by == BY


def test_a_name_given_for_the_file_stands_over_those_in_it(desk: Newsdesk) -> None:
    (change,) = desk.understood(desk.edit(LIBRARY, HERS, by="Sonam"), by="Pema").changes
    assert change.by == "Pema"


def test_a_time_in_the_future_is_the_clocks_fault_and_not_taken(desk: Newsdesk) -> None:
    (change,) = desk.understood(desk.edit(LIBRARY, HERS, at="2031-01-01T00:00:00Z")).changes
    assert change.at == NOW


def test_signed_off_in_a_file_is_reviewed_here(desk: Newsdesk) -> None:
    found = desk.understood(
        desk.edit(LIBRARY, HERS, state=State.SIGNED_OFF), desk.edit(TITLE, ENGLISH[TITLE], state=State.SIGNED_OFF)
    )
    assert [change.state_after for change in (*found.changes, *found.confirmed)] == [State.REVIEWED] * 2
    assert found.confirmed[0].after.text == ENGLISH[TITLE]


def test_reviewed_over_what_is_reviewed_already_says_nothing_new(desk: Newsdesk) -> None:
    desk.rewrite(LIBRARY, **persons(HERS))
    assert desk.understood(desk.edit(LIBRARY, HERS, state=State.REVIEWED)).confirmed == ()


def test_codes_of_a_text_stay_at_their_words_when_the_file_cannot_hold_codes(desk: Newsdesk) -> None:
    bold = (Code(4, "1", "open", "bold"), Code(10, "1", "close", "bold"))
    desk.rewrite(PUPILS, target=InlineText("The school has 320 pupils.", bold))
    (change,) = desk.understood(desk.edit(PUPILS, "Our lovely school has 320 pupils.")).changes
    assert change.after.spans()[1] == ("school", frozenset({"bold"}))


def test_bold_words_in_xliff_are_a_correction_and_in_xlsx_nothing(desk: Newsdesk) -> None:
    bold = (Code(0, "1", "open", "bold"), Code(3, "1", "close", "bold"))
    unit = desk.unit(PUPILS)
    edit = Edit(unit.segment_id, "en", InlineText(unit.target.text, bold), base=target_hash(unit.target))
    assert desk.understood(edit, kind="xliff").changes[0].after.codes == bold
    assert desk.understood(edit, kind="xlsx").changes == ()


# Older files


def test_an_older_text_that_nobody_touched_leaves_the_draft_as_it_is(desk: Newsdesk) -> None:
    old = desk.edit(LIBRARY, ENGLISH[LIBRARY])
    desk.rewrite(LIBRARY, **persons(HERS))
    found = desk.understood(old)
    assert (found.changes, found.troubles) == ((), ())
    assert found.older == (("en", desk.unit(LIBRARY).segment_id),)


def test_a_machines_new_draft_gives_way_to_a_person_who_corrected_the_one_before(desk: Newsdesk) -> None:
    edit = desk.edit(LIBRARY, HERS)
    desk.machine_redrafts(LIBRARY, "A library is to be built, the headmaster said.")
    found = desk.understood(edit)
    assert found.changes[0].before.target.text == "A library is to be built, the headmaster said."
    assert found.troubles == ()


# Conflicts


def test_two_people_with_other_words_are_a_conflict_and_both_are_kept(desk: Newsdesk) -> None:
    edit = desk.edit(LIBRARY, HERS)
    desk.rewrite(LIBRARY, **persons("A library will follow, said the head."))
    found = desk.understood(edit)
    assert found.changes == ()
    assert kinds(found.troubles) == [TroubleKind.CONFLICT]
    assert "changed by Tashi meanwhile" in found.troubles[0].reason
    assert [(one.text.text, one.by) for one in found.kept] == [(HERS, BY)]


def test_two_people_with_the_same_words_agree(desk: Newsdesk) -> None:
    edit = desk.edit(LIBRARY, HERS)
    desk.rewrite(LIBRARY, **persons(HERS))
    found = desk.understood(edit)
    assert (found.changes, found.troubles, found.unchanged) == ((), (), 1)


def test_a_conflict_is_settled_by_saying_whose_words_are_better(desk: Newsdesk) -> None:
    edit = desk.edit(LIBRARY, HERS)
    desk.rewrite(LIBRARY, **persons("A library will follow, said the head."))
    theirs, mine = desk.understood(edit, prefer="file"), desk.understood(edit, prefer="draft")
    assert [change.after.text for change in theirs.changes] == [HERS]
    assert theirs.troubles == ()
    assert mine.changes == ()
    assert [one.text.text for one in mine.kept] == [HERS]
    assert mine.troubles == ()


def test_two_files_with_other_words_for_one_segment_are_a_conflict_between_them(desk: Newsdesk) -> None:
    files = [
        desk.file(desk.edit(LIBRARY, text, by=by), name=name)
        for text, by, name in ((HERS, "Zhuoma", "a.xlsx"), ("There would be a library too.", "Tashi", "b.xlsx"))
    ]
    first, second = agreed(understand(file, desk.report, desk.drafts, now=NOW) for file in files)
    assert (first.changes, second.changes) == ((), ())
    assert (kinds(first.troubles), kinds(second.troubles)) == ([TroubleKind.CONFLICT], [TroubleKind.CONFLICT])
    assert "b.xlsx" in first.troubles[0].reason
    assert [one.by for one in (*first.kept, *second.kept)] == ["Zhuoma", "Tashi"]


def test_two_files_with_the_same_words_are_one_correction(desk: Newsdesk) -> None:
    files = [desk.file(desk.edit(LIBRARY, HERS), name=name) for name in ("a.xlsx", "b.xlsx")]
    first, second = agreed(understand(file, desk.report, desk.drafts, now=NOW, someone=BY) for file in files)
    assert (len(first.changes), len(second.changes), second.unchanged) == (1, 0, 1)


# Files that do not say what they were made with


def test_without_a_base_a_new_text_over_a_machines_is_a_correction(desk: Newsdesk) -> None:
    assert len(desk.understood(desk.edit(LIBRARY, HERS, base="")).changes) == 1


def test_without_a_base_a_new_text_over_a_persons_is_a_conflict(desk: Newsdesk) -> None:
    desk.rewrite(LIBRARY, **persons("A library will follow, said the head."))
    assert kinds(desk.understood(desk.edit(LIBRARY, HERS, base="")).troubles) == [TroubleKind.CONFLICT]


def test_without_a_base_the_machines_own_former_text_is_an_older_file(desk: Newsdesk) -> None:
    desk.rewrite(LIBRARY, **persons(HERS))
    found = desk.understood(desk.edit(LIBRARY, ENGLISH[LIBRARY], base=""))
    assert (found.changes, found.troubles, len(found.older)) == ((), (), 1)


def test_without_a_base_a_text_that_the_journal_knows_is_an_older_file(desk: Newsdesk) -> None:
    unit = desk.unit(LIBRARY)
    former = Version(InlineText("There is to be a library."), State.REVIEWED)
    entry = Entry("a1", ActKind.ACCEPT, NOW, BY, "x", "en", unit.segment_id, before=former, after=Version.of(unit))
    found = desk.understood(desk.edit(LIBRARY, "There is to be a library.", base=""), journal=Journal((entry,)))
    assert (found.changes, len(found.older)) == ((), 1)


def test_a_memory_without_segments_goes_by_the_chinese(desk: Newsdesk) -> None:
    found = desk.understood(
        Edit("", "en", InlineText(HERS), source=LIBRARY),
        Edit("", "en", InlineText("Nobody said this."), source="没有人说过这句话。"),
        kind="tmx",
    )
    assert [change.segment_id for change in found.changes] == [desk.unit(LIBRARY).segment_id]
    assert (found.elsewhere, found.troubles) == (1, ())


# What nobody may guess


def test_an_emptied_text_takes_nothing_away(desk: Newsdesk) -> None:
    found = desk.understood(desk.edit(LIBRARY, "  "))
    assert found.changes == ()
    assert kinds(found.troubles) == [TroubleKind.DELETED]


def test_a_text_beside_other_chinese_is_not_taken_and_not_lost(desk: Newsdesk) -> None:
    found = desk.understood(desk.edit(LIBRARY, HERS, source="校长说，学校还要建一座体育馆。"))
    assert found.changes == ()
    assert kinds(found.troubles) == [TroubleKind.SOURCE_CHANGED]
    assert [one.text.text for one in found.kept] == [HERS]


def test_chinese_in_other_widths_is_the_same_chinese(desk: Newsdesk) -> None:
    assert len(desk.understood(desk.edit(LIBRARY, HERS, source=LIBRARY.replace("，", ", "))).changes) == 1


def test_a_segment_that_the_report_does_not_have_is_named(desk: Newsdesk) -> None:
    found = desk.understood(Edit("s0000000000", "en", InlineText(HERS)))
    assert kinds(found.troubles) == [TroubleKind.UNKNOWN]
    assert found.troubles[0].text == HERS


def test_tibetan_in_the_english_column_is_not_taken(desk: Newsdesk) -> None:
    found = desk.understood(desk.edit(LIBRARY, TIBETAN[LIBRARY]))
    assert found.changes == ()
    assert "not written in English" in found.troubles[0].reason


def test_a_tibetan_word_in_english_and_gdp_in_tibetan_are_no_wrong_script() -> None:
    assert not is_in_another_script("The Tibetan for milk is འོ་མ.", "藏语的牛奶。", "en")
    assert not is_in_another_script("GDP", "生产总值", "bo")
    assert not is_in_another_script("Bulletin Toolkit", "Bulletin Toolkit", "bo")


@pytest.mark.parametrize("text", ["one\x07two", "one\ud800two", "one\ufffftwo"])
def test_characters_that_no_file_can_hold_are_not_taken(desk: Newsdesk, text: str) -> None:
    found = desk.understood(desk.edit(LIBRARY, text))
    assert found.changes == ()
    assert kinds(found.troubles) == [TroubleKind.UNCLEAR]


def test_one_segment_twice_with_different_words_is_not_taken(desk: Newsdesk) -> None:
    found = desk.understood(desk.edit(LIBRARY, HERS), desk.edit(LIBRARY, "A library too."))
    assert found.changes == ()
    assert kinds(found.troubles) == [TroubleKind.DOUBLED, TroubleKind.DOUBLED]
    assert len(found.kept) == 2


def test_one_segment_twice_with_one_of_them_untouched_is_a_correction(desk: Newsdesk) -> None:
    found = desk.understood(desk.edit(LIBRARY, ENGLISH[LIBRARY]), desk.edit(LIBRARY, HERS))
    assert [change.after.text for change in found.changes] == [HERS]


def test_only_the_segments_asked_for_are_taken(desk: Newsdesk) -> None:
    edits = [desk.edit(LIBRARY, HERS), desk.edit(MOVED, "They moved on 1 June.")]
    found = desk.understood(*edits, only=(edits[1].segment_id,))
    assert [change.segment_id for change in found.changes] == [edits[1].segment_id]


def test_a_remark_on_words_left_alone_is_not_lost(desk: Newsdesk) -> None:
    found = desk.understood(desk.edit(LIBRARY, ENGLISH[LIBRARY], comment="Is this so?", by="Sonam"))
    assert [(one.text, one.by) for one in found.remarks] == [("Is this so?", "Sonam")]


# The draft itself


def test_what_was_typed_into_the_draft_itself_gets_a_name(desk: Newsdesk) -> None:
    from tests.build.newsroom import retarget

    base = target_hash(desk.unit(LIBRARY).target)
    retarget(desk.report.path.parent / "en.xlf", LIBRARY, HERS)
    edits = [desk.edit(source, desk.unit(source).target.text) for source in (TITLE, MOVED, PUPILS)]
    found = desk.understood(*edits, desk.edit(LIBRARY, HERS, base=base), kind="xliff", in_place=True)
    assert [(change.after.text, change.by) for change in found.changes] == [(HERS, BY)]
    assert (found.confirmed, found.unchanged) == ((), 3)


def test_a_draft_marked_reviewed_in_a_cat_tool_is_confirmed_by_name(desk: Newsdesk) -> None:
    desk.rewrite(TITLE, state=State.REVIEWED)
    found = desk.understood(desk.edit(TITLE, ENGLISH[TITLE]), kind="xliff", in_place=True)
    assert [change.segment_id for change in found.confirmed] == [desk.unit(TITLE).segment_id]
    assert found.changes == ()


def test_a_draft_that_lost_its_marks_is_not_taken_for_a_persons_work(desk: Newsdesk) -> None:
    for source in ENGLISH:
        desk.rewrite(source, inputs="", drafted="", origin=None)
    edits = [desk.edit(source, text, base="") for source, text in ENGLISH.items()]
    found = desk.understood(*edits, kind="xliff", in_place=True)
    assert (found.changes, found.confirmed) == ((), ())
    assert kinds(found.troubles) == [TroubleKind.UNCLEAR]


# Wording


def test_words_are_kept_as_typed_without_space_at_the_ends() -> None:
    text = InlineText("  A “new” library ", (Code(2, "1", "open", "bold"), Code(18, "1", "close", "bold")))
    kept = as_kept(text, "en")
    assert kept.text == "A “new” library"
    assert [code.position for code in kept.codes] == [0, 15]


def test_a_code_around_replaced_words_goes_around_the_new_ones() -> None:
    before = InlineText("in Hezuo City now", (Code(3, "1", "open", "bold"), Code(13, "1", "close", "bold")))
    after = with_codes_of(before, InlineText("in the city of Lhasa now"), "en")
    assert after.spans()[1] == ("the city of Lhasa", frozenset({"bold"}))

"""A DOCX comes home: edits as Word writes them, and everything in a table that is no correction."""

from __future__ import annotations

import copy
import io
import random
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.review.docx_edits import W, WordFile, changed, kinds, remove, run_like, set_text, tracked
from tests.review.docx_made import FOLDER, Made, made_editions, with_target
from toolkit.errors import SourceError
from toolkit.languages import TARGETS, Language
from toolkit.report import Report
from toolkit.report.inline import Code, InlineText
from toolkit.review.edit import EditedFile, TroubleKind
from toolkit.review.from_docx import read_docx
from toolkit.review.understand import understand
from toolkit.translation.draft import target_hash
from toolkit.translation.xliff import read_xliff

NOW = "2026-11-25T04:05:57Z"
GAP, BOLD = 3, 4  # segments of the report, in one cell


@pytest.fixture(scope="module")
def made(gannan: Report) -> Made:
    """The editions, with a gap, and with words in bold and stressed."""
    drafts = {language: read_xliff(FOLDER / f"{language}.xlf", language) for language in TARGETS}
    gap, bold = gannan.segments[GAP].id, gannan.segments[BOLD].id
    drafts = with_target(drafts, "bo", gap, InlineText(""))
    for language in TARGETS:
        text = next(unit.target.text for unit in drafts[language].units if unit.segment_id == bold)
        codes = (Code(4, "1", "open", "bold"), Code(12, "1", "close", "bold"))
        codes += (Code(20, "2", "open", "italic"), Code(30, "2", "close", "italic"))
        drafts = with_target(drafts, language, bold, InlineText(text, codes))
    return made_editions(gannan, drafts)


@pytest.fixture
def word(made: Made) -> WordFile:
    return made.word("publishing")


def home(word: WordFile, folder: Path, name: str = "back.docx") -> EditedFile:
    return read_docx(word.saved(folder / name))


@pytest.mark.parametrize("edition", ["publishing", "review"])
def test_an_untouched_edition_gives_every_text_as_it_was_made(
    made: Made, gannan: Report, tmp_path: Path, edition: str
) -> None:
    file = home(made.word(edition), tmp_path)
    assert (file.kind, file.report, file.troubles) == ("docx", "gannan-2023", ())
    assert len(file.edits) == 2 * len(made.segments(edition))
    for edit in file.edits:
        unit = made.drafts[edit.language].unit(edit.segment_id)
        assert unit is not None
        assert edit.text.text == edit.base_text == unit.target.text
        assert edit.base == (target_hash(unit.target) if unit.target else "")
        assert (edit.text.codes, edit.by, edit.at, edit.comment) == ((), "", "", "")
        assert edit.source == (unit.source.text if edition == "review" else "")
    understood = understand(file, gannan, made.drafts, now=NOW)
    assert (understood.changes, understood.confirmed, understood.troubles) == ((), (), ())
    assert understood.unchanged == len(file.edits)


def test_a_filled_gap_is_a_correction(made: Made, gannan: Report, word: WordFile, tmp_path: Path) -> None:
    gap = gannan.segments[GAP].id
    mark = word.marks()["bo", gap]
    assert word.text(mark) == gannan.segments[GAP].text
    word.write(mark, "ཚོགས་འདུའི་བརྗོད་གཞི།")
    understood = understand(home(word, tmp_path), gannan, made.drafts, now=NOW, someone="Zhuoma")
    assert [(one.language, one.segment_id, one.after.text, one.by) for one in understood.changes] == [
        ("bo", gap, "ཚོགས་འདུའི་བརྗོད་གཞི།", "Zhuoma")
    ]


def test_bold_and_stressed_words_come_home_only_where_a_person_changed_them(
    made: Made, gannan: Report, word: WordFile, tmp_path: Path
) -> None:
    segment = gannan.segments[BOLD].id
    mark = word.marks()["en", segment]
    runs = word.runs(mark)
    assert [run.find(f"{W}rPr/{W}b") is not None for run in runs] == [False, True, False, False, False]
    last = runs[-1]
    text = "".join(t.text or "" for t in last.iter(W + "t"))
    set_text(last, text + " Words put in.")
    edit = next(one for one in home(word, tmp_path).edits if (one.segment_id, one.language) == (segment, "en"))
    assert edit.text == InlineText(made.text(segment, "en") + " Words put in.")
    words = run_like(last, "Bold words. ")
    properties = words.find(W + "rPr")
    assert properties is not None
    properties.insert(0, etree.Element(W + "b"))
    last.addnext(words)
    edit = next(one for one in home(word, tmp_path).edits if (one.segment_id, one.language) == (segment, "en"))
    assert edit.text.text == made.text(segment, "en") + " Words put in.Bold words."
    assert [(code.kind, code.ctype, edit.text.text[code.position :][:4]) for code in edit.text.codes][-2:] == [
        ("open", "bold", "Bold"),
        ("close", "bold", ""),
    ]


def test_tracked_changes_are_accepted_and_keep_their_author(made: Made, word: WordFile, tmp_path: Path) -> None:
    segment = made.rows_with("publishing", 2)[0][1]
    mark = word.marks()["en", segment]
    (run,) = word.runs(mark)
    text = made.text(segment, "en")
    kept, deleted, inserted = run_like(run, text[:20]), run_like(run, text[20:]), run_like(run, "and the rest is new.")
    run.addprevious(kept)
    kept.addnext(tracked("del", [deleted], "Tashi", "2026-11-25T03:00:00Z"))
    run.addprevious(tracked("ins", [inserted], "Zhuoma", "2026-11-25T04:00:00Z"))
    remove(run)
    file = home(word, tmp_path)
    assert changed(file) == {("en", segment): text[:20] + "and the rest is new."}
    edit = next(one for one in file.edits if (one.segment_id, one.language) == (segment, "en"))
    assert (edit.by, edit.at) == ("Zhuoma", "2026-11-25T04:00:00Z")
    assert kinds(file) == []


def test_who_saved_the_file_stands_for_changes_that_nobody_tracked(made: Made, word: WordFile, tmp_path: Path) -> None:
    first, second = made.rows_with("publishing", 2)[0]
    word.write(word.marks()["en", first], "Typed without tracking.")
    core = etree.fromstring(word.parts["docProps/core.xml"])
    namespace = etree.QName(core).namespace
    etree.SubElement(core, f"{{{namespace}}}lastModifiedBy").text = "Drolma"
    modified = etree.SubElement(core, "{http://purl.org/dc/terms/}modified")
    modified.text = "2026-11-25T02:03:04Z"
    word.parts["docProps/core.xml"] = etree.tostring(core)
    by = {one.segment_id: (one.by, one.at) for one in home(word, tmp_path).edits if one.language == "en"}
    assert (by[first], by[second]) == (("Drolma", "2026-11-25T02:03:04Z"), ("", ""))


def test_a_comment_comes_with_its_author(made: Made, gannan: Report, word: WordFile, tmp_path: Path) -> None:
    segment = made.rows_with("publishing", 2)[0][1]
    word.comment(word.marks()["bo", segment], "Tashi", "Is this the usual name?")
    file = home(word, tmp_path)
    (edit,) = (one for one in file.edits if one.comment)
    assert (edit.language, edit.segment_id, edit.by, edit.comment) == (
        "bo",
        segment,
        "Tashi",
        "Is this the usual name?",
    )
    (remark,) = understand(file, gannan, made.drafts, now=NOW).remarks
    assert (remark.by, remark.text) == ("Tashi", "Is this the usual name?")


def test_a_comment_on_a_text_that_was_emptied_is_not_lost(made: Made, word: WordFile, tmp_path: Path) -> None:
    segment = made.rows_with("publishing", 1)[3][0]
    mark = word.marks()["bo", segment]
    word.comment(mark, "Tashi", "We do not need this.")
    for run in word.runs(mark):
        remove(run)
    file = home(word, tmp_path)
    assert [(one.kind, one.text) for one in file.troubles] == [
        (TroubleKind.DELETED, made.text(segment, "bo")),
        (TroubleKind.ADDED, "We do not need this."),
    ]


def test_a_row_copied_over_itself_without_bookmarks_is_known_by_its_words(
    made: Made, word: WordFile, tmp_path: Path
) -> None:
    segment = made.rows_with("publishing", 1)[3][0]
    marks = word.marks()
    word.write(marks["en", segment], "Only the English was typed anew.")
    word.forget(marks["en", segment], marks["bo", segment])
    file = home(word, tmp_path)
    assert (changed(file), file.troubles) == ({("en", segment): "Only the English was typed anew."}, ())


def test_word_cuts_runs_as_it_likes_and_nothing_changes(word: WordFile, tmp_path: Path) -> None:
    chance = random.Random(4)
    for run in list(word.document.iter(W + "r")):
        text = "".join(t.text or "" for t in run.iter(W + "t"))
        if len(text) < 2 or run.find(W + "br") is not None:
            continue
        at = chance.randrange(1, len(text))
        tail = run_like(run, text[at:])
        tail.set(W + "rsidR", "00AB12CD")
        for piece, words in ((run, text[:at]), (tail, text[at:])):
            set_text(piece, words)
        run.addnext(tail)
        run.addnext(etree.Element(W + "proofErr", {W + "type": "spellStart"}))
    file = home(word, tmp_path)
    assert (changed(file), file.troubles) == ({}, ())


def test_python_docx_saves_it_and_nothing_changes(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "resaved.docx"
    docx.Document(io.BytesIO(made.files["review"])).save(str(path))
    file = read_docx(path)
    assert (changed(file), file.troubles) == ({}, ())


def test_what_programs_change_by_themselves_is_no_edit(made: Made, word: WordFile, tmp_path: Path) -> None:
    first, second = made.rows_with("publishing", 2)[0]
    marks = word.marks()
    text = made.text(first, "en")
    word.write(marks["en", first], text.replace(" ", "\u00a0", 3))
    word.write(marks["bo", first], made.text(first, "bo").replace("\u0f0b", "\u0f0c", 2))
    file = home(word, tmp_path)
    assert (changed(file), file.troubles) == ({}, ())
    word.write(marks["en", second], made.text(second, "en").replace(" ", "\u00a0", 1) + " Indeed.")
    assert changed(home(word, tmp_path)) == {
        ("en", second): made.text(second, "en").replace(" ", "\u00a0", 1) + " Indeed."
    }


def test_quotes_that_autocorrect_made_curly_are_no_edit_and_straight_ones_that_a_person_typed_are(
    gannan: Report, tmp_path: Path
) -> None:
    drafts = {language: read_xliff(FOLDER / f"{language}.xlf", language) for language in TARGETS}
    segment = gannan.segments[GAP].id
    straight = made_editions(gannan, with_target(drafts, "en", segment, InlineText('The "theme" isn\'t new.')))
    word = straight.word("publishing")
    word.write(word.marks()["en", segment], "The “theme” isn’t new.")
    assert changed(home(word, tmp_path)) == {}
    curly = made_editions(gannan, with_target(drafts, "en", segment, InlineText("The “theme” isn’t new.")))
    word = curly.word("publishing")
    word.write(word.marks()["en", segment], 'The "theme" isn\'t new.')
    assert changed(home(word, tmp_path)) == {("en", segment): 'The "theme" isn\'t new.'}


def test_a_new_paragraph_inside_a_sentence_is_a_space(made: Made, word: WordFile, tmp_path: Path) -> None:
    segment = made.rows_with("publishing", 1)[3][0]
    mark = word.marks()["en", segment]
    (run,) = word.runs(mark)
    paragraph = run.getparent()
    assert paragraph is not None
    text = made.text(segment, "en")
    at = text.index(" ", 40)
    new = copy.deepcopy(paragraph)
    for element in [one for one in new if one.tag != W + "pPr"]:
        new.remove(element)
    new.append(run_like(run, text[at + 1 :]))
    new.append(word.end(mark))
    set_text(run, text[:at])
    paragraph.addnext(new)
    file = home(word, tmp_path)
    assert (changed(file), file.troubles) == ({}, ())


def test_a_line_that_is_no_part_of_the_report_is_told_with_its_words(word: WordFile, tmp_path: Path) -> None:
    word.write("bt1_en", "The Gannan Herald")
    (trouble,) = home(word, tmp_path).troubles
    assert (trouble.kind, trouble.language, trouble.text) == (TroubleKind.ADDED, "en", "The Gannan Herald")
    assert "masthead" in trouble.reason


def test_words_in_the_notes_are_told_and_are_no_text(made: Made, gannan: Report, tmp_path: Path) -> None:
    word = made.word("review")
    (run,) = [
        run for run in word.document.iter(W + "r") if "a note under the text" in "".join(map(str, run.itertext()))
    ]
    set_text(run, "term-missing: done, see line 4")
    file = home(word, tmp_path)
    assert changed(file) == {}
    assert kinds(file) == ["added"]
    assert "see line 4" in file.troubles[0].text


def test_a_deleted_row_and_a_tracked_deletion_of_one_are_told_alike(made: Made, word: WordFile, tmp_path: Path) -> None:
    segment = made.rows_with("publishing", 1)[3][0]
    row = word.row(word.marks()["en", segment])
    other = WordFile(word.data)
    row_there = other.row(other.marks()["en", segment])
    properties = row_there.find(W + "trPr")
    assert properties is not None
    etree.SubElement(properties, W + "del", {W + "id": "7", W + "author": "Tashi", W + "date": "2026-11-25T04:00:00Z"})
    remove(row)
    one, two = home(word, tmp_path), home(other, tmp_path)
    assert [(trouble.kind, trouble.segment_id) for trouble in one.troubles] == [(TroubleKind.DELETED, segment)]
    assert one.troubles == two.troubles
    assert made.text(segment, "en") in one.troubles[0].text
    assert segment not in {edit.segment_id for edit in one.edits}


def test_moved_rows_keep_their_texts(made: Made, word: WordFile, tmp_path: Path) -> None:
    first, second = made.rows_with("publishing", 1)[3:5]
    marks = word.marks()
    word.write(marks["bo", first[0]], "གསར་དུ་བྲིས་པ།")
    word.row(marks["en", second[0]]).addnext(word.row(marks["en", first[0]]))
    file = home(word, tmp_path)
    assert kinds(file) == ["moved"]
    assert changed(file) == {("bo", first[0]): "གསར་དུ་བྲིས་པ།"}


def test_a_new_row_is_told_with_its_words(made: Made, word: WordFile, tmp_path: Path) -> None:
    row = word.row(word.marks()["en", made.rows_with("publishing", 1)[3][0]])
    new = copy.deepcopy(row)
    for mark in [*new.iter(W + "bookmarkStart"), *new.iter(W + "bookmarkEnd")]:
        remove(mark)
    for number, cell in enumerate(new.iter(W + "tc")):
        for run in list(cell.iter(W + "r"))[1:]:
            remove(run)
        set_text(next(cell.iter(W + "r")), ("A line of my own.", "རང་གི་ཚིག")[number])
    row.addnext(new)
    file = home(word, tmp_path)
    assert [(trouble.kind, trouble.text) for trouble in file.troubles] == [
        (TroubleKind.ADDED, "A line of my own. | རང་གི་ཚིག")
    ]
    assert changed(file) == {}


def test_an_emptied_cell_is_told_and_is_no_correction(made: Made, word: WordFile, tmp_path: Path) -> None:
    segment = made.rows_with("publishing", 1)[3][0]
    mark = word.marks()["bo", segment]
    for run in word.runs(mark):
        remove(run)
    file = home(word, tmp_path)
    assert [(one.kind, one.segment_id, one.language, one.text) for one in file.troubles] == [
        (TroubleKind.DELETED, segment, "bo", made.text(segment, "bo"))
    ]
    assert ("bo", segment) not in {(edit.language, edit.segment_id) for edit in file.edits}


def test_a_cell_typed_anew_without_any_bookmark_left_is_still_known_by_its_row(
    made: Made, word: WordFile, tmp_path: Path
) -> None:
    segment = made.rows_with("publishing", 1)[3][0]
    mark = word.marks()["bo", segment]
    word.write(mark, "ཚང་མ་གསར་དུ་བྲིས་པ།")
    word.forget(mark)
    file = home(word, tmp_path)
    assert (changed(file), file.troubles) == ({("bo", segment): "ཚང་མ་གསར་དུ་བྲིས་པ།"}, ())


def test_merged_rows_are_told_and_texts_that_can_be_told_apart_are_taken(
    made: Made, word: WordFile, tmp_path: Path
) -> None:
    first, second = made.rows_with("publishing", 1)[:2]
    marks = word.marks()
    word.write(marks["en", second[0]], "Changed before the rows were merged.")
    upper, lower = word.row(marks["en", first[0]]), word.row(marks["en", second[0]])
    for above, below in zip(upper.iter(W + "tc"), lower.iter(W + "tc"), strict=True):
        above.extend(below.findall(W + "p"))
    remove(lower)
    file = home(word, tmp_path)
    assert set(kinds(file)) == {"merged"}
    assert changed(file) == {("en", second[0]): "Changed before the rows were merged."}


def test_cells_merged_over_two_languages_are_told(made: Made, word: WordFile, tmp_path: Path) -> None:
    segment = made.rows_with("publishing", 1)[3][0]
    cells = list(word.row(word.marks()["en", segment]).iter(W + "tc"))
    properties = cells[0].find(W + "tcPr")
    assert properties is not None
    properties.insert(1, etree.Element(W + "gridSpan", {W + "val": "2"}))
    cells[0].extend(cells[1].findall(W + "p"))
    remove(cells[1])
    file = home(word, tmp_path)
    assert (kinds(file), changed(file)) == (["merged"], {})


def test_a_cell_that_was_split_makes_its_row_unclear(made: Made, word: WordFile, tmp_path: Path) -> None:
    segment = made.rows_with("publishing", 1)[3][0]
    mark = word.marks()["en", segment]
    cell = word.cell(mark)
    text = made.text(segment, "en")
    new = copy.deepcopy(cell)
    for element in [*new.iter(W + "bookmarkStart"), *new.iter(W + "bookmarkEnd")]:
        remove(element)
    set_text(next(new.iter(W + "r")), text[60:])
    word.write(mark, text[:60])
    cell.addnext(new)
    file = home(word, tmp_path)
    assert sorted(kinds(file)) == ["added", "unclear"]
    assert {trouble.text for trouble in file.troubles} == {text[:60].strip(), text[60:].strip()}
    assert changed(file) == {}


def test_a_sentence_that_stands_twice_with_different_words_is_told(
    made: Made, gannan: Report, word: WordFile, tmp_path: Path
) -> None:
    segment = made.rows_with("publishing", 1)[3][0]
    row = word.row(word.marks()["en", segment])
    again = copy.deepcopy(row)
    for number, start in enumerate(again.iter(W + "bookmarkStart"), start=5000):
        end = next(one for one in again.iter(W + "bookmarkEnd") if one.get(W + "id") == start.get(W + "id"))
        end.set(W + "id", str(number))
        start.set(W + "id", str(number))
        start.set(W + "name", f"{start.get(W + 'name')} Copy 1")
    set_text(next(again.iter(W + "r")), "Another wording.")
    for run in list(next(again.iter(W + "tc")).iter(W + "r"))[1:]:
        remove(run)
    row.addnext(again)
    file = home(word, tmp_path)
    assert [(one.kind, one.segment_id, one.language) for one in file.troubles] == [(TroubleKind.DOUBLED, segment, "en")]
    understood = understand(file, gannan, made.drafts, now=NOW, someone="Zhuoma")
    assert [one.after.text for one in understood.changes] == [
        "Another wording."
    ]  # the other says what it was made with


def test_changed_chinese_is_told_and_the_text_beside_it_is_not_taken(
    made: Made, gannan: Report, tmp_path: Path
) -> None:
    word = made.word("review")
    segment = made.rows_with("review", 2)[0][1]
    marks = word.marks()
    word.write(marks["zh", segment], "会议改在兰州召开。")
    word.write(marks["en", segment], "The meeting was held in Lanzhou instead.")
    file = home(word, tmp_path)
    assert {one.source for one in file.edits if one.segment_id == segment} == {"会议改在兰州召开。"}
    understood = understand(file, gannan, made.drafts, now=NOW, someone="Zhuoma")
    assert understood.changes == ()
    assert {one.kind for one in understood.troubles} == {TroubleKind.SOURCE_CHANGED}
    assert [one.text.text for one in understood.kept] == ["The meeting was held in Lanzhou instead."]


def test_text_boxes_footnotes_and_words_outside_of_the_tables_are_not_lost(
    made: Made, word: WordFile, tmp_path: Path
) -> None:
    segment = made.rows_with("publishing", 1)[3][0]
    (run,) = word.runs(word.marks()["en", segment])
    box = etree.SubElement(etree.SubElement(run_like(run, "x"), W + "drawing"), W + "txbxContent")
    etree.SubElement(etree.SubElement(etree.SubElement(box, W + "p"), W + "r"), W + "t").text = "In a box."
    drawing = box.getparent()
    assert drawing is not None
    run.append(drawing)
    body = word.document.find(W + "body")
    assert body is not None
    outside = etree.Element(W + "p")
    outside.append(run_like(run, "Below it all."))
    body.insert(0, outside)
    file = home(word, tmp_path)
    assert [(one.kind, one.text) for one in file.troubles] == [
        (TroubleKind.ADDED, "In a box."),
        (TroubleKind.ADDED, "Below it all."),
    ]
    assert changed(file) == {}


def test_the_yig_mgo_is_no_part_of_the_title_and_what_is_typed_behind_it_is(
    made: Made, word: WordFile, tmp_path: Path
) -> None:
    title = made.row_of_kind("publishing", "title")
    start = word.start(word.marks()["bo", title])
    ornament = start.getprevious()
    assert ornament is not None
    assert "༄༅" in "".join(map(str, ornament.itertext()))
    ornament.addnext(run_like(ornament, "གསར་འགྱུར། །"))
    assert changed(home(word, tmp_path)) == {("bo", title): "གསར་འགྱུར། །" + made.text(title, "bo")}


def test_a_file_that_was_not_made_here_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    document = docx.Document()
    document.add_paragraph("A translation of somebody's.")
    document.save(str(path))
    with pytest.raises(SourceError, match=r"was not made here.*bulletin align"):
        read_docx(path)


def test_a_broken_or_hostile_file_is_refused(made: Made, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(made.files["publishing"][:4000])
    entity = made.word("publishing")
    entity.parts["customXml/item1.xml"] = (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + entity.parts["customXml/item1.xml"].split(b"?>", 1)[1]
    )
    for path in (broken, entity.saved(tmp_path / "entity.docx")):
        with pytest.raises(SourceError):
            read_docx(path)


@pytest.mark.parametrize("record", [True, False])
def test_without_the_record_the_bookmarks_still_tell(made: Made, gannan: Report, tmp_path: Path, record: bool) -> None:
    word = made.word("review")
    marks = word.marks()
    first, second = made.rows_with("review", 2)[0]
    word.write(marks["en", first], "A sentence changed without any record.")
    remove(word.row(marks["en", made.rows_with("review", 1)[3][0]]))
    if not record:
        word.without_record()
    file = home(word, tmp_path)
    understood = understand(file, gannan, made.drafts, now=NOW, someone="Zhuoma")
    assert [(one.segment_id, one.after.text) for one in understood.changes] == [
        (first, "A sentence changed without any record.")
    ]
    assert kinds(file) == ["deleted"]
    assert second not in {one.segment_id for one in understood.troubles}


WORDS: dict[Language, list[str]] = {
    "en": ["meeting", "the", "of", "“Hezuo”", "2,392.67", "I.e.", "and", "new"],
    "bo": ["ཚོགས་འདུ་", "དང་", "གསར་པ། ", "༢༠༢༣", "བོད་", "ཀྱི་"],
}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_edits_inside_of_sentences_come_home_exactly(made: Made, tmp_path: Path, data: st.DataObject) -> None:
    word = made.word("publishing")
    marks = word.marks()
    keys = [
        (language, segment)
        for language, segment in marks
        if segment and (language, segment) not in with_gap_or_codes(made)
    ]
    wanted: dict[tuple[Language, str], str] = {}
    for language, segment in data.draw(st.lists(st.sampled_from(sorted(keys)), min_size=1, max_size=8, unique=True)):
        text = made.text(segment, language)
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        middle = "".join(data.draw(st.lists(st.sampled_from(WORDS[language]), max_size=4)))
        new = (text[:start] + middle + text[end:]).strip()
        if new:
            wanted[language, segment] = new
            word.write(marks[language, segment], new)
    found = changed(home(word, tmp_path))
    assert found == {key: text for key, text in wanted.items() if text != made.text(key[1], key[0])}


def with_gap_or_codes(made: Made) -> set[tuple[Language, str]]:
    """Texts with a gap or codes, which tests above look at."""
    return {
        (language, unit.segment_id)
        for language, draft in made.drafts.items()
        for unit in draft.units
        if not unit.target or unit.target.codes
    }

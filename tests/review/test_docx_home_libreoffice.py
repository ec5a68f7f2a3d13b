"""The round trip of an editor through LibreOffice, which really edits and really saves."""

from __future__ import annotations

import pytest

from tests.review.docx_edits import LibreOffice, WordFile, basic, changed, kinds, libreoffice
from tests.review.docx_made import Made, made_editions
from toolkit.languages import Language
from toolkit.report import Report
from toolkit.review.from_docx import read_docx
from toolkit.review.understand import understand

NOW = "2026-11-25T04:05:57Z"


@pytest.fixture(scope="module")
def made(gannan: Report) -> Made:
    return made_editions(gannan)


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    return libreoffice(tmp_path_factory.mktemp("libreoffice"))


def twelve(made: Made, edition: str) -> tuple[dict[tuple[Language, str], str], list[str]]:
    """What an editor makes of twelve texts, and the commands for it."""
    title, heading = made.row_of_kind(edition, "title"), made.row_of_kind(edition, "heading")
    first, middle, last = made.rows_with(edition, 3)[-1]
    single, other = made.rows_with(edition, 1)[3][0], made.rows_with(edition, 1)[5][0]
    wanted: dict[tuple[Language, str], str] = {}
    commands: list[str] = []

    def put(command: str, segment: str, language: Language, words: str, part: slice = slice(None)) -> None:
        text = made.text(segment, language)
        place = text[part]
        start = text.rindex(place)
        before, after = text[:start], text[start + len(place) :]
        new = {"over": words, "behind": place + words, "before": words + place}[command]
        wanted[language, segment] = before + new + after
        commands.append(f"{command} {basic(place)}, {basic(words)}")

    put("behind", title, "en", " (Updated)", slice(-40, None))
    put("over", heading, "en", "Gives a Speech", slice(-19, None))
    put("over", first, "en", "A sentence typed anew, all of it.")
    put("over", middle, "en", "making good progress", slice(-60, -30))
    put("behind", last, "en", " We wish them luck.", slice(-40, None))
    put("before", single, "en", "It is said that ", slice(0, 60))
    put("before", title, "bo", "གསར་འགྱུར། ", slice(0, 40))
    put("over", heading, "bo", "གསུང་བཤད།", slice(-12, None))
    put("behind", first, "bo", " ཞེས་བཤད།", slice(-50, None))
    put("over", middle, "bo", "ཚིག་གྲུབ་འདི་གསར་དུ་བྲིས་པ་ཡིན།")
    put("before", last, "bo", "ད་ལྟ། ", slice(0, 40))
    put("over", other, "bo", "དང་།", slice(-40, -25))
    return wanted, commands


@pytest.mark.parametrize("edition", ["publishing", "review"])
def test_twelve_corrections_a_deleted_row_and_two_swapped_come_home_and_nothing_else(
    made: Made, writer: LibreOffice, gannan: Report, edition: str
) -> None:
    wanted, commands = twelve(made, edition)
    rows = made.rows_with(edition, 2)
    gone, moved = rows[1], rows[3]
    above = made.row_before(edition, moved)
    column: Language = "zh" if edition == "review" else "en"  # rows are pasted from the first column on
    commands += [f"row {basic(made.mark(edition, gone[0], column))}", 'dispatch ".uno:DeleteRows"']
    commands += [f"row {basic(made.mark(edition, moved[0], column))}", 'dispatch ".uno:Cut"']
    commands += [f"cell {basic(made.mark(edition, above[0], column))}", 'dispatch ".uno:PasteRowsBefore"']
    file = read_docx(writer.edit(made.path(edition, writer.folder), f"twelve-{edition}", commands))
    assert file.report == "gannan-2023"
    assert changed(file) == wanted
    assert [(str(one.kind), one.segment_id) for one in file.troubles] == [
        *(("deleted", segment) for segment in gone),
        ("moved", file.troubles[-1].segment_id),
    ]
    assert file.troubles[-1].segment_id in (*moved, *above)
    assert {one.source for one in file.edits if edition == "publishing"} <= {""}
    understood = understand(file, gannan, made.drafts, now=NOW, someone="Zhuoma")
    assert {(one.language, one.segment_id): one.after.text for one in understood.changes} == wanted
    assert (understood.older, understood.kept, understood.confirmed) == ((), (), ())


def test_tracked_changes_are_taken_with_who_made_them(made: Made, writer: LibreOffice) -> None:
    wanted, commands = twelve(made, "publishing")
    gone = made.rows_with("publishing", 2)[1]
    commands = ["doc.RecordChanges = True", *commands, f"row {basic(made.mark('publishing', gone[0], 'en'))}"]
    commands.append('dispatch ".uno:DeleteRows"')
    path = writer.edit(made.path("publishing", writer.folder), "tracked", commands)
    word = WordFile(path.read_bytes())
    assert b"<w:ins " in word.parts["word/document.xml"]
    file = read_docx(path)
    assert changed(file) == wanted
    assert [(str(one.kind), one.segment_id) for one in file.troubles] == [("deleted", segment) for segment in gone]
    for edit in file.edits:
        is_changed = (edit.language, edit.segment_id) in wanted
        assert (edit.by, edit.at[:2]) == (("Unknown Author", "20") if is_changed else ("", ""))


def test_an_edit_over_a_border_and_a_rubbed_out_sentence(made: Made, writer: LibreOffice) -> None:
    middle = made.rows_with("publishing", 3)[-1][1]
    one, other = made.rows_with("publishing", 2)[0]
    end, start = made.text(one, "en")[-30:], made.text(other, "en")[:30]
    commands = [
        f"over {basic(f'{end} {start}')}, {basic('and so on; and then')}",
        f"rub {basic(made.text(middle, 'bo'))}",
    ]
    file = read_docx(writer.edit(made.path("publishing", writer.folder), "border", commands))
    assert changed(file) == {}
    assert [(str(trouble.kind), trouble.segment_id, trouble.language) for trouble in file.troubles] == [
        ("unclear", one, "en"),
        ("deleted", middle, "bo"),
    ]
    unclear = file.troubles[0].text
    assert unclear == made.text(one, "en")[:-30] + "and so on; and then" + made.text(other, "en")[30:]
    assert not {(one, "en"), (other, "en")} & {(edit.segment_id, edit.language) for edit in file.edits}


def test_a_file_that_was_an_odt_in_between_still_knows_its_sentences(
    made: Made, writer: LibreOffice, gannan: Report
) -> None:
    wanted, commands = twelve(made, "publishing")
    gone = made.rows_with("publishing", 2)[1]
    commands += [f"row {basic(made.mark('publishing', gone[0], 'en'))}", 'dispatch ".uno:DeleteRows"']
    path = writer.edit(made.path("publishing", writer.folder), "before-odt", commands)
    path = writer.converted(writer.converted(path, "odt"), "docx")
    assert not any(name.startswith("customXml") for name in WordFile(path.read_bytes()).parts)
    file = read_docx(path)
    understood = understand(file, gannan, made.drafts, now=NOW, someone="Zhuoma")
    taken = {(one.language, one.segment_id): one.after.text for one in understood.changes}
    assert taken == wanted
    assert kinds(file) == ["deleted"]


@pytest.mark.parametrize("edition", ["publishing", "review"])
def test_saving_alone_changes_nothing(made: Made, writer: LibreOffice, edition: str) -> None:
    file = read_docx(writer.edit(made.path(edition, writer.folder), f"untouched-{edition}", []))
    assert (changed(file), file.troubles) == ({}, ())
    assert len(file.edits) == len(made.segments(edition)) * 2

"""The draft view: what a reviewer sees, saves and signs, with and without a script."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.conftest import write_report
from tests.web.conftest import TEXT, Post, draft_file, token_of
from toolkit.errors import OutputError
from toolkit.glossary import COLUMNS
from toolkit.locks import one_writer
from toolkit.memory import read_tmx
from toolkit.record import BuildRecord
from toolkit.translation.draft import DraftUnit, State, target_hash
from toolkit.translation.xliff import read_xliff
from toolkit.web import Office, shelf, whole
from toolkit.web import office as office_module

RIGHT = "On August 8, 2023, the library opened and 25 people took part."


def ids(client: TestClient) -> list[str]:
    return re.findall(r'<tr id="(s[^"]+)">', client.get("/reports/r").text)


def unit(office: Office, number: int) -> DraftUnit:
    return read_xliff(draft_file(office), "en").units[number]


def saved(post: Post, segment: str, text: str, base: str = "", **more: str) -> int:
    fields = {"segment": segment, "language": "en", "text": text, "base": base, **more}
    return post("/reports/r/save", fields).status_code


def test_every_segment_stands_level_with_its_translations_and_says_its_language(client: TestClient) -> None:
    html = client.get("/reports/r").text
    assert len(ids(client)) == 4
    assert html.count('<td lang="zh-CN" class="source">') == 4
    assert len(re.findall(r'<div class="text" lang="bo-CN">', html)) == 4
    assert '<mark class="term" title="library · དཔེ་མཛོད་ཁང">图书馆</mark>' in html
    assert 'scope="row"' in html and "<caption" in html


def test_a_correction_is_reviewed_in_the_reviewers_name_and_remembered(
    client: TestClient, post: Post, office: Office
) -> None:
    assert saved(post, ids(client)[1], RIGHT) == 303
    after = unit(office, 1)
    assert (after.target.text, after.state) == (RIGHT, State.REVIEWED)
    assert after.review is not None
    assert (after.review.by, after.review.via) == ("Sonam Drolma", "review page")
    assert [one.targets["en"].text for one in read_tmx(office.workspace.glossaries / "reviewed.tmx")] == [RIGHT]
    assert "Sonam Drolma" in client.get("/reports/r").text


def test_without_a_name_nothing_is_saved_and_the_words_stay_in_the_form(client: TestClient, office: Office) -> None:
    client.cookies.delete("bulletin_name")
    html = client.get("/").text
    token = re.search(r'content="([^"]+)">', html.split("bulletin-token")[1])
    assert token
    fields = {"token": token[1], "segment": ids(client)[1], "language": "en", "text": RIGHT, "base": ""}
    answer = client.post("/reports/r/save", data=fields)
    assert answer.status_code == 409 and RIGHT in answer.text and "who you are" in answer.text
    assert not draft_file(office).exists()


def test_two_reviewers_on_one_segment_the_second_gets_both_texts(
    client: TestClient, post: Post, office: Office
) -> None:
    segment = ids(client)[1]
    saved(post, segment, RIGHT)
    other = "On 8 August 2023 the library opened; 25 people took part."
    answer = post("/reports/r/save", {"segment": segment, "language": "en", "text": other, "base": ""})
    assert answer.status_code == 409
    assert RIGHT in answer.text and other in answer.text
    assert unit(office, 1).target.text == RIGHT
    assert other in [one.target.text for one in unit(office, 1).alternatives]
    assert saved(post, segment, other, target_hash(unit(office, 1).target), over="yes") == 303
    assert unit(office, 1).target.text == other
    assert RIGHT in [one.target.text for one in unit(office, 1).alternatives]


def test_a_script_gets_the_cell_and_the_progress(client: TestClient, post: Post) -> None:
    segment = ids(client)[1]
    client.headers["accept"] = "application/json"
    answer = post("/reports/r/save", {"segment": segment, "language": "en", "text": RIGHT, "base": ""})
    assert answer.status_code == 200
    assert "Sonam Drolma" in answer.json()["html"]
    assert {one["language"]: one["done"] for one in answer.json()["progress"]} == {"en": 1, "bo": 0}


def test_findings_are_shown_where_they_are_and_let_be_with_a_reason(
    client: TestClient, post: Post, office: Office
) -> None:
    segment = ids(client)[1]
    saved(post, segment, RIGHT.replace("25", "26"))
    html = client.get("/reports/r?show=findings&language=en").text
    finding = re.search(r'name="finding" value="(f[0-9a-f]+)"', html)
    assert finding and '<mark class="fault"' in html
    fields = {"segment": segment, "language": "en", "finding": finding[1]}
    assert post("/reports/r/dismiss", {**fields, "reason": ""}).status_code == 409
    assert post("/reports/r/dismiss", {**fields, "reason": "so said the host"}).status_code == 303
    assert "so said the host" in client.get("/reports/r").text
    assert (office.workspace.source / "r" / "dismissed.csv").is_file()


def test_filters_choose_and_unknown_ones_are_left_out(client: TestClient, post: Post) -> None:
    first, second, *_ = ids(client)
    saved(post, second, RIGHT)

    def shown(query: str) -> list[str]:
        return re.findall(r'<tr id="(s[^"]+)">', client.get(f"/reports/r?{query}").text)

    assert shown("show=reviewed&language=en") == [second]
    assert second not in shown("show=gaps&language=en") and first in shown("show=gaps&language=en")
    assert shown("contains=青海湖") == ids(client)[3:]
    assert len(shown("show=magic&language=fr&from=99999999999")) == 4


def test_approve_sign_off_and_take_back(client: TestClient, post: Post, office: Office) -> None:
    segment = ids(client)[1]
    saved(post, segment, RIGHT)
    assert post("/reports/r/sign", {"segment": segment, "language": "en"}).status_code == 303
    assert unit(office, 1).state is State.SIGNED_OFF
    assert post("/reports/r/sign", {"segment": segment, "language": "en", "back": "yes"}).status_code == 303
    assert unit(office, 1).state is State.REVIEWED
    gap = post("/reports/r/sign", {"segment": ids(client)[0], "language": "en"})
    assert gap.status_code == 409 and "Not signed" in gap.text


def test_the_last_act_is_undone(client: TestClient, post: Post, office: Office) -> None:
    saved(post, ids(client)[1], RIGHT)
    assert post("/reports/r/undo", {}).status_code == 303
    assert unit(office, 1).is_open


def test_the_first_page_tells_how_a_report_stands_and_which_was_never_built(client: TestClient, office: Office) -> None:
    assert "not built yet" in client.get("/").text
    counts = {"en": {"total": 4, "open": 1}}
    BuildRecord(counts=counts, findings={"error": 0, "warning": 1, "info": 17}).write(office.workspace.dist / "r")
    html = client.get("/").text
    assert "3 / 4" in html and "1 warning 17 notes" in html
    assert "1 条警告 17 条说明" in client.get("/", headers={"Accept-Language": "zh"}).text


def test_the_release_page_lists_what_stands_in_the_way(client: TestClient, post: Post) -> None:
    html = client.get("/reports/r/release").text
    assert "stand in the way" in html and "has no English" in html
    assert re.search(r'contains=(s[0-9a-f]+)">1</a>', html), "a segment is known by its number"
    assert post("/reports/r/release", {}).status_code == 303  # refused by the gate, and shown again
    assert "Revision 1" not in client.get("/reports/r/release").text


def test_a_full_disk_leaves_the_words_in_the_form_and_the_files_as_they_were(
    client: TestClient, post: Post, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(post, ids(client)[0], "The library opens")
    before = {path: path.read_bytes() for path in office.workspace.root.rglob("*.xlf")}

    def full(path: Path, data: bytes) -> bool:
        raise OutputError("could not be written (No space left on device)", path=path, remedy="Make room")

    monkeypatch.setattr("toolkit.review.acts.write_whole", full)
    answer = post("/reports/r/save", {"segment": ids(client)[1], "language": "en", "text": RIGHT, "base": ""})
    assert answer.status_code == 409 and RIGHT in answer.text and "No space left" in answer.text
    assert {path: path.read_bytes() for path in before} == before


def test_a_glossary_that_changed_on_disk_shows_at_once(client: TestClient, office: Office) -> None:
    assert 'title="library' in client.get("/reports/r").text
    path = office.workspace.glossaries / "terms.csv"
    path.write_text(path.read_text("utf-8").replace("library", "house of books"), encoding="utf-8")
    assert 'title="house of books' in client.get("/reports/r").text


@pytest.mark.parametrize("segment", ["s0000000000", "../../etc/passwd", ""])
def test_a_segment_that_is_not_there_changes_nothing(post: Post, office: Office, segment: str) -> None:
    assert saved(post, segment, RIGHT) == 404
    assert not draft_file(office).exists()


def test_script_in_a_text_is_shown_as_text(client: TestClient, post: Post) -> None:
    saved(post, ids(client)[1], RIGHT + " <script>alert(1)</script>")
    html = client.get("/reports/r").text
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("language", ["zh", "bo", "en"])
def test_the_page_speaks_the_language_that_was_chosen(client: TestClient, post: Post, language: str) -> None:
    answer = post("/interface", {"language": language, "back": "/reports/r"})
    assert answer.headers["location"] == "/reports/r"
    tag = {"zh": "zh-CN", "bo": "bo-CN", "en": "en-US"}[language]
    assert f'<html lang="{tag}">' in client.get("/reports/r").text


def test_a_save_reads_neither_the_glossary_nor_the_other_sentences_again(
    client: TestClient, post: Post, office: Office
) -> None:
    segments = ids(client)
    saved(post, segments[1], RIGHT)
    glossary, before = office.desk.glossary, read_xliff(draft_file(office), "en")
    saved(post, segments[2], "Director Dorje spoke.")
    after = read_xliff(draft_file(office), "en")
    assert office.desk.glossary is glossary
    assert after.units[1] is before.units[1] and after.units[2] != before.units[2]
    assert [one.targets["en"].text for one in office.desk.memory.units] == [RIGHT, "Director Dorje spoke."]


def test_the_script_is_told_how_far_the_report_is(client: TestClient, post: Post) -> None:
    fields = {"segment": ids(client)[1], "language": "en", "text": RIGHT, "base": "", "token": token_of(client)}
    answer = client.post("/reports/r/save", data=fields, headers={"accept": "application/json"})
    english = next(one for one in answer.json()["progress"] if one["language"] == "en")
    assert english["words"] == "1 of 4 reviewed, 0 signed off"


def test_who_corrects_a_text_that_is_no_longer_there_gets_both(client: TestClient, post: Post, office: Office) -> None:
    segment = ids(client)[1]
    saved(post, segment, "First words.")
    seen = target_hash(unit(office, 1).target)
    assert saved(post, segment, RIGHT, seen) == 303
    answer = post("/reports/r/save", {"segment": segment, "language": "en", "text": "Third words.", "base": seen})
    assert answer.status_code == 409 and RIGHT in answer.text and "Third words." in answer.text
    assert unit(office, 1).target.text == RIGHT


@pytest.mark.parametrize("act", ["save", "dismiss", "sign", "undo", "release"])
def test_nobody_writes_while_a_build_or_a_command_does_and_who_it_is_is_told(
    client: TestClient, post: Post, office: Office, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    segment = ids(client)[1]
    saved(post, segment, RIGHT.replace("25", "26"))
    seen = target_hash(unit(office, 1).target)
    found = re.search(r'name="finding" value="(f[0-9a-f]+)"', client.get("/reports/r").text)
    assert found
    fields = {"segment": segment, "language": "en", "text": RIGHT, "base": seen, "finding": found[1], "reason": "x"}
    folder = office.workspace.source / "r"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with one_writer(office.workspace, "r"), monkeypatch.context() as patch:
        patch.setattr(office_module, "_PATIENCE", 0.05)
        assert "is being written by process" in post(f"/reports/r/{act}", fields).text
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_of_two_who_open_a_report_at_once_one_reads_it_for_both(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, read = shelf._read, []

    def slow(*arguments: Any) -> shelf.Open:
        read.append(threading.get_ident())
        time.sleep(0.1)
        return real(*arguments)

    monkeypatch.setattr(shelf, "_read", slow)
    both = shelf.Shelf(office)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(both.open, ("r", "r"))
    assert first is second and len(read) == 1


def test_of_many_findings_those_of_the_first_sentences_are_shown(
    client: TestClient, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "_MOST_SHOWN", 3)
    shown = re.findall(r">(\d)</a>", client.get("/reports/r/check").text)
    assert shown == ["1", "1", "2"]


def test_what_was_saved_in_one_report_is_proposed_in_another_that_lay_open(
    client: TestClient, post: Post, office: Office
) -> None:
    write_report(office.workspace, "s", TEXT)
    assert "Qinghai Lake for all" not in client.get("/reports/s").text
    saved(post, ids(client)[3], "Qinghai Lake for all.")
    assert "Qinghai Lake for all." in client.get("/reports/s").text


def test_what_only_the_whole_report_shows_is_told_and_can_be_let_be(
    client: TestClient, post: Post, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"zh": "图书馆", "en": "library", "en_accepted": "reading room", "status": "proposed", "source": "none"}
    terms = f"{','.join(COLUMNS)}\n{','.join(row.get(column, '') for column in COLUMNS)}\n"
    (office.workspace.glossaries / "terms.csv").write_text(terms, encoding="utf-8")
    segments = ids(client)
    for number, text in enumerate(("The library opens", "The reading room opened on August 8, 2023; 25 came.")):
        saved(post, segments[number], text)
    html = client.get("/reports/r/check").text
    found = re.search(r'name="finding" value="(\w+)"', html)
    assert found and "“library” 1×, “reading room” 1×" in html
    assert f'href="/reports/r?contains={segments[2]}">3</a>' in html
    let_be = {"finding": found[1], "reason": "Both are right."}
    with one_writer(office.workspace, "r"), monkeypatch.context() as patch:
        patch.setattr(office_module, "_PATIENCE", 0.05)
        assert "is being written by" in post("/reports/r/check/dismiss", let_be).text
    answer = post("/reports/r/check/dismiss", let_be)
    assert answer.status_code == 303
    assert "let be by Sonam Drolma: Both are right." in client.get("/reports/r/check").text
    assert post("/reports/r/check/dismiss", {"finding": "f0", "reason": "x"}).status_code == 404
    client.cookies.delete("bulletin_name")
    nobody = post("/reports/r/check/dismiss", {"finding": found[1], "reason": "Mine."})
    assert nobody.status_code == 409 and "type your name at the top of the page.<" in nobody.text


def test_who_clicks_twice_on_undo_undoes_one_act(client: TestClient, post: Post, office: Office) -> None:
    segment = ids(client)[1]
    saved(post, segment, "First words.")
    saved(post, segment, RIGHT, target_hash(unit(office, 1).target))
    act = re.search(r'name="act" id="last-act" value="(\w+)"', client.get("/reports/r").text)
    assert act
    assert [post("/reports/r/undo", {"act": act[1]}).status_code for _ in "12"] == [303, 303]
    assert unit(office, 1).target.text == "First words."


def test_an_act_is_not_undone_in_place_of_one_that_came_after_it(
    client: TestClient, post: Post, office: Office
) -> None:
    segments = ids(client)
    client.headers["accept"] = "application/json"
    fields = {"segment": segments[1], "language": "en", "text": RIGHT, "base": ""}
    act = post("/reports/r/save", fields).json()["last_act"]
    del client.headers["accept"]
    saved(post, segments[2], "Director Dorje spoke.")
    answer = post("/reports/r/undo", {"act": act})
    assert answer.status_code == 409 and "Something else was done meanwhile" in answer.text
    assert unit(office, 1).target.text == RIGHT and unit(office, 2).target.text == "Director Dorje spoke."


def test_spaces_around_what_is_looked_for_do_not_count(client: TestClient) -> None:
    html = client.get("/reports/r", params={"contains": " 青海湖 "}).text
    assert re.findall(r'<tr id="(s[^"]+)">', html) == ids(client)[3:]


def test_a_browser_puts_no_words_of_before_into_a_form_that_moved(client: TestClient) -> None:
    forms = re.findall(r'<form method="post" action="/reports/r/(?:save|undo)"[^>]*>', client.get("/reports/r").text)
    assert len(forms) > 8 and all('autocomplete="off"' in form for form in forms)

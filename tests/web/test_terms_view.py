"""The glossary view: found by any of its names, changed only after its effect was seen, and taken back."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from tests.web.conftest import Post
from toolkit.glossary import Term, read_glossary
from toolkit.web import Office


def term(office: Office, zh: str) -> Term:
    return next(one for one in read_glossary(office.workspace.glossaries).terms if one.zh == zh)


def base_of(client: TestClient, zh: str) -> str:
    found = re.search(r'name="base" value="([0-9a-f]+)"', client.get(f"/terms?find={zh}").text)
    assert found
    return found[1]


def test_a_term_is_found_in_any_language_and_in_pinyin_and_wylie(client: TestClient) -> None:
    for wanted in ("青海湖", "qinghaihu", "Qinghai Lake", "མཚོ་སྔོན་པོ", "mtsho sngon po"):
        html = client.get("/terms", params={"find": wanted}).text
        assert "1 term<" in html and 'lang="zh-CN">青海湖' in html, wanted


def test_a_change_shows_what_it_would_do_and_is_made_when_confirmed(
    client: TestClient, post: Post, office: Office
) -> None:
    fields = {"zh": "青海湖", "base": base_of(client, "青海湖"), "en": "Lake Qinghai"}
    before = (office.workspace.glossaries / "terms.csv").read_text("utf-8")
    seen = post("/terms/save", fields)
    assert seen.status_code == 200 and "It stands in 1 segments" in seen.text
    assert (office.workspace.glossaries / "terms.csv").read_text("utf-8") == before
    assert post("/terms/save", {**fields, "confirmed": "yes"}).status_code == 303
    after = (office.workspace.glossaries / "terms.csv").read_text("utf-8")
    changed = [pair for pair in zip(before.splitlines(), after.splitlines(), strict=True) if pair[0] != pair[1]]
    assert len(changed) == 1 and "Lake Qinghai" in changed[0][1]
    history = client.get("/terms/history").text
    number = re.search(r'name="number" value="(\d+)"', history)
    assert number and "Sonam Drolma" in history
    assert post("/terms/undo", {"number": number[1]}).status_code == 303
    assert term(office, "青海湖").targets["en"] == "Qinghai Lake"


def test_two_people_on_one_term_the_second_sees_both(client: TestClient, post: Post, office: Office) -> None:
    old = base_of(client, "青海湖")
    post("/terms/save", {"zh": "青海湖", "base": old, "en": "Lake Qinghai", "confirmed": "yes"})
    answer = post("/terms/save", {"zh": "青海湖", "base": old, "en": "Kokonor", "confirmed": "yes"})
    assert answer.status_code == 409 and "Lake Qinghai" in answer.text and "Kokonor" in answer.text
    assert term(office, "青海湖").targets["en"] == "Lake Qinghai"


def test_only_a_named_person_approves(client: TestClient, post: Post, office: Office) -> None:
    assert post("/terms/status", {"zh": "青海湖", "status": "approved"}).status_code == 303
    assert (term(office, "青海湖").status, term(office, "青海湖").by) == ("approved", "Sonam Drolma")
    client.cookies.delete("bulletin_name")
    assert post("/terms/status", {"zh": "图书馆", "status": "approved"}).status_code in (403, 409)
    assert term(office, "图书馆").status == "proposed"


def test_a_new_term_is_proposed_and_a_double_is_refused_with_the_words_kept(
    client: TestClient, post: Post, office: Office
) -> None:
    html = client.get("/terms/new", params={"zh": "馆长", "en": "librarian"}).text
    assert 'value="馆长"' in html and 'value="librarian"' in html
    assert post("/terms/add", {"zh": "馆长", "en": "librarian", "source": "none"}).status_code == 303
    assert term(office, "馆长").status == "proposed"
    again = post("/terms/add", {"zh": "馆长", "en": "curator", "source": "none"})
    assert again.status_code == 409 and "curator" in again.text


def test_a_row_is_linted_as_it_is_typed(post: Post) -> None:
    answer = post("/terms/lint", {"zh": "馆长", "en": "དཔེ", "bo": "curator", "source": "none"})
    reasons = " ".join(one["reason"] for one in answer.json()["findings"])
    assert "is no letter of English" in reasons and "is no letter of Tibetan" in reasons


def test_script_and_formulas_in_a_term_are_shown_as_text(client: TestClient, post: Post) -> None:
    post("/terms/add", {"zh": "会议", "en": "<script>alert(1)</script>", "note": "=1+1", "source": "none"})
    html = client.get("/terms", params={"find": "会议"}).text
    assert "<script>alert" not in html and "&lt;script&gt;" in html


def test_suggestions_lead_to_a_filled_form(client: TestClient) -> None:
    html = client.get("/terms/suggest", params={"report": "r"}).text
    assert "/terms/new?zh=" in html
    assert client.get("/terms/suggest", params={"report": "../x"}).status_code == 404


def test_who_confirms_a_change_twice_is_not_told_of_somebody_else(
    client: TestClient, post: Post, office: Office
) -> None:
    fields = {"zh": "青海湖", "base": base_of(client, "青海湖"), "en": "Lake Qinghai", "confirmed": "yes"}
    assert [post("/terms/save", fields).status_code for _ in "12"] == [303, 303]
    assert term(office, "青海湖").targets["en"] == "Lake Qinghai"

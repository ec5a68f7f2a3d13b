"""A hostile client: refused, and nothing changed."""

from __future__ import annotations

import logging

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import HOST, Post, token_of
from toolkit.errors import SettingsError
from toolkit.web import Office, create_app, serve
from toolkit.web.gate import LARGEST_BODY, Gate
from toolkit.web.server import is_loopback


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "127.0.0.1:8765.evil.example", ""])
def test_a_host_that_is_not_ours_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused_and_logged(
    client: TestClient, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    token = token_of(client)
    with caplog.at_level(logging.WARNING, "toolkit.web"):
        answer = client.post("/name", data={"token": token, "name": "Eve"}, headers=headers)
    assert answer.status_code == 403 and "refused" in caplog.text


@pytest.mark.parametrize("token", [None, "", "x" * 32])
def test_a_form_without_the_token_of_its_session_is_refused(client: TestClient, token: str | None) -> None:
    client.get("/")
    assert (
        client.post("/name", data={"name": "Eve", **({"token": token} if token is not None else {})}).status_code == 403
    )


def test_the_token_of_another_session_is_refused(client: TestClient, office: Office) -> None:
    token = token_of(client)
    client.cookies.clear()
    answer = client.post("/name", data={"token": token, "name": "Eve"}, headers={"Cookie": "bulletin_session=another."})
    assert answer.status_code == 403


def test_a_body_of_a_hundred_megabytes_is_refused_before_it_is_read(client: TestClient) -> None:
    assert client.post("/name", headers={"Content-Length": str(100_000_000)}, content=b"x").status_code == 413

    def endless() -> object:
        for _ in range(LARGEST_BODY // 100_000 + 2):
            yield b"a" * 100_000

    assert client.post("/name", content=endless()).status_code in (403, 413)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "path",
    [
        "/reports/..%2f..%2fetc/",
        "/reports/%2e%2e",
        "/static/..%2f..%2foffice.py",
        "/static/../office.py",
        "/reports/r%00",
    ],
)
def test_no_path_of_a_request_reaches_the_disk(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and "root:" not in answer.text and "import" not in answer.text


def test_every_answer_says_what_a_browser_may_do_with_it(client: TestClient) -> None:
    for path in ("/", "/reports/r", "/nothing", "/static/page.css"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert client.get("/").headers["x-content-type-options"] == "nosniff"


def test_back_leads_to_our_own_pages_only(client: TestClient, post: Post) -> None:
    for back in ("//evil.example/x", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        location = post("/name", {"name": "Sonam", "back": back}).headers["location"]
        assert location.startswith("/") and not location.startswith(("//", "/\\"))


def test_a_password_is_asked_for_and_guessing_is_slowed(office: Office) -> None:
    gate = Gate(frozenset((HOST,)), password="right")
    client = TestClient(create_app(office, gate), base_url=f"http://{HOST}", follow_redirects=False)
    assert client.get("/reports/r").headers["location"] == "/sign-in"
    page = client.get("/sign-in").text
    token = page.split('bulletin-token" content="')[1].split('"')[0]
    answers = [client.post("/sign-in", data={"token": token, "password": "wrong"}).status_code for _ in range(11)]
    assert answers == [403] * 10 + [429]
    gate._failures.clear()
    assert client.post("/sign-in", data={"token": token, "password": "right"}).status_code == 303
    assert client.get("/reports/r").status_code == 200


def test_other_machines_are_let_in_with_a_password_only(office: Office) -> None:
    with pytest.raises(SettingsError, match="no password"):
        serve(office, host="0.0.0.0")
    assert is_loopback("127.0.0.1") and is_loopback("::1") and not is_loopback("10.0.0.1")


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "\x7f"])
def test_an_origin_that_is_no_address_is_refused(client: TestClient, origin: str) -> None:
    answer = client.post("/name", data={"token": token_of(client), "name": "Eve"}, headers={"Origin": origin})
    assert answer.status_code == 403


@pytest.mark.parametrize("length", ["9" * 5000, "\u0663", "-1"])
def test_a_length_that_is_no_number_of_bytes_is_refused(client: TestClient, length: str) -> None:
    assert client.post("/name", headers={"Content-Length": length.encode()}, content=b"x").status_code == 413  # type: ignore[dict-item]


def test_a_way_back_that_is_no_address_leads_to_the_start(post: Post) -> None:
    for back in ("//[", "http://["):
        answer = post("/name", {"name": "Sonam", "back": back})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_session_with_letters_that_no_signature_has_is_not_signed_in(office: Office) -> None:
    gate = Gate(frozenset((HOST,)), password="right")
    client = TestClient(create_app(office, gate), base_url=f"http://{HOST}", follow_redirects=False)
    answer = client.get("/", headers={"Cookie": b"bulletin_session=name.\xe9"})  # type: ignore[dict-item]
    assert answer.headers["location"] == "/sign-in"

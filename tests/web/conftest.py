"""The review page on a small workspace, asked as a browser would ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient

from tests.conftest import write_report
from toolkit.glossary import COLUMNS
from toolkit.web import Office, create_app
from toolkit.web.gate import Gate
from toolkit.workspace import Workspace

HOST = "127.0.0.1:8765"
TEXT = "图书馆开放\n2023年8月8日，图书馆开放，25人参加。馆长多吉讲话。\n大家参观了青海湖。\n"
TERMS = (("图书馆", "library", "དཔེ་མཛོད་ཁང"), ("青海湖", "Qinghai Lake", "མཚོ་སྔོན་པོ"))
Post = Callable[[str, Mapping[str, str]], Response]


@pytest.fixture
def office(workspace: Workspace) -> Office:
    write_report(workspace, "r", TEXT)
    rows = [{"zh": zh, "en": en, "bo": bo, "status": "proposed", "source": "none"} for zh, en, bo in TERMS]
    lines = [",".join(COLUMNS), *(",".join(row.get(column, "") for column in COLUMNS) for row in rows)]
    (workspace.glossaries / "terms.csv").write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return Office(workspace)


@pytest.fixture
def client(office: Office) -> TestClient:
    """A browser that told its name."""
    app = create_app(office, Gate(frozenset((HOST,))))
    client = TestClient(app, base_url=f"http://{HOST}", follow_redirects=False)
    client.cookies.set("bulletin_name", "Sonam%20Drolma")
    return client


def token_of(client: TestClient) -> str:
    found = re.search(r'name="bulletin-token" content="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


@pytest.fixture
def post(client: TestClient) -> Post:
    """Posts a form with the token of the session."""
    token = token_of(client)

    def send(url: str, fields: Mapping[str, str]) -> Response:
        return client.post(url, data={"token": token, **fields})

    return send


def draft_file(office: Office, language: str = "en") -> Path:
    return office.workspace.source / "r" / f"{language}.xlf"

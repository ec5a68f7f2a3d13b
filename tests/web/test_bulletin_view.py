"""The bulletin view: the pages as they would be printed now, and the way from a row to its text."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from tests.web.conftest import Post
from toolkit.web import Office

AT = "/reports/r/bulletin/publishing"


def test_pages_are_real_and_lead_to_the_text(client: TestClient, office: Office) -> None:
    html = client.get(AT).text
    picture = re.search(r'<image href="([^"]+)"', html)
    assert picture
    answer = client.get(picture[1])
    assert answer.headers["content-type"] == "image/png" and answer.content.startswith(b"\x89PNG")
    assert client.get(picture[1], headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    segments = [segment.id for segment in office.report("r").segments]
    assert all(f'id="{segment}"' in html for segment in segments)
    assert set(segments) == {one for each in re.findall(r'data-segments="([^"]+)"', html) for one in each.split()}


def test_only_pages_that_changed_have_another_hash(client: TestClient, post: Post, office: Office) -> None:
    before = client.get(f"{AT}/pages").json()["pages"]
    assert client.get(f"{AT}/pages").json()["pages"] == before
    segment = office.report("r").segments[1].id
    post("/reports/r/save", {"segment": segment, "language": "en", "text": "On August 8, 2023, 25 came.", "base": ""})
    after = client.get(f"{AT}/pages").json()["pages"]
    assert len(after) == len(before) and after != before


def test_files_are_made_from_the_drafts_as_they_stand(client: TestClient, office: Office) -> None:
    pdf = client.get(f"{AT}/download.pdf")
    assert pdf.content.startswith(b"%PDF") and "r-publishing.pdf" in pdf.headers["content-disposition"]
    assert client.get(f"{AT}/download.docx").content.startswith(b"PK")
    assert client.get(f"{AT}/download.exe").status_code == 404
    assert not office.workspace.dist.exists()


def test_what_is_not_there_is_told(client: TestClient) -> None:
    assert client.get("/reports/r/bulletin/moon").status_code == 404
    assert client.get("/reports/nothing/bulletin/publishing").status_code == 404
    assert client.get(f"{AT}/page-99.png").status_code == 404


def test_the_fonts_of_the_house_are_served_by_name_alone(client: TestClient) -> None:
    css = client.get("/fonts.css").text
    assert "U+0F00-0FFF" in css
    assert client.get("/fonts/tibetan-regular").content[:4] == b"\x00\x01\x00\x00"
    assert client.get("/fonts/..%2f..%2fetc%2fpasswd").status_code == 404

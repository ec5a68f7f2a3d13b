"""The bulletin view: the real pages, refreshed when a text was saved, each row leading to its text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from toolkit.pdf.places import Place
from toolkit.web.office import NotThere
from toolkit.web.pages import page, reading
from toolkit.web.printing import Press, Printed
from toolkit.web.shelf import Open

_WEEK = 7 * 24 * 3600  # seconds: the address of a picture changes with its page
_TYPES: dict[str, tuple[str, Callable[[Printed], bytes]]] = {
    "pdf": ("application/pdf", lambda printed: printed.pdf),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda printed: printed.docx,
    ),
}


@dataclass(frozen=True)
class PageView:
    """A page: its number (from 1), the hash of what is on it, and its places, measured from the top."""

    number: int
    digest: str
    places: tuple[tuple[Place, float], ...]


def show_bulletin(request: Request) -> Response:
    """All pages of one edition."""
    opened, printed = _printed(request)
    edition = printed.bulletin.edition
    pages = []
    for index, digest in enumerate(printed.map.digests):
        mine = [one for one in printed.map.places if one.page == index]
        measured = tuple((one, round(edition.page_height - one.bottom - one.height, 1)) for one in mine)
        pages.append(PageView(index + 1, digest, measured))
    firsts: set[str] = set()
    anchors: dict[tuple[int, int], list[str]] = {}
    for page_view in pages:
        for number, (place, _) in enumerate(page_view.places):
            new = [one for one in place.segments if one not in firsts]
            firsts.update(new)
            anchors[page_view.number, number] = new
    values = {
        "report": opened.report.name,
        "edition": edition,
        "editions": list(opened.desk.all_editions.values()),
        "pages": pages,
        "anchors": anchors,
        "title": printed.bulletin.title,
        "is_stamped": bool(printed.bulletin.stamp),
    }
    return page(request, "bulletin.html", values)


def show_page(request: Request) -> Response:
    """A page as a picture; the browser keeps it, because its address names what is on it."""
    _, printed = _printed(request)
    number = request.path_params["number"]
    if not 1 <= number <= len(printed.map.digests):
        raise NotThere(f"there is no page {number}")
    press: Press = request.app.state.press
    headers = {"Cache-Control": f"private, max-age={_WEEK}", "ETag": f'"{printed.map.digests[number - 1]}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(press.picture(printed, number - 1), media_type="image/png", headers=headers)


def list_pages(request: Request) -> Response:
    """The hashes of the pages: a script shows anew what changed."""
    _, printed = _printed(request)
    return JSONResponse({"pages": list(printed.map.digests)})


def download(request: Request) -> Response:
    """The bulletin as a file, from the drafts as they stand: stamped while anything is open."""
    opened, printed = _printed(request)
    if request.path_params["suffix"] not in _TYPES:
        raise NotThere("there is no such file")
    media_type, make = _TYPES[request.path_params["suffix"]]
    name = f"{opened.report.name}-{printed.bulletin.edition.name}.{request.path_params['suffix']}"
    ascii_name = "".join(one if one.isascii() and (one.isalnum() or one in "-_.") else "_" for one in name)
    disposition = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name)}"
    return Response(make(printed), media_type=media_type, headers={"Content-Disposition": disposition})


def _printed(request: Request) -> tuple[Open, Printed]:
    opened: Open = request.app.state.shelf.open(request.path_params["report"])
    edition = opened.desk.all_editions.get(request.path_params["edition"])
    if edition is None:
        raise NotThere("there is no such edition")
    press: Press = request.app.state.press
    return opened, press.print(opened, edition)


_AT = "/reports/{report}/bulletin/{edition}"
routes = [
    Route(_AT, reading(show_bulletin), name="bulletin"),
    Route(f"{_AT}/pages", reading(list_pages), name="pages"),
    Route(f"{_AT}/page-{{number:int}}.png", reading(show_page), name="page"),
    Route(f"{_AT}/download.{{suffix}}", reading(download), name="download"),
]

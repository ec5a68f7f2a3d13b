"""The page as an ASGI application: its addresses, and the gate before them."""

from __future__ import annotations

from importlib.resources import files

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from toolkit.web import bulletin, draft, entrance, fonts, terms, whole
from toolkit.web.gate import BodyTooLarge, Gate, GateMiddleware
from toolkit.web.office import Office
from toolkit.web.pages import fault_page, marked
from toolkit.web.printing import Press
from toolkit.web.shelf import Shelf


def create_app(office: Office, gate: Gate) -> Starlette:
    """The application that shows `office` to whom `gate` lets in."""
    routes: list[BaseRoute] = [
        *entrance.routes,
        *bulletin.routes,
        *draft.routes,
        *fonts.routes,
        *terms.routes,
        *whole.routes,
        Mount("/static", StaticFiles(directory=str(files("toolkit.web") / "static")), name="static"),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(GateMiddleware, gate=gate)],
        exception_handlers={HTTPException: _http_fault, BodyTooLarge: _too_large},
    )
    app.state.office = office
    app.state.shelf = Shelf(office)
    app.state.press = Press()
    return app


def _http_fault(request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    words = {404: marked("There is no such page."), 405: marked("This address does not take that.")}
    return fault_page(request, words.get(status, marked("The request could not be understood.")), status)


def _too_large(request: Request, _: Exception) -> Response:
    return fault_page(request, marked("The request is too large."), 413)

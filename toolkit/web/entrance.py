"""The first page: who you are, which language the page speaks, which reports there are."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from toolkit.languages import LANGUAGES, TARGETS
from toolkit.record import read_record
from toolkit.web.gate import NAME_COOKIE, SESSION_COOKIE, Gate, clean_name
from toolkit.web.interface import LANGUAGE_COOKIE
from toolkit.web.pages import fault_page, marked, office_of, page, reading, text_of, writing

_A_YEAR = 365 * 24 * 3600  # seconds


def start(request: Request) -> Response:
    """The list of reports, with what the last build counted."""
    office = office_of(request)
    reports = [(name, read_record(office.workspace.dist / name)) for name in office.report_names()]
    return page(request, "start.html", {"reports": reports, "targets": TARGETS})


def set_name(request: Request, form: FormData) -> Response:
    """Keep the reviewer's name in the browser."""
    answer = _back(request, form)
    name = quote(clean_name(text_of(form, "name")))
    answer.set_cookie(NAME_COOKIE, name, max_age=_A_YEAR, httponly=True, samesite="strict")
    return answer


def set_language(request: Request, form: FormData) -> Response:
    """Keep the interface language in the browser."""
    answer = _back(request, form)
    if (language := text_of(form, "language")) in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_A_YEAR, httponly=True, samesite="strict")
    return answer


def show_sign_in(request: Request) -> Response:
    """The form that asks for the password."""
    return page(request, "sign_in.html")


def sign_in(request: Request, form: FormData) -> Response:
    """Let in who knows the password."""
    gate: Gate = request.state.gate
    opens = gate.opens_to(text_of(form, "password"))
    if opens is None:
        return fault_page(request, marked("Too many wrong passwords. Wait a minute."), 429)
    if not opens:
        return fault_page(request, marked("The password is wrong."), 403)
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(SESSION_COOKIE, gate.new_session(signed_in=True), httponly=True, samesite="strict")
    return answer


def _back(request: Request, form: FormData) -> Response:
    """Back to the page the form stood on: a path of ours only."""
    try:
        back = urlsplit(text_of(form, "back"))
    except ValueError:  # no address at all
        back = urlsplit("/")
    path = back.path if not back.netloc and not back.scheme and back.path.startswith("/") else "/"
    path = "/" + path.lstrip("/\\")
    return RedirectResponse(f"{path}?{back.query}" if back.query else path, status_code=303)


routes = [
    Route("/", reading(start), name="start"),
    Route("/name", writing(set_name), methods=["POST"], name="set_name"),
    Route("/interface", writing(set_language), methods=["POST"], name="set_language"),
    Route("/sign-in", reading(show_sign_in), name="show_sign_in"),
    Route("/sign-in", writing(sign_in), methods=["POST"], name="sign_in"),
]

"""From a view to an answer: templates, forms whose token was checked, faults as pages that say what to do."""

from __future__ import annotations

import functools
import logging
from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import jinja2
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from toolkit.errors import BulletinError, fault_of_our_own
from toolkit.languages import BCP47, LANGUAGES, Language
from toolkit.web.gate import NAME_COOKIE, Gate, clean_name
from toolkit.web.interface import OWN_NAMES, interface_language, translations
from toolkit.web.office import NotThere, Office

log = logging.getLogger("toolkit.web")
_TOKEN_FIELD, _TOKEN_HEADER = "token", "x-bulletin-token"
_MOST_FIELDS = 1_000
View = Callable[[Request], Response]
FormView = Callable[[Request, FormData], Response]


@functools.cache
def _environment_in(language: Language) -> jinja2.Environment:
    """Templates in one interface language; environments made from one another would share their words."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(files("toolkit.web") / "templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(BCP47=BCP47, LANGUAGES=LANGUAGES, OWN_NAMES=OWN_NAMES)
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    return environment


def office_of(request: Request) -> Office:
    """The workspace this server shows."""
    office: Office = request.app.state.office
    return office


def name_of(request: Request) -> str:
    """The reviewer's name, as the browser keeps it; empty before it was told."""
    return clean_name(unquote(request.cookies.get(NAME_COOKIE, "")))


def gettext_of(request: Request) -> Callable[[str], str]:
    """The function that gives the page's words in the interface language of this request."""
    found: Callable[[str], str] = translations(interface_language(request)).ugettext
    return found


def page(
    request: Request, template: str, values: Mapping[str, Any] | None = None, *, status: int = 200
) -> HTMLResponse:
    """The HTML of a template; it can use `request`, `interface`, `token`, `name` and `_()` besides `values`."""
    return HTMLResponse(fragment(request, template, values), status_code=status)


def fragment(request: Request, template: str, values: Mapping[str, Any] | None = None) -> str:
    """A template as HTML text: the part of a page that a script puts in place."""
    language = interface_language(request)
    gate: Gate = request.state.gate
    return (
        _environment_in(language)
        .get_template(template)
        .render(
            request=request,
            interface=language,
            token=gate.token(request.state.session),
            name=name_of(request),
            **(values or {}),
        )
    )


def wants_json(request: Request) -> bool:
    """Whether a script asks, not a person's browser going to a page."""
    return "application/json" in request.headers.get("accept", "")


def reading(view: View) -> Callable[[Request], Awaitable[Response]]:
    """A view that only reads, run beside the others; its faults become pages."""

    @functools.wraps(view)
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_explained, request, functools.partial(view, request))

    return endpoint


def writing(view: FormView) -> Callable[[Request], Awaitable[Response]]:
    """A view that changes files: it gets the form, once the form proved to be ours; one at a time."""

    @functools.wraps(view)
    async def endpoint(request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
        gate: Gate = request.state.gate
        sent = request.headers.get(_TOKEN_HEADER) or form.get(_TOKEN_FIELD)
        if not gate.has_token(request, sent if isinstance(sent, str) else ""):
            log.warning("refused %s %s: no token", request.method, request.url.path[:200])
            return fault_page(request, marked("This form is too old, or not from here. Load the page again."), 403)

        def work() -> Response:
            with office_of(request).writing:
                return view(request, form)

        return await run_in_threadpool(_explained, request, work)

    return endpoint


def marked(text: str) -> str:
    """`text` as it is; the word tells `pybabel extract` that it is shown in the interface language later."""
    return text


def _explained(request: Request, work: Callable[[], Response]) -> Response:
    try:
        return work()
    except NotThere as fault:
        return fault_page(request, str(fault), 404)
    except BulletinError as fault:
        log.warning("%s %s: %s", request.method, request.url.path[:200], fault)
        return fault_page(request, str(fault), 409 if fault.exit_code == 2 else 500)
    except Exception as fault:
        log.exception("%s %s", request.method, request.url.path[:200])
        return fault_page(request, str(fault_of_our_own(fault, request.url.path[:200])), 500)


def fault_page(request: Request, message: str, status: int) -> Response:
    """What went wrong and what to do, for a person or a script."""
    message = gettext_of(request)(message)
    if wants_json(request):
        return JSONResponse({"error": message}, status_code=status)
    return page(request, "fault.html", {"message": message, "status": status}, status=status)


def text_of(form: FormData, name: str) -> str:
    """A field of a form as text, line ends as \\n; empty when it is not there."""
    value = form.get(name)
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""

"""The check view: what only a look at the whole report shows, beside all that single sentences lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from toolkit.build import check
from toolkit.quality import Finding, open_findings
from toolkit.web.draft import let_be, opened_of
from toolkit.web.pages import gettext_of, page, reading, text_of, writing

_MOST_SHOWN = 500


@dataclass(frozen=True)
class Group:
    """Findings under a heading."""

    title: str
    findings: Sequence[Finding]


def show_check(request: Request) -> Response:
    """Every finding that nobody let be; those of the whole report come first, then the sentences in order."""
    opened = opened_of(request)
    found = check(opened.report, opened.drafts, opened.desk)
    standing = open_findings(found)
    whole = [one for one in found if not one.segment_id]
    single = [one for one in standing if one.segment_id in opened.numbers]
    single = sorted(single, key=lambda one: opened.numbers[one.segment_id])[:_MOST_SHOWN]
    _ = gettext_of(request)
    groups = [Group(_("The whole report"), whole), Group(_("Single sentences"), single)]
    values = {
        "report": opened.report.name,
        "groups": [group for group in groups if group.findings],
        "numbers": opened.numbers,
        "count": len(standing),
        "shown": len(single) + len(open_findings(whole)),
    }
    return page(request, "check.html", values)


def dismiss_finding(request: Request, form: FormData) -> Response:
    """Let a finding about the whole report be, with a reason."""
    opened, wanted = opened_of(request), text_of(form, "finding")
    found = check(opened.report, opened.drafts, opened.desk)
    finding = next((one for one in found if one.id == wanted), None)
    back = RedirectResponse(f"/reports/{quote(opened.report.name)}/check", status_code=303)
    return let_be(request, form, opened, finding) or back


routes = [
    Route("/reports/{report}/check", reading(show_check), name="check"),
    Route("/reports/{report}/check/dismiss", writing(dismiss_finding), methods=["POST"]),
]

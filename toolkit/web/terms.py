"""The glossary view: search, edit, approve, see what a change would do before it is made, and take it back."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from toolkit.errors import SettingsError
from toolkit.files import hash_of
from toolkit.glossary import Status, Term, editing, find_terms, last_standing, read_history
from toolkit.glossary.store import cells_of, rows_bytes, term_of
from toolkit.glossary.suggest import suggest
from toolkit.impact import impact_of
from toolkit.languages import TARGETS
from toolkit.quality.terms_lint import LintFinding, lint_terms
from toolkit.web.office import NotThere
from toolkit.web.pages import fault_page, gettext_of, marked, name_of, office_of, page, reading, text_of, writing

PER_PAGE = 50
EDITED = (
    "zh_accepted",
    "en",
    "bo",
    "en_accepted",
    "bo_accepted",
    "en_forbidden",
    "bo_forbidden",
    "domain",
    "note",
    "source",
)
_FILES = {"person": "people.csv", "place": "places.csv", "office": "offices.csv"}
_DEFAULT_FILE = "phrases.csv"
_NO_NAME = marked("Say who you are first: type your name at the top of the page.")


@dataclass(frozen=True)
class TermRow:
    """A term as the view shows it: its cells, and their hash, against which an edit is measured."""

    term: Term
    cells: Mapping[str, str]
    base: str


def row_of(term: Term) -> TermRow:
    """The row of a term."""
    cells = cells_of(term)
    return TermRow(term, cells, hash_of(*(f"{key}={cells[key]}" for key in sorted(cells)))[:16])


def term_words(request: Request) -> dict[str, str]:
    """Statuses and the kinds that we use ourselves in the interface language; a newsroom's own kinds stay its own."""
    _ = gettext_of(request)
    return {
        "proposed": _("proposed"),
        "approved": _("approved"),
        "deprecated": _("out of use"),
        "forbidden": _("forbidden"),
        "document": _("document"),
        "event": _("event"),
        "office": _("office"),
        "organisation": _("organisation"),
        "person": _("person"),
        "phrase": _("phrase"),
        "place": _("place"),
        "species": _("species"),
    }


def show_terms(request: Request) -> Response:
    """The terms that were looked for, a page of them."""
    glossary = office_of(request).desk.glossary
    asked = request.query_params
    wanted = " ".join(asked.get("find", "")[:200].split())
    status, domain = asked.get("status", ""), asked.get("domain", "")
    terms = [one.term for one in find_terms(glossary.terms, wanted)] if wanted else list(glossary.terms)
    terms = [one for one in terms if (not status or one.status == status) and (not domain or one.domain == domain)]
    start = asked.get("from", "0")
    first = int(start) // PER_PAGE * PER_PAGE if start.isascii() and start.isdigit() and len(start) < 8 else 0
    chosen = {"find": wanted, "status": status, "domain": domain}
    return page(
        request,
        "terms.html",
        {
            "rows": [row_of(term) for term in terms[first : first + PER_PAGE]],
            "count": len(terms),
            "start": first,
            "per_page": PER_PAGE,
            "chosen": chosen,
            "query": lambda **more: urlencode({key: value for key, value in {**chosen, **more}.items() if value}),
            "statuses": [one.value for one in Status],
            "domains": sorted({one.domain for one in glossary.terms if one.domain}),
            "edited": EDITED,
            "words": term_words(request),
        },
    )


def show_new(request: Request) -> Response:
    """The form for a new term, filled with what the address says."""
    cells = {column: request.query_params.get(column, "")[:500] for column in ("zh", *EDITED)}
    cells["source"] = cells["source"] or "none"
    return page(request, "terms_new.html", {"cells": cells, "edited": EDITED, "problem": "", "findings": ()})


def add_term(request: Request, form: FormData) -> Response:
    """Add a term, proposed until a person approves it."""
    cells = {column: " ".join(text_of(form, column).split()) for column in ("zh", *EDITED)}
    folder = office_of(request).workspace.glossaries
    file = _FILES.get(cells["domain"], _DEFAULT_FILE)
    try:
        with editing(folder, "add", by=name_of(request)) as termbase:
            term = termbase.add(cells, file)
    except SettingsError as fault:
        values = {"cells": cells, "edited": EDITED, "problem": str(fault), "findings": lint_of(cells)}
        return page(request, "terms_new.html", values, status=409)
    return RedirectResponse(f"/terms?find={quote(term.zh)}", status_code=303)


def save_term(request: Request, form: FormData) -> Response:
    """Show what a change would do; make it when it was confirmed."""
    office = office_of(request)
    folder = office.workspace.glossaries
    term = _term(request, form)
    row = row_of(term)
    changes = {
        column: " ".join(text_of(form, column).split())
        for column in EDITED
        if column in form and " ".join(text_of(form, column).split()) != row.cells[column]
    }
    values: dict[str, Any] = {
        "row": row,
        "changes": changes,
        "edited": EDITED,
        "findings": lint_of({**row.cells, **changes}),
        "problem": "",
        "impacts": (),
    }
    if not changes:  # nothing to do, or the second of two clicks
        return RedirectResponse(f"/terms?find={quote(term.zh)}", status_code=303)
    if text_of(form, "base") != row.base:
        values["problem"] = gettext_of(request)(
            marked("Somebody changed this term meanwhile: here are their row and your changes.")
        )
        return page(request, "terms_confirm.html", values, status=409)
    if text_of(form, "confirmed") != "yes":
        try:
            wanted = term_of({**row.cells, **changes}, folder, 1)
        except SettingsError as fault:
            values["problem"] = str(fault)
            return page(request, "terms_confirm.html", values, status=409)
        folders = [office.workspace.source / name for name in office.report_names()]
        values["impacts"] = impact_of(replace(wanted, place=term.place), folders, office.desk)
        return page(request, "terms_confirm.html", values)
    with editing(folder, "set", by=name_of(request)) as termbase:
        termbase.set(term.zh, **changes)
    return RedirectResponse(f"/terms?find={quote(term.zh)}", status_code=303)


def set_status(request: Request, form: FormData) -> Response:
    """Approve a term, or take it out of use: in the name of a person."""
    term, by = _term(request, form), name_of(request)
    wanted = text_of(form, "status")
    if not by:
        return fault_page(request, _NO_NAME, 409)
    if wanted not in (Status.APPROVED, Status.DEPRECATED):
        raise NotThere("there is no such status to set")
    folder = office_of(request).workspace.glossaries
    row = row_of(term)
    errors = [one for one in lint_of(row.cells) if one.severity == "error" and one.code != "approved-without-name"]
    if wanted == Status.APPROVED and errors:
        raise SettingsError(f"“{term.zh}” cannot be approved: {errors[0].reason}", remedy=errors[0].remedy)
    today = datetime.datetime.now(datetime.UTC).date()
    with editing(folder, "approve" if wanted == Status.APPROVED else "deprecate", by=by) as termbase:
        termbase.sign(term.zh, Status(wanted), by=by, date=today)
    return RedirectResponse(f"/terms?find={quote(term.zh)}", status_code=303)


def lint_row(request: Request, form: FormData) -> Response:
    """What is wrong with a row as it is being typed."""
    cells = {column: text_of(form, column)[:2000] for column in ("zh", *EDITED)}
    findings = [{"severity": one.severity, "reason": one.reason, "remedy": one.remedy} for one in lint_of(cells)]
    return JSONResponse({"findings": findings})


def lint_of(cells: Mapping[str, str]) -> tuple[LintFinding, ...]:
    """What is wrong with one row by itself."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "row.csv"
        path.write_bytes(rows_bytes([{"status": Status.PROPOSED.value, **cells}]))
        return tuple(one for one in lint_terms(path) if one.code != "source-none")


def show_history(request: Request) -> Response:
    """What was changed, the newest first."""
    entries = read_history(office_of(request).workspace.glossaries)
    standing = last_standing(entries)
    return page(request, "terms_history.html", {"entries": entries[:-101:-1], "last": standing})


def undo_last(request: Request, form: FormData) -> Response:
    """Take the last change back."""
    folder = office_of(request).workspace.glossaries
    entry = last_standing(read_history(folder))
    if entry is None or str(entry.number) != text_of(form, "number"):
        raise NotThere("this change is not the last one any more")
    with editing(folder, "undo", by=name_of(request), undoes=entry.number) as termbase:
        for change in reversed(entry.changes):
            termbase.take_back(change)
    return RedirectResponse("/terms/history", status_code=303)


def show_suggestions(request: Request) -> Response:
    """Candidates of a report that the glossary lacks."""
    office = office_of(request)
    name = request.query_params.get("report", "")
    found = suggest((office.report(name),), office.desk.glossary) if name else ()
    values = {"reports": office.report_names(), "chosen": name, "suggestions": found, "targets": TARGETS}
    return page(request, "terms_suggest.html", values)


def _term(request: Request, form: FormData) -> Term:
    wanted = text_of(form, "zh")
    term = next((one for one in office_of(request).desk.glossary.terms if one.zh == wanted), None)
    if term is None:
        raise NotThere(f"the glossary has no “{wanted[:40]}” any more")
    return term


routes = [
    Route("/terms", reading(show_terms), name="terms"),
    Route("/terms/new", reading(show_new), name="new_term"),
    Route("/terms/history", reading(show_history), name="terms_history"),
    Route("/terms/suggest", reading(show_suggestions), name="suggest"),
    Route("/terms/add", writing(add_term), methods=["POST"]),
    Route("/terms/save", writing(save_term), methods=["POST"]),
    Route("/terms/status", writing(set_status), methods=["POST"]),
    Route("/terms/lint", writing(lint_row), methods=["POST"]),
    Route("/terms/undo", writing(undo_last), methods=["POST"]),
]

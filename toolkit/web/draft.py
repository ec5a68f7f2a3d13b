"""The draft view: source and translations level with each other, to correct, approve and sign."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from toolkit.build import check, dismissals_path
from toolkit.errors import BulletinError
from toolkit.languages import NAMES, TARGETS, Language
from toolkit.quality import Finding, dismiss, open_findings
from toolkit.release import release_report, standing_of
from toolkit.report import Segment
from toolkit.review import last_act, sign, undo, undone_acts, unsign
from toolkit.review.acts import standing_drafts
from toolkit.web.office import NotThere, now
from toolkit.web.pages import (
    fault_page,
    gettext_of,
    marked,
    name_of,
    office_of,
    page,
    reading,
    text_of,
    wants_json,
    writing,
)
from toolkit.web.pages import fragment as fragment_of
from toolkit.web.rows import cell_view, row_view
from toolkit.web.saving import Saved, save
from toolkit.web.shelf import PER_PAGE, Open

SHOWS = ("all", "findings", "unreviewed", "gaps", "reviewed")
_UNSAVED = Saved()
NOT_LAST = marked("Something else was done meanwhile. Load the page again and look at it before you undo it.")
NO_NAME = marked("Say who you are first: type your name at the top of the page.")


@dataclass(frozen=True)
class Filter:
    """Which segments are shown: those with findings, unreviewed ones …, in `language`, that contain `contains`."""

    show: str = "all"
    language: Language | None = None
    contains: str = ""
    start: int = 0
    _languages: tuple[Language, ...] = field(default=TARGETS)

    @classmethod
    def of(cls, request: Request) -> Filter:
        """The filter that an address asks for; what it cannot mean is left out."""
        asked = request.query_params
        show = asked.get("show", "all")
        language = next((one for one in TARGETS if one == asked.get("language")), None)
        start = asked.get("from", "0")
        return cls(
            show if show in SHOWS else "all",
            language,
            asked.get("contains", "").strip()[:200],
            int(start) if start.isascii() and start.isdigit() and len(start) < 8 else 0,
        )

    def takes(self, segment: Segment, opened: Open) -> bool:
        """Whether a segment is shown."""
        languages = (self.language,) if self.language else self._languages
        units = [(one, unit) for one in languages if (unit := opened.unit(segment.id, one)) is not None]
        if self.contains:
            wanted = self.contains.casefold()
            texts = (segment.text, segment.id, *(unit.target.text for _, unit in units))
            if not any(wanted in text.casefold() for text in texts):
                return False
        match self.show:
            case "findings":
                return any(open_findings(opened.findings(unit, one)) for one, unit in units)
            case "unreviewed":
                return any(unit.is_open for _, unit in units)
            case "gaps":
                return any(unit.is_gap for _, unit in units)
            case "reviewed":
                return all(not unit.is_open for _, unit in units)
        return True

    def query(self, **changes: object) -> str:
        """The filter as the query of an address, with `changes`."""
        values = {"show": self.show, "language": self.language or "", "contains": self.contains, "from": self.start}
        values |= changes
        return urlencode({key: value for key, value in values.items() if value not in ("", 0, "all")})


def cell_words(request: Request) -> dict[str, str]:
    """The words of a cell in the interface language, looked up once for the page."""
    _ = gettext_of(request)
    return {
        "needs-translation": _("gap"),
        "draft": _("draft"),
        "reviewed": _("reviewed"),
        "signed-off": _("signed off"),
        "memory": _("memory"),
        "term": _("glossary"),
        "fuzzy": _("fuzzy match"),
        "engine": _("machine"),
        "foreign": _("from elsewhere"),
        "person": _("a person"),
        "nothing": _("not translated yet"),
        "let_be": _("Let it be"),
        "why": _("Why?"),
        "correct": _("Correct"),
        "take": _("Take"),
        "remark": _("Remark"),
        "save": _("Save as reviewed"),
        "approve": _("Approve as it is"),
        "sign": _("Sign off"),
        "take_back": _("Take the signature back"),
        "text": _("Text of segment"),
    }


def show_draft(request: Request) -> Response:
    """The table, a page of it."""
    opened = opened_of(request)
    chosen = Filter.of(request)
    segments = [one for one in opened.report.segments if chosen.takes(one, opened)]
    start = min(chosen.start, max(0, len(segments) - 1)) // PER_PAGE * PER_PAGE
    shown = segments[start : start + PER_PAGE]
    return page(
        request,
        "draft.html",
        {
            "report": opened.report.name,
            "rows": [row_view(segment, opened) for segment in shown],
            "filter": chosen,
            "shows": SHOWS,
            "targets": TARGETS,
            "names": NAMES,
            "count": len(segments),
            "start": start,
            "per_page": PER_PAGE,
            "progress": _progress(request, opened),
            "last_act": last_act(opened.journal),
            "query": request.url.query,
            "words": cell_words(request),
        },
    )


def _progress(request: Request, opened: Open) -> list[dict[str, Any]]:
    _ = gettext_of(request)
    found = []
    for language, draft in opened.drafts.items():
        counts = Counter(str(unit.state) for unit in draft.units)
        total = len(draft.units)
        done = counts["reviewed"] + counts["signed-off"]
        signed = counts["signed-off"]
        words = _("%(done)s of %(total)s reviewed, %(signed)s signed off")
        words %= {"done": done, "total": total, "signed": signed}
        found.append({"language": language, "total": total, "done": done, "words": words})
    return found


def save_text(request: Request, form: FormData) -> Response:
    """A corrected or approved segment."""
    opened, by = opened_of(request), name_of(request)
    segment, language = _segment(form, opened), _language(form)
    text, base = text_of(form, "text"), text_of(form, "base")
    if not by:
        return _refused(request, form, NO_NAME, segment, language, opened)
    try:
        saved = save(
            office_of(request),
            opened.report,
            segment.id,
            language,
            text,
            base=base,
            by=by,
            comment=text_of(form, "comment"),
            over=text_of(form, "over") == "yes",
        )
    except BulletinError as fault:  # a full disk, say: the words stay in the form
        return _refused(request, form, str(fault), segment, language, opened)
    if saved.problem:
        return _refused(request, form, saved.problem, segment, language, opened_of(request), saved)
    return _done(request, form, segment, language)


def _refused(
    request: Request,
    form: FormData,
    problem: str,
    segment: Segment,
    language: Language,
    opened: Open,
    saved: Saved = _UNSAVED,
) -> Response:
    """Both texts, and what to do: the person's words stay in the form."""
    values = {
        "report": opened.report.name,
        "row": row_view(segment, opened),
        "cell": cell_view(segment, language, opened),
        "text": text_of(form, "text"),
        "problem": gettext_of(request)(problem),
        "is_conflict": saved.is_conflict,
        "query": text_of(form, "query"),
        "names": NAMES,
    }
    if wants_json(request):
        html = fragment_of(request, "draft_conflict.html", values)
        return JSONResponse({"problem": problem, "conflict": saved.is_conflict, "html": html}, status_code=409)
    return page(request, "draft_refused.html", values, status=409)


def _done(request: Request, form: FormData, segment: Segment, language: Language) -> Response:
    opened = opened_of(request)
    if wants_json(request):
        values = {
            "cell": cell_view(segment, language, opened),
            "row": row_view(segment, opened),
            "report": opened.report.name,
            "query": text_of(form, "query"),
            "words": cell_words(request),
        }
        html = fragment_of(request, "draft_cell.html", values)
        last = last_act(opened.journal)
        return JSONResponse({"html": html, "progress": _progress(request, opened), "last_act": last})
    return _back(opened.report.name, form, segment.id)


def _back(report: str, form: FormData, segment_id: str = "") -> Response:
    query = text_of(form, "query")
    fragment = f"#{segment_id}" if segment_id else ""
    return RedirectResponse(f"/reports/{quote(report)}{f'?{query}' if query else ''}{fragment}", status_code=303)


def let_be(request: Request, form: FormData, opened: Open, finding: Finding | None) -> Response | None:
    """Dismiss `finding` with the reason in `form`, in the reviewer's name; the answer to somebody who told none.

    Raises `NotThere` when there is no such finding.
    """
    if finding is None:
        raise NotThere("this finding is gone, or its text changed")
    by = name_of(request)
    if not by:
        return fault_page(request, NO_NAME, 409)
    today = datetime.datetime.now(datetime.UTC).date()
    with office_of(request).alone_with(opened.report.name):
        dismiss(dismissals_path(opened.report), finding, reason=text_of(form, "reason"), by=by, today=today)
    return None


def dismiss_finding(request: Request, form: FormData) -> Response:
    """Let a finding be, with a reason."""
    opened = opened_of(request)
    segment, language = _segment(form, opened), _language(form)
    wanted = text_of(form, "finding")
    unit = opened.unit(segment.id, language)
    finding = next((one for one in opened.findings(unit, language) if one.id == wanted), None) if unit else None
    return let_be(request, form, opened, finding) or _done(request, form, segment, language)


def sign_text(request: Request, form: FormData) -> Response:
    """Sign a segment off, or take the signature back; without a segment, all that may be signed."""
    opened, by = opened_of(request), name_of(request)
    if not by:
        return fault_page(request, NO_NAME, 409)
    desk, report = opened.desk, opened.report
    segments = [_segment(form, opened).id] if text_of(form, "segment") else []
    languages = [_language(form)] if text_of(form, "language") else list(TARGETS)
    wanted: dict[str, Any] = {"by": by, "now": now(), "languages": languages, "segments": segments}
    with office_of(request).alone_with(report.name):
        if text_of(form, "back") == "yes":
            signing = unsign(report, desk, **wanted)
        else:
            findings = check(report, standing_drafts(report, desk).drafts, desk)
            signing = sign(report, desk, **wanted, state="signed-off", findings=findings)
    if signing.refused:
        reasons = [f"{one.segment_id} {NAMES[one.language]}: {one.reason}" for one in signing.refused]
        return page(
            request,
            "draft_list.html",
            {"report": report.name, "title": marked("Not signed"), "lines": reasons},
            status=409,
        )
    return _back(report.name, form, segments[0] if segments else "")


def undo_last(request: Request, form: FormData) -> Response:
    """Take the last act back, if it is still the one that the form was made for; who clicks twice undoes one."""
    opened, by, act = opened_of(request), name_of(request), text_of(form, "act")
    if not by:
        return fault_page(request, NO_NAME, 409)
    if act in undone_acts(opened.journal):
        return _back(opened.report.name, form)
    if act and act != last_act(opened.journal):
        return fault_page(request, NOT_LAST, 409)
    with office_of(request).alone_with(opened.report.name):
        undo(opened.report, opened.desk, by=by, now=now(), act=act)
    return _back(opened.report.name, form)


def show_release(request: Request) -> Response:
    """What stands in the way of a release, and the last one."""
    opened = opened_of(request)
    standing = standing_of(opened.report.path.parent, opened.desk)
    told = {"report": opened.report.name, "standing": standing, "numbers": opened.numbers}
    return page(request, "draft_release.html", told)


def release(request: Request, form: FormData) -> Response:
    """Release the report in the reviewer's name."""
    opened, by = opened_of(request), name_of(request)
    if not by:
        return fault_page(request, NO_NAME, 409)
    with office_of(request).alone_with(opened.report.name):
        release_report(opened.report.path.parent, opened.desk, by=by, now=datetime.datetime.now(datetime.UTC))
    return RedirectResponse(f"/reports/{quote(opened.report.name)}/release", status_code=303)


def opened_of(request: Request) -> Open:
    """The report that an address names, as it stands on disk now."""
    opened: Open = request.app.state.shelf.open(request.path_params["report"])
    return opened


def _segment(form: FormData, opened: Open) -> Segment:
    wanted = text_of(form, "segment")
    segment = next((one for one in opened.report.segments if one.id == wanted), None)
    if segment is None:
        raise NotThere(f"the report has no segment “{wanted[:40]}” any more")
    return segment


def _language(form: FormData) -> Language:
    wanted = text_of(form, "language")
    language = next((one for one in TARGETS if one == wanted), None)
    if language is None:
        raise NotThere(f"“{wanted[:10]}” is no language of a translation")
    return language


def _posts(forms: Sequence[tuple[str, Callable[[Request, FormData], Response]]]) -> list[Route]:
    return [Route(f"/reports/{{report}}/{path}", writing(view), methods=["POST"]) for path, view in forms]


routes = [
    Route("/reports/{report}", reading(show_draft), name="draft"),
    Route("/reports/{report}/release", reading(show_release), name="release"),
    *_posts(
        [
            ("save", save_text),
            ("dismiss", dismiss_finding),
            ("sign", sign_text),
            ("undo", undo_last),
            ("release", release),
        ]
    ),
]

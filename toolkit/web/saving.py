"""What a form of the draft view says, carried out by the same functions as the command line."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.languages import NAMES, Language
from toolkit.report import Report
from toolkit.report.inline import InlineText
from toolkit.review import Edit, EditedFile, TroubleKind, accept
from toolkit.translation.draft import State
from toolkit.web.office import Office, now
from toolkit.web.pages import marked

VIA = "review page"
_NOTHING_LOST = marked("Somebody changed this text meanwhile. Your words are kept beside it as an alternative.")


@dataclass(frozen=True)
class Saved:
    """What came of it: `problem` says why the text was not taken, empty when it was."""

    problem: str = ""
    is_conflict: bool = False
    act: str = ""


def save(
    office: Office,
    report: Report,
    segment_id: str,
    language: Language,
    text: str,
    *,
    base: str,
    by: str,
    comment: str = "",
    over: bool = False,
) -> Saved:
    """Make `text` the reviewed target of a segment; the same text as before is thereby approved.

    `base` is the hash of the text that the form showed: where somebody has changed that meanwhile, theirs stays, and
    this one becomes an alternative; `over` puts this one in its place all the same.  Raises as `accept` does.
    """
    edit = Edit(
        segment_id,
        language,
        InlineText(text),
        base=base,
        base_text=None if base else "",
        state=State.REVIEWED,
        by=by,
        at=now(),
        comment=comment,
    )
    file = EditedFile(report.path.parent / VIA, "page", report.name, (edit,))
    with office.alone_with(report.name):
        acceptance = accept([file], report, office.desk, now=now(), by=by, prefer="file" if over else None)
    troubles = [one for each in acceptance.understandings for one in each.troubles]
    conflict = next((one for one in troubles if one.kind is TroubleKind.CONFLICT), None)
    if conflict is not None:
        return Saved(_NOTHING_LOST, is_conflict=True, act=acceptance.act)
    if troubles:
        return Saved(troubles[0].reason, act=acceptance.act)
    older = any(each.older for each in acceptance.understandings)
    if older:
        return Saved(f"The {NAMES[language]} has moved on since this page was loaded; load it again.", is_conflict=True)
    return Saved(act=acceptance.act)

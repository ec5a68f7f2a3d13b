"""Corrections coming home, and sign-off.

::

    file ── read_edited ──▶ EditedFile ── understand ──▶ Understanding ── accept ──▶ drafts, review.jsonl, memory
"""

from toolkit.review.accept import Acceptance, accept
from toolkit.review.acts import journal_path
from toolkit.review.diff import DiffSpan, diff, shown
from toolkit.review.edit import Edit, EditedFile, Trouble, TroubleKind
from toolkit.review.journal import ActKind, Entry, Journal, Version, read_journal
from toolkit.review.read import read_edited
from toolkit.review.sign import Refusal, Signing, sign, unsign
from toolkit.review.term_changes import Correction, TermOffer, term_changes
from toolkit.review.understand import understand
from toolkit.review.understanding import Change, KeptWords, Remark, Understanding, agreed
from toolkit.review.undo import Undoing, last_act, undo, undone_acts

__all__ = [
    "Acceptance",
    "ActKind",
    "Change",
    "Correction",
    "DiffSpan",
    "Edit",
    "EditedFile",
    "Entry",
    "Journal",
    "KeptWords",
    "Refusal",
    "Remark",
    "Signing",
    "TermOffer",
    "Trouble",
    "TroubleKind",
    "Understanding",
    "Undoing",
    "Version",
    "accept",
    "agreed",
    "diff",
    "journal_path",
    "last_act",
    "read_edited",
    "read_journal",
    "shown",
    "sign",
    "term_changes",
    "understand",
    "undo",
    "undone_acts",
    "unsign",
]

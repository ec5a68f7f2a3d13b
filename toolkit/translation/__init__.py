"""From segments to a draft: engines, and the file of record they are kept in."""

from toolkit.translation.assemble import Assemble
from toolkit.translation.draft import Candidate, Draft, DraftUnit, Origin, OriginKind, State
from toolkit.translation.drafting import Drafting, draft_report
from toolkit.translation.engine import Engine, Request

__all__ = [
    "Assemble",
    "Candidate",
    "Draft",
    "DraftUnit",
    "Drafting",
    "Engine",
    "Origin",
    "OriginKind",
    "Request",
    "State",
    "draft_report",
]

"""From segments to a draft: engines, and the file of record they are kept in."""

from toolkit.translation.assemble import Assemble
from toolkit.translation.draft import Candidate, Draft, DraftUnit, Origin, OriginKind, State
from toolkit.translation.drafting import Drafting, Sources, draft_report, open_questions
from toolkit.translation.engine import Abilities, Engine, EngineStopped, Question, Usage
from toolkit.translation.request import Request

__all__ = [
    "Abilities",
    "Assemble",
    "Candidate",
    "Draft",
    "DraftUnit",
    "Drafting",
    "Engine",
    "EngineStopped",
    "Origin",
    "OriginKind",
    "Question",
    "Request",
    "Sources",
    "State",
    "Usage",
    "draft_report",
    "open_questions",
]

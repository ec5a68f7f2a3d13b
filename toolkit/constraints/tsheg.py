"""Tibetan punctuation: where a tsheg and a shad may stand.

Only what is certain: each rule was held against 1,000 translated sentences (NTREX-128), the Declaration of Human
Rights and the first report, where what it reports is a slip of the pen (`python benchmarks/checks_on_good_text.py`).
Rules: a tsheg before a shad stands after ང alone, and must stand there; no shad after a final ག or ཀ without vowel
sign, a space only; after other letters a shad follows without a space; no two tshegs in a row (three or more are a
leader).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.constraints.fault import Fault

_LETTER = r"[\u0f40-\u0fbc]"
_RULES: tuple[tuple[re.Pattern[str], str, str | None], ...] = (
    (re.compile(r"(?<!་)་་(?!་)"), "Two tshegs in a row.", "་"),
    (re.compile(rf"(?<={_LETTER})(?<!ང)(?<!ང[ིེོུ])་(?=[།༎])"), "A tsheg before the shad stands after ང only.", ""),
    (re.compile(r"(?<=ང)(?=[།༎])"), "Between ང and a shad stands a tsheg.", "་"),
    (re.compile(r"(?<=[་\u0f40-\u0f6c])(?<=[ཀག])།(?=\s|$)"), "After a final ག or ཀ stands no shad.", ""),
    (re.compile(rf"(?<={_LETTER})(?<![ཀགཤ])(?<![ཀགཤ][ིེོུ])[ \u00a0]+(?=[།༎])"), "A space before the shad.", ""),
    (re.compile(r"།།།+"), "More than two shads in a row.", None),
)


def tsheg_faults(target: str) -> Iterator[Fault]:
    """`tsheg-shad`, in order of place.  `target` must be normal (`tibetan.normal`)."""
    found = [
        Fault("tsheg-shad", reason, target_span=match.span(), repair=repair)
        for pattern, reason, repair in _RULES
        for match in pattern.finditer(target)
    ]
    yield from sorted(found, key=lambda fault: fault.target_span or (0, 0))

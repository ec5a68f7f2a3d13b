"""Clauses lost in one segment, told by the length of the others.

Every kind of text has its own density: officials' reports grow longer in translation than news, and some translators
are more even than others.  So a segment is measured against the rest of its own draft.  In the first report, with the
longest clause taken out of each segment in turn, this finds 30 of 44 in English and 25 of 39 in Tibetan, where the
fixed bounds find 20 and 7; of the whole segments none is suspected (tests/quality/test_lengths.py).
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence

from toolkit import tibetan
from toolkit.constraints import Constraint
from toolkit.constraints.lengths import expected_length, has_clauses, length_of, shortfall
from toolkit.languages import NAMES
from toolkit.quality.catalogue import found
from toolkit.quality.finding import Finding
from toolkit.translation import Draft
from toolkit.translation.draft import target_hash

_ENOUGH = 20  # segments that make a median
_SHORTEST = 12  # characters: shorter ones vary too much
_LEAST = 0.6  # of the fixed bound: a draft may be very even, and still no word too short
_FAR = 2.5 * 1.4826  # median deviations that make two and a half standard deviations: 0.6 % of even text lies beyond


def check_lengths(draft: Draft, constraints: Mapping[str, Sequence[Constraint]]) -> Iterator[Finding]:
    """`sentence-count` for a segment that is short among its neighbours; `constraints` go by segment id.

    Says nothing of a draft too small to have a measure, and nothing that the fixed bounds say already.
    """
    language = draft.language
    rows = [
        (unit, tibetan.normal(unit.target.text), constraints.get(unit.segment_id, ()))
        for unit in draft.units
        if not unit.is_gap and len(unit.source.text) > _SHORTEST
    ]
    if len(rows) < _ENOUGH:
        return
    growth = max(
        1.0,
        statistics.median(
            length_of(target, language) / expected_length(unit.source.text, language, mine)
            for unit, target, mine in rows
        ),
    )
    short = [shortfall(unit.source.text, target, language, mine, scale=growth) for unit, target, mine in rows]
    middle = statistics.median(short)
    spread = statistics.median(abs(one - middle) for one in short)
    bound = min(1.0, max(_LEAST, middle + _FAR * spread))
    for (unit, target, mine), lacking in zip(rows, short, strict=True):
        source = unit.source.text
        if lacking <= bound or not has_clauses(source) or shortfall(source, target, language, mine) > 1:
            continue
        usual = growth * expected_length(source, language, mine)
        yield found(
            "sentence-count",
            f"A clause may be missing: this is short beside the other {NAMES[language]} segments "
            f"({length_of(target, language):.0f} where about {usual:.0f} are usual here).",
            segment_id=unit.segment_id,
            language=language,
            about="length",
            target=target_hash(unit.target),
        )

"""Rows or units of an edited file that are gone or stand in another order than when it was made."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence

from toolkit.review.edit import Trouble, TroubleKind

_FEW = 5  # segments named in one sentence


def gone_or_moved(
    made: Sequence[str], standing: Sequence[str], *, what: str, words: Mapping[str, str] | None = None
) -> Iterator[Trouble]:
    """What became of the segments that a file was `made` with, by those `standing` in it now.

    One trouble for each that is gone, one for all that moved; `what` is what the file holds of a segment: “row”.
    `words` are the texts it was made with, where the file still has them.
    """
    order = {segment_id: number for number, segment_id in enumerate(made, start=1)}
    present = set(standing)
    for segment_id, number in order.items():
        if segment_id not in present:
            reason = f"The {what} of segment {segment_id} (number {number}) was deleted; the draft keeps its text."
            yield Trouble(TroubleKind.DELETED, reason, segment_id, text=(words or {}).get(segment_id, ""))
    known = [segment_id for segment_id in dict.fromkeys(standing) if segment_id in order]
    moved = [known[place] for place in _out_of_order([order[segment_id] for segment_id in known])]
    if moved:
        named = ", ".join(moved[:_FEW]) + (f" and {len(moved) - _FEW} more" if len(moved) > _FEW else "")
        reason = (
            f"The {what}s stand in another order than in the report ({named}); their texts were taken all the same."
        )
        yield Trouble(TroubleKind.MOVED, reason, moved[0])


def _out_of_order(numbers: Sequence[int]) -> list[int]:
    """The places of the fewest numbers that must be taken out for the others to rise (Fredman 1975)."""
    ends: list[int] = []  # the smallest last number of a rising row of each length
    lengths = []
    for number in numbers:
        length = bisect.bisect_left(ends, number)
        ends[length : length + 1] = [number]
        lengths.append(length)
    wanted, moved = len(ends) - 1, []
    for place in range(len(numbers) - 1, -1, -1):
        if lengths[place] == wanted:
            wanted -= 1
        else:
            moved.append(place)
    return moved[::-1]

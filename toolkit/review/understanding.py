"""What an edited file was understood to mean, and several files beside one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from toolkit.languages import NAMES, Language
from toolkit.report.inline import InlineText
from toolkit.review.edit import EditedFile, Trouble, TroubleKind
from toolkit.review.wording import says_the_same
from toolkit.translation.draft import DraftUnit, State


@dataclass(frozen=True)
class Change:
    """A correction, or, where the words stay the same, a confirmation.  `by` is empty where nobody is named."""

    language: Language
    before: DraftUnit
    after: InlineText
    by: str
    at: str
    via: str
    comment: str = ""
    place: str = ""
    state_after: State = State.REVIEWED

    @property
    def segment_id(self) -> str:
        """The segment it changes."""
        return self.before.segment_id


@dataclass(frozen=True)
class KeptWords:
    """A person's words that did not become the target: kept as an alternative, with `note` saying why."""

    language: Language
    segment_id: str
    text: InlineText
    by: str
    at: str
    via: str
    note: str


@dataclass(frozen=True)
class Remark:
    """What somebody wrote about a segment whose words they left alone."""

    language: Language
    segment_id: str
    text: str
    by: str


@dataclass(frozen=True)
class Understanding:
    """What one edited file means.

    `confirmed` are segments whose words stay and that someone has reviewed.  `unchanged` counts those that say what the
    draft says, `older` are those where the draft has moved on, `elsewhere` counts texts for sentences that the report
    does not have (a memory holds many).  `kept` are words that did not become the target.
    """

    file: EditedFile
    changes: tuple[Change, ...] = ()
    confirmed: tuple[Change, ...] = ()
    unchanged: int = 0
    older: tuple[tuple[Language, str], ...] = ()
    elsewhere: int = 0
    troubles: tuple[Trouble, ...] = ()
    kept: tuple[KeptWords, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def is_nameless(self) -> bool:
        """Whether something in it would have to be put down to nobody."""
        return any(not change.by for change in (*self.changes, *self.confirmed))


def agreed(understandings: Iterable[Understanding]) -> tuple[Understanding, ...]:
    """Several files for the same report beside one another.

    Where two bring different words for one segment, neither is taken: both are kept, and both files say so.  Where they
    bring the same words, the first one's are taken.
    """
    understood = tuple(understandings)
    wanted: dict[tuple[Language, str], list[Change]] = defaultdict(list)
    for one in understood:
        for change in one.changes:
            wanted[change.language, change.segment_id].append(change)
    disputed = {
        key: changes
        for key, changes in wanted.items()
        if any(not says_the_same(change.after, changes[0].after, with_codes=True) for change in changes)
    }
    seen: set[tuple[Language, str]] = set()
    return tuple(_agreed(one, disputed, seen) for one in understood)


def _agreed(
    one: Understanding, disputed: Mapping[tuple[Language, str], list[Change]], seen: set[tuple[Language, str]]
) -> Understanding:
    changes: list[Change] = []
    troubles, kept, unchanged = list(one.troubles), list(one.kept), one.unchanged
    for change in one.changes:
        key = (change.language, change.segment_id)
        if key not in disputed:
            if key in seen:
                unchanged += 1
            else:
                seen.add(key)
                changes.append(change)
            continue
        others = " and ".join(dict.fromkeys(other.via for other in disputed[key] if other.via != change.via))
        reason = (
            f"The {NAMES[change.language]} of {change.segment_id} has other words in {others or 'another file'}; both "
            "are kept, and the draft stays as it is."
        )
        troubles.append(
            Trouble(TroubleKind.CONFLICT, reason, change.segment_id, change.language, change.place, change.after.text)
        )
        note = f"Another correction of the same text, {change.at}."
        kept.append(KeptWords(change.language, change.segment_id, change.after, change.by, change.at, change.via, note))
    return replace(one, changes=tuple(changes), troubles=tuple(troubles), kept=tuple(kept), unchanged=unchanged)

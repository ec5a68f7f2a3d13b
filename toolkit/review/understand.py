"""What an edited file means for the drafts as they stand now: corrections, confirmations, and what nobody may guess.

One set of rules for DOCX, XLIFF, XLSX and TMX.  Of each text in the file:

- it is what the draft says: no change, though the file may say that someone has reviewed it;
- it is what the file was made with, and the draft has moved on: the file is older, the draft stays;
- it is new, and the draft still says what the file was made with: a correction;
- it is new, and the draft has moved on: a machine's new text gives way and becomes an alternative; a person's does not,
  which is a conflict.  The draft stays, and the other words are kept as an alternative with their author.

A file that does not say what it was made with (TMX, some CAT tools) is measured against every text the segment is known
to have had.  An empty text takes nothing away.  A file brings a review and never a signature: `bulletin sign` does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from toolkit.chinese import fold
from toolkit.constraints.scripts import is_copy
from toolkit.languages import NAMES, Language
from toolkit.report import Report, Segment
from toolkit.report.inline import InlineText
from toolkit.report.punctuation import mend_punctuation
from toolkit.review.edit import Edit, EditedFile, Trouble, TroubleKind
from toolkit.review.journal import Journal
from toolkit.review.understanding import Change, KeptWords, Remark, Understanding
from toolkit.review.wording import as_kept, is_in_another_script, says_the_same, with_codes_of
from toolkit.safexml import without_forbidden
from toolkit.translation.draft import VIA_MEMORY, Draft, DraftUnit, OriginKind, State, target_hash

Preference = Literal["file", "draft"]
_NOBODY = frozenset(("", "unknown author", "author", "python-docx", "openpyxl", "unknown", "user", "windows user"))
_REVIEWED = (State.REVIEWED, State.SIGNED_OFF)


@dataclass
class _Found:
    """What is gathered on the way."""

    changes: list[Change] = field(default_factory=list)
    confirmed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    older: list[tuple[Language, str]] = field(default_factory=list)
    elsewhere: int = 0
    troubles: list[Trouble] = field(default_factory=list)
    kept: list[KeptWords] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def understand(
    edited: EditedFile,
    report: Report,
    drafts: Mapping[Language, Draft],
    *,
    now: str,
    by: str = "",
    someone: str = "",
    journal: Journal | None = None,
    prefer: Preference | None = None,
    only: Sequence[str] = (),
    in_place: bool = False,
) -> Understanding:
    """What `edited` means for `drafts`, which have a unit for every segment of `report`.

    `by` is the author whatever the file says, `someone` the one where it names nobody; `now` (UTC) is when a change was
    made that has no time of its own.  `prefer` settles conflicts.  `only` limits it to these segments.  `in_place`: the
    file is a draft of record itself, so what a person typed stands in `drafts` already and gets their name.
    """
    judge = _Judge(edited, report, drafts, journal or Journal(), prefer, by, someone, now, in_place)
    for (language, segment_id), edits in judge.by_segment().items():
        if not only or segment_id in only:
            judge.judge(language, segment_id, edits)
    troubles = [one for one in edited.troubles if not only or one.segment_id in only]
    found = judge.found
    return Understanding(
        edited,
        tuple(found.changes),
        tuple(found.confirmed),
        found.unchanged,
        tuple(found.older),
        found.elsewhere,
        tuple(dict.fromkeys((*troubles, *found.troubles))),
        tuple(found.kept),
        tuple(found.remarks),
    )


class _Judge:
    """The rules, over one file."""

    def __init__(
        self,
        edited: EditedFile,
        report: Report,
        drafts: Mapping[Language, Draft],
        journal: Journal,
        prefer: Preference | None,
        by: str,
        someone: str,
        now: str,
        in_place: bool,
    ) -> None:
        self._edited = edited
        self._segments = {segment.id: segment for segment in report.segments}
        self._units = {(language, unit.segment_id): unit for language, one in drafts.items() for unit in one.units}
        self._former = {unit.segment_id for one in drafts.values() for unit in one.former}
        self._languages = tuple(drafts)
        self._journal = journal
        self._prefer = prefer
        self._by, self._someone, self._now = by, someone, now
        self._in_place = in_place
        self._knows_bases = any(edit.base or edit.base_text is not None for edit in edited.edits)
        self._told = {(one.kind, one.segment_id, one.language) for one in edited.troubles}
        self.found = _Found()

    def by_segment(self) -> dict[tuple[Language, str], list[Edit]]:
        """The edits by the segment they are for; those without one go by their Chinese."""
        by_source: dict[str, list[Segment]] = defaultdict(list)
        if any(edit.segment_id not in self._segments for edit in self._edited.edits):
            for segment in self._segments.values():
                by_source[_bare(segment.text)].append(segment)
        groups: dict[tuple[Language, str], list[Edit]] = defaultdict(list)
        for edit in self._edited.edits:
            if edit.language not in self._languages:
                continue
            if edit.segment_id in self._segments:
                groups[edit.language, edit.segment_id].append(edit)
            elif meant := by_source.get(_bare(edit.source), []) if edit.source else []:
                for segment in meant:
                    groups[edit.language, segment.id].append(edit)
            elif edit.segment_id:
                self._tell_unknown(edit)
            else:
                self.found.elsewhere += 1
        return groups

    def _tell_unknown(self, edit: Edit) -> None:
        gone = "was in the report once and is there no more" if edit.segment_id in self._former else "is not known"
        reason = f"The segment {edit.segment_id} {gone}; its {NAMES[edit.language]} was not taken."
        self._trouble(TroubleKind.UNKNOWN, reason, edit, edit.segment_id)

    def judge(self, language: Language, segment_id: str, edits: list[Edit]) -> None:
        """Decide on one segment in one language."""
        unit = self._units[language, segment_id]
        if len(edits) > 1:
            edits = self._distinct(edits, unit)
        if len(edits) > 1:
            for edit in edits:
                reason = f"The segment {segment_id} has two different texts in this file; neither was taken."
                self._trouble(TroubleKind.DOUBLED, reason, edit, segment_id)
                self._keep(edit, unit, "One of two texts for this segment in one file.")
            return
        edit = edits[0]
        if self._in_place and not self._is_recognisable(language):
            self._tell_worn(edit)
        elif self._in_place:
            self._judge_in_place(edit, unit)
        elif self._may_be_taken(edit, unit):
            self._judge_text(edit, unit)
        if edit.comment and not any(one.segment_id == segment_id for one in self._new_changes(language)):
            self.found.remarks.append(Remark(language, segment_id, edit.comment, self._author(edit)))

    def _new_changes(self, language: Language) -> Iterator[Change]:
        return (one for one in (*self.found.changes[-1:], *self.found.confirmed[-1:]) if one.language == language)

    def _distinct(self, edits: list[Edit], unit: DraftUnit) -> list[Edit]:
        """The edits that say something of their own: not empty, not what stands there, none twice."""
        told: list[Edit] = []
        for edit in edits:
            is_news = edit.text and not self._same(edit, unit.target) and not self._says_its_base(edit, unit)
            if is_news and not any(says_the_same(edit.text, one.text, with_codes=False) for one in told):
                told.append(edit)
        return told or edits[:1]

    def _may_be_taken(self, edit: Edit, unit: DraftUnit) -> bool:
        """Whether the text can be a target of this segment at all; says why not."""
        language, text = edit.language, edit.text.text
        if not text.strip():
            is_news = bool(unit.target) and not (self._knows_bases and self._was_gap(edit))
            if is_news and (TroubleKind.DELETED, unit.segment_id, language) not in self._told:
                reason = f"The {NAMES[language]} of {unit.segment_id} was emptied in the file; it stays in the draft."
                self._trouble(TroubleKind.DELETED, reason, edit, unit.segment_id)
            self.found.unchanged += not is_news
            return False
        if without_forbidden(text) != text:
            reason = (
                f"The {NAMES[language]} of {unit.segment_id} has characters that no text may hold; it was not taken."
            )
            self._trouble(TroubleKind.UNCLEAR, reason, edit, unit.segment_id)
            self._keep(edit, unit, "Without characters that no text may hold.")
            return False
        source = self._segments[unit.segment_id].text
        if edit.source and _bare(edit.source) != _bare(source):
            reason = f"The Chinese beside it reads “{edit.source}”, in the report “{source}”; the text was not taken."
            self._trouble(TroubleKind.SOURCE_CHANGED, reason, edit, unit.segment_id)
            if not self._same(edit, unit.target) and not self._says_its_base(edit, unit):
                self._keep(edit, unit, f"Translates other Chinese: {edit.source}")
            return False
        if is_copy(source, text):
            self.found.unchanged += 1  # the Chinese that stands in for a missing text
            return False
        if is_in_another_script(text, source, language):
            reason = (
                f"The {NAMES[language]} of {unit.segment_id} is not written in {NAMES[language]}; it was not taken."
            )
            self._trouble(TroubleKind.UNCLEAR, reason, edit, unit.segment_id)
            self._keep(edit, unit, f"Stood in the place of the {NAMES[language]}.")
            return False
        return True

    def _judge_text(self, edit: Edit, unit: DraftUnit) -> None:
        if self._same(edit, unit.target):
            if unit.is_open and edit.state in _REVIEWED:
                self.found.confirmed.append(self._change(edit, unit, unit.target))
            else:
                self.found.unchanged += 1
            return
        if self._says_its_base(edit, unit) or self._said_before(edit, unit):
            self.found.older.append((edit.language, unit.segment_id))
            return
        change = self._change(edit, unit, self._words(edit, unit))
        draft_is_as_it_was = bool(edit.base) and edit.base == target_hash(unit.target)
        if edit.base_text is not None and not draft_is_as_it_was:
            draft_is_as_it_was = says_the_same(InlineText(edit.base_text), unit.target, with_codes=False)
        if draft_is_as_it_was or not unit.belongs_to_a_person or self._prefer == "file":
            self.found.changes.append(change)
            return
        self._keep(edit, unit, f"Another correction of the same text, {edit.at or self._now}.")
        if self._prefer is None:
            who = f" by {unit.review.by}" if unit.review else ""
            reason = (
                f"The {NAMES[edit.language]} of {unit.segment_id} was changed{who} meanwhile; both are kept, and the "
                "draft stays as it is."
            )
            self._trouble(TroubleKind.CONFLICT, reason, edit, unit.segment_id)

    def _judge_in_place(self, edit: Edit, unit: DraftUnit) -> None:
        """A draft of record: what a person typed or reviewed there and nobody has put a name to."""
        if unit.is_gap:
            was_emptied = bool(edit.base)
            if was_emptied:
                reason = f"The {NAMES[edit.language]} of {unit.segment_id} was emptied; nothing stands in for it."
                self._trouble(TroubleKind.DELETED, reason, edit, unit.segment_id)
            self.found.unchanged += not was_emptied
            return
        typed_now = self._knows_bases and edit.base != target_hash(unit.target)
        typed_before = unit.drafted != target_hash(unit.target) and _is_persons(unit)
        if typed_now or (typed_before and not self._names_these_words(unit, edit.language)):
            former = self._known_text(edit.base or unit.drafted, unit)
            before = replace(unit, target=former or unit.target, state=State.DRAFT, review=None)
            self.found.changes.append(self._change(edit, before, as_kept(unit.target, edit.language)))
        elif not unit.is_open and unit.review is None:
            self.found.confirmed.append(self._change(edit, replace(unit, state=State.DRAFT), unit.target))
        else:
            self.found.unchanged += 1

    def _names_these_words(self, unit: DraftUnit, language: Language) -> bool:
        """Whether the unit's review speaks of its words, and not of others that somebody has typed over since."""
        if unit.review is None or unit.review.via == VIA_MEMORY:
            return False
        reviewed = {
            target_hash(entry.after.target)
            for entry in self._journal.of_segment(unit.segment_id)
            if entry.language == language and entry.after is not None and entry.after.review == unit.review
        }
        return not reviewed or target_hash(unit.target) in reviewed

    def _is_recognisable(self, language: Language) -> bool:
        """Whether the draft of record still says what a machine wrote: else all of it would look like a person's."""
        filled = [unit for (own, _), unit in self._units.items() if own == language and unit.target]
        return self._knows_bases or not filled or any(unit.inputs or unit.drafted for unit in filled)

    def _tell_worn(self, edit: Edit) -> None:
        if not any(one.kind is TroubleKind.UNCLEAR for one in self.found.troubles):
            reason = (
                "The program that saved this draft dropped what tells a person's words from a machine's; nothing in it "
                "was taken as reviewed. Name what you have reviewed with bulletin sign, or edit a copy made by "
                "bulletin export."
            )
            self.found.troubles.append(Trouble(TroubleKind.UNCLEAR, reason, language=edit.language))
        self.found.unchanged += 1

    def _same(self, edit: Edit, text: InlineText) -> bool:
        codes_count = self._edited.kind == "xliff" or (self._edited.kind == "docx" and bool(edit.text.codes))
        return says_the_same(edit.text, text, with_codes=codes_count)

    def _was_gap(self, edit: Edit) -> bool:
        return not edit.base and not edit.base_text

    def _says_its_base(self, edit: Edit, unit: DraftUnit) -> bool:
        """Whether the text is what the file was made with."""
        if edit.base_text is not None:
            return bool(edit.base_text) and says_the_same(edit.text, InlineText(edit.base_text), with_codes=False)
        if not edit.base:
            return False
        if edit.base in (target_hash(edit.text), target_hash(as_kept(edit.text, edit.language))):
            return True
        base = self._known_text(edit.base, unit)
        return base is not None and self._same(edit, base)

    def _said_before(self, edit: Edit, unit: DraftUnit) -> bool:
        """Whether a file that knows no bases says what this segment said at some time.

        An alternative is such a text only where a person has chosen another: while the draft is a machine's, someone
        who sends an alternative has chosen it.
        """
        if self._knows_bases or edit.state in _REVIEWED:
            return False
        digest = target_hash(as_kept(edit.text, edit.language))
        if digest == unit.drafted or digest in self._journal.hashes_of(unit.segment_id, edit.language):
            return True
        return unit.belongs_to_a_person and any(self._same(edit, one.target) for one in unit.alternatives)

    def _known_text(self, digest: str, unit: DraftUnit) -> InlineText | None:
        """The text with this hash, among those the segment has or had."""
        earlier = (
            version.target
            for entry in self._journal.of_segment(unit.segment_id)
            for version in (entry.before, entry.after)
            if version is not None
        )
        texts = (unit.target, *(one.target for one in unit.alternatives), *earlier)
        return next((text for text in texts if text and target_hash(text) == digest), None)

    def _words(self, edit: Edit, unit: DraftUnit) -> InlineText:
        words = as_kept(edit.text, edit.language)
        return words if self._edited.kind == "xliff" else with_codes_of(unit.target, words, edit.language)

    def _change(self, edit: Edit, unit: DraftUnit, after: InlineText) -> Change:
        via = self._edited.path.name
        return Change(
            edit.language, unit, after, self._author(edit), self._time(edit, unit), via, edit.comment, edit.place
        )

    def _time(self, edit: Edit, unit: DraftUnit) -> str:
        """When the file says it was made, where that can be: not in the future, and after the review it follows."""
        earliest = unit.review.at if unit.review else ""
        return edit.at if earliest < edit.at <= self._now else self._now

    def _author(self, edit: Edit) -> str:
        recorded = " ".join(edit.by.split())
        return self._by or ("" if recorded.lower() in _NOBODY else recorded) or self._someone

    def _keep(self, edit: Edit, unit: DraftUnit, note: str) -> None:
        words = as_kept(edit.text, edit.language)
        cleaned = without_forbidden(words.text)
        if cleaned != words.text:
            words = InlineText(cleaned)
        author, at, via = self._author(edit), edit.at or self._now, self._edited.path.name
        self.found.kept.append(KeptWords(edit.language, unit.segment_id, words, author, at, via, note))

    def _trouble(self, kind: TroubleKind, reason: str, edit: Edit, segment_id: str) -> None:
        trouble = Trouble(kind, reason, segment_id, edit.language, edit.place, without_forbidden(edit.text.text))
        if kind is TroubleKind.DOUBLED and (kind, segment_id, edit.language) in self._told:
            return
        self.found.troubles.append(trouble)


def _bare(source: str) -> str:
    """A Chinese sentence for comparison: without white space, punctuation mended, simplified."""
    return "".join(fold(mend_punctuation(without_forbidden(source))).split())


def _is_persons(unit: DraftUnit) -> bool:
    return unit.origin is not None and unit.origin.kind is OriginKind.PERSON

"""What differs between a release and what would be released now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.files import hash_of
from toolkit.languages import NAMES, TARGETS, Language
from toolkit.release.reproducing import Pinned
from toolkit.release.revision import style_of
from toolkit.report import Report


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was: `what` names it, `before` and `after` are the texts, empty for none.

    `kind` is source, text, order, about (dates, byline), picture, term, style or font.
    """

    kind: str
    what: str
    before: str
    after: str
    segment_id: str = ""
    language: Language | None = None


def differences(
    before: Pinned, now: Pinned, fonts_before: Mapping[str, str], fonts_now: Mapping[str, str]
) -> tuple[Difference, ...]:
    """All of them, segments in the order of the report as it is now, those that are gone last."""
    return (
        *_about(before.report, now.report),
        *_sources(before.report, now.report),
        *_pictures(before.report, now.report),
        *(one for language in TARGETS for one in _texts(before, now, language)),
        *_terms(before, now),
        *_mapping("style", _style(before), _style(now)),
        *_mapping("font", fonts_before, fonts_now),
    )


def _style(pinned: Pinned) -> dict[str, object]:
    """The house style; of an edition only its name and whether it is still the same."""
    style = style_of(pinned.settings, pinned.editions)
    editions = {f"edition {one['name']}": hash_of(json.dumps(one, sort_keys=True))[:8] for one in style.pop("editions")}
    return {**style, **editions}


def _about(before: Report, now: Report) -> Iterator[Difference]:
    for name in ("event_date", "published_date", "outlet", "byline", "place"):
        was, is_ = (str(getattr(report, name) or "") for report in (before, now))
        if was != is_:
            yield Difference("about", name, was, is_)


def _sources(before: Report, now: Report) -> Iterator[Difference]:
    was = {segment.id: repr(segment.source) for segment in before.segments}
    texts = {segment.id: segment.text for segment in before.segments}
    for segment in now.segments:
        if was.get(segment.id) != repr(segment.source):
            yield Difference("source", "Chinese", texts.get(segment.id, ""), segment.text, segment.id)
    ids = {segment.id for segment in now.segments}
    for segment in before.segments:
        if segment.id not in ids:
            yield Difference("source", "Chinese", segment.text, "", segment.id)
    if was.keys() == ids and _arrangement(before) != _arrangement(now):
        yield Difference("order", "order or role of the paragraphs", "", "")


def _pictures(before: Report, now: Report) -> Iterator[Difference]:
    was, is_ = (_picture_words(report) for report in (before, now))
    for segment in dict.fromkeys((*is_, *was)):
        if was.get(segment) != is_.get(segment):
            yield Difference("picture", "picture", was.get(segment, ""), is_.get(segment, ""), segment)


def _picture_words(report: Report) -> dict[str, str]:
    """All that is printed of each picture, in words, by the segment it stands over."""
    shown = ((block.segments[0].id, block.illustration) for block in report.blocks)
    return {
        segment: " · ".join(
            filter(
                None, (f"{one.file.name} ({one.file.digest[:8]})", one.credit, *(text for _, text in one.alternatives))
            )
        )
        for segment, one in shown
        if one is not None
    }


def _arrangement(report: Report) -> list[tuple[str, ...]]:
    return [(block.role, *(segment.id for segment in block.segments)) for block in report.blocks]


def _texts(before: Pinned, now: Pinned, language: Language) -> Iterator[Difference]:
    was = {unit.segment_id: unit.target for unit in before.drafts[language].units}
    for unit in now.drafts[language].units:
        old = was.pop(unit.segment_id, None)
        if old != unit.target:
            before_text = old.text if old else ""
            yield Difference("text", NAMES[language], before_text, unit.target.text, unit.segment_id, language)
    for segment_id, old in was.items():
        yield Difference("text", NAMES[language], old.text, "", segment_id, language)


def _terms(before: Pinned, now: Pinned) -> Iterator[Difference]:
    """Terms that stand in the report and are rendered otherwise now; who approved them does not show on a page."""
    was = {term.zh: term for term in before.glossary.terms}
    for term in now.glossary.terms:
        old = was.pop(term.zh, None)
        for language in TARGETS:
            was_rendered, is_rendered = (" | ".join(one.allowed(language)) if one else "" for one in (old, term))
            if was_rendered != is_rendered:
                yield Difference("term", term.zh, was_rendered, is_rendered, language=language)
    for zh, old in was.items():
        yield Difference("term", zh, " | ".join(filter(None, old.targets.values())), "")


def _mapping(kind: str, before: Mapping[str, object], now: Mapping[str, object]) -> Iterator[Difference]:
    for key in (*now, *(key for key in before if key not in now)):
        was, is_ = before.get(key, ""), now.get(key, "")
        if was != is_:
            yield Difference(kind, key, str(was), str(is_))


def as_text(found: tuple[Difference, ...], since: int) -> str:
    """The list for a person: what a reader of revision `since` should look at again."""
    lines = [f"What differs from revision {since}: {len(found)} thing{'s' * (len(found) != 1)}", ""]
    for one in found:
        where = f" ({one.segment_id})" if one.segment_id else ""
        lines.append(f"{one.kind}: {one.what}{where}")
        if one.kind != "font":
            lines += [f"  was  {one.before}", f"  is   {one.after}"]
    return "\n".join(lines) + "\n"

"""A person's change of a term, as the cells it makes: what is preferred or forbidden is not accepted besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.errors import SettingsError
from toolkit.glossary.store import BETWEEN_VARIANTS, cells_of, joined, variants
from toolkit.glossary.term import Term
from toolkit.languages import TARGETS, Language


@dataclass(frozen=True)
class Revision:
    """What should become of a term; what is not said stays.

    `preferred`, `accepted`, `forbidden` and `dropped` go by language, `dropped` renderings leave both lists.
    `spellings` are more Chinese for it.  `texts` are other columns: domain, note, source.
    """

    preferred: Mapping[Language, str] = field(default_factory=dict)
    accepted: Mapping[Language, Sequence[str]] = field(default_factory=dict)
    forbidden: Mapping[Language, Sequence[str]] = field(default_factory=dict)
    dropped: Mapping[Language, Sequence[str]] = field(default_factory=dict)
    spellings: Sequence[str] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


def revised(term: Term, revision: Revision) -> dict[str, str]:
    """The cells of `term` that `revision` changes.

    Raises `SettingsError` for a variant with a | in it, or one to be dropped that is not there.
    """
    before = cells_of(term)
    after = dict(before) | {column: " ".join(text.split()) for column, text in revision.texts.items()}
    after["zh_accepted"] = _with(before["zh_accepted"], revision.spellings, without=(term.zh,))
    for language in TARGETS:
        preferred = " ".join(revision.preferred.get(language, before[language]).split())
        accepted, forbidden = revision.accepted.get(language, ()), revision.forbidden.get(language, ())
        dropped = revision.dropped.get(language, ())
        known = (*variants(before[f"{language}_accepted"]), *variants(before[f"{language}_forbidden"]))
        if unknown := [text for text in dropped if text not in known]:
            raise SettingsError(
                f"“{unknown[0]}” is neither accepted nor forbidden for “{term.zh}”",
                remedy=f"See bulletin terms show {term.zh}",
            )
        after[language] = preferred
        after[f"{language}_accepted"] = _with(
            before[f"{language}_accepted"], accepted, without=(preferred, *forbidden, *dropped)
        )
        after[f"{language}_forbidden"] = _with(
            before[f"{language}_forbidden"], forbidden, without=(*accepted, *dropped)
        )
    return {column: text for column, text in after.items() if text != before[column]}


def _with(cell: str, more: Sequence[str], *, without: Sequence[str]) -> str:
    more = [" ".join(text.split()) for text in more]
    for text in more:
        if BETWEEN_VARIANTS in text:
            raise SettingsError(
                f"“{text}” holds a {BETWEEN_VARIANTS}, which separates variants", remedy="Give each by itself"
            )
    gone = {" ".join(text.split()) for text in without}
    return joined([text for text in dict.fromkeys((*variants(cell), *more)) if text not in gone])

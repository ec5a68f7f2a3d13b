r"""Terms as a glossary of OmegaT: UTF-8, a line each, source TAB target TAB comment, for one language.

OmegaT looks up a line's source and shows its target and comment.  So an accepted rendering is a line of its own behind
the preferred one, another Chinese spelling repeats the preferred line, and all else stands in the comment of the first
line, which a person can read and this module reads back::

    甘南州	Gannan Prefecture	domain: place | status: proposed | not: Gannan State | note: 州 is a prefecture.

A | or \ in a comment has a \ before it.  What the file does not say is the other language.  A term without a rendering
in the language is no line, since OmegaT shows none without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.errors import OutputError
from toolkit.glossary.exchange.incoming import Collector, Entry, Incoming, clean, file_of
from toolkit.glossary.store import COLUMNS, SIGNED
from toolkit.glossary.term import Status, Term
from toolkit.languages import NAMES, TARGETS, Language
from toolkit.textfile import read_text_file

_COMMENT = "#"
_LABELS = ("domain", "status", "source", "by", "date", "file")
_NOT, _NOTE, _ACCEPTED, _SPELLING = "not", "note", "accepted", "spelling of"
_HEADER = "# Glossary, Chinese to {name}: source, target, comment"
_NAMED = re.compile(r"# Glossary, Chinese to (\w+)")
_BETWEEN = " | "


def omegat_bytes(terms: Sequence[Term], language: Language) -> bytes:
    """The glossary of `terms` in one language.

    Raises `OutputError` for a source that starts with #, which OmegaT passes over.
    """
    lines = [_HEADER.format(name=NAMES[language])]
    for term in terms:
        lines += ["\t".join(cells) for cells in _lines(term, language)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _lines(term: Term, language: Language) -> Iterator[tuple[str, str, str]]:
    renderings = term.allowed(language)
    if not renderings:
        return
    for source in term.sources:
        if source.startswith(_COMMENT):
            raise OutputError(
                f"“{source}” starts with {_COMMENT}, which makes a comment of the line",
                path=term.place,
                remedy="Export it in another format",
            )
    first = _comment(term, language)
    if not term.targets.get(language):
        first = _BETWEEN.join((_ACCEPTED, first))
    yield term.zh, renderings[0], first
    for rendering in renderings[1:]:
        yield term.zh, rendering, _ACCEPTED
    for source in term.sources[1:]:
        yield source, renderings[0], f"{_SPELLING}: {_escaped(term.zh)}"


def _comment(term: Term, language: Language) -> str:
    values = {
        "domain": term.domain,
        "status": str(term.status),
        "source": term.source,
        "by": term.by,
        "date": term.date,
        "file": file_of(term),
    }
    parts = [f"{label}: {_escaped(values[label])}" for label in _LABELS if values[label]]
    parts += [f"{_NOT}: {_escaped(text)}" for text in term.forbidden.get(language, ())]
    parts += [f"{_NOTE}: {_escaped(term.note)}"] if term.note else []
    return _BETWEEN.join(parts)


def read_omegat(path: Path, language: Language | None = None) -> Incoming:
    """The terms of an OmegaT glossary in `language`; without one the first line says it, else the letters do.

    The first line of a source is preferred, others are accepted renderings.  Raises `SourceError` for a file that is
    not UTF-8 text.
    """
    text = read_text_file(path, what="glossary")
    named = _NAMED.match(text)
    if language is None and named:
        language = next((one for one in TARGETS if NAMES[one] == named[1]), None)
    collector = Collector(path)
    entries: dict[str, Entry] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(_COMMENT) or not line.strip():
            continue
        cells = [clean(cell) for cell in line.split("\t")]
        if len(cells) < 2 or not cells[0] or not cells[1]:
            collector.leave_out(number, "the line has no tab between a source and a target")
            continue
        target = language or ("bo" if re.search("[\u0f00-\u0fff]", cells[1]) else "en")
        _take(cells[0], cells[1], _BETWEEN.join(filter(None, cells[2:])), number, target, entries)
    for entry in entries.values():
        collector.add(entry)
    spoken = [language] if language else list(TARGETS)
    silent = {f"{one}{kind}" for one in TARGETS if one not in spoken for kind in ("", "_accepted", "_forbidden")}
    return collector.incoming([column for column in (*COLUMNS, *SIGNED) if column not in silent])


def _take(source: str, target: str, comment: str, line: int, language: Language, entries: dict[str, Entry]) -> None:
    parts = _parts(comment)
    if len(parts) == 1 and parts[0].startswith(f"{_SPELLING}: "):
        main = entries.get(_bare(parts[0].removeprefix(f"{_SPELLING}: ")))
        if main is not None:
            main.sources += [source] if source not in main.sources else []
            return
    entry = entries.setdefault(source, Entry(line, sources=[source]))
    if language not in entry.targets and _ACCEPTED not in parts[:1]:
        entry.targets[language] = target
    elif target != entry.targets.get(language) and target not in entry.accepted.get(language, []):
        entry.accepted.setdefault(language, []).append(target)
    for part in parts:
        _take_comment(part, entry, language)


def _take_comment(part: str, entry: Entry, language: Language) -> None:
    label, between, value = part.partition(": ")
    value = _bare(value)
    if between and label == "status" and value not in set(Status):
        entry.notes.append(part)
    elif between and label in _LABELS:
        setattr(entry, label, value)
    elif between and label == _NOT:
        entry.forbidden.setdefault(language, []).append(value)
    elif between and label == _NOTE:
        entry.notes.append(value)
    elif part and part != _ACCEPTED:
        entry.notes.append(part)


def _parts(comment: str) -> list[str]:
    return [part for part in comment.split(_BETWEEN) if part]  # inside a part every | has a \ before it


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")


def _bare(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)

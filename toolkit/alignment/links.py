"""Links between a report's sentences and a translation: what is found, how sure it is, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.alignment.beads import WEIGHTS, Bead, Lattice, Weights, best_path, probable_beads
from toolkit.alignment.clues import Clues, find_clues
from toolkit.alignment.units import Stops, Unit, stops_of, units_of
from toolkit.constraints.constraint import Constraint
from toolkit.languages import Language

USUAL_RATE: dict[Language, float] = {"en": 2.9, "bo": 3.7, "zh": 1.0}


@dataclass(frozen=True)
class Link:
    """Source sentences (by number) and the text that stands for them; either side may be empty.

    `kind` is "1:1", "1:n", "n:1", "n:m", "missing" or "added"; `confidence` from 0 to 1 is the probability of the bead;
    `reasons` are the clues seen on both sides; `paragraph` is that of the translation.
    """

    sources: tuple[int, ...]
    text: str
    kind: str
    confidence: float
    reasons: tuple[str, ...] = ()
    paragraph: int | None = None


@dataclass(frozen=True)
class Alignment:
    """Every source sentence and every piece of the translation in exactly one link, in order."""

    links: tuple[Link, ...]


def align_documents(
    source: Sequence[Sequence[str]],
    target_paragraphs: Sequence[str],
    language: Language,
    constraints: Sequence[Sequence[Constraint]] = (),
    weights: Weights = WEIGHTS,
) -> Alignment:
    """The links of `source` (paragraphs of sentences) with a translation into `language`, paragraph by paragraph.

    `constraints` are what each source sentence must hold on the other side: terms, figures, names.
    """
    sentences = [text for paragraph in source for text in paragraph]
    places = [number for number, paragraph in enumerate(source) for _ in paragraph]
    stops = stops_of(target_paragraphs, len(sentences)) if language == "bo" else Stops()
    units = [
        unit
        for number, text in enumerate(target_paragraphs)
        for unit in units_of(text, language, paragraph=number, stops=stops)
    ]
    clues = find_clues(sentences, units, language, constraints or [()] * len(sentences))
    usual = USUAL_RATE[language]
    here = sum(unit.length for unit in units) / max(1, sum(len("".join(text.split())) for text in sentences))
    rate = max(0.7 * usual, min(here, 1.4 * usual))
    lattice = Lattice(sentences, places, units, clues, rate, weights)
    beads, _ = probable_beads(lattice)
    path = best_path(beads, len(sentences), len(units), weights.keep)
    return Alignment(tuple(_link(bead, units, clues) for bead in path))


def _link(bead: Bead, units: Sequence[Unit], clues: Clues) -> Link:
    taken, given = range(*bead.sources), range(*bead.targets)
    text = " ".join(units[n].text for n in given)
    kind = _kind(len(taken), len(given))
    return Link(
        tuple(taken),
        text,
        kind,
        bead.probability,
        clues.reasons(taken, given),
        units[given[0]].paragraph if given else None,
    )


def _kind(taken: int, given: int) -> str:
    if not taken or not given:
        return "missing" if taken else "added"
    return f"{'1' if taken == 1 else 'n'}:{'1' if given == 1 else 'n' if taken == 1 else 'm'}"

"""Precision and recall of the checks on hand-labelled lines of real Argos output, and the readers' agreement.

    python benchmarks/checks_on_labels.py [--show]

Needs the recorded outputs in ../shared (WMT test sets: research use, not part of this project).  Names and places
count where the glossary tests/data/news-names.csv holds them.

200 lines were read by two readers; 120 more, numbers, dates and currencies only, by one, after the checks had been
mended on what the first 200 showed.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.constraints import Fault, constraints_of, faults_of
from toolkit.figures import FigureKind
from toolkit.glossary import Glossary, read_glossary
from toolkit.workspace import Settings

ROOT = Path(__file__).parent.parent
RECORDED = ROOT.parent / "shared" / "reports" / "recorded"
LABELS = ROOT / "tests" / "data" / "argos-errors.jsonl"
MORE_LABELS = ROOT / "tests" / "data" / "argos-errors-2.jsonl"
NAMES = ROOT / "tests" / "data" / "news-names.csv"
CHECKS: Mapping[str, tuple[str, ...]] = {
    "number": ("number",),
    "date": ("date",),
    "currency": ("currency",),
    "person": ("name",),
    "place": ("term-missing",),
}


@dataclass
class Score:
    """What a check got right and wrong: hits, false alarms, misses."""

    hits: int = 0
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    found: int = 0

    @property
    def precision(self) -> float:
        """Of what was reported, the share that is wrong indeed."""
        reported = self.hits + len(self.false)
        return self.hits / reported if reported else 1.0

    @property
    def recall(self) -> float:
        """Of what is wrong, the share that was reported."""
        wrong = self.found + len(self.missed)
        return self.found / wrong if wrong else 1.0


@dataclass(frozen=True)
class Line:
    """A labelled line: its texts and its items, each with the verdicts of both readers."""

    place: str
    zh: str
    en: str
    items: list[dict]  # type: ignore[type-arg]


def labelled_lines(labels: Path = LABELS) -> Iterator[Line]:
    """The labelled lines with their texts from the recorded outputs."""
    texts = {
        (corpus, side): (RECORDED / f"{corpus}.{side}").read_text(encoding="utf-8").split("\n")
        for corpus in ("wmt19", "wmt20")
        for side in ("zh", "argos.en")
    }
    for row in map(json.loads, labels.read_text(encoding="utf-8").splitlines()):
        corpus, number = row["corpus"], row["line"]
        zh, en = (texts[corpus, side][number - 1] for side in ("zh", "argos.en"))
        yield Line(f"{corpus}:{number}", zh, en, row["items"])


def news_names() -> Glossary:
    """The glossary of the names in these lines."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(NAMES, folder)
        return read_glossary(Path(folder))


def agreement() -> dict[str, tuple[int, int, float]]:
    """Per kind: items both readers listed, items only one listed, and Cohen's kappa over the verdicts of the first."""
    table: dict[str, list[tuple[str, str]]] = defaultdict(list)
    alone: dict[str, int] = defaultdict(int)
    for row in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines()):
        for item in row["items"]:
            first, second = item["verdicts"]
            if first and second:
                table[item["kind"]].append((first, second))
            else:
                alone[item["kind"]] += 1
    return {kind: (len(pairs), alone[kind], _kappa(pairs)) for kind, pairs in table.items()}


def _kappa(pairs: list[tuple[str, str]]) -> float:
    agreed = sum(first == second for first, second in pairs) / len(pairs)
    chance = sum(
        (sum(first == verdict for first, _ in pairs) / len(pairs))
        * (sum(second == verdict for _, second in pairs) / len(pairs))
        for verdict in ("right", "wrong")
    )
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def score_checks(labels: Path = LABELS) -> dict[str, Score]:
    """Each check's faults against the items that all readers judged alike."""
    glossary, house = news_names(), Settings()
    scores = {kind: Score() for kind in CHECKS}
    for line in labelled_lines(labels):
        constraints = constraints_of(line.zh, "en", glossary, house)
        held = {one.source for one in constraints if one.place.endswith(tuple("0123456789"))}
        faults = faults_of(line.zh, line.en, constraints, "en")
        for kind, checks in CHECKS.items():
            mine = [fault for fault in faults if fault.check in checks and _is_of_the_glossary(fault, kind)]
            if kind == "currency":  # an amount that is missing altogether is one finding: its currency is missing too
                mine += [fault for fault in faults if fault.check == "number" and _is_a_lost_amount(fault)]
            items = [item for item in line.items if item["kind"] == kind]
            if kind in ("person", "place"):
                items = [item for item in items if line.zh[slice(*item["zh"])] in held]
            _count(scores[kind], line, mine, items)
    return scores


def _is_a_lost_amount(fault: Fault) -> bool:
    figure = fault.constraint.figure if fault.constraint else None
    return figure is not None and figure.kind is FigureKind.MONEY and fault.target_span is None


def _is_of_the_glossary(fault: Fault, kind: str) -> bool:
    if kind not in ("person", "place"):
        return True
    return fault.constraint is not None and fault.constraint.place.startswith(NAMES.name)


def _count(score: Score, line: Line, faults: list[Fault], items: list[dict]) -> None:  # type: ignore[type-arg]
    judged = [item for item in items if len(set(item["verdicts"])) == 1]
    disputed = [item for item in items if item not in judged]
    wrong = [item for item in judged if item["verdicts"][0] == "wrong"]
    reported: list[int] = []
    for fault in faults:
        hit = [index for index, item in enumerate(wrong) if _same_place(fault, item, line)]
        if hit:
            score.hits += 1
            reported += hit
        elif not any(_same_place(fault, item, line) for item in disputed):
            score.false.append(f"{line.place} {fault.reason} || {line.zh} || {line.en}")
    for index, item in enumerate(wrong):
        if index in reported:
            score.found += 1
        else:
            score.missed.append(f"{line.place} {_said(item, line)} || {line.zh} || {line.en}")


def _said(item: dict, line: Line) -> str:  # type: ignore[type-arg]
    return line.zh[slice(*item["zh"])] if item["zh"] else line.en[slice(*item["en"])]


def _same_place(fault: Fault, item: dict, line: Line) -> bool:  # type: ignore[type-arg]
    if fault.constraint is not None and fault.constraint.place.startswith(NAMES.name):
        return bool(line.zh[slice(*item["zh"])] == fault.constraint.source)
    if fault.source_span is not None and item["zh"]:
        return bool(fault.source_span[0] < item["zh"][1] and item["zh"][0] < fault.source_span[1])
    if fault.target_span is not None and item["en"]:
        return bool(fault.target_span[0] < item["en"][1] and item["en"][0] < fault.target_span[1])
    return False


def main() -> int:
    """Print both tables."""
    if not RECORDED.is_dir():
        print(f"the recorded outputs are not there: {RECORDED}", file=sys.stderr)
        return 3
    print("| kind | items of both readers | of one only | kappa |\n|---|---|---|---|")
    for kind, (both, alone, kappa) in agreement().items():
        print(f"| {kind} | {both} | {alone} | {kappa:.3f} |")
    for labels in (LABELS, MORE_LABELS):
        print(f"\n{labels.name}\n\n| check | wrong items | reported | precision | recall |\n|---|---|---|---|---|")
        scores = score_checks(labels)
        for kind, score in scores.items():
            wrong, reported = score.found + len(score.missed), score.hits + len(score.false)
            if wrong:
                rates = f"{score.precision:.3f} | {score.recall:.3f}"
                print(f"| {kind} ({', '.join(CHECKS[kind])}) | {wrong} | {reported} | {rates} |")
        if "--show" in sys.argv:
            for kind, score in scores.items():
                for title, rows in (("FALSE", score.false), ("MISSED", score.missed)):
                    for row in rows:
                        print(kind, title, row)
    return 0


if __name__ == "__main__":
    sys.exit(main())

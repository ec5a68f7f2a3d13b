"""Term success and chrF2++ on the WMT25 terminology task, track 2, zh→en, before and after repair.

    python benchmarks/wmt25_terminology.py DATA [--years 2016 2018] [--alone] [--show 30] [--system NAME]

DATA is a folder with the task's `zhen-YEAR.jsonl` (fields `zh`, `en`, `proper`) and recorded outputs of systems that
were given no terms, `NAME-noterm-YEAR.jsonl`.  The task's data are CC BY-NC 4.0: they stay outside this project.

Each output is brought in as a foreign draft of its document (one paragraph a line, Markdown and Traditional
Chinese as they are), repaired with the `proper` terms as glossary, and put together again.  The reference is read
for scoring only.  Scores are those of the task's script: term success document by document over the terms that
the reference holds, chrF2++ by sacrebleu over whole documents.  Repair learns from the document and, unless
`--alone`, from the other drafts of the same system and year: a batch.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.constraints import Constraint, constraints_of
from toolkit.glossary import Glossary, Status, Term
from toolkit.measure import bleu, chrf, term_success
from toolkit.report import Block, InlineText, Report, Role, Segment
from toolkit.report.sentences import SegmentIds, split_sentences
from toolkit.translation.foreign import ForeignDraft, bring_in, paragraphs_of
from toolkit.translation.repair import Change, Item, Repaired, repair_document
from toolkit.workspace import Settings

BEST_PUBLISHED = "0.883 / 75.5"
Constraints = Mapping[str, tuple[Constraint, ...]]


@dataclass(frozen=True)
class Foreign:
    """One document with a system's output for it."""

    report: Report
    constraints: Constraints
    draft: ForeignDraft

    @property
    def segments(self) -> list[Segment]:
        """The segments that have a target."""
        return [segment for segment in self.report.segments if segment.id in self.draft.targets]

    @property
    def items(self) -> list[Item]:
        """What there is to repair."""
        return [Item(one.text, self.draft.targets[one.id], self.constraints[one.id]) for one in self.segments]

    def text(self, targets: Mapping[str, str]) -> str:
        """The whole document with `targets`, and what had no place in it."""
        lines = [
            " ".join(targets[one.id] for one in block.segments if one.id in targets) for block in self.report.blocks
        ]
        return "\n\n".join([line for line in lines if line] + list(self.draft.left_over))


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The documents of a jsonl file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def glossary_of(proper: Mapping[str, Sequence[str]]) -> Glossary:
    """The task's terms as an approved glossary; empty renderings are left out."""
    terms = []
    for number, (source, renderings) in enumerate(proper.items(), start=1):
        right = [text.strip() for text in dict.fromkeys(renderings) if text.strip()]
        if source.strip() and right:
            terms.append(
                Term(
                    sources=(source.strip(),),
                    targets={"en": right[0], "bo": ""},
                    accepted={"en": tuple(right[1:]), "bo": ()},
                    forbidden={"en": (), "bo": ()},
                    domain="",
                    status=Status.APPROVED,
                    note="",
                    source="",
                    place=f"proper:{number}",
                )
            )
    return Glossary(tuple(terms))


def report_of(text: str, name: str) -> Report:
    """A document as a report: a block a line, a segment a sentence."""
    ids = SegmentIds()
    blocks = []
    for number, line in enumerate(text.splitlines(), start=1):
        if sentences := split_sentences(line.strip(), Role.PARAGRAPH):
            segments = zip(ids.over(sentences), sentences, strict=True)
            blocks.append(
                Block(Role.PARAGRAPH, tuple(Segment(one, InlineText(said)) for one, said in segments), number)
            )
    return Report(name, Path(name), tuple(blocks))


def foreign(text: str, output: str, name: str, glossary: Glossary) -> Foreign:
    """A document with an output, brought in."""
    report = report_of(text, name)
    constraints = {one.id: constraints_of(one.text, "en", glossary, Settings()) for one in report.segments}
    return Foreign(report, constraints, bring_in(report, paragraphs_of(output, len(report.blocks)), "en", constraints))


def repaired(documents: Sequence[Foreign], lexicon: Sequence[tuple[str, str]], alone: bool) -> list[list[Repaired]]:
    """All documents repaired, one by one."""
    results = []
    for number, document in enumerate(documents):
        others = [
            (item.source, item.target)
            for index, other in enumerate(documents)
            if index != number and not alone
            for item in other.items
        ]
        results.append(repair_document(document.items, "en", bitext=[*lexicon, *others]))
    return results


def after(document: Foreign, results: Sequence[Repaired]) -> str:
    """The whole document after repair."""
    return document.text({segment.id: result.text for segment, result in zip(document.segments, results, strict=True)})


def show(documents: Iterable[Foreign], results: Iterable[Sequence[Repaired]], count: int) -> None:
    """Print `count` repaired sentences, the same ones for the same data: source, before, after, why."""
    changed = [
        (item, result)
        for document, of_document in zip(documents, results, strict=True)
        for item, result in zip(document.items, of_document, strict=True)
        if result.changes
    ]
    for item, result in random.Random(0).sample(changed, min(count, len(changed))):
        print(f"\n{item.source}\n- {item.target}\n+ {result.text}")
        for change in result.changes:
            print(f"    {change.before} → {change.after}   {change.confidence:.2f}, {_why(change)}")


def _why(change: Change) -> str:
    return f"{change.evidence} ({change.constraint.source})" if change.constraint else change.evidence


@dataclass(frozen=True)
class Scoring:
    """What outputs of one year are scored against."""

    year: int
    sources: list[str]
    references: list[str]
    proper: Mapping[str, Sequence[str]]

    def print_row(self, name: str, outputs: Sequence[str], changes: str = "", seconds: str = "") -> None:
        """One row of the table."""
        success = term_success(self.sources, outputs, self.references, self.proper).value or 0.0
        near = f"{chrf(outputs, self.references, 'en'):.2f} | {bleu(outputs, self.references, 'en'):.2f}"
        print(f"| {self.year} | {name} | {success:.3f} | {near} | {changes} | {seconds} |", flush=True)


def of_year(year: int, options: argparse.Namespace) -> None:
    """The rows of one year."""
    rows = read_lines(options.data / f"zhen-{year}.jsonl")
    proper: Mapping[str, Sequence[str]] = rows[0]["proper"]
    scoring = Scoring(year, [row["zh"].strip() for row in rows], [row["en"].strip() for row in rows], proper)
    glossary = glossary_of(proper)
    lexicon = [(term.zh, term.targets["en"]) for term in glossary.terms]
    scoring.print_row("human reference", scoring.references)
    for path in sorted(options.data.glob(f"*-noterm-{year}.jsonl")):
        name = path.name.partition("-noterm")[0]
        if options.system and options.system not in name:
            continue
        outputs = [row["en"].strip() for row in read_lines(path)]
        scoring.print_row(name, outputs)
        began = time.perf_counter()
        documents = [
            foreign(source, output, f"{year}-{number}", glossary)
            for number, (source, output) in enumerate(zip(scoring.sources, outputs, strict=True))
        ]
        results = repaired(documents, lexicon, options.alone)
        seconds = time.perf_counter() - began
        count = sum(len(result.changes) for of_document in results for result in of_document)
        texts = [after(document, result) for document, result in zip(documents, results, strict=True)]
        scoring.print_row(f"{name}, repaired", texts, str(count), f"{seconds:.1f}")
        if options.show:
            show(documents, results, options.show)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--years", type=int, nargs="+", default=[2016, 2018])
    parser.add_argument("--alone", action="store_true", help="learn from the document itself only")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N repaired sentences per system")
    parser.add_argument("--system", help="only systems whose name holds this")
    options = parser.parse_args()
    print("| year | system | term success | chrF2++ | BLEU | changes | s |")
    print("|---|---|---|---|---|---|---|")
    for year in options.years:
        of_year(year, options)
    print(f"\nBest published with terms, over the documents of five years: term success / chrF2++ {BEST_PUBLISHED}.")


if __name__ == "__main__":
    main()

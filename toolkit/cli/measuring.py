"""bulletin evaluate: a draft, or any recorded output, scored."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.build import draft_path
from toolkit.cli.common import EXIT_CODES, as_json_option, desk_in, print_json
from toolkit.desk import Desk
from toolkit.errors import DONE, SettingsError
from toolkit.languages import NAMES, TARGETS, Language
from toolkit.measure import Evaluation
from toolkit.measure import evaluate as score
from toolkit.report import Report, read_report
from toolkit.textfile import read_text_file
from toolkit.translation import Assemble
from toolkit.translation.drafting import requests_of
from toolkit.translation.foreign import bring_in, read_translation
from toolkit.translation.xliff import read_xliff

_FILE = click.Path(path_type=Path)


@click.command(epilog=EXIT_CODES)
@click.argument("report", required=False)
@click.option("--language", "-l", type=click.Choice(TARGETS), required=True, help="The language to score.")
@click.option("--source", type=_FILE, help="Chinese text, one sentence or paragraph a line (instead of REPORT).")
@click.option(
    "--output", type=_FILE, help="The translation to score, line by line; with REPORT: its draft if left out."
)
@click.option(
    "--reference", type=_FILE, help="A translation by a person; without it only terms and figures are scored."
)
@as_json_option
@click.pass_obj
def evaluate(
    start: Path,
    report: str | None,
    language: Language,
    source: Path | None,
    output: Path | None,
    reference: Path | None,
    as_json: bool,
) -> int:
    """Score the draft of REPORT, or any output, against references, the glossary and the source's figures.

    BLEU and chrF2++ (sacrebleu), term success and consistency as the WMT25 terminology task defines them, figure
    accuracy, and for Tibetan the syllable error rate.

    \b
      bulletin evaluate gannan-2023 -l en --reference human.txt
      bulletin evaluate -l en --source news.zh --output system.en --reference news.en
    """
    desk = desk_in(start, Assemble.name)
    if report is not None and source is None:
        (folder,) = desk.workspace.report_folders((report,))
        evaluation = _of_report(read_report(folder), desk, language, output, reference)
    elif report is None and source is not None and output is not None:
        sources, outputs = _lines(source), _lines(output)
        references = _lines(reference) if reference else None
        if len({len(sources), len(outputs), len(references or sources)}) > 1:
            raise SettingsError(
                f"{source.name} has {len(sources)} lines, {output.name} {len(outputs)}"
                + (f", {reference.name} {len(references)}" if reference and references else ""),
                remedy="They are scored line by line and must have as many lines as each other",
            )
        evaluation = score(sources, outputs, references, language, desk.glossary)
    else:
        raise SettingsError("name a report, or --source and --output", remedy="See bulletin evaluate --help")
    if as_json:
        print_json(evaluation.as_dict())
    else:
        click.echo(f"{NAMES[language]}, {evaluation.texts} texts\n{evaluation}")
    return DONE


def _of_report(
    report: Report, desk: Desk, language: Language, output: Path | None, reference: Path | None
) -> Evaluation:
    requests = requests_of(report, language, desk.glossary, desk.settings)
    constraints = {request.segment.id: request.constraints for request in requests}
    sources = [segment.text for segment in report.segments]

    def placed(path: Path) -> list[str]:
        targets = bring_in(report, read_translation(path, language, len(report.blocks)), language, constraints).targets
        return [targets.get(segment.id, "") for segment in report.segments]

    if output is not None:
        outputs = placed(output)
    else:
        path = draft_path(report, language)
        if not path.exists():
            raise SettingsError("there is no draft yet", path=path, remedy=f"Make one: bulletin draft {report.name}")
        draft = read_xliff(path, language)
        units = {unit.segment_id: unit.target.text for unit in draft.units}
        outputs = [units.get(segment.id, "") for segment in report.segments]
    return score(sources, outputs, placed(reference) if reference else None, language, desk.glossary)


def _lines(path: Path) -> list[str]:
    return read_text_file(path, what="translation").rstrip("\n").split("\n")

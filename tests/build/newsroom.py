"""A small report nobody has translated yet, in sentences of our own, and models that know it by heart."""

from __future__ import annotations

import functools
import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.conftest import write_report
from tests.translation.dictionary_model import POSITIONS, write_package
from toolkit.languages import Language
from toolkit.report import Report
from toolkit.translation import Draft, DraftUnit
from toolkit.translation.xliff import read_xliff
from toolkit.workspace import Workspace

SCHOOL = "school"
TITLE, MOVED, PUPILS, LIBRARY = (
    "草原学校迎来新校舍",
    "6月1日，草原学校搬进了新校舍。",
    "全校共有320名学生。",
    "校长说，学校还要建一座图书馆。",
)
SENTENCES = (TITLE, MOVED, PUPILS, LIBRARY)
TEXT = f"{TITLE}\n\n{MOVED}{PUPILS}\n\n{LIBRARY}\n"
ENGLISH: Mapping[str, str] = {
    TITLE: "Grassland School Gets a New Building",
    MOVED: "On 1 June the Grassland School moved into its new building.",
    PUPILS: "The school has 320 pupils in all.",
    LIBRARY: "The headmaster said that the school would also build a library.",
}
TIBETAN: Mapping[str, str] = {
    TITLE: "རྩྭ་ཐང་སློབ་གྲྭར་ཁང་པ་གསར་པ་ཐོབ་པ།",
    MOVED: "ཟླ་6པའི་ཚེས་1ཉིན། རྩྭ་ཐང་སློབ་གྲྭ་ཁང་པ་གསར་པར་སྤོས།",
    PUPILS: "སློབ་གྲྭ་ཡོངས་ལ་སློབ་མ་320ཡོད།",
    LIBRARY: "སློབ་གྲྭའི་འགན་འཛིན་གྱིས་ད་དུང་དཔེ་མཛོད་ཁང་ཞིག་སྐྲུན་རྒྱུ་ཡིན་ཞེས་བཤད།",
}


def write_school(workspace: Workspace, name: str = SCHOOL, text: str = TEXT) -> Path:
    """Put the small report into a workspace; returns its folder."""
    return write_report(workspace, name, text)


def install(
    packages: Path,
    dictionary: Mapping[str, str],
    to_code: Language = "en",
    version: str = "1.0",
    *,
    positions: int = POSITIONS,
) -> Path:
    """Lay a dictionary package into the folder of packages; returns its folder."""
    with zipfile.ZipFile(io.BytesIO(_package(tuple(dictionary.items()), to_code, version, positions))) as package:
        package.extractall(packages)
        (name,) = {member.partition("/")[0] for member in package.namelist()}
    return packages / name


@functools.cache
def _package(dictionary: tuple[tuple[str, str], ...], to_code: str, version: str, positions: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = write_package(
            Path(folder) / "package.argosmodel",
            dict(dictionary),
            to_code=to_code,
            version=version,
            positions=positions,
        )
        return path.read_bytes()


def draft_of(workspace: Workspace, language: Language, report: str = SCHOOL) -> Draft:
    """The draft of record."""
    return read_xliff(workspace.source / report / f"{language}.xlf", language)


def unit_of(draft: Draft, source: str) -> DraftUnit:
    """The one unit with this source text."""
    (unit,) = (unit for unit in draft.units if unit.source.text == source)
    return unit


def targets(draft: Draft) -> dict[str, str]:
    """Source text and target text of every unit."""
    return {unit.source.text: unit.target.text for unit in draft.units}


def ids_with(report: Report, text: str) -> list[str]:
    """The segments that hold `text`."""
    return [segment.id for segment in report.segments if text in segment.text]


def files_of(workspace: Workspace, report: str) -> dict[str, bytes]:
    """What stands in a report's dist folder, hidden files too."""
    folder = workspace.dist / report
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def results_of(workspace: Workspace, report: str) -> dict[str, bytes]:
    """The same without the build record, which knows the code that built it."""
    files = files_of(workspace, report)
    files.pop("build.json", None)
    return files


def retarget(path: Path, source: str, target: str, state: str = "translated") -> None:
    """What an editor does in a CAT tool: type `target` for `source` into a draft, and give it a state."""
    from lxml import etree

    tree = etree.parse(path)
    space = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
    (unit,) = (one for one in tree.iterfind(".//x:trans-unit", space) if one.findtext("x:source", "", space) == source)
    element = unit.find("x:target", space)
    assert element is not None
    element.text = target
    element.set("state", state)
    tree.write(path, encoding="UTF-8", xml_declaration=True)


def approve_all(path: Path) -> None:
    """What an editor does last: mark every unit of a draft as reviewed."""
    text = path.read_text(encoding="utf-8")
    assert "needs-review-translation" in text
    path.write_text(text.replace("needs-review-translation", "translated"), encoding="utf-8")


def lines_with(text: str, words: Sequence[str]) -> list[str]:
    """The lines that hold all of `words`."""
    return [line for line in text.splitlines() if all(word in line for word in words)]

"""Workspaces with hundreds of reports for `overnight.py`: cut from recorded news where that lies beside the project,
from the project's own report where not, and broken in a dozen ways.

The memory of such a workspace holds every sentence with the English a machine once gave and Tibetan of about the right
length that says something else: the pages are as full as real ones, and nobody should read them.
"""

from __future__ import annotations

import io
import random
import shutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.languages import Language
from toolkit.memory import MemoryUnit
from toolkit.memory.tmx import StandingUnit, read_tmx
from toolkit.memory.tmx_write import write_tmx
from toolkit.report import InlineText
from toolkit.report.punctuation import mend_punctuation
from toolkit.workspace import Workspace

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
SEED = 2023
EDITED_TERM = "草原上的新校舍"  # stands in every hundredth report
_SELDOM = "工程师詹纯新、梁稳根讲了话ˎ。"
"""What makes a worker load its largest tables: names that no glossary holds, a character that our fonts lack.  It
stands in every fifth report, so that a short run and a long one have loaded the same."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OOXML = "http://schemas.openxmlformats.org"


@dataclass(frozen=True)
class Sentences:
    """What reports are made from: Chinese, and a target in each language."""

    chinese: Sequence[str]
    english: Sequence[str]
    tibetan: Sequence[str]


def sentences() -> Sentences:
    """The recorded news and its English by Argos, Tibetan of a corpus; or the project's own memory."""
    recorded = SHARED / "reports" / "recorded"
    chinese, english = (
        [line for year in ("wmt19", "wmt20") for line in _lines(recorded / f"{year}.{kind}")]
        for kind in ("zh", "argos.en")
    )
    tibetan = _lines(SHARED / "corpora" / "ntrex.bo")
    if chinese and tibetan:
        pairs = [(zh, en) for zh, en in zip(chinese, english, strict=True) if 8 <= len(zh) <= 200 and en.strip()]
        return Sentences([mend_punctuation(zh) for zh, _ in pairs], [en for _, en in pairs], tibetan)
    units = read_tmx(ROOT / "glossaries" / "gannan-2023.tmx")
    texts = [(unit.source.text, unit.targets["en"].text, unit.targets["bo"].text) for unit in units]
    return Sentences(*([text[number] for text in texts] for number in range(3)))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.is_file() else []


def make_workspace(root: Path, count: int, *, characters: int, begin: int = 0) -> Workspace:
    """A workspace with `count` reports of about so many Chinese characters each, the project's glossary, and a memory.

    The same arguments make the same files.  With `begin` the reports are numbered from there on, and the workspace may
    be one that is there already.
    """
    workspace = Workspace(root)
    source = sentences()
    if not workspace.glossaries.is_dir():
        workspace.glossaries.mkdir(parents=True)
        for path in (ROOT / "glossaries").glob("*.csv"):
            shutil.copy(path, workspace.glossaries)
        write_tmx(workspace.glossaries / "made.tmx", map(StandingUnit, _units(source)))
    for number in range(begin, begin + count):
        folder = workspace.source / f"report-{number:05}"
        folder.mkdir(parents=True)
        (folder / "report.txt").write_text(_text(number, source.chinese, characters), encoding="utf-8")
    return workspace


def _units(source: Sentences) -> list[MemoryUnit]:
    chance = random.Random(SEED)
    units = []
    for chinese, english in dict(zip(source.chinese, source.english, strict=True)).items():
        some = [chance.choice(source.tibetan) for _ in range(8)]
        tibetan = min(some, key=lambda text: abs(len(text) - 3.2 * len(chinese)))
        targets: dict[Language, InlineText] = {"en": InlineText(english), "bo": InlineText(tibetan)}
        units.append(MemoryUnit(InlineText(chinese), targets))
    return units


def _text(number: int, chinese: Sequence[str], characters: int) -> str:
    """A headline of its own, a sentence of its own, and sentences from the news in paragraphs of three."""
    chance = random.Random(SEED + number)
    term = EDITED_TERM if number % 100 == 0 else "学校"
    lines = [f"第{number}号报道：牧区近况", f"本报记者今天第{number}次来到{term}。"]
    lines += [_SELDOM] if number % 5 == 0 else []
    first = chance.randrange(len(chinese))
    while sum(map(len, lines)) < characters:
        lines.append("".join(chinese[(first + step) % len(chinese)] for step in range(3)))
        first += 3
    return "\n\n".join(lines) + "\n"


# -- reports that cannot be built ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Broken:
    """A way to break a report: its name, what the error must say, its exit code, and how it is done to the folder of a
    good one."""

    name: str
    says: str
    code: int
    breaks: Callable[[Path], object]


def break_reports(workspace: Workspace, count: int) -> dict[str, Broken]:
    """Break so many reports of a workspace, evenly over it and over the ways; which, by report."""
    folders = sorted(workspace.source.iterdir())
    step = max(1, len(folders) // count)
    broken = {}
    for number, folder in enumerate(folders[step // 2 :: step][:count]):
        way = WAYS[number % len(WAYS)]
        way.breaks(folder)
        broken[folder.name] = way
    return broken


def _instead(name: str, data: bytes) -> Callable[[Path], object]:
    """Another file in the place of the report."""

    def breaks(folder: Path) -> None:
        (folder / "report.txt").unlink()
        (folder / name).write_bytes(data)

    return breaks


def _beside(name: str, data: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(data)


def _a_folder(folder: Path) -> None:
    (folder / "report.txt").unlink()
    (folder / "report.txt").mkdir()


def _a_folder_for_a_draft(folder: Path) -> None:
    (folder / "en.xlf").mkdir()


def _word(document: str, **more: bytes) -> bytes:
    """A Word file with this XML as its text."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_OOXML}/package/2006/content-types"><Default Extension="xml"'
        f' ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_OOXML}/package/2006/relationships"><Relationship Id="r1" Type="'
        f'{_OOXML}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in {**parts, **more}.items():
            package.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _body(text: str) -> str:
    return f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'


def _entities() -> str:
    laughs = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>{_body("&l9;")}'


def _twice_the_same() -> bytes:
    unit = '<trans-unit id="s1"><source>一</source><target>One</target></trans-unit>'
    return (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="report.txt"'
        ' source-language="zh-CN" target-language="en-US" datatype="plaintext">'
        f"<body>{unit}{unit}</body></file></xliff>"
    ).encode()


WAYS = (
    Broken("empty", "empty", 3, _beside("report.txt", b"")),
    Broken("binary", "report.txt", 3, _beside("report.txt", random.Random(SEED).randbytes(5_000))),
    Broken("another encoding", "UTF-8", 3, _beside("report.txt", "牧区近况。\n\n学校迎来新校舍。\n".encode("gb18030"))),
    Broken("half a Word file", "report.docx", 3, _instead("report.docx", _word(_body("文" * 3_000))[:700])),
    Broken("a zip bomb", "would grow", 3, _instead("report.docx", _word(_body("文"), bomb=bytes(50_000_000)))),
    Broken("a folder where a file should be", "the folder report.txt", 3, _a_folder),
    Broken("a draft that is no XML", "en.xlf", 3, _beside("en.xlf", b"<xliff><file>")),
    Broken("a folder for a draft", "en.xlf", 3, _a_folder_for_a_draft),
    Broken("a draft with an id twice", "already", 3, _beside("en.xlf", _twice_the_same())),
    Broken("a bad report.toml", "report.toml", 2, _beside("report.toml", b'event_date = "yesterday\n')),
    Broken("an unknown key in report.toml", "report.toml", 2, _beside("report.toml", b'evnt_date = "2023"\n')),
    Broken("an entity bomb", "DOCTYPE", 3, _instead("report.docx", _word(_entities()))),
    Broken("two reports in one folder", "one is the report", 3, _beside("report.md", "# 近况\n".encode())),
)

"""A DOCX of ours under a person's hands: edits as Word makes them in the XML, and LibreOffice driven by macros."""

from __future__ import annotations

import copy
import html
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lxml import etree

from toolkit.docx.identity import NAMESPACE
from toolkit.languages import Language
from toolkit.review.edit import EditedFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def changed(file: EditedFile) -> dict[tuple[Language, str], str]:
    """The texts that are not what the file was made with."""
    return {(one.language, one.segment_id): one.text.text for one in file.edits if one.text.text != one.base_text}


def kinds(file: EditedFile) -> list[str]:
    return [str(trouble.kind) for trouble in file.troubles]


@dataclass
class WordFile:
    """The parts of a DOCX, with its document parsed."""

    data: bytes
    parts: dict[str, bytes] = field(init=False)
    document: etree._Element = field(init=False)

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.document = etree.fromstring(self.parts["word/document.xml"])

    def saved(self, path: Path) -> Path:
        parts = self.parts | {"word/document.xml": etree.tostring(self.document)}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return path

    def without_record(self) -> WordFile:
        """As a program leaves it that keeps no custom XML."""
        self.parts = {name: data for name, data in self.parts.items() if not name.startswith("customXml/")}
        return self

    def marks(self) -> dict[tuple[Language, str], str]:
        """The name of the bookmark of each text."""
        root = etree.fromstring(self.parts["customXml/item1.xml"])
        return {
            (cell.get("language"), text.get("segment")): str(text.get("mark"))  # type: ignore[misc]
            for cell in root.iter(f"{{{NAMESPACE}}}cell")
            for text in cell
        }

    def runs(self, mark: str) -> list[etree._Element]:
        """The runs inside a bookmark."""
        start = self.start(mark)
        runs = []
        for element in start.itersiblings():
            if element.tag == W + "bookmarkEnd" and element.get(W + "id") == start.get(W + "id"):
                break
            runs += [element] if element.tag == W + "r" else []
        return runs

    def start(self, mark: str) -> etree._Element:
        return next(one for one in self.document.iter(W + "bookmarkStart") if one.get(W + "name") == mark)

    def end(self, mark: str) -> etree._Element:
        number = self.start(mark).get(W + "id")
        return next(one for one in self.document.iter(W + "bookmarkEnd") if one.get(W + "id") == number)

    def cell(self, mark: str) -> etree._Element:
        return next(self.start(mark).iterancestors(W + "tc"))

    def row(self, mark: str) -> etree._Element:
        return next(self.start(mark).iterancestors(W + "tr"))

    def text(self, mark: str) -> str:
        return "".join(t.text or "" for run in self.runs(mark) for t in run.iter(W + "t"))

    def write(self, mark: str, text: str) -> None:
        """Put `text` in the place of what stands in a bookmark, in the look of its first run."""
        first, *others = self.runs(mark)
        set_text(first, text)
        for run in others:
            remove(run)

    def forget(self, *marks: str) -> None:
        """Take bookmarks away, as retyping everything in them does."""
        for mark in marks:
            end = self.end(mark)
            remove(self.start(mark))
            remove(end)

    def comment(self, mark: str, author: str, text: str) -> None:
        """Hang a comment on a text."""
        start, end = self.start(mark), self.end(mark)
        start.addprevious(etree.Element(W + "commentRangeStart", {W + "id": "0"}))
        reference = etree.Element(W + "r")
        etree.SubElement(reference, W + "commentReference", {W + "id": "0"})
        end.addnext(reference)
        end.addnext(etree.Element(W + "commentRangeEnd", {W + "id": "0"}))
        root = etree.Element(W + "comments")
        comment = etree.SubElement(root, W + "comment", {W + "id": "0", W + "author": author})
        words = etree.SubElement(etree.SubElement(etree.SubElement(comment, W + "p"), W + "r"), W + "t")
        words.text = text
        self.parts["word/comments.xml"] = etree.tostring(root)


def remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def set_text(run: etree._Element, text: str) -> None:
    for child in [child for child in run if child.tag != W + "rPr"]:
        run.remove(child)
    words = etree.SubElement(run, W + "t")
    words.text = text


def run_like(run: etree._Element, text: str, *, style: str | None = None) -> etree._Element:
    """A run in the look of another."""
    new = copy.deepcopy(run)
    set_text(new, text)
    if style is not None:
        properties = new.find(W + "rPr")
        assert properties is not None
        properties.insert(0, etree.Element(W + "rStyle", {W + "val": style}))
    return new


def tracked(
    kind: str, runs: Iterable[etree._Element], author: str = "Tashi", date: str = "2026-11-25T04:00:00Z"
) -> etree._Element:
    """Runs inside a tracked insertion (`ins`) or deletion (`del`)."""
    change = etree.Element(W + kind, {W + "id": "900", W + "author": author, W + "date": date})
    for run in runs:
        for text in run.iter(W + "t"):
            text.tag = W + ("delText" if kind == "del" else "t")
        change.append(run)
    return change


_NAMES = 'xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"'
_ALL_LIBRARIES = (
    f'<library:libraries {_NAMES}><library:library library:name="Standard" library:link="false"/></library:libraries>'
)
_LIBRARY = (
    f'<library:library {_NAMES} library:name="Standard" library:readonly="false">'
    '<library:element library:name="Edits"/></library:library>'
)
_MODULE = (
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Edits" '
    'script:language="StarBasic">{}</script:module>'
)
_PROLOGUE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">\n'
)
_BASIC = """
Dim doc As Object
Function property(name, value)
  Dim made As New com.sun.star.beans.PropertyValue
  made.Name = name
  made.Value = value
  property = made
End Function
Sub dispatch(command, Optional words)
  Dim helper, given
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  If IsMissing(words) Then
    helper.executeDispatch(doc.CurrentController.Frame, command, "", 0, Array())
  Else
    helper.executeDispatch(doc.CurrentController.Frame, command, "", 0, Array(property("Text", words)))
  End If
End Sub
Function place(words)
  Dim search
  search = doc.createSearchDescriptor()
  search.SearchString = words
  search.SearchCaseSensitive = True
  place = doc.findFirst(search)
End Function
Sub over(words, others)
  rub words
  dispatch ".uno:InsertText", others
End Sub
Sub behind(words, others)
  doc.CurrentController.ViewCursor.gotoRange(place(words).getEnd(), False)
  dispatch ".uno:InsertText", others
End Sub
Sub before(words, others)
  doc.CurrentController.ViewCursor.gotoRange(place(words).getStart(), False)
  dispatch ".uno:InsertText", others
End Sub
Sub rub(words)
  doc.CurrentController.select(place(words))
  dispatch ".uno:Delete"
End Sub
Sub cell(mark)
  doc.CurrentController.select(doc.Bookmarks.getByName(mark).Anchor.Cell)
End Sub
Sub row(mark)
  cell mark
  dispatch ".uno:EntireRow"
End Sub
Sub Main
  On Error GoTo failed
  doc = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, Array())
{body}
  doc.storeToURL("{target}", Array(property("FilterName", "MS Word 2007 XML")))
  doc.close(True)
  Open "{log}" For Output As #1
  Print #1, "done"
  Close #1
  Exit Sub
failed:
  Open "{log}" For Output As #1
  Print #1, Error$ & " (line " & Erl & ")"
  Close #1
End Sub
"""


@dataclass(frozen=True)
class LibreOffice:
    """LibreOffice Writer with a profile of its own: a person's keys, as commands of a Basic macro."""

    folder: Path

    def edit(self, source: Path, name: str, commands: Sequence[str]) -> Path:
        """The DOCX that Writer saves after it opened `source` and carried out `commands`."""
        target, log = self.folder / f"{name}.docx", self.folder / f"{name}.log"
        body = "\n".join(f"  {command}" for command in commands)
        macro = (
            _BASIC.replace("{source}", source.as_uri())
            .replace("{target}", target.as_uri())
            .replace("{log}", str(log))
            .replace("{body}", body)
        )
        for _ in range(2):  # the first start makes the profile, and puts an empty library over ours
            self._write_library(macro)
            self._run("--norestore", "macro:///Standard.Edits.Main")
            if log.exists():
                break
        else:
            pytest.skip("LibreOffice runs no Basic macros")
        assert log.read_text(encoding="utf-8").strip() == "done"
        return target

    def _write_library(self, macro: str) -> None:
        standard = self.folder / "profile" / "user" / "basic" / "Standard"
        standard.mkdir(parents=True, exist_ok=True)
        for path, kind, file, content in (
            (standard.parent / "script.xlc", "library:libraries", "libraries", _ALL_LIBRARIES),
            (standard / "script.xlb", "library:library", "library", _LIBRARY),
            (standard / "Edits.xba", "script:module", "module", _MODULE.format(html.escape(macro))),
        ):
            path.write_text(_PROLOGUE.format(kind, file) + content, encoding="utf-8")

    def converted(self, source: Path, suffix: str) -> Path:
        """`source` as LibreOffice saves it in another format."""
        out = self.folder / f"as-{suffix}-{source.parent.name}"
        self._run("--convert-to", suffix, "--outdir", str(out), str(source))
        made = out / f"{source.stem}.{suffix}"
        assert made.is_file(), f"LibreOffice made no {suffix}"
        return made

    def _run(self, *arguments: str) -> None:
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, *arguments]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(timeout=120)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def libreoffice(folder: Path) -> LibreOffice:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    return LibreOffice(folder)


def basic(words: str) -> str:
    """A string of Basic."""
    return '"' + words.replace('"', '""') + '"'

"""Does a Chinese text count right?  一是 … 二是 … 三是 without a gap, and five points where it announces five."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.quality.catalogue import found
from toolkit.quality.finding import Finding
from toolkit.report import Block, Report

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_NUMERAL = "[一二三四五六七八九十]{1,2}"
_BORDER = r"(?:^|(?<=[，。；：、！？”）\s]))"
_FORMS = {
    "一是": re.compile(rf"{_BORDER}(?P<number>{_NUMERAL})是(?!否|非)"),
    "其一": re.compile(rf"{_BORDER}其(?P<number>{_NUMERAL})(?=[，、是：])"),
    "第一": re.compile(rf"{_BORDER}第(?P<number>{_NUMERAL})(?=[，、：])"),
    "（一）": re.compile(rf"{_BORDER}（(?P<number>{_NUMERAL})）"),
}
_ANNOUNCED = re.compile(
    r"(?<![第十百千万\d])(?P<number>[两二三四五六七八九十]|\d{1,2})(?:条|点|项|个|大|方面|个方面)[\u4e00-\u9fff]{0,4}?"
    r"(?:建议|意见|要求|措施|任务|举措|倡议|希望|原则|重点|行动|工作|问题|方面|体会|看法|主张|共识)"
)
_ITEMS = r"(?P<list>[^，。；：！？“”‘’、（）《》\s]{1,10}(?:、[^，。；：！？“”‘’、（）《》\s]{1,10}?)+)"
_LISTS = (
    re.compile(rf"{_ITEMS}”(?P<number>[两二三四五六七八九十])(?:件|大|个|项|条|种|类)[\u4e00-\u9fff]{{1,4}}"),
    re.compile(
        rf"{_ITEMS}(?P<number>[两二三四五六七八九十])(?:省区市|省区|省份|省市|省|州|县)(?![\u4e00-\u9fff]{{0,2}}级)"
    ),
)
_WITHIN = 40  # characters between an announcement and its first point


@dataclass(frozen=True)
class _Point:
    block: Block
    number: int
    start: int
    text: str


def check_enumerations(report: Report) -> Iterator[Finding]:
    """`source-enumeration-gap`: a row of points that does not begin with one, leaves one out, or has one only.

    A row may run over several paragraphs; a number no higher than the last begins another row.
    """
    for pattern in _FORMS.values():
        for row in _rows(_points(report, pattern)):
            numbers = [point.number for point in row]
            if numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 1:
                continue
            missing = [number for number in range(1, numbers[-1]) if number not in numbers]
            shown = "、".join(point.text for point in row)
            reason = f"The source has {shown}" + (
                f", but not {_listed(missing)}." if missing else ", and nothing that follows it."
            )
            yield at(report, row[0].block, "source-enumeration-gap", reason, about=shown, start=row[0].start)


def _points(report: Report, pattern: re.Pattern[str]) -> list[_Point]:
    return [
        _Point(block, number, match.start(), match.group())
        for block in report.blocks
        for match in pattern.finditer(block.text)
        if (number := value_of(match["number"])) is not None
    ]


def _rows(points: list[_Point]) -> Iterator[list[_Point]]:
    row: list[_Point] = []
    for point in points:
        if row and point.number <= row[-1].number:
            yield row
            row = []
        row.append(point)
    if row:
        yield row


def check_counts(report: Report) -> Iterator[Finding]:
    """`source-count-mismatch`: 五条建议 before four points, “稳定、发展”三件大事."""
    for block in report.blocks:
        text = block.text
        for announced in _ANNOUNCED.finditer(text):
            count = _count(announced["number"])
            points = _points_behind(text, announced.end())
            if points and count is not None and points != count:
                reason = f"“{announced.group()}” announces {count}, and {points} follow."
                said = announced.group()
                yield at(report, block, "source-count-mismatch", reason, about=said, start=announced.start())
        for listed in (match for pattern in _LISTS for match in pattern.finditer(text)):
            count, items = _count(listed["number"]), listed["list"].count("、") + 1
            joined = len(re.findall("[和与及]", listed["list"].rpartition("、")[2]))
            is_open = listed["list"].endswith("等")  # 甘肃、青海等五省: more than are named
            if count is not None and not is_open and not items <= count <= items + joined:
                said = listed.group()
                reason = f"“{said}” lists {items}."
                yield at(report, block, "source-count-mismatch", reason, about=said, start=listed.start())


def _points_behind(text: str, start: int) -> int:
    """How many points of one row follow, 0 when none begins nearby."""
    for pattern in _FORMS.values():
        numbers = [(value_of(match["number"]), match.start()) for match in pattern.finditer(text, start)]
        if not numbers or numbers[0][0] != 1 or numbers[0][1] > start + _WITHIN:
            continue
        length = 1
        while length < len(numbers) and numbers[length][0] == length + 1:
            length += 1
        return length if length > 1 else 0
    return 0


def _count(numeral: str) -> int | None:
    return int(numeral) if numeral.isascii() else value_of(numeral)


def value_of(numeral: str) -> int | None:
    """The value of a Chinese numeral from 一 to 十九 (and 二十); None for another."""
    if len(numeral) == 1:
        return _DIGITS.get(numeral)
    if numeral == "二十":
        return 20
    if numeral[0] == "十" and numeral[1] != "十":
        return 10 + _DIGITS[numeral[1]]
    return None


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


def at(report: Report, block: Block, check: str, reason: str, *, about: str, start: int) -> Finding:
    """A finding at character `start` of a block's text: in the segment that stands there."""
    position = 0
    for segment in block.segments:
        if start < position + len(segment.text):
            break
        position += len(segment.text)
    span = (start - position, start - position + len(about)) if block.text.startswith(about, start) else None
    return found(
        check,
        reason,
        segment_id=segment.id,
        place=f"{report.path.name}:{block.line}",
        about=about,
        source_span=span,
    )

"""Dates and times of the clock in folded Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from toolkit.figures.chinese_numerals import numeral_value
from toolkit.figures.chinese_patterns import CLOCK, DATE, RANGE
from toolkit.figures.figure import Figure, FigureKind, Moment

PARTS = {
    "上旬": "early",
    "月初": "start",
    "年初": "start",
    "初": "start",
    "初期": "start",
    "初叶": "start",
    "中旬": "mid",
    "年中": "mid",
    "中": "mid",
    "中期": "mid",
    "中叶": "mid",
    "下旬": "late",
    "月底": "end",
    "月末": "end",
    "年底": "end",
    "年末": "end",
    "底": "end",
    "末": "end",
    "末期": "end",
    "末叶": "end",
    "上半年": "first half",
    "下半年": "second half",
    **{
        name: part
        for part, names in {
            "early morning": "凌晨 清晨 早晨 晨",
            "morning": "早上 上午 早",
            "noon": "中午 正午",
            "afternoon": "下午 午后",
            "evening": "傍晚 晚上 晚间 晚 当晚 今晚 昨晚",
            "night": "深夜 夜间 夜里 午夜 夜",
        }.items()
        for name in names.split()
    },
}
_QUARTERS = {"一": "q1", "二": "q2", "三": "q3", "四": "q4", "1": "q1", "2": "q2", "3": "q3", "4": "q4"}
_AFTER_NOON = ("afternoon", "evening", "night", "noon")


def find_dates(text: str, masked: str) -> Iterator[Figure]:
    """The dates in `masked`, a copy of `text` in which what is taken is blank; ranges are one figure."""
    pending: Figure | None = None
    for match in DATE.finditer(masked):
        figure = _date(match, text)
        if figure is None:
            continue
        if pending is not None:
            joined = _joined(pending, figure, text)
            if joined is not None:
                pending = joined
                continue
            yield pending
        pending = figure
    if pending is not None:
        yield pending


def _joined(first: Figure, second: Figure, text: str) -> Figure | None:
    gap = text[first.end : second.start]
    if not gap or RANGE.fullmatch(gap) is None or first.until is not None or second.until is not None:
        return None
    return replace(first, end=second.end, text=text[first.start : second.end], until=second.moment)


def _date(match: re.Match[str], text: str) -> Figure | None:
    found = {name: group for name, group in match.groupdict().items() if group}
    moment, until = _moments(found, text, match)
    if moment is None:
        return None
    start, end = match.span()
    digits = any(map(str.isdigit, match.group()))
    is_weak = moment == Moment(part=moment.part) and moment.part in ("first half", "second half")
    return Figure(start, end, text[start:end], FigureKind.DATE, moment=moment, until=until, digits=digits, weak=is_weak)


def _moments(found: dict[str, str], text: str, match: re.Match[str]) -> tuple[Moment | None, Moment | None]:
    if "y" in found:
        year = _year(found["y"])
        part = _part(found.get("yp", ""))
        return Moment(year, _whole(found.get("ym")), _whole(found.get("yd")), part=part), None
    if "y3" in found:
        return Moment(_year(found["y3"])), Moment(_year(found["y4"], found["y3"]))
    if "m" in found:
        return Moment(month=_whole(found["m"]), day=_whole(found["d"]), part=_part(found.get("dp", ""))), None
    if "m5" in found:
        return Moment(month=_whole(found["m5"]), day=_whole(found["d5"])), Moment(day=_whole(found["d6"]))
    if "m3" in found:
        low, high = _whole(found["m3"]), _whole(found["m4"])
        return (Moment(month=low), Moment(month=high)) if low and high and low != high else (None, None)
    if "m6" in found:
        if not found["m6"].isdigit() and text.startswith("之", match.end()):
            return None, None
        return Moment(month=_whole(found["m6"]), part=_part(found.get("mp", ""))), None
    if "d3" in found:
        return Moment(day=_whole(found["d3"])), Moment(day=_whole(found["d4"]))
    if "d7" in found:
        return _bare_day(found, text, match), None
    if "d8" in found:
        return Moment(day=_whole(found["d8"])), None
    if "iy" in found:
        month, day = int(found["im"]), int(found["id"])
        is_date = 1 <= month <= 12 and 1 <= day <= 31
        return (Moment(int(found["iy"]), month, day), None) if is_date else (None, None)
    if "c1" in found:
        centuries = _whole(found["c1"]), _whole(found["c2"])
        return Moment(century=centuries[0]), Moment(century=centuries[1])
    return _spans_of_years(found), None


def _bare_day(found: dict[str, str], text: str, match: re.Match[str]) -> Moment | None:
    day = _whole(found["d7"])
    if match.group().endswith("日") and not found["d7"].isdigit():
        before = text[max(0, match.start() - 1) : match.start()]
        if found["d7"] in "一十" and before not in ("月", "于", "在", "", ",", "。"):
            return None  # 一日, 十日: a day, ten days
    return Moment(day=day, part=_part(found.get("d7p", "")))


def _spans_of_years(found: dict[str, str]) -> Moment | None:
    if "q" in found:
        return Moment(part=_QUARTERS[found["q"]])
    if "half" in found:
        return Moment(part=PARTS[found["half"]])
    part = _part(found.get("cp") or found.get("dcp") or "")
    if "dec2" in found:
        decade = _whole(found["dec2"].replace("年代", "").strip())
        if decade is None or decade % 10:
            return None
        return Moment(decade=decade if decade > 100 else 1900 + decade, part=part, is_certain=decade > 100)
    name = found["cent"]
    century = 20 if name.startswith("上") else 21 if name.startswith("本") else _whole(name.replace("世纪", "").strip())
    if century is None or not 0 < century < 40:
        return None
    if "dec" in found:
        tens = _whole(found["dec"].replace("年代", "").strip())
        return None if tens is None else Moment(decade=(century - 1) * 100 + tens, part=part)
    return Moment(century=century, part=part, is_certain=name[0] not in "上本")


def _year(text: str, before: str = "") -> int | None:
    value = _whole(text)
    if value is None or value >= 100:
        return value
    if before:
        return int(before[:2]) * 100 + value
    return value + (1900 if value > 40 else 2000)


def _whole(text: str | None) -> int | None:
    if not text:
        return None
    value = numeral_value(text)
    return None if value is None else int(value)


def _part(text: str) -> str:
    if text.endswith("季度"):
        return _QUARTERS[text.removeprefix("第")[0]]
    return PARTS.get(text, "")


def find_times(text: str, masked: str) -> Iterator[Figure]:
    """The times of the clock in `masked`."""
    for match in CLOCK.finditer(masked):
        hour = _whole(match["h"] or match["h2"])
        minute = _whole(match["m"] or match["m2"]) or 0
        if match["half"]:
            minute = 30
        if match["quarter"]:
            minute = 15 if match["quarter"] == "一" else 45
        if hour is None or hour > 24 or minute > 59:
            continue
        part = PARTS.get(match["part"] or "", "")
        if match["h2"] and _is_score(match, text):
            continue
        is_plain = match["h"] is not None and ("点" in match.group() or not match["h"].isdigit())
        if is_plain and not _tells_time(match, text, part):
            continue
        if part in _AFTER_NOON and (hour < 12 if part != "noon" else hour < 3) and not (part == "night" and hour < 5):
            hour += 12
        start, end = match.span()
        certain = bool(part) or hour > 12 or hour == 0 or "时" in match.group()  # 时 counts to 24, 点 to 12
        yield Figure(
            start,
            end,
            text[start:end],
            FigureKind.TIME,
            moment=Moment(hour=hour % 24, minute=minute, part=part, is_certain=certain),
            digits=any(map(str.isdigit, match.group())),
        )


def _tells_time(match: re.Match[str], text: str, part: str) -> bool:
    """N点 is a time, and not N points, when a word says so."""
    tail = match["m"] or match["half"] or match["quarter"] or match["about"]
    before = text[max(0, match.start() - 2) : match.start()]
    return bool(part or (tail and tail != "左右") or "钟" in match.group() or (before and before[-1] in "日天午晚号"))


def _is_score(match: re.Match[str], text: str) -> bool:
    """15:19 among teams and balls is two numbers."""
    return not match["part"] and bool(
        re.search(r"比分|[一二三四五首末]局|战胜|击败|领先|落后|扳成|险胜|[队球赛胜]", text)
    )

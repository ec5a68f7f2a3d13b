"""Does a Chinese text name things in one way?  五省 among many 五省区, a man who is 书记 here and 州长 there."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.names import find_names
from toolkit.quality.finding import Finding
from toolkit.quality.source_counts import at
from toolkit.report import Block, Report

_REGIONS = re.compile(
    r"(?P<number>[两二三四五六七八九十]|\d{1,2})(?P<kind>省区市|省区|省市区|省市|省(?!级|委|长|道|油|电))"
)
_RARE = 3  # one form this many times as often as another makes the other suspect

_HEADS = (
    "书记|州长|市长|省长|县长|区长|镇长|乡长|盟长|主席|主任|部长|厅长|局长|处长|院长|校长|会长"
    "|司令员|政委|秘书长|董事长|总经理"
)
_TITLE = re.compile(rf"(?P<deputy>常务副|副|原|代)?(?P<head>{_HEADS})$")
_TITLES_BEFORE = re.compile(rf"(?:[\u4e00-\u9fff]{{0,12}}?(?:{_HEADS}|常委|委员|成员)[、和]?)+$")
_LONGEST_TITLES = 40
_GOVERNORS = frozenset(["州长", "市长", "省长", "县长", "区长"])


@dataclass(frozen=True)
class _Mention:
    block: Block
    start: int
    name: str
    titles: frozenset[str]
    text: str


def check_regions(report: Report) -> Iterator[Finding]:
    """`source-inconsistent`: 五省 once where the report says 五省区 elsewhere."""
    forms: dict[str, dict[str, list[tuple[Block, int]]]] = defaultdict(lambda: defaultdict(list))
    for block in report.blocks:
        for match in _REGIONS.finditer(block.text):
            forms[match["number"]][match.group()].append((block, match.start()))
    for by_form in forms.values():
        usual = max(by_form, key=lambda form: len(by_form[form]))
        for form, places in by_form.items():
            if form != usual and len(by_form[usual]) >= _RARE * len(places):
                for block, start in places:
                    reason = f"“{form}” stands here, “{usual}” {len(by_form[usual])} times elsewhere."
                    yield at(report, block, "source-inconsistent", reason, about=form, start=start)


def check_titles(report: Report) -> Iterator[Finding]:
    """`source-inconsistent`: one person in offices that exclude each other, 书记 and 副书记, 州委书记 and 州长."""
    by_name: dict[str, list[_Mention]] = defaultdict(list)
    for mention in _mentions(report):
        by_name[mention.name].append(mention)
    for name, mentions in by_name.items():
        for before, after in itertools.pairwise(mentions):
            if _contradict(before.titles, after.titles):
                reason = f"{name} is {after.text} here, {before.text} before."
                yield at(
                    report, after.block, "source-inconsistent", reason, about=f"{after.text}{name}", start=after.start
                )
                break


def _mentions(report: Report) -> Iterator[_Mention]:
    for block in report.blocks:
        text = block.text
        for name in find_names(text):
            before = text[max(0, name.start - _LONGEST_TITLES) : name.start]
            match = _TITLES_BEFORE.search(before)
            if match is None:
                continue
            titles = frozenset(_titles(match.group()))
            if titles:
                yield _Mention(block, name.start - len(match.group()), name.text, titles, match.group())


def _titles(text: str) -> Iterator[str]:
    for part in re.split("[、和]", text):
        match = _TITLE.search(part)
        if match is not None and match["deputy"] not in ("原", "代"):
            yield ("副" if match["deputy"] else "") + match["head"]


def _contradict(one: frozenset[str], other: frozenset[str]) -> bool:
    if one <= other or other <= one:
        return False
    deputies = any(f"副{title}" in other - one for title in one - other) or any(
        f"副{title}" in one - other for title in other - one
    )
    parties = ("书记" in one - other and bool(_GOVERNORS & (other - one))) or (
        "书记" in other - one and bool(_GOVERNORS & (one - other))
    )
    return deputies or parties

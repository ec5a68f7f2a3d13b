"""Surrogates: words a model is known to keep, put in the place of words it does not, and taken out again.

甘南州合作市 comes out as “cooperation city”, 北京 comes out as “Beijing”: so 北京 is translated, and “Beijing” becomes
“Hezuo City” afterwards.  Which surrogates a model keeps is found out once per package (see `calibration`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.constraints import Constraint, Kind
from toolkit.constraints.constraint import find_rendering
from toolkit.figures import FigureKind
from toolkit.languages import Language
from toolkit.translation.insertion import replace_span


@dataclass(frozen=True)
class Surrogate:
    """A Chinese word of a `sort`, and the renderings a model may give it, per language."""

    zh: str
    sort: str
    renderings: Mapping[Language, tuple[str, ...]]


def _table() -> Iterator[Surrogate]:
    rows: tuple[tuple[str, str, str, str], ...] = (
        ("person", "李明", "Li Ming", "ལི་མིང|ལིས་མིང"),
        ("person", "张伟", "Zhang Wei", "ཀྲང་ཝེ|ཀྲང་ཝེའི"),
        ("person", "王芳", "Wang Fang", "ཝང་ཧྥང"),
        ("person", "约翰", "John", "ཇོན|ཡོ་ཧན"),
        ("person", "玛丽", "Mary|Marie", "མ་ལི|མ་རི|མའེ་རི"),
        ("person", "陈静", "Chen Jing", "ཁྲེན་ཅིང"),
        ("place", "北京", "Beijing", "པེ་ཅིན"),
        ("place", "上海", "Shanghai", "ཧྲང་ཧའེ"),
        ("place", "日本", "Japan", "ཉི་ཧོང|འཇར་པན|རི་པིན"),
        ("place", "法国", "France", "ཧྥ་རན་སི|ཕ་རན་སི"),
        ("place", "南京", "Nanjing", "ནན་ཅིང"),
        ("place", "香港", "Hong Kong", "ཞང་ཀང|ཤང་ཀང|ཧོང་ཀོང"),
        ("body", "联合国", "United Nations", "མཉམ་འབྲེལ་རྒྱལ་ཚོགས|མཉམ་སྦྲེལ་རྒྱལ་ཚོགས"),
        ("body", "世界银行", "World Bank", "འཛམ་གླིང་དངུལ་ཁང"),
        ("body", "欧盟", "European Union|EU", "ཡོ་རོབ་མཐུན་ཚོགས"),
        ("office", "教授", "Professor|professor", "དགེ་རྒན་ཆེན་མོ|སློབ་དཔོན་ཆེན་མོ"),
        ("office", "校长", "Principal|principal|President|president|headmaster", "སློབ་གཙོ|སློབ་སྤྱི"),
        ("office", "经理", "Manager|manager", "གཉེར་པ|སྤྱི་གཉེར|སྤྱི་གཉེར་བ"),
        ("thing", "汽车", "car|cars|automobile", "རླངས་འཁོར"),
        ("thing", "音乐", "music", "རོལ་མོ|རོལ་དབྱངས"),
        ("thing", "足球", "football|soccer", "རྐང་རྩེད་སྤོ་ལོ|རྐང་པོལ"),
        ("thing", "咖啡", "coffee", "ཁོ་ཧྥི|ཁ་ཕི|ཚིག་ཇ"),
        ("thing", "电影", "film|films|movie|movies|cinema", "གློག་བརྙན"),
        ("thing", "医院", "hospital|hospitals", "སྨན་ཁང"),
        ("thing", "蔬菜", "vegetables|vegetable", "སྔོ་ཚལ|ཚོད་མ"),
        ("thing", "图书馆", "library|libraries", "དཔེ་མཛོད་ཁང"),
        ("number", "37", "37", "37"),
        ("number", "58", "58", "58"),
        ("number", "94", "94", "94"),
        ("percent", "37%", "37%|37 percent|37 per cent", "37%|བརྒྱ་ཆ་37"),
        ("percent", "58%", "58%|58 percent|58 per cent", "58%|བརྒྱ་ཆ་58"),
        ("money", "37元", "37 yuan|RMB 37|¥37", "སྒོར་37"),
        ("money", "58元", "58 yuan|RMB 58|¥58", "སྒོར་58"),
        ("date", "星期五", "Friday", "གཟའ་པ་སངས|རེས་གཟའ་པ་སངས"),
        ("date", "星期三", "Wednesday", "གཟའ་ལྷག་པ|རེས་གཟའ་ལྷག་པ"),
        ("date", "5月3日", "3 May|May 3|May 3rd|3rd May|3rd of May", "ཟླ་5པའི་ཚེས་3ཉིན|ཟླ་5ཚེས་3|ཟླ་5པའི་ཚེས་3"),
        ("year", "1987年", "1987", "1987ལོ|1987ལོར|1987ལོའི"),
        ("year", "1994年", "1994", "1994ལོ|1994ལོར|1994ལོའི"),
    )
    for sort, zh, english, tibetan in rows:
        yield Surrogate(zh, sort, {"en": tuple(english.split("|")), "bo": tuple(tibetan.split("|"))})


SURROGATES: tuple[Surrogate, ...] = tuple(_table())
_SORT_OF_FIGURE = {FigureKind.NUMBER: "number", FigureKind.PERCENT: "percent", FigureKind.MONEY: "money"}
_SORT_OF_DOMAIN = {"person": "person", "place": "place", "office": "office", "organisation": "body"}


def sort_of(constraint: Constraint) -> str:
    """What sort of surrogate can stand in the place of what a constraint holds on to; empty where none can."""
    figure = constraint.figure
    if figure is not None:
        if figure.kind is FigureKind.DATE and figure.moment is not None and figure.until is None:
            parts = figure.moment
            if parts.day is not None and not parts.part:
                return "date"
            return "year" if parts.year is not None and parts.month is None and not parts.part else ""
        return _SORT_OF_FIGURE.get(figure.kind, "")
    return _SORT_OF_DOMAIN.get(constraint.domain, "thing")


@dataclass(frozen=True)
class Swap:
    """A source text in which surrogates stand for constraints; `pairs` says which for which."""

    text: str
    pairs: tuple[tuple[Constraint, Surrogate], ...]

    def restored(self, target: str, language: Language) -> str | None:
        """`target` with every surrogate taken out for its constraint's rendering.

        None where a surrogate does not stand in it exactly once: then nobody knows what stands for what.
        """
        spans = []
        for constraint, surrogate in self.pairs:
            found = _where(surrogate, target, language)
            if len(found) != 1:
                return None
            spans.append((found[0], constraint))
        for span, constraint in sorted(spans, key=lambda one: one[0], reverse=True):
            target = replace_span(target, span, constraint.preferred, language, is_person=constraint.is_person)
        return target


def swap(text: str, constraints: Sequence[Constraint], kept: Sequence[Surrogate], *, inline: bool) -> Swap | None:
    """`text` with a surrogate for each constraint, taken from those a model is known to keep.

    Each surrogate stands for one thing only, and none that the text has already.  Where they run out the rendering
    itself stands in the Chinese, if `inline` says that the model copies such words; else there is no swap, None.
    """
    free = [one for one in kept if one.zh not in text]
    pairs: list[tuple[Constraint, Surrogate]] = []
    stand_ins: list[tuple[Constraint, str]] = []
    for constraint in constraints:
        surrogate = _take(free, sort_of(constraint))
        if surrogate is not None:
            pairs.append((constraint, surrogate))
            stand_ins.append((constraint, surrogate.zh))
        elif inline:
            stand_ins.append((constraint, constraint.preferred))
        else:
            return None
    return Swap(with_stand_ins(text, stand_ins), tuple(pairs)) if pairs else None


def with_stand_ins(text: str, stand_ins: Sequence[tuple[Constraint, str]]) -> str:
    """`text` with other words in the places of constraints; words of the target language keep a space between them."""
    for constraint, words in sorted(stand_ins, key=lambda one: one[0].start, reverse=True):
        before, after = text[: constraint.start], text[constraint.end :]
        left = " " if before[-1:].isascii() and before[-1:].isalnum() and words[:1].isascii() else ""
        right = " " if after[:1].isascii() and after[:1].isalnum() and words[-1:].isascii() else ""
        text = before + left + words + right + after
    return text


def _take(free: list[Surrogate], sort: str) -> Surrogate | None:
    for index, surrogate in enumerate(free):
        if surrogate.sort == sort:
            return free.pop(index)
    return None


def _where(surrogate: Surrogate, target: str, language: Language) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for rendering in surrogate.renderings[language]:
        for start, end in find_rendering(target, rendering, language):
            if all(end <= other[0] or other[1] <= start for other in found):
                found.append((start, end))
    return tuple(found)


def is_swappable(constraint: Constraint) -> bool:
    """Whether a surrogate may stand for it: not for text that is copied, nor for what has no rendering."""
    return bool(constraint.preferred) and constraint.kind is not Kind.KEEP

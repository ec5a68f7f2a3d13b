"""What Chinese counts with, and when characters of a numeral are one: 三条 is three, 三亚 a city, 十分 “very”."""

from __future__ import annotations

import functools
import re
from typing import Literal

from toolkit import chinese
from toolkit.figures.chinese_numerals import HAN_NUMERAL

_LONG = (
    "周年 个月 小时 分钟 秒钟 星期 公里 公斤 公顷 公分 公吨 千米 厘米 毫米 平方米 平方公里 立方米 英里 英尺 英寸 英亩 "
    "海里 千克 毫升 千伏 千卡 千瓦 兆瓦 摄氏度 人次 人份 架次 班次 车次 万人 季度 学期 学年 昼夜 回合 世纪 光年 支队 "
    "字节 平米 亿人 连胜 连败 连冠"
)
_STRONG = (
    "个名位人条项件次届场家所座间部辆艘架只头匹张份封本册篇首幅台套种类批组排层级轮期章款则句段片块颗粒株棵根支枝把副杯"
    "瓶箱袋桶吨斤克米亩顷升寸尺丈年天周秒岁股户口例宗起笔票桩栋幢盏盘枚门顶床发趟遍顿匙桌窝剂针道样步"
)
_LOOSE = "大里国省方地院军岸市县区州乡镇村路线局战胜金银铜球分度倍代世点面者边侧级等号队强星楼环极洲党重连"
UNIT = re.compile("|".join([*_LONG.split(), f"[{_STRONG}]", f"[{_LOOSE}]"]))
_IS_STRONG = frozenset([*_LONG.split(), *_STRONG, "元", "倍", "号", "强"])
_BEFORE_NUMERAL = frozenset("第近约达超逾上数共前后头整满每这那另其首再又了有为至到以各")
_BEHIND = re.compile(r"(?:多|余|几|来|以|内|前|后|间|级|左右|半)*$")
_OTHER_WORDS = (
    "一一 一等 七夕 万一 万万 万分 万古 万宁 万州 万年 万科 万象 万般 万达 万里 万元户 三农 三军 三国 三峡 三明 "
    "三星 三月 三水 三等 三级 三线 三维 三菱 三角 九年制 二手 二等 二级 二线 二维 二胎 五官 五角 五金 两会 两岸 两栖 "
    "两江 两线 八卦 八方 六合 十全 十分 十堰 十足 十一黄金周 千分 千古 千年 千方 千秋 千里 千金 双百 四处 四季 四方 "
    "四海 四轮 四面 百分 百分百 百姓 百度 百强 百年 百日 百科 百般 百色 百计 百货"
)
_NO_NUMERALS = frozenset(_OTHER_WORDS.split())

Strength = Literal["strong", "weak"]


def unit_after(text: str, position: int) -> str:
    """The counter or unit that begins at `position`, empty for none."""
    while text[position : position + 1] == " ":
        position += 1
    match = UNIT.match(text, position)
    return match.group() if match else ""


class Words:
    """The words of a folded text, cut when the first numeral asks."""

    def __init__(self, text: str) -> None:
        self._text = text

    @functools.cached_property
    def _at(self) -> list[tuple[int, int]]:
        """For each character the word it lies in."""
        spans: list[tuple[int, int]] = []
        start = 0
        for word in chinese.words(self._text):
            end = start + len(word)
            spans.extend([(start, end)] * len(word))
            start = end
        return spans

    def strength(self, start: int, end: int, unit: str, is_nth: bool) -> Strength | None:
        """Whether the Han numeral from `start` to `end` counts, perhaps counts, or is part of another word (None)."""
        text = self._text
        numeral = text[start:end]
        if numeral == "一" or numeral in "零〇":
            first, last = self._at[start]
            joined = text[end:last]
            stands_alone = first == start and (not joined or (joined in _IS_STRONG and joined not in _ADVERBS))
            return "weak" if (stands_alone and unit) or is_nth else None
        if is_nth:
            following = text[end : end + 1]
            weak = numeral == "一" or following in ("者", "方") or (numeral == "二" and following in ("天", "年", "日"))
            return "weak" if weak or (len(numeral) == 1 and following in ("", "三", "四", "一", "二")) else "strong"
        if not self._is_free(start, end):
            return None
        if len(numeral) == 1 and numeral in "百千万" and text[end : end + 1] in _OF_PROGRAMMES:
            return "strong"
        if set(numeral.rstrip("多余几来")) <= set("百千万亿十"):
            if numeral == "十" and unit in _IS_STRONG:
                return "strong"
            before = text[start - 1 : start] if start else ""
            if len(numeral) == 1 and not unit and before not in tuple("近逾超上"):
                return None  # 叶万彬
            return "strong" if before in tuple("近逾超") and unit in _IS_STRONG else "weak"
        if len(numeral.rstrip("多余几来")) == 1 and numeral[0] in "两二":
            is_weak = unit not in _IS_STRONG or unit in _DROPPED
            return "weak" if is_weak or _POINTED_AT.search(text, 0, start) or self._sums_up(start, end) else "strong"
        if len(numeral) == 1 and (
            text[end : end + 1] == "元" or _POINTED_AT.search(text, 0, start) or self._sums_up(start, end)
        ):
            return "weak"
        if unit in _IS_STRONG:
            return "strong"
        return "strong" if len(numeral) > 2 and set(numeral) & set("十百千万亿") else "weak"

    def _sums_up(self, start: int, end: int) -> bool:
        """Whether a numeral closes a list (谭卫、何章鸿、赖斌三人): English may leave it out."""
        clause = re.split(r"[，。；;]", self._text[:start])[-1]
        before = clause[-20:].rstrip()
        return (
            bool(before) and "、" in before and before[-1] not in "、的“《「" and self._text[end : end + 1] in _SUMMED
        )

    def _is_free(self, start: int, end: int) -> bool:
        """Whether the words around leave the numeral alone, or join it to a counter only."""
        first, last = self._at[start], self._at[end - 1]
        prefix, suffix = self._text[first[0] : start], self._text[end : last[1]]
        if self._text[first[0] : last[1]] in _NO_NUMERALS:
            return False
        if prefix and not all(character in _BEFORE_NUMERAL or character.isdigit() for character in prefix):
            return False
        if not suffix:
            return True
        rest = _BEHIND.sub("", suffix.lstrip("多余几来" + HAN_NUMERAL))
        is_long = end - start > 2 and bool(set(self._text[start:end]) & set("十百千万亿"))
        return not rest or rest in _IS_STRONG or rest in _JOINED or (is_long and UNIT.fullmatch(rest) is not None)


_OF_PROGRAMMES = tuple("村镇县企")  # 千村示范、万企兴万村: campaigns by the number of places they reach
_ADVERBS = frozenset("起道样步")
_POINTED_AT = re.compile(r"(?:[这那该此]|上述|以上|等)$")
_SUMMED = tuple("人部方地国省市个点条项者家字大县区州院所镇组种")
_DROPPED = frozenset("国地方岸者大步样")
_JOINED = frozenset(["个人", "美元", "成", "折", "分之", "大", "国", "省", "方", "名", "国关系"])

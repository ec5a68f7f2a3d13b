"""The figures of Chinese text are found with their value; words that only look like numerals are left alone."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from toolkit.figures import Figure, FigureKind, Moment, find_figures


def only(text: str) -> Figure:
    (figure,) = find_figures(text)
    return figure


@pytest.mark.parametrize(
    ("text", "said", "value"),
    [
        ("投资3.2亿", "3.2亿", "320000000"),
        ("总量1.2万亿", "1.2万亿", "1200000000000"),
        ("销量为11万7015辆", "11万7015", "117015"),
        ("投资3亿2000万", "3亿2000万", "320000000"),
        ("５，２００人参加", "５，２００", "5200"),
        ("5，000多年", "5，000多", "5000"),
        ("2,064.94亿股", "2,064.94亿", "206494000000"),
        ("有一百零八人", "一百零八", "108"),
        ("共两千名学生", "两千", "2000"),
        ("两万五千里", "两万五千", "25000"),
        ("二十三个人", "二十三", "23"),
        ("提出五条建议", "五", "5"),
        ("三萬餘人", "三萬餘", "30000"),
    ],
)
def test_a_number_has_its_exact_value(text: str, said: str, value: str) -> None:
    figure = only(text)
    assert (figure.text, figure.value, figure.kind) == (said, Decimal(value), FigureKind.NUMBER)
    assert text[figure.start : figure.end] == said


@pytest.mark.parametrize(
    ("text", "said", "value", "currency"),
    [
        ("投资3.2亿元", "3.2亿元", "320000000", "CNY"),
        ("三億兩千萬圓", "三億兩千萬圓", "320000000", "CNY"),
        ("人民币100万", "人民币100万", "1000000", "CNY"),
        ("2,064.94亿元人民币", "2,064.94亿元人民币", "206494000000", "CNY"),
        ("5元3角", "5元3角", "5.3", "CNY"),
        ("超过10万美元", "10万美元", "100000", "USD"),
        ("HK$20亿", "HK$20亿", "2000000000", "HKD"),
        ("47億港元", "47億港元", "4700000000", "HKD"),
        ("30亿卢布", "30亿卢布", "3000000000", "RUB"),
        ("价值1100 万英镑", "1100 万英镑", "11000000", "GBP"),
        ("6,400亿日圆", "6,400亿日圆", "640000000000", "JPY"),
    ],
)
def test_money_has_a_value_and_a_currency(text: str, said: str, value: str, currency: str) -> None:
    figure = only(text)
    assert (figure.text, figure.value, figure.currency) == (said, Decimal(value), currency)
    assert figure.kind is FigureKind.MONEY


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("增长15.3%", "15.3", "%"),
        ("增长15.3％", "15.3", "%"),
        ("占百分之十五", "15", "%"),
        ("近7成集中于制造业", "70", "成"),
        ("打八折", "20", "折"),
        ("下降3.71‰", "3.71", "‰"),
        ("提高2个百分点", "2", "百分点"),
        ("由0.75厘上調", "0.75", "厘"),
        ("基本利率0.75釐", "0.75", "厘"),
        ("息率4厘半", "4.5", "厘"),
        ("下行32.4个基点", "32.4", "基点"),
    ],
)
def test_a_share_is_a_percentage_whatever_it_is_said_in(text: str, value: str, unit: str) -> None:
    figure = only(text)
    assert (figure.kind, figure.value, figure.unit) == (FigureKind.PERCENT, Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "moment", "until"),
    [
        ("2018年9月12日上午", Moment(2018, 9, 12, part="morning"), None),
        ("二〇二三年八月八日", Moment(2023, 8, 8), None),
        ("2018 年 9 月 30 日", Moment(2018, 9, 30), None),
        ("8月8日召开", Moment(month=8, day=8), None),
        ("记者26日获悉", Moment(day=26), None),
        ("26日晚举行", Moment(day=26, part="evening"), None),
        ("今年8月举行", Moment(month=8), None),
        ("8月底完成", Moment(month=8, part="end"), None),
        ("9月中旬", Moment(month=9, part="mid"), None),
        ("自2015年以来", Moment(2015), None),
        ("2018年上半年", Moment(2018, part="first half"), None),
        ("第一季度", Moment(part="q1"), None),
        ("上世纪90年代", Moment(decade=1990), None),
        ("20世纪八十年代末", Moment(decade=1980, part="end"), None),
        ("90年代", Moment(decade=1990, is_certain=False), None),
        ("19世纪末", Moment(century=19, part="end"), None),
        ("2015年至2020年", Moment(2015), Moment(2020)),
        ("2015-2020年", Moment(2015), Moment(2020)),
        ("8月8日至10日", Moment(month=8, day=8), Moment(day=10)),
        ("8-10日", Moment(day=8), Moment(day=10)),
        ("4-5世纪", Moment(century=4), Moment(century=5)),
        ("1-8月", Moment(month=1), Moment(month=8)),
        ("2018年9月至2019年3月", Moment(2018, 9), Moment(2019, 3)),
    ],
)
def test_a_date_says_what_the_text_says_and_no_more(text: str, moment: Moment, until: Moment | None) -> None:
    figure = only(text)
    assert (figure.kind, figure.moment, figure.until) == (FigureKind.DATE, moment, until)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("下午3点", Moment(hour=15, minute=0, part="afternoon")),
        ("15时30分", Moment(hour=15, minute=30)),
        ("定于15:30开始", Moment(hour=15, minute=30)),
        ("凌晨三点半", Moment(hour=3, minute=30, part="early morning")),
        ("晚8时许", Moment(hour=20, minute=0, part="evening")),
        ("9时开幕", Moment(hour=9, minute=0)),
        ("9:30开幕", Moment(hour=9, minute=30, is_certain=False)),
    ],
)
def test_a_time_of_the_clock_is_read_by_its_part_of_the_day(text: str, moment: Moment) -> None:
    figure = only(text)
    assert (figure.kind, figure.moment) == (FigureKind.TIME, moment)


@pytest.mark.parametrize(
    ("text", "said", "kind", "value"),
    [
        ("成立70周年", "70周年", FigureKind.ORDINAL, 70),
        ("第八次会议", "第八次", FigureKind.ORDINAL, 8),
        ("第3届", "第3届", FigureKind.ORDINAL, 3),
        ("十三届人大", "十三届", FigureKind.ORDINAL, 13),
        ("党的二十大精神", "二十大", FigureKind.ORDINAL, 20),
        ("“十四五”规划", "“十四五”规划", FigureKind.ORDINAL, 14),
        ("国发〔2026〕3号", "〔2026〕3号", FigureKind.DOCUMENT, 3),
        ("三分之一的人", "三分之一", FigureKind.FRACTION, 1),
        ("超过1/3的棉田", "1/3", FigureKind.FRACTION, 1),
        ("增长3倍", "3倍", FigureKind.MULTIPLE, 3),
        ("一是保稳定", "一是", FigureKind.ENUMERATOR, 1),
        ("（二）发展", "（二）", FigureKind.ENUMERATOR, 2),
    ],
)
def test_other_kinds_take_the_words_that_belong_to_them(text: str, said: str, kind: FigureKind, value: int) -> None:
    figure = only(text)
    assert (figure.text, figure.kind, figure.value) == (said, kind, Decimal(value))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("15-20人", 15, 20),
        ("3至5年", 3, 5),
        ("3至5亿元", 300_000_000, 500_000_000),
        ("1.5%-2%", Decimal("1.5"), 2),
        ("七八个人", 7, 8),
        ("二三十人", 20, 30),
    ],
)
def test_a_range_has_two_ends_of_one_scale(text: str, low: Decimal, high: Decimal) -> None:
    figure = only(text)
    assert (figure.value, figure.upper) == (low, high)


@pytest.mark.parametrize("text", ["厚0.75厘米", "厚0.75 厘米", "0.75厘钱", "0.75厘錢"])
def test_a_hundredth_of_a_metre_or_of_a_coin_is_no_interest(text: str) -> None:
    assert only(text).kind is FigureKind.NUMBER


def test_a_score_is_two_numbers_and_no_range() -> None:
    assert [figure.value for figure in find_figures("以3-1获胜")] == [3, 1]
    assert [figure.value for figure in find_figures("比分追至15：19")] == [15, 19]


NO_FIGURES = (
    "一些 一起 一直 一定 统一 唯一 万一 一带一路 千方百计 三江源 九寨沟 百姓 万物 四川 三亚 九江 六盘水 七里河 三峡 "
    "两会 叶万彬 第三者 五角大楼 百度 三角 四季 八方 一体化 万元户"
)
NO_NUMERALS = "十分 百姓 九寨沟 三亚 六盘水 统一 唯一 千方百计 四川 五角大楼 叶万彬"


@pytest.mark.parametrize("word", NO_FIGURES.split())
def test_words_that_only_look_like_numerals_ask_for_nothing(word: str) -> None:
    assert [figure.text for figure in find_figures(f"关于{word}的报道") if not figure.weak] == []


@pytest.mark.parametrize("word", NO_NUMERALS.split())
def test_names_and_set_words_hold_no_figure_at_all(word: str) -> None:
    assert find_figures(f"关于{word}的报道") == ()


@pytest.mark.parametrize("text", ["G20峰会", "5G网络", "COVID-19疫情", "“Ag.999”字样", "见https://example.org/2023/08"])
def test_codes_and_addresses_are_no_figures(text: str) -> None:
    assert find_figures(text) == ()


@pytest.mark.parametrize("text", ["一个人", "几十人", "数百名", "十几家", "1名男子", "一半的人"])
def test_what_says_a_or_some_is_weak(text: str) -> None:
    assert only(text).weak


@pytest.mark.parametrize(
    ("text", "approximation"),
    [
        ("约300人", "about"),
        ("近百名专家", "nearly"),
        ("3万多人", "more than"),
        ("超过1万人", "more than"),
        ("300人", ""),
    ],
)
def test_an_approximation_is_recorded(text: str, approximation: str) -> None:
    assert only(text).approximation == approximation


def test_figures_come_in_order_and_never_overlap() -> None:
    text = "8月8日，3.2亿元投向5个县，比2015年增长15%，其中三分之一由第八次会议确定。"
    figures = find_figures(text)
    assert [figure.text for figure in figures] == ["8月8日", "3.2亿元", "5", "2015年", "15%", "三分之一", "第八次"]
    assert all(one.end <= other.start for one, other in pairwise(figures))

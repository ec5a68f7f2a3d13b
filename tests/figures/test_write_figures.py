"""Figures are written the way bulletins print them, and found again where they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.figures import FigureStyle, figure_faults, find_figure, find_figures, write_figure

WRITTEN = [
    ("3.2亿元", "320 million yuan", "སྒོར་དུང་ཕྱུར་3.2"),
    ("320万美元", "3.2 million US dollars", "ཨ་སྒོར་ཁྲི་320"),
    ("1.2万亿元", "1.2 trillion yuan", "སྒོར་དུང་ཕྱུར་ཁྲི་1.2"),
    ("3万多人", "more than 30,000", "ཁྲི་3ལྷག"),
    ("3至5亿元", "300 to 500 million yuan", "སྒོར་དུང་ཕྱུར་3ནས་སྒོར་དུང་ཕྱུར་5"),
    ("15%", "15 percent", "བརྒྱ་ཆ་15"),
    ("三成", "30 percent", "བརྒྱ་ཆ་30"),
    ("2个百分点", "2 percentage points", "བརྒྱ་ཆ་2"),
    ("三分之一", "one third", "གསུམ་ཆ་གཅིག"),
    ("四分之三", "three quarters", "བཞི་ཆ་གསུམ"),
    ("8月8日", "August 8", "སྤྱི་ཟླ་8པའི་ཚེས་8ཉིན"),
    ("2023年8月8日", "August 8, 2023", "སྤྱི་ལོ་2023ལོའི་ཟླ་8པའི་ཚེས་8ཉིན"),
    ("2015年", "2015", "2015ལོ"),
    ("8日", "the 8th", "ཚེས་8ཉིན"),
    ("26日晚", "the evening of the 26th", "ཚེས་26ཉིན་གྱི་དགོང་མོ"),
    ("8月8日至10日", "August 8 to 10", "སྤྱི་ཟླ་8པའི་ཚེས་8ཉིན་ནས་ཚེས་10ཉིན"),
    ("2015年至2020年", "2015 to 2020", "2015ལོ་ནས་2020ལོ"),
    ("上世纪90年代", "the 1990s", "དུས་རབས་20པའི་ལོ་རབས་90"),
    ("21世纪", "the 21st century", "དུས་རབས་21པ"),
    ("9月中旬", "mid-September", "སྤྱི་ཟླ་9པའི་དཀྱིལ"),
    ("2018年上半年", "the first half of 2018", "2018ལོའི་ཕྱེད་གོང་མ"),
    ("第一季度", "the first quarter", "དུས་ཚིགས་དང་པོ"),
    ("第八次", "eighth", "ཐེངས་བརྒྱད་པ"),
    ("第23届", "23rd", "ཐེངས་23པ"),
    ("70周年", "70th anniversary", "ལོ་འཁོར་70"),
    ("二十大精神", "20th National Congress", "ཚོགས་ཆེན་ཉི་ཤུ་པ"),
    ("〔2026〕3号", "No. 3 [2026]", "〔2026〕ཨང་3"),
    ("五条", "five", "ལྔ"),
    ("5条", "5", "5"),
    ("下午3点", "3 p.m.", "ཕྱི་དྲོའི་ཆུ་ཚོད་3"),
    ("15时30分", "3:30 p.m.", "ཆུ་ཚོད་15དང་སྐར་མ་30"),
    ("一是", "first", "གཅིག་ནི"),
    ("（三）", "(3)", "(3)"),
]


@pytest.mark.parametrize(("source", "english", "tibetan"), WRITTEN, ids=lambda text: text if len(text) < 12 else None)
def test_a_figure_is_written_as_bulletins_print_it(source: str, english: str, tibetan: str) -> None:
    figure = find_figures(source)[0]
    assert write_figure(figure, "en") == english
    assert write_figure(figure, "bo") == tibetan
    assert write_figure(figure, "zh") == figure.text


def test_tibetan_digits_are_a_setting_of_tibetan_only() -> None:
    figure = find_figures("2023年8月8日")[0]
    style = FigureStyle(tibetan_digits=True)
    assert write_figure(figure, "bo", style) == "སྤྱི་ལོ་༢༠༢༣ལོའི་ཟླ་༨པའི་ཚེས་༨ཉིན"
    assert write_figure(figure, "en", style) == "August 8, 2023"


def test_the_day_before_the_month_is_a_setting_of_english() -> None:
    style = FigureStyle(day_first=True)
    written = [write_figure(find_figures(date)[0], "en", style) for date in ("2023年8月8日", "8月8日至10日", "8日")]
    assert written == ["8 August 2023", "8 to 10 August", "the 8th"]


@pytest.mark.parametrize("source", [source for source, _, _ in WRITTEN])
@pytest.mark.parametrize("language", ["en", "bo"])
def test_what_was_written_is_found_again(source: str, language: str) -> None:
    figure = find_figures(source)[0]
    for style in (FigureStyle(), FigureStyle(tibetan_digits=True)):
        written = write_figure(figure, language, style)  # type: ignore[arg-type]
        assert find_figure(figure, written, language), written  # type: ignore[arg-type]


NUMERALS = st.one_of(
    st.integers(2, 10**9).map(str),
    st.decimals("0.01", "9999.99", places=2).map(str),
    st.integers(2, 99999).map(lambda value: f"{value:,}"),
    st.builds(
        "{}{}".format, st.decimals("1.1", "999.9", places=1), st.sampled_from(["万", "亿", "万亿", "百万", "千万"])
    ),
    st.sampled_from(["二十三", "一百零八", "两千五百", "三万二千", "九亿六千万", "十五", "四十"]),
)
AROUND = st.sampled_from(
    ["{}元", "{}美元", "{}%", "{}人", "{}公里", "第{}次", "{}周年", "{}欧元", "{}倍", "{}个百分点"]
)
DAYS = st.builds("{}年{}月{}日".format, st.integers(1911, 2099), st.integers(1, 12), st.integers(1, 28))
MONTH_DAYS = st.builds("{}月{}日".format, st.integers(1, 12), st.integers(1, 28))
TIMES = st.builds("{}时{}分".format, st.integers(0, 23), st.integers(1, 59))
SOURCES = st.one_of(st.builds(str.format, AROUND, NUMERALS), DAYS, MONTH_DAYS, TIMES)


@given(SOURCES, st.sampled_from(["en", "bo"]))
def test_every_figure_found_is_found_again_where_it_was_written(source: str, language: str) -> None:
    for figure in find_figures(source):
        written = write_figure(figure, language)  # type: ignore[arg-type]
        assert find_figure(figure, written, language), (figure, written)  # type: ignore[arg-type]
        if not figure.weak and figure.unit != "成":
            assert figure_faults(source, written, language) == (), written  # type: ignore[arg-type]


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["en", "bo"]))
def test_any_text_can_be_compared_with_any(source: str, target: str, language: str) -> None:
    for fault in figure_faults(source, target, language):  # type: ignore[arg-type]
        assert fault.reason.endswith(".")
        assert fault.target_span is None or 0 <= fault.target_span[0] < fault.target_span[1] <= len(target)
        assert fault.figure is not None or fault.target_span is not None

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
    ("3至5亿元", "300 to 500 million yuan", "སྒོར་དུང་ཕྱུར་3ནས་5བར"),
    ("5000万至2亿元", "50 to 200 million yuan", "སྒོར་ཁྲི་5000ནས་དུང་ཕྱུར་2བར"),
    ("3万至30001人", "30,000 to 30,001", "30000ནས་30001བར"),
    ("3至5个", "3 to 5", "3ནས་5བར"),
    ("三至五个", "three to five", "གསུམ་ནས་ལྔའི་བར"),
    ("七至八个", "seven to eight", "བདུན་ནས་བརྒྱད་ཀྱི་བར"),
    ("1.5%-2%", "1.5 to 2 percent", "བརྒྱ་ཆ་1.5ནས་བརྒྱ་ཆ་2བར"),
    ("二十多个", "more than 20", "ཉི་ཤུ་ལྷག"),
    ("十余名", "more than 10", "བཅུ་ལྷག"),
    ("30多亿元", "more than 3 billion yuan", "སྒོར་དུང་ཕྱུར་30ལྷག"),
    ("百分之三十多", "more than 30 percent", "བརྒྱ་ཆ་30ལྷག"),
    ("15%", "15 percent", "བརྒྱ་ཆ་15"),
    ("三成", "30 percent", "བརྒྱ་ཆ་30"),
    ("2个百分点", "2 percentage points", "བརྒྱ་ཆ་2"),
    ("八折", "20 percent off", "བརྒྱ་ཆ་20གཅོག་པ"),
    ("三分之一", "one third", "གསུམ་ཆ་གཅིག"),
    ("四分之三", "three quarters", "བཞི་ཆ་གསུམ"),
    ("8月8日", "August 8", "སྤྱི་ཟླ་8པའི་ཚེས་8ཉིན"),
    ("2023年8月8日", "August 8, 2023", "སྤྱི་ལོ་2023ལོའི་ཟླ་8པའི་ཚེས་8ཉིན"),
    ("2015年", "2015", "2015ལོ"),
    ("8日", "the 8th", "ཚེས་8ཉིན"),
    ("26日晚", "the evening of the 26th", "ཚེས་26ཉིན་གྱི་དགོང་མོ"),
    ("8月8日至10日", "August 8 to 10", "སྤྱི་ཟླ་8པའི་ཚེས་8ཉིན་ནས་ཚེས་10ཉིན་བར"),
    ("2015年至2020年", "2015 to 2020", "2015ལོ་ནས་2020ལོའི་བར"),
    ("1-8月", "January to August", "སྤྱི་ཟླ་1པ་ནས་སྤྱི་ཟླ་8པའི་བར"),
    ("上世纪90年代", "the 1990s", "དུས་རབས་20པའི་ལོ་རབས་90པ"),
    ("90年代末", "the end of the 1990s", "ལོ་རབས་90པའི་མཇུག"),
    ("2000年代", "the 2000s", "2000ལོའི་ལོ་རབས"),
    ("20世纪初", "the start of the 20th century", "དུས་རབས་20པའི་འགོ"),
    ("21世纪", "the 21st century", "དུས་རབས་21པ"),
    ("9月上旬", "early September", "སྤྱི་ཟླ་9པའི་ཟླ་སྟོད"),
    ("9月中旬", "mid-September", "སྤྱི་ཟླ་9པའི་ཟླ་དཀྱིལ"),
    ("9月下旬", "late September", "སྤྱི་ཟླ་9པའི་ཟླ་སྨད"),
    ("9月初", "the start of September", "སྤྱི་ཟླ་9པའི་ཟླ་འགོ"),
    ("9月底", "the end of September", "སྤྱི་ཟླ་9པའི་ཟླ་མཇུག"),
    ("2018年初", "the start of 2018", "2018ལོའི་ལོ་འགོ"),
    ("2018年底", "the end of 2018", "2018ལོའི་ལོ་མཇུག"),
    ("2018年上半年", "the first half of 2018", "2018ལོའི་ལོ་ཕྱེད་གོང་མ"),
    ("2018年下半年", "the second half of 2018", "2018ལོའི་ལོ་ཕྱེད་འོག་མ"),
    ("第一季度", "the first quarter", "དུས་ཚིགས་དང་པོ"),
    ("第八次", "eighth", "ཐེངས་བརྒྱད་པ"),
    ("第23届", "23rd", "སྐབས་23པ"),
    ("第十四届", "14th", "སྐབས་བཅུ་བཞི་པ"),
    ("70周年", "70th anniversary", "ལོ་ངོ་70འཁོར་བ"),
    ("十周年", "10th anniversary", "ལོ་ངོ་བཅུ་འཁོར་བ"),
    ("二十大精神", "20th National Congress", "ཚོགས་ཆེན་ཉི་ཤུ་པ"),
    ("〔2026〕3号", "No. 3 [2026]", "〔2026〕ཨང་3"),
    ("五条", "five", "ལྔ"),
    ("5条", "5", "5"),
    ("下午3点", "3 p.m.", "ཕྱི་དྲོའི་ཆུ་ཚོད་3"),
    ("凌晨3点", "3 a.m.", "ཐོ་རངས་ཀྱི་ཆུ་ཚོད་3"),
    ("早晨6点", "6 a.m.", "ཞོགས་པའི་ཆུ་ཚོད་6"),
    ("26日凌晨", "the early morning of the 26th", "ཚེས་26ཉིན་གྱི་ཐོ་རངས"),
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


@pytest.mark.parametrize(
    ("source", "tibetan"),
    [
        ("几十个", "བཅུ་ཕྲག་ཁ་ཤས"),
        ("数百名", "བརྒྱ་ཕྲག་ཁ་ཤས"),
        ("几百万美元", "ཨ་སྒོར་ས་ཡ་ཕྲག་ཁ་ཤས"),
        ("数十亿元", "སྒོར་དུང་ཕྱུར་བཅུ་ཕྲག་ཁ་ཤས"),
        ("十几家", "བཅུ་ལྷག"),
        ("十几万人", "ཁྲི་10ལྷག"),
        ("十来个", "བཅུ་ཙམ"),
        ("上半年", "ལོ་ཕྱེད་གོང་མ"),
        ("下半年", "ལོ་ཕྱེད་འོག་མ"),
    ],
)
def test_tibetan_says_what_is_vague_as_vaguely_and_adds_nothing(source: str, tibetan: str) -> None:
    assert write_figure(find_figures(source)[0], "bo") == tibetan


def test_a_number_too_long_for_any_scale_is_copied_into_tibetan() -> None:
    digits = "1" + "0" * 30
    assert write_figure(find_figures(f"{digits}人")[0], "bo") == digits


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
    st.builds(
        "{}{}".format, st.integers(1, 99).map(str), st.sampled_from(["多", "余", "多万", "余亿", "万多", "亿余"])
    ),
    st.sampled_from(["二十多", "十余", "百余", "三千余", "两万多", "十几", "二十几", "十来"]),
    st.builds(
        "{}{}".format, st.sampled_from("几数"), st.sampled_from(["十", "百", "千", "万", "十万", "百万", "亿", "十亿"])
    ),
    st.sampled_from(["二十三", "一百零八", "两千五百", "三万二千", "九亿六千万", "十五", "四十"]),
)
AROUND = st.sampled_from(
    ["{}元", "{}美元", "{}%", "{}人", "{}公里", "第{}次", "{}周年", "{}欧元", "{}倍", "{}个百分点"]
)
DAYS = st.builds("{}年{}月{}日".format, st.integers(1911, 2099), st.integers(1, 12), st.integers(1, 28))
MONTH_DAYS = st.builds("{}月{}日".format, st.integers(1, 12), st.integers(1, 28))
TIMES = st.builds("{}时{}分".format, st.integers(0, 23), st.integers(1, 59))
RANGES = st.builds(
    lambda low, more, form: form.format(low, low + more),
    st.integers(1, 27),
    st.integers(1, 4),
    st.sampled_from(
        ["{}至{}个", "{}至{}亿元", "{}万至{}万美元", "{}%-{}%", "8月{}日至{}日", "20{:02}年至20{:02}年", "{}-{}倍"]
    ),
)
MONTH_PARTS = st.builds(
    "{}{}".format, st.sampled_from(["9月", "2018年9月"]), st.sampled_from(["上旬", "中旬", "下旬", "初", "底"])
)
YEAR_PARTS = st.sampled_from(["2018年初", "2018年底", "2018年上半年", "2018年第三季度"])
AGES = st.sampled_from(["90年代末", "1990年代", "2000年代", "20世纪80年代", "21世纪", "凌晨3点", "晚8时"])
SOURCES = st.one_of(
    st.builds(str.format, AROUND, NUMERALS), DAYS, MONTH_DAYS, TIMES, RANGES, MONTH_PARTS, YEAR_PARTS, AGES
)


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

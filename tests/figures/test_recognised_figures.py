"""A figure is recognised in English and Tibetan in every right form, and in no wrong one."""

from __future__ import annotations

import pytest

from toolkit.figures import find_figure, find_figures
from toolkit.languages import Language

ENGLISH = {
    "3.2亿元": (
        "320 million yuan|RMB 320 million|RMB320 million|CNY 320 million|320,000,000 yuan|0.32 billion yuan|¥320m"
        "|three hundred and twenty million yuan|320m yuan"
    ),
    "32亿元": "3.2 billion yuan|3.2bn yuan|RMB3.2 billion|3.2-billion-yuan|3,200 million yuan",
    "10万美元": "$100,000|US$100,000|100,000 US dollars|100,000 dollars|a hundred thousand dollars|USD 100,000",
    "20亿港元": "HK$2 billion|2 billion Hong Kong dollars",
    "1100万英镑": "£11million|£11m|11 million pounds",
    "15%": "15%|15 percent|15 per cent|fifteen percent",
    "2个百分点": "2 percentage points|two percentage points|a 2-point lead",
    "3.71‰": "3.71‰|3.71 per mille|3.71 per thousand|3.71 per 1,000 live births",
    "三分之一": "one third|a third of them|one-third|1/3",
    "三成": "30 percent|three-tenths|30%",
    "八折": "20 percent off|80 percent of the price",
    "3倍": "three times|threefold|tripled|200 percent|300 percent|quadrupled",
    "8月8日": "8 August|August 8|Aug. 8|8th August|the 8th of August|August 8th|August 8, 2023",
    "8月8日至10日": "8-10 August|from 8 to 10 August|August 8 to 10|8 August to 10 August|August 8–10",
    "26日": "on the 26th|26 July|the evening of the 26th|July 26",
    "2018年9月": "September 2018|September of 2018|Sept. 2018",
    "2015年至2020年": "2015-2020|from 2015 to 2020|2015–20|between 2015 and 2020",
    "上世纪90年代": "the 1990s|the nineties|the 90s of the last century|the '90s",
    "20世纪": "the 20th century|the twentieth century",
    "21时": "9 p.m.|21:00|2100 hours|9:00 pm",
    "下午3点": "3 p.m.|three o'clock|15:00",
    "15时30分": "3:30 p.m.|15:30|1530 hours|half past three",
    "第八次": "the eighth|the 8th|No. 8|Eighth",
    "第六章": "Chapter VI|Chapter 6|the sixth chapter",
    "70周年": "the 70th anniversary|70 years|the seventieth anniversary",
    "〔2026〕3号": "No. 3 [2026]|[2026] No. 3",
    "二十三个": "twenty-three|23|twenty three",
    "两国": "both countries|two countries|bilateral ties|the pair",
    "近百名": "nearly 100|nearly a hundred|almost one hundred",
    "十几人": "a dozen people|10 people or more",
    "15-20人": "15 to 20 people|15-20 people|between fifteen and twenty people",
    "3至5亿元": "300 to 500 million yuan|300-500 million yuan|RMB 300 million to RMB 500 million",
    "一半": "half of them|50 percent",
    "12个月": "12 months|twelve months|a year or 1 year",
    "34.5公里": "34.5 km|34.5km|34,500 metres",
}
TIBETAN = {
    "3至5个": "3ནས་5བར|3ནས་5|༣ནས་༥བར|གསུམ་ནས་ལྔའི་བར|གསུམ་ནས་ལྔ་བར",
    "3至5亿元": ("སྒོར་དུང་ཕྱུར་3ནས་5བར|སྒོར་དུང་ཕྱུར་3ནས་སྒོར་དུང་ཕྱུར་5|སྒོར་དུང་ཕྱུར་3ནས་དུང་ཕྱུར་5བར|སྒོར་དུང་ཕྱུར་གསུམ་ནས་ལྔའི་བར"),
    "5%至10%": "བརྒྱ་ཆ་5ནས་བརྒྱ་ཆ་10བར|བརྒྱ་ཆ་5ནས་10བར|5%ནས་10%བར|5ནས་10%བར|བརྒྱ་ཆ་5ནས་བརྒྱ་ཆ་10",
    "8月8日至10日": "སྤྱི་ཟླ་8པའི་ཚེས་8ཉིན་ནས་ཚེས་10ཉིན་བར|སྤྱི་ཟླ་8པའི་ཚེས་8ཉིན་ནས་ཚེས་10ཉིན|ཟླ་8པའི་ཚེས་8ནས་10བར",
    "2015年至2020年": "2015ལོ་ནས་2020ལོའི་བར|2015ལོ་ནས་2020ལོ|2015ལོ་ནས་20ལོའི་བར",
    "1-8月": "སྤྱི་ཟླ་1པ་ནས་སྤྱི་ཟླ་8པའི་བར|ཟླ་1པོ་ནས་8པའི་བར|ཟླ་1ནས་8བར",
    "二十多个": "ཉི་ཤུ་ལྷག|ཉི་ཤུལྷག|20ལྷག|ཉི་ཤུ་ལྷག་ཙམ",
    "9月中旬": "སྤྱི་ཟླ་9པའི་ཟླ་དཀྱིལ|སྤྱི་ཟླ་9པའི་དཀྱིལ",
    "2018年上半年": "2018ལོའི་ལོ་ཕྱེད་གོང་མ|2018ལོའི་ཕྱེད་གོང་མ",
    "1月5日": "སྤྱི་ཟླ་1པོའི་ཚེས་5ཉིན|ཟླ་1པའི་ཚེས་5",
    "第十四届": "སྐབས་བཅུ་བཞི་པ|ཐེངས་བཅུ་བཞི་པ|སྐབས་14པ",
    "凌晨3点": "ཐོ་རངས་ཀྱི་ཆུ་ཚོད་3|ཞོགས་པའི་ཆུ་ཚོད་3|ཆུ་ཚོད་3",
    "八折": "བརྒྱ་ཆ་20གཅོག་པ|བརྒྱ་ཆ་20",
    "2000年代": "2000ལོའི་ལོ་རབས|དུས་རབས་21པའི་ལོ་རབས་00|སྤྱི་ལོ་2000པའི་ལོ་རབས",
    "90年代末": "ལོ་རབས་90པའི་མཇུག|དུས་རབས་20པའི་ལོ་རབས་90ཡི་མཇུག|ལོ་རབས་དགུ་བཅུ་པའི་མཇུག",
    "3.2亿元": "སྒོར་དུང་ཕྱུར་3.2|དུང་ཕྱུར་3.2སྒོར|སྒོར་དུང་ཕྱུར་༣.༢",
    "240万": "མི་གྲངས་ས་ཡ་2.4ཡོད|ཁྲི་240",
    "28亿英镑": "དབྱིན་སྒོར་དུང་ཕྱུར་28ལ",
    "20亿美元": "ཨ་སྒོར་ཐེར་འབུམ་$2གཏོང་",
    "35000人": "ཁྲི་3དང་སྟོང་5|མི་35,000|ཁྲི་3.5",
    "34%": "བརྒྱ་ཆ་34|34%|བརྒྱ་ཆའི་གྲངས་34",
    "三分之二": "སུམ་ཆའི་གཉིས|གསུམ་ཆ་གཉིས",
    "8月8日": "སྤྱི་ཟླ་8པའི་ཚེས་8ཉིན|ཟླ8ཚེས8ཉིན|ཟླ་༨ཚེས་༨ཉིན|ཟླ་བརྒྱད་པའི་ཚེས་བརྒྱད",
    "八月": "སྤྱི་ཟླ་བརྒྱད་པའི་ཀན་ལྷོར|ཟླ་8པར",
    "1968年10月2日": "སྤྱི་ལོ་1968ལོའི་ཟླ10ཚེས2ཉིན",
    "2015年": "2015ལོར|སྤྱི་ལོ་2015ལོའི|༢༠༡༥ལོ",
    "26日": "ཚེས་26ཉིན|ཚེས་ཉེར་དྲུག",
    "上世纪80年代": "དུས་རབས་20པའི་ལོ་རབས་80པ|དུས་རབས་20པའི་ལོ་རབས་80|ལོ་རབས་80|1980ཡས་མས",
    "第八次": "ཚོགས་འདུ་ཐེངས་བརྒྱད་པའི་|ཐེངས་8པ|སྐབས་བརྒྱད་པ",
    "二十大精神": "ཚོགས་ཆེན་ཉི་ཤུ་པའི་|ཚོགས་ཆེན་ཉི་ཤུ་བའི་",
    "70周年": "ལོ་ངོ་70འཁོར་བ|ལོ་འཁོར་70|ལོ་70འཁོར་བ|ལོ་བདུན་ཅུ་འཁོར་བ",
    "五条": "གྲོས་འགོ་ལྔ་འདོན|ལྔའི",
    "二十一个": "ཉི་ཤུ་རྩ་གཅིག|ཉེར་གཅིག|21",
    "十五个": "བཅོ་ལྔ་|15",
    "540人": "ལྔ་བརྒྱ་དང་བཞི་བཅུ|540",
    "12时55分": "ཆུ་ཚོད་12དང་སྐར་མ་55ལ",
}
FORMS: list[tuple[str, str, Language]] = [
    *((source, form, "en") for source, forms in ENGLISH.items() for form in forms.split("|")),
    *((source, form, "bo") for source, forms in TIBETAN.items() for form in forms.split("|")),
]


@pytest.mark.parametrize(("source", "form", "language"), FORMS)
def test_a_right_form_is_recognised(source: str, form: str, language: Language) -> None:
    assert find_figure(find_figures(source)[0], form, language)


@pytest.mark.parametrize(
    ("source", "form", "language"),
    [
        ("3.2亿元", "$320 million", "en"),
        ("3.2亿元", "32 million yuan", "en"),
        ("15%", "15 people", "en"),
        ("8月8日", "8 September", "en"),
        ("8月8日", "August", "en"),
        ("2018年", "2019", "en"),
        ("下午3点", "3 a.m.", "en"),
        ("第八次", "the ninth", "en"),
        ("三分之一", "a third man", "en"),
        ("3.2亿元", "ཨ་སྒོར་དུང་ཕྱུར་3.2", "bo"),
        ("3.2亿元", "སྒོར་དུང་ཕྱུར་32", "bo"),
        ("8月8日", "སྤྱི་ཟླ་9པའི་ཚེས་8ཉིན", "bo"),
        ("第八次", "ཐེངས་དགུ་པ", "bo"),
        ("五条", "ལྔ་བཅུ", "bo"),
        ("3至5个", "3ནས་6བར", "bo"),
        ("3至5亿元", "སྒོར་དུང་ཕྱུར་3ནས་50བར", "bo"),
        ("3至5亿元", "ཨ་སྒོར་དུང་ཕྱུར་3ནས་5བར", "bo"),
        ("3至5万人", "མི་ཁྲི་3ནས་5ཤི", "bo"),
        ("凌晨3点", "ཕྱི་དྲོའི་ཆུ་ཚོད་3", "bo"),
        ("90年代", "ལོ་རབས་80པ", "bo"),
        ("2000年代", "2000ལོ", "bo"),
    ],
)
def test_a_wrong_form_is_not(source: str, form: str, language: Language) -> None:
    assert find_figure(find_figures(source)[0], form, language) == ()


def test_the_span_is_that_of_the_whole_figure_and_every_place_is_told() -> None:
    figure = find_figures("8月8日")[0]
    text = "It met on 8 August; 8 August was a Tuesday."
    assert [text[start:end] for start, end in find_figure(figure, text, "en")] == ["8 August", "8 August"]


def test_may_and_march_are_months_only_where_the_sentence_says_so() -> None:
    may = find_figures("5月")[0]
    assert find_figure(may, "They may come in May.", "en") == ((17, 20),)
    assert find_figure(may, "May we come?", "en") == ()
    assert find_figure(find_figures("3月")[0], "the spirit of the Long March", "en") == ()

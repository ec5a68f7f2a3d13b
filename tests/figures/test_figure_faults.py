"""A translation that lacks, changes or invents a figure is told so, with what should stand there."""

from __future__ import annotations

import pytest

from toolkit.figures import figure_faults
from toolkit.languages import Language


def repaired(source: str, target: str, language: Language = "en") -> str:
    """`target` with the repair of its one fault put in."""
    (fault,) = figure_faults(source, target, language)
    assert fault.target_span is not None and fault.repair is not None, fault
    start, end = fault.target_span
    return target[:start] + fault.repair + target[end:]


@pytest.mark.parametrize(
    ("source", "target", "check", "mended"),
    [
        ("记者26日获悉", "Reporters learned on 26 August", "date", "Reporters learned on the 26th"),
        ("会议30日在广州举行", "On 30 July the meeting was held", "date", "On the 30th the meeting was held"),
        ("8日开幕", "It opened on the 8th of June", "date", "It opened on the 8th"),
        ("8月8日召开", "convened on September 8", "date", "convened on August 8"),
        ("8月8日召开", "convened on August 8, 2021", "date", "convened on August 8"),
        ("2018年9月建成", "built in September 2008", "date", "built in September 2018"),
        ("中午11时30分", "at 11:30 p.m. sharp", "date", "at 11:30 a.m. sharp"),
        ("投资3.2亿元", "an investment of $320 million", "currency", "an investment of 320 million yuan"),
        ("投资3.2亿元", "an investment of 320 million", "currency", "an investment of 320 million yuan"),
        ("票价652元", "the fare is HK$652", "currency", "the fare is 652 yuan"),
        ("投资3.2亿元", "an investment of 3.2 billion yuan", "number", "an investment of 320 million yuan"),
        ("10.12万架次", "10.12 million flights", "number", "101,200 flights"),
        ("近7成是女性", "nearly 7% are women", "number", "nearly 70 percent are women"),
        ("增长15%", "grew by 50 percent", "number", "grew by 15 percent"),
        ("1619万人次", "1.69 million trips", "number", "16.19 million trips"),
        ("回购3.59%股份", "repurchased 359 per cent of its shares", "number", "repurchased 3.59 percent of its shares"),
        ("1.25亿至1.5亿元", "125 to 15 million yuan", "number", "125 to 150 million yuan"),
        ("3至5亿元", "$300 to 500 million", "currency", "300 to 500 million yuan"),
        ("8月8日至10日", "from 8 August to 11 August", "date", "from 8 August to 10 August"),
        ("8月8日至10日", "8-11 August", "date", "8 to 10 August"),
        ("2015年至2020年", "from 2015 to 2021", "date", "from 2015 to 2020"),
        ("16.22万人", "1622,000 passengers", "number", "162,200 passengers"),
        ("1718.28万吨", "1,7128,200 tons", "number", "17,182,800 tons"),
        ("降至14422辆", "fell to 1442", "number", "fell to 14,422"),
    ],
)
def test_a_wrong_figure_is_told_and_mended(source: str, target: str, check: str, mended: str) -> None:
    assert [fault.check for fault in figure_faults(source, target, "en")] == [check]
    assert repaired(source, target) == mended
    assert figure_faults(source, mended, "en") == ()


@pytest.mark.parametrize(
    ("source", "target", "check", "mended"),
    [
        ("投资3.2亿元", "མ་རྩ་ཨ་སྒོར་དུང་ཕྱུར་3.2བཏང་", "currency", "མ་རྩ་སྒོར་དུང་ཕྱུར་3.2བཏང་"),
        ("投资3.2亿元", "མ་རྩ་སྒོར་དུང་ཕྱུར་32བཏང་", "number", "མ་རྩ་སྒོར་དུང་ཕྱུར་3.2བཏང་"),
        ("8月8日召开", "སྤྱི་ཟླ་9པའི་ཚེས་8ཉིན་འཚོགས", "date", "སྤྱི་ཟླ་8པའི་ཚེས་8ཉིན་འཚོགས"),
        ("26日召开", "ཟླ་༨པའི་ཚེས་༢༦ཉིན་འཚོགས", "date", "ཚེས་༢༦ཉིན་འཚོགས"),
        ("自2015年以来", "2016ལོ་ནས་བཟུང་", "date", "2015ལོ་ནས་བཟུང་"),
        ("成立70周年", "བཙུགས་ནས་ལོ་ངོ་17འཁོར་བ།", "number", "བཙུགས་ནས་ལོ་ངོ་70འཁོར་བ།"),
        ("党的二十大精神", "ཏང་གི་ཚོགས་ཆེན་བཅུ་དགུ་པའི་དགོངས་དོན", "number", "ཏང་གི་ཚོགས་ཆེན་ཉི་ཤུ་པའི་དགོངས་དོན"),
        ("〔2026〕3号", "〔2026〕ཨང་4", "number", "〔2026〕ཨང་3"),
        ("9月中旬召开", "སྤྱི་ཟླ་8པའི་ཟླ་དཀྱིལ་དུ་འཚོགས", "date", "སྤྱི་ཟླ་9པའི་ཟླ་དཀྱིལ་དུ་འཚོགས"),
        ("下午3点开会", "ཕྱི་དྲོའི་ཆུ་ཚོད་4སྟེང་ཚོགས", "date", "ཕྱི་དྲོའི་ཆུ་ཚོད་3སྟེང་ཚོགས"),
        ("3至5个县", "རྫོང་3ནས་6བར", "number", "རྫོང་3ནས་5བར"),
        ("3至5亿元", "སྒོར་དུང་ཕྱུར་2ནས་5བར", "number", "སྒོར་དུང་ཕྱུར་3ནས་5བར"),
        ("3至5亿元", "ཨ་སྒོར་དུང་ཕྱུར་3ནས་5བར", "currency", "སྒོར་དུང་ཕྱུར་3ནས་སྒོར་དུང་ཕྱུར་5བར"),
        ("二十多个县", "རྫོང་སུམ་ཅུ་ལྷག", "number", "རྫོང་ཉི་ཤུ་ལྷག"),
    ],
)
def test_a_wrong_figure_in_tibetan_is_mended_in_its_own_digits(
    source: str, target: str, check: str, mended: str
) -> None:
    assert [fault.check for fault in figure_faults(source, target, "bo")] == [check]
    assert repaired(source, target, "bo") == mended


@pytest.mark.parametrize(
    ("source", "target", "check"),
    [
        ("5日证实，双方启动考察", "It was confirmed that both sides began", "date"),
        ("提出五条建议", "It made suggestions", "number"),
        ("总投资50亿元的项目", "The project was launched", "number"),
        ("第八次会议", "The meeting", "number"),
        ("党的二十大精神", "the spirit of the Party congress", "number"),
        ("15时30分靠港", "It reached port", "date"),
    ],
)
def test_a_figure_left_out_is_missing(source: str, target: str, check: str) -> None:
    (fault,) = figure_faults(source, target, "en")
    assert (fault.check, fault.target_span, fault.repair) == (check, None, None)
    assert fault.figure is not None and fault.figure.text in fault.reason


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("会议在甘南召开", "The meeting took place in Gannan in July", "July"),
        ("违反第1244号决议", "in violation of resolution 1244 (1999)", "1999"),
        ("人们聚集", "350 people gathered", "350"),
        ("自古以来", "since the 12th century", "12th century"),
    ],
)
def test_a_figure_of_the_targets_own_is_invented(source: str, target: str, said: str) -> None:
    (fault,) = figure_faults(source, target, "en")
    assert fault.figure is None and fault.target_span is not None and fault.repair is None
    assert target[slice(*fault.target_span)] == said


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("两国关系发展", "Bilateral relations develop"),
        ("两名男子被捕", "Both men were arrested"),
        ("夫妻俩来到医院", "The two of them came to the hospital"),
        ("双方交换意见", "The two sides exchanged views"),
        ("这是最大的城市之一", "It is one of the biggest cities"),
        ("五一假期", "the May Day holiday from 1 May"),
        ("国庆黄金周", "the golden week of October"),
        ("G20峰会与5G网络", "The G20 summit and 5G networks"),
        ("波音737飞机", "Boeing 737 aircraft"),
        ("9·11事件", "the attacks of 11 September"),
        ("一是稳定，二是发展", "First, stability; second, development"),
        ("（一）总则", "1. General"),
        ("8月8日至8月10日", "from 8 to 10 August"),
        ("2015年至2016年", "2015-16"),
        ("2018年9月12日", "12 September 2018"),
        ("9日21时", "at 9 p.m. on the 9th"),
        ("下午3点整", "at 15:00"),
        ("三成受访者", "three-tenths of the respondents"),
        ("增长一倍", "doubled"),
        ("一半以上", "more than half"),
        ("近百名专家", "nearly a hundred experts"),
        ("上半年增长5%", "grew 5 percent in the first half of the year"),
        ("第三季度", "in the third quarter"),
        ("30%至43%的选民", "between 30 and 43 percent of voters"),
        ("3亿至5亿元", "between 300 and 500 million yuan"),
        ("100万美元", "a million dollars"),
        ("成立70周年", "70 years since its founding"),
        ("百分之一百", "a full 100 percent"),
        ("12万平方公里", "120,000 sq km"),
        ("比分为3:1", "won 3-1"),
        ("9月27日在福州，9月27日又在厦门", "on 27 September in Fuzhou and Xiamen"),
        ("有数百家企业、几十名专家", "hundreds of firms and dozens of experts"),
        ("十几名女性", "more than a dozen women"),
        ("连续三次夺冠", "won for a third time in a row"),
        ("谭卫、何章鸿、赖斌三人", "Tan Wei, He Zhanghong and Lai Bin"),
        ("1名男子", "A man"),
        ("2392.67亿元", "239.267 billion yuan"),
        ("2018-2019年冬季", "the winter of 2018-2019"),
        ("公元前4-5世纪", "in the 4th and 5th centuries BC"),
        ("每年60小时", "60 hours a year"),
        ("利率由0.25至0.50厘上调", "the rate rose from 0.25–0.50%"),
        ("首3季上升", "rose in the first three quarters"),
        ("前三季度增长", "grew in the first three quarters"),
        ("约七成人民币交易", "about 70% of renminbi transactions"),
        ("于8月底接获", "received by end-August"),
        ("1-8月进口增长", "imports grew in January-August"),
        ("7月", "JULY"),
        ("不如人家十分之一", "less than a tenth in diameter"),
        ("2个半小时", "two and a half hours"),
        ("31日报名截止", "applications close on the 31st"),
        ("", "Nothing"),
    ],
)
def test_a_free_but_right_rendering_is_no_fault(source: str, target: str) -> None:
    assert figure_faults(source, target, "en") == ()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("成立70周年", "བཙུགས་ནས་ལོ་ངོ་70འཁོར་བ།"),
        ("第八次联席会议8月8日召开", "མཉམ་འཛོམས་ཚོགས་འདུ་ཐེངས་བརྒྱད་པ་སྤྱི་ཟླ་8པའི་ཚེས་8ཉིན་འཚོགས།"),
        ("有240万人口", "མི་གྲངས་ས་ཡ་2.4ཡོད།"),
        ("三分之二的多数", "གྲངས་མང་བ་གསུམ་ཆ་གཉིས་ཀྱིས།"),
        ("上半年增长5%", "ལོ་ཕྱེད་གོང་མར་བརྒྱ་ཆ་5འཕར།"),
        ("上半年增长5%", "ཕྱེད་གོང་མར་བརྒྱ་ཆ་5འཕར།"),
        ("4至6厘", "བརྒྱ་ཆ་4ནས་6བར"),
        ("2023年增长15%", "༢༠༢༣ལོར་བརྒྱ་ཆ་༡༥འཕར།"),
    ],
)
def test_right_tibetan_is_no_fault(source: str, target: str) -> None:
    assert figure_faults(source, target, "bo") == ()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("30日印发公告，自2018年11月1日起降低税率", "announced on 30 November 2018 a lower rate"),
        ("5名外国人下落不明，3人获救", "foreigners missing, 350 rescued, 99 injured"),
    ],
)
def test_there_is_no_repair_where_it_would_be_a_guess(source: str, target: str) -> None:
    faults = figure_faults(source, target, "en")
    assert faults and all(fault.repair is None for fault in faults)


def test_nothing_is_said_of_a_target_that_is_empty() -> None:
    assert figure_faults("8月8日", "  ", "en") == ()


def test_faults_come_in_the_order_of_the_source() -> None:
    faults = figure_faults("5日，第八次会议提出五条建议", "The meeting made suggestions", "en")
    assert [fault.figure.text for fault in faults if fault.figure] == ["5日", "第八次", "五"]


def test_one_wrong_figure_is_one_fault_and_not_two() -> None:
    (fault,) = figure_faults("共有162844人，其中2018年增加", "16284 people, the increase was in 2018", "en")
    assert (fault.reason, fault.repair) == ("“162844” became “16284”.", "162,844")


@pytest.mark.parametrize(
    ("source", "target", "checks"),
    [
        ("成交1080亿元", "traded at $10.8 billion", ["number", "currency"]),
        ("汇率为23854越盾", "a rate of 23854", ["currency"]),
        ("公司1日宣布", "On the 1st day of the Railway Authority it announced", ["date"]),
        ("地区生产总值2180亿元", "a product of 2,18 billion yuan", ["number"]),
        ("“千村示范”工程", "the “Village Demonstration” project", ["number"]),
        ("工作26日结束", "the work ended in 26 days", ["date"]),
        ("2018中国水上运动会", "the China Water Games", ["date"]),
    ],
)
def test_every_side_of_a_wrong_figure_is_told(source: str, target: str, checks: list[str]) -> None:
    assert [fault.check for fault in figure_faults(source, target, "en")][: len(checks)] == checks


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("末班车在0:20以后", "the last bus leaves after 0.20"),
        ("工期26天", "a term of 26 days"),
        ("2018中国水上运动会", "the China Water Games of 2018"),
        ("8日开幕", "It opened on the 8th"),
        ("节日的第三天", "on the 3rd day of the festival"),
        ("千家万户都来了", "Every family came"),
        ("“千村示范”工程", "the “Thousand Villages” project"),
    ],
)
def test_what_says_the_same_another_way_is_no_fault(source: str, target: str) -> None:
    assert figure_faults(source, target, "en") == ()


@pytest.mark.parametrize(
    ("source", "target", "mended"),
    [
        ("成立70周年", "the 60th anniversary of it", "the 70th anniversary of it"),
        ("“十三五”规划", "the 14th Five-Year Plan", "the 13th Five-Year Plan"),
        ("5月底建成", "built by the end of June", "built by the end of May"),
        ("〔2026〕3号", "Document No. 5 [2026]", "Document No. 3 [2026]"),
    ],
)
def test_a_repair_does_not_say_again_what_stands_beside_it(source: str, target: str, mended: str) -> None:
    (fault,) = (one for one in figure_faults(source, target, "en") if one.repair is not None)
    assert fault.target_span is not None
    start, end = fault.target_span
    assert target[:start] + str(fault.repair) + target[end:] == mended


def test_a_repair_that_would_not_put_the_figure_right_is_none() -> None:
    faults = figure_faults("8日至10日", "ཚེས་8ནས་11", "bo")
    assert faults
    assert [fault.repair for fault in faults] == [None] * len(faults)

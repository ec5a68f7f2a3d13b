"""What the look of a translation gives away, and what good text does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from toolkit.constraints.repeats import longest_repeat
from toolkit.constraints.shape import shape_faults
from toolkit.languages import Language

ROOT = Path(__file__).parents[2]
LONG_ZH = "会议要求加快重大项目建设，延伸拓展区域产业链供应链，推动公共品牌建设和资源要素有序流动。"
LONG_EN = (
    "The meeting called for faster construction of major projects, longer regional industrial and supply chains, "
    "stronger public brands and the orderly flow of resources."
)


def checks(source: str, target: str, language: Language = "en") -> set[str]:
    return {fault.check for fault in shape_faults(source, target, language)}


def test_a_good_translation_has_no_fault() -> None:
    assert checks(LONG_ZH, LONG_EN) == set()
    assert checks("甘南州在8月8日开会。", "ཟླ་8པའི་ཚེས་8ཉིན་ཀན་ལྷོ་ཁུལ་དུ་ཚོགས་འདུ་འཚོགས།", "bo") == set()


@pytest.mark.parametrize("target", ["", "  \n", "\u200b\ufeff "])
def test_an_empty_target_is_empty_and_nothing_else(target: str) -> None:
    assert [fault.check for fault in shape_faults("开会。", target, "bo")] == ["empty"]


def test_nothing_is_asked_of_an_empty_source() -> None:
    assert checks("", "") == set()


@pytest.mark.parametrize("target", ["甘南州开会。", " 甘南州开会", "甘南州開會。"])
def test_the_source_again_is_no_translation(target: str) -> None:
    assert checks("甘南州开会。", target) == {"same-as-source"}


@pytest.mark.parametrize("text", ["2023", "GDP", "C919"])
def test_what_has_no_chinese_in_it_may_stay_as_it_is(text: str) -> None:
    assert checks(text, text) == set()


def test_a_word_of_chinese_is_source_script_left_and_says_where() -> None:
    (fault,) = shape_faults("甘南州开会。", "Gannan held a 会.", "en")
    assert (fault.check, fault.target_span, fault.source_span) == ("source-script-left", (14, 15), (4, 5))


def test_a_long_stretch_of_the_source_is_untranslated() -> None:
    (fault,) = shape_faults(LONG_ZH, f"{LONG_EN} 推动公共品牌建设和资源要素有序流动。", "en")
    assert fault.check == "untranslated"
    assert fault.source_span is not None
    assert LONG_ZH[slice(*fault.source_span)] == "推动公共品牌建设和资源要素有序流动。"


def test_chinese_punctuation_is_left_over_too() -> None:
    assert checks("州长、市长开会。", "Governors、mayors met.") == {"source-script-left"}


@pytest.mark.parametrize(
    ("target", "language"),
    [
        ("Gannan held a встреча.", "en"),
        ("ཀན་ལྷོ held a meeting.", "en"),
        ("Gannan held a meeting of all the prefectures.", "bo"),
        ("ཚོགས་འདུ་འཚོགས་པ་the meeting was held in Gannan and ended with a speech།", "bo"),
    ],
)
def test_letters_of_another_script_are_found(target: str, language: Language) -> None:
    assert "wrong-script" in checks("甘南州举行了会议。", target, language)


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("μ介子的研究。", "Research on μ mesons.", "en"),
        ("气温为20℃。", "It was 20 ℃ in Malmö.", "en"),
        ("中国的GDP增长了。", "ཀྲུང་གོའི་GDPའཕར་བ་རེད།", "bo"),
    ],
)
def test_signs_accents_and_acronyms_are_at_home(source: str, target: str, language: Language) -> None:
    assert checks(source, target, language) == set()


@pytest.mark.parametrize(
    "target",
    [
        "The governor went to to the county to open the new school.",
        "The governor opened schools, schools, schools in the county.",
        "The governor opened the new school the governor opened the new school.",
        "He opened the new school. All were glad. He opened the new school.",
        "The governor opened a goooooood new school in the county.",
    ],
)
def test_loops_are_found(target: str) -> None:
    assert "repeated" in checks("州长到县里为新学校揭牌，大家很高兴。", target)


def test_a_long_phrase_that_comes_back_later_is_a_loop_unless_the_source_says_it_twice() -> None:
    phrase = "the prefecture will speed up the building of roads and bridges"
    target = f"He said {phrase}, and moreover that {phrase} everywhere."
    assert "repeated" in checks("他说，全州要加快路桥建设，而且到处都要抓紧推进相关的各项工作。", target)
    assert "repeated" not in checks("他说，全州加快路桥建设，而且到处都要全州加快路桥建设的各项工作。", target)


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("他以前很好。", "He had had a very very good time.", "en"),
        ("共建共享，共建共享。", "Build together and share together, build together and share together.", "en"),
        ("每一个人都说不。", "སོ་སོས་རེ་རེ་བྱས་ནས་མི་འདོད་ཟེར།", "bo"),
        ("电话是1111。", "The number is 1 1 1 1.", "en"),
    ],
)
def test_reduplication_is_no_loop(source: str, target: str, language: Language) -> None:
    assert "repeated" not in checks(source, target, language)


def test_the_longest_repeat_of_a_chinese_text() -> None:
    assert [longest_repeat(text) for text in ("", "甘南州", "甘南州和甘南市", "共建共享，共建共享")] == [0, 0, 2, 4]


def test_a_translation_far_too_short_or_too_long_is_told_by_its_length() -> None:
    assert "length-ratio" in checks(LONG_ZH, "The meeting met.")
    assert "length-ratio" in checks(
        "开会。", "The meeting opened in the morning and " + "went on with many words " * 4 + "too."
    )


def test_a_lost_clause_is_suspected() -> None:
    without = LONG_EN.replace("longer regional industrial and supply chains, stronger public brands and ", "")
    assert "sentence-count" in checks(LONG_ZH, without.replace("orderly ", ""))


def test_points_that_are_counted_must_all_be_there() -> None:
    source = "提出五条建议，一是抓生态；二是抓交通；三是抓文旅；四是抓民生；五是抓稳定。"
    good = "Five proposals: first, ecology; second, transport; third, tourism; fourth, livelihoods; fifth, stability."
    assert checks(source, good) == set()
    assert "sentence-count" in checks(
        source, "Five proposals on ecology transport tourism livelihoods and stability overall."
    )


@pytest.mark.parametrize(
    ("source", "target", "language", "found"),
    [
        ("他们开会了。", "They held a meeting", "en", True),
        ("他们开会了吗？", "They held a meeting.", "en", True),
        ("联席会议现场", "At the joint conference.", "en", True),
        ("他们开会了。", "ཁོ་ཚོས་ཚོགས་འདུ་འཚོགས་པ་རེད", "bo", True),
        ("他们开会了！", "They held a meeting.", "en", False),
        ("他说：“开会了。”", "He said, “The meeting has begun.”", "en", False),
        ("联席会议现场", "At the joint conference", "en", False),
        ("产自美国公司", "Made by Acme Inc.", "en", False),
        ("联席会议现场", "མཉམ་འཛོམས་ཚོགས་འདུའི་ཐོག།", "bo", False),
        ("他们在开会。", "ཁོ་ཚོས་ཚོགས་འདུ་འཚོགས་ཀྱིན་འདུག", "bo", False),
    ],
)
def test_a_sentence_ends_and_a_title_does_not(source: str, target: str, language: Language, found: bool) -> None:
    assert ("end-punctuation" in checks(source, target, language)) is found


def test_a_missing_full_stop_is_repaired() -> None:
    (fault,) = shape_faults("他们开会了。", "They held a meeting", "en")
    assert (fault.target_span, fault.repair) == ((19, 19), ".")


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("（甘南）开会。", "(Gannan) held a meeting.", False),
        ("甘南开会。", "Gannan (a prefecture held a meeting.", True),
        ("他说“好”。", "He said “yes.", True),
        ("他说：“我们开会。", "He said: “We are meeting.", False),
        ("共三项：（一）甘南。", "Three items: a) Gannan.", False),
        ("“甲”“乙”“丙”“丁”四项。", "There are four items in all.", True),
        ("60英寸的屏幕在那里。", 'There is a 60" screen.', False),
    ],
)
def test_brackets_and_quotes_have_partners(source: str, target: str, found: bool) -> None:
    assert ("brackets-quotes" in checks(source, target)) is found


@pytest.mark.parametrize("dirt", ["\u200b", "\ufeff", "\u202e", "\x07", "\ufffd", "\ue000", "\u00ad"])
def test_dirt_is_named_by_its_code_point(dirt: str) -> None:
    (fault,) = shape_faults("他们开会。", f"They held{dirt} a meeting.", "en")
    assert fault.check == "control-characters"
    assert f"U+{ord(dirt):04X}" in fault.reason
    assert fault.target_span == (9, 10)


def test_spaces_that_do_not_break_are_no_dirt() -> None:
    assert checks("他们在8月8日开会。", "They met on 8\u00a0August at 10\u202fa.m. today.") == set()


@pytest.mark.parametrize(
    "leak",
    ["#ORG#", "{0}", "{name}", '<x id="1"/>', "__X__", "⟦1⟧", "[TERM1]", "%s", "&amp;", "▁", "⁇", "<|im_end|>", "**"],
)
def test_a_placeholder_of_ours_or_of_a_model_leaks(leak: str) -> None:
    assert "placeholder-leak" in checks("他们在州里开会。", f"They met in {leak} today.")


@pytest.mark.parametrize(
    "chatter",
    ["Here is the translation: They met.", "Translation: They met.", "Sure! Here's the English translation: They met."],
)
def test_what_a_model_says_about_its_answer_leaks(chatter: str) -> None:
    assert "placeholder-leak" in checks("他们在州里隆重开会了。", chatter)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("增长100%。", "It grew 100% so far."),
        ("研发R&D投入增长。", "R&D spending grew."),
        ("他写的译文很好。", "He said the translation was good [sic]."),
        ("变量{0}不变。", "The variable {0} stays."),
    ],
)
def test_what_only_looks_like_a_placeholder_stays(source: str, target: str) -> None:
    assert "placeholder-leak" not in checks(source, target)


@pytest.mark.parametrize(
    ("target", "repaired"),
    [
        ("ཁུལ་དུ་་ཚོགས་འདུ་བྱུང་།", "ཁུལ་དུ་ཚོགས་འདུ་བྱུང་།"),
        ("འཚོགས་པ་མ་ཟད་། ཡོད།", "འཚོགས་པ་མ་ཟད། ཡོད།"),
        ("ཁུལ་དཔོན་དང། ཡོད།", "ཁུལ་དཔོན་དང་། ཡོད།"),
        ("ཚོགས་འདུ་ཞིག། ཡོད།", "ཚོགས་འདུ་ཞིག ཡོད།"),
        ("ཡོད་པ་རེད །", "ཡོད་པ་རེད།"),
    ],
)
def test_a_tsheg_or_shad_out_of_place_is_repaired(target: str, repaired: str) -> None:
    (fault,) = [fault for fault in shape_faults("他们开会。", target, "bo") if fault.check == "tsheg-shad"]
    assert fault.target_span is not None
    assert fault.repair is not None
    start, end = fault.target_span
    assert target[:start] + fault.repair + target[end:] == repaired


@pytest.mark.parametrize(
    "target",
    ["དགའ་པོ་བྱུང་།", "ཁང་པའི་འོག ཡོད།", "འཚོགས་འདུག །ཁུལ་དཔོན།", "ཡིན་ནོ། །དགེའོ།།", "ས་བཅད་་་་12", "སེང་གེ།", "“ཀན་ལྷོ་”རུ་འདུས།"],
)
def test_good_tibetan_punctuation_is_left_alone(target: str) -> None:
    assert "tsheg-shad" not in checks("他们开会。", target, "bo")


@pytest.mark.parametrize("language", ["en", "bo"])
def test_the_drafts_of_the_real_report_have_no_fault_of_shape(language: Language) -> None:
    units = [
        tuple("".join(part.itertext()) for tag in ("source", "target") for part in unit.iterfind(f"{{*}}{tag}"))
        for unit in etree.parse(ROOT / "source" / "gannan-2023" / f"{language}.xlf").iter("{*}trans-unit")
    ]
    assert len(units) > 40
    faults = [fault for source, target in units for fault in shape_faults(source, target, language)]
    assert faults == []

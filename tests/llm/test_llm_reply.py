"""Translations are found in what models say, and what is none is not taken for one."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from toolkit.memory import read_memory
from toolkit.translation.llm.reply import translation_in, translations_in

SOURCE = "会议在合作市召开。"
WANTED = "The meeting was held in Hezuo City."


@pytest.mark.parametrize(
    "reply",
    [
        WANTED,
        f"  {WANTED}\n",
        f"<think>\n合作市 is a city.\n</think>\n\n{WANTED}",
        f"合作市 is a city, so…</think>{WANTED}",
        f"<think></think>{WANTED}<|im_end|>",
        f"```\n{WANTED}\n```",
        f"```text\n{WANTED}\n```",
        f"“{WANTED}”",
        f'"{WANTED}"',
        f"Translation: {WANTED}",
        f"**Translation:** {WANTED}",
        f"English translation: {WANTED}",
        f"Here is the translation of the text:\n\n{WANTED}",
        f"译文：{WANTED}",
        f"【译文】：{WANTED}",
        f"翻译结果：\n{WANTED}",
        f'Translation:\n```\n"{WANTED}"\n```',
        f"<target>{WANTED}</target>",
        f"{SOURCE}\n{WANTED}",
        f"{SOURCE} → {WANTED}",
        f"{WANTED}\n\n(Note: Hezuo is the seat of Gannan.)",
        f"{WANTED}\n\n注：合作市为地名。",
        f"\ufeff{WANTED}</s>",
        "The meeting was held\nin Hezuo City.",
    ],
)
def test_what_stands_around_a_translation_is_taken_off(reply: str) -> None:
    assert translation_in(reply, SOURCE) == WANTED


@pytest.mark.parametrize(
    "reply",
    [
        "",
        " \n",
        "……",
        "<think>The meeting",
        SOURCE,
        "会议在合作市召开",
        f"“{SOURCE}”",
        "I'm sorry, but I can't help with that.",
        "I cannot translate this text.",
        "抱歉，我无法翻译这段内容。",
        "作为一个人工智能，我不能回答。",
        "The meet\ufffding",
        "The \x00meeting",
        "half a pair \ud83d",
    ],
)
def test_what_is_no_translation_is_nothing(reply: str) -> None:
    assert translation_in(reply, SOURCE) == ""


@pytest.mark.parametrize(
    ("source", "reply"),
    [
        ("“合作共赢。”", "“Win-win cooperation.”"),
        ("他说：“好。”她说：“不。”", "“Good,” he said. “No,” she said."),
        ("2023", "2023"),
        ("对不起，我不能参加。", "I'm sorry, I cannot attend."),
        ("翻译：张三", "Translation: Zhang San"),
        ("注：数据截至8月。", "Note: data as of August."),
        ("我们不能翻译历史。", "I cannot translate history."),
        ("这是头等大事：保护黄河。", "This is a matter of the first order: protecting the Yellow River."),
        ("不能再等了，他说。", "I can’t wait any longer, he said."),
        ("会议[1]召开。", "The meeting [1] was held."),
        ("“十四五”规划", "“14th Five-Year” plan"),
    ],
)
def test_what_the_source_itself_holds_is_left_alone(source: str, reply: str) -> None:
    assert translation_in(reply, source) == reply


@pytest.mark.parametrize("language", ["en", "bo"])
def test_real_translations_come_through_unchanged(language: str) -> None:
    units = read_memory(ROOT / "glossaries").units
    assert len(units) > 40
    for unit in units:
        target = unit.targets[language].text  # type: ignore[index]
        assert translation_in(target, unit.source.text) == " ".join(target.split())


def test_numbered_replies_are_taken_apart() -> None:
    reply = "<think>three</think>Here you are:\n[1] One.\n[2] Two,\nand more.\n\n[3]\nThree [4] four."
    assert translations_in(reply, ["一。", "二。", "三。"]) == ["One.", "Two, and more.", "Three [4] four."]


def test_a_wrong_count_is_no_reply() -> None:
    assert translations_in("[1] One.", ["一。", "二。"]) is None
    assert translations_in("[1] One.\n[1] Two.", ["一。", "二。"]) is None
    assert translations_in("One.\nTwo.", ["一。", "二。"]) is None


def test_a_single_refusal_among_several_is_told_apart() -> None:
    assert translations_in("[1] One.\n[2] I cannot translate this.", ["一。", "二。"]) == ["One.", ""]


def test_a_note_is_dropped_from_texts_that_only_happen_to_contain_the_character() -> None:
    assert translation_in("Pay attention to safety.\nNote: literal.", "关注安全。") == "Pay attention to safety."

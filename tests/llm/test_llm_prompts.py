"""What models are asked, and what is not."""

from __future__ import annotations

import pytest

from toolkit.report import Report
from toolkit.translation.engine import Question
from toolkit.translation.llm import Llm, LlmSettings, estimate
from toolkit.translation.llm.estimate import tokens_of
from toolkit.translation.llm.prompts import parcels_of, prompt, room_for, sampling_of, template_of

TEXT = "8月8日，联席会议在合作市召开。"
TERMS = (("联席会议", "ལྷན་ཚོགས"), ("合作市", "གཙོས་གྲོང་ཁྱེར"))
HYMT = LlmSettings("http://127.0.0.1:8080/v1", "Hy-MT2-7B")
CHAT = LlmSettings("http://127.0.0.1:8080/v1", "Qwen3-8B")


def user_message(question: Question, settings: LlmSettings, **changes: bool) -> str:
    return prompt([question], "bo", settings, **changes)[-1]["content"]


# Hy-MT2, in the words of its model card


def test_hy_mt_is_asked_in_the_words_of_its_card() -> None:
    assert prompt([Question(TEXT)], "bo", HYMT) == [
        {
            "role": "user",
            "content": f"将以下文本翻译为藏语，注意只需要输出翻译后的结果，不要额外解释：\n\n{TEXT}",
        }
    ]


def test_hy_mt_is_given_terms_in_the_words_of_its_card() -> None:
    assert user_message(Question(TEXT, TERMS), HYMT) == (
        "参考下面的翻译：\n联席会议 翻译成 ལྷན་ཚོགས\n合作市 翻译成 གཙོས་གྲོང་ཁྱེར\n"
        f"将以下文本翻译为藏语，注意只需要输出翻译后的结果，不要额外解释：\n\n{TEXT}"
    )


def test_hy_mt_is_given_the_paragraph_only_when_the_settings_say_so() -> None:
    question = Question(TEXT, context=f"甘南州地处青藏高原。{TEXT}")
    assert "青藏高原" not in user_message(question, HYMT)
    told = LlmSettings(HYMT.base_url, HYMT.model, context=True)
    assert user_message(question, told) == (
        f"【背景信息】\n甘南州地处青藏高原。{TEXT}\n\n请结合背景信息将以下文本翻译为藏语。\n\n【待翻译文本】\n{TEXT}"
    )


def test_hy_mt_is_given_wishes_as_numbered_tasks_before_the_text() -> None:
    settings = LlmSettings(HYMT.base_url, HYMT.model, house_style={"bo": ("数字用阿拉伯数字。",), "en": ("x",)})
    message = user_message(Question(TEXT, TERMS, complaint="the date is missing"), settings)
    assert message.startswith("参考下面的翻译：\n联席会议 翻译成")
    assert "1、数字用阿拉伯数字。\n2、改正上次译文的错误：the date is missing\n3、将【待翻译文本】翻译为藏语" in message
    assert message.endswith(f"【待翻译文本】\n{TEXT}")


def test_hy_mt_samples_as_its_makers_recommend_each_size() -> None:
    assert sampling_of(HYMT) == {
        "temperature": 0.7,
        "top_p": 0.6,
        "top_k": 20,
        "repetition_penalty": 1.05,
        "repeat_penalty": 1.05,
    }
    assert sampling_of(LlmSettings("", "tencent/Hy-MT2-30B-A3B-FP8"))["top_p"] == 1.0
    assert sampling_of(LlmSettings("", "Hy-MT2-7B", sampling={"temperature": 0, "seed": 7}))["temperature"] == 0


# Chat models


def test_a_chat_model_has_the_rules_apart_from_the_text_so_that_they_stay_the_same() -> None:
    settings = LlmSettings("", "Qwen3-8B", house_style={"bo": ("Write figures as 0-9.",)})
    first, second = (prompt([Question(text, TERMS)], "bo", settings) for text in (TEXT, "另一句。"))
    assert [message["role"] for message in first] == ["system", "user"]
    assert first[0] == second[0]
    assert "Tibetan" in first[0]["content"]
    assert "- Write figures as 0-9." in first[0]["content"]
    assert "合作市 = གཙོས་གྲོང་ཁྱེར" in first[1]["content"]
    assert first[1]["content"].endswith(TEXT)


def test_a_chat_model_sees_the_paragraph_and_the_last_complaint() -> None:
    question = Question(TEXT, context=f"上文。{TEXT}", complaint="合作市 must be གཙོས་གྲོང་ཁྱེར")
    message = user_message(question, CHAT)
    assert f"not to be translated:\n上文。{TEXT}\n" in message
    assert "Do not repeat this: 合作市 must be གཙོས་གྲོང་ཁྱེར" in message
    assert "上文" not in user_message(question, CHAT, bare=True)
    assert "上文" not in user_message(question, LlmSettings("", "Qwen3-8B", context=False))


def test_neighbours_stand_in_for_a_paragraph_that_says_no_more_than_the_text() -> None:
    message = user_message(Question(TEXT, before="前一句。", after="后一句。", context=TEXT), CHAT)
    assert f"前一句。\n{TEXT}\n后一句。" in message
    assert "to understand it by" not in user_message(Question(TEXT, context=TEXT), CHAT)


@pytest.mark.parametrize(
    ("model", "family", "template"),
    [
        ("hunyuan-mt-chimera-7b", "auto", "hymt"),
        ("tencent/HY-MT1.5-1.8B-GGUF", "auto", "hymt"),
        ("google/gemma-2-9b-it", "auto", "plain"),
        ("Qwen3-8B", "auto", "chat"),
        ("my-own", "hymt", "hymt"),
        ("Hy-MT2-7B", "chat", "chat"),
    ],
)
def test_the_family_is_told_by_the_name_unless_the_settings_tell_it(model: str, family: str, template: str) -> None:
    assert template_of(LlmSettings("", model, family)).name == template  # type: ignore[arg-type]


def test_a_family_without_a_system_role_gets_all_in_one_message() -> None:
    (message,) = prompt([Question(TEXT)], "en", LlmSettings("", "gemma-2-9b-it"))
    assert message["role"] == "user"
    assert "万 is ten thousand" in message["content"]


# Several at once


def test_texts_are_put_together_in_order_up_to_the_number_set() -> None:
    questions = [Question(f"第{number}句。") for number in range(5)]
    assert parcels_of(questions, LlmSettings("", "Qwen3-8B", segments_per_request=2)) == [(0, 1), (2, 3), (4,)]
    assert parcels_of(questions, CHAT) == [(0,), (1,), (2,), (3,), (4,)]


def test_a_complaint_and_a_long_text_travel_alone_and_a_blank_one_not_at_all() -> None:
    questions = [
        *(Question("一。"), Question("二。", complaint="wrong"), Question("三。"), Question(" ")),
        *(Question("四。"), Question("长" * 1499), Question("五。"), Question("六。")),
    ]
    settings = LlmSettings("", "Qwen3-8B", segments_per_request=9)
    assert parcels_of(questions, settings) == [(0,), (1,), (2, 4), (5,), (6, 7)]


def test_hy_mt_takes_one_text_at_a_time_whatever_the_settings_say() -> None:
    settings = LlmSettings("", "Hy-MT2-7B", segments_per_request=9)
    assert parcels_of([Question("一。"), Question("二。")], settings) == [(0,), (1,)]


def test_terms_of_several_texts_are_listed_once() -> None:
    questions = [Question(TEXT, TERMS), Question("合作市很美。", TERMS[1:])]
    message = prompt(questions, "bo", CHAT)[-1]["content"]
    assert message.count("合作市 = ") == 1
    assert message.endswith(f"[1] {TEXT}\n[2] 合作市很美。")


# Room and cost


def test_there_is_room_for_the_longest_true_answer(gannan: Report) -> None:
    """8.4 characters to one of Chinese was the most in either language, and 2.5 tokens to a Tibetan one are many."""
    for segment in gannan.segments:
        assert room_for([Question(segment.text)], "bo", HYMT) >= min(8.4 * len(segment.text) * 2.5, 4096)
    assert room_for([Question("好" * 5000)], "bo", HYMT) == 4096
    assert room_for([Question("好")], "bo", LlmSettings("", "Hy-MT2-7B", max_tokens=50)) == 50


def test_a_report_is_estimated_without_a_server(gannan: Report) -> None:
    questions = [Question(segment.text) for segment in gannan.segments]
    priced = LlmSettings("http://127.0.0.1:9/v1", "Hy-MT2-7B", price_in=1.0, price_out=4.0)
    guess = estimate(questions, "en", priced)
    characters = sum(len(question.text) for question in questions)
    assert guess.requests == len(questions)
    assert characters < guess.tokens_in < 4 * characters
    assert guess.cost == pytest.approx((guess.tokens_in + 4 * guess.tokens_out) / 1_000_000)
    assert estimate(questions, "bo", priced).tokens_out > 5 * guess.tokens_out, "Tibetan is spelled in small pieces"
    assert (guess + guess).tokens_in == 2 * guess.tokens_in


def test_texts_in_one_request_share_the_rules() -> None:
    questions = [Question("会议召开。")] * 10
    together = estimate(questions, "en", LlmSettings("", "Qwen3-8B", segments_per_request=10))
    assert together.requests == 1
    assert together.tokens_in < estimate(questions, "en", CHAT).tokens_in / 4


def test_tokens_are_counted_by_script() -> None:
    assert tokens_of("联席会议") == 4
    assert tokens_of("བོད་ལྗོངས") == 18
    assert tokens_of("conference") == 3


# Identity


def test_an_identity_names_model_and_template_and_changes_with_what_changes_answers() -> None:
    settings = LlmSettings("http://a/v1", "Hy-MT2-7B")
    identity = Llm(settings).identity("bo")
    assert identity.startswith("llm Hy-MT2-7B hymt-1 ")
    same = LlmSettings("http://b/v1", "Hy-MT2-7B", parallel=9, price_in=3.0, api_key_env="KEY", timeout=5.0)
    assert Llm(same).identity("bo") == identity
    for changed in (
        LlmSettings("http://a/v1", "Hy-MT2-7B", sampling={"temperature": 0}),
        LlmSettings("http://a/v1", "Hy-MT2-7B", context=True),
        LlmSettings("http://a/v1", "Hy-MT2-7B", house_style={"bo": ("x",)}),
        LlmSettings("http://a/v1", "Hy-MT2-1.8B"),
    ):
        assert Llm(changed).identity("bo") != identity
    assert Llm(LlmSettings("", "Hy-MT2-7B", house_style={"en": ("x",)})).identity("bo") == identity

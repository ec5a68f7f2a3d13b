"""Servers that fail: the right error, in bounded time, with everything kept that was said before."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from tests.llm.conftest import quick
from tests.llm.faulty_server import (
    Handler,
    breaks_off,
    completion,
    disappears,
    drips,
    hangs,
    refuses,
    says,
    sends,
    stand_in,
    texts_of,
    translates,
)
from toolkit.errors import EngineError
from toolkit.translation.engine import EngineStopped, Question
from toolkit.translation.llm import Llm

TEXTS = ("会议开始。", "州长主持会议。", "会议结束了。")
QUESTIONS = [Question(text) for text in TEXTS]
KEY = "sk-not-for-anyone-1234"


def failure_of(engine: Llm, questions: list[Question] = QUESTIONS) -> EngineError:
    with pytest.raises(EngineError) as caught:
        engine.translate(questions, "en")
    assert caught.value.exit_code == 4
    return caught.value


# Failures that pass


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    with stand_in(refuses(429, "slow down", retry_after="1"), says("It began.")) as stand:
        engine = Llm(quick(stand.url))
        began = time.monotonic()
        assert engine.translate(QUESTIONS[:1], "en") == [("It began.",)]
    assert 1.0 <= time.monotonic() - began < 6.0, "its own backoff would have been half a second"
    assert engine.usage().retries == 1


@pytest.mark.parametrize("fault", [refuses(503, "loading model"), hangs, breaks_off, sends(b'{"choices": [{"mess')])
def test_a_failure_that_passes_costs_one_retry(fault: object) -> None:
    with stand_in(fault, translates) as stand:  # type: ignore[arg-type]
        engine = Llm(quick(stand.url))
        assert engine.translate(QUESTIONS, "en") == [
            ("It has 5 characters.",),
            ("It has 7 characters.",),
            ("It has 6 characters.",),
        ]
    assert engine.usage().retries == 1
    assert texts_of(stand) == [TEXTS[0], *TEXTS]


# Failures that stay


def test_a_server_that_always_fails_stops_the_engine_after_its_retries() -> None:
    with stand_in(refuses(503, "no capacity")) as stand:
        engine = Llm(quick(stand.url))
        fault = failure_of(engine)
    assert "fails (503: no capacity)" in fault.problem
    assert texts_of(stand) == [TEXTS[0]] * 2 + [TEXTS[1]] * 2, "two texts, twice each, before it is believed"
    assert engine.usage().retries == 2


def test_a_text_that_a_server_always_fails_on_does_not_keep_the_others_from_being_drafted() -> None:
    def fails_on_one(handler: Handler) -> None:
        if TEXTS[1] in handler.body["messages"][-1]["content"]:
            refuses(500, "assertion failed")(handler)
        else:
            translates(handler)

    seen: list[tuple[int, int]] = []
    with stand_in(fails_on_one) as stand:
        engine = Llm(quick(stand.url, retries=0), lambda done, total: seen.append((done, total)))
        assert engine.translate(QUESTIONS, "en") == [("It has 5 characters.",), (), ("It has 6 characters.",)]
    assert seen[-1] == (3, 3)


def test_when_the_last_text_fails_nobody_can_tell_whose_fault_it_is_and_the_rest_is_kept() -> None:
    with stand_in(translates, translates, refuses(500, "out of memory")) as stand:
        fault = failure_of(Llm(quick(stand.url, retries=0)))
    assert isinstance(fault, EngineStopped)
    assert set(fault.answers) == {0, 1}


def test_a_server_that_hangs_is_given_up_in_time() -> None:
    with stand_in(hangs) as stand:
        began = time.monotonic()
        fault = failure_of(Llm(quick(stand.url)))
    assert time.monotonic() - began < 5
    assert "was silent for 0.4 s, 2 times" in fault.problem
    assert "timeout" in fault.remedy


def test_a_server_that_drips_is_given_up_when_patience_ends() -> None:
    with stand_in(drips) as stand:
        began = time.monotonic()
        fault = failure_of(Llm(quick(stand.url, patience=1.0)))
        assert 0.9 < time.monotonic() - began < 4
    assert "has not answered in 1 s" in fault.problem
    assert len(stand.bodies) == 1, "it was never silent, so never asked again"


def test_a_server_that_disappears_leaves_what_it_said() -> None:
    with stand_in(translates, translates, disappears) as stand:
        engine = Llm(quick(stand.url))
        fault = failure_of(engine)
    assert isinstance(fault, EngineStopped)
    assert fault.answers == {0: ("It has 5 characters.",), 1: ("It has 7 characters.",)}
    assert "cannot be reached" in fault.problem
    assert engine.usage().questions == 2


def test_where_nobody_listens_the_error_says_so() -> None:
    with stand_in(translates) as stand:
        pass
    fault = failure_of(Llm(quick(stand.url)))
    assert not isinstance(fault, EngineStopped)
    assert f"the server at {stand.url} cannot be reached" in fault.problem
    assert "Start it" in fault.remedy


@pytest.mark.parametrize(
    "body",
    [
        b"<html><title>Sign in</title></html>",
        b'{"choices": [{"message": {"cont',
        b"\xff\xfe\x00",
        b"",
        b"[" * 100_000,
        json.dumps({"choices": []}).encode(),
        json.dumps({"choices": [{"text": "an older protocol"}]}).encode(),
        json.dumps({"error": "model not loaded"}).encode(),
        json.dumps({"choices": [{"message": {"content": ["in", "parts"]}}]}).encode(),
    ],
    ids=["html", "half", "not utf-8", "nothing", "nested", "no choice", "no message", "an error with 200", "parts"],
)
def test_what_is_no_answer_at_all_is_asked_for_once_more_and_then_told(body: bytes) -> None:
    with stand_in(sends(body, "text/html")) as stand:
        fault = failure_of(Llm(quick(stand.url)))
    assert "does not answer in OpenAI's protocol" in fault.problem
    assert "/v1" in fault.remedy
    assert len(stand.bodies) == 2
    assert len(str(fault)) < 500


# Refused for good: no retry, and the remedy names what to mend


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_names_the_variable_and_never_the_key(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    monkeypatch.setenv("NEWSROOM_KEY", KEY)
    with stand_in(refuses(status, f"Incorrect API key provided: {KEY}")) as stand:
        engine = Llm(quick(stand.url, api_key_env="NEWSROOM_KEY"))
        fault = failure_of(engine)
    assert len(stand.bodies) == 1
    assert stand.headers[0]["authorization"] == f"Bearer {KEY}"
    assert f"refuses us ({status}: Incorrect API key provided: …)" in fault.problem
    assert "NEWSROOM_KEY" in fault.remedy
    for text in (str(fault), repr(fault), engine.identity("en"), repr(engine.settings)):
        assert KEY not in text
    assert fault.__cause__ is None
    assert fault.__suppress_context__


def test_nobody_waits_for_the_other_requests_when_one_is_refused_for_good() -> None:
    def hangs_on_the_first(handler: Handler) -> None:
        (hangs if TEXTS[0] in handler.body["messages"][-1]["content"] else refuses(401, "no key"))(handler)

    with stand_in(hangs_on_the_first) as stand:
        began = time.monotonic()
        failure_of(Llm(quick(stand.url, parallel=2, timeout=10.0, patience=10.0)))
        assert time.monotonic() - began < 5


def test_without_a_key_the_remedy_says_where_to_put_one() -> None:
    with stand_in(refuses(401, "no key")) as stand:
        fault = failure_of(Llm(quick(stand.url)))
    assert "api_key_env" in fault.remedy
    assert "authorization" not in stand.headers[0]


@pytest.mark.parametrize("value", ["", " ", "two words", "schlüssel", "line\nbreak"])
def test_a_variable_without_a_usable_key_is_told_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("NEWSROOM_KEY", value)
    with stand_in(translates) as stand:
        fault = failure_of(Llm(quick(stand.url, api_key_env="NEWSROOM_KEY")))
    assert "NEWSROOM_KEY" in fault.problem
    assert not value.strip() or value not in str(fault)
    assert stand.bodies == []


def test_an_unknown_model_is_answered_with_those_the_server_has() -> None:
    with stand_in(refuses(404, "model not found")) as stand:
        fault = failure_of(Llm(quick(stand.url, model="Hy-MT3")))
    assert "Hy-MT2-7B, Qwen3-8B" in fault.remedy
    assert len(stand.bodies) == 1


def test_a_refused_request_is_not_sent_again() -> None:
    with stand_in(refuses(400, "unknown parameter: top_k")) as stand:
        fault = failure_of(Llm(quick(stand.url)))
    assert "refuses the request (400: unknown parameter: top_k)" in fault.problem
    assert "sampling" in fault.remedy
    assert len(stand.bodies) == 1


def test_texts_go_nowhere_but_to_the_configured_address() -> None:
    with stand_in(translates) as elsewhere:
        redirect = refuses(307, "moved", location=f"{elsewhere.url}/chat/completions")
        with stand_in(redirect) as stand:
            fault = failure_of(Llm(quick(stand.url)))
    assert elsewhere.bodies == []
    assert elsewhere.url in fault.problem


# Answers that are none


def test_an_answer_cut_off_is_no_answer_and_is_not_paid_for_twice() -> None:
    with stand_in(says("la la la", finish_reason="length"), translates) as stand:
        assert Llm(quick(stand.url)).translate(QUESTIONS[:2], "en") == [(), ("It has 7 characters.",)]
    assert len(stand.bodies) == 2


@pytest.mark.parametrize(
    "refusal",
    [
        says(""),
        says(None),
        says(None, refusal="I can't help with that."),
        says("Something.", finish_reason="content_filter"),
        says("I'm sorry, but I cannot assist with that request."),
        says(TEXTS[0]),
        says("<think>Let me see"),
    ],
    ids=["empty", "null", "refusal", "filtered", "sorry", "the source", "only thoughts"],
)
def test_a_refusal_is_asked_again_once(refusal: object) -> None:
    with stand_in(refusal, translates) as stand:  # type: ignore[arg-type]
        assert Llm(quick(stand.url)).translate(QUESTIONS[:1], "en") == [("It has 5 characters.",)]
    with stand_in(refusal) as stand:  # type: ignore[arg-type]
        engine = Llm(quick(stand.url))
        assert engine.translate(QUESTIONS[:1], "en") == [()]
    assert len(stand.bodies) == 2
    assert engine.usage().retries == 1


def test_a_text_too_long_with_its_paragraph_is_asked_without_it() -> None:
    question = Question(TEXTS[0], context="甘南州。" * 50 + TEXTS[0])

    def has_little_room(handler: Handler) -> None:
        if "甘南州" in handler.body["messages"][-1]["content"]:
            refuses(400, "request exceeds the available context size", "exceed_context_size_error")(handler)
        else:
            translates(handler)

    with stand_in(has_little_room) as stand:
        assert Llm(quick(stand.url, context=True)).translate([question], "en") == [("It has 5 characters.",)]


def test_a_text_too_long_even_so_is_left_empty_but_a_context_too_small_for_all_is_an_error() -> None:
    full = refuses(400, "This model's maximum context length is 10 tokens.")
    with stand_in(full, full, translates) as stand:
        assert Llm(quick(stand.url)).translate(QUESTIONS[:2], "en") == [(), ("It has 7 characters.",)]
        first, second = (body["max_tokens"] for body in stand.bodies[:2])
        assert second == first // 2
    with stand_in(full) as stand:
        fault = failure_of(Llm(quick(stand.url)))
    assert "too small a context for any of the texts (This model's maximum" in fault.problem
    assert not isinstance(fault, EngineStopped)


# Several texts in one request


def several(url: str) -> Llm:
    return Llm(quick(url, model="Qwen3-8B", segments_per_request=3))


def test_three_texts_travel_in_one_request_and_come_back_as_three() -> None:
    with stand_in(says("[1] It began.\n[2] The governor\npresided.\n[3] It ended.")) as stand:
        engine = several(stand.url)
        assert engine.translate(QUESTIONS, "en") == [("It began.",), ("The governor presided.",), ("It ended.",)]
    assert len(stand.bodies) == 1
    assert engine.usage().retries == 0


@pytest.mark.parametrize(
    "answer",
    [
        "[1] It began.\n[2] The governor presided.",
        "[1] It began.\n[2] He presided.\n[3] It ended.\n[4] Bye.",
        "[1] It began.\n[3] He presided.\n[2] It ended.",
        "It began. He presided. It ended.",
    ],
    ids=["too few", "too many", "out of order", "no numbers"],
)
def test_a_wrong_count_sends_each_text_alone(answer: str) -> None:
    with stand_in(says(answer), translates) as stand:
        engine = several(stand.url)
        answers = engine.translate(QUESTIONS, "en")
    assert [text for (text,) in answers] == ["It has 5 characters.", "It has 7 characters.", "It has 6 characters."]
    assert len(stand.bodies) == 4
    assert engine.usage().retries == 3


def test_only_the_text_without_an_answer_is_sent_alone() -> None:
    with stand_in(says(f"[1] It began.\n[2] {TEXTS[1]}\n[3] It ended."), translates) as stand:
        assert several(stand.url).translate(QUESTIONS, "en")[1] == ("It has 7 characters.",)
    assert texts_of(stand)[1:] == [TEXTS[1]]


# What is counted and what is told


def test_tokens_and_cost_are_the_servers_own_count() -> None:
    with stand_in(translates) as stand:
        engine = Llm(quick(stand.url, price_in=2.0, price_out=8.0))
        engine.translate(QUESTIONS, "en")
    usage = engine.usage()
    assert (usage.questions, usage.tokens_in, usage.tokens_out) == (3, 210, 90)
    assert usage.cost == pytest.approx((210 * 2 + 90 * 8) / 1_000_000)


def test_tokens_are_estimated_where_the_server_does_not_count() -> None:
    with stand_in(lambda handler: handler.send_json(completion("It began.", usage=None))) as stand:
        engine = Llm(quick(stand.url))
        engine.translate(QUESTIONS[:1], "en")
    assert 20 < engine.usage().tokens_in < 60
    assert engine.usage().tokens_out == 3


def test_progress_is_told_after_each_text() -> None:
    seen: list[tuple[int, int]] = []
    with stand_in(translates) as stand:
        Llm(quick(stand.url), lambda done, total: seen.append((done, total))).translate(QUESTIONS, "en")
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_the_server_learns_nothing_of_this_machine_or_its_openai_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-newsroom")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Extra: told\nAuthorization: Bearer " + KEY)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with stand_in(translates) as stand:
        Llm(quick(stand.url)).translate(QUESTIONS[:1], "en")
    names = {name.lower() for name in stand.headers[0]}
    assert names == {
        *("host", "accept", "content-type", "content-length", "accept-encoding", "connection", "user-agent"),
        "x-stainless-raw-response",
    }
    assert KEY not in repr(stand.headers)
    assert stand.headers[0]["user-agent"] == "bulletin-toolkit"


def test_the_newer_name_of_the_limit_takes_the_place_of_the_older() -> None:
    with stand_in(translates) as stand:
        Llm(quick(stand.url)).translate(QUESTIONS[:1], "en")
        Llm(quick(stand.url, sampling={"max_completion_tokens": 900})).translate(QUESTIONS[:1], "en")
    assert "max_tokens" in stand.bodies[0]
    assert "max_tokens" not in stand.bodies[1]
    assert stand.bodies[1]["max_completion_tokens"] == 900


def test_a_command_that_asks_no_server_does_not_load_the_client() -> None:
    code = "import sys, toolkit.translation.llm as llm; print('openai' in sys.modules, llm.Llm.name)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "llm"]


def test_a_language_the_settings_leave_out_is_an_error_and_not_a_request() -> None:
    with stand_in(translates) as stand:
        engine = Llm(quick(stand.url, languages=("en",)))
        assert engine.can_translate("en")
        assert not engine.can_translate("bo")
        with pytest.raises(EngineError, match="leave out Tibetan"):
            engine.translate(QUESTIONS, "bo")
    assert stand.bodies == []


def test_nothing_to_ask_asks_nothing() -> None:
    with stand_in(translates) as stand:
        assert Llm(quick(stand.url)).translate([], "en") == []
        assert Llm(quick(stand.url)).translate([Question("  ")], "en") == [()]
    assert stand.bodies == []

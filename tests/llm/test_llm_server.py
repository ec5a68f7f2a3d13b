"""A real server: llama.cpp in a process of its own, decoding a model made on the spot."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.llm.tiny_gguf import SENTENCE, ends_well, write_tiny_model
from toolkit.errors import EngineError
from toolkit.report import Report
from toolkit.translation.engine import EngineStopped, Question
from toolkit.translation.llm import Llm, LlmSettings
from toolkit.translation.llm.estimate import estimate

SLOTS = 4
ANSWER = "".join(SENTENCE)


@dataclass
class Llama:
    """A running llama.cpp."""

    url: str
    process: subprocess.Popen[bytes]

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(f"{self.url}{path}", timeout=2) as response:
            return json.load(response)

    def post(self, path: str, body: object) -> Any:
        request = urllib.request.Request(
            f"{self.url}{path}", json.dumps(body).encode(), {"content-type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=5) as response:
            return json.load(response)

    @property
    def settings(self) -> LlmSettings:
        return LlmSettings(f"{self.url}/v1", "Hy-MT2-tiny", parallel=SLOTS, timeout=10.0, patience=20.0, retries=0)


def started(model: Path, log: Path) -> Llama:
    """Start llama.cpp on a free port and wait until it is well."""
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        port = finder.getsockname()[1]
    script = Path(__file__).parent / "llama_process.py"
    command = [sys.executable, str(script), str(model), str(port), str(SLOTS)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=output)
    llama = Llama(f"http://127.0.0.1:{port}", process)
    for _ in range(200):
        try:
            if llama.get("/health") == {"status": "ok"}:
                return llama
        except (urllib.error.URLError, ConnectionError):
            assert process.poll() is None, log.read_text(errors="replace")
            time.sleep(0.05)
    ended(llama)
    raise AssertionError(log.read_text(errors="replace"))


def ended(llama: Llama) -> None:
    llama.process.kill()
    llama.process.wait(10)
    if llama.process.stdin:
        llama.process.stdin.close()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("llm") / "tiny.gguf")


@pytest.fixture(scope="module")
def llama(model: Path) -> Iterator[Llama]:
    running = started(model, model.with_name("server.log"))
    yield running
    ended(running)


@pytest.fixture(scope="module")
def texts(gannan: Report) -> list[str]:
    """Headlines, captions and paragraphs of the real report: some end in a full stop, some do not."""
    return [segment.text for segment in gannan.segments][:40]


def test_a_report_goes_through_and_each_text_is_answered_or_honestly_left_empty(llama: Llama, texts: list[str]) -> None:
    """The model ends its sentence after 。 and babbles to the limit of tokens after anything else."""
    finished = [ends_well(text) for text in texts]
    assert 5 < sum(finished) < len(texts) - 5, "both kinds occur in the report"
    engine = Llm(llama.settings)
    answers = engine.translate([Question(text) for text in texts], "en")
    assert answers == [(ANSWER,) if is_finished else () for is_finished in finished]
    assert engine.usage().questions == sum(finished)
    assert engine.usage().retries == 0


def test_tokens_in_are_those_the_model_was_really_fed(llama: Llama) -> None:
    """The tiny model reads bytes, with ▁ for a space, and its template adds nothing but the first token."""
    question = Question("甘南州召开会议。", terms=(("甘南州", "Gannan Prefecture"),))
    engine = Llm(llama.settings)
    engine.translate([question], "en")
    prompt = (
        "参考下面的翻译：\n甘南州 翻译成 Gannan Prefecture\n"
        "将以下文本翻译为英语，注意只需要输出翻译后的结果，不要额外解释：\n\n甘南州召开会议。"
    )
    tokenized = llama.post("/tokenize", {"content": prompt, "add_special": True})["tokens"]
    assert engine.usage().tokens_in == len(tokenized) == 1 + len(prompt.replace(" ", "▁").encode())
    assert engine.usage().tokens_out == len(SENTENCE) + 1, "its words and the end"


def test_the_limit_of_tokens_reaches_the_server_and_what_it_cuts_is_counted_and_dropped(llama: Llama) -> None:
    engine = Llm(replace(llama.settings, max_tokens=17))
    assert engine.translate([Question("标题"), Question("会议召开。")], "bo") == [(), (ANSWER,)]
    assert engine.usage().tokens_out == 17 + len(SENTENCE) + 1


@pytest.mark.parametrize("parallel", [1, SLOTS])
def test_as_many_slots_of_the_server_work_at_once_as_the_settings_say(llama: Llama, parallel: int) -> None:
    """Looked at whenever one request has just ended, so that its own slot is free again."""
    others: list[int] = []

    def look(done: int, total: int) -> None:
        others.append(sum(slot["is_processing"] for slot in llama.get("/slots")))

    settings = replace(llama.settings, max_tokens=900, parallel=parallel)
    Llm(settings, look).translate([Question("没有句号")] * 3 * parallel, "en")
    assert max(others) <= parallel - 1
    assert parallel == 1 or max(others) > 0


def test_a_text_that_does_not_fit_the_context_is_left_empty_and_the_rest_goes_on(llama: Llama) -> None:
    questions = [Question("很" * 2000 + "。"), Question("会议召开。")]
    assert Llm(llama.settings).translate(questions, "en") == [(), (ANSWER,)]


def test_an_address_without_v1_still_works_with_llama_cpp_and_a_wrong_one_lists_the_models(llama: Llama) -> None:
    assert Llm(replace(llama.settings, base_url=llama.url)).translate([Question("会议。")], "en") == [(ANSWER,)]
    with pytest.raises(EngineError, match="404") as caught:
        Llm(replace(llama.settings, base_url=f"{llama.url}/v2")).translate([Question("会议。")], "en")
    assert "usually ends in /v1" in caught.value.remedy


def test_a_chat_prompt_with_a_system_message_is_understood_too(llama: Llama) -> None:
    settings = replace(llama.settings, family="chat", house_style={"en": ("Write Xizang, not Tibet.",)})
    engine = Llm(settings)
    question = Question("会议召开。", context="第一段。会议召开。", complaint="the date was wrong")
    assert engine.translate([question], "en") == [(ANSWER,)]
    assert engine.usage().tokens_in > 900, "rules, style, context and complaint, in bytes"


def test_an_estimate_names_the_requests_that_are_then_sent(llama: Llama, texts: list[str]) -> None:
    """Its tokens are for real vocabularies: this model spends three, the bytes, where it reckons with one."""
    questions = [Question(text) for text in texts]
    guess = estimate(questions, "en", llama.settings)
    engine = Llm(llama.settings)
    answers = engine.translate(questions, "en")
    assert guess.requests == len(answers) + engine.usage().retries
    assert 2 * guess.tokens_in < engine.usage().tokens_in < 4 * guess.tokens_in


def test_a_server_killed_on_the_way_leaves_what_it_said_and_the_next_run_goes_on_from_there(
    model: Path, tmp_path: Path
) -> None:
    doomed = started(model, tmp_path / "server.log")

    def kill_after_three(done: int, total: int) -> None:
        if done == 3:
            ended(doomed)

    questions = [Question(f"第{number}次会议召开。") for number in range(12)]
    try:
        with pytest.raises(EngineStopped) as caught:
            Llm(replace(doomed.settings, parallel=1), kill_after_three).translate(questions, "en")
    finally:
        ended(doomed)
    assert caught.value.answers == dict.fromkeys(range(3), (ANSWER,))
    second = started(model, tmp_path / "second.log")
    try:
        rest = [question for index, question in enumerate(questions) if index not in caught.value.answers]
        assert Llm(second.settings).translate(rest, "en") == [(ANSWER,)] * 9
    finally:
        ended(second)

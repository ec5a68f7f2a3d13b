"""The command with a server that fails in every way: the right exit code, what was said is kept, the next run goes on.

The server is a stand-in, for faults only; tests/llm proves the engine against a real one.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.conftest import write_report
from tests.llm.faulty_server import (
    Behaviour,
    Handler,
    breaks_off,
    completion,
    disappears,
    hangs,
    refuses,
    sends,
    stand_in,
)
from toolkit.cli import main
from toolkit.errors import EngineError
from toolkit.report import InlineText, read_report
from toolkit.translation import State
from toolkit.translation.xliff import read_xliff, xliff_bytes
from toolkit.workspace import Workspace

TITLE = "会议开始"
SENTENCES = ("大家都来参加了会议。", "青稞今年长得很好。", "草原上的花都开了。", "孩子们回到了学校。")
ENGLISH = {
    TITLE: "The meeting begins",
    SENTENCES[0]: "Everyone came to the meeting.",
    SENTENCES[1]: "The barley is growing well this year.",
    SENTENCES[2]: "The flowers on the grassland are all out.",
    SENTENCES[3]: "The children went back to school.",
}


def translates(handler: Handler) -> None:
    """A server that knows these sentences."""
    asked = handler.body["messages"][-1]["content"]
    handler.send_json(completion(next((en for zh, en in ENGLISH.items() if asked.rstrip().endswith(zh)), "What?")))


@pytest.fixture
def newsroom(workspace: Workspace) -> Workspace:
    write_report(workspace, "r", "\n".join((TITLE, *SENTENCES)))
    return workspace


def configure(newsroom: Workspace, url: str) -> None:
    newsroom.settings_file.write_text(
        f'[llm]\nbase_url = "{url}"\nmodel = "Hy-MT2-7B"\nlanguages = ["en"]\nparallel = 1\n'
        "timeout = 0.6\npatience = 1.5\nretries = 1\nprice_in = 1.0\nprice_out = 2.0\n",
        encoding="utf-8",
    )


def run(newsroom: Workspace, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str]:
    """The command's exit code and all it printed; as a program would see it."""
    printed: list[str] = []
    monkeypatch.setattr("sys.argv", ["bulletin", "-C", str(newsroom.root), *arguments])
    monkeypatch.setattr("click.echo", lambda message="", **_: printed.append(str(message)))
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0), "\n".join(printed)


def drafted(newsroom: Workspace) -> dict[str, str]:
    draft = read_xliff(newsroom.source / "r" / "en.xlf", "en")
    return {unit.source.text: unit.target.text for unit in draft.units if unit.target}


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (hangs, "has not answered"),
        (breaks_off, ""),
        (sends(b"<html>Welcome to the wifi</html>", "text/html"), ""),
        (sends(b'{"choices": []}'), ""),
        (refuses(401, "bad key"), "key"),
        (refuses(503, "busy"), ""),
        (disappears, ""),
    ],
    ids=["hangs", "half an answer", "html", "no choices", "refuses the key", "always busy", "disappears"],
)
def test_a_server_that_fails_on_the_way_is_exit_code_4_and_keeps_what_it_said(
    newsroom: Workspace, monkeypatch: pytest.MonkeyPatch, fault: Behaviour, says: str
) -> None:
    with stand_in(translates, translates, fault) as server:
        configure(newsroom, server.url)
        code, printed = run(newsroom, monkeypatch, "draft", "--engine", "llm")
    assert code == EngineError.exit_code
    assert "error:" in printed
    assert "Traceback" not in printed
    assert drafted(newsroom) == {TITLE: ENGLISH[TITLE], SENTENCES[0]: ENGLISH[SENTENCES[0]]}
    with stand_in(translates) as server:
        configure(newsroom, server.url)
        code, _ = run(newsroom, monkeypatch, "draft", "--engine", "llm")
        asked = [body["messages"][-1]["content"] for body in server.bodies]
    assert code == 0
    assert drafted(newsroom) == ENGLISH
    assert len(asked) == 3, "what was said before is not asked again"
    assert not any(content.rstrip().endswith((TITLE, SENTENCES[0])) for content in asked)


def test_chosen_by_the_build_itself_a_failing_server_leaves_gaps_and_the_bulletins_are_made(
    newsroom: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stand_in(translates, refuses(503, "busy")) as server:
        configure(newsroom, server.url)
        code, printed = run(newsroom, monkeypatch, "build")
    assert code == 0
    assert "What it should have drafted stays a gap" in printed
    assert (newsroom.dist / "r" / "r-publishing.pdf").exists()
    assert drafted(newsroom) == {TITLE: ENGLISH[TITLE]}


def test_an_estimate_says_what_it_would_cost_and_asks_nothing(
    newsroom: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stand_in(translates) as server:
        configure(newsroom, server.url)
        code, printed = run(newsroom, monkeypatch, "draft", "--estimate", "--json")
        assert server.bodies == []
    assert code == 0
    (report,) = json.loads(printed.partition("\n{")[1] + printed.partition("\n{")[2] or printed)["reports"]
    english = report["languages"]["en"]
    assert (english["segments"], english["requests"]) == (5, 5)
    assert english["cost"] == pytest.approx((english["tokens_in"] + 2 * english["tokens_out"]) / 1_000_000)
    assert not (newsroom.source / "r" / "en.xlf").exists()


def test_a_term_the_server_forgot_is_asked_for_again_with_a_complaint(
    newsroom: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (newsroom.glossaries / "t.csv").write_text(
        "zh,en,bo,domain,status,zh_accepted,en_accepted,bo_accepted,en_forbidden,bo_forbidden,note,source\n"
        "青稞,highland barley,,,approved,,,,,,,none\n",
        encoding="utf-8",
    )

    def learns(handler: Handler) -> None:
        asked = handler.body["messages"][-1]["content"]
        if "should be “highland barley”" in asked:
            handler.send_json(completion("The highland barley is growing well this year."))
        else:
            translates(handler)

    with stand_in(learns) as server:
        configure(newsroom, server.url)
        code, _ = run(newsroom, monkeypatch, "draft", "--engine", "llm")
    assert code == 0
    draft = read_xliff(newsroom.source / "r" / "en.xlf", "en")
    (unit,) = (unit for unit in draft.units if "青稞" in unit.source.text)
    assert unit.target.text == "The highland barley is growing well this year."
    assert unit.origin is not None
    assert unit.origin.rung == "asked again"


def test_the_key_of_the_server_is_nowhere(newsroom: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "sk-not-to-be-seen"
    monkeypatch.setenv("NEWSROOM_KEY", secret)
    with stand_in(translates, refuses(401, f"Incorrect API key provided: {secret}")) as server:
        configure(newsroom, server.url)
        newsroom.settings_file.write_text(
            newsroom.settings_file.read_text(encoding="utf-8") + 'api_key_env = "NEWSROOM_KEY"\n', encoding="utf-8"
        )
        _, printed = run(newsroom, monkeypatch, "draft", "--engine", "llm")
        assert server.headers[0]["authorization"] == f"Bearer {secret}"
    written = [path.read_bytes() for path in newsroom.root.rglob("*") if path.is_file()]
    assert secret not in printed
    assert not any(secret.encode() in data for data in written)


def test_what_a_person_saves_while_the_engine_drafts_is_kept(
    newsroom: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor signs a sentence in the XLIFF file while the server is still at work on the others."""
    path = newsroom.source / "r" / "en.xlf"
    run(newsroom, monkeypatch, "draft", "--engine", "assemble")

    def while_somebody_saves(handler: Handler) -> None:
        draft = read_xliff(path, "en")
        (unit,) = (unit for unit in draft.units if unit.source.text == SENTENCES[0])
        typed = replace(unit, target=InlineText("All of them came, said Tashi."), state=State.REVIEWED)
        units = tuple(typed if one is unit else one for one in draft.units)
        path.write_bytes(xliff_bytes(replace(draft, units=units), read_report(newsroom.source / "r")))
        translates(handler)

    with stand_in(translates, while_somebody_saves, translates) as server:
        configure(newsroom, server.url)
        code, _ = run(newsroom, monkeypatch, "draft", "--engine", "llm")
    assert code == 0
    assert drafted(newsroom) == {**ENGLISH, SENTENCES[0]: "All of them came, said Tashi."}
    (unit,) = (unit for unit in read_xliff(path, "en").units if unit.source.text == SENTENCES[0])
    assert unit.state is State.REVIEWED

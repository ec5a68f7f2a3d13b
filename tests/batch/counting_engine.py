"""A real server in OpenAI's protocol that keeps a list of what it was asked, and when."""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.build.newsroom import ENGLISH, LIBRARY, TIBETAN
from tests.llm.faulty_server import Handler, completion, stand_in
from toolkit.languages import TARGETS, Language
from toolkit.report import read_report
from toolkit.workspace import Workspace

MODEL = "Hy-MT2-7B"
_ANSWERS: dict[Language, str] = {"en": ENGLISH[LIBRARY], "bo": TIBETAN[LIBRARY]}
_FIGURE = re.compile(r"\d[\d.,]*")
Passage = tuple[Language, str]


@dataclass
class CountingEngine:
    """What the server was asked so far, oldest first: the moment (`time.monotonic`), the language, the text.

    `asked_by` is the address of who asked last.
    """

    url: str = ""
    seconds: float = 0.0
    asked_by: str = ""
    asked: list[tuple[float, Language, str]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, handler: Handler) -> None:
        """Note the question, and say the same to all of a language, with the figures of each."""
        *order, text = handler.body["messages"][-1]["content"].splitlines()
        language: Language = "bo" if "藏语" in "".join(order) else "en"
        with self._lock:
            self.asked_by = handler.client_address[0]
            self.asked.append((time.monotonic(), language, text))
        time.sleep(self.seconds)
        figures = ", ".join(_FIGURE.findall(text))  # or the ladder would ask again and again
        handler.send_json(completion(f"{_ANSWERS[language]} {figures}".strip()))

    def after(self, moment: float) -> set[Passage]:
        """What it was asked after `moment`."""
        with self._lock:
            return {(language, text) for when, language, text in self.asked if when > moment}


@contextlib.contextmanager
def counting_engine(seconds: float = 0.0, host: str = "127.0.0.1") -> Iterator[CountingEngine]:
    """The server, on a free port of this machine; each answer takes so many seconds."""
    engine = CountingEngine(seconds=seconds)
    with stand_in(engine.answer, host=host) as stand:
        engine.url = stand.url
        yield engine


def write_settings(workspace: Workspace, engine: CountingEngine, more: str = "") -> None:
    """Let the workspace ask `engine`, two texts at a time; `more` are lines for [llm]."""
    settings = f'[llm]\nbase_url = "{engine.url}"\nmodel = "{MODEL}"\nparallel = 2\n{more}'
    workspace.settings_file.write_text(settings, encoding="utf-8")


def passages_recorded(workspace: Workspace) -> set[Passage]:
    """What stands drafted beside its report, and is in no other that is not: nobody may ask for it again."""
    found: dict[bool, set[Passage]] = {True: set(), False: set()}
    for folder in workspace.report_folders():
        texts = [segment.text for segment in read_report(folder).segments]
        for language in TARGETS:
            found[(folder / f"{language}.xlf").exists()].update((language, text) for text in texts)
    return found[True] - found[False]

"""The engine `llm`: one request a segment, several under way at once, and nothing lost when the server goes."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from toolkit.errors import EngineError
from toolkit.files import hash_of
from toolkit.languages import NAMES, Language
from toolkit.translation.engine import Abilities, EngineStopped, Question, Tally, Usage
from toolkit.translation.llm.estimate import cost_of, tokens_of, tokens_of_messages
from toolkit.translation.llm.prompts import parcels_of, prompt, room_for, sampling_of, template_of
from toolkit.translation.llm.protocol import ProtocolError, Reply
from toolkit.translation.llm.reply import translation_in, translations_in
from toolkit.translation.llm.server import PromptTooLongError, Server, ServerFailedError
from toolkit.translation.llm.settings import LlmSettings

Progress = Callable[[int, int], None]
"""Called with the number of questions done and of all, after each that is done."""


class Llm:
    """The engine `llm`.  Nothing is sent, and no library loaded, before `translate`."""

    name = "llm"
    abilities = Abilities(takes_terms=True, takes_complaints=True)

    def __init__(self, settings: LlmSettings, progress: Progress | None = None) -> None:
        self.settings = settings
        self.progress = progress
        self._tally = Tally()

    def can_translate(self, target: Language) -> bool:
        """Whether the settings name `target`; the server is not asked."""
        return target in self.settings.languages

    def identity(self, target: Language) -> str:
        """Model, template, and a hash of the settings that change what it says: not of address, key or prices."""
        settings, template = self.settings, template_of(self.settings)
        what_matters = (
            repr(sorted(sampling_of(settings).items(), key=lambda item: item[0])),
            repr(settings.house_style.get(target, ())),
            repr((settings.context, settings.max_tokens, settings.segments_per_request)),
        )
        return f"{self.name} {settings.model} {template.name}-{template.version} {hash_of(*what_matters)[:8]}"

    def usage(self) -> Usage:
        """What it has done so far."""
        return self._tally.total

    def notebook(self, target: Language) -> Path | None:
        """None: terms go into the prompt, so nothing is tried out."""
        return None

    def translate(self, questions: Sequence[Question], target: Language) -> list[tuple[str, ...]]:
        """One answer to each question, or none where the model refused, looped, or said nothing usable twice.

        Raises `EngineStopped` with the answers so far, or `EngineError` when there are none.
        """
        if not self.can_translate(target):
            raise EngineError(
                f"the settings of the engine llm leave out {NAMES[target]}",
                remedy=f'Add "{target}" to `languages` under [llm]',
            )
        job = _Job(self.settings, self._tally, questions, target, self.progress)
        try:
            asyncio.run(job.run())
        except EngineError as fault:
            if not job.answers:
                raise
            raise EngineStopped(fault.problem, answers=job.answers, remedy=fault.remedy) from None
        return [job.answers.get(index, ()) for index in range(len(questions))]


class _Job:
    """One call of `Llm.translate`: `answers` fill up in any order, by the question's index."""

    def __init__(
        self,
        settings: LlmSettings,
        tally: Tally,
        questions: Sequence[Question],
        target: Language,
        progress: Progress | None,
    ) -> None:
        self.answers: dict[int, tuple[str, ...]] = {}
        self._settings = settings
        self._tally = tally
        self._questions = questions
        self._target = target
        self._progress = progress
        self._parcels = deque(parcels_of(questions, settings))
        self._total = sum(map(len, self._parcels))
        self._too_long: PromptTooLongError | None = None
        self._failed: dict[int, ServerFailedError] = {}  # and nothing else has been answered since

    async def run(self) -> None:
        """Ask everything.  Raises `EngineError` as soon as the server, not one text, is at fault."""
        if not self._parcels:
            return
        async with Server(self._settings) as server:
            parcels = len(self._parcels)
            workers = [asyncio.create_task(self._work(server)) for _ in range(min(self._settings.parallel, parcels))]
            try:
                await asyncio.gather(*workers)
                for fault in self._failed.values():
                    raise fault
                if self._too_long and not any(self.answers.values()):
                    self.answers.clear()
                    raise server.too_small(self._too_long)
            finally:
                for worker in workers:
                    worker.cancel()
                await asyncio.gather(*workers, return_exceptions=True)
                begun = parcels - len(self._parcels)
                self._tally.add(retries=max(0, server.posts - begun))

    async def _work(self, server: Server) -> None:
        while self._parcels:
            parcel = self._parcels.popleft()
            alone = parcel if len(parcel) == 1 else await self._ask_together(server, parcel)
            for index in alone:
                await self._settle(server, index)

    async def _settle(self, server: Server, index: int) -> None:
        """Ask for one text and keep what comes.

        A text that a server fails on while it answers others is left without an answer, or no report that holds
        one would ever get past it.
        """
        try:
            text = await self._ask_alone(server, self._questions[index])
        except ServerFailedError as fault:
            self._failed[index] = fault
            if len(self._failed) > 1:
                raise
            return
        for failed in self._failed:
            self._keep(failed, "")
        self._failed.clear()
        self._keep(index, text)

    async def _ask_together(self, server: Server, parcel: tuple[int, ...]) -> tuple[int, ...]:
        """Ask for several texts at once; returns those that must be asked for again, alone."""
        questions = [self._questions[index] for index in parcel]
        try:
            reply = await self._ask(server, questions)
        except (PromptTooLongError, ServerFailedError):
            return parcel
        whole = not reply.is_cut and not reply.is_refused
        texts = translations_in(reply.text, [question.text for question in questions]) if whole else None
        if texts is None:
            return parcel
        for index, text in zip(parcel, texts, strict=True):
            if text:
                self._keep(index, text)
        return tuple(index for index, text in zip(parcel, texts, strict=True) if not text)

    async def _ask_alone(self, server: Server, question: Question) -> str:
        """The translation, or nothing.  A refusal is asked again once; a loop would only loop again."""
        bare = False
        for _ in range(2):
            try:
                reply = await self._ask(server, [question], bare=bare)
            except PromptTooLongError as fault:
                bare = True  # a paragraph may be too much where its sentence is not
                self._too_long = fault
                continue
            text = "" if reply.is_cut or reply.is_refused else translation_in(reply.text, question.text)
            if text or reply.is_cut:
                return text
        return ""

    async def _ask(self, server: Server, questions: Sequence[Question], *, bare: bool = False) -> Reply:
        messages = prompt(questions, self._target, self._settings, bare=bare)
        room = room_for(questions, self._target, self._settings, bare=bare)
        sampling = sampling_of(self._settings)
        try:
            reply = await server.ask(messages, max_tokens=room, sampling=sampling)
        except ProtocolError:
            try:
                reply = await server.ask(messages, max_tokens=room, sampling=sampling)
            except ProtocolError as again:
                raise server.not_a_server(again) from None
        tokens_in = tokens_of_messages(messages) if reply.tokens_in is None else reply.tokens_in
        tokens_out = tokens_of(reply.text) if reply.tokens_out is None else reply.tokens_out
        cost = cost_of(tokens_in, tokens_out, self._settings)
        self._tally.add(tokens_in=tokens_in, tokens_out=tokens_out, cost=cost)
        return reply

    def _keep(self, index: int, text: str) -> None:
        self.answers[index] = (text,) if text else ()
        self._tally.add(questions=bool(text))
        if self._progress is not None:
            self._progress(len(self.answers), self._total)

"""One engine for several reports at once: what all of them ask goes to it in one batch.

Each report climbs the ladder in a thread of its own, but only one of them runs at a time; when all of them wait for the
engine, it is asked once for all.  So the batches are the same whatever the threads do, and what they hold depends on
the reports and their order alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from toolkit.languages import Language
from toolkit.translation.engine import Abilities, Engine, EngineStopped, Question, Tally, Usage

Result = TypeVar("Result")
EngineFor = Callable[[Language], Engine | None]
_SECONDS_TO_END = 1.0
THREAD_NAME = "drafting"


class Abandoned(BaseException):
    """Raised in the threads of a shared drafting that is given up."""


@dataclass
class _Asking:
    """What one report wants to know; `fault` or `answers` once it has been asked."""

    engine: Engine
    target: Language
    questions: Sequence[Question]
    answers: list[tuple[str, ...]] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    fault: BaseException | None = None
    is_done: bool = False


class _Table:
    """Where the reports of one window sit: who runs, who waits, what is asked."""

    def __init__(self, seats: int) -> None:
        self.turn = threading.Condition()
        self.baton: int | None = None
        self.running = set(range(seats))
        self.asking: dict[int, _Asking] = {}
        self.given_up = False

    def take_turn(self, seat: int) -> None:
        with self.turn:
            self.turn.wait_for(lambda: self.given_up or (self.baton is None and seat == min(self.running)))
            if self.given_up:
                raise Abandoned
            self.baton = seat

    def leave(self, seat: int) -> None:
        with self.turn:
            self.running.discard(seat)
            if self.baton == seat:
                self.baton = None
            self.turn.notify_all()

    def ask(self, seat: int, asking: _Asking) -> None:
        with self.turn:
            self.asking[seat] = asking
            self.running.discard(seat)
            self.baton = None
            self.turn.notify_all()
            self.turn.wait_for(lambda: asking.is_done or self.given_up)
        self.take_turn(seat)

    def give_up(self) -> None:
        with self.turn:
            self.given_up = True
            self.turn.notify_all()

    def all_wait(self) -> bool:
        return not self.running

    def answer(self) -> None:
        """Ask the engines what has gathered, each once per language."""
        gathered = dict(sorted(self.asking.items()))
        kinds = dict.fromkeys((id(one.engine), one.target) for one in gathered.values())
        for kind in kinds:
            _ask_for_all([one for one in gathered.values() if (id(one.engine), one.target) == kind])
        with self.turn:
            self.asking.clear()
            self.running |= set(gathered)
            for one in gathered.values():
                one.is_done = True
            self.turn.notify_all()


def _ask_for_all(several: Sequence[_Asking]) -> None:
    """One batch for several reports, what comes twice in it asked once; each gets its own answers, and its share of the
    fault and of the cost."""
    engine, target = several[0].engine, several[0].target
    questions = [question for one in several for question in one.questions]
    before = engine.usage()
    asked = list(dict.fromkeys(questions))
    said: dict[Question, tuple[str, ...]] = {}
    fault: BaseException | None = None
    try:
        said = dict(zip(asked, engine.translate(asked, target), strict=True))
    except EngineStopped as stopped:
        said, fault = {asked[number]: answer for number, answer in stopped.answers.items()}, stopped
    except BaseException as unforeseen:
        fault = unforeseen
    usage = engine.usage().since(before)
    answers = {number: said[question] for number, question in enumerate(questions) if question in said}
    first = 0
    for one in several:
        mine = {number: answers[first + number] for number in range(len(one.questions)) if first + number in answers}
        first += len(one.questions)
        one.usage = _share(usage, len(one.questions), len(questions))
        if len(mine) == len(one.questions):
            one.answers = [mine[number] for number in range(len(mine))]
        elif isinstance(fault, EngineStopped):
            one.fault = EngineStopped(fault.problem, answers=mine, remedy=fault.remedy, path=fault.path)
        else:
            one.fault = fault


def _share(usage: Usage, mine: int, all_of_them: int) -> Usage:
    part = mine / all_of_them if all_of_them else 0.0
    return Usage(
        min(mine, usage.questions),
        round(usage.tokens_in * part),
        round(usage.tokens_out * part),
        round(usage.retries * part),
        usage.cost * part,
    )


class _SeatOfEngine:
    """The engine as one report sees it: it asks, and waits until the others have asked too."""

    def __init__(self, engine: Engine, table: _Table, seat: int) -> None:
        self._engine = engine
        self._table = table
        self._seat = seat
        self._tally = Tally()
        self.name = engine.name
        self.abilities: Abilities = engine.abilities

    def can_translate(self, target: Language) -> bool:
        """As the engine."""
        return self._engine.can_translate(target)

    def identity(self, target: Language) -> str:
        """As the engine."""
        return self._engine.identity(target)

    def notebook(self, target: Language) -> Path | None:
        """As the engine."""
        return self._engine.notebook(target)

    def usage(self) -> Usage:
        """This report's share of what the engine has done."""
        return self._tally.total

    def translate(self, questions: Sequence[Question], target: Language) -> list[tuple[str, ...]]:
        """The answers, when all reports of the window have asked.  Raises what the engine raises."""
        asking = _Asking(self._engine, target, questions)
        self._table.ask(self._seat, asking)
        used = asking.usage
        self._tally.add(
            questions=used.questions,
            tokens_in=used.tokens_in,
            tokens_out=used.tokens_out,
            retries=used.retries,
            cost=used.cost,
        )
        if asking.fault is not None:
            raise asking.fault
        return asking.answers


def _aside(work: Callable[[], None]) -> None:
    """Do `work` in a thread, so that Ctrl-C is heard while a model computes."""
    thread = threading.Thread(target=work, name=THREAD_NAME, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(timeout=0.2)


def draft_together(jobs: Sequence[Callable[[EngineFor], Result]], engine_for: EngineFor) -> list[Result]:
    """Run `jobs`, one per report, so that they share the batches of the engines `engine_for` gives.

    Each job is given what it shall use in the place of `engine_for`.  Returns their results in order; what one raises
    is raised when all have ended, `KeyboardInterrupt` at once.
    """
    table = _Table(len(jobs))
    results: dict[int, Result] = {}
    faults: dict[int, BaseException] = {}

    def run(seat: int) -> None:
        def seat_of(language: Language) -> Engine | None:
            engine = engine_for(language)
            return None if engine is None else _SeatOfEngine(engine, table, seat)

        try:
            table.take_turn(seat)
            results[seat] = jobs[seat](seat_of)
        except BaseException as fault:
            faults[seat] = fault
        finally:
            table.leave(seat)

    threads = [
        threading.Thread(target=run, args=(seat,), name=f"{THREAD_NAME}-{seat}", daemon=True)
        for seat in range(len(jobs))
    ]
    try:
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            with table.turn:
                table.turn.wait_for(table.all_wait, timeout=0.5)
                is_time = table.all_wait() and bool(table.asking)
            if is_time:
                _aside(table.answer)
            elif table.all_wait():
                for thread in threads:
                    thread.join(timeout=0.5)
    except BaseException:
        table.give_up()
        for thread in threads:
            if thread.is_alive():
                thread.join(timeout=_SECONDS_TO_END)
        raise
    for _, fault in sorted(faults.items()):
        raise fault
    return [results[seat] for seat in range(len(jobs))]

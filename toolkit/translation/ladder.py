"""The ladder: text that no person reviewed is tried again, another way, until nothing is wrong or no way is left.

The rungs, in order, each for the whole report in one batch, each answer verified by the checks that write the findings:

1. the first pass; of its n-best the one with the least wrong,
2. certain repairs: a figure, a month, a currency, a forbidden rendering put right where it stands,
3. surrogates: words the model is known to keep stand for those it got wrong, and are swapped back,
4. inline target: the right rendering stands in the Chinese already,
5. clause by clause, officials one by one; each with surrogates where it needs them,
6. repair: the place of what is missing is found in the best text so far, where the evidence is good enough,
7. flagged: the best there is, with its faults as findings.

An engine that takes terms in its prompt is told what was wrong instead of rungs 3 and 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from toolkit.constraints import Constraint, Fault
from toolkit.errors import EngineError
from toolkit.languages import Language
from toolkit.translation.attempt import Attempt, attempt
from toolkit.translation.calibration import Calibration, calibrate
from toolkit.translation.engine import Engine, EngineStopped, Question, Usage
from toolkit.translation.insertion import replace_span
from toolkit.translation.pieces import cut_up, put_together
from toolkit.translation.repair import Item, guesses, repair_document
from toolkit.translation.request import Request
from toolkit.translation.surrogates import is_swappable, swap, with_stand_ins

Progress = Callable[[str, int], None]
_WORDS = frozenset(["number", "date", "currency", "term-forbidden"])  # repairs the sentence has to be fitted to
_SURE_ENOUGH = 0.9  # confidence of a repair by guess that a draft of our own may carry
_MOST_COMPLAINTS = 2
_MOST_ROUNDS_OF_SURROGATES = 2


@dataclass(frozen=True)
class RungCost:
    """What a rung asked of the engine, and how many segments it left open."""

    rung: str
    usage: Usage
    still_open: int


@dataclass(frozen=True)
class Ascent:
    """`attempts` per request, best first; `fault` is what stopped the engine, and `unfinished` which requests it left
    without an answer or half-way up."""

    attempts: tuple[tuple[Attempt, ...], ...]
    costs: tuple[RungCost, ...]
    fault: EngineError | None = None
    unfinished: frozenset[int] = frozenset()


def climb(
    requests: Sequence[Request],
    engine: Engine,
    language: Language,
    progress: Progress = lambda rung, count: None,
    settled: Sequence[Item] = (),
) -> Ascent:
    """Translate `requests` with `engine`, up the ladder.  Never raises an `EngineError`: it is in the result.

    `settled` are the other sentences of the report with the translations they have: repair learns from them which word
    stands for which, so that one sentence drafted anew comes out as it would with all the others.
    """
    ladder = _Ladder(requests, engine, language, progress, settled)
    fault: EngineError | None = None
    try:
        ladder.first_pass()
        ladder.put_right()
        if engine.abilities.takes_terms and engine.abilities.takes_complaints:
            ladder.complain()
        else:
            ladder.surrogates()
            ladder.inline_target()
        ladder.clause_by_clause()
    except EngineError as stopped:
        fault = stopped
    unfinished = frozenset(ladder.open()) if fault else frozenset()
    ladder.repair()
    return Ascent(ladder.ranked(), tuple(ladder.costs), fault, unfinished)


@dataclass(frozen=True)
class _Try:
    """Questions for one request, and how their answers become texts."""

    index: int
    questions: tuple[Question, ...]
    read: Callable[[Sequence[tuple[str, ...]]], Iterable[str]]
    held: tuple[Constraint, ...] = ()


@dataclass
class _Ladder:
    requests: Sequence[Request]
    engine: Engine
    language: Language
    progress: Progress
    settled: Sequence[Item] = ()
    costs: list[RungCost] = field(default_factory=list)
    attempts: list[list[Attempt]] = field(init=False)
    calibration: Calibration | None = None

    def __post_init__(self) -> None:
        self.attempts = [[] for _ in self.requests]

    def open(self) -> list[int]:
        """The requests that no attempt has settled."""
        return [index for index, tries in enumerate(self.attempts) if not any(one.is_settled for one in tries)]

    def ranked(self) -> tuple[tuple[Attempt, ...], ...]:
        """The attempts of each request: printable before word salad, then least wrong, then lowest rung."""
        return tuple(
            tuple(sorted(_distinct(tries), key=lambda one: (not one.is_printable, one.weight)))
            for tries in self.attempts
        )

    def first_pass(self) -> None:
        tries = [_Try(index, (request.question(),), _all_of_one) for index, request in enumerate(self.requests)]
        self._ask("first", tries)

    def put_right(self) -> None:
        for index in self.open():
            for tried in _best(self.attempts[index], 2):
                text = _with_certain_repairs(tried, self.language)
                if text != tried.text:
                    self._add(index, text, f"{tried.rung}, put right", tried.held)

    def complain(self) -> None:
        for _ in range(_MOST_COMPLAINTS):
            tries = []
            for index in self.open():
                best = _best(self.attempts[index], 1)
                faults = best[0].faults if best else ()
                complaint = _complaint(faults) if best else "There was no usable answer."
                tries.append(_Try(index, (self.requests[index].question(complaint=complaint),), _all_of_one))
            self._ask("asked again", tries)
            self.put_right()

    def surrogates(self) -> None:
        for _ in range(_MOST_ROUNDS_OF_SURROGATES):
            tries = []
            for index in self.open():
                unmet = self._unmet(index)
                if not unmet or any(set(unmet) <= set(tried.held) for tried in self.attempts[index]):
                    continue
                request = self.requests[index]
                swapped = swap(request.text, unmet, self._calibration.kept, inline=self._calibration.copies)
                if swapped is not None:
                    question = request.question(text=swapped.text)
                    tries.append(_Try(index, (question,), _restoring(swapped.restored, self.language), tuple(unmet)))
            self._ask("surrogates", tries)
            self.put_right()

    def inline_target(self) -> None:
        tries = []
        for index in self.open():
            unmet = self._unmet(index)
            if unmet and self._calibration.copies:
                request = self.requests[index]
                text = with_stand_ins(request.text, [(one, one.preferred) for one in unmet])
                tries.append(_Try(index, (request.question(text=text),), _all_of_one, tuple(unmet)))
        self._ask("inline target", tries)
        self.put_right()

    def clause_by_clause(self) -> None:
        tries = [one for index in self.open() if (one := self._in_pieces(index)) is not None]
        self._ask("clause by clause", tries)
        self.put_right()

    def repair(self) -> None:
        wanting = [index for index in self.open() if self.attempts[index]]
        if not wanting:
            return
        everything = [index for index, tries in enumerate(self.attempts) if tries]
        items = []
        for index in everything:
            best = _best(self.attempts[index], 1)[0]
            request = self.requests[index]
            items.append(Item(request.text, best.text, request.constraints))
        everywhere = repair_document([*items, *self.settled], self.language)[: len(items)]
        for index, item, repaired in zip(everything, items, everywhere, strict=True):
            is_sure = all(change.confidence >= _SURE_ENOUGH for change in repaired.changes)
            if index in wanting and repaired.text != item.target and is_sure:
                rung = f"{_best(self.attempts[index], 1)[0].rung}, repaired"
                self._add(index, repaired.text, rung, note=guesses(repaired.changes))

    def _in_pieces(self, index: int) -> _Try | None:
        request = self.requests[index]
        unmet = [] if self.engine.abilities.takes_terms else self._unmet(index)
        pieces = cut_up(request, unmet, lambda: self._calibration, self.language)
        if len(pieces) < 2:
            return None
        questions = tuple(question for piece in pieces for question in piece.questions)
        return _Try(index, questions, lambda answers: put_together(pieces, answers, self.language))

    def _unmet(self, index: int) -> list[Constraint]:
        """The constraints to stand in for: those the best attempt does not keep, or keeps thanks to a stand-in.

        All of them where there is no attempt.
        """
        request = self.requests[index]
        best = _best(self.attempts[index], 1)
        if not best:
            return [one for one in request.constraints if is_swappable(one) and not one.is_weak]
        faulty = {fault.constraint for fault in best[0].faults if fault.constraint is not None}
        same = {(one.source, one.targets) for one in (*faulty, *(best[0].held if faulty else ()))}
        return [one for one in request.constraints if (one.source, one.targets) in same and is_swappable(one)]

    @property
    def _calibration(self) -> Calibration:
        """Found out once.  Not a `cached_property`: all ladders share its lock, and the engine may wait for them."""
        if self.calibration is not None:
            return self.calibration
        before = self.engine.usage()
        found = calibrate(self.engine, self.language)
        usage = self.engine.usage().since(before)
        if usage.questions:
            self.costs.append(RungCost("calibration", usage, len(self.open())))
        self.calibration = found
        return found

    def _ask(self, rung: str, tries: Sequence[_Try]) -> None:
        """Ask the engine all questions of a rung at once, and verify what comes back."""
        if not tries:
            return
        self.progress(rung, len(tries))
        before = self.engine.usage()
        questions = [question for one in tries for question in one.questions]
        fault: EngineStopped | None = None
        try:
            answers = dict(enumerate(self.engine.translate(questions, self.language))) if questions else {}
        except EngineStopped as stopped:
            answers, fault = stopped.answers, stopped
        position = 0
        for one in tries:
            mine = range(position, position + len(one.questions))
            position += len(one.questions)
            if all(number in answers for number in mine):
                for rank, text in enumerate(one.read([answers[number] for number in mine])):
                    self._add(one.index, text, f"{rung}, n-best {rank + 1}" if rank else rung, one.held)
        self.costs.append(RungCost(rung, self.engine.usage().since(before), len(self.open())))
        if fault is not None:
            raise fault

    def _add(self, index: int, text: str, rung: str, held: tuple[Constraint, ...] = (), *, note: str = "") -> None:
        self.attempts[index].append(attempt(text, rung, self.requests[index], self.language, held, note))


def _all_of_one(answers: Sequence[tuple[str, ...]]) -> Iterable[str]:
    return answers[0]


def _restoring(
    restore: Callable[[str, Language], str | None], language: Language
) -> Callable[[Sequence[tuple[str, ...]]], Iterable[str]]:
    def read(answers: Sequence[tuple[str, ...]]) -> Iterable[str]:
        restored = (restore(text, language) for text in answers[0])
        return [text for text in restored if text is not None]

    return read


def _best(tries: Sequence[Attempt], count: int) -> list[Attempt]:
    return sorted(tries, key=lambda one: (not one.is_printable, one.weight))[:count]


def _distinct(tries: Iterable[Attempt]) -> list[Attempt]:
    return list({one.text: one for one in reversed(list(tries))}.values())[::-1]


def _with_certain_repairs(tried: Attempt, language: Language) -> str:
    """Every fault that says what should stand in its place put right, from the end, none over another."""
    text = tried.text
    last = len(text) + 1
    for fault in sorted(tried.faults, key=lambda one: one.target_span or (0, 0), reverse=True):
        span, repair = fault.target_span, fault.repair
        if span is None or repair is None or span[1] > last:
            continue
        if fault.check in _WORDS:
            text = replace_span(text, span, repair, language)
        else:
            before = text[: span[0]].rstrip(" ") if not repair and text[span[1] :][:1] in " ,.;:!?" else text[: span[0]]
            text = before + repair + text[span[1] :]
        last = span[0]
    return text


def _complaint(faults: Sequence[Fault]) -> str:
    return " ".join(dict.fromkeys(fault.reason for fault in faults))

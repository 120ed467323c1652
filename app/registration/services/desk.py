"""The admission desk: people who press at the same time are let in together.

One transaction a person would make a crowd wait for one commit after the other. Here whoever gets the lock of the
event decides about all who wait in this process, in their order, and hands out the answers.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, inspect

from app.kernel.db import db, is_inside_verb, transactional
from app.kernel.errors import Unavailable
from app.registration import queries
from app.registration.inputs import Application
from app.registration.models import Registration
from app.registration.services import joining
from app.registration.services.joining import Outcome

MOST_TOGETHER = 32
PATIENCE = 60.0  # seconds; whoever sends the form again later gets the same answer
_Answer = Outcome | int  # the id of a registration that belongs to the session of another thread


@dataclass(eq=False, slots=True, kw_only=True)
class Turn:
    """Somebody at the desk. Woken with an answer or an error; or with neither: to lead."""

    application: Application
    within_limit: bool
    now: datetime
    answer: _Answer | None = None
    error: BaseException | None = None
    woken: threading.Event = field(default_factory=threading.Event)


class _Desks:
    """Who waits, by event. The first to come leads, and so stands first; then the first of those who are left."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: dict[int, list[Turn]] = {}

    def come(self, event_id: int, turn: Turn) -> bool:
        """Queue up; says whether one leads."""
        with self._mutex:
            leads = event_id not in self._waiting
            self._waiting.setdefault(event_id, []).append(turn)
            return leads

    def take(self, event_id: int) -> list[Turn]:
        """The leader and those who can be let in along; they wait no more."""
        with self._mutex:
            waiting = self._waiting[event_id]
            taken = together(waiting)
            self._waiting[event_id] = [one for one in waiting if one not in taken]
            return taken

    def pass_on(self, event_id: int) -> None:
        """Let the next who waits lead."""
        with self._mutex:
            if waiting := self._waiting[event_id]:
                waiting[0].woken.set()
            else:
                del self._waiting[event_id]

    def leave(self, event_id: int, turn: Turn) -> bool:
        """Give up; says whether that was in time, before anybody took the turn or made it lead."""
        with self._mutex:
            waiting = self._waiting.get(event_id, [])
            if turn.woken.is_set() or turn not in waiting:
                return False
            waiting.remove(turn)
            return True


_DESKS: WeakKeyDictionary[Engine, _Desks] = WeakKeyDictionary()  # of each installation in this process


def together(waiting: Sequence[Turn]) -> list[Turn]:
    """The first and those who can be decided about along with it: what joining.admit asks for holds of them."""
    taken: list[Turn] = []
    seen: set[tuple[str, object]] = set()
    for one in waiting:
        marks = _marks(one.application)
        if one.within_limit == waiting[0].within_limit and not marks & seen:
            taken.append(one)
            seen |= marks
        if len(taken) == MOST_TOGETHER:
            break
    return taken


def _marks(application: Application) -> set[tuple[str, object]]:
    """What only one of those who are let in together may have."""
    marks: set[tuple[str, object]] = {("address", application.person.email_key), ("form", application.form_key)}
    if application.invitation_id is not None:
        marks.add(("invitation", application.invitation_id))
    return marks


def admit(event_id: int, application: Application, *, within_limit: bool = False, now: datetime) -> Outcome:
    """Let somebody in, together with whoever waits for the same event; see joining.admit.

    What the caller has read is let go first. Raises Unavailable when there is no answer in time.
    """
    if is_inside_verb():  # one transaction cannot wait for another
        (outcome,) = joining.admit(event_id, [application], within_limit=within_limit, now=now)
        return outcome
    db.session.rollback()  # who waits keeps no connection
    desks = _DESKS.setdefault(db.engine, _Desks())
    turn = Turn(application=application, within_limit=within_limit, now=now)
    if desks.come(event_id, turn) or _waits_to_lead(desks, event_id, turn):
        try:
            _lead(desks, event_id, turn)
        finally:
            desks.pass_on(event_id)
    return _outcome(turn)


def _waits_to_lead(desks: _Desks, event_id: int, turn: Turn) -> bool:
    if not turn.woken.wait(PATIENCE) and (desks.leave(event_id, turn) or not turn.woken.wait(PATIENCE)):
        raise Unavailable
    return turn.answer is None and turn.error is None


def _outcome(turn: Turn) -> Outcome:
    if turn.error is not None:
        raise turn.error
    if isinstance(turn.answer, int):
        return queries.registration(turn.answer)
    assert turn.answer is not None  # noqa: S101 (the leader gave one or the other)
    return turn.answer


def _lead(desks: _Desks, event_id: int, leader: Turn) -> None:
    batch: list[Turn] = []
    try:
        answers = _let_in(desks, event_id, batch)
        for one, answer in zip(batch, answers, strict=True):
            one.answer = answer
    except BaseException as error:
        batch = batch or desks.take(event_id)
        _answer_after(event_id, batch, error)
    finally:
        for one in batch:
            if one is not leader:
                one.woken.set()


@transactional
def _let_in(desks: _Desks, event_id: int, batch: list[Turn]) -> list[_Answer]:
    """Who comes while one waits for the lock is let in too; the same people again where the verb runs again."""
    queries.wait_for_seats(event_id)
    if not batch:
        batch += desks.take(event_id)
    outcomes = joining.admit(
        event_id,
        [one.application for one in batch],
        within_limit=batch[0].within_limit,
        moments=[one.now for one in batch],
        now=max(one.now for one in batch),
    )
    return [_to_hand_out(outcome) for outcome in outcomes]


def _to_hand_out(outcome: Outcome) -> _Answer:
    """A row goes to no other thread than that of its session."""
    if isinstance(outcome, Registration) and not inspect(outcome).transient:
        return outcome.id
    return outcome


def _answer_after(event_id: int, batch: Sequence[Turn], error: BaseException) -> None:
    """What is wrong with one is not the fault of the others; where nothing goes, nobody tries in vain."""
    if len(batch) == 1:
        batch[0].error = error
    elif isinstance(error, Exception) and not isinstance(error, Unavailable):
        for one in batch:
            _let_in_alone(event_id, one)
    else:
        for one in batch:
            one.error = Unavailable()
        if not isinstance(error, Exception):
            raise error


def _let_in_alone(event_id: int, turn: Turn) -> None:
    try:
        (outcome,) = joining.admit(event_id, [turn.application], within_limit=turn.within_limit, now=turn.now)
        turn.answer = _to_hand_out(outcome)
    except Exception as error:
        turn.error = error

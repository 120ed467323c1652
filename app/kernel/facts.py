"""Facts: what happened, in the past tense, told to higher rooms inside the same transaction.

A verb records a fact; directly after the verb, and before the commit, every handler of its class
runs. Handlers only write rows. What is slow or outside the database becomes a job there.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Ancestor of all facts; fields are ids and plain values, never rows."""


F = TypeVar("F", bound=Fact)
Gathered = dict[tuple[Callable[[Any], None], Any], None]
_handlers: dict[type[Fact], list[Callable[[Any], None]]] = defaultdict(list)
_gatherers: dict[type[Fact], list[tuple[Callable[[Any], None], str]]] = defaultdict(list)
_recorded: ContextVar[deque[Fact]] = ContextVar("recorded_facts")
_gathered: ContextVar[Gathered | None] = ContextVar("gathered", default=None)


def on(*kinds: type[F]) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """Register a handler for facts of these kinds. Handlers run in the order of their registration."""

    def register(handler: Callable[[F], None]) -> Callable[[F], None]:
        for kind in kinds:
            if handler not in _handlers[kind]:
                _handlers[kind].append(handler)
        return handler

    return register


def once(*kinds: type[Fact], by: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Register work that is done once for each value of the field ``by``, when the outermost verb ends.

    For what is dear and only looks at the outcome: ten changes of one event are rendered once.
    """

    def register(work: Callable[[Any], None]) -> Callable[[Any], None]:
        for kind in kinds:
            if (work, by) not in _gatherers[kind]:
                _gatherers[kind].append((work, by))
        return work

    return register


def record(fact: Fact) -> None:
    """Note a fact; its handlers run when the verb ends, before any commit. LookupError outside a verb."""
    _recorded.get().append(fact)


@contextmanager
def recording() -> Iterator[None]:
    """Gather the facts of one verb and answer them at its end, in the order they happened."""
    facts: deque[Fact] = deque()
    found = _gathered.get()
    gathered: Gathered = {} if found is None else found
    outer = _gathered.set(gathered) if found is None else None
    token = _recorded.set(facts)
    try:
        yield
        _answer(facts, gathered)
        while outer and gathered:
            work, value = next(iter(gathered))
            del gathered[work, value]
            work(value)
            _answer(facts, gathered)
    finally:
        _recorded.reset(token)
        if outer:
            _gathered.reset(outer)


def _answer(facts: deque[Fact], gathered: Gathered) -> None:
    while facts:
        fact = facts.popleft()
        for handler in _handlers[type(fact)]:
            handler(fact)
        for work, by in _gatherers[type(fact)]:
            gathered[work, getattr(fact, by)] = None

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
_handlers: dict[type[Fact], list[Callable[[Any], None]]] = defaultdict(list)
_recorded: ContextVar[deque[Fact]] = ContextVar("recorded_facts")


def on(*kinds: type[F]) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """Register a handler for facts of these kinds. Handlers run in the order of their registration."""

    def register(handler: Callable[[F], None]) -> Callable[[F], None]:
        for kind in kinds:
            if handler not in _handlers[kind]:
                _handlers[kind].append(handler)
        return handler

    return register


def record(fact: Fact) -> None:
    """Note a fact; its handlers run when the verb ends, before any commit. LookupError outside a verb."""
    _recorded.get().append(fact)


@contextmanager
def recording() -> Iterator[None]:
    """Gather the facts of one verb, and answer them at its end in the order they happened."""
    token = _recorded.set(facts := deque())
    try:
        yield
        while facts:
            fact = facts.popleft()
            for handler in _handlers[type(fact)]:
                handler(fact)
    finally:
        _recorded.reset(token)

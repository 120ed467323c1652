"""Who comes to a gate, and what they need, is gathered further up; whoever knows it says so here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.events.models import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AtGate:
    """``people`` are name, organisation and group; ``totals`` a heading with how many want what, in words."""

    people: Sequence[tuple[str, str, str]] = ()
    totals: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()


Teller = Callable[[Event], AtGate]
_tellers: list[Teller] = []


def tells_who_comes(teller: Teller) -> Teller:
    """Let a higher room tell who comes; the last one that says so does."""
    _tellers[:] = [teller]
    return teller


def at_gate(event: Event) -> AtGate:
    """Names and totals of everybody with a confirmed place; nothing in a house where no room knows."""
    return _tellers[0](event) if _tellers else AtGate()

"""What hosts ask of their guests is known further up; whoever knows it says so here, for every page of an agenda."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from app.kernel.texts import Texts

Tell = Callable[[Collection[int]], Mapping[int, Texts]]
_tellers: list[Tell] = []


def tells_house_rules(tell: Tell) -> Tell:
    """Let a higher room tell the safety rules of stops; it is asked once for all items of a page."""
    if tell not in _tellers:
        _tellers.append(tell)
    return tell


def house_rules_of(item_ids: Collection[int]) -> dict[int, Texts]:
    """The safety rules of these items, where a host has written any."""
    found: dict[int, Texts] = {}
    for tell in _tellers if item_ids else ():
        found |= tell(item_ids)
    return found

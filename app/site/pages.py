"""Putting a page together: the part that may be kept, and the frame round it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime

from flask import current_app

from app.site import queries
from app.site.cache import Part, Parts
from app.site.presenters.choices import ChoiceValues, Values


class Shelf:
    """What this process keeps of public pages. In tests, where the same versions come again, nothing."""

    def __init__(self, *, keeps: bool) -> None:
        self.parts = Parts() if keeps else Parts(0)
        self.values = ChoiceValues()
        self.keeps = keeps


def shelf() -> Shelf:
    return current_app.extensions["filo_pages"]  # type: ignore[no-any-return]


def part(key: Hashable, now: datetime, render: Callable[[int], Part]) -> Part:
    """The kept part under a key, or what ``render`` makes of the present version."""
    version = queries.pages_version()
    return shelf().parts.get(key, version=version, now=now, render=lambda: render(version))


def filter_values(version: int, now: datetime) -> Values:
    here = shelf()
    return here.values.at(version, now, keeps=here.keeps)

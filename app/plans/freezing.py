"""A draft as the content of a version, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.kernel.texts import Texts
from app.plans.models import PlanChapter
from app.plans.rules.plans import Chapter


def content_of(rows: Iterable[PlanChapter]) -> list[dict[str, Any]]:
    """Plain JSON: chapters in their order."""
    return [{"key": one.key, "title": dict(one.title), "body": dict(one.body)} for one in rows]


def chapters_in(content: Iterable[dict[str, Any]]) -> tuple[Chapter, ...]:
    """What :func:`content_of` froze."""
    return tuple(Chapter(one["key"], Texts(one["title"]), Texts(one["body"])) for one in content)

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChanged(Fact):
    """What everybody reads of a write-up is otherwise now: published, withdrawn, edited."""

    story_id: int

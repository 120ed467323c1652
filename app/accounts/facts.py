from __future__ import annotations

from dataclasses import dataclass

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAdded(Fact):
    """``name`` is empty when nobody gave one."""

    account_id: int
    email: str
    name: str = ""

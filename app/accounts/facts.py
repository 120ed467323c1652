from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAdded(Fact):
    """``name`` is empty when nobody gave one."""

    account_id: int
    email: str
    name: str = ""
    at: datetime

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceChanged(Fact):
    """What pages show of a service, or its stage."""

    service_id: int

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from app.kernel.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileInput:
    """``staff`` in full-time equivalents; what is None was not given."""

    looking_for: Texts = field(default_factory=Texts)
    offers: Texts = field(default_factory=Texts)
    founded_year: int | None = None
    staff: Decimal | None = None
    committed_members: int | None = None
    small_companies: int | None = None
    large_companies: int | None = None
    research_bodies: int | None = None
    other_members: int | None = None
    target_countries: tuple[str, ...] = ()

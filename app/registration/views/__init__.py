"""Registering, and one's own registration."""

from __future__ import annotations

from app.registration.views import joining as joining
from app.registration.views import mine as mine
from app.registration.views import own as own
from app.registration.views.blueprint import bp

__all__ = ["bp"]

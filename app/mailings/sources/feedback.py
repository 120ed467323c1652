"""The feedback form of an event."""

from __future__ import annotations

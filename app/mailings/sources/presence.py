"""Those who were there, and those who had a place and were not."""

from __future__ import annotations

"""Asking a stranger's server for a file without becoming its tool; see docs/decisions/0011."""

from __future__ import annotations

from app.freebusy.fetching.client import Fetched, Limits, fetch
from app.freebusy.fetching.network import Network

__all__ = ["Fetched", "Limits", "Network", "fetch"]

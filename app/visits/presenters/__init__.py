"""Itineraries, hosts and roadbooks as pages and papers show them, in the language in force."""

from __future__ import annotations

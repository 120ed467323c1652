"""Every SELECT of the room, by what it is asked for."""

from __future__ import annotations

from app.profiles.queries.peers import (
    Common,
    country_names,
    find_profile,
    interests_of,
    memberships_of,
    organisations,
    peers_of,
    profiles_of,
)

__all__ = (
    "Common",
    "country_names",
    "find_profile",
    "interests_of",
    "memberships_of",
    "organisations",
    "peers_of",
    "profiles_of",
)

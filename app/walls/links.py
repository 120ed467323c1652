"""The link of a screen: it opens what is noted at an event, and an internal event, on a computer nobody signs in to.

It is computed, opens one event only, and shows nothing beyond the agenda once the event is over.
"""

from __future__ import annotations

from flask import current_app

from app.kernel.ids import is_genuine, public_id_of, signed_token

PURPOSE = "screen"


def key_of(event_id: int) -> str:
    return signed_token(_key(), PURPOSE, str(event_id), 1)


def opens(key: str, event_id: int) -> bool:
    """Whether a key was made for the screens of this event."""
    return public_id_of(key) == str(event_id) and is_genuine(key, _key(), PURPOSE, 1)


def _key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]

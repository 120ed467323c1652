from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.materials import viewers


@pytest.fixture
def recognised() -> Iterator[None]:
    """As the room of registrations does: one token, for every event."""
    recognise = viewers.recognises_participants(lambda token, event_id: token == f"token-of-{event_id}")
    yield
    viewers._recognisers.remove(recognise)

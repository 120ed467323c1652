"""What makes the feed of write-ups read otherwise."""

from __future__ import annotations

from app.changes.services import touch
from app.kernel import clock
from app.kernel.facts import Fact, on
from app.network.facts import OrganisationChanged
from app.stories.facts import StoryChanged

COLLECTION = "stories"


@on(StoryChanged, OrganisationChanged)
def read_otherwise(_fact: Fact) -> None:
    touch({COLLECTION}, now=clock.now())

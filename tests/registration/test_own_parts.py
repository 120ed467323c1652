from __future__ import annotations

import json

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.registration import links
from app.subgroups import services as subgroups
from tests.builders import NOW, make_event, make_manager, make_organisation
from tests.registration.helpers import join


def test_the_own_page_and_the_data_show_what_other_rooms_know(client: FlaskClient, database: Session) -> None:
    organiser = make_organisation()
    event = make_event(organiser=organiser)
    registration = join(event.id, "ada")
    address = f"/registrations/{links.token(registration)}"
    assert "Your group" not in client.get(address).text
    subgroups.make(event_slug=event.slug, size=8, actor=make_manager(organiser), now=NOW)
    assert "Your group" in client.get(address).text
    assert "1" in json.loads(client.get(f"{address}/data").text)["group"]

"""A visit whose diary is open, somebody who writes, and what a phone would send."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from flask import current_app
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.agenda.models import AgendaItem
from app.diaries.inputs import FieldChange
from app.diaries.rules import Prompt
from app.diaries.rules.merging import Change, Version
from app.diaries.services import writing
from app.events.models import Event
from app.kernel.db import db
from app.network.models import Organisation
from app.registration import links
from app.registration.models import Registration
from tests.sheets.helpers import seat
from tests.visits.helpers import make_visit, stop

TODAY = datetime.now(UTC).replace(microsecond=0)
PEOPLE = (("Ada", "Esempio"), ("Bo", "Beispiel"), ("Cara", "Primer"))


def open_visit(**changes: Any) -> Event:
    """One that began an hour ago, so that its diary is open."""
    begins = changes.pop("begins", TODAY - timedelta(hours=1))
    return make_visit(starts_at=begins, ends_at=begins + timedelta(hours=6), timezone="UTC", **changes)


def two_stops(event: Event, host: Organisation | None = None) -> tuple[AgendaItem, AgendaItem]:
    hosted = {"host_id": host.id} if host else {}
    return stop(event, "0 08:00 09:00", "First stop", **hosted), stop(event, "0 10:00 11:00", "Second stop")


def people(event: Event) -> list[int]:
    return seat(event, *PEOPLE)


def link(registration_id: int) -> str:
    return f"/registrations/{links.token(db.session.get_one(Registration, registration_id))}"


def change(item_id: int, text: str, prompt: Prompt = Prompt.SEEN, **changes: Any) -> FieldChange:
    """What a device wrote; ``shared``, ``named``, ``at``, ``sees``, ``drops`` (one or several versions that it had)."""
    had = frozenset(changes.get("sees", ()))
    version = Version(
        id=changes.get("name") or str(uuid4()),
        text=text,
        is_shared=changes.get("shared", False),
        is_named=changes.get("named", False),
        written_at=changes.get("at", TODAY),
    )
    put = Change(version=version, sees=had, drops=frozenset(changes.get("drops", had)))
    return FieldChange(item_id=item_id, prompt=prompt, change=put)


def write(registration_id: int, *changes: FieldChange, now: datetime = TODAY) -> dict[str, str]:
    return writing.save(
        registration_id,
        changes=changes,
        link_version=db.session.get_one(Registration, registration_id).link_version,
        retention_days=current_app.config["FILO"].retention_days,
        now=now,
    )


def sent(one: FieldChange) -> dict[str, Any]:
    """The same as JSON."""
    version = one.change.version
    return {
        "item": one.item_id,
        "prompt": str(one.prompt),
        "id": version.id,
        "text": version.text,
        "shared": version.is_shared,
        "named": version.is_named,
        "at": int(version.written_at.timestamp() * 1000),
        "sees": sorted(one.change.sees),
        "drops": sorted(one.change.drops),
    }


def save_stop(client: FlaskClient, base: str, item: AgendaItem, **typed: str) -> TestResponse:
    """The form of a stop, filled like ``seen_text="…"``, ``ask_shared="y"``."""
    hidden = hidden_of(client.get(f"{base}/diary").text, item)
    fields = {f"stop-{item.id}-{name.replace('_', '-', 1)}": text for name, text in typed.items()}
    return client.post(f"{base}/diary/stops/{item.id}", data=hidden | fields)


def hidden_of(html: str, item: AgendaItem) -> dict[str, str]:
    """What the form of a stop sends along unseen."""
    found = re.findall(r'<input id="[^"]*" name="([^"]*)" type="hidden" value="([^"]*)"', html)
    return {name: value for name, value in found if name.startswith(f"stop-{item.id}-")}

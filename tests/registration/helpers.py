from __future__ import annotations

from typing import Any

from app.network.rules import OrganisationType
from app.registration.inputs import PersonInput
from app.registration.models import Registration
from app.registration.services import joining
from tests.builders import NOW


def person(name: str = "ada", **changes: Any) -> PersonInput:
    values = {
        "given_name": name.capitalize(),
        "family_name": "Esempio",
        "email": f"{name}@company.example",
        "organisation": "Company Example",
        "org_type": OrganisationType.COMPANY,
        "country_code": "IT",
    }
    return PersonInput(**values | changes)


def join(event_id: int, name: str, *, form_key: str | None = None, **changes: Any) -> Registration:
    return joining.join(
        event_id=event_id, person=person(name, **changes), form_key=form_key or f"form-of-{name}-{'x' * 12}", now=NOW
    )

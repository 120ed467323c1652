"""What forms and filters offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.models import Country, Organisation, Region, Sector, Specialisation


class Choice(NamedTuple):
    id: Any
    name: Texts


def country_choices() -> list[Choice]:
    return [Choice(*row) for row in db.session.execute(select(Country.code, Country.name).order_by(Country.code))]


def region_choices() -> list[Choice]:
    return [Choice(*row) for row in db.session.execute(select(Region.code, Region.name).order_by(Region.code))]


def sector_choices() -> list[Choice]:
    return [Choice(*row) for row in db.session.execute(select(Sector.id, Sector.name).order_by(Sector.position))]


def specialisation_choices() -> list[Choice]:
    rows = db.session.execute(select(Specialisation.id, Specialisation.name).order_by(Specialisation.id))
    return [Choice(*row) for row in rows]


def organisation_choices(among: frozenset[int] | None = None) -> Sequence[tuple[int, str]]:
    """``(id, name)`` of organisations by name; only those ``among``, if given."""
    query = select(Organisation.id, Organisation.name)
    if among is not None:
        query = query.where(Organisation.id.in_(among))
    return [(row.id, row.name) for row in db.session.execute(query.order_by(Organisation.name))]

"""Countries, regions, sectors and specialisations. Putting one again replaces its words."""

from __future__ import annotations

from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.texts import Texts
from app.network import queries
from app.network.actors import Actor
from app.network.errors import MayNotEdit
from app.network.facts import CountryChanged, SectorChanged
from app.network.models import Country, Region, Sector, Specialisation
from app.network.rules import CountryBox, DevelopmentCategory


@transactional
def put_country(code: str, name: Texts, box: CountryBox, *, actor: Actor) -> None:
    _check_administrator(actor)
    standing = queries.find_country(code)
    if standing and standing.name != name:
        record(CountryChanged(country_code=code))
    db.session.merge(
        Country(code=code, name=name, south=box.south, west=box.west, north=box.north, east=box.east), load=True
    )


@transactional
def put_region(
    code: str, country_code: str, name: Texts, development: DevelopmentCategory | None, *, actor: Actor
) -> None:
    """A NUTS region; ``development`` is empty outside of the European Union."""
    _check_administrator(actor)
    db.session.merge(Region(code=code, country_code=country_code, name=name, development=development))


@transactional
def put_sector(id: str, name: Texts, position: int, *, aliases: tuple[str, ...] = (), actor: Actor) -> None:
    _check_administrator(actor)
    if any(standing.name != name for standing in queries.sectors((id,))):
        record(SectorChanged(sector_id=id))
    db.session.merge(Sector(id=id, name=name, aliases=list(aliases), position=position))


@transactional
def put_specialisation(id: str, sector_id: str, name: Texts, *, actor: Actor) -> None:
    _check_administrator(actor)
    db.session.merge(Specialisation(id=id, sector_id=sector_id, name=name))


def _check_administrator(actor: Actor) -> None:
    if not actor.is_administrator:
        raise MayNotEdit

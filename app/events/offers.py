"""What the forms of events offer, worded in the language in force."""

from __future__ import annotations

from app.events import queries
from app.events.forms import Offered
from app.kernel.i18n import language
from app.network.actors import Actor
from app.network.queries import country_choices, organisation_choices, region_choices, sector_choices


def offered_to(actor: Actor) -> Offered:
    """Everything an event's form may choose from; organisers are those in whose name the actor may plan."""
    lang = language()
    venues = queries.venue_choices()
    return Offered(
        organisers=list(organisation_choices(None if actor.is_administrator else actor.managed_ids)),
        venues=[(row.id, f"{row.name.wording(lang)}, {row.city}") for row in venues],
        venue_zones={row.id: row.timezone for row in venues},
        countries=[(choice.id, choice.name.wording(lang).text) for choice in country_choices()],
        regions=[(choice.id, f"{choice.name.wording(lang)} ({choice.id})") for choice in region_choices()],
        sectors=[(choice.id, choice.name.wording(lang).text) for choice in sector_choices()],
        groups=[(row.id, row.name.wording(lang).text) for row in queries.group_choices()],
        projects=[(row.id, row.acronym) for row in queries.project_choices()],
        phases=[(row.id, f"{row.acronym}: {row.name.wording(lang)}") for row in queries.phase_choices()],
        series=[(row.id, row.title.wording(lang).text) for row in queries.series_choices()],
    )


def offered_to_series() -> Offered:
    """What a series' form may choose from."""
    lang = language()
    return Offered(
        projects=[(row.id, row.acronym) for row in queries.project_choices()],
        regions=[(choice.id, f"{choice.name.wording(lang)} ({choice.id})") for choice in region_choices()],
    )


def own_organiser(actor: Actor, offered: Offered) -> int | None:
    """In whose name somebody most likely plans; None where that has to be asked.

    It is the only organisation that the actor manages, else the only one that he or she belongs to, else the only one
    that there is to choose.
    """
    choices = frozenset(value for value, _words in offered.organisers)
    nearest = actor.managed_ids & choices or actor.organisation_ids & choices or choices
    return next(iter(nearest)) if len(nearest) == 1 else None


def persons() -> list[tuple[int, str]]:
    return [(row.id, f"{row.family_name}, {row.given_name}") for row in queries.person_choices()]


def organisations() -> list[tuple[int, str]]:
    return list(organisation_choices())

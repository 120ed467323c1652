"""Invented participants; their addresses are at company.example."""

from __future__ import annotations

from app.kernel.ids import slugify
from app.network.rules import OrganisationType
from app.registration.inputs import PersonInput

_GIVEN = ("Alba", "Bruno", "Clara", "Dino", "Eva", "Fritz", "Greta", "Hugo", "Ines", "Jana", "Karel", "Lea")
_FAMILY = ("Esempio", "Muster", "Prova", "Vzor", "Primer", "Minta", "Przykład", "Beispiel", "Segnaposto")
_ORGANISATIONS = (
    ("Officina Esempio", OrganisationType.COMPANY, "IT"),
    ("Musterwerk", OrganisationType.COMPANY, "DE"),
    ("Cluster Prova", OrganisationType.CLUSTER_ORGANISATION, "IT"),
    ("Agentur Beispiel", OrganisationType.DEVELOPMENT_AGENCY, "AT"),
    ("Inštitut Primer", OrganisationType.RESEARCH, "SI"),
    ("Firma Vzor", OrganisationType.COMPANY, "CZ"),
    ("Minta Kft.", OrganisationType.COMPANY, "HU"),
)
_LOCALES = {"IT": "it", "DE": "de", "AT": "de"}


def participant(number: int, *, diet: str = "") -> PersonInput:
    """The n-th invented participant; the same number is always the same person."""
    given, family = _GIVEN[number % len(_GIVEN)], _FAMILY[number // len(_GIVEN) % len(_FAMILY)]
    organisation, kind, country = _ORGANISATIONS[number % len(_ORGANISATIONS)]
    return PersonInput(
        given_name=given,
        family_name=family,
        email=f"{slugify(given)}.{slugify(family)}.{number}@company.example",
        organisation=organisation,
        org_type=kind,
        country_code=country,
        diet=diet,
        locale=_LOCALES.get(country, "en"),
    )

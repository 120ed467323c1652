"""What a search finds of the network; written in the transaction of the verb that changed it."""

from __future__ import annotations

from app.network import queries
from app.network.models import Organisation, Person, Project, ThematicGroup
from app.search.facets import Facets
from app.search.services import forget, index


def index_organisation(organisation: Organisation) -> None:
    parent = queries.organisation(organisation.unit_of_id) if organisation.unit_of_id else None
    names = [organisation.name, organisation.short_name or "", *organisation.aliases]
    above = [parent.name, parent.short_name or "", *parent.aliases] if parent else []
    facets = Facets(sectors=tuple(one.id for one in organisation.sectors), countries=(organisation.country_code,))
    index("organisation", organisation.id, names=names, texts=[*above, *_about(organisation)], facets=facets)


def index_around(organisation: Organisation) -> None:
    """The organisation, and what is found by its name: its units, and its people in public."""
    index_organisation(organisation)
    for unit in queries.units_of(organisation.id):
        index_organisation(unit)
    for person in queries.persons_of(organisation.id):
        index_person(person)


def index_person(person: Person) -> None:
    """Only who agreed to be named can be found."""
    if not person.is_public:
        forget("person", person.id)
        return
    texts = list(person.bio.all_words())
    for affiliation in queries.affiliations(person.id):
        organisation = affiliation.organisation
        texts += [organisation.name, organisation.short_name or "", *organisation.aliases]
        texts += [*affiliation.job.all_words(), *_about(organisation)]
    index("person", person.id, names=[f"{person.given_name} {person.family_name}"], texts=texts)


def index_project(project: Project) -> None:
    names = [project.acronym, *project.aliases, *project.title.all_words()]
    index("project", project.id, names=names, texts=project.objectives.all_words())


def index_group(group: ThematicGroup) -> None:
    sectors = [word for sector in group.sectors for word in sector.name.all_words()]
    index(
        "group",
        group.id,
        names=[*group.name.all_words(), *group.aliases],
        texts=sectors,
        facets=Facets(sectors=tuple(one.id for one in group.sectors)),
    )


def _about(organisation: Organisation) -> list[str]:
    words = [organisation.city or "", *organisation.about.all_words()]
    if region := queries.find_region(organisation.region_code or ""):
        words += region.name.all_words()
    for vocabulary in (organisation.sectors, organisation.specialisations):
        words += [word for entry in vocabulary for word in entry.name.all_words()]
    return words

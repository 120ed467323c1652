from __future__ import annotations

from datetime import date, datetime

from app.audit import services as audit
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.texts import Texts
from app.network import permissions, queries, rules
from app.network.actors import Actor
from app.network.errors import EndsBeforeStart, MayNotEdit
from app.network.facts import PersonChanged
from app.network.inputs import PersonInput
from app.network.models import Affiliation, Person
from app.network.services import searching
from app.network.services.slugs import free_slug


@transactional
def add_person(data: PersonInput, *, actor: Actor, now: datetime, slug: str | None = None) -> Person:
    """Enter a person; raises MayNotEdit, NameMissing."""
    if not permissions.may_add_organisations(actor):
        raise MayNotEdit
    person = Person(slug=slug or free_slug(Person, f"{data.given_name} {data.family_name}"))
    _write(person, data)
    db.session.add(person)
    db.session.flush()
    searching.index_person(person)
    audit.note("person.added", subject=f"person:{person.slug}", account_id=actor.account_id, now=now)
    return person


@transactional
def edit_person(person_id: int, data: PersonInput, *, actor: Actor, now: datetime) -> Person:
    """Change a person; everybody may change himself. Raises MayNotEdit, NameMissing, PersonNotFound."""
    person = queries.person(person_id)
    if not actor.is_administrator and person_id != actor.person_id:
        raise MayNotEdit
    _write(person, data)
    searching.index_person(person)
    record(PersonChanged(person_id=person.id))
    audit.note("person.edited", subject=f"person:{person.slug}", account_id=actor.account_id, now=now)
    return person


@transactional
def affiliate(
    person_id: int,
    organisation_id: int,
    *,
    actor: Actor,
    job: Texts | None = None,
    is_manager: bool = False,
    since: date | None = None,
    until: date | None = None,
) -> Affiliation:
    """A person works for an organisation; who manages it may act for it. Raises MayNotEdit, EndsBeforeStart."""
    if not permissions.may_edit_organisation(actor, organisation_id):
        raise MayNotEdit
    if since and until and until < since:
        raise EndsBeforeStart(field="until")
    person = queries.person(person_id)
    affiliation = Affiliation(
        person_id=person.id,
        organisation_id=queries.organisation(organisation_id).id,
        job=job or Texts(),
        is_manager=is_manager,
        since=since,
        until=until,
    )
    db.session.add(affiliation)
    db.session.flush()
    searching.index_person(person)
    return affiliation


@transactional
def link_account(person_id: int, account_id: int, *, actor: Actor) -> None:
    """Let an account act as this person; only administrators say so."""
    if not actor.is_administrator:
        raise MayNotEdit
    queries.person(person_id).account_id = account_id


def _write(person: Person, data: PersonInput) -> None:
    rules.check_name(data.given_name, field="given_name")
    rules.check_name(data.family_name, field="family_name")
    person.given_name, person.family_name = data.given_name.strip(), data.family_name.strip()
    person.form_of_address = data.form_of_address
    person.email = data.email
    person.languages = list(data.languages)
    person.bio = data.bio
    person.is_public = data.is_public

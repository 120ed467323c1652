from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from app.audit import services as audit
from app.kernel.db import db, transactional
from app.kernel.ids import slugify
from app.network.actors import Actor
from app.pilots import queries, rules
from app.pilots.errors import EditedMeanwhile, MayNotPropose, TitleMissing, UnknownChoice
from app.pilots.inputs import ServiceInput, content_of, input_from
from app.pilots.models import ServiceChange, ServiceProposal
from app.pilots.permissions import may_edit, may_propose
from app.pilots.rules import Stage
from app.pilots.services.shared import changed, editable, input_of, keep_version
from app.pilots.services.telling import tell_named
from app.practices.rules.contents import changed as differing
from app.practices.rules.contents import merge
from app.search import services as search

RESERVED = frozenset({"new"})


@transactional
def propose(
    *, values: ServiceInput, proposer_id: int, actor: Actor, now: datetime, form_key: str | None = None
) -> ServiceProposal:
    """Propose a service for a need at least, in the name of an organisation that the actor manages.

    The same form sent twice is one. Others that are named as owner or implementing are told by mail.

    Raises MayNotPropose, TitleMissing, NeedMissing, UnknownChoice, NotAWebAddress.
    """
    if not may_propose(actor) or not may_edit(actor, {proposer_id}):
        raise MayNotPropose
    if form_key and (earlier := queries.service_of_form(form_key)):
        return earlier
    row = ServiceProposal(proposer_id=proposer_id, stage=Stage.PROPOSED, created_at=now, form_key=form_key or None)
    _write(row, values)
    row.slug = _free_slug(values)
    row.changes.append(ServiceChange(at=now, before=None, after=Stage.PROPOSED, account_id=actor.account_id, reason=""))
    db.session.add(row)
    changed("service.proposed", row, actor, now)
    tell_named(row, _named(values), actor=actor, now=now)
    return row


@transactional
def edit(
    slug: str, *, values: ServiceInput, actor: Actor, now: datetime, revision: int | None = None
) -> ServiceProposal:
    """Change what a service says; a form that changes nothing changes nothing.

    ``revision``: the one on which the form was opened. What somebody else saved since in other fields is kept;
    EditedMeanwhile is raised, with ``clashes`` and ``merged``, where both changed the same. Raises ServiceNotFound,
    MayNotEdit and what :func:`propose` raises.
    """
    row = editable(slug, actor)
    if revision is not None and revision != row.revision:
        values = _merged(row, values, revision)
    if content_of(values) == content_of(input_of(row)):
        return row
    before = _named(input_of(row))
    keep_version(row)
    _write(row, values)
    changed("service.edited", row, actor, now)
    tell_named(row, _named(values) - before, actor=actor, now=now)
    return row


@transactional
def remove(slug: str, *, actor: Actor, now: datetime) -> None:
    """Remove a proposal that was made by mistake.

    Raises ServiceNotFound, MayNotEdit, and SomethingHangsOnIt once it was agreed, or has a pilot or an uptake.
    """
    row = editable(slug, actor)
    rules.check_removable(row.stage, (each.after for each in row.changes), parts=len(row.pilots) + len(row.uptakes))
    search.forget("service_proposal", row.id)
    title = row.title.wording("en").text
    audit.note("service.removed", subject=f"service:{slug}", account_id=actor.account_id, now=now, title=title)
    db.session.delete(row)


def _named(values: ServiceInput) -> set[int]:
    return {values.owner_id, *values.implementer_ids}


def _merged(row: ServiceProposal, values: ServiceInput, revision: int) -> ServiceInput:
    """Of what nobody kept (forged, or older than what is kept) every difference is a clash."""
    theirs, mine = content_of(input_of(row)), content_of(values)
    base = queries.content_at(row.id, revision)
    if base is None:
        merged, clashes = mine, [(one.name, one.lang) for one in differing(theirs, mine)]
    else:
        merged, clashes = merge(base, mine, theirs)
    if clashes:
        raise EditedMeanwhile(clashes=clashes, merged=input_from(merged))
    return input_from(merged)


def _write(row: ServiceProposal, values: ServiceInput) -> None:
    rules.check_proposal(values.title, values.need_ids)
    rules.check_proof(values.proof)
    needs, practices = queries.needs(values.need_ids), queries.practices(values.practice_ids)
    implementers = queries.organisations(values.implementer_ids)
    _check_known(needs, values.need_ids, "need_ids")
    _check_known(practices, values.practice_ids, "practice_ids")
    _check_known(implementers, values.implementer_ids, "implementer_ids")
    _check_known(queries.organisations([values.owner_id]), [values.owner_id], "owner_id")
    row.title, row.description, row.uptake_actions = values.title, values.description, values.uptake_actions
    row.target, row.owner_id, row.due_on = values.target, values.owner_id, values.due_on
    row.proof = values.proof or None
    row.needs, row.practices, row.implementers = list(needs), list(practices), list(implementers)


def _check_known(found: Sequence[object], asked: Collection[int], field: str) -> None:
    if len(found) != len(set(asked)):
        raise UnknownChoice(field=field)


def _free_slug(values: ServiceInput) -> str:
    wording = values.title.wording("en")
    if not wording:
        raise TitleMissing(field="title_en")
    beginning = slugify(wording.text) or "service"
    taken = queries.slugs_like(beginning) | RESERVED
    number, slug = 2, beginning
    while slug in taken:
        slug, number = f"{beginning}-{number}", number + 1
    return slug

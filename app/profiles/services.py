from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from app.audit import services as audit
from app.kernel.db import db, transactional
from app.network import permissions
from app.network import queries as network
from app.network.actors import Actor
from app.network.errors import MayNotEdit, UnknownChoice
from app.network.rules import OrganisationType
from app.profiles import queries, rules
from app.profiles.errors import NotACluster
from app.profiles.inputs import ProfileInput
from app.profiles.models import ClusterProfile


@transactional
def keep_profile(organisation_id: int, data: ProfileInput, *, actor: Actor, now: datetime) -> ClusterProfile:
    """Enter or change what a cluster says of itself.

    Raises MayNotEdit, NotACluster, UnknownChoice for a country, and CountedTwice.
    """
    organisation = network.organisation(organisation_id)
    if not permissions.may_edit_organisation(actor, organisation_id):
        raise MayNotEdit
    if OrganisationType.CLUSTER_ORGANISATION not in {row.type for row in organisation.types}:
        raise NotACluster(organisation=organisation.name)
    rules.check_members(committed=data.committed_members, parts=(getattr(data, size) for size in rules.MEMBER_SIZES))
    if len(network.countries(data.target_countries)) != len(set(data.target_countries)):
        raise UnknownChoice(field="target_countries")
    profile = queries.find_profile(organisation_id) or ClusterProfile(organisation_id=organisation_id)
    for part in fields(data):
        setattr(profile, part.name, getattr(data, part.name))
    profile.target_countries = list(data.target_countries)
    profile.changed_at = now
    db.session.add(profile)
    db.session.flush()
    audit.note("profile.kept", subject=f"organisation:{organisation.slug}", account_id=actor.account_id, now=now)
    return profile

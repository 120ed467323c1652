"""The verbs of the network. Every one decides itself whether the actor may."""

from __future__ import annotations

from app.network.services.organisations import (
    add_label,
    add_member,
    add_organisation,
    edit_organisation,
    end_membership,
)
from app.network.services.persons import add_person, affiliate, edit_person, link_account
from app.network.services.projects import (
    add_group,
    add_phase,
    add_programme,
    add_project,
    give_group_role,
    give_project_role,
    record_budget_share,
    record_budget_shares,
)
from app.network.services.vocabulary import put_country, put_region, put_sector, put_specialisation

__all__ = (
    "add_group",
    "add_label",
    "add_member",
    "add_organisation",
    "add_person",
    "add_phase",
    "add_programme",
    "add_project",
    "affiliate",
    "edit_organisation",
    "edit_person",
    "end_membership",
    "give_group_role",
    "give_project_role",
    "link_account",
    "put_country",
    "put_region",
    "put_sector",
    "put_specialisation",
    "record_budget_share",
    "record_budget_shares",
)

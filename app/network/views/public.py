"""The network's pages for everybody."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from app.kernel import clock
from app.network import queries
from app.network.current import current_actor
from app.network.panels import panels_of
from app.network.permissions import may_manage_project
from app.network.presenters.lists import named, overview, page_from, wanted_from
from app.network.presenters.organisations import organisation_page
from app.network.presenters.projects import project_page

bp = Blueprint("network", __name__)


@bp.get("/network", endpoint="overview")
def show_overview() -> str:
    return render_template(
        "network/overview.html",
        view=overview(wanted_from(request.args), page_from(request.args)),
        projects=queries.projects(),
        groups=queries.groups(),
        sectors=queries.sectors_with_interest(),
    )


@bp.get("/organisations/<slug>")
def organisation(slug: str) -> str:
    view = organisation_page(slug, current_actor(), clock.now().date())
    return render_template("network/organisation.html", view=view, panels=panels_of("organisation", view.organisation))


@bp.get("/projects/<slug>")
def project(slug: str) -> str:
    found = queries.project_for_page(slug)
    names = {choice.id: choice.name for choice in queries.country_choices()}
    actor = current_actor()
    return render_template(
        "network/project.html",
        view=project_page(found, actor, names, clock.now().date()),
        may_manage=may_manage_project(actor, queries.lead_ids(found.id)) if actor.signed_in else False,
        panels=panels_of("project", found),
    )


@bp.get("/groups/<slug>")
def group(slug: str) -> str:
    found = queries.group_for_page(slug)
    return render_template("network/group.html", group=found, panels=panels_of("group", found))


@bp.get("/sectors/<sector_id>")
def sector(sector_id: str) -> str:
    found, groups = queries.sector_for_page(sector_id)
    directory = queries.listed_organisations(queries.Wanted(sector=found.id), page=page_from(request.args))
    return render_template(
        "network/sector.html",
        sector=found,
        groups=groups,
        directory=directory,
        interested=queries.interested_in(found.id),
        panels=panels_of("sector", found),
    )


@bp.get("/people")
def people() -> str:
    wanted = wanted_from(request.args)
    return render_template(
        "network/people.html",
        wanted=wanted,
        people=queries.listed_persons(wanted),
        countries=named(queries.country_choices()),
        regions=named(queries.region_choices()),
        specialisations=named(queries.specialisation_choices()),
    )


@bp.get("/people/<slug>")
def person(slug: str) -> str:
    found = queries.person_for_page(slug)
    today = clock.now().date()
    present = [each for each in found.affiliations if each.until is None or each.until >= today]
    past = [each for each in found.affiliations if each not in present]
    return render_template(
        "network/person.html", person=found, present=present, past=past, panels=panels_of("person", found)
    )

"""What everybody reads: versions of plans, what changed, actions, the meta-district."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from app.kernel import clock
from app.kernel.i18n import language
from app.network.current import current_actor
from app.network.queries import group_for_page
from app.plans import permissions
from app.plans.errors import PlanNotFound
from app.plans.models import PlanVersion
from app.plans.presenters import plans as presenters
from app.plans.presenters.actions import actions_view
from app.plans.presenters.districts import district_view
from app.plans.presenters.papers import paper_of
from app.plans.queries import actions, groups
from app.plans.queries import plans as queries
from app.plans.services.access import circle_of
from app.plans.services.districts import standing_of
from app.printing import render

bp = Blueprint("plans", __name__, url_prefix="/groups/<slug>")


@bp.get("/plan")
def show(slug: str) -> str:
    group = group_for_page(slug)
    view = presenters.plan_view(group.id)
    return _page(slug, view.shown)


@bp.get("/plan/versions/<int:number>")
def version(slug: str, number: int) -> str:
    group = group_for_page(slug)
    return _page(slug, queries.version(group.id, number))


@bp.get("/plan/versions/<int:number>/changes")
def changes(slug: str, number: int) -> str:
    """``?since=1``: against that version; by default the one before."""
    group = group_for_page(slug)
    view = presenters.plan_view(group.id)
    newer = queries.version(group.id, number)
    typed = request.args.get("since", "")
    since = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else number - 1
    older = queries.version(group.id, since)
    if older.number >= newer.number:
        raise PlanNotFound(number=since)
    return render_template(
        "plans/changes.html", group=group, view=view, changes=presenters.changes_between(older, newer)
    )


@bp.get("/plan.pdf")
def paper(slug: str) -> AnyResponse:
    """``?version=2``: that version; by default the one that holds, or the newest."""
    group = group_for_page(slug)
    typed = request.args.get("version", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 6:
        found: PlanVersion | None = queries.version(group.id, int(typed))
    else:
        found = presenters.plan_view(group.id).shown
    if found is None:
        raise PlanNotFound(slug=slug)
    response = Response(render("plan", paper_of(group, found)), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="plan-{slug}-{found.number}-{language()}.pdf"'
    return response


@bp.get("/actions")
def action_list(slug: str) -> str:
    group = group_for_page(slug)
    actor, circle = current_actor(), circle_of(group)
    return render_template(
        "plans/actions.html",
        group=group,
        view=actions_view(actions.actions_of(group.id), clock.now().date()),
        may_draft=permissions.may_draft(actor, circle),
        may_move=lambda line: permissions.may_move_action(actor, circle, line.owner_id),
    )


@bp.get("/meta-district")
def district(slug: str) -> str:
    group = group_for_page(slug)
    found = groups.find_district(group.id)
    today = clock.now().date()
    return render_template(
        "plans/district.html",
        group=group,
        view=district_view(found, standing_of(found, today), today) if found else None,
        may_decide=permissions.may_decide(current_actor(), circle_of(group)),
    )


def _page(slug: str, shown: PlanVersion | None) -> str:
    group = group_for_page(slug)
    actor, circle = current_actor(), circle_of(group)
    return render_template(
        "plans/show.html",
        group=group,
        view=presenters.plan_view(group.id),
        version=shown,
        chapters=presenters.chapters_of(shown) if shown else (),
        inside=permissions.may_look_in(actor, circle),
        may_draft=permissions.may_draft(actor, circle),
        may_decide=permissions.may_decide(actor, circle),
    )

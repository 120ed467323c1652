"""The meta-district for those who decide."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.kernel import clock
from app.network.current import current_actor
from app.network.models import ThematicGroup
from app.plans.forms.actions import DistrictForm
from app.plans.queries import groups
from app.plans.services import access, districts
from app.plans.views.frame import carry_out, done, inside, page


@inside.route("/meta-district/edit", methods=["GET", "POST"])
def edit_district(slug: str) -> Response:
    group = access.decided(slug, current_actor())
    row = groups.find_district(group.id)
    form = DistrictForm()
    if not form.is_submitted():
        filled = DistrictForm.of(row) if row else DistrictForm(formdata=None, members=_usual(group))
        return _page(group, filled)
    form.offer(list(groups.candidates(group)))

    def verb() -> None:
        save = districts.change if row else districts.found
        save(group_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())

    status = carry_out(form, verb)
    if status:
        return _page(access.decided(slug, current_actor()), form, status)
    return done(_("Saved."), f"/groups/{slug}/meta-district")


@inside.post("/meta-district/state")
def move_district(slug: str) -> Response:
    step = request.form.get("step", "")
    districts.move(group_slug=slug, step=step, actor=current_actor(), now=clock.now())
    return done(_("Saved."), f"/groups/{slug}/meta-district")


def _usual(group: ThematicGroup) -> list[int]:
    """The members of the group."""
    return sorted({one.organisation_id for one in group.roles})


def _page(group: ThematicGroup, form: DistrictForm, status: int = 200) -> Response:
    form.offer(list(groups.candidates(group)))
    return page("plans/edit_district.html", status=status, group=group, form=form)

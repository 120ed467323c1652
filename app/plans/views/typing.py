"""What is being typed into a chapter: kept, shown as it will look, thrown away."""

from __future__ import annotations

from flask import jsonify, make_response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.kernel import clock
from app.kernel.markdown import markdown
from app.network.current import current_actor
from app.plans.errors import ChapterNotFound
from app.plans.forms.plans import LONGEST_CHAPTER, WRITTEN
from app.plans.queries.typing import NEW
from app.plans.services import access, typing
from app.plans.views.frame import done, inside

MOST_KEPT = 2 * LONGEST_CHAPTER  # what is too long is kept too, so that it can be shortened


@inside.post("/plan/draft/typed/<draft_place>")
def keep_typed(slug: str, draft_place: str) -> Response:
    """The fields of a chapter's form. Says when they were kept, whether somebody saved since, who else types."""
    revision = request.form.get("revision", "")
    found = typing.keep(
        group_slug=slug,
        chapter_id=_chapter_id(draft_place),
        fields={name: value.replace("\0", "")[:MOST_KEPT] for name in WRITTEN if (value := request.form.get(name, ""))},
        revision=int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else 0,
        actor=current_actor(),
        now=clock.now(),
    )
    return jsonify(kept=found.at.isoformat(), is_behind=found.is_behind, others=list(found.others))


@inside.post("/plan/draft/typed/<draft_place>/removal")
def throw_typed_away(slug: str, draft_place: str) -> Response:
    typing.throw_away(group_slug=slug, chapter_id=_chapter_id(draft_place), actor=current_actor())
    return done(_("What was typed and not saved is gone."), f"/groups/{slug}/plan/draft/chapters/{draft_place}")


@inside.post("/plan/draft/preview")
def preview_text(slug: str) -> Response:
    """Markdown as it will look, while it is typed."""
    access.drafted(slug, current_actor())
    return make_response(str(markdown(request.form.get("text", "")[:LONGEST_CHAPTER])))


def _chapter_id(draft_place: str) -> int | None:
    """None for a new one; raises ChapterNotFound."""
    if draft_place == NEW:
        return None
    if not (draft_place.isascii() and draft_place.isdigit() and len(draft_place) < 10):
        raise ChapterNotFound(chapter_id=draft_place)
    return int(draft_place)

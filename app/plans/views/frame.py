"""What the pages of members have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.phrases import say

inside = Blueprint("group", __name__, url_prefix="/groups/<slug>")
inside.before_request(ask_to_sign_in)


def page(template: str, *, status: int = 200, **values: Any) -> Response:
    """A page of members: kept by no cache, told to no other site."""
    response = make_response(render_template(template, **values), status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def carry_out(form: Any, verb: Callable[[], object]) -> int | None:
    """Run a verb with what a form says; the status of the answer if the form is shown again, None if it went well."""
    if not form.validate():
        return 422
    try:
        verb()
    except (NotFound, Forbidden):
        raise
    except Refusal as refusal:
        return put_refusal(form, refusal)
    return None


def put_refusal(form: Any, refusal: Refusal) -> int:
    """Write a refusal into a form, beside its field or above all; gives the status of the answer."""
    if not put_beside_field(form, refusal):
        form.form_errors.append(say(refusal.code, **refusal.details))
    return 409 if isinstance(refusal, Conflict) else 422


def done(words: str, path: str) -> AnyResponse:
    """Say what was done, and lead on."""
    flash(words, "ok")
    return redirect(path, 303)

"""Whether the process lives, and whether it can work."""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from app.kernel.schema import Schema, schema_state

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def ready() -> Response:
    try:
        state = schema_state()
    except SQLAlchemyError:
        return Response("the database cannot be reached\n", 503, mimetype="text/plain")
    if state is not Schema.CURRENT:
        return Response(f"the database is {state}: run filo database upgrade\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")

"""Reading a file that belongs to an event."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.files.serving import send
from app.materials import queries
from app.materials.errors import MaterialNotFound
from app.materials.viewers import may_read, viewer_of
from app.network.current import current_actor

bp = Blueprint("materials", __name__)


@bp.get("/materials/<public_id>/<name>")
def download(public_id: str, name: str) -> Response:
    """A file for whoever may read it; ``?r=`` is the token of a registration. Others learn nothing of it."""
    material = queries.file_material(public_id, name)
    viewer = viewer_of(material.event, current_actor(), request.args.get("r", ""))
    if material.file is None or not may_read(material, viewer):
        raise MaterialNotFound(public_id=public_id)
    return send(material.file, inline=True)

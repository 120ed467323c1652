from __future__ import annotations

from flask import Blueprint

from app.accounts.gate import ask_to_sign_in
from app.network.current import current_actor
from app.pilots import queries, services
from app.pilots.errors import MayNotEdit
from app.pilots.models import ServiceProposal
from app.pilots.permissions import may_edit

bp = Blueprint("manage_pilots", __name__, url_prefix="/manage/services")
bp.before_request(ask_to_sign_in)


def editable(slug: str) -> ServiceProposal:
    service = queries.service(slug)
    if not may_edit(current_actor(), services.editing_ids(service)):
        raise MayNotEdit
    return service

"""Peers elsewhere, for everybody."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from app.network import queries as network
from app.profiles.presenters.peers import peer_page

bp = Blueprint("profiles", __name__)


@bp.get("/organisations/<slug>/peers")
def peers(slug: str) -> str:
    return render_template("profiles/peers.html", view=peer_page(network.organisation_for_page(slug), request.args))

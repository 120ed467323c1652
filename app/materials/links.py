"""Addresses of materials."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from flask import current_app

from app.materials.models import Material
from app.materials.rules import Visibility


def file_path(public_id: str, name: str, token: str = "") -> str:
    """Where a file is read; ``token`` is that of a registration, for what only participants may see."""
    query = f"?{urlencode({'r': token})}" if token else ""
    return f"/materials/{public_id}/{quote(name, safe='')}{query}"


def path(material: Material, token: str = "") -> str:
    """Where a material is read: at an address of ours, or elsewhere. What everybody may see needs no token."""
    needed = "" if material.visibility is Visibility.PUBLIC else token
    return material.url or file_path(material.public_id, material.file.name if material.file else "", needed)


def url(material: Material, token: str = "") -> str:
    """The whole address, for mails."""
    address = path(material, token)
    return address if material.url else f"{current_app.config['FILO'].public_url}{address}"

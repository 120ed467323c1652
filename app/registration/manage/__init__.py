"""The organiser's pages: participants, places and times, quotas, tables; and the pages of delegations."""

from __future__ import annotations

from flask import Flask

from app.registration.manage import decisions, delegations, organisations, participants, quotas, seats, tables


def register_pages(app: Flask) -> None:
    """Add the pages of this package to the application."""
    for module in (participants, decisions, organisations, seats, quotas, tables, delegations):
        app.register_blueprint(module.bp)

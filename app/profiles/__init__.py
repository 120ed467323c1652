"""What a cluster shows of itself, its peers elsewhere, and its year in a project."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""

"""Innovative services: proposed for needs, agreed, piloted, implemented and taken up."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""

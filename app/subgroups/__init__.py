"""The groups in which the participants of a study visit go round its stations."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Take part in the application."""

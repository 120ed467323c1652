"""Stored files: types checked by content, pictures re-encoded, kept in a folder under names of our own."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Take part in the application."""

"""Servers make the application more than once in a process: what rooms add to each other's pages stands there once."""

from __future__ import annotations

from flask import Flask

from app import create_app
from app.needs import panels as needs
from app.network import panels as network
from app.practices import panels as practices
from config import Config


def test_another_application_adds_no_second_panel(app: Flask, config: Config) -> None:
    before = _counts()
    create_app(config)
    assert _counts() == before


def _counts() -> list[int]:
    of_pages = [*network._panels.values(), *practices._panels.values(), needs._panels, practices._knots]
    return [len(panels) for panels in of_pages]

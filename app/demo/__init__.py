from __future__ import annotations

from flask import Flask

from app.demo.cli import demo


def join_house(app: Flask) -> None:
    """The commands that fill a house with the demonstration."""
    app.cli.add_command(demo)

"""``filo``, the command."""

from __future__ import annotations

import sys

from flask.cli import FlaskGroup

from app import create_app
from config import config_or_exit

group = FlaskGroup(
    create_app=lambda: create_app(config_or_exit()),
    add_version_option=False,
    add_default_commands=False,
    load_dotenv=False,
)


def main() -> None:
    group.main(args=sys.argv[1:], prog_name="filo")

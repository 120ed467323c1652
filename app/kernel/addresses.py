"""What may stand in an address where a row is named by its number."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

MOST = 2**31 - 1  # what the columns hold; a larger number would not be looked for but refused by the database


class RowNumber(IntegerConverter):
    regex = r"\d{1,10}"

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:
        super().__init__(map, *args, **{"max": MOST, **options})


def init_addresses(app: Flask) -> None:
    """Before any rule is added: ``<int:…>`` is a number that a row can have."""
    app.url_map.converters["int"] = RowNumber

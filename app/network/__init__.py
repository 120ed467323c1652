from __future__ import annotations

from flask import Flask

from app.kernel import date_words
from app.kernel.phrases import register
from app.network import handlers as handlers
from app.network.phrases import PHRASES
from app.network.presenters.words import euros, unit_name
from app.network.views import BLUEPRINTS


def join_house(app: Flask) -> None:
    """Pages of organisations, projects, groups, sectors and people; words for dates and money in every template."""
    register(PHRASES)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.jinja_env.globals.update({fn.__name__: fn for fn in (*date_words.GLOBALS, euros, unit_name)})

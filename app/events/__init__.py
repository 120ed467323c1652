from __future__ import annotations

from flask import Flask

from app.events import handlers as handlers
from app.events.manage import regional, series
from app.events.phrases import PHRASES
from app.events.views import bp
from app.kernel import ids, markdown, phrases


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    ids.use_uid_domain(app.config["FILO"].uid_domain)
    for mapping in PHRASES:
        phrases.register(mapping)
    app.jinja_env.filters["markdown"] = markdown.markdown
    app.register_blueprint(bp)
    app.register_blueprint(series.bp)
    app.register_blueprint(regional.bp)

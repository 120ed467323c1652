from __future__ import annotations

from flask import Flask

from app.web import assets, cli, errors, guards, health, locale, mail_box, shell
from app.web.front import Front


def join_house(app: Flask) -> None:
    guards.init(app)
    assets.init(app)
    locale.init(app)
    errors.init(app)
    shell.init(app)
    app.register_blueprint(health.bp)
    app.register_blueprint(mail_box.bp)
    cli.init(app)
    app.wsgi_app = Front(app)  # type: ignore[method-assign]

"""What every template may use."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from jinja2 import StrictUndefined
from werkzeug.local import LocalProxy

from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.current import current_actor


def init(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(say=say, is_demo=app.config["FILO"].demo)
    # imported macros see globals only, not what the context processor gives
    app.jinja_env.globals["language"] = LocalProxy(language)

    @app.context_processor
    def of_this_request() -> dict[str, Any]:
        return {"actor": current_actor(), "language": language(), "current_path": request.path}

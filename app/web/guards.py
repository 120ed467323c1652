"""What protects every page: forged forms, framing, foreign scripts, floods."""

from __future__ import annotations

from flask import Flask, Response, request

from app.kernel.forgery import csrf
from app.kernel.limits import limiter
from config import Config


def init(app: Flask) -> None:
    config: Config = app.config["FILO"]
    app.config["RATELIMIT_ENABLED"] = config.rate_limits
    csrf.init_app(app)
    limiter.init_app(app)
    policy = _content_security_policy(config.tile_url)

    @app.after_request
    def guard(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy)
        if "frame-ancestors 'none'" in headers["Content-Security-Policy"]:
            headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if config.is_https:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if request.endpoint != "static" and "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store" if response.headers.get("Set-Cookie") else "private, no-cache"
        return response


def _content_security_policy(tile_url: str) -> str:
    tiles = " " + "/".join(tile_url.split("/")[:3]).replace("{s}", "*") if tile_url else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'{tiles}; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
        "manifest-src 'self'; worker-src 'self'"
    )

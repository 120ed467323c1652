"""Filò. ``create_app`` is the only place that knows every domain."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from app import (
    accounts,
    agenda,
    board,
    caldav,
    certificates,
    demo,
    desk,
    diaries,
    embedding,
    events,
    feedback,
    feeds,
    fetches,
    files,
    forums,
    freebusy,
    invitations,
    mail,
    mailings,
    materials,
    meetings,
    needs,
    network,
    news,
    personal,
    pilots,
    planning,
    plans,
    practices,
    presence,
    printing,
    profiles,
    questions,
    registration,
    replies,
    sheets,
    site,
    speakers,
    stories,
    studies,
    subgroups,
    transfers,
    venues,
    visits,
    walls,
    web,
)
from app import tables as tables
from app.kernel import log
from app.kernel.addresses import init_addresses
from app.kernel.db import db, engine_options, prepare_engine
from app.kernel.i18n import init_i18n
from config import Config

ROOT = Path(__file__).resolve().parent.parent
DOMAINS = (
    files,
    fetches,
    printing,
    accounts,
    mail,
    network,
    venues,
    events,
    agenda,
    questions,
    invitations,
    materials,
    freebusy,
    studies,
    registration,
    practices,
    presence,
    subgroups,
    planning,
    speakers,
    visits,
    forums,
    meetings,
    needs,
    board,
    transfers,
    pilots,
    plans,
    diaries,
    stories,
    sheets,
    certificates,
    feedback,
    replies,
    mailings,
    feeds,
    personal,
    caldav,
    news,
    embedding,
    walls,
    profiles,
    site,
    desk,
    demo,
    web,
)


def create_app(config: Config | None = None) -> Flask:
    """The whole application for a configuration; by default the one that the environment gives."""
    config = config or Config.from_env()
    log.set_up(testing=config.testing)
    app = Flask("app", root_path=str(ROOT / "app"), template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(
        FILO=config,
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(config),
        SESSION_COOKIE_NAME="__Host-filo" if config.is_https else "filo",
        SESSION_COOKIE_SECURE=config.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=1_000_000,
        WTF_CSRF_TIME_LIMIT=None,
        TESTING=config.testing,
    )
    init_addresses(app)
    db.init_app(app)
    init_i18n(app, config.default_locale)
    with app.app_context():
        prepare_engine(db.engine, config)
    for domain in DOMAINS:
        domain.join_house(app)
    return app

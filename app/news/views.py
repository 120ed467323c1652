from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, current_app, request
from flask_babel import force_locale

from app.changes.queries import Version, version_of
from app.feeds.conditional import http_date, not_modified
from app.kernel import clock
from app.kernel.texts import LANGUAGES
from app.news import queries
from app.news.atom import MIMETYPE, atom
from app.news.presenters import news_of
from app.news.rules import oldest
from app.news.services import COLLECTION
from config import Config

bp = Blueprint("news", __name__)
PATH = "/news.atom"
MOST = 200
REVISION = 1
"""Raised when this program would write the same news otherwise."""


@bp.get(PATH)
def news() -> Response:
    """What was published, moved or called off of late. The language is the address's, whatever the reader's is."""
    config: Config = current_app.config["FILO"]
    asked = request.args.get("lang", config.default_locale)
    lang = asked if asked in LANGUAGES else config.default_locale
    since = oldest(clock.now().date())
    version = version_of([COLLECTION])
    changed_at = max(version.changed_at or since, since)
    etag = _etag(version, lang, since)
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(min(changed_at, clock.now())),
        "Cache-Control": "public, max-age=300",
        "Access-Control-Allow-Origin": "*",
    }
    if not_modified(request.environ, etag, changed_at, exists=True):
        return Response(status=304, headers=headers)
    return Response(_body(lang, since, changed_at, config), mimetype=MIMETYPE, headers=headers)


def _body(lang: str, since: datetime, changed_at: datetime, config: Config) -> bytes:
    items = queries.latest(since, most=MOST)
    told = queries.told_before(items)
    path = PATH if lang == config.default_locale else f"{PATH}?lang={lang}"
    with force_locale(lang):
        return atom(
            [news_of(item, told[item.event_id]) for item in items],
            lang=lang,
            public_url=config.public_url,
            path=path,
            domain=config.uid_domain,
            updated=max([changed_at, *(item.at for item in items)]),
        )


def _etag(version: Version, lang: str, since: datetime) -> str:
    """Weak. The day is part of it, as news grow old without anybody's doing."""
    stamp = int(version.changed_at.timestamp()) if version.changed_at else 0
    return f'W/"news-{version.number}-{stamp:x}-{since:%Y%m%d}-{lang}-{REVISION}"'

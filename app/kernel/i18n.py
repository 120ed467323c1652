"""The reader's language: from the address, else a cookie, else the browser, else the installation's."""

from __future__ import annotations

from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, get_locale

from app.kernel.form_words import speak_in_forms
from app.kernel.texts import LANGUAGES

COOKIE = "lang"
LANGUAGE_NAMES = {"en": "English", "it": "Italiano", "de": "Deutsch"}


def init_i18n(app: Flask, default_locale: str) -> None:
    Babel(
        app,
        default_locale=default_locale,
        default_timezone="UTC",
        default_translation_directories=f"{app.root_path}/translations",
        locale_selector=pick_language,
    )
    speak_in_forms()


def pick_language() -> str:
    """The language of this request; one of LANGUAGES."""
    default: str = current_app.config["FILO"].default_locale
    if not has_request_context():
        return default
    if "language" not in g:
        g.language = (
            _known(request.args.get("lang"))
            or _known(request.cookies.get(COOKIE))
            or request.accept_languages.best_match(LANGUAGES)
            or default
        )
    return str(g.language)


def language() -> str:
    """The language in force, also inside ``force_locale``."""
    locale = get_locale()
    return locale.language if locale and locale.language in LANGUAGES else "en"


def _known(code: str | None) -> str | None:
    return code if code in LANGUAGES else None

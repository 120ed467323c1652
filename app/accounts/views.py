from __future__ import annotations

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, session
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from app.accounts import services
from app.accounts.current import KEY, current_account_id
from app.accounts.errors import LinkSpent, TooManyTries, WrongSignIn
from app.accounts.forms import SignInForm
from app.accounts.queries import account_id_of_session, open_link
from app.accounts.rules import own_path
from app.kernel import clock
from app.kernel.clients import client_of
from app.kernel.errors import Refusal
from app.kernel.i18n import language
from app.kernel.phrases import say
from config import Config

bp = Blueprint("accounts", __name__)


@bp.get("/sign-in")
def sign_in() -> Response:
    if current_account_id():
        return _redirect(_target())
    form = SignInForm(data={"next": request.args.get("next", "")})
    return _page(form)


@bp.post("/sign-in")
def start() -> Response:
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form, 422)
    try:
        secret = services.sign_in(
            email=form.email.data or "",
            password=form.password.data or "",
            client=client_of(request.remote_addr),
            days=_config().session_days,
            now=clock.now(),
        )
    except WrongSignIn as error:
        return _refused(form, error, 422)
    except TooManyTries as error:
        return _refused(form, error, 429)
    return _enter(secret)


@bp.post("/sign-in/link")
def ask_for_link() -> Response:
    form = SignInForm()
    if not form.asks_for_link():
        return _page(form, 422)
    try:
        services.ask_for_link(email=form.email.data or "", client=client_of(request.remote_addr), now=clock.now())
    except TooManyTries as error:
        return _refused(form, error, 429)
    return make_response(render_template("accounts/link_sent.html", email=form.email.data))


@bp.get("/sign-in/<secret>")
def confirm_link(secret: str) -> Response:
    """A button, so that programs which only look at a mail's links do not use this one up."""
    is_open = open_link(secret, clock.now()) is not None
    return _private(make_response(render_template("accounts/link.html", is_open=is_open), 200 if is_open else 409))


@bp.post("/sign-in/<secret>")
def use_link(secret: str) -> Response:
    try:
        return _enter(services.use_link(secret, days=_config().session_days, now=clock.now()))
    except LinkSpent:
        return _private(make_response(render_template("accounts/link.html", is_open=False), 409))


@bp.post("/sign-out")
def sign_out() -> Response:
    if isinstance(secret := session.get(KEY), str):
        services.close_session(secret)
    session.clear()
    flash(_("You are signed out."), "ok")
    return _redirect("/")


def _enter(secret: str) -> Response:
    """Nothing of the session before survives; the language of the page is kept for mails."""
    if isinstance(earlier := session.get(KEY), str):
        services.close_session(earlier)
    target = _target()
    session.clear()
    session[KEY] = secret
    session.permanent = True
    if account_id := account_id_of_session(secret, clock.now()):
        services.set_locale(account_id, language())
    return _redirect(target)


def _page(form: SignInForm, status: int = 200) -> Response:
    return _private(make_response(render_template("accounts/sign_in.html", form=form), status))


def _refused(form: SignInForm, error: Refusal, status: int) -> Response:
    form.form_errors.append(say(error.code, **error.details))
    response = _page(form, status)
    if retry_after := error.details.get("retry_after"):
        response.headers["Retry-After"] = str(retry_after)
    return response


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _target() -> str:
    """Where a sign-in leads: the page that was asked for if it is one of ours, else the organiser's pages."""
    target = own_path(request.values.get("next"))
    return target if target and _exists(target.partition("?")[0].partition("#")[0]) else "/manage"


def _exists(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except RequestRedirect:
        return True
    except (HTTPException, MethodNotAllowed):
        return False
    return True


def _redirect(target: str) -> Response:
    return make_response(redirect(target, 303))


def _config() -> Config:
    config: Config = current_app.config["FILO"]
    return config

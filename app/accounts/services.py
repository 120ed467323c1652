"""Verbs on accounts and sign-ins. Bearer secrets leave these verbs once; the database keeps digests."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from app.accounts import passwords, queries, rules
from app.accounts.errors import AccountExists, AccountNotFound, LinkSpent, TooManyTries, WrongSignIn
from app.accounts.facts import AccountAdded
from app.accounts.models import Account, SignedInSession, SignInLink, SignInTry
from app.audit import services as audit
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.ids import digest, new_secret
from app.mail import queries as mail_queries
from app.mail import services as mail
from app.mail.errors import UnusableAddress
from app.mail.rules import address_key, is_mailable

LINK_MAIL = "sign_in_link"


def sign_in(*, email: str, password: str, client: str, days: int, now: datetime) -> str:
    """Check address and password, and give the secret of a new session. Raises WrongSignIn, TooManyTries.

    Not one transaction: the try is counted before the password is checked, so that many at once do not
    slip through, and no lock is held while the hash is made.
    """
    try_id = _begin_try(email, client, now=now)
    account_id, password_hash = queries.credentials(email)
    if not passwords.fits(password, password_hash) or account_id is None or password_hash is None:
        raise WrongSignIn
    if passwords.is_outdated(password_hash):
        set_password_hash(account_id, passwords.hash_of(password))
    _forget_try(try_id)
    return open_session(account_id, days=days, now=now)


@transactional
def open_session(account_id: int, *, days: int, now: datetime) -> str:
    """Sign an account in: a new secret every time, whatever the browser held before."""
    secret = new_secret()
    db.session.add(
        SignedInSession(
            account_id=account_id, secret_digest=digest(secret), created_at=now, ends_at=now + timedelta(days=days)
        )
    )
    audit.note("accounts.signed_in", subject=f"account:{account_id}", account_id=account_id, now=now)
    return secret


@transactional
def close_session(secret: str) -> None:
    """Sign a browser out; its cookie is worth nothing afterwards."""
    db.session.execute(delete(SignedInSession).where(SignedInSession.secret_digest == digest(secret)))


@transactional
def ask_for_link(*, email: str, client: str, now: datetime) -> None:
    """Mail a link to sign in, if the address has an account. The asker learns nothing. Raises TooManyTries."""
    address = digest(address_key(email))
    if not rules.may_ask_for_link(queries.tries(address, client, now)):
        raise TooManyTries(retry_after=_retry_after())
    db.session.add(SignInTry(address_digest=address, client=client, at=now))
    account = queries.account_of(email)
    if account is None or account.disabled_at:
        return
    last_hour = now - timedelta(hours=1)
    if mail_queries.count_recent(account.email_key, last_hour, name=LINK_MAIL) >= rules.LINKS_AN_HOUR:
        return
    mail.queue(
        LINK_MAIL,
        recipient=account.email,
        locale=account.locale,
        about=f"account:{account.id}",
        dedupe_key=f"{LINK_MAIL}:{account.id}:{now.isoformat()}",
        now=now,
        account_id=account.id,
        asked_at=now.isoformat(),
    )


@transactional
def issue_link(account_id: int, *, now: datetime) -> str:
    """A new link's secret. It is made when its mail is written, so that no table ever holds it."""
    secret = new_secret()
    db.session.add(
        SignInLink(account_id=account_id, secret_digest=digest(secret), created_at=now, ends_at=now + rules.LINK_LIFE)
    )
    return secret


@transactional
def use_link(secret: str, *, days: int, now: datetime) -> str:
    """Sign in by a mailed link, once; gives the secret of a new session. Raises LinkSpent."""
    link = queries.open_link(secret, now, lock=True)
    if link is None:
        raise LinkSpent
    link.used_at = now
    return open_session(link.account_id, days=days, now=now)


@transactional
def add_account(
    *, email: str, locale: str, now: datetime, password: str = "", name: str = "", is_administrator: bool = False
) -> int:
    """A new account; without a password it signs in by mailed links only.

    Raises AccountExists, UnusableAddress, PasswordTooShort, PasswordTooCommon.
    """
    email = email.strip()
    if not is_mailable(email):
        raise UnusableAddress(field="email")
    if queries.account_of(email):
        raise AccountExists(email=email)
    if password:
        rules.check_password(password, email)
    account = Account(
        email=email,
        email_key=address_key(email),
        password_hash=passwords.hash_of(password) if password else None,
        is_administrator=is_administrator,
        locale=locale,
        created_at=now,
    )
    db.session.add(account)
    db.session.flush()  # the fact needs the new id
    record(AccountAdded(account_id=account.id, email=email, name=" ".join(name.split()), at=now))
    audit.note("accounts.added", subject=f"account:{account.id}", account_id=None, now=now)
    return account.id


@transactional
def disable_account(email: str, *, now: datetime) -> None:
    """Lock an account out at once, in every browser. Raises AccountNotFound."""
    account = queries.account_of(email)
    if account is None:
        raise AccountNotFound(email=email)
    account.disabled_at = account.disabled_at or now
    for table in (SignedInSession, SignInLink):
        db.session.execute(delete(table).where(table.account_id == account.id))
    audit.note("accounts.disabled", subject=f"account:{account.id}", account_id=None, now=now)


@transactional
def set_password_hash(account_id: int, password_hash: str) -> None:
    if account := queries.account(account_id):
        account.password_hash = password_hash


@transactional
def set_locale(account_id: int, locale: str) -> None:
    """The language in which mails reach this account."""
    account = queries.account(account_id)
    if account and account.locale != locale:
        account.locale = locale


@transactional
def forget_old(now: datetime) -> None:
    """Delete what has run out: sessions, links, and tries with the clients' addresses."""
    db.session.execute(delete(SignedInSession).where(SignedInSession.ends_at < now))
    db.session.execute(delete(SignInLink).where(SignInLink.ends_at < now))
    db.session.execute(delete(SignInTry).where(SignInTry.at < now - rules.TRIES_KEPT))


@transactional
def note_wrong_try(*, subject: str, client: str, now: datetime) -> None:
    """Count a wrong secret for another way in than a password, apart from sign-ins. Raises TooManyTries."""
    address, client = digest(subject), client[:64]
    if not rules.may_try(queries.tries(address, client, now)):
        raise TooManyTries(retry_after=_retry_after())
    db.session.add(SignInTry(address_digest=address, client=client, at=now))


@transactional
def _begin_try(email: str, client: str, *, now: datetime) -> int:
    address = digest(address_key(email))
    if not rules.may_try(queries.tries(address, client, now)):
        raise TooManyTries(retry_after=_retry_after())
    attempt = SignInTry(address_digest=address, client=client, at=now)
    db.session.add(attempt)
    db.session.flush()
    return attempt.id


@transactional
def _forget_try(try_id: int) -> None:
    db.session.execute(delete(SignInTry).where(SignInTry.id == try_id))


def _retry_after() -> int:
    return int(rules.TRY_WINDOW.total_seconds())

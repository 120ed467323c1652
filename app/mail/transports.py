"""Where mails go: a mail server, or a folder. FILO_MAIL_URL says which."""

from __future__ import annotations

import os
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from app.jobs.errors import Hopeless
from config import ConfigError

TIMEOUT = 20
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class RecipientRefused(Hopeless):
    """The mail server refuses the recipient for good; what it said is the text."""


class Transport(Protocol):
    """Takes one finished message; raises OSError or SMTPException to be tried again, Hopeless when that is no use.

    ``comes_back_to`` is the envelope's sender, which delivery reports go to; empty means the sender of the mail.
    """

    def send(self, message: EmailMessage, comes_back_to: str = "") -> None: ...

    def file_of(self, message_id: str) -> Path | None:
        """Where a message stands as a file, if this transport writes files."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Writes each message as ``<Message-ID>.eml``, whole or not at all, readable by us alone."""

    path: Path

    def send(self, message: EmailMessage, comes_back_to: str = "") -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = self.file_of(message["Message-ID"])
        draft = target.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)

    def file_of(self, message_id: str) -> Path:
        return self.path / f"{message_id.strip('<> ')}.eml"


@dataclass(frozen=True, slots=True)
class Smtp:
    """Hands messages to a mail server; encrypted wherever the server is another machine and offers it."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls_from_start: bool = False

    def send(self, message: EmailMessage, comes_back_to: str = "") -> None:
        try:
            with self._connect() as server:
                self._secure(server)
                server.send_message(message, from_addr=comes_back_to or None)
        except smtplib.SMTPRecipientsRefused as error:
            if all(code >= 500 for code, _ in error.recipients.values()):
                raise RecipientRefused(f"the mail server refuses the recipient: {_said(error)}") from error
            raise

    def file_of(self, message_id: str) -> Path | None:
        return None

    def _connect(self) -> smtplib.SMTP:
        if self.tls_from_start:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=ssl.create_default_context())
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)

    def _secure(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        is_safe = self.tls_from_start or self.host in _LOOPBACK
        if not is_safe and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            is_safe = True
        if self.user:
            if not is_safe:
                raise smtplib.SMTPException("the mail server offers no encryption, so the password is not sent")
            server.login(self.user, self.password)


def transport_for(url: str) -> Transport:
    """The transport that FILO_MAIL_URL names; raises ConfigError."""
    if url.startswith("file://"):
        return Folder(Path(url.removeprefix("file://")))
    try:
        parts = urlsplit(url)
        return _smtp(parts, parts.port)
    except ValueError as error:
        raise ConfigError(
            "FILO_MAIL_URL: write file:///folder, smtp://user:password@host:587 or smtps://user:password@host"
        ) from error


def _said(error: smtplib.SMTPRecipientsRefused) -> str:
    """``550 5.1.1 no such user``"""
    answers = {f"{code} {words.decode(errors='replace')}" for code, words in error.recipients.values()}
    return ", ".join(" ".join(answer.split()) for answer in sorted(answers))


def _smtp(parts: SplitResult, port: int | None) -> Smtp:
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError(parts.scheme)
    user = unquote(parts.username or "")
    return Smtp(
        host=parts.hostname,
        port=port or (465 if parts.scheme == "smtps" else 587 if user else 25),
        user=user,
        password=unquote(parts.password or ""),
        tls_from_start=parts.scheme == "smtps",
    )

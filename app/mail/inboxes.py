"""Where answers to our mails arrive: an IMAP account, or a maildir. FILO_INBOX_URL says which.

A mail is first dealt with and then moved, so one that a worker dies over is read again; none is deleted.
"""

from __future__ import annotations

import mailbox
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from imap_tools import BaseMailBox, MailBox, MailboxFolderCreateError, MailBoxUnencrypted

from config import ConfigError

TIMEOUT = 20
PORTION = 50  # mails of one turn; the next turn goes on
LARGEST = 5_000_000  # bytes; anything above goes unread to its folder
READ, UNREAD = "read", "unread"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
Judge = Callable[[bytes], bool]


class Inbox(Protocol):
    """Gives every waiting mail to ``judge``; what it recognises goes to "Filo/read", the rest to "Filo/unread".

    Raises OSError or IMAP4.error when the server is away. What ``judge`` raises ends the turn with the mail in hand
    left where it is.
    """

    def work_off(self, judge: Judge) -> int: ...


@dataclass(frozen=True, slots=True)
class Maildir:
    path: Path

    def work_off(self, judge: Judge) -> int:
        box = mailbox.Maildir(self.path, factory=None, create=True)
        folders = {name: self._folder(box, f"Filo.{name}") for name in (READ, UNREAD)}
        done = 0
        for key in sorted(box.keys())[:PORTION]:
            with suppress(KeyError, FileNotFoundError):  # another worker has moved it meanwhile
                raw = box.get_bytes(key)
                _move(box, key, folders[_verdict(raw, judge)])
                done += 1
        return done

    @staticmethod
    def _folder(box: mailbox.Maildir, name: str) -> mailbox.Maildir:
        try:
            return box.get_folder(name)
        except mailbox.NoSuchMailboxError:
            return box.add_folder(name)


@dataclass(frozen=True, slots=True)
class Imap:
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    is_encrypted: bool = True

    def work_off(self, judge: Judge) -> int:
        with self._connect().login(self.user, self.password, self.folder) as box:
            folders = {name: _folder_of(box, name) for name in (READ, UNREAD)}
            done = 0
            for uid, size in _waiting(box):
                raw = _whole(box, uid) if size <= LARGEST else b""
                if raw is None:
                    continue  # another worker has moved it meanwhile
                box.move(uid, folders[_verdict(raw, judge)])
                done += 1
            return done

    def _connect(self) -> BaseMailBox:
        if self.is_encrypted:
            return MailBox(self.host, self.port, timeout=TIMEOUT, ssl_context=ssl.create_default_context())
        return MailBoxUnencrypted(self.host, self.port, timeout=TIMEOUT)


def inbox_for(url: str) -> Inbox | None:
    """The inbox that FILO_INBOX_URL names; None when none is named. Raises ConfigError, which repeats no password."""
    if not url:
        return None
    if url.startswith("maildir:///"):
        return Maildir(Path(url.removeprefix("maildir://")))
    try:
        parts = urlsplit(url)
        return _imap(parts, parts.port)
    except ValueError as error:
        raise ConfigError(
            "FILO_INBOX_URL: write imaps://user:password@host/INBOX or maildir:///folder. Without encryption (imap://) "
            "only a server on this machine is asked."
        ) from error


def _imap(parts: SplitResult, port: int | None) -> Imap:
    is_encrypted = parts.scheme == "imaps"
    if parts.scheme not in {"imap", "imaps"} or not (parts.hostname and parts.username and parts.password):
        raise ValueError(parts.scheme)
    if not is_encrypted and parts.hostname not in _LOOPBACK:
        raise ValueError("the password would be sent for everybody to read")
    return Imap(
        host=parts.hostname,
        port=port or (993 if is_encrypted else 143),
        user=unquote(parts.username),
        password=unquote(parts.password),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        is_encrypted=is_encrypted,
    )


def _verdict(raw: bytes, judge: Judge) -> str:
    return READ if raw and judge(raw) else UNREAD


def _move(box: mailbox.Maildir, key: str, folder: mailbox.Maildir) -> None:
    message = box.get_message(key)
    message.set_subdir("cur")
    folder.add(message)
    box.remove(key)


def _waiting(box: BaseMailBox) -> list[tuple[str, int]]:
    """The oldest mails that wait, with their sizes; asked without marking them as seen."""
    uids = sorted(box.uids("ALL"), key=int)[:PORTION]
    if not uids:
        return []
    heads: Iterator[object] = box.fetch(uid_list=uids, headers_only=True, mark_seen=False, bulk=True)
    return [(str(head.uid), head.size_rfc822) for head in heads]  # type: ignore[attr-defined]


def _whole(box: BaseMailBox, uid: str) -> bytes | None:
    _, answer = box.client.uid("fetch", uid, "(BODY.PEEK[])")
    return next((part[1] for part in answer if isinstance(part, tuple)), None)


def _folder_of(box: BaseMailBox, name: str) -> str:
    """The folder in the server's own way of writing, made when it is missing; some keep everything below INBOX."""
    known = list(box.folder.list())
    mark = known[0].delim if known else "/"
    names = [mark.join(("Filo", name)), mark.join(("INBOX", "Filo", name))]
    for candidate in names:
        if any(folder.name == candidate for folder in known):
            return candidate
    try:
        box.folder.create(names[0])
    except MailboxFolderCreateError:
        box.folder.create(names[1])
        return names[1]
    return names[0]

"""A real IMAP server on a free port, with one account and a folder of its own."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from imap_tools import BaseMailBox, MailBoxUnencrypted

from tests.house import free_port

DOVECOT = shutil.which("dovecot") or ("/usr/sbin/dovecot" if Path("/usr/sbin/dovecot").exists() else None)
USER, PASSWORD = "bounces", "se:cret/1"
PATIENCE = 20.0  # seconds
_CONFIG = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
{users}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


class Dovecot:
    """Started by whoever runs the tests; mail belongs to nobody when that is root, which Dovecot refuses mail to."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.port = free_port()
        self.url = f"imap://{USER}:{PASSWORD.replace(':', '%3A').replace('/', '%2F')}@127.0.0.1:{self.port}/INBOX"
        uid, gid = self._owner()
        (self.folder / "mail").mkdir()
        self.folder.chmod(0o755)
        if os.getuid() == 0:
            os.chown(self.folder / "mail", uid, gid)
        me = pwd.getpwuid(os.getuid()).pw_name
        own = f"default_internal_user = {me}\ndefault_login_user = {me}\ndefault_internal_group = {_group()}"
        self._config = self.folder / "dovecot.conf"
        self._config.write_text(
            _CONFIG.format(
                folder=self.folder,
                port=self.port,
                uid=uid,
                gid=gid,
                password=PASSWORD,
                users="" if os.getuid() == 0 else own,
            )
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Dovecot:
        assert DOVECOT
        self._process = subprocess.Popen([DOVECOT, "-F", "-c", self._config])
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as answer:
                if answer.recv(10).startswith(b"* OK"):
                    return self
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def stop(self) -> None:
        """No server any more; its mail stays until ``remove``."""
        if self._process:
            self._process.terminate()
            self._process.wait(15)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def open(self, folder: str = "INBOX") -> BaseMailBox:
        return MailBoxUnencrypted("127.0.0.1", self.port, timeout=20).login(USER, PASSWORD, folder)

    def deliver(self, *mails: bytes) -> None:
        with self.open() as box:
            for mail in mails:
                box.append(mail, "INBOX")

    def subjects(self, folder: str) -> list[str]:
        with self.open() as box:
            if not box.folder.exists(folder):
                return []
            box.folder.set(folder)
            return sorted(mail.subject for mail in box.fetch(mark_seen=False))

    def empty(self) -> None:
        with self.open() as box:
            for folder in ["INBOX", *(name for name in ("Filo.read", "Filo.unread") if box.folder.exists(name))]:
                box.folder.set(folder)
                box.delete(box.uids())

    @staticmethod
    def _owner() -> tuple[int, int]:
        if os.getuid():
            return os.getuid(), os.getgid()
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid


def _group() -> str:
    return grp.getgrgid(os.getgid()).gr_name

"""nginx with the file that stands in ``deploy/``, on a port and in a folder of its own."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

from tests.house import free_port

DELIVERED = Path(__file__).resolve().parent.parent / "deploy" / "nginx.conf"
PATIENCE = 10.0  # seconds
_AROUND = """
{user}worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  sendfile on;
  tcp_nopush on;
  keepalive_requests 10000000;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  include {folder}/filo.conf;
}}
"""


def written_for(text: str, *, folder: Path, port: int, upstream: int) -> str:
    """The delivered file without TLS, listening and writing where a test may."""
    http, _mark, https = text.rpartition("\nserver {")
    before = http.partition("\nserver {")[0]
    https = re.sub(r"^ *(ssl_\w+|listen) [^\n]*\n", "", https, flags=re.MULTILINE)
    https = re.sub(r"server_name [^;]+;", f"listen 127.0.0.1:{port};", https)
    whole = f"{before}\nserver {{{https}".replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    return whole.replace("/var/cache/nginx/filo", f"{folder}/cache").replace("/var/log/nginx", str(folder))


@contextmanager
def in_front_of(upstream: int, folder: Path, *, program: str) -> Iterator[tuple[int, str]]:
    """The process id and the address of nginx before something that listens on a port."""
    folder.mkdir(exist_ok=True, parents=True)
    port = free_port()
    user = "user root;\n" if os.geteuid() == 0 else ""
    delivered = DELIVERED.read_text("utf-8")
    (folder / "filo.conf").write_text(written_for(delivered, folder=folder, port=port, upstream=upstream), "utf-8")
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder, user=user), "utf-8")
    process = subprocess.Popen(
        [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_until_it_listens(process, port)
        yield process.pid, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate()


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError):
            connection = HTTPConnection("127.0.0.1", port, timeout=1)
            connection.connect()
            connection.close()
            return
        time.sleep(0.02)
    process.terminate()
    raise AssertionError(process.communicate()[1].decode())

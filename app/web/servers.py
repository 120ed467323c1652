"""``filo web`` answers requests; ``filo serve`` keeps it and one worker running."""

from __future__ import annotations

import errno
import http.client
import importlib
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import click
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from app.kernel.commands import require_tables
from app.kernel.db import db, engine_options
from app.kernel.running import StillRunningError, running
from app.kernel.schema import Schema
from app.web.supervisor import STOPPING, Supervisor
from config import Config, ConfigError, config_or_exit

TARGET = "app.wsgi:app"
GRACE = 10  # seconds for requests in hand
# the server's allocator hands pieces above 8 MiB back to the kernel at once: a feed that large would pay for its
# pages with every answer, three times what it costs to copy and send it
KEPT_MEMORY = "oversize_threshold:67108864"


def _filo(*arguments: str) -> None:
    from app.command import main

    main(arguments)


COMMANDS: Mapping[str, Callable[[], None]] = {name: partial(_filo, name) for name in ("web", "worker")}


@click.command()
@click.option("--server", type=click.Choice(["granian", "gunicorn"]), default="granian", show_default=True)
def web(server: str) -> None:
    """Answer requests, with as many processes and threads as the settings say."""
    config = config_or_exit()
    require_free_port(config)
    _require_current_tables(config)
    with _running(config):
        (_run_granian if server == "granian" else _run_gunicorn)(config)


@click.command()
def serve() -> None:
    """Answer requests and do the work that waits, until stopped; whatever dies is started again."""
    from app import create_app

    config = config_or_exit()
    try:
        app = create_app(config)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    with app.app_context():
        require_tables(config, Schema.CURRENT)
        db.engine.dispose()
    keep_serving(config, on_ready=lambda: click.echo(f"Filò answers at {config.public_url}"))


def keep_serving(config: Config, *, on_ready: Callable[[], None]) -> None:
    """Run web and worker until stopped. ClickException when the port is busy."""
    require_free_port(config)
    with _running(config):
        Supervisor(COMMANDS, tick=_Once(on_ready, when=lambda: _answers(config))).run()


@contextmanager
def _running(config: Config) -> Iterator[None]:
    try:
        with running(config.instance):
            yield
    except StillRunningError as error:
        raise click.ClickException("A backup is just being put back. Start again when that is done.") from error


def _require_current_tables(config: Config) -> None:
    """Asked over one connection, without an application: the processes that answer make theirs."""
    options = {name: value for name, value in engine_options(config).items() if not name.startswith(("pool", "max"))}
    engine = create_engine(config.database_url, poolclass=NullPool, **options)
    require_tables(config, Schema.CURRENT, engine=engine)


class _Once:
    """Calls ``work`` the first time that ``when`` holds."""

    def __init__(self, work: Callable[[], None], *, when: Callable[[], bool]) -> None:
        self._work, self._when, self._is_done = work, when, False

    def __call__(self) -> None:
        if not self._is_done and self._when():
            self._is_done = True
            self._work()


def _run_granian(config: Config) -> None:
    os.environ.setdefault("_RJEM_MALLOC_CONF", KEPT_MEMORY)
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    _hold_signals_while_copying()
    Granian(
        TARGET,
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=config.web_workers,
        blocking_threads=config.web_threads,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.warning,
        process_name="filo web",
    ).serve(target_loader=_load_to_answer)


def _hold_signals_while_copying() -> None:
    """A stop that reaches a process just copied waits there for :func:`_load_to_answer`; the copied handler is deaf."""
    os.register_at_fork(
        before=partial(signal.pthread_sigmask, signal.SIG_BLOCK, STOPPING),
        after_in_parent=partial(signal.pthread_sigmask, signal.SIG_UNBLOCK, STOPPING),
    )


def _load_to_answer(target: str) -> Any:
    """The application, in a process that answers.

    A Ctrl-C and a service manager signal every process of a group, and then the server itself signals those that
    answer. Granian's stop does not survive being begun twice: the process waits on and is killed when the time of
    grace is over. So a thread takes the first signal, and the others stay blocked.
    """
    before = signal.getsignal(signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    threading.Thread(target=_stop_once, args=[before], name="stopping", daemon=True).start()
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)


def _stop_once(before: Any) -> None:
    asked = signal.sigwait(STOPPING)
    stop = signal.getsignal(signal.SIGTERM)  # the same for both, once it answers
    if stop == before or not callable(stop):
        os._exit(0)  # it does not answer yet, so no request is in hand
    stop(asked, None)


def _run_gunicorn(config: Config) -> None:
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in _gunicorn_settings(config).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from app.wsgi import app

            return app

    Application().run()


def _gunicorn_settings(config: Config) -> dict[str, Any]:
    return {
        "bind": f"{config.host}:{config.port}",
        "workers": config.web_workers,
        "worker_class": "gthread",
        "threads": config.web_threads,
        "timeout": 60,
        "graceful_timeout": GRACE,
        "loglevel": "warning",
        "control_socket_disable": True,
    }


def require_free_port(config: Config) -> None:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError as error:
            raise click.ClickException(_about_port(config, error)) from error


def _about_port(config: Config, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {config.port} is busy: another program listens there. Stop it, or choose another PORT."
    if error.errno == errno.EACCES:
        return f"Port {config.port} is for the administrator of this machine only. Choose a PORT above 1023."
    return f"FILO_HOST: nothing can listen on {config.host} ({error.strerror})."


def _answers(config: Config) -> bool:
    """Whether a request is answered; the port alone is open long before."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config.host, config.host)  # noqa: S104
    connection = http.client.HTTPConnection(host, config.port, timeout=1)
    try:
        connection.request("GET", "/healthz", headers={"Host": urlsplit(config.public_url).netloc})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()

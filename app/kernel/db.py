"""Engine, session, column types and the one way to write."""

from __future__ import annotations

import fcntl
import importlib
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, wraps
from pathlib import Path
from typing import Any, ClassVar, ParamSpec, TypeVar, cast

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, Enum, Executable, MetaData, Table, event, literal_column, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute
from sqlalchemy.types import TypeDecorator

from app.kernel.errors import Unavailable
from app.kernel.facts import recording
from app.kernel.texts import Texts, TextsType
from config import Config

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 8
_LOCK = "write_lock"  # of the application: what makes a writer wait for the others
# serialisation failure, deadlock, lock not available, read-only (a demoted primary)
_RETRYABLE_STATES = {"40001", "40P01", "55P03", "25006"}
_LOST_CONNECTION_STATES = {"25006", "57P01", "57P02", "57P03", "08006", "08003"}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; SQLite keeps no zone, so UTC is put back on the way out. Naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def code_of(kind: type[StrEnum]) -> Enum:
    """A column that holds the codes of an enumeration as text, so that a new code needs no migration."""
    return Enum(kind, native_enum=False, length=40, values_callable=lambda codes: [str(code) for code in codes])


class Base(DeclarativeBase):
    """Ancestor of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime(), Texts: TextsType()}


# engine and session only: tables descend from Base, not from its Model
db = SQLAlchemy(disable_autonaming=True, session_options={"expire_on_commit": False})


class _WriteLock:
    """Serialises the writers of an SQLite file: fair inside the process, and across processes by ``flock``.

    SQLite's own waiting sleeps and is unfair; a lock held from BEGIN to after COMMIT also keeps an
    automatic checkpoint away from every other writer (sqlite.org/wal.html, "WAL-reset bug").
    """

    def __init__(self, path: Path) -> None:
        self._thread = threading.Lock()
        self._path = path
        self._file: Any = None

    @contextmanager
    def held(self) -> Iterator[None]:
        with self._thread:
            if self._file is None:
                self._file = self._path.open("ab")
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def engine_options(config: Config) -> dict[str, Any]:
    """Engine options for the configured database; pool sizes follow the threads of a web process."""
    if config.is_sqlite:
        return {
            "module": _sqlite_driver(),
            "connect_args": {"timeout": 15, "check_same_thread": False},
            "pool_size": config.web_threads + 2,
            "max_overflow": 8,
        }
    return {
        "pool_pre_ping": True,
        "pool_recycle": 600,
        "pool_size": config.web_threads,
        "max_overflow": 2,
        "pool_timeout": 5,
        "connect_args": {
            "connect_timeout": 3,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
            "tcp_user_timeout": 8000,
            "options": "-c lock_timeout=5000",
        },
    }


def _sqlite_driver() -> Any:
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:  # no wheel for this platform: the standard library's SQLite works under the same lock
        return importlib.import_module("sqlite3")


def prepare_engine(engine: Engine, config: Config) -> None:
    """Set every connection up as docs/decisions/0002 says, and hold the lock that writers share."""
    event.listen(engine, "handle_error", _mark_lost_connection)
    lock: Callable[[], AbstractContextManager[None]] = nullcontext
    if config.is_sqlite:
        path = Path(config.database_url.removeprefix("sqlite:///"))
        lock = _WriteLock(path.with_name(path.name + ".lock")).held
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    current_app.extensions[_LOCK] = lock


@contextmanager
def exclusive_writer() -> Iterator[None]:
    """Keep every other writer of an SQLite file waiting, in this and in other processes; PostgreSQL needs it not."""
    with current_app.extensions[_LOCK]():
        yield


def _set_up_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # the driver must never send a BEGIN of its own
    for pragma in ("busy_timeout=15000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN " + connection.get_execution_options().get("sqlite_begin", "DEFERRED"))


def _mark_lost_connection(context: ExceptionContext) -> None:
    if getattr(context.original_exception, "sqlstate", "") in _LOST_CONNECTION_STATES:
        context.is_disconnect = True


def table_of(model: type[Base]) -> Table:
    """The table of a class, for statements that go past the unit of work."""
    return cast(Table, model.__table__)


def insert_unless_there(table: type[Base], /, **values: Any) -> bool:
    """Insert a row unless a unique key of it stands already; says whether it was inserted."""
    statement = _insert_and_say_so(table, is_sqlite=_is_sqlite())
    return db.session.execute(statement, values).first() is not None  # psycopg knows no count of rows here


def insert_new(table: type[Base], key: InstrumentedAttribute[T], rows: Sequence[dict[str, Any]]) -> set[T]:
    """Insert rows but those of which a unique key stands already; the values of ``key`` that were inserted."""
    if not rows:
        return set()
    statement = _insert_and_return(table, key, is_sqlite=_is_sqlite())
    return set(db.session.execute(statement, rows).scalars())


@cache
def _insert_unless_there(table: type[Base], *, is_sqlite: bool) -> Any:
    # made once, and of the table rather than its class: building it anew would cost more than running it
    insert = sqlite.insert if is_sqlite else postgresql.insert
    return insert(table_of(table)).on_conflict_do_nothing()


@cache
def _insert_and_return(table: type[Base], key: InstrumentedAttribute[Any], *, is_sqlite: bool) -> Any:
    return _insert_unless_there(table, is_sqlite=is_sqlite).returning(table_of(table).c[key.key])


@cache
def _insert_and_say_so(table: type[Base], *, is_sqlite: bool) -> Any:
    return _insert_unless_there(table, is_sqlite=is_sqlite).returning(literal_column("1"))


def hold_name(name: str) -> None:
    """Make whoever wants the same name wait until this transaction ends. SQLite has one writer at a time anyway."""
    if not _is_sqlite():
        db.session.execute(_HOLD_NAME, {"name": name})


def hold_rows(statement: Executable, values: dict[str, Any]) -> None:
    """Lock rows before they are read with others.

    Who waits for a lock on PostgreSQL sees the locked row anew, but what a join brings along as it was before.
    """
    if not _is_sqlite():
        db.session.execute(statement, values)


_HOLD_NAME = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
_inside_verb: ContextVar[bool] = ContextVar("inside_verb", default=False)


def is_inside_verb() -> bool:
    """Whether a transaction of a verb is open in this thread."""
    return _inside_verb.get()


def transactional(verb: Callable[P, T]) -> Callable[P, T]:
    """Run a verb as one transaction: commit, or roll back; an inner verb joins the outer one.

    A conflict runs the whole verb again, so a verb has no effect outside the database. What the
    request read before is let go first: verbs take ids, not rows. Raises Unavailable when the
    database stays busy or away.
    """

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if _inside_verb.get():
            with recording():
                return verb(*args, **kwargs)
        inside = _inside_verb.set(True)
        try:
            return _with_retries(lambda: verb(*args, **kwargs))
        finally:
            _inside_verb.reset(inside)

    return run


def _with_retries(verb: Callable[[], T]) -> T:
    for attempt in range(TRIES):
        db.session.rollback()
        try:
            with exclusive_writer():
                if _is_sqlite():
                    db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
                with recording():
                    result = verb()
                db.session.commit()
                return result
        except DBAPIError as error:
            db.session.rollback()
            if not _may_try_again(error):
                raise
            if attempt == TRIES - 1:
                raise Unavailable from error
            time.sleep(random.uniform(0, 0.02 * 2**attempt))
        except BaseException:
            db.session.rollback()
            raise
    raise AssertionError("unreachable")


def _may_try_again(error: DBAPIError) -> bool:
    if isinstance(error, IntegrityError):
        return "unique" in str(error.orig).lower()  # two first visitors: the second now finds the row
    state = getattr(error.orig, "sqlstate", None)
    return state in _RETRYABLE_STATES or error.connection_invalidated or "database is locked" in str(error.orig)

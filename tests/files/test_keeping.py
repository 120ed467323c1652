"""The store, rows of files, handing out and sweeping."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.files import services
from app.files.errors import FileNotFound
from app.files.gate import raise_limit
from app.files.intake import accept
from app.files.models import StoredFile
from app.files.serving import send
from app.files.store import LocalStore, store
from app.files.work import sweep
from app.jobs.worker import run_recurring
from app.kernel import clock
from app.kernel.db import db, transactional
from tests.files import samples


def keep(content: bytes = samples.PDF, name: str = "slides.pdf") -> StoredFile:
    return services.keep(accept(io.BytesIO(content), name), now=clock.now())


def test_a_content_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    shelf = LocalStore(tmp_path)
    key = shelf.put(io.BytesIO(b"content"))
    assert shelf.exists(key)
    assert shelf.open(key).read() == b"content"
    assert shelf.path(key).stat().st_mode & 0o777 == 0o600

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("the line broke")

    with pytest.raises(OSError, match="line broke"):
        shelf.put(Broken())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [shelf.path(key)]
    shelf.delete(key)
    shelf.delete(key)
    with pytest.raises(FileNotFound):
        shelf.open(key)


@pytest.mark.parametrize(
    "key", ["../secret_key", "/etc/passwd", "..%2fsecret_key", "a" * 9, "a" * 41, "abcdefghij\0", ""]
)
def test_a_key_leads_nowhere_else(tmp_path: Path, key: str) -> None:
    with pytest.raises(FileNotFound):
        LocalStore(tmp_path).path(key)


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("slides.pdf", "attachment; filename=slides.pdf"),
        ("Città di Rovereto.pdf", "filename*=UTF-8''Citt%C3%A0%20di%20Rovereto.pdf"),
        ('a"b;\r\nSet-Cookie: x=1.pdf', 'filename="a-b;Set-Cookie- x=1.pdf"'),
    ],
)
def test_a_file_is_handed_out_as_a_file_and_nothing_else(
    app: Flask, database: Session, name: str, disposition: str
) -> None:
    row = keep(name=name)
    with app.test_request_context():
        answer = send(row, inline=True)
    assert disposition in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Set-Cookie" not in answer.headers
    answer.close()


def test_only_a_picture_is_shown_in_place(app: Flask, database: Session) -> None:
    row = keep(samples.picture("PNG"), "a.png")
    with app.test_request_context(headers={"If-None-Match": f'"{row.sha256}"'}):
        assert send(row, inline=True).status_code == 304
    with app.test_request_context():
        answer = send(row, inline=True)
        assert answer.headers["Content-Disposition"].startswith("inline")
        answer.close()
        store().delete(row.public_id)
        with pytest.raises(FileNotFound):
            send(row)


def test_what_was_rolled_back_or_is_needed_no_more_is_swept_after_a_day(app: Flask, database: Session) -> None:
    shelf, now = store(), datetime.now(UTC)

    @transactional
    def breaks_off(content: bytes) -> None:
        keep(content)
        raise RuntimeError

    before = set(shelf.older_than(now.timestamp() + 60))
    with pytest.raises(RuntimeError):
        breaks_off(samples.PDF + b"lost")
    [lost] = set(shelf.older_than(now.timestamp() + 60)) - before
    unused = keep()
    draft = shelf.path(unused.public_id).with_name(".draft-left")
    draft.touch()
    sweep(now)
    assert shelf.exists(lost)
    assert shelf.exists(unused.public_id)
    later = now + timedelta(days=2)
    sweep(later)
    assert not shelf.exists(lost)
    assert not draft.exists()
    assert db.session.scalars(select(StoredFile)).all() == []
    assert shelf.exists(unused.public_id)  # a backup that began with its row still finds it
    sweep(later + timedelta(hours=6))
    assert not shelf.exists(unused.public_id)


def test_what_another_room_names_is_kept(app: Flask, database: Session) -> None:
    named, public_ids = keep(), []
    services.names_files(lambda: public_ids)
    try:
        public_ids.append(named.public_id)
        sweep(datetime.now(UTC) + timedelta(days=2))
        assert db.session.get(StoredFile, named.id)
        public_ids.clear()
        sweep(datetime.now(UTC) + timedelta(days=2))
        assert not db.session.get(StoredFile, named.id)
    finally:
        services._namers.pop()


def test_the_worker_sweeps(app: Flask, database: Session) -> None:
    key = store().put(io.BytesIO(b"lost"))
    os.utime(store().path(key), (0, 0))
    run_recurring(app, now=datetime.now(UTC))
    assert not store().exists(key)


@pytest.mark.parametrize(("path", "method", "most"), [("/sign-in", "POST", 1_000_000), ("/about", "GET", 1_000_000)])
def test_other_addresses_take_no_more_than_before(app: Flask, path: str, method: str, most: int) -> None:
    with app.test_request_context(path, method=method):
        raise_limit()
        assert request.max_content_length == most

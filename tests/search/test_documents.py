"""Documents are found by what they say, by whom may read them."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.events.rules import Status
from app.files.intake import accept
from app.files.models import FileText, StoredFile
from app.files.work import read_text
from app.jobs import services as jobs
from app.jobs.models import Job, JobState
from app.kernel.db import db
from app.materials import services as materials
from app.materials.models import Material
from app.materials.rules import Visibility
from app.network.actors import SYSTEM
from app.search.presenting import visible_of
from app.site.services import rebuild_all
from app.studies import services as studies
from tests.builders import NOW, make_event, make_organisation
from tests.files import papers
from tests.materials.helpers import add, said
from tests.studies.test_studies import values as study_values

SAID = "Only page seven tells of the anemometer"


def read_what_waits() -> int:
    """As the worker does; gives how many documents it read."""
    waiting = db.session.scalars(select(Job).where(Job.kind == "files.read_text", Job.state == JobState.QUEUED)).all()
    for job in waiting:
        read_text(**job.payload)
        jobs.finish(job.id)
    return len(waiting)


def found(client: FlaskClient, query: str) -> str:
    return client.get(f"/search?q={query}").get_data(as_text=True)


@pytest.fixture
def event(database: Session) -> Event:
    return make_event(status=Status.PUBLISHED)


def test_a_document_is_found_by_what_it_says(client: FlaskClient, event: Event) -> None:
    add(event, papers.pdf(SAID), "report.pdf", title="Report of the visit")
    assert "/materials/" in found(client, "report visit")
    assert "/materials/" not in found(client, "anemometer")
    assert read_what_waits() == 1
    page = found(client, "anemometer")
    assert "Report of the visit" in page
    assert "<mark>anemometer</mark>" in page
    assert "Documents" in page


@pytest.mark.parametrize("visibility", [one for one in Visibility if one is not Visibility.PUBLIC])
def test_what_few_may_read_is_not_even_read(client: FlaskClient, event: Event, visibility: Visibility) -> None:
    add(event, papers.pdf(SAID), visibility=visibility, permission_by=None, title="Not for all")
    assert read_what_waits() == 0
    assert db.session.scalars(select(FileText)).all() == []
    assert "Not for all" not in found(client, "not for all")


def test_what_is_taken_back_is_found_no_more(client: FlaskClient, event: Event) -> None:
    row = add(event, papers.pdf(SAID), title="Report")
    read_what_waits()
    materials.unpublish(event_id=event.id, material_id=row.id, actor=SYSTEM, now=NOW)
    assert "/materials/" not in found(client, "anemometer")
    materials.publish(event_id=event.id, material_id=row.id, permission_by="Eva Beispiel", actor=SYSTEM, now=NOW)
    assert "/materials/" in found(client, "anemometer")
    assert read_what_waits() == 0  # once is enough
    event.on_lists = False
    assert "/materials/" not in found(client, "anemometer")
    event.on_lists = True
    materials.remove(event_id=event.id, material_id=row.id, actor=SYSTEM, now=NOW)
    assert visible_of([("material", row.id)]) == set()
    assert "/materials/" not in found(client, "anemometer")


def test_a_study_is_found_by_what_its_document_says(client: FlaskClient, database: Session) -> None:
    row = studies.add(values=study_values(make_organisation()), actor=SYSTEM, now=NOW)
    accepted = accept(io.BytesIO(papers.pdf(SAID)), "study.pdf")
    studies.set_document(slug=row.slug, accepted=accepted, actor=SYSTEM, now=NOW)
    assert read_what_waits() == 1
    assert f"/studies/{row.slug}" in found(client, "anemometer")


def test_all_is_put_anew_with_what_documents_say(client: FlaskClient, event: Event) -> None:
    row = add(event, papers.pdf(SAID), title="Report")
    read_what_waits()
    rebuild_all(NOW.date(), lambda _kind, _count: None)
    assert "/materials/" in found(client, "anemometer")
    file = db.session.get_one(StoredFile, row.file_id)
    db.session.delete(db.session.get_one(Material, row.id))
    db.session.delete(file)
    db.session.flush()
    assert db.session.scalars(select(FileText)).all() == []
    read_text(file.id)  # what is gone is not read


def test_a_link_is_found_by_its_title(client: FlaskClient, event: Event) -> None:
    materials.link(
        event_id=event.id,
        url="https://video.example/1",
        values=said(title="Recording of the opening"),
        actor=SYSTEM,
        now=NOW,
    )
    assert "https://video.example/1" in found(client, "recording opening")

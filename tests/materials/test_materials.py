"""Material: who adds it, who sees it, and that nothing is public which nobody permitted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.agenda.annotations import links_of
from app.audit.models import AuditEntry
from app.changes.models import Collection
from app.changes.rules import PAGES
from app.events.errors import EventNotFound, MayNotManage
from app.events.models import EventPerson
from app.events.rules import Audience, PersonRole, Status
from app.files.store import store
from app.files.work import sweep
from app.kernel.db import db
from app.kernel.texts import Texts
from app.materials import queries, services
from app.materials.errors import AlreadyThere, MaterialNotFound, NoAddress, PermissionMissing, UnknownItem
from app.materials.links import path, url
from app.materials.models import Material
from app.materials.presenters import materials_of
from app.materials.rules import ANYBODY as NOBODY
from app.materials.rules import MaterialKind, Viewer, Visibility, check_address, title_of, visible_to
from app.materials.viewers import may_read, viewer_of
from app.network.actors import ANYBODY, SYSTEM, Actor
from app.network.models import Project
from app.network.rules import WORKING_ROLES, ProjectRole
from tests.builders import NOW, make_event, make_manager, make_organisation
from tests.files import samples
from tests.materials.helpers import add, said
from tests.practices.test_practices import make_item

PUBLIC, PARTICIPANTS, PARTNERS, ORGANISERS = Visibility


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (Viewer(), {PUBLIC}),
        (Viewer(is_participant=True), {PUBLIC, PARTICIPANTS}),
        (Viewer(is_partner=True), {PUBLIC, PARTNERS}),
        (Viewer(is_participant=True, is_partner=True), {PUBLIC, PARTICIPANTS, PARTNERS}),
        (Viewer(is_manager=True), set(Visibility)),
    ],
)
def test_who_sees_what(viewer: Viewer, seen: set[Visibility]) -> None:
    assert visible_to(viewer) == seen


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://example.org/a",
        "https://",
        "https://nowhere",
        "https://ada:pw@example.org",
        "https://example.org/a b",
        "example.org",
        "//example.org",
        'https://example.org/"><script>',
    ],
)
def test_a_link_leads_to_the_web(address: str) -> None:
    with pytest.raises(NoAddress):
        check_address(address)


def test_a_file_without_a_title_is_called_by_its_name() -> None:
    assert [title_of(name) for name in ("my_slides.v2.pdf", "notes", ".pdf")] == ["my slides.v2", "notes", ".pdf"]


def test_managers_add_material_and_others_do_not(database: Session) -> None:
    organiser = make_organisation()
    event, manager = make_event(organiser=organiser), make_manager(organiser)
    material = add(event, by=manager, title="The slides")
    assert (material.title, material.account_id, material.permission_at) == ("The slides", manager.account_id, NOW)
    with pytest.raises(MayNotManage):
        add(event, samples.PDF + b"2", by=ANYBODY)
    with pytest.raises(MaterialNotFound):
        queries.material(make_event("Other").id, material.id)
    event.status = Status.DRAFT
    db.session.commit()
    with pytest.raises(EventNotFound):
        services.remove(event_id=event.id, material_id=material.id, actor=ANYBODY, now=NOW)


def test_nothing_is_public_without_permission(database: Session) -> None:
    event = make_event()
    with pytest.raises(PermissionMissing):
        add(event, permission_by=None)
    material = add(event, visibility=PARTICIPANTS, permission_by=None)
    with pytest.raises(PermissionMissing):
        services.publish(event_id=event.id, material_id=material.id, permission_by="", actor=SYSTEM, now=NOW)
    with pytest.raises(PermissionMissing):
        services.edit(
            event_id=event.id, material_id=material.id, values=said(permission_by=None), actor=SYSTEM, now=NOW
        )
    services.publish(event_id=event.id, material_id=material.id, permission_by="Eva", actor=SYSTEM, now=NOW)
    assert [line.url for line in materials_of(event.id, NOBODY)] == [path(material)]
    services.unpublish(event_id=event.id, material_id=material.id, actor=SYSTEM, now=NOW)
    assert materials_of(event.id, NOBODY) == []
    found = db.session.get_one(Material, material.id)
    assert (found.visibility, found.permission_by, found.permission_at) == (ORGANISERS, None, None)
    noted = db.session.scalars(select(AuditEntry.details).order_by(AuditEntry.id)).all()
    told = [(note["visibility"], note["permission_by"]) for note in noted[-2:]]
    assert told == [("public", "Eva"), ("organisers", None)]
    with pytest.raises(IntegrityError):
        db.session.execute(Material.__table__.update().values(visibility="public"))


def test_the_same_content_is_not_added_twice(database: Session) -> None:
    event = make_event()
    add(event)
    with pytest.raises(AlreadyThere):
        add(event, name="again.pdf")
    services.link(event_id=event.id, url="https://video.example/1", values=said(), actor=SYSTEM, now=NOW)
    with pytest.raises(AlreadyThere):
        services.link(event_id=event.id, url="https://video.example/1", values=said(), actor=SYSTEM, now=NOW)
    add(make_event("Other"))


def test_material_of_an_item_stands_in_the_agenda(database: Session) -> None:
    event, other = make_event(), make_event("Other")
    item = make_item(event, start="13:00")
    with pytest.raises(UnknownItem):
        add(other, agenda_item_id=item.id)
    material = add(event, agenda_item_id=item.id, title="Talk")
    add(event, samples.PDF + b"2", agenda_item_id=item.id, visibility=PARTNERS)
    assert [(link.label, link.url) for link in links_of([item.id])[item.id]] == [("Talk", path(material))]
    db.session.delete(item)
    db.session.commit()
    db.session.expire_all()
    assert db.session.get_one(Material, material.id).agenda_item_id is None


def test_order_is_that_of_adding_until_somebody_changes_it(database: Session) -> None:
    event = make_event()
    first, second, third = (add(event, samples.PDF + bytes([65 + n]), f"{n}.pdf") for n in range(3))
    for moved in (third, first):
        services.move_up(event_id=event.id, material_id=moved.id, actor=SYSTEM)
    assert [material.id for material in queries.materials(event.id)] == [first.id, third.id, second.id]


def test_public_pages_are_made_anew_after_every_change(database: Session) -> None:
    event = make_event()

    def version() -> int:
        db.session.expire_all()
        return db.session.scalar(select(Collection.version).where(Collection.key == PAGES)) or 0

    seen = [version()]
    material = add(event)
    seen.append(version())
    services.unpublish(event_id=event.id, material_id=material.id, actor=SYSTEM, now=NOW)
    seen.append(version())
    services.remove(event_id=event.id, material_id=material.id, actor=SYSTEM, now=NOW)
    seen.append(version())
    assert seen == sorted(set(seen))


def test_what_somebody_is_to_an_event(database: Session, recognised: None) -> None:
    organiser = make_organisation()
    event = make_event(organiser=organiser)
    manager = make_manager(organiser)
    speaker = make_manager(make_organisation("Elsewhere"), "speaker@filo.example")
    assert viewer_of(event, manager) == Viewer(is_manager=True, is_participant=True)
    assert viewer_of(event, speaker) == viewer_of(event, ANYBODY) == viewer_of(event, ANYBODY, "forged") == NOBODY
    assert viewer_of(event, ANYBODY, f"token-of-{event.id}") == Viewer(is_participant=True)
    assert viewer_of(make_event("Other"), ANYBODY, f"token-of-{event.id}") == NOBODY
    db.session.add(EventPerson(event_id=event.id, person_id=speaker.person_id, role=PersonRole.SPEAKER))
    db.session.commit()
    assert viewer_of(event, speaker) == Viewer(is_participant=True)


def test_partners_are_those_with_a_role_in_the_project(database: Session) -> None:
    project = Project(slug="p", acronym="P", aliases=[], title=Texts(en="P"), objectives=Texts())
    db.session.add(project)
    db.session.commit()
    event = make_event(project_id=project.id)
    roles = {role: Actor(account_id=1, project_roles=frozenset({(project.id, role)})) for role in ProjectRole}
    seen = {role for role, actor in roles.items() if viewer_of(event, actor).is_partner}
    assert seen == WORKING_ROLES
    elsewhere = Actor(account_id=1, project_roles=frozenset({(project.id + 1, ProjectRole.PARTNER)}))
    assert not viewer_of(event, elsewhere).is_partner


def test_material_of_a_draft_is_for_its_managers(database: Session) -> None:
    event = make_event()
    material = add(event)
    assert may_read(material, NOBODY)
    event.audience = Audience.INTERNAL
    assert not may_read(material, NOBODY)
    assert may_read(material, Viewer(is_partner=True))
    event.status = Status.DRAFT
    assert not may_read(material, Viewer(is_partner=True))
    assert may_read(material, Viewer(is_manager=True))


def test_the_mail_afterwards_points_once_to_what_participants_may_see(database: Session) -> None:
    event = make_event()
    slides = add(event)
    minutes = add(event, b"Minutes", "minutes.txt", visibility=PARTICIPANTS, kind=MaterialKind.MINUTES)
    for number, visibility in enumerate((PARTNERS, ORGANISERS)):
        add(event, samples.PDF + bytes([65 + number]), visibility=visibility)
    assert [material.id for material in queries.materials_to_mail(event.id)] == [slides.id, minutes.id]
    assert url(minutes, "ab.c") == f"http://localhost/materials/{minutes.public_id}/minutes.txt?r=ab.c"
    assert "ab.c" not in url(slides, "ab.c")  # everybody may see it, and may pass its address on
    services.note_mailed([slides.id, minutes.id], now=NOW)
    assert queries.materials_to_mail(event.id) == []


def test_what_is_removed_leaves_nothing_behind(database: Session) -> None:
    event = make_event()
    material = add(event)
    assert material.file
    key = material.file.public_id
    services.remove(event_id=event.id, material_id=material.id, actor=SYSTEM, now=NOW)
    with pytest.raises(MaterialNotFound):
        queries.file_material(material.public_id, "slides.pdf")
    for days in (2, 3):
        sweep(NOW + timedelta(days=days))
    assert not store().exists(key)


def test_what_is_shown_survives_sweeping(database: Session) -> None:
    material = add(make_event())
    for days in (2, 3):
        sweep(NOW + timedelta(days=days))
    assert material.file
    assert store().exists(material.file.public_id)

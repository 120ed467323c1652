"""A project with a group: coordinator and supporting body from Italy, members from Germany and Slovakia, a stranger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.agenda.rules import ItemKind
from app.events.models import Event
from app.forums.models import Cafe, CafeNote, CafeRound, CafeTable
from app.forums.rules.cafe import NoteTag
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network import services as network
from app.network.actors import SYSTEM, Actor
from app.network.inputs import GroupInput
from app.network.models import Organisation, Project, ThematicGroup
from app.network.queries import actor_of
from app.network.rules import GroupRole, ProjectRole
from app.plans.inputs import ActionInput, ChapterInput, DistrictInput, WindowInput
from app.plans.queries import plans as queries
from app.plans.services import acting, consulting, districts, drafting, publishing
from tests.builders import NOW, make_country, make_manager, make_organisation
from tests.forums.helpers import make_forum, put_part
from tests.network.scenes import give, make_project

SLUG = "agrifood"


@dataclass(frozen=True, kw_only=True)
class Scene:
    project: Project
    group: ThematicGroup
    coordinator: Organisation
    support: Organisation
    german: Organisation
    slovak: Organisation
    people: dict[str, Actor]

    def actor(self, name: str) -> Actor:
        """As a page would know somebody: read from the database."""
        return actor_of(self.people[name].account_id or 0)


def make_scene() -> Scene:
    codes = ("IT", "DE", "SK", "HU")
    for code in codes:
        make_country(code)
    project = make_project("CORD", country_codes=codes)
    lead = make_organisation("Lead", country="CZ")
    give(project, lead, ProjectRole.LEAD_PARTNER)
    found = GroupInput(slug=SLUG, name=Texts(en="Agri-food", it="Agroalimentare"), sector_ids=(), position=1)
    group = network.add_group(project.id, found, actor=SYSTEM)
    coordinator, support = make_organisation("Metropoli"), make_organisation("Parco")
    german, slovak = make_organisation("Stuttgart", country="DE"), make_organisation("Piestany", country="SK")
    for one, role in (
        (coordinator, GroupRole.COORDINATOR),
        (support, GroupRole.SUPPORTING_BODY),
        (german, GroupRole.MEMBER),
        (slovak, GroupRole.MEMBER),
    ):
        network.give_group_role(group.id, one.id, role, actor=SYSTEM, now=NOW)
        give(project, one)
    give(project, coordinator, ProjectRole.EXCHANGE_COORDINATOR)
    people = {
        name: make_manager(one, f"{name}@filo.example")
        for name, one in {
            "coordinator": coordinator,
            "support": support,
            "german": german,
            "slovak": slovak,
            "lead": lead,
            "stranger": make_organisation("Stranger"),
        }.items()
    }
    return Scene(
        project=project,
        group=group,
        coordinator=coordinator,
        support=support,
        german=german,
        slovak=slovak,
        people=people,
    )


def put(**changes: Any) -> dict[str, Any]:
    """What every verb takes, said by the house itself."""
    return {"group_slug": SLUG, "actor": SYSTEM, "now": NOW} | changes


def chapter(body: str = "Text", title: str = "Title") -> ChapterInput:
    return ChapterInput(title=Texts(en=title), body=Texts(en=body))


def begin(scene: Scene, *drafters: Organisation) -> int:
    """A plan with one chapter, drafted by these, by an Italian and a German one unless said; gives the chapter."""
    drafting.begin(**put())
    for one in queries.chapters_of(queries.plans_of(scene.group.id)[-1].id):
        drafting.set_aside(one.id, is_removed=True, **put())
    named = drafters or (scene.coordinator, scene.german)
    drafting.name_drafters(organisation_ids=[one.id for one in named], **put())
    return drafting.add_chapter(values=chapter(), **put())


def publish(name: str = "First") -> int:
    return publishing.publish(name=name, **put())


def ask(days: int = 9, **changes: Any) -> int:
    window = WindowInput(opens_on=NOW.date(), closes_on=NOW.date() + timedelta(days=days))
    return consulting.open_window(values=window, **put(**changes))


def adopt(*adopters: Organisation, **changes: Any) -> None:
    ids = [one.id for one in adopters]
    publishing.adopt(organisation_ids=ids, adopted_on=NOW.date(), **put(**changes))


def act(owner: Organisation, title: str = "Action", days: int = 30, **changes: Any) -> int:
    values = ActionInput(title=Texts(en=title), owner_id=owner.id, due=NOW.date() + timedelta(days=days), **changes)
    return acting.add(values=values, **put())


def form_district(*members: Organisation, year: int = 2012) -> None:
    values = DistrictInput(
        name=Texts(en="Food district"), target_year=year, member_ids=frozenset(m.id for m in members)
    )
    districts.found(values=values, **put())


def make_cafe_note(group: ThematicGroup, organiser: Organisation, text: str) -> tuple[Event, int]:
    """A forum of the group with a café at whose table something was noted; gives the event and the note."""
    event = make_forum(organiser, groups=[group])
    item_id = put_part(event, ItemKind.WORLD_CAFE)
    cafe = Cafe(item_id=item_id, event_id=event.id, round_minutes=20)
    table = CafeTable(number=1, public_id=f"table-{item_id}")
    cafe.rounds.append(CafeRound(number=1, question=Texts(en="What next?")))
    cafe.tables.append(table)
    db.session.add(cafe)
    db.session.flush()
    note = CafeNote(table_id=table.id, round=1, tag=NoteTag.IDEA, text=text, at=NOW)
    db.session.add(note)
    db.session.commit()
    return event, note.id

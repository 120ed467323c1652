"""The five groups at work: plans, a consultation with silent countries, actions, meta-districts. All texts invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.demo.ids import DemoIds
from app.demo.strategy_texts import ACTIONS, ASKS, COMMENTS, DISTRICTS, TEXTS, UPDATE
from app.kernel.texts import Texts
from app.network import services as network
from app.network.actors import SYSTEM, Actor
from app.network.rules import GroupRole
from app.plans.inputs import ActionInput, ChapterInput, CommentInput, DistrictInput, DocumentInput, WindowInput
from app.plans.queries import groups as group_rows
from app.plans.queries import plans as plan_rows
from app.plans.rules.districts import DistrictStep
from app.plans.services import acting, consulting, districts, documents, drafting, publishing

MEMBERS = {
    "agrifood": ("o11", "o12", "o13", "o14", "o15"),
    "energy_environment": ("o11", "o13"),
    "tourism": ("o09", "o16"),
    "ict": ("o11",),
    "life_sciences": ("o13",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlan:
    """``begun``: so many days ago; who drafts it, and who adopted it so many days ago."""

    begun: int
    drafters: tuple[str, ...]
    adopters: tuple[str, ...] = ()
    adopted: int = 0


PLANS = {
    "agrifood": DemoPlan(begun=200, drafters=("o09", "o10", "o16", "o12")),
    "energy_environment": DemoPlan(begun=400, drafters=("o12", "o17"), adopters=("o12", "o17"), adopted=150),
    "tourism": DemoPlan(begun=380, drafters=("o13", "o09"), adopters=("o13",), adopted=90),
    "ict": DemoPlan(begun=420, drafters=("o12", "o14"), adopters=("o14", "o12", "o11"), adopted=210),
    "life_sciences": DemoPlan(begun=60, drafters=("o11", "o15")),
}


def load_strategies(ids: DemoIds, events: Mapping[str, int], now: datetime) -> None:
    """After the events, their debriefs and the network. ``events`` by the names of the demonstration."""
    for slug, members in MEMBERS.items():
        for key in members:
            network.give_group_role(
                ids.network.groups[slug], ids.network.organisations[key], GroupRole.MEMBER, actor=SYSTEM, now=now
            )
    for slug, plan in PLANS.items():
        _load_plan(slug, plan, ids, now)
        _load_actions(slug, ids, events, now)
        _load_district(slug, ids, now)
    documents.add(
        group_slug="agrifood",
        values=DocumentInput(
            title="Minutes of the kick-off (shared folder)", url="https://files.filo.example/kick-off"
        ),
        actor=SYSTEM,
        now=now - timedelta(days=100),
    )


def _load_plan(slug: str, plan: DemoPlan, ids: DemoIds, now: datetime) -> None:
    begun = now - timedelta(days=plan.begun)
    plan_id = drafting.begin(group_slug=slug, actor=SYSTEM, now=begun)
    organisations = ids.network.organisations
    drafting.name_drafters(
        group_slug=slug, organisation_ids=[organisations[one] for one in plan.drafters], actor=SYSTEM, now=begun
    )
    _write(slug, plan_id, TEXTS[slug], begun)
    if slug == "life_sciences":
        return
    publishing.publish(group_slug=slug, name="First draft", actor=SYSTEM, now=begun + timedelta(days=30))
    _consult(slug, ids, begun + timedelta(days=31), days=30)
    consulting.close(group_slug=slug, actor=SYSTEM, now=begun + timedelta(days=62))
    if slug == "agrifood":
        changed = now - timedelta(days=9)
        _write(slug, plan_id, UPDATE, changed)
        publishing.publish(
            group_slug=slug, name="For the forum in Lodi", note="After the first round.", actor=SYSTEM, now=changed
        )
        _consult(slug, ids, now - timedelta(days=8), days=38)
    else:
        publishing.adopt(
            group_slug=slug,
            organisation_ids=[organisations[one] for one in plan.adopters],
            adopted_on=(now - timedelta(days=plan.adopted)).date(),
            actor=SYSTEM,
            now=now - timedelta(days=plan.adopted),
        )


def _write(slug: str, plan_id: int, texts: Mapping[int, Texts], now: datetime) -> None:
    """Bodies by the place of their chapter."""
    for place, row in enumerate(plan_rows.chapters_of(plan_id)):
        if place in texts:
            drafting.save_chapter(
                row.id,
                group_slug=slug,
                revision=row.revision,
                values=ChapterInput(title=row.title, body=texts[place]),
                actor=SYSTEM,
                now=now,
            )


def _consult(slug: str, ids: DemoIds, at: datetime, *, days: int) -> None:
    window = WindowInput(opens_on=at.date(), closes_on=(at + timedelta(days=days)).date(), asks=ASKS)
    consulting.open_window(group_slug=slug, values=window, actor=SYSTEM, now=at, tells=False)
    chapters = plan_rows.version(ids.network.groups[slug], plan_rows.last_number(ids.network.groups[slug])).content
    for name, organisation, place, text in COMMENTS[slug]:
        actor = Actor(name=name, organisation_ids=frozenset({ids.network.organisations[organisation]}))
        consulting.comment(
            group_slug=slug,
            values=CommentInput(chapter=chapters[place]["key"] if place is not None else "", text=text),
            actor=actor,
            now=at + timedelta(days=4),
        )


def _load_actions(slug: str, ids: DemoIds, events: Mapping[str, int], now: datetime) -> None:
    group = group_rows.groups_of_projects([ids.network.projects["B"]])
    row = next(one for one in group if one.slug == slug)
    notes = acting.findings(row)
    for data in ACTIONS[slug]:
        source = notes[0].reference if data.of_note and notes else ""
        action_id = acting.add(
            group_slug=slug,
            values=ActionInput(
                title=data.title,
                owner_id=ids.network.organisations[data.owner],
                due=(now + timedelta(days=data.due)).date(),
                event_id=events[data.event] if data.event else None,
                source=source,
            ),
            actor=SYSTEM,
            now=now - timedelta(days=20),
        )
        for step in data.steps:
            acting.move(action_id, group_slug=slug, step=step, actor=SYSTEM, now=now - timedelta(days=2))


def _load_district(slug: str, ids: DemoIds, now: datetime) -> None:
    name, members = DISTRICTS[slug]
    districts.found(
        group_slug=slug,
        values=DistrictInput(
            name=name,
            target_year=now.year + 1,
            member_ids=frozenset(ids.network.organisations[one] for one in members),
        ),
        actor=SYSTEM,
        now=now - timedelta(days=1),
    )
    if slug == "energy_environment":
        districts.move(group_slug=slug, step=DistrictStep.ESTABLISH, actor=SYSTEM, now=now)

"""One template run by several partners: made together, following while nobody opened them, each partner its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.events import queries, services
from app.events.errors import EventNotFound, MayNotManage, NoRegions, RegionsRefused
from app.events.models import Event, EventSeries, RegionalCopy
from app.events.rules import MOST_COPIES, REGIONAL_PARTS, OrganisationRole, Part, PersonRole, Status
from app.events.services import RegionInput
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.actors import SYSTEM, Actor
from app.network.models import Organisation, Region
from app.questions import queries as questions
from app.questions import services as asking
from app.questions.models import QuestionForm, QuestionWording
from app.questions.rules import FormInput, Kind, Purpose, QuestionInput
from tests.builders import NOW, make_event, make_manager, make_organisation, make_person, make_venue
from tests.forms import hidden_values
from tests.signing_in import sign_in_manager

STARTS = datetime(2027, 3, 3, 8, tzinfo=UTC)  # 09:00 in Rome
LATER = NOW + timedelta(hours=1)
# partner, region, country, language, zone, and when it starts there on the clock of the wall and in UTC
REGIONS = (
    ("Veneto", "ITH3", "IT", "it", "Europe/Rome", datetime(2027, 4, 7, 7, tzinfo=UTC)),
    ("Tirol", "AT33", "AT", "de", "Europe/Vienna", datetime(2027, 4, 8, 7, tzinfo=UTC)),
    ("Porto", "PT11", "PT", "en", "Europe/Lisbon", datetime(2027, 4, 9, 8, tzinfo=UTC)),
    ("Cork", "IE05", "IE", "en", "Europe/Dublin", datetime(2027, 4, 10, 8, tzinfo=UTC)),
)


@pytest.fixture
def partners(database: Session) -> list[Organisation]:
    """Each in a region of its own."""
    made = []
    for name, region, country, *_rest in REGIONS:
        made.append(make_organisation(name, country=country))
        db.session.add(Region(code=region, country_code=country, name=Texts(en=name)))
    db.session.commit()
    return made


@pytest.fixture
def template(database: Session) -> Event:
    """A draft with a survey."""
    event = make_event("Workshop", status=Status.DRAFT, starts_at=STARTS, organiser=make_organisation("Lead"))
    form_id = asking.add_form(
        event_id=event.id, values=FormInput(purpose=Purpose.FEEDBACK, title=Texts(en="Survey")), actor=SYSTEM, now=NOW
    )
    asking.add_question(event_id=event.id, form_id=form_id, values=rating("How was it?"), actor=SYSTEM, now=NOW)
    return event


def rating(label: str, **changes: Any) -> QuestionInput:
    values = {"kind": Kind.RATING, "label": Texts(en=label), "purpose": Texts(en="To learn"), "code": "liked"}
    return QuestionInput(**values | changes)


def rows(partners: list[Organisation]) -> list[RegionInput]:
    venues = [
        make_venue(one.name, country=one.country_code, operator=one, timezone=REGIONS[number][4])
        for number, one in enumerate(partners)
    ]
    return [
        RegionInput(
            partner_id=one.id,
            region_code=region[1],
            language=region[3],
            timezone="Europe/Rome",  # the venue knows better
            starts_at=region[5],
            venue_id=venue.id,
        )
        for one, region, venue in zip(partners, REGIONS, venues, strict=True)
    ]


def replicate(template: Event, wanted: list[RegionInput], *, actor: Actor = SYSTEM) -> list[Event]:
    made = services.replicate(template.id, rows=wanted, parts=REGIONAL_PARTS, actor=actor, now=NOW)
    db.session.expire_all()
    return [queries.whole_event(event_id) for event_id in made]


def survey(event_id: int) -> QuestionForm:
    return questions.forms_of(event_id, Purpose.FEEDBACK)[0]


def asked(event: Event) -> list[str]:
    db.session.expire_all()
    return [question.label["en"] for form in questions.forms_of(event.id) for question in form.asked]


def reword(event: Event, label: str) -> None:
    question = survey(event.id).questions[0]
    asking.edit_question(
        event_id=event.id,
        question_id=question.id,
        values=rating(label),
        revision=question.revision,
        actor=SYSTEM,
        now=LATER,
    )


def test_from_a_template_four_regional_copies_with_own_language_place_and_zone(
    template: Event, partners: list[Organisation]
) -> None:
    copies = replicate(template, rows(partners))
    assert [
        (copy.organisations[0].organisation.name, copy.region_code, copy.timezone, copy.languages[0].language)
        for copy in copies
    ] == [(name, region, zone, language) for name, region, _country, language, zone, _at in REGIONS]
    for copy, region in zip(copies, REGIONS, strict=True):
        assert (copy.starts_at, copy.ends_at - copy.starts_at) == (region[5], timedelta(hours=4))
        assert copy.starts_at.astimezone(ZoneInfo(copy.timezone)).hour == 9
        assert copy.edition_label == region[0]
        assert copy.status is Status.DRAFT
    assert len({copy.slug for copy in copies}) == 4
    assert {copy.series_id for copy in copies} == {queries.event(template.id).series_id} != {None}
    assert [queries.template_of(copy.id) for copy in copies] == [queries.event(template.id)] * 4


def test_editing_the_templates_survey_updates_only_unopened_copies(
    template: Event, partners: list[Organisation]
) -> None:
    untouched, published, edited, back = replicate(template, rows(partners))
    for event in (published, back):
        services.publish(event.id, actor=SYSTEM, now=NOW)
    services.take_back(back.id, actor=SYSTEM, now=NOW)  # it was open once
    reword(edited, "Ours")
    reword(template, "How did you like it?")
    assert [asked(one) for one in (untouched, published, edited, back)] == [
        ["How did you like it?"],
        ["How was it?"],
        ["Ours"],
        ["How was it?"],
    ]
    question = survey(untouched.id).questions[0]
    assert (question.code, question.wording_version) == ("liked", 2)
    assert db.session.scalars(
        select(QuestionWording.version).where(QuestionWording.question_id == question.id)
    ).all() == [1, 2]


def _add(event: Event, form: QuestionForm) -> None:
    values = rating("And lunch?", code="lunch")
    asking.add_question(event_id=event.id, form_id=form.id, values=values, actor=SYSTEM, now=LATER)


def _retire(event: Event, form: QuestionForm) -> None:
    asking.retire_question(event_id=event.id, question_id=form.questions[0].id, actor=SYSTEM, now=LATER)


def _new_form(event: Event, form: QuestionForm) -> None:
    values = FormInput(purpose=Purpose.JOINING, title=Texts(en="First"))
    form_id = asking.add_form(event_id=event.id, values=values, actor=SYSTEM, now=LATER)
    later = QuestionInput(kind=Kind.TEXT, label=Texts(en="Diet?"), purpose=Texts(en="Food"))
    asking.add_question(event_id=event.id, form_id=form_id, values=later, actor=SYSTEM, now=LATER)


def _remove_form(event: Event, form: QuestionForm) -> None:
    asking.remove_form(event_id=event.id, form_id=form.id, actor=SYSTEM, now=LATER)


def _rename(event: Event, form: QuestionForm) -> None:
    values = replace(FormInput(purpose=Purpose.FEEDBACK, title=Texts(en="Afterwards")), is_anonymous=True)
    asking.edit_form(event_id=event.id, form_id=form.id, values=values, revision=form.revision, actor=SYSTEM, now=LATER)


@pytest.mark.parametrize("change", [_add, _retire, _new_form, _remove_form, _rename])
def test_whatever_is_done_to_the_templates_questions_a_copy_follows(
    template: Event, partners: list[Organisation], change: Callable[[Event, QuestionForm], None]
) -> None:
    copy = replicate(template, rows(partners))[0]
    change(queries.event(template.id), survey(template.id))
    assert asked(copy) == asked(template)
    looks = [
        [(form.title, form.is_anonymous, [one.code for one in form.asked]) for form in questions.forms_of(event.id)]
        for event in (copy, template)
    ]
    assert looks[0] == looks[1]


def test_a_partner_manages_its_own_copy_and_no_other(template: Event, partners: list[Organisation]) -> None:
    """Not even one that helps to organise the template."""
    partner = partners[0]
    person = make_person()
    services.add_organisation(
        template.id, organisation_id=partner.id, role=OrganisationRole.CO_ORGANISER, actor=SYSTEM, now=NOW
    )
    services.add_person(template.id, person_id=person.id, role=PersonRole.SPEAKER, actor=SYSTEM, now=NOW)
    copies = replicate(template, rows(partners))
    actor = make_manager(partner)
    services.check_manageable(copies[0], actor)
    for other in copies[1:]:
        with pytest.raises(EventNotFound):
            services.check_manageable(other, actor)
        with pytest.raises(EventNotFound):
            services.edit(other.id, values=services.values_of(other), revision=1, actor=actor, now=NOW)
    assert [copy.persons for copy in copies] == [[], [], [], []]
    lead = make_manager(template.organisations[0].organisation, "lead@filo.example")
    for copy in copies:
        services.check_manageable(copy, lead)


def test_who_does_not_manage_the_template_makes_no_copies(template: Event, partners: list[Organisation]) -> None:
    stranger = make_manager(partners[0])
    with pytest.raises(EventNotFound):
        replicate(template, rows(partners), actor=stranger)
    published = make_event("Other")
    with pytest.raises(MayNotManage):
        replicate(published, rows(partners), actor=stranger)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"partner_id": 9999}, "partner_id"),
        ({"venue_id": 9999}, "venue_id"),
        ({"region_code": "XX9"}, "region_code"),
        ({"region_code": "PT11"}, "region_code"),  # of another country than the venue
        ({"venue_id": None, "timezone": "Mars/Olympus"}, None),
    ],
)
def test_all_copies_are_made_or_none_and_each_row_says_what_is_wrong(
    template: Event, partners: list[Organisation], changes: dict[str, Any], field: str | None
) -> None:
    wanted = rows(partners)
    wanted[1] = replace(wanted[1], **changes)
    wanted[3] = replace(wanted[3], partner_id=9999)
    before = db.session.scalar(select(func.count(Event.id)))
    with pytest.raises(RegionsRefused) as refused:
        replicate(template, wanted)
    db.session.expire_all()
    refusals: Any = refused.value.details["refusals"]
    assert [number for number, _refusal in refusals] == [1, 3]
    assert field is None or refusals[0][1].details["field"] == field
    assert db.session.scalar(select(func.count(Event.id))) == before
    assert queries.event(template.id).series_id is None
    assert db.session.scalars(select(EventSeries)).all() == []


def test_a_copy_is_for_somebody_and_there_are_not_too_many(template: Event, partners: list[Organisation]) -> None:
    one = rows(partners)[0]
    for wanted in ([], [one] * (MOST_COPIES + 1)):
        with pytest.raises(NoRegions):
            replicate(template, wanted)


def test_a_template_that_is_deleted_leaves_its_copies(template: Event, partners: list[Organisation]) -> None:
    copy = replicate(template, rows(partners)[:1])[0]
    services.delete_draft(template.id, actor=SYSTEM, now=NOW)
    db.session.expire_all()
    assert queries.template_of(copy.id) is None
    assert asked(copy) == ["How was it?"]
    assert db.session.scalars(select(RegionalCopy)).all() == []


def test_parts_that_are_persons_never_come_along(template: Event, partners: list[Organisation]) -> None:
    services.add_person(template.id, person_id=make_person().id, role=PersonRole.SPEAKER, actor=SYSTEM, now=NOW)
    (event_id,) = services.replicate(template.id, rows=rows(partners)[:1], parts=frozenset(Part), actor=SYSTEM, now=NOW)
    assert queries.whole_event(event_id).persons == []


def test_the_page_keeps_what_was_typed_and_says_beside_the_row_what_is_wrong(
    client: FlaskClient, template: Event, partners: list[Organisation]
) -> None:
    sign_in_manager(client, template.organisations[0].organisation, "lead@filo.example")
    page = f"/manage/events/{template.slug}/regions"
    values = hidden_values(client.get(page).text) | {
        "parts": "questions",
        "rows-0-partner_id": str(partners[0].id),
        "rows-0-region_code": "ITH3",
        "rows-0-starts": "2027-03-28T02:30",  # the clocks skip it
        "rows-0-timezone": "Europe/Rome",
        "rows-0-language": "it",
        "rows-1-language": "en",
        "rows-2-region_code": "AT33",
        "rows-2-language": "de",
        "rows-3-language": "de",
    }
    answer = client.post(page, data=values)
    assert answer.status_code == 422
    assert 'value="2027-03-28T02:30"' in answer.text
    assert re.findall(r'id="rows-(\S+)-error"', answer.text) == ["0-starts", "2-partner_id", "2-starts"]
    more = client.post(page, data=values | {"more": "1"})
    assert (more.status_code, more.text.count('name="rows-7-starts"')) == (200, 1)
    right = {
        "rows-0-starts": "2027-03-29T09:00",
        "rows-2-partner_id": str(partners[1].id),
        "rows-2-starts": "2027-04-01T09:00",
        "rows-2-timezone": "Europe/Vienna",
    }
    assert client.post(page, data=values | right).status_code == 303
    html = client.get(page).text
    assert "Veneto" in html
    assert html.count("Its questions follow this event") == 2
    assert "2 regional copies that are not published" in client.get(f"/manage/events/{template.slug}/questions").text
    (copy, *_rest) = queries.following_copies(template.id)
    assert "This is a regional copy" in client.get(f"/manage/events/{copy.slug}/questions").text
    assert client.get("/manage/events/nothing/regions").status_code == 404

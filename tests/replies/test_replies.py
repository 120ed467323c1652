"""Answers from calendars: what each program writes, what it does here, and what nobody can make it do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import product
from mailbox import Maildir
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.events.rules import Status
from app.kernel.db import db
from app.kernel.i18n import LANGUAGE_NAMES
from app.mail import services as mail
from app.mail.errors import UnreadableMail
from app.mail.models import InboxMail, Message
from app.mail.reading import read_inbox
from app.mail.sending import _word
from app.network.actors import Actor
from app.registration import links
from app.registration.inputs import Heir
from app.registration.models import Registration
from app.registration.rules import Place
from app.registration.services import handing_over, leaving
from app.replies.models import CalendarReply
from app.replies.rules import MOST_KEPT, PROPOSALS_A_DAY, Outcome, Said
from app.replies.work import forget
from config import Config
from tests.builders import NOW, make_event, make_manager, make_organisation
from tests.registration.helpers import join
from tests.replies.answers import BASE, LATER, WRITTEN, address_of, answer, event_of, sequence_of
from tests.signing_in import sign_in

CLIENTS = ("gmail", "outlook", "m365", "apple", "thunderbird", "attached")


@pytest.fixture
def event(database: Session) -> Event:
    return make_event(capacity=1, contact_email="office@filo.example")


@pytest.fixture
def ada(event: Event) -> Registration:
    return join(event.id, "ada")


@pytest.fixture
def eve(event: Event, ada: Registration) -> Registration:
    """Next in the queue."""
    return join(event.id, "eve")


def take(raw: bytes, now: datetime = LATER) -> bool:
    return mail.take_in(raw, now=now)


def place(registration: Registration) -> Place:
    return db.session.scalars(select(Registration.place).where(Registration.id == registration.id)).one()


def kept(registration: Registration) -> list[tuple[Said, Outcome]]:
    rows = db.session.scalars(
        select(CalendarReply).where(CalendarReply.registration_id == registration.id).order_by(CalendarReply.id)
    )
    return [(row.said, row.outcome) for row in rows]


def letters(name: str) -> list[str]:
    return list(db.session.scalars(select(Message.recipient).where(Message.name == name).order_by(Message.id)))


# what programs write


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("said", [Said.ACCEPTED, Said.TENTATIVE, Said.DECLINED])
def test_every_program_is_understood(
    config: Config, ada: Registration, eve: Registration, client: str, said: Said
) -> None:
    assert take(answer(client, ada, config, said.upper()))
    is_no = said is Said.DECLINED
    assert kept(ada) == [(said, Outcome.WITHDRAWN if is_no else Outcome.NOTED)]
    assert place(ada) is (Place.WITHDRAWN if is_no else Place.CONFIRMED)
    assert place(eve) is (Place.CONFIRMED if is_no else Place.WAITLISTED)
    assert letters("registration_withdrawn") == ([ada.email] if is_no else [])
    assert letters("registration_promoted") == ([eve.email] if is_no else [])


@pytest.mark.parametrize("client", ["gmail", "outlook", "m365"])
@pytest.mark.parametrize(("partstat", "said"), [("TENTATIVE", Said.PROPOSED), ("DECLINED", Said.PROPOSED_AND_DECLINED)])
def test_another_time_becomes_a_message_to_the_organisers(
    config: Config, ada: Registration, client: str, partstat: str, said: Said
) -> None:
    hour = timedelta(hours=3)
    raw = answer(client, ada, config, partstat, method="COUNTER", moved=hour, comment="My train\\, sadly")
    assert take(raw)
    assert kept(ada) == [(said, Outcome.PASSED_ON)]
    found = db.session.scalars(select(CalendarReply)).one()
    event = event_of(ada)
    assert (found.starts_at, found.ends_at) == (event.starts_at + hour, event.ends_at + hour)
    assert found.comment.replace("\\", "") == "My train, sadly"
    assert letters("reply_proposal") == ["office@filo.example"]
    assert place(ada) is Place.CONFIRMED
    assert letters("reply_not_followed") == ([ada.email] if partstat == "DECLINED" else [])


def test_organisers_without_a_contact_are_written_to_themselves(config: Config, database: Session) -> None:
    organiser = make_organisation()
    event = make_event(organiser=organiser)
    make_manager(organiser, "mara@filo.example")
    ada = join(event.id, "ada")
    take(answer("gmail", ada, config, "TENTATIVE", method="COUNTER", moved=timedelta(days=1)))
    assert letters("reply_proposal") == ["mara@filo.example"]


def test_only_so_many_proposals_are_mailed(config: Config, ada: Registration) -> None:
    for number in range(PROPOSALS_A_DAY + 3):
        raw = answer("gmail", ada, config, "TENTATIVE", method="COUNTER", moved=timedelta(hours=1 + number))
        assert take(raw)
    assert len(kept(ada)) == PROPOSALS_A_DAY + 3
    assert len(letters("reply_proposal")) == PROPOSALS_A_DAY


@pytest.mark.parametrize("partstat", ["DELEGATED", "NEEDS-ACTION", "X-WHATEVER", ""])
def test_what_a_calendar_cannot_do_moves_nothing(config: Config, ada: Registration, partstat: str) -> None:
    assert take(answer("thunderbird", ada, config, partstat))
    assert [outcome for _, outcome in kept(ada)] == [Outcome.NOT_FOLLOWED]
    assert place(ada) is Place.CONFIRMED
    assert letters("reply_not_followed") == ([ada.email] if partstat == "DELEGATED" else [])


def test_a_place_that_is_offered_is_not_taken_by_a_calendar(config: Config, database: Session) -> None:
    event = make_event(capacity=1, policy={"offer_hours": 24})
    ada, eve = join(event.id, "ada"), join(event.id, "eve")
    leaving.withdraw(ada.id, now=NOW)
    assert take(answer("m365", eve, config, "ACCEPTED"))
    assert kept(eve) == [(Said.ACCEPTED, Outcome.OFFER_WAITS)]
    assert place(eve) is Place.OFFERED
    assert letters("reply_not_followed") == [eve.email]


# what is older


def test_the_same_answer_counts_once_whichever_way_it_comes(config: Config, ada: Registration) -> None:
    raw = answer("gmail", ada, config, "TENTATIVE")
    assert take(raw)
    assert take(raw)
    assert take(answer("gmail", ada, config, "TENTATIVE"))  # another mail, the same words
    assert kept(ada) == [(Said.TENTATIVE, Outcome.NOTED)]


def test_an_older_answer_does_not_undo_a_newer_one(config: Config, ada: Registration) -> None:
    take(answer("gmail", ada, config, "ACCEPTED"))
    take(answer("gmail", ada, config, "DECLINED", written_at=WRITTEN - timedelta(minutes=1)))
    assert kept(ada) == [(Said.ACCEPTED, Outcome.NOTED), (Said.DECLINED, Outcome.NEWER_KNOWN)]
    take(answer("gmail", ada, config, "DECLINED", written_at=WRITTEN + timedelta(minutes=1)))
    assert place(ada) is Place.WITHDRAWN


def test_neither_the_future_nor_a_huge_sequence_outlives_the_next_answer(config: Config, ada: Registration) -> None:
    year = timedelta(days=365)
    take(answer("gmail", ada, config, "ACCEPTED", written_at=NOW + year, sequence=2**40))
    take(answer("gmail", ada, config, "DECLINED", written_at=LATER), now=LATER + timedelta(minutes=1))
    assert place(ada) is Place.WITHDRAWN


@pytest.mark.parametrize("client", ["gmail", "m365", "apple"])
def test_a_no_to_a_time_that_is_no_more_keeps_the_place(config: Config, ada: Registration, client: str) -> None:
    assert take(answer(client, ada, config, "DECLINED", moved=timedelta(days=-1)))
    assert kept(ada) == [(Said.DECLINED, Outcome.SUPERSEDED)]
    assert place(ada) is Place.CONFIRMED
    assert letters("reply_not_followed") == [ada.email]


def test_a_no_from_before_a_change_keeps_the_place_and_a_later_one_does_not(
    config: Config, database: Session, event: Event, ada: Registration
) -> None:
    old = sequence_of(ada)
    event.sequence, event.content_changed_at = event.sequence + 1, WRITTEN
    database.commit()
    take(answer("attached", ada, config, "DECLINED", sequence=old, written_at=WRITTEN - timedelta(minutes=1)))
    assert kept(ada) == [(Said.DECLINED, Outcome.SUPERSEDED)]
    take(answer("attached", ada, config, "DECLINED", sequence=old, written_at=WRITTEN + timedelta(minutes=1)))
    assert place(ada) is Place.WITHDRAWN


def test_a_no_that_comes_after_joining_again_does_not_throw_anybody_out(
    config: Config, event: Event, ada: Registration
) -> None:
    raw = answer("outlook", ada, config, "DECLINED")
    leaving.withdraw(ada.id, now=NOW)
    again = join(event.id, "ada", form_key="another-form-xxxxxxxx")
    assert take(raw)
    assert kept(ada) == [(Said.DECLINED, Outcome.REGISTRATION_OVER)]
    assert place(again) is Place.CONFIRMED
    assert letters("reply_not_followed") == []


@pytest.mark.parametrize("status", [Status.CALLED_OFF, Status.POSTPONED, Status.HELD])
def test_no_answer_moves_anything_where_nothing_takes_place(
    config: Config, database: Session, event: Event, ada: Registration, status: Status
) -> None:
    event.status = status
    database.commit()
    assert take(answer("gmail", ada, config, "DECLINED"))
    assert kept(ada) == [(Said.DECLINED, Outcome.EVENT_OVER)]
    assert place(ada) is Place.CONFIRMED


def test_no_answer_moves_anything_once_the_event_has_begun(config: Config, event: Event, ada: Registration) -> None:
    assert take(answer("gmail", ada, config, "DECLINED"), now=event.starts_at)
    assert kept(ada) == [(Said.DECLINED, Outcome.EVENT_OVER)]


def test_an_event_of_several_days_is_answered_by_its_first_day(config: Config, database: Session) -> None:
    starts = NOW + timedelta(days=10)
    ada = join(make_event(starts_at=starts, ends_at=starts + timedelta(days=2)).id, "ada")
    raw = answer("thunderbird", ada, config, "DECLINED").decode()
    assert "BEGIN" not in raw  # it is encoded
    day = answer("gmail", ada, config, "DECLINED", start_utc="20270123T000000Z", end_utc="20270126T000000Z")
    assert take(day)
    assert place(ada) is Place.WITHDRAWN


# who is believed


FORGERIES = ("none", "altered", "letter", "no number", "other key", "bounce")


def forged(ada: Registration, config: Config, change: str) -> str:
    address = address_of(ada, config)
    return {
        "none": BASE,
        "altered": address.replace("@", "0@") if change == "altered" else "",
        "letter": address[:-20].replace("+r", "+r9") + address[-20:],
        "no number": f"filo+r9999999999-{address[-37:-13]}@filo.example",
        "other key": address_of(ada, replace(config, secret_key="another-key-" + "1" * 32)),
        "bounce": address.replace("+r", "+"),
    }[change]


@pytest.mark.parametrize(("client", "change"), [*product(["m365"], FORGERIES), ("gmail", "none")])
def test_an_address_that_nobody_signed_changes_nothing(
    config: Config, ada: Registration, client: str, change: str
) -> None:
    """From is the victim's own address in all of them."""
    assert not take(answer(client, ada, config, to=forged(ada, config, change)))
    assert kept(ada) == []
    assert place(ada) is Place.CONFIRMED
    assert db.session.query(InboxMail).count() == 0


def test_servers_may_change_the_case_of_the_address(config: Config, ada: Registration) -> None:
    assert take(answer("gmail", ada, config, to=address_of(ada, config).upper()))
    assert place(ada) is Place.WITHDRAWN


def test_a_forwarded_invitation_throws_nobody_out(config: Config, ada: Registration) -> None:
    assert take(answer("gmail", ada, config, "DECLINED", email="colleague@else.example"))
    assert kept(ada) == [(Said.DECLINED, Outcome.OTHER_PERSON)]
    assert place(ada) is Place.CONFIRMED
    assert letters("reply_not_followed") == [ada.email]
    take(answer("gmail", ada, config, "DECLINED", written_at=WRITTEN - timedelta(minutes=5)))
    assert place(ada) is Place.WITHDRAWN  # somebody else's answer is no newer one of hers


def test_a_tag_in_the_address_is_the_same_mailbox(config: Config, event: Event) -> None:
    ada = join(event.id, "ada", email="ada+events@company.example")
    assert take(answer("gmail", ada, config, "DECLINED", email="Ada@Company.example"))
    assert place(ada) is Place.WITHDRAWN


def test_whoever_handed_the_place_over_has_no_say_any_more(config: Config, ada: Registration) -> None:
    take(answer("gmail", ada, config, "TENTATIVE"))
    raw = answer("gmail", ada, config, "DECLINED", written_at=LATER)
    heir = Heir(given_name="Eve", family_name="Esempio", email="eve@company.example", locale="en")
    handing_over.hand_over(ada.id, to=heir, now=LATER)
    assert kept(ada) == []
    assert not take(raw, now=LATER + timedelta(hours=1))
    assert place(ada) is Place.CONFIRMED


@pytest.mark.parametrize("which", ["uid", "address"])
def test_an_answer_about_another_event_changes_neither(config: Config, ada: Registration, which: str) -> None:
    other = join(make_event("Other").id, "ada")
    of_other = answer("gmail", other, config).decode()
    raw = of_other.replace(event_of(other).uid, event_of(ada).uid)
    if which == "uid":
        raw = of_other.replace(address_of(other, config), address_of(ada, config))
    assert not take(re.sub("Content-Type: application/ics.*", "", raw, flags=re.DOTALL).encode())
    assert (kept(ada), kept(other)) == ([], [])


def test_a_mail_with_two_genuine_addresses_is_nobodys(config: Config, ada: Registration, eve: Registration) -> None:
    both = f"{address_of(ada, config)}, {address_of(eve, config)}"
    raw = answer("m365", ada, config, to=both)
    assert not take(raw)
    assert (place(ada), place(eve)) == (Place.CONFIRMED, Place.WAITLISTED)


# what breaks parsers


def edited(raw: bytes, change: Callable[[str], str], method: str = "REPLY") -> bytes:
    """The mail with another calendar; Outlook's, since it has one only."""
    found = message_from_bytes(raw, policy=policy.default)
    part = next(part for part in found.walk() if part.get_content_type() == "text/calendar")
    assert isinstance(part, EmailMessage)
    part.set_content(change(part.get_content()), subtype="calendar", params={"method": method}, cte="base64")
    return bytes(found)


VEVENT = "BEGIN:VEVENT\r\nUID:x\r\nATTENDEE;PARTSTAT=DECLINED:mailto:x@y.example\r\nEND:VEVENT\r\n"
END = "END:VCALENDAR"
BREAKING: dict[str, Callable[[str], str]] = {
    "a huge comment": lambda text: text.replace(END, "X-A:" + "a" * 300_000 + "\r\n" + END),
    "thousands of events": lambda text: text.replace(END, VEVENT * 4000 + END),
    "another answer": lambda text: text.replace(END, VEVENT + END),
    "deep nesting": lambda text: text.replace(END, "BEGIN:VEVENT\r\n" * 3000 + "END:VEVENT\r\n" * 3000 + END),
    "nothing closed": lambda text: text.replace("END:", "X-END:"),
    "an unfolded bomb": lambda text: text.replace(END, ("X-A:" + "a" * 70_000 + "\r\n") * 2 + END),
    "two people": lambda text: text.replace(
        "CLASS:", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:b@else.example\r\nCLASS:"
    ).replace("mailto:ada@", "mailto:a@"),
    "two uids": lambda text: text.replace("CLASS:", "UID:other\r\nCLASS:"),
    "two starts": lambda text: text.replace("CLASS:", "DTSTART:20300101T100000Z\r\nCLASS:"),
    "no method": lambda text: text.replace("METHOD:", "X-METHOD:"),
    "an invitation": lambda text: text.replace("METHOD:REPLY", "METHOD:REQUEST"),
    "another calendar": lambda text: text + text.replace("DECLINED", "ACCEPTED"),
    "no letters": lambda text: "\0\ud7ff" * 50,
}


@pytest.mark.parametrize("change", BREAKING)
def test_a_mail_that_is_not_one_answer_does_nothing(config: Config, ada: Registration, change: str) -> None:
    assert not take(edited(answer("outlook", ada, config), BREAKING[change]))
    assert kept(ada) == []
    assert place(ada) is Place.CONFIRMED
    assert db.session.query(InboxMail).count() == 0


@pytest.mark.parametrize(
    ("line", "replacement"),
    [
        ("\nDTSTAMP:", "\nX-DTSTAMP:"),
        ("\nSEQUENCE:", "\nSEQUENCE:minus one"),
        ("DTSTAMP:2027", "DTSTAMP:9999"),
        ("DTSTART;TZID=", "DTSTART;TZID=Nowhere/"),
        ("\nUID:", "\nDURATION:P9999999999D\r\nUID:"),
        ("LOCATION:", "LOCATION:\x00\x07"),
        ("RRULE:FREQ=YEARLY", "RRULE:FREQ=SECONDLY"),
        ("W. Europe Standard Time", "Made up"),
    ],
)
def test_what_is_broken_beside_the_answer_does_not_hide_it(
    config: Config, ada: Registration, line: str, replacement: str
) -> None:
    assert take(edited(answer("outlook", ada, config), lambda text: text.replace(line, replacement)))
    assert len(kept(ada)) == 1


def test_many_parts_and_forwarded_mails_are_left_alone(config: Config, ada: Registration) -> None:
    inner = answer("gmail", ada, config)
    outer = EmailMessage()
    outer["To"] = BASE
    outer.set_content("See below")
    outer.add_attachment(message_from_bytes(inner, policy=policy.default))
    assert not take(bytes(outer))
    many = EmailMessage()
    many["To"] = address_of(ada, config)
    many.set_content("Many")
    for _ in range(70):
        many.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar")
    assert not take(bytes(many))
    assert kept(ada) == []


@pytest.mark.parametrize(
    "line",
    [
        "Content-Type: text/calendar; " + "a=b; " * 40_000,
        "Content-Type: text/calendar; a=" + "(" * 7_000,
        "Content-Disposition: attachment; " + "filename*0*=a;" * 20_000,
        "Message-ID: " + "<" * 100_000,
        "Content-Type: multipart/mixed; boundary=a\n\n" + "--a\n\nb\n" * 400,
        "".join(f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(290)) + "\n" * 400_000,
    ],
)
def test_a_head_that_takes_for_ever_is_not_read(database: Session, line: str) -> None:
    with pytest.raises(UnreadableMail):
        take(f"{line}\n\nBEGIN:VCALENDAR\n".encode())


def test_endless_lists_of_addresses_are_not_taken_apart(config: Config, ada: Registration) -> None:
    many = ", ".join(f"a{number}@else.example" for number in range(20_000))
    assert not take(answer("m365", ada, config, to=many))


def test_nobody_fills_the_database(config: Config, database: Session, ada: Registration) -> None:
    for number in range(MOST_KEPT):
        database.add(
            CalendarReply(
                registration_id=ada.id,
                sequence=0,
                written_at=NOW,
                digest=f"{number}",
                received_at=NOW,
                said=Said.ACCEPTED,
                outcome=Outcome.NOTED,
                attendee="",
            )
        )
    database.commit()
    assert take(answer("gmail", ada, config))
    assert len(kept(ada)) == MOST_KEPT


# the ways in


def test_answers_are_read_from_a_maildir(
    app: Flask, config: Config, ada: Registration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "maildir"
    box = Maildir(folder)
    box.add(answer("apple", ada, config))
    box.add(answer("apple", ada, config, to=BASE))
    monkeypatch.setitem(app.config, "FILO", replace(config, inbox_url=f"maildir://{folder}"))
    read_inbox(LATER)
    assert place(ada) is Place.WITHDRAWN
    assert len(Maildir(folder / ".Filo.read")) == 1
    assert len(Maildir(folder / ".Filo.unread")) == 1


# what people see


@pytest.fixture
def managed(database: Session) -> tuple[Event, Actor]:
    organiser = make_organisation()
    return make_event(organiser=organiser), make_manager(organiser)


def test_the_person_and_the_organiser_see_it(client: FlaskClient, config: Config, managed: tuple[Event, Actor]) -> None:
    event, actor = managed
    ada = join(event.id, "ada")
    page = f"/registrations/{links.token(ada)}"
    assert "Answers from your calendar" not in client.get(page).text
    take(answer("m365", ada, config, "TENTATIVE", comment="<b>perhaps</b>"))
    shown = client.get(page).text
    assert "The calendar says perhaps" in shown
    assert "&lt;b&gt;perhaps&lt;/b&gt;" in shown
    [own] = json.loads(client.get(f"{page}/data").text)["answers_of_calendars"]
    assert (own["said"], own["outcome"], own["comment"]) == ("tentative", "noted", "<b>perhaps</b>")
    manage = f"/manage/events/{event.slug}"
    assert actor.account_id
    sign_in(client, actor.account_id)
    take(answer("gmail", ada, config, "TENTATIVE", method="COUNTER", moved=timedelta(hours=2)), now=LATER)
    for address in (f"{manage}/replies", f"{manage}/participants/{ada.id}"):
        text = client.get(address).text
        assert "The calendar proposes another time" in text
        assert "15:00 – 19:00" in text


@pytest.mark.parametrize("lang", LANGUAGE_NAMES)
def test_the_mails_say_what_came_and_what_came_of_it(config: Config, ada: Registration, lang: str) -> None:
    raw = answer("gmail", ada, config, "DECLINED", method="COUNTER", moved=timedelta(hours=2), comment="My <train>")
    take(raw)
    to_organisers, to_ada = db.session.scalars(
        select(Message).where(Message.name.startswith("reply_")).order_by(Message.name.desc())
    )
    with force_locale(lang):
        proposal = _word(to_organisers, config.public_url)
        answered = _word(to_ada, config.public_url)
    assert proposal
    assert answered
    assert proposal.headers["Reply-To"] == ada.email
    assert "My <train>" in proposal.text
    assert "My &lt;train&gt;" in proposal.html
    assert "15:00 – 19:00" in proposal.text
    assert "/registrations/" in answered.text
    assert proposal.calendar is None
    assert answered.calendar is None


def test_answers_are_forgotten_with_the_needs(app: Flask, config: Config, ada: Registration) -> None:
    take(answer("gmail", ada, config, "ACCEPTED"))
    ends = event_of(ada).ends_at
    forget(ends + timedelta(days=29))
    assert len(kept(ada)) == 1
    forget(ends + timedelta(days=31))
    assert kept(ada) == []

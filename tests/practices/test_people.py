"""Who is told of what in a review, authors' consent, the mail relay and the pin."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.jobs.models import Job
from app.kernel.db import db
from app.kernel.errors import Refusal
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.texts import Texts
from app.mail.composing import composer_of
from app.mail.models import Message
from app.mail.sending import _word
from app.network.actors import SYSTEM, Actor
from app.network.errors import HalfAPin, PinOutsideCountry, PinTurnedRound
from app.network.models import Organisation
from app.practices import links, services
from app.practices.errors import (
    AlreadyWritten,
    AskedToday,
    AuthorHasNoAddress,
    ConsentWordsChanged,
    MayNotWriteTo,
    NobodyToWriteTo,
    PracticeNotFound,
    TooManyWritten,
)
from app.practices.inputs import AuthorInput, CommentInput, StepInput
from app.practices.models import Practice, PracticeAuthor, PracticeContact, PracticeNews
from app.practices.presenters import waiting_practices
from app.practices.rules.consent import CONSENT_VERSION, Consent
from app.practices.rules.contacting import KEPT, MOST_A_DAY
from app.practices.rules.form import Part
from app.practices.rules.states import State, Step
from app.practices.services import contacting
from app.practices.services.authoring import AUTHOR_ASKED
from app.practices.services.telling import NEWS, tell
from tests.approving import check_approved
from tests.builders import NOW, make_account, make_manager, make_organisation, make_person
from tests.forms import send
from tests.practices.test_states import House
from tests.signing_in import sign_in

SECRET = re.compile(r"(?<=/practices/authors/)\S+")
SOON = NOW + timedelta(minutes=6)
WORDS = StepInput(reason="Because", criteria="Figures")


@pytest.fixture
def house(database: Session) -> House:
    return House()


def mails(name: str) -> dict[str, Message]:
    rows = db.session.scalars(select(Message).where(Message.name == name).order_by(Message.id)).all()
    return {row.recipient: row for row in rows}


def told(practice: Practice, now: datetime = SOON) -> dict[str, Message]:
    tell(practice.id, now=now)
    return mails(NEWS)


def worded(mail: Message, locale: str | None = None) -> Any:
    found = _word(Message(name=mail.name, locale=locale or mail.locale, context=mail.context), "http://filo.example")
    assert found
    return found


def approved(mail: Message, name: str | None = None) -> None:
    for locale in LANGUAGE_NAMES:
        said = worded(mail, locale)
        check_approved(
            f"mails/{name or mail.name}.{locale}", f"Subject: {said.subject}\n\n{SECRET.sub('…', said.text)}"
        )


def account_person(email: str, locale: str = "en", given: str = "Uta") -> tuple[Actor, int]:
    account = make_account(email, locale=locale)
    person = make_person(given, "Expertin", account_id=account.id)
    return Actor(account_id=account.id, person_id=person.id, name=person.full_name, email=email), person.id


def step(house: House, practice: Practice, step: Step, actor: Actor, now: datetime = NOW) -> None:
    services.take_step(practice_id=practice.id, step=step, values=WORDS, actor=actor, now=now)


def in_state(house: House, state: State, **changes: Any) -> Practice:
    practice = house.practice(**changes)
    practice.state, practice.is_published = state, state in {State.PUBLISHED, State.VALIDATED}
    db.session.commit()
    return practice


# --- the mails of a review

TOLD = [  # from, step, by whom, who is told
    (State.SELECTED, Step.SUBMIT, "writer", {"editor"}),
    (State.IDENTIFIED, Step.SELECT, "editor", {"writer"}),
    (State.IDENTIFIED, Step.LEAVE_OUT, "editor", {"writer"}),
    (State.SUBMITTED, Step.SEND_BACK, "editor", {"writer"}),
    (State.SUBMITTED, Step.DECLINE, "editor", {"writer", "author"}),
    (State.SUBMITTED, Step.PUBLISH, "editor", {"writer", "author", "expert"}),
    (State.PUBLISHED, Step.VALIDATE, "expert", {"writer", "author"}),
    (State.PUBLISHED, Step.RETIRE, "editor", {"writer", "author"}),
    (State.PUBLISHED, Step.RETIRE, "writer", {"author"}),
    (State.SURVEYED, Step.IDENTIFY, "writer", set()),
    (State.PUBLISHED, Step.TAKE_BACK, "editor", set()),
]


@pytest.mark.parametrize(("state", "what", "who", "expected"), TOLD)
def test_a_step_is_told_to_those_whom_it_concerns_and_not_to_who_took_it(
    house: House, state: State, what: Step, who: str, expected: set[str]
) -> None:
    expert, expert_id = account_person("expert@filo.example")
    _author, author_id = account_person("author@filo.example", given="Ada")
    practice = in_state(house, state)
    services.ask_expert(practice_id=practice.id, person_id=expert_id, actor=SYSTEM, now=NOW)
    values = AuthorInput(person_id=author_id, organisation_id=house.owner.id, agreed=True)
    services.add_author(practice_id=practice.id, values=values, actor=SYSTEM, now=NOW)
    step(house, practice, what, {"writer": house.writer, "editor": house.editor, "expert": expert}[who])
    assert {one.partition("@")[0] for one in told(practice)} == expected


def test_what_follows_within_minutes_comes_in_one_mail_and_once(house: House) -> None:
    practice = in_state(house, State.SUBMITTED)
    said = CommentInput(part=Part.EVIDENCE, quote="Words on", text="Who counted?")
    services.comment(practice_id=practice.id, values=said, actor=house.editor, now=NOW)
    later = NOW + timedelta(minutes=3)
    step(house, practice, Step.SEND_BACK, house.editor, later)
    assert told(practice, SOON) == {}  # the second is only three minutes old
    assert list(told(practice, later + timedelta(minutes=5))) == ["writer@filo.example"]
    (mail,) = told(practice, later + timedelta(minutes=9)).values()
    text = worded(mail).text
    assert ("Who counted?" in text, "Because" in text, f"/manage/practices/{practice.slug}/review" in text) == (
        True,
    ) * 3
    assert db.session.scalars(select(PracticeNews)).all() == []


def test_somebody_who_goes_on_and_on_does_not_keep_others_waiting_for_ever(house: House) -> None:
    practice = in_state(house, State.SUBMITTED)
    for minutes in range(0, 33, 4):
        said = CommentInput(part=Part.BODY, text=f"Remark {minutes}")
        services.comment(practice_id=practice.id, values=said, actor=house.editor, now=NOW + timedelta(minutes=minutes))
    assert len(told(practice, NOW + timedelta(minutes=33))) == 1


def test_the_worker_tells_and_a_job_that_runs_twice_tells_once(house: House) -> None:
    practice = in_state(house, State.SELECTED)
    step(house, practice, Step.SUBMIT, house.writer)
    (job,) = db.session.scalars(select(Job).where(Job.kind == "practices.tell")).all()
    assert (job.run_at, job.payload) == (NOW + timedelta(minutes=5), {"practice_id": practice.id})
    assert len(told(practice)) == len(told(practice)) == 1


def test_who_is_editor_and_writer_gets_one_mail(house: House) -> None:
    practice = in_state(house, State.SUBMITTED)
    practice.owner_id = house.lead.id
    db.session.commit()
    other = make_manager(house.owner, "other@filo.example")
    said = CommentInput(part=Part.BODY, text="Since when?")
    admin = Actor(account_id=other.account_id, name="Admin", is_administrator=True)
    services.comment(practice_id=practice.id, values=said, actor=admin, now=NOW)
    assert list(told(practice)) == ["editor@filo.example"]


def test_nobody_is_asked_to_decide_what_was_decided_meanwhile(house: House) -> None:
    practice = in_state(house, State.SELECTED)
    step(house, practice, Step.SUBMIT, house.writer)
    (mail,) = told(practice).values()
    step(house, practice, Step.DECLINE, house.editor, SOON)
    assert composer_of(NEWS)(mail.context, "en") is None


def test_an_asked_expert_gets_a_mail_in_the_own_language_and_others_do_not(house: House) -> None:
    _one, first = account_person("uta@filo.example", "de")
    practice = in_state(house, State.PUBLISHED)
    services.ask_expert(practice_id=practice.id, person_id=house.expert_person.id, actor=SYSTEM, now=NOW)
    services.ask_expert(practice_id=practice.id, person_id=first, actor=house.editor, now=NOW)
    ((address, mail),) = told(practice).items()
    assert (address, mail.locale) == ("uta@filo.example", "de")
    services.release_expert(practice_id=practice.id, person_id=first, actor=house.editor)
    assert composer_of(NEWS)(mail.context, "de") is None


def test_the_mails_of_a_review_read_as_approved(app: Flask, house: House) -> None:
    practice = in_state(house, State.SELECTED)
    step(house, practice, Step.SUBMIT, house.writer)
    approved(told(practice)["editor@filo.example"], "practice_news_submitted")
    said = CommentInput(part=Part.EVIDENCE, quote="Words on evidence", text="Who counted?\nAnd when?")
    services.comment(practice_id=practice.id, values=said, actor=house.editor, now=SOON)
    step(house, practice, Step.SEND_BACK, house.editor, SOON)
    approved(told(practice, SOON + timedelta(minutes=6))["writer@filo.example"])


# --- what waits


def test_practices_wait_on_the_desk_for_who_has_to_do_something(house: House) -> None:
    practice = in_state(house, State.SUBMITTED)
    assert [line.words for line in waiting_practices(house.editor)] == ["waits for your decision"]
    assert waiting_practices(house.writer) == []
    said = CommentInput(part=Part.BODY, text="Since when?")
    services.comment(practice_id=practice.id, values=said, actor=house.editor, now=NOW)
    assert [line.words for line in waiting_practices(house.writer)] == ["1 comment is open"]
    step(house, practice, Step.SEND_BACK, house.editor)
    assert waiting_practices(house.editor) == []
    assert waiting_practices(Actor(account_id=99)) == []


def test_an_expert_who_manages_nothing_finds_it_on_the_desk(client: FlaskClient, database: Session) -> None:
    house = House()
    expert, expert_id = account_person("uta@filo.example")
    practice = in_state(house, State.PUBLISHED)
    services.ask_expert(practice_id=practice.id, person_id=expert_id, actor=SYSTEM, now=NOW)
    sign_in(client, expert.account_id or 0)
    html = client.get("/manage").get_data(as_text=True)
    assert f"/manage/practices/{practice.slug}/review" in html
    assert "waits for your opinion" in html


# --- consent


def with_author(house: House, email: str | None = "ada@filo.example", **person: Any) -> tuple[Practice, PracticeAuthor]:
    practice = in_state(house, State.PUBLISHED)
    who = make_person("Ada", "Autrice", email=email, **person)
    values = AuthorInput(person_id=who.id, organisation_id=house.owner.id, agreed=True)
    return practice, services.add_author(practice_id=practice.id, values=values, actor=house.writer, now=NOW)


def test_a_writer_cannot_consent_for_an_author(client: FlaskClient, database: Session) -> None:
    """The attack: every page, file and answer that a writer gets is searched for the link; none has it."""
    house = House()
    practice, author = with_author(house, is_public=True)
    sign_in(client, house.writer.account_id or 0)
    base, secret = f"/manage/practices/{practice.slug}", links.token(author)
    pages = [base, f"{base}/authors", f"{base}/review", f"{base}/versions", f"/practices/{practice.slug}", "/manage"]
    pages += [f"/practices/{practice.slug}.json", "/manage/practices/export.csv", "/manage/practices", "/manage/mail"]
    for page in pages:
        answer = client.get(page)
        assert secret not in (html := answer.get_data(as_text=True))
        assert author.public_id not in html
        assert "/practices/authors/" not in html + str(answer.headers)
    form = {"person_id": str(author.person_id), "organisation_id": str(house.owner.id), "agreed": "y"}
    removal = f"{base}/authors/{author.id}/removal"
    assert send(client, f"{base}/authors", {}, to=removal).status_code == 303
    assert send(client, f"{base}/authors", form).status_code == 303
    (row,) = db.session.scalars(select(PracticeAuthor)).all()
    assert (row.consent, row.is_named) == (Consent.ASKED, False)
    for guess in (row.public_id, f"{row.public_id}.", f"{row.public_id}.{'0' * 40}", str(row.id)):
        assert client.post(f"/practices/authors/{guess}/agreement", data={"version": "1"}).status_code in {400, 404}
    assert "Ada Autrice" not in client.get(f"/practices/{practice.slug}").get_data(as_text=True)


def test_a_link_that_writers_could_read_once_opens_nothing_any_more(app: Flask, house: House) -> None:
    from app.kernel.ids import signed_token

    _practice, author = with_author(house)
    old = signed_token(app.config["FILO"].secret_key, links.PURPOSE, author.public_id, 1)
    with pytest.raises(Refusal):
        links.author_of(old)
    assert links.author_of(links.token(author)) is author


def test_the_link_goes_to_the_author_s_address_only_and_once_a_day(app: Flask, house: House) -> None:
    practice, author = with_author(house, languages=["it"])
    ((address, mail),) = mails(AUTHOR_ASKED).items()
    assert (address, mail.locale) == ("ada@filo.example", "it")
    assert author.public_id not in str(mail.context)
    assert links.token(author) in worded(mail).text
    approved(mail)
    services.agree(public_id=author.public_id, version=CONSENT_VERSION, language="it", now=NOW)
    assert worded(mail, "en").subject == "Your name as an author: Words on title"
    verb = {"practice_id": practice.id, "author_id": author.id, "actor": house.writer}
    with pytest.raises(AskedToday):
        services.ask_author(**verb, now=NOW + timedelta(hours=23))
    services.ask_author(**verb, now=NOW + timedelta(days=1))
    assert len(db.session.scalars(select(Message).where(Message.name == AUTHOR_ASKED)).all()) == 2


@pytest.mark.parametrize("email", [None, "writer@filo.example", "Writer@Filo.example"])
def test_nobody_is_asked_at_no_address_or_at_the_writer_s_own(house: House, email: str | None) -> None:
    practice, author = with_author(house, email)
    assert (mails(AUTHOR_ASKED), author.consent) == ({}, Consent.NOT_ASKED)
    with pytest.raises(AuthorHasNoAddress):
        services.ask_author(practice_id=practice.id, author_id=author.id, actor=house.writer, now=NOW)


def test_an_account_s_address_counts_before_one_that_was_typed(house: House) -> None:
    account = make_account("own@filo.example", locale="de")
    with_author(house, "typed@filo.example", account_id=account.id)
    assert [(one.recipient, one.locale) for one in mails(AUTHOR_ASKED).values()] == [("own@filo.example", "de")]


def test_a32_each_answer_is_kept_and_a_withdrawn_author_leaves_the_organisation(
    client: FlaskClient, database: Session
) -> None:
    house = House()
    practice, author = with_author(house)
    page, shown = f"/practices/authors/{links.token(author)}", f"/practices/{practice.slug}"
    seen = []
    for tail in ("withdrawal", "agreement", "withdrawal", "withdrawal", "agreement"):
        assert (
            send(client, f"{page}?lang=it", {"version": str(CONSENT_VERSION)}, to=f"{page}/{tail}?lang=it").status_code
            == 303
        )
        data = client.get(f"{shown}.json").get_json()["authors"]
        assert [one["organisation"] for one in data] == [house.owner.name]
        seen.append((author.consent, data[0]["name"]))
    no, yes, gone = (Consent.DECLINED, None), (Consent.AGREED, "Ada Autrice"), (Consent.WITHDRAWN, None)
    assert seen == [no, yes, gone, gone, yes]
    assert (author.consent_version, author.consent_language) == (CONSENT_VERSION, "it")
    assert author.agreed_at is not None


def test_what_an_author_agreed_to_stays_on_record_when_the_author_is_taken_out(house: House) -> None:
    practice, author = with_author(house)
    services.agree(public_id=author.public_id, version=CONSENT_VERSION, language="it", now=NOW)
    name = author.public_id
    services.remove_author(practice_id=practice.id, author_id=author.id, actor=SYSTEM, now=SOON)
    assert db.session.scalars(select(PracticeAuthor)).all() == []
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "practice.author_removed")).one()
    kept = {key: entry.details[key] for key in ("author", "agreed_at", "words", "language")}
    assert kept == {"author": name, "agreed_at": NOW.isoformat(), "words": CONSENT_VERSION, "language": "it"}
    assert "declined_at" not in entry.details


def test_words_that_do_not_hold_any_more_are_not_agreed_to(client: FlaskClient, database: Session) -> None:
    _practice, author = with_author(House())
    page = f"/practices/authors/{links.token(author)}"
    for version in ("", "0", "2", "x"):
        assert send(client, page, {"version": version}, to=f"{page}/agreement").status_code == 409
    assert author.consent is Consent.ASKED
    with pytest.raises(ConsentWordsChanged):
        services.agree(public_id=author.public_id, version=None, language="en", now=NOW)
    answer = client.get(page)
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_sending_again_too_soon_is_said_on_the_page(client: FlaskClient, database: Session) -> None:
    house = House()
    practice, author = with_author(house)
    author.asked_at = datetime.now(NOW.tzinfo)
    db.session.commit()
    sign_in(client, house.writer.account_id or 0)
    page = f"/manage/practices/{practice.slug}/authors"
    assert send(client, page, {}, to=f"{page}/{author.id}/request").status_code == 409
    author.asked_at = NOW - timedelta(days=400)
    db.session.commit()
    assert send(client, page, {}, to=f"{page}/{author.id}/request").status_code == 303


# --- the relay


def member(house: House, organisation: Organisation | None = None) -> Actor:
    return make_manager(organisation or house.lead, "jan@filo.example")


def test_a_member_writes_through_the_house_and_nobody_s_address_is_shown(app: Flask, house: House) -> None:
    practice, actor = in_state(house, State.PUBLISHED), member(house)
    services.write_to(practice_id=practice.id, text="May we come?\nBcc: all@x.example", actor=actor, now=NOW)
    ((address, mail),) = mails(contacting.MESSAGE).items()
    assert address == "writer@filo.example"
    assert "jan@filo.example" not in str(mail.context)
    letter = composer_of(contacting.MESSAGE)(mail.context, "en")
    assert letter is not None
    assert dict(letter.headers) == {"Reply-To": "jan@filo.example"}
    approved(mail)
    with pytest.raises(AlreadyWritten):
        services.write_to(practice_id=practice.id, text="May we come?\nBcc: all@x.example", actor=actor, now=NOW)
    services.forget_contacts(now=NOW + KEPT + timedelta(days=1))
    assert composer_of(contacting.MESSAGE)(mail.context, "en") is None


def test_named_authors_are_written_to_before_the_owner_s_managers(house: House) -> None:
    practice, author = with_author(house)
    actor = member(house)
    for number, expected in enumerate(("writer@filo.example", "ada@filo.example")):
        services.write_to(practice_id=practice.id, text=f"Question {number}", actor=actor, now=NOW)
        assert list(mails(contacting.MESSAGE))[-1] == expected
        services.agree(public_id=author.public_id, version=CONSENT_VERSION, language="en", now=NOW)


def test_who_is_no_member_or_writes_too_much_is_refused(house: House) -> None:
    practice, actor = in_state(house, State.PUBLISHED), member(house)
    outsider = make_manager(make_organisation("Outside"), "out@filo.example")
    for nobody in (Actor(), Actor(account_id=7), outsider):
        with pytest.raises(MayNotWriteTo):
            services.write_to(practice_id=practice.id, text="Hi", actor=nobody, now=NOW)
    for number in range(MOST_A_DAY):
        services.write_to(practice_id=practice.id, text=f"Number {number}", actor=actor, now=NOW)
    with pytest.raises(TooManyWritten):
        services.write_to(practice_id=practice.id, text="One more", actor=actor, now=NOW)
    hidden = house.practice(title=Texts(en="Hidden"))
    with pytest.raises(PracticeNotFound):
        services.write_to(practice_id=hidden.id, text="Hi", actor=actor, now=NOW)
    own = replace(house.writer, is_administrator=True)  # the only one who answers for it
    with pytest.raises(NobodyToWriteTo):
        services.write_to(practice_id=practice.id, text="To me", actor=own, now=NOW)


def test_visitors_are_led_to_sign_in_and_members_to_the_form(client: FlaskClient, database: Session) -> None:
    house = House()
    practice, form = in_state(house, State.PUBLISHED), ""
    shown, form = f"/practices/{practice.slug}", f"/manage/practices/{practice.slug}/message"
    html = client.get(shown).get_data(as_text=True)
    assert "Sign in to contact" in html
    assert "filo.example" not in html
    assert client.get(form).headers["Location"].endswith(f"next=/manage/practices/{practice.slug}/message")
    sign_in(client, member(house).account_id or 0)
    assert "Write by mail" in client.get(shown).get_data(as_text=True)
    assert send(client, form, {"text": "May we come?"}).status_code == 422
    assert send(client, form, {"text": "May we come?", "agreed": "y"}).status_code == 303
    assert send(client, form, {"text": "May we come?", "agreed": "y"}).status_code == 409
    assert len(db.session.scalars(select(PracticeContact)).all()) == 1


# --- the pin


@pytest.mark.parametrize(
    ("pin", "refusal"),
    [
        ((45.89, None), HalfAPin),
        ((None, 11.04), HalfAPin),
        ((11.04, 45.89), PinTurnedRound),
        ((52.5, 13.4), PinOutsideCountry),
    ],
)
def test_a_pin_lies_in_the_country_or_is_refused(
    house: House, pin: tuple[float | None, float | None], refusal: Any
) -> None:
    with pytest.raises(refusal):
        house.practice(latitude=pin[0], longitude=pin[1])


def test_the_pin_is_exact_if_asked_for_and_else_the_middle_of_the_place(client: FlaskClient, database: Session) -> None:
    house = House()
    make_organisation("Neighbour", city="Rovereto", latitude=45.88, longitude=11.0)
    make_organisation("Other", city="Rovereto", latitude=45.90, longitude=11.1)
    cases = {
        "exact": ({"latitude": 45.89, "longitude": 11.04, "city": "Rovereto"}, "Exact place: 45.89000, 11.04000"),
        "town": ({"city": "Rovereto"}, "The pin shows the middle of the place"),
    }
    for title, (changes, words) in cases.items():
        practice = in_state(house, State.PUBLISHED, title=Texts(en=title), **changes)
        assert words in client.get(f"/practices/{practice.slug}").get_data(as_text=True)
    practice = in_state(house, State.PUBLISHED, title=Texts(en="nowhere"))
    assert '<svg class="map"' not in client.get(f"/practices/{practice.slug}").get_data(as_text=True)

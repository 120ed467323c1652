"""The workshop by invitation: who was asked and what they said, a pass code, and a partner's delegation."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.demo import people
from app.demo.accounts import somebody
from app.demo.ids import DemoIds
from app.demo.seat_data import wishes
from app.events import queries as events
from app.invitations import services as invitations
from app.invitations.inputs import CodeInput, GuestInput
from app.invitations.rules import InvitationRole
from app.registration.inputs import Application
from app.registration.services import delegating, joining

EVENT = "E3"
# numbers of invented people, beyond those who simply register
ACCEPTED, PENDING, DECLINED, BY_CODE, DELEGATED = (601, 602), (603, 604), (605,), 606, (607, 608, 609)
DELEGATION = "o06"
COMPANION = "Greta Beispiel"
SEATS = len(ACCEPTED) + 1 + 1 + len(DELEGATED)  # one brings a companion, one has the code


def load_guests(key: str, event_id: int, ids: DemoIds, now: datetime) -> None:
    """Invite, answer, and let in a delegation; ``now`` is when the invitations went out."""
    if key != EVENT:
        return
    slug, organiser = events.event(event_id).slug, somebody("organiser@filo.example")
    invited = {
        number: invitations.invite(event_slug=slug, guest=_guest(number), actor=organiser, now=now)
        for number in (*ACCEPTED, *PENDING, *DECLINED)
    }
    code = invitations.make_code(
        event_slug=slug, values=CodeInput(uses=5, note="Colleagues of the hosts"), actor=organiser, now=now
    )
    later = now + timedelta(days=2)
    for number in DECLINED:
        invitations.decline(invited[number], reason="We have an audit on that day.", now=later)
    wish = wishes(key, event_id)[0]
    came = [
        Application(
            person=people.participant(number),
            form_key=f"demonstration-invited-{number}",
            invitation_id=invited[number],
            companions=(COMPANION,) if number == ACCEPTED[0] else (),
            item_ids=wish,
            is_invited=True,
            skips_approval=True,
        )
        for number in ACCEPTED
    ]
    with_code = Application(
        person=people.participant(BY_CODE),
        form_key=f"demonstration-invited-{BY_CODE}",
        code_id=code.id,
        is_invited=True,
        skips_approval=True,
    )
    joining.admit(event_id, [*came, with_code], now=later)
    delegating.register(
        event_slug=slug,
        organisation_id=ids.network.organisations[DELEGATION],
        people=[people.participant(number) for number in DELEGATED],
        together=True,
        form_key="demonstration-delegation",
        actor=somebody("partner@filo.example"),
        now=later,
    )


def _guest(number: int) -> GuestInput:
    person = people.participant(number)
    return GuestInput(
        email=person.email,
        given_name=person.given_name,
        family_name=person.family_name,
        organisation=person.organisation,
        locale=person.locale,
        role=InvitationRole.SPEAKER if number == PENDING[0] else InvitationRole.GUEST,
        note="You work on two of the twelve needs." if number == PENDING[0] else "",
    )

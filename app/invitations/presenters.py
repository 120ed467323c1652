"""What pages and mails show of invitations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.events.models import Event
from app.events.presenters import place_line, when_line
from app.invitations import queries, rules
from app.invitations.models import Invitation, InvitationList, PassCode
from app.invitations.neighbours import closing_of
from app.invitations.rules import InvitationStatus, LineState, ListState, Opened
from app.kernel.date_words import clock_time, day_words, local_day


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPage:
    """An invitation as the invited sees it."""

    invitation: Invitation
    event: Event
    state: Opened
    when: str
    where: str
    organisers: str
    closes: str  # empty where no day is known

    @property
    def can_answer(self) -> bool:
        return self.state in rules.ANSWERABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """``invited`` counts everybody but those whose invitation was taken back."""

    invited: int
    accepted: int
    declined: int
    silent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list as its page shows it."""

    list: InvitationList
    counts: Mapping[LineState, int]
    goes_on: str

    @property
    def is_running(self) -> bool:
        return self.list.state in {ListState.READING, ListState.SENDING}

    @property
    def known(self) -> int:
        return self.counts.get(LineState.INVITED_BEFORE, 0) + self.counts.get(LineState.REGISTERED_BEFORE, 0)

    @property
    def new(self) -> int:
        return self.counts.get(LineState.NEW, 0)

    @property
    def invited(self) -> int:
        return self.counts.get(LineState.INVITED, 0)


def page_of(invitation: Invitation, now: datetime) -> InvitationPage:
    event = invitation.event
    closes_at = closing_of(event)
    return InvitationPage(
        invitation=invitation,
        event=event,
        state=rules.opened(
            invitation.status, event_status=event.status, ends_at=event.ends_at, deadline=closes_at, now=now
        ),
        when=when_line(event),
        where=place_line(event),
        organisers=organiser_names(event.id),
        closes=moment_words(closes_at, event) if event.date_precision == "day" else "",
    )


def figures_of(counts: Mapping[InvitationStatus, int]) -> Figures:
    accepted, declined, silent = (
        counts.get(status, 0)
        for status in (InvitationStatus.ACCEPTED, InvitationStatus.DECLINED, InvitationStatus.PENDING)
    )
    return Figures(invited=accepted + declined + silent, accepted=accepted, declined=declined, silent=silent)


def view_of_list(found: InvitationList, event: Event) -> ListView:
    return ListView(
        list=found,
        counts=queries.counts_of_lines(found.id),
        goes_on=moment_words(found.goes_on_at, event) if found.goes_on_at else "",
    )


def code_words(code: PassCode) -> str:
    return rules.readable_code(code.code)


def organiser_names(event_id: int) -> str:
    """The organisers by name, as they are listed."""
    return ", ".join(organisation.name for organisation in queries.organisers_of(event_id))


def moment_words(instant: datetime, event: Event) -> str:
    """A day and a time on the clocks of the event."""
    return f"{day_words(local_day(instant, event.timezone))}, {clock_time(instant, event.timezone)}"

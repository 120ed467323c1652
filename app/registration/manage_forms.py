"""Shapes of what organisers decide about people and places. Times are typed on the clocks of the event's zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice, SelectField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from app.kernel.form_checks import Boxes, WholeNumber, line, lines, texts_into, texts_of
from app.kernel.form_times import InZone, Moment, local
from app.kernel.phrases import say
from app.network.rules import OrganisationType
from app.registration.forms import AddForm
from app.registration.inputs import PolicyInput, QuotaInput
from app.registration.models import Registration, RegistrationPolicy
from app.registration.rules import GroupRule, Promotion, QuotaKind
from app.registration.services.bulk import Decision
from app.registration.services.mending import Mending

MOST_SEATS = 100_000


def row_id(text: Any) -> int:
    """The number of a row as a form sends it; raises ValueError for what no table can hold."""
    number = int(text)
    if not 0 <= number < 2**31:
        raise ValueError(text)
    return number


class DecisionForm(FlaskForm):
    """People from the list, one button for each decision, and the reason."""

    person = Boxes(_("People"), [DataRequired(_("Choose at least one person."))], coerce=row_id, validate_choice=False)
    reason = line(_("Reason"), longest=500)
    action = SelectField(_("Decision"), choices=[SelectChoice(str(one)) for one in Decision], coerce=Decision)


class RisingForm(FlaskForm):
    """How many of the queue may move up."""

    how_many = WholeNumber(
        _("How many"), [InputRequired(_("Write how many.")), NumberRange(1, 200, _("Write a number from 1 to 200."))]
    )


class HeadsForm(FlaskForm):
    """An organisation that takes part before anybody of it is named."""

    organisation_id = SelectField(_("Organisation"), [DataRequired(_("Choose an organisation."))], coerce=int)
    unnamed_heads = WholeNumber(
        _("People without a name"), [Optional(), NumberRange(0, 10_000, _("Write a number from 0 to 10,000."))]
    )

    def offer(self, organisations: Sequence[tuple[int, str]]) -> None:
        self.organisation_id.choices = list(organisations)


class MendForm(AddForm):
    """What an organiser may change of somebody's data: more than the person can."""

    organisation_id = SelectField(_("Which organisation of the network that is"), coerce=int)

    def offer_organisations(self, organisations: Sequence[tuple[int, str]]) -> None:
        self.organisation_id.choices = [(0, str(_("None that the network knows"))), *organisations]

    def to_mending(self) -> Mending:
        return Mending(person=self.to_input(), organisation_id=self.organisation_id.data or None)

    @classmethod
    def of(cls, registration: Registration) -> MendForm:
        return cls(
            obj=registration,
            country=registration.country_code,
            org_type=str(registration.org_type),
            organisation_id=registration.organisation_id or 0,
        )


class PolicyForm(InZone, FlaskForm):
    """How places are given."""

    needs_approval = BooleanField(_("I look at every registration and approve it"))
    invited_skip_approval = BooleanField(_("Whoever was invited needs no approval"))
    verifies_address = BooleanField(_("Addresses prove themselves by a mailed link"))
    promotion = RadioField(_("When a place comes free, the waiting list moves up"), coerce=Promotion)
    offer_hours = WholeNumber(
        _("Hours to accept an offered place"),
        [Optional(), NumberRange(1, 1000, _("Write a number of hours from 1 to 1,000, or leave it empty."))],
    )
    group_rule = RadioField(_("People who registered together move up"), coerce=GroupRule)
    most_companions = WholeNumber(
        _("Companions that each person may bring"),
        [
            InputRequired(_("Write 0 if nobody may bring anybody.")),
            NumberRange(0, 20, _("Write a number from 0 to 20.")),
        ],
    )
    changes_until = Moment(_("Data can be corrected until"))
    rejection_text_en = lines(_("Own text of the rejection, English"), longest=2000)
    rejection_text_it = lines(_("Own text of the rejection, Italian"), longest=2000)
    rejection_text_de = lines(_("Own text of the rejection, German"), longest=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.promotion.choices = [(str(one), say(one)) for one in Promotion]
        self.group_rule.choices = [(str(one), say(one)) for one in GroupRule]

    def to_input(self) -> PolicyInput:
        return PolicyInput(
            needs_approval=self.needs_approval.data,
            verifies_address=self.verifies_address.data,
            promotion=self.promotion.data,
            offer_hours=self.offer_hours.data,
            group_rule=self.group_rule.data,
            most_companions=self.most_companions.data,
            invited_skip_approval=self.invited_skip_approval.data,
            changes_until=self.changes_until.instant,
            rejection_text=texts_of(self, "rejection_text"),
        )

    @classmethod
    def of(cls, policy: RegistrationPolicy, zone: str) -> PolicyForm:
        names = [name for name in PolicyInput.__slots__ if name not in {"changes_until", "rejection_text"}]
        return cls(
            formdata=None,
            zone=zone,
            **{name: getattr(policy, name) for name in names},
            changes_until=local(policy.changes_until, zone),
            **texts_into("rejection_text", policy.rejection_text),
        )


class QuotaSizeForm(InZone, FlaskForm):
    """How many places a quota keeps, and until when."""

    size = WholeNumber(
        _("Places kept"),
        [
            InputRequired(_("Write how many places are kept.")),
            NumberRange(0, MOST_SEATS, _("Write a number from 0 on.")),
        ],
    )
    releases_at = Moment(_("Free places go to everybody on"))

    @property
    def released_at(self) -> datetime | None:
        """The instant that was typed; only after :meth:`validate`."""
        return self.releases_at.instant


class QuotaForm(QuotaSizeForm):
    """A new quota: for whom, how many, until when."""

    target = SelectField(_("For the people of"), [DataRequired(_("Choose for whom places are kept."))])

    def offer(
        self,
        organisations: Sequence[tuple[int, str]],
        clusters: Sequence[tuple[int, str]],
        regions: Sequence[tuple[Any, str]],
    ) -> None:
        """Give the choices, which are in the reader's language."""
        offered: list[tuple[str, QuotaKind, Sequence[tuple[Any, str]]]] = [
            (_("A cluster and its members"), QuotaKind.CLUSTER, clusters),
            (_("An organisation"), QuotaKind.ORGANISATION, organisations),
            (_("A region"), QuotaKind.REGION, regions),
            (_("A type of organisation"), QuotaKind.ORGANISATION_TYPE, [(one, say(one)) for one in OrganisationType]),
        ]
        self.target.choices = [SelectChoice("", str(_("Choose…")))] + [
            SelectChoice(f"{kind}:{key}", name, optgroup=str(group))
            for group, kind, choices in offered
            for key, name in choices
        ]

    def to_input(self) -> QuotaInput:
        kind, _colon, target = self.target.data.partition(":")
        is_one = QuotaKind(kind) in {QuotaKind.ORGANISATION, QuotaKind.CLUSTER}
        return QuotaInput(
            kind=QuotaKind(kind),
            size=self.size.data,
            organisation_id=int(target) if is_one else None,
            region_code=target if kind == QuotaKind.REGION else None,
            org_type=target if kind == QuotaKind.ORGANISATION_TYPE else None,
            releases_at=self.released_at,
        )


class SignUpForm(FlaskForm):
    """How many places a part of the agenda has."""

    item_id = SelectField(_("Part of the agenda"), [DataRequired(_("Choose a part of the agenda."))], coerce=int)
    capacity = WholeNumber(
        _("Places"), [Optional(), NumberRange(0, MOST_SEATS, _("Write a number from 0 on, or leave it empty."))]
    )

    def offer(self, items: Sequence[tuple[int, str]]) -> None:
        self.item_id.choices = list(items)


class MoveForm(FlaskForm):
    """Somebody at one table, and where to; 0 means off the table."""

    person = WholeNumber(
        _("Person"), [InputRequired(_("Choose a person.")), NumberRange(0, 2**31 - 1, _("Choose a person."))]
    )
    to_item = SelectField(_("Move to"), coerce=int)

    def offer(self, items: Sequence[tuple[int, str]]) -> None:
        self.to_item.choices = [(0, str(_("off this table"))), *items]

"""Shapes of what a delegation's manager types: rows of people, or a list that is pasted or a file."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, FieldList, FormField, HiddenField
from wtforms.validators import Email, InputRequired, Regexp

from app.invitations.errors import LettersGuessed, NotUtf8
from app.invitations.reading import Entry, Sheet, as_table, is_address, sheet_of
from app.invitations.rules import Encoding
from app.kernel.form_checks import Rows, line, lines
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.mail.rules import address_key
from app.registration.inputs import Heir, PersonInput
from app.registration.queries.sending import Sender

ROWS = 10
MOST_PEOPLE = 200
LONGEST_PASTED = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Somebody on the list: a person to register, or ``wrong``: why nobody can be."""

    line: int
    entry: Entry
    person: PersonInput | None = None
    wrong: str = ""

    @property
    def name(self) -> str:
        return f"{self.entry.given_name} {self.entry.family_name}".strip()

    @property
    def email(self) -> str:
        return self.entry.email

    def as_row(self) -> dict[str, str]:
        """What was typed, to be mended."""
        return {name: getattr(self.entry, name) for name in ("given_name", "family_name", "email", "organisation")}


class PersonRowForm(Rows):
    given_name = line(lazy_gettext("Given name"), longest=120)
    family_name = line(lazy_gettext("Family name"), longest=120)
    email = line(lazy_gettext("E-mail"), longest=254)
    organisation = line(lazy_gettext("Organisation"), longest=200)


class DelegationForm(FlaskForm):
    """Several people at once. What is wrong with one of them is said of that one and stops none of the others."""

    rows = FieldList(FormField(PersonRowForm), min_entries=ROWS, max_entries=ROWS)
    pasted = lines(lazy_gettext("Or paste a list"), longest=LONGEST_PASTED)
    file = FileField(lazy_gettext("Or choose a CSV file"))
    together = BooleanField(lazy_gettext("Keep us together when we wait"))
    informed = BooleanField(
        lazy_gettext("They know that I register them, and have read how their data is used"),
        [InputRequired(lazy_gettext("Tell them first, then tick the box."))],
    )
    form_key = HiddenField(
        validators=[Regexp(r"\A[A-Za-z0-9_-]{16,64}\Z", message=lazy_gettext("Reload the page, then try again."))],
        default=lambda: secrets.token_urlsafe(24),
    )

    def people(self, sender: Sender) -> list[Typed]:
        """Everybody typed, pasted or in the file, each with what is wrong. Raises UnreadableList for a bad file.

        A file whose letters had to be guessed is put into the pasted list first, and LettersGuessed raised.
        Empty cells mean the organisation that sends them; everybody is written to in the language of the page.
        """
        entries = list(self._entries())
        self._let_guessed_letters_be_seen()
        seen: set[str] = set()
        found = []
        for number, entry in enumerate(entries, start=1):
            wrong = _wrong(entry) or (gettext("twice on this list") if entry.email_key in seen else "")
            if number > MOST_PEOPLE:
                wrong = gettext("too many at once: register the rest afterwards")
            seen.add(entry.email_key)
            found.append(
                Typed(
                    line=number,
                    entry=entry,
                    person=None if wrong else _person(entry, sender),
                    wrong=wrong,
                )
            )
        return found

    @classmethod
    def to_mend(cls, typed: Sequence[Typed]) -> DelegationForm:
        """A new form with those lines that registered nobody, as far as it has rows."""
        return cls(formdata=None, rows=[one.as_row() for one in typed][:ROWS])

    def _entries(self) -> Iterator[Entry]:
        for number, row in enumerate(self.rows, start=1):
            if row.given_name.data or row.family_name.data or row.email.data:
                yield Entry(
                    line=number,
                    email=(row.email.data or "").strip(),
                    given_name=row.given_name.data or "",
                    family_name=row.family_name.data or "",
                    organisation=row.organisation.data or "",
                )
        for sheet in self._sheets():
            yield from sheet.entries(0, MOST_PEOPLE * 2)

    @cached_property
    def _sent_file(self) -> Sheet | None:
        content = self.file.data.read(1_000_000) if self.file.data else b""
        return sheet_of(content, pasted=False) if content else None

    def _sheets(self) -> list[Sheet]:
        found = []
        if self.pasted.data:
            looks_like_table = ";" in self.pasted.data.partition("\n")[0] or "\t" in self.pasted.data
            found.append(sheet_of(self.pasted.data.encode(), pasted=not looks_like_table))
        if self._sent_file:
            found.append(self._sent_file)
        return found

    def _let_guessed_letters_be_seen(self) -> None:
        """Nothing comes of a file in letters that it does not name before somebody has looked at the names."""
        if self._sent_file is None or self._sent_file.encoding is not Encoding.WINDOWS_1252:
            return
        read = [entry for sheet in self._sheets() for entry in sheet.entries(0, MOST_PEOPLE * 2)]
        table = as_table(read)
        if len(table) > LONGEST_PASTED:
            raise NotUtf8(field="file")
        self.pasted.data = table
        raise LettersGuessed(field="file")


class ReplacementForm(FlaskForm):
    """Who comes instead; written to in the language of the page."""

    given_name = line(lazy_gettext("Given name"), longest=120, required=True)
    family_name = line(lazy_gettext("Family name"), longest=120, required=True)
    email = line(lazy_gettext("E-mail"), longest=254, required=True, checks=[Email()])

    def to_input(self) -> Heir:
        return Heir(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            email=self.email.data,
            locale=language(),
        )


def _wrong(entry: Entry) -> str:
    if entry.fault is not None:
        return say(entry.fault)
    if not entry.email:
        return gettext("the address is missing")
    if not is_address(entry.email):
        return gettext("this is no e-mail address")
    if not entry.given_name or not entry.family_name:
        return gettext("given name and family name are needed")
    return ""


def _person(entry: Entry, sender: Sender) -> PersonInput:
    return PersonInput(
        given_name=entry.given_name,
        family_name=entry.family_name,
        email=address_key(entry.email),
        organisation=entry.organisation or sender.name,
        org_type=sender.org_type,
        country_code=sender.country_code,
        locale=entry.locale or language(),
    )

"""Delivery reports that come back to us: they mark the message and its address."""

from __future__ import annotations

from flask import current_app

from app.mail import queries, services, verp
from app.mail.models import BounceKind, Message
from app.mail.recognising import Arrival, recognises
from app.mail.reports import Failure, Report, read_report, said_at
from config import Config


@recognises("delivery_report")
def take_report(arrival: Arrival) -> bool:
    """Whether the mail is a report on a message of ours. Only a signature says so: a Message-ID can be known or
    guessed, and what the report says of its sender does not count."""
    report = read_report(arrival.mail, header=verp.HEADER)
    message = _message_of(report) if report else None
    if report is None or message is None:
        return False
    if report.failures:
        worst = _worst(report.failures)
        services.note_bounce(
            message.message_id,
            kind=worst.kind,
            diagnostic=worst.diagnostic,
            at=said_at(arrival.mail, arrival.now),
        )
    return True


def _message_of(report: Report) -> Message | None:
    config: Config = current_app.config["FILO"]
    for mark in report.marks:
        number = verp.message_in(mark, config.secret_key)
        if number and (message := queries.message_numbered(number)):
            return message
    return None


def _worst(failures: tuple[Failure, ...]) -> Failure:
    return next((failure for failure in failures if failure.kind is BounceKind.HARD), failures[0])

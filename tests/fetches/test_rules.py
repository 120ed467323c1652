"""Which program it is, and what to do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.fetches.rules import (
    KEPT_EACH,
    TRAITS,
    Advice,
    Family,
    Noted,
    Seen,
    Trait,
    advice,
    agenda_key,
    client_of,
    token_in,
    up_to_date_since,
    worth_keeping,
)

NOW = datetime(2027, 1, 13, 12, tzinfo=UTC)
MACOS_UA = "Mac+OS+X/10.15.7 (19H2) CalendarAgent/930.5.1"
EXCHANGE_UA = "Microsoft.Exchange/15.20 (Microsoft.Exchange.Calendar.Sharing)"
OUTLOOK_UA = "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.5134; Pro)"


@pytest.mark.parametrize(
    ("user_agent", "family", "version"),
    [
        ("Google-Calendar-Importer", Family.GOOGLE, ""),
        (EXCHANGE_UA, Family.MICROSOFT, ""),
        (OUTLOOK_UA, Family.OUTLOOK, "16.0.5134"),
        ("iOS/17.4 (21E219) dataaccessd/1.0", Family.APPLE_IOS, "17.4"),
        ("macOS/14.4 (23E214) dataaccessd/1.0", Family.APPLE_MACOS, "14.4"),
        (MACOS_UA, Family.APPLE_MACOS, "10.15.7"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0", Family.THUNDERBIRD, "128.5.0"),
        ("DAVx5/4.4.3-ose (dav4jvm; okhttp/4.12.0) Android/14", Family.DAVX5, "4.4.3"),
        ("ICSx5/2.2 (at.bitfire.icsdroid) Android/14", Family.ICSX5, "2.2"),
        ("Evolution/3.52.0", Family.EVOLUTION, "3.52.0"),
        ("Mozilla/5.0 (X11; Linux x86_64) KIO/5.115 akonadi_davgroupware_resource_1/5.24", Family.KDE, ""),
        ("Nextcloud Webcal Service", Family.NEXTCLOUD, ""),
        ("vdirsyncer/0.19.3", Family.VDIRSYNCER, "0.19.3"),
        ("HomeAssistant/2026.9.1 httpx/0.28 Python/3.13", Family.HOME_ASSISTANT, "2026.9.1"),
        ("curl/8.5.0", Family.DOWNLOADER, "8.5.0"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1", Family.BROWSER, "5.0"),
        ("Ada's telephone", Family.OTHER, ""),
        ("", Family.UNKNOWN, ""),
        ("curl/" + "9" * 500, Family.DOWNLOADER, "9999"),
    ],
)
def test_a_program_is_known_by_what_it_calls_itself(user_agent: str, family: Family, version: str) -> None:
    assert client_of(user_agent) == (family, version)


def ago(hours: float, status: int = 304) -> Seen:
    return Seen(NOW - timedelta(hours=hours), status)


CHANGED = NOW - timedelta(hours=6)


@pytest.mark.parametrize(
    ("family", "fetches", "expected"),
    [
        (Family.UNKNOWN, [], [Advice.NEVER_FETCHED]),
        (Family.THUNDERBIRD, [ago(5), ago(30)], [Advice.HAS_NEWEST]),
        (Family.THUNDERBIRD, [ago(7)], [Advice.ASK_NOW]),
        (Family.THUNDERBIRD, [ago(24 * 9)], [Advice.OVERDUE]),
        (Family.GOOGLE, [ago(5)], [Advice.HAS_NEWEST, Advice.NEW_ADDRESS]),
        (Family.GOOGLE, [ago(20)], [Advice.WAIT, Advice.NEW_ADDRESS]),
        (Family.GOOGLE, [ago(49)], [Advice.OVERDUE, Advice.NEW_ADDRESS]),
        (Family.MICROSOFT, [ago(20)], [Advice.WAIT]),
        (Family.NEXTCLOUD, [ago(24 * 10)], [Advice.WAIT]),
        (Family.APPLE_IOS, [ago(1, 410)], [Advice.OLD_ADDRESS]),
        (Family.APPLE_IOS, [ago(1), ago(2, 410)], [Advice.OLD_ADDRESS, Advice.HAS_NEWEST]),
        (Family.ICSX5, [ago(1, 503), ago(2, 200)], [Advice.SERVER_FAILED, Advice.HAS_NEWEST]),
        (Family.DAVX5, [ago(1, 403)], [Advice.REFUSED]),
        (Family.BROWSER, [ago(1, 200)], [Advice.NOT_SUBSCRIBED]),
        (Family.DAVX5, [ago(1, 207)], [Advice.HAS_NEWEST]),
    ],
)
def test_what_to_do(family: Family, fetches: list[Seen], expected: list[Advice]) -> None:
    assert list(advice(family, fetches, CHANGED, NOW, may_renew=True)) == expected


def test_who_can_make_no_new_address_is_not_told_to() -> None:
    assert advice(Family.GOOGLE, [ago(20)], CHANGED, NOW) == (Advice.WAIT,)


def test_what_never_changed_is_up_to_date() -> None:
    assert advice(Family.OTHER, [ago(200)], None, NOW) == (Advice.HAS_NEWEST,)


def test_since_when_it_is_up_to_date() -> None:
    fetches = [ago(1), ago(5), ago(5.5, 503), ago(7)]
    assert up_to_date_since(fetches, CHANGED) == ago(5).at
    assert up_to_date_since([ago(7)], CHANGED) is None


def test_every_program_that_is_known_has_something_known_of_it() -> None:
    assert {*Family} - TRAITS.keys() == {Family.HOME_ASSISTANT, Family.OTHER, Family.UNKNOWN}
    assert {trait for traits in TRAITS.values() for trait in traits} == {*Trait}


def test_of_a_minute_the_newest_of_each_calendar_is_kept_and_a_programs_many_requests_are_one() -> None:
    feed = [Noted("/events.ics", 304, "x", at) for at in range(100)]
    sync = [Noted(agenda_key(7), 207, "DAVx5/4", at, by_caldav=True) for at in range(10)]
    gone = [Noted(f"/venues/{at}/events.ics", 404, "x", at) for at in range(100)]
    kept = worth_keeping([*sync, *feed, *gone])
    assert [one.at for one in kept if one.calendar == "/events.ics"] == list(range(99, 99 - KEPT_EACH, -1))
    assert [one.at for one in kept if one.by_caldav] == [9]
    assert len([one for one in kept if one.status == 404]) == KEPT_EACH


def test_a_personal_calendar_is_named_by_its_number() -> None:
    assert token_in(agenda_key(17)) == 17
    assert token_in("/events.ics") is None

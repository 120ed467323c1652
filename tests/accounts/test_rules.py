from __future__ import annotations

import pytest

from app.accounts.errors import PasswordTooCommon, PasswordTooShort
from app.accounts.rules import Tries, check_password, may_try, own_path
from app.kernel.clients import client_of


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/manage", "/manage"),
        ("/events?kind=forum&q=a%20b#top", "/events?kind=forum&q=a%20b#top"),
        ("", None),
        (None, None),
        ("manage", None),
        ("//evil.example", None),
        ("///evil.example", None),
        ("/\\evil.example", None),
        ("\\\\evil.example", None),
        ("/\t/evil.example", None),
        ("/\n/evil.example", None),
        (" //evil.example", None),
        ("https://evil.example/manage", None),
        ("javascript:alert(1)", None),
        ("/manage\r\nSet-Cookie: a=b", None),
        ("/ü", None),
        ("/" + "a" * 3000, None),
    ],
)
def test_a_sign_in_leads_only_to_paths_of_our_own(target: str | None, expected: str | None) -> None:
    assert own_path(target) == expected


@pytest.mark.parametrize(
    ("of_both", "of_client", "of_address", "expected"),
    [
        (0, 0, 0, True),
        (9, 9, 9, True),
        (10, 10, 10, False),
        (0, 59, 0, True),  # a class behind one router, everybody mistyping
        (0, 60, 0, False),
        (0, 0, 500, True),  # under attack: the owner comes from a fresh client
        (3, 3, 500, False),
    ],
)
def test_tries_are_limited_by_address_and_client(of_both: int, of_client: int, of_address: int, expected: bool) -> None:
    assert may_try(Tries(of_both=of_both, of_client=of_client, of_address=of_address)) is expected


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_one_client_is_one_customer(address: str | None, client: str) -> None:
    assert client_of(address) == client


@pytest.mark.parametrize("password", ["short", "1234567", "àèìòù"])
def test_short_passwords_are_refused(password: str) -> None:
    with pytest.raises(PasswordTooShort):
        check_password(password, "ada@filo.example")


@pytest.mark.parametrize(
    "password",
    [
        *("password1", "QwertyUiop", "ada@filo.example", "Ada@Filo.example", "P@ssw0rd!", "Passwort2027", "ciaociao"),
        *(
            "12345678",
            "01011990",
            "87654321",
            "aaaaaaaa",
            "abcabcabc",
            "1q2w3e4r",
            "1qaz2wsx",
            "asdfghjkl",
            "qwertz123",
        ),
        *(
            "lovelove99",
            "ada-love1",
            "Workshop-2027",
            "Sommer2026!",
            "iloveyou",
            "trustno1",
            "letmein!!",
            "Juventus1897",
        ),
    ],
)
def test_passwords_that_are_guessed_first_are_refused(password: str) -> None:
    with pytest.raises(PasswordTooCommon):
        check_password(password, "ada@filo.example")


@pytest.mark.parametrize(
    "password",
    [
        *("filo-demo", "x" * 200, "blanks are fine", "ключ-от-двери", "correct horse battery", "tavolo-verde-7"),
        *("ndk38fha", "Regenschirm im Mai", "passwordless keys", "9f!k2m#x"),
    ],
)
def test_other_passwords_are_taken(password: str) -> None:
    check_password(password, "ada@filo.example")

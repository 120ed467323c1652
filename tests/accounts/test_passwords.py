from __future__ import annotations

import pytest

from app.accounts.passwords import fits, hash_of

LONG = "a" * 72


@pytest.mark.parametrize(
    ("password", "other"),
    [
        ("correct horse", "correct horsf"),
        (LONG + "b", LONG + "c"),
        (LONG, LONG + "c"),
        ("before\0after", "before\0other"),
        ("before\0after", "before"),
        ("Passwort", "passwort"),
        ("lone \ud800", "lone \ud801"),
    ],
)
def test_a_password_equals_only_itself(password: str, other: str) -> None:
    known = hash_of(password)
    assert fits(password, known)
    assert not fits(other, known)


def test_one_password_typed_on_two_systems_is_the_same() -> None:
    assert fits("cle\u0301", hash_of("cl\u00e9"))


@pytest.mark.parametrize("broken", [None, "", "not a hash"])
def test_nothing_fits_no_hash(broken: str | None) -> None:
    assert not fits("nobody", broken)

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from config import Config, ConfigError


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("PORT", "80000"),
        ("PORT", "eighty"),
        ("PORT", "-1"),
        ("FILO_SECRET_KEY", "short"),
        ("FILO_PUBLIC_URL", "events.example.org"),
        ("FILO_PUBLIC_URL", "https://events.example.org/sub"),
        ("FILO_WEB_WORKERS", "0"),
        ("FILO_WEB_THREADS", "many"),
        ("FILO_DEFAULT_LOCALE", "fr"),
        ("FILO_RATE_LIMITS", "yes"),
        ("FILO_DEMO", "1"),
        ("FILO_PROXY_HOPS", "99"),
        ("FILO_RETENTION_DAYS", "1.5"),
        ("FILO_SESSION_DAYS", "0"),
        ("FILO_DATABASE_URL", "mysql://filo@database.example.org/filo"),
        ("FILO_DATABASE_URL", "filo.db"),
        ("FILO_DATABASE_URL", "sqlite://"),
        ("FILO_TILE_URL", "javascript:alert(1)"),
        ("FILO_TILE_URL", "https://tiles.example.org/tile.png"),
        ("FILO_TILE_URL", "https://tiles.example.org; script-src */{z}/{x}/{y}.png"),
        ("FILO_UID_DOMAIN", "two words"),
        ("FILO_BOUNCE_ADDRESS", "bounces"),
        ("FILO_BOUNCE_ADDRESS", "bounces+all@filo.example"),
        ("FILO_REPLY_ADDRESS", "replies"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, key: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"^{key}: "):
        Config.from_env({"FILO_INSTANCE": str(tmp_path), key: value})


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=r"^FILO_INSTANCE: "):
        Config.from_env({"FILO_INSTANCE": str(tmp_path / "file" / "instance")})


def test_the_secret_key_is_made_once_and_is_ours_alone(tmp_path: Path) -> None:
    first = Config.from_env({"FILO_INSTANCE": str(tmp_path)})
    second = Config.from_env({"FILO_INSTANCE": str(tmp_path)})
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert first.secret_key not in repr(first)


def test_nothing_set_is_a_local_installation(tmp_path: Path) -> None:
    config = Config.from_env({"FILO_INSTANCE": str(tmp_path), "PORT": "8123"})
    assert config.public_url == "http://127.0.0.1:8123"
    assert "localhost" in config.allowed_hosts
    assert "filo.example.org" not in config.allowed_hosts
    assert config.is_sqlite
    assert not config.demo


def test_a_wrong_database_is_not_repeated_with_its_password(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        Config.from_env({"FILO_INSTANCE": str(tmp_path), "FILO_DATABASE_URL": "mysql://filo:secret@host/filo"})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("FILO_DATABASE_URL", "postgresql+psycopg://filo:a%20word@database.example.org:5432/filo?sslmode=require"),
        ("FILO_DATABASE_URL", "postgresql:///filo"),
        ("FILO_DATABASE_URL", "sqlite:////srv/my events/filo.db"),
        ("FILO_TILE_URL", "https://{s}.tiles.example.org:8443/{z}/{x}/{y}@2x.png?key=k"),
        ("FILO_UID_DOMAIN", "events.example.org"),
    ],
)
def test_a_setting_as_documented_is_taken(tmp_path: Path, key: str, value: str) -> None:
    Config.from_env({"FILO_INSTANCE": str(tmp_path), key: value})

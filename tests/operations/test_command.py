from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from app.command import group


def test_only_commands_of_the_house_are_offered(tmp_path: Path) -> None:
    runner = CliRunner(env={"FILO_INSTANCE": str(tmp_path), "FILO_DATABASE_URL": ""})
    offered = runner.invoke(group, ["--help"], prog_name="filo").output
    assert "worker" in offered
    assert "limiter" not in offered
    assert runner.invoke(group, ["limiter"], prog_name="filo").exit_code == 2

"""The one command: what it installs, and what it says where it may not."""

import os
import shutil
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import run


def locked(python: str) -> dict[str, str]:
    """Return the version of each package that pip is held to under *python*."""
    lines = [Requirement(line) for line in run.locked_versions()]
    here = {"python_full_version": python, "python_version": ".".join(python.split(".")[:2])}
    return {
        line.name: str(line.specifier).removeprefix("==")
        for line in lines
        if line.marker is None or line.marker.evaluate(here)
    }


def asked_for(python: str) -> list[Requirement]:
    """Return what ``pyproject.toml`` asks for under *python*."""
    project = tomllib.loads((run.ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [
        Requirement(text) for text in project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    ]
    here = {"python_version": ".".join(python.split(".")[:2])}
    return [one for one in wanted if one.marker is None or one.marker.evaluate(here)]


@pytest.mark.parametrize(
    ("python", "qt"), [("3.11.2", "6.11."), ("3.12.0", "6.12."), ("3.13.5", "6.12."), ("3.14.0", "6.12.")]
)
def test_pip_gets_the_window_that_this_python_survives(python: str, qt: str) -> None:
    assert locked(python)["pyside6-essentials"].startswith(qt)


@pytest.mark.parametrize("python", ["3.11.2", "3.12.0", "3.13.5", "3.14.0"])
def test_the_lock_answers_all_that_the_project_asks_for(python: str) -> None:
    versions = locked(python)

    wrong = [
        str(one) for one in asked_for(python) if versions.get(one.name.lower(), "none") not in one.specifier
    ]

    assert wrong == []


def test_who_may_not_install_is_told_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(shutil, "which", {"apt-get": "/usr/bin/apt-get"}.get)

    with pytest.raises(SystemExit) as stopped:
        run.install_system_packages(["libegl1", "python3.11-venv"])

    assert "sudo apt-get install --yes --no-install-recommends libegl1 python3.11-venv" in str(stopped.value)
    assert "libegl1 python3.11-venv" in capsys.readouterr().out


def test_a_linux_without_apt_is_told_what_to_look_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)

    with pytest.raises(SystemExit, match="package manager"):
        run.install_system_packages(["libegl1"])

    assert "libegl1" in capsys.readouterr().out


def test_a_venv_made_for_the_tests_also_runs_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "VENV", tmp_path)

    run.stamp_of(tests=True).write_text(run.fingerprint(), "utf-8")

    assert run.is_ready(for_tests=True)
    assert run.is_ready(for_tests=False)


def test_a_venv_made_for_the_program_is_not_enough_for_the_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "VENV", tmp_path)

    run.stamp_of(tests=False).write_text(run.fingerprint(), "utf-8")

    assert run.is_ready(for_tests=False)
    assert not run.is_ready(for_tests=True)


def test_a_venv_of_yesterdays_project_is_made_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "VENV", tmp_path)

    run.stamp_of(tests=True).write_text("yesterday", "utf-8")

    assert not run.is_ready(for_tests=True)

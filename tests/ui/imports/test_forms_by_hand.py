"""Lists in other coordinators' words: from the file to the network in a few clicks, none on what is sure."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.services.families import households
from tests.ui.imports.import_hands import by_keys, by_mouse, hands_at_wizard

FORMS = Path(__file__).parents[2] / "data" / "forms"
NEVER_SEEN = ("09-recipients.csv", "14-donors.xlsx")
MOST = 6
"""Clicks from the file to what is written, for a form never seen."""


@pytest.mark.parametrize("name", NEVER_SEEN)
def test_a_form_never_seen_comes_in_by_few_clicks(
    qtbot: QtBot, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    hands = hands_at_wizard(qtbot, database, tmp_path)

    assert by_mouse(hands, monkeypatch, FORMS / name) <= MOST

    assert households.family_index(database)


@pytest.mark.parametrize("name", NEVER_SEEN)
def test_a_form_never_seen_comes_in_by_few_keys(
    qtbot: QtBot, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    hands = hands_at_wizard(qtbot, database, tmp_path)

    assert by_keys(hands, monkeypatch, FORMS / name) <= MOST

    assert households.family_index(database)

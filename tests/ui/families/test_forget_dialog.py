"""Forgetting a family in the window: told first, sure second, the backups along with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coordinator.services.families import forgetting
from coordinator.services.families.forgetting_copies import copies_of_network
from coordinator.services.families.households import family_index
from coordinator.services.records.backups import back_up_now
from tests.builders import TODAY
from tests.pickup_builders import a_region
from tests.ui.accessibility import cut_labels
from ui.desk import Desk
from ui.families.forget_dialog import ForgetDialog


def dialog_for(qtbot: QtBot, desk: Desk, code: str) -> ForgetDialog:
    dialog = ForgetDialog(desk, code)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: not desk.runner.is_busy, timeout=20_000)
    return dialog


def words_of(dialog: ForgetDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_what_must_be_done_first_is_said_and_nothing_can_be_pressed(qtbot: QtBot, desk: Desk) -> None:
    a_region(desk.database)
    dialog = dialog_for(qtbot, desk, "D-0001")
    assert "H-0001" in dialog.warning.text()
    assert not dialog.forget_button.isEnabled()
    assert not dialog.sure.isVisible()


def test_by_keyboard_a_family_is_forgotten_here_and_in_the_backup(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    region = a_region(desk.database)
    back_up_now(desk.database)
    dialog = dialog_for(qtbot, desk, region.driver)
    assert "cannot be undone" in dialog.warning.text()
    assert "name, phones, mail and street address" in words_of(dialog)
    assert dialog.copies.count() == 1
    assert cut_labels(dialog) == []
    dialog.grab().save(str(tmp_path / "forget.png"))
    qtbot.waitUntil(dialog.sure.hasFocus)
    assert not dialog.forget_button.isEnabled()
    qtbot.keyClick(dialog.sure, Qt.Key.Key_Space)
    dialog.forget_button.setFocus()
    qtbot.keyClick(dialog.forget_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not desk.runner.is_busy, timeout=20_000)
    assert dialog.warning.text() == "Forgotten. Nothing of it is left in this network or its backups."
    assert [one.holds for one in copies_of_network(desk.database, region.driver)] == [False]
    plan = forgetting.plan_to_forget(desk.database, region.driver, TODAY)
    assert (plan.forgotten_on, plan.name) == (TODAY, "Forgotten family V-0001")
    assert region.driver not in {one.hit.code for one in family_index(desk.database)}

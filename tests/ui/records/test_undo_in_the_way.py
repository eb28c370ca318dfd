"""Merging, taking apart and undoing what is not last, in the window, by keys and clicks alone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.pickups.plans import PickupKind, PickupState, StopKind
from coordinator.services.agreements import holds
from coordinator.services.families import merging
from coordinator.services.pickups import planning
from tests.builders import TODAY
from tests.pickup_builders import Region, a_region
from tests.ui.accessibility import cut_labels, nameless_controls
from tests.ui.network import dialog_of, idle, opened, started
from ui.families.same_family_dialog import SameFamilyDialog
from ui.records.history_dialog import HistoryDialog
from ui.window.network_window import NetworkWindow

CTRL = Qt.KeyboardModifier.ControlModifier
RECIPIENTS = 2
STORED, SETTLED = "Added H-0002 to P-0001", "Settled P-0001"
ADDED = "Added H-0002 (Zoë Ahlberg for Linh Tran) to P-0001"
STANDS_IN_THE_WAY = (
    f"“{ADDED}” cannot be undone alone: “{SETTLED}” came after it and stands in the way. "
    "Undo both, or neither."
)


def a_run_of_two(database: Database) -> Region:
    """Plan P-0001 with H-0001, then add H-0002 to it."""
    region = a_region(database)
    planning.plan_pickup(
        database, PickupKind.RUN, TODAY, [region.holds[0]], driver_code=region.driver, today=TODAY
    )
    planning.add_hold(database, "P-0001", region.holds[1], TODAY)
    return region


def stands(database: Database) -> tuple[PickupState, list[str]]:
    """Return the state of P-0001 and what travels with it."""
    found = planning.pickup(database, "P-0001", TODAY)
    return found.state, [hold.code for hold in found.holds]


def press(qtbot: QtBot, window: NetworkWindow, where: QWidget, words: str) -> None:
    """Click the one button under *where* that says *words*."""

    def buttons() -> list[QPushButton]:
        return [b for b in where.findChildren(QPushButton) if b.text() == words and b.isVisible()]

    qtbot.waitUntil(lambda: len(buttons()) == 1)  # what is read beside the window is shown when it is there
    (button,) = buttons()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    idle(qtbot, window)


def control(qtbot: QtBot, window: NetworkWindow, key: Qt.Key) -> None:
    """Press *key* with Ctrl in the window, which comes forward when its dialogs close."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, key, CTRL)
    idle(qtbot, window)


def history_of(qtbot: QtBot, window: NetworkWindow) -> HistoryDialog:
    control(qtbot, window, Qt.Key.Key_H)
    return dialog_of(window, HistoryDialog)


def choose_in(dialog: HistoryDialog, qtbot: QtBot, label: str) -> None:
    """Go down the history by keys until *label* is chosen."""
    table = dialog.table
    for _ in range(table.model().rowCount()):
        chosen = next(entry for entry in dialog.model.all_rows() if entry.id == table.chosen_key)
        if chosen.label == label:
            return
        qtbot.keyClick(table, Qt.Key.Key_Down)
    raise AssertionError(label)


# Undoing what is not last.


def test_a_hold_added_to_a_run_settled_since_is_taken_off_with_its_settling(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    a_run_of_two(database)
    planning.settle(database, "P-0001", None, TODAY)
    window = opened(qtbot, database, started(tmp_path))
    dialog = history_of(qtbot, window)
    choose_in(dialog, qtbot, STORED)

    press(qtbot, window, dialog, "Undo this")

    assert dialog.said.text() == STANDS_IN_THE_WAY
    assert stands(database) == (PickupState.SETTLED, ["H-0001", "H-0002"])
    assert dialog.both_button.hasFocus()
    assert dialog.both_button.accessibleDescription() == STANDS_IN_THE_WAY
    assert (cut_labels(dialog), nameless_controls(dialog)) == ([], [])
    qtbot.keyClick(dialog.both_button, Qt.Key.Key_Space)
    idle(qtbot, window)
    assert dialog.said.text() == f"Undone: {SETTLED}, then {ADDED}"
    assert stands(database) == (PickupState.PLANNED, ["H-0001"])


def test_escape_leaves_both_as_they_are(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    a_run_of_two(database)
    planning.settle(database, "P-0001", None, TODAY)
    window = opened(qtbot, database, started(tmp_path))
    dialog = history_of(qtbot, window)
    choose_in(dialog, qtbot, STORED)
    press(qtbot, window, dialog, "Undo this")

    qtbot.keyClick(dialog.both_button, Qt.Key.Key_Escape)

    assert window.dialogs.current is None
    assert stands(database) == (PickupState.SETTLED, ["H-0001", "H-0002"])


def test_ctrl_z_after_somebody_else_settled_says_so_and_undoes_both(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    a_run_of_two(database)
    window = opened(qtbot, database, started(tmp_path))
    elsewhere = Database.open(database.path or "", origin="command line")
    planning.settle(elsewhere, "P-0001", None, TODAY)
    elsewhere.dispose()

    control(qtbot, window, Qt.Key.Key_Z)

    assert window.notice.text == STANDS_IN_THE_WAY
    assert stands(database) == (PickupState.SETTLED, ["H-0001", "H-0002"])
    press(qtbot, window, window.notice, "Undo both")
    assert window.notice.text == f"Undone: {SETTLED}, then {ADDED}"
    assert stands(database) == (PickupState.PLANNED, ["H-0001"])
    for said in (ADDED, SETTLED):  # what was undone out of turn is taken back before anything older
        assert window.undo.text() == f"Undo: Undid: {said}"
        control(qtbot, window, Qt.Key.Key_Z)
        assert window.notice.text == f"Undone: Undid: {said}"
    assert stands(database) == (PickupState.SETTLED, ["H-0001", "H-0002"])


# Merging and taking apart.


def same_family_of(qtbot: QtBot, window: NetworkWindow, code: str) -> SameFamilyDialog:
    """Choose *code* in its list and open “Same family as…” from the row's menu."""
    window.show_page(RECIPIENTS)
    idle(qtbot, window)
    window.show_family(code)
    idle(qtbot, window)
    shown = window.pages.currentWidget()
    assert shown is not None
    next(a for a in shown.findChildren(QAction) if a.text() == "Same family as…").trigger()
    idle(qtbot, window)
    (dialog,) = [d for d in window.findChildren(SameFamilyDialog) if d.isVisible()]
    return dialog


def choose_other(qtbot: QtBot, window: NetworkWindow, dialog: SameFamilyDialog, other: str) -> None:
    dialog.search.setFocus()
    qtbot.keyClick(dialog.search, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(dialog.search, other)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    idle(qtbot, window)


def drops(database: Database) -> int:
    stops = planning.pickup(database, "P-0001", TODAY).stops
    return sum(stop.kind is StopKind.DROP for stop in stops)


def test_two_families_on_a_run_become_one_with_one_drop_and_two_again_with_two(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    a_run_of_two(database)
    window = opened(qtbot, database, started(tmp_path))
    assert drops(database) == 2
    choose_other(qtbot, window, same_family_of(qtbot, window, "R-0001"), "R-0002")
    assert window.notice.text == "Linh Tran is part of Inès Roy now. Undo takes them apart."
    assert drops(database) == 1
    dialog = same_family_of(qtbot, window, "R-0001")

    press(qtbot, window, dialog, "Take apart")

    assert dialog.question.text() == (
        "Their milk travels with P-0001, and its stops change when they are two families again. "
        "Look at P-0001 first, or take the two apart all the same."
    )
    assert drops(database) == 1
    assert (cut_labels(dialog), nameless_controls(dialog)) == ([], [])
    press(qtbot, window, dialog, "Take them apart all the same")
    assert window.notice.text == "Two families again."
    assert drops(database) == 2


def test_ctrl_z_takes_a_merge_back_with_the_stops(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    a_run_of_two(database)
    window = opened(qtbot, database, started(tmp_path))
    choose_other(qtbot, window, same_family_of(qtbot, window, "R-0001"), "R-0002")

    control(qtbot, window, Qt.Key.Key_Z)

    assert window.notice.text == "Undone: Made Linh Tran part of Inès Roy"
    assert drops(database) == 2
    assert merging.merged_families(database, "R-0001") == ()


def test_a_merge_is_undone_with_the_release_of_what_it_moved(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    a_region(database)
    window = opened(qtbot, database, started(tmp_path))
    choose_other(qtbot, window, same_family_of(qtbot, window, "R-0001"), "R-0002")
    holds.release_hold(database, "H-0002")
    dialog = history_of(qtbot, window)
    choose_in(dialog, qtbot, "Made R-0002 part of R-0001")

    press(qtbot, window, dialog, "Undo this")

    assert dialog.said.text() == (
        "“Made R-0002 part of Inès Roy” cannot be undone alone: “Released H-0002 (Zoë Ahlberg for Inès Roy)” "
        "came after it and stands in the way (changed since: H-0002 (Zoë Ahlberg for Inès Roy)). "
        "Undo both, or neither."
    )
    press(qtbot, window, dialog, "Undo both")
    assert dialog.said.text() == (
        "Undone: Released H-0002 (Zoë Ahlberg for Linh Tran), then Made Linh Tran part of Inès Roy"
    )
    assert merging.merged_families(database, "R-0001") == ()
    assert holds.holds(database, TODAY, recipient="R-0002")[0].code == "H-0002"


def test_a_code_that_is_part_of_another_family_is_refused_where_it_was_chosen(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    a_region(database)
    window = opened(qtbot, database, started(tmp_path))
    dialog = same_family_of(qtbot, window, "D-0001")
    merging.merge_households(database, "R-0001", "R-0002", TODAY)

    choose_other(qtbot, window, dialog, "R-0002")

    assert dialog.isVisible()
    assert dialog.question.text() == (
        "R-0002 is part of R-0001 already; choose R-0001 to make them one family."
    )
    assert (cut_labels(dialog), nameless_controls(dialog)) == ([], [])

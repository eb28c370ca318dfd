"""Answers of forms that are read otherwise now: the offer at the start, the list, and reading again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.services.imports.rereading import answers_read_otherwise
from coordinator.services.records import history
from tests.builders import TODAY
from tests.old_answers import NOT_WHOLE, a_donor_read_before
from tests.ui.accessibility import cut_labels, focusable_controls, nameless_controls
from tests.ui.network import dialog_of, idle, opened, started
from ui import theme
from ui.records.reread_dialog import RereadDialog
from ui.window.network_window import NetworkWindow

LEFT = Qt.MouseButton.LeftButton
LONG_NAME = "Maria-Magdalena Wolfeschlegelsteinhausen"


def offered(qtbot: QtBot, database: Database, tmp_path: Path) -> NetworkWindow:
    a_donor_read_before(database, *NOT_WHOLE, name=LONG_NAME)
    return opened(qtbot, database, started(tmp_path))


def look(qtbot: QtBot, window: NetworkWindow) -> RereadDialog:
    button = next(one for one in window.notice.findChildren(QPushButton) if one.text() == "Look")
    qtbot.mouseClick(button, LEFT)
    return dialog_of(window, RereadDialog)


def test_the_window_offers_what_is_read_otherwise_once_it_is_open(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    window = offered(qtbot, database, tmp_path)

    assert window.notice.isVisible()
    assert window.notice.text == f"{len(NOT_WHOLE)} answers of forms are read more carefully now."


def test_nothing_is_offered_where_nothing_differs(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    a_donor_read_before(database)

    assert not opened(qtbot, database, started(tmp_path)).notice.isVisible()


def test_the_list_shows_her_words_and_both_readings(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    dialog = look(qtbot, offered(qtbot, database, tmp_path))

    cells = [dialog.model.index(1, column).data() for column in range(4)]
    assert cells == [f"D-0001 {LONG_NAME}", "Nicotine", "no, but my husband smokes", "no"]
    assert "not clear" in dialog.model.index(1, 4).data()


def test_the_chosen_answer_is_shown_whole_with_its_question(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    dialog = look(qtbot, offered(qtbot, database, tmp_path))
    nicotine = answers_read_otherwise(database, TODAY)[1]

    dialog.table.choose(nicotine.before[0].id)

    assert LONG_NAME in dialog.whole.text()
    assert nicotine.question in dialog.whole.text()


def test_read_again_is_the_default_and_undo_takes_it_back(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    window = offered(qtbot, database, tmp_path)
    dialog = look(qtbot, window)
    assert dialog.again.isDefault()

    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    idle(qtbot, window)

    assert window.notice.text == f"{len(NOT_WHOLE)} answers read again. Undo takes it back."
    assert window.dialogs.current is None
    assert answers_read_otherwise(database, TODAY) == ()
    history.undo(database)
    assert len(answers_read_otherwise(database, TODAY)) == len(NOT_WHOLE)


def test_not_now_changes_nothing(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    window = offered(qtbot, database, tmp_path)
    dialog = look(qtbot, window)

    qtbot.mouseClick(dialog.not_now, LEFT)
    idle(qtbot, window)

    assert window.dialogs.current is None
    assert len(answers_read_otherwise(database, TODAY)) == len(NOT_WHOLE)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_control_has_a_name_and_room(
    qtbot: QtBot, qapp: QApplication, database: Database, tmp_path: Path, scale: float
) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT, font_scale=scale)
    dialog = look(qtbot, offered(qtbot, database, tmp_path))
    assert focusable_controls(dialog) > 0
    assert nameless_controls(dialog) == []
    assert cut_labels(dialog) == []

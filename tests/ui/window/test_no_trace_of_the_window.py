"""What a window leaves behind: it walks every page of a locked network that holds fifty known secrets."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import open_database
from coordinator.services.records import locking
from tests.builders import TODAY
from tests.known_secrets import PASSPHRASE, secrets, shown_in, told_to
from tests.networks import changed_copy
from tests.ui.network import idle, opened, started
from ui.window.network_window import NetworkWindow


class Titles(QObject):
    """Every title that any window had while it was watched."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in {QEvent.Type.Show, QEvent.Type.WindowTitleChange} and isinstance(watched, QWidget):
            self.seen.add(watched.windowTitle())
        return False


def copied_of(qtbot: QtBot, view: QAbstractItemView) -> str:
    """Copy the chosen row and return what is on the clipboard."""
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    return QGuiApplication.clipboard().text()


def walk(qtbot: QtBot, window: NetworkWindow) -> list[str]:
    """Show every page with the first row of each list chosen and copied; return what was copied."""
    copied: list[str] = []
    for index in range(window.pages.count()):
        window.show_page(index)
        idle(qtbot, window)
        page = window.pages.widget(index)
        assert page is not None
        for view in page.findChildren(QAbstractItemView):
            model = view.model()
            if view.isVisible() and model is not None and model.rowCount():
                view.setCurrentIndex(model.index(0, 0))
                copied.append(copied_of(qtbot, view))
        idle(qtbot, window)
    window.focus_finder()
    qtbot.keyClicks(window.finder, "Ottilie")
    idle(qtbot, window)
    return copied


def test_a_window_leaves_no_word_of_a_locked_network_behind(
    qtbot: QtBot, migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "network.db"
    changed_copy(migrated_file, path, lambda database: told_to(database, TODAY))
    told = secrets("")[:49]
    assert shown_in((path.parent,), told[:48]), "the search finds them while it is plain"
    locking.lock_network(path, PASSPHRASE)
    settings = started(tmp_path)
    titles = Titles()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(titles)
    try:
        window = opened(
            qtbot, open_database(path, key=locking.key_for(path, PASSPHRASE), alone=True), settings
        )
        copied = walk(qtbot, window)
        assert any(one in text for one in told for text in copied), "rows with names were copied"
        board = QGuiApplication.clipboard()
        board.setText(copied[0])
        monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: True)  # without a screen nobody knows
        qtbot.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: window._desk.database.is_shut, timeout=20_000)
        assert board.text() == ""
        window.close()
    finally:
        app.removeEventFilter(titles)
    settings.sync()

    assert (tmp_path / "window.ini").stat().st_size > 200, "columns, sizes and pages are kept"
    assert not [title for title in titles.seen if any(one in title for one in told)]
    assert shown_in((tmp_path,), told) == {}

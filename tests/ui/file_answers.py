"""Answers for the dialogs that ask for files: given at once, or after a look at the dialog on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog


def answer_with(monkeypatch: pytest.MonkeyPatch, *paths: Path, kind: str = "") -> None:
    """Let whoever is asked for files choose *paths*, of the *kind* offered in these words."""

    def accept(dialog: QFileDialog) -> QDialog.DialogCode:
        if kind:
            assert kind in dialog.nameFilters()
            dialog.selectNameFilter(kind)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QFileDialog, "exec", accept)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(path) for path in paths])


@contextmanager
def when_asked(do: Callable[[QFileDialog], None]) -> Iterator[None]:
    """Do something with the file dialog that opens inside this block, then leave it without an answer."""
    failed = list[BaseException]()

    def look() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, QFileDialog):
            return
        timer.stop()
        try:
            do(asked)
        except BaseException as error:  # noqa: BLE001 - told below; the dialog must not stay open
            failed.append(error)
        asked.reject()

    timer = QTimer(interval=10)
    timer.timeout.connect(look)
    timer.start()
    yield
    assert not timer.isActive(), "nobody asked for a file"
    if failed:
        raise failed[0]

"""A practice: the page of a recall on a copy of the network, with the clock running."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.services.recall.drill import Drill, begin_drill
from coordinator.services.records import history
from ui import undoing
from ui.desk import Desk
from ui.records.recall.work_view import WorkView
from ui.widgets.frame.tab_order import focus_goes_to


class DrillView(QWidget):
    """``begun`` once the copy is there, ``ended`` once it is forgotten.

    Undo and Redo are of the copy while it is in front: the network's last action has nothing to do with it.
    """

    begun = Signal()
    ended = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drill: Drill | None = None
        self._own: Desk | None = None
        self._is_beginning = False
        self.view: WorkView | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        focus_goes_to(self, lambda: self.view)
        desk.closing.connect(self.forget)

    def begin(self) -> None:
        """Copy the network and begin, unless a practice is under way: then go on with it."""
        if self._drill is not None:
            self.begun.emit()
        elif not self._is_beginning:
            self._is_beginning = True
            begin = partial(begin_drill, self._desk.database, self._desk.today())
            self._desk.runner.run(
                begin, self._show, self._refuse, what=self.tr("Copying the network to practise on")
            )

    def end(self) -> None:
        """Say how it went, and forget the copy."""
        drill = self._drill
        if drill is not None:
            self._desk.read(drill.result, lambda said: self._desk.said.emit(str(said)))
            self.forget()

    def forget(self) -> None:
        """Forget the copy at once, without a word: the window closes or is locked."""
        drill, self._drill = self._drill, None
        if drill is None:
            return
        if self.view is not None:
            self.view.leave()
            self._column.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        if self._own is not None:
            self._own.deleteLater()
        self.view = self._own = None
        self._desk.read(drill.end, lambda _: None)
        self.ended.emit()

    def _show(self, drill: Drill) -> None:
        self._is_beginning = False
        self._drill = drill
        desk = self._desk
        own = self._own = Desk(drill.database, desk.runner, desk.display, desk.settings, lambda: drill.today)
        own.setParent(self)
        own.said.connect(desk.said)
        own.complained.connect(desk.complained)
        view = self.view = WorkView(own, is_drill=True, parent=self)
        view.left.connect(self.end)
        self._column.addWidget(view)
        view.show_recall(drill.recall)
        self.begun.emit()

    def _refuse(self, error: Exception) -> None:
        self._is_beginning = False
        self._desk.complain(error)

    def _reverse(self, *, is_redo: bool) -> None:
        """Take back, or do again, what was done last in the copy."""
        own = self._own
        if own is None:
            return
        work = history.redo if is_redo else history.undo
        said = self.tr("Done again in the practice: {what}")
        if not is_redo:
            said = self.tr("Taken back in the practice: {what}")
        undoing.reverse(
            own,
            work,
            lambda what: own.said.emit(said.format(what=what)),
            lambda refused, *_: own.complained.emit(refused),
        )

    # Overrides of Qt.

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Z from the window: it would take back the last action of the network."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _reverses(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and Redo in the copy."""
        if (is_redo := _reverses(event)) is not None:
            self._reverse(is_redo=is_redo == "redo")
        else:
            super().keyPressEvent(event)


def _reverses(event: QKeyEvent) -> str | None:
    """Return whether a key is the one of Undo or of Redo; nothing for any other."""
    if event.matches(QKeySequence.StandardKey.Undo):
        return "undo"
    if event.keyCombination() == QKeySequence("Ctrl+Shift+Z")[0]:  # type: ignore[index] # PySide's stubs forget it
        return "redo"
    return None

"""With whom a family or donor shares milk, on one button of its pane: it opens the page of the two."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from coordinator.services.agreements.pairs import SharesWith, shares_with
from ui.desk import Desk
from ui.widgets.label import literal
from ui.widgets.rows import left_aligned


class SharesButton(QWidget):
    """Not there while it shares with nobody; ``many`` opens the list of several, ``button`` the only one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._code = desk, ""
        self.button, self.many = QPushButton(), QPushButton()
        self.menu = QMenu(self.many)
        self.many.setMenu(self.menu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._one_holder, self._many_holder = left_aligned(self.button), left_aligned(self.many)
        layout.addWidget(self._one_holder)
        layout.addWidget(self._many_holder)
        self.button.clicked.connect(self._press)
        self._found: Sequence[SharesWith] = ()
        self.hide()

    def show_code(self, code: str) -> None:
        """Read with whom the family or donor with *code* shares, and show it."""
        if code != self._code:
            self._code = code
            self.hide()  # nobody else's family stands there meanwhile
        self._desk.read(partial(shares_with, self._desk.database, code), partial(self._take, code))

    def _take(self, code: str, found: Sequence[SharesWith]) -> None:
        if code != self._code:
            return
        self._found = found
        words = self.tr("Shares with {count} families…").format(count=len(found))
        if len(found) == 1:
            words = self.tr("Shares with {name}…").format(name=found[0].name)
        for button in (self.button, self.many):
            button.setText(literal(words))
            button.setAccessibleName(words)
        self._fill()
        self.setVisible(bool(found))

    def _press(self) -> None:
        if len(self._found) == 1:
            self._open(self._found[0])

    def _fill(self) -> None:
        """Put the families in the button's menu, where they are several."""
        self.menu.clear()
        for one in self._found:
            self.menu.addAction(literal(self._words(one)), partial(self._open, one))
        self._one_holder.setVisible(len(self._found) == 1)
        self._many_holder.setVisible(len(self._found) > 1)

    def _words(self, one: SharesWith) -> str:
        if not one.volume:
            return self.tr("{name}: agreed, nothing came yet").format(name=one.name)
        return f"{one.name}: {self._desk.display.volume(one.volume)}"

    def _open(self, one: SharesWith) -> None:
        self._desk.pair_wanted.emit(one.donor_code, one.recipient_code)

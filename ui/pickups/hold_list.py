"""Holds with a box each: what is to travel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from coordinator.domain.agreements.holds import Hold
from ui.icons import icon
from ui.pickups.pickup_words import agreed_words, amount
from ui.units import Display
from ui.widgets.label import one_line

_CODE = int(Qt.ItemDataRole.UserRole)


class HoldList(QListWidget):
    """One line a hold: donor → family, how much, agreed or whose yes is missing; Space checks it."""

    changed = Signal()

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._holds: tuple[Hold, ...] = ()
        self.setAccessibleName(self.tr("Milk on hold: check what is to travel"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(lambda *_: self.changed.emit())

    def show_holds(self, holds: Sequence[Hold], checked: Sequence[str] = ()) -> None:
        """Offer *holds*, with those named in *checked* chosen."""
        self.blockSignals(True)
        self.clear()
        self._holds = tuple(holds)
        for hold in holds:
            way = f"{hold.donor_name} → {hold.recipient_name}"
            parts = (way, amount(hold, self._display), hold.code, agreed_words(hold), self._asks(hold))
            is_clear = hold.is_agreed and not hold.still_asked
            words = " · ".join(filter(None, parts))
            item = QListWidgetItem(icon("done" if is_clear else "ask"), one_line(words))
            item.setData(_CODE, hold.code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_on = hold.code in checked
            item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
            self.addItem(item)
            if is_on:
                self.setCurrentItem(item)
        if self.currentRow() < 0 and holds:
            self.setCurrentRow(0)
        self.blockSignals(False)
        self.changed.emit()

    def _asks(self, hold: Hold) -> str:
        asked = "; ".join(map(str, hold.still_asked))
        return self.tr("still to ask: {what}").format(what=asked) if asked else ""

    def chosen(self) -> list[Hold]:
        """Return the holds that are checked."""
        rows = range(self.count())
        codes = {
            self.item(row).data(_CODE) for row in rows if self.item(row).checkState() is Qt.CheckState.Checked
        }
        return [hold for hold in self._holds if hold.code in codes]

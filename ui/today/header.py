"""The head of the Today page: the day, what ringing would free, and what is short this week."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.volume import Volume
from coordinator.domain.worklist.openings import Openings
from coordinator.domain.worklist.planned import PlannedCalls
from ui.desk import Desk
from ui.theme import SPACE_SMALL
from ui.widgets.rows import text_label


class Header(QWidget):
    """Says the day at once, and the figures as soon as they are known."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.day = text_label("", "heading")
        self.figures = text_label("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        layout.addWidget(self.day)
        layout.addWidget(self.figures)
        policy = self.figures.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the lists below stay where they are when it comes
        self.figures.setSizePolicy(policy)
        self.show_figures(None, None)

    def show_figures(self, planned: PlannedCalls | None, opened: Openings | None) -> None:
        """Say what the calls of the plan open and what is short; nothing of either while nobody knows."""
        self.day.setText(_long_day(self._desk.today()))
        said = (self._frees(planned), self._short(opened)) if opened else ()
        self.figures.setText(" · ".join(filter(None, said)))
        self.figures.setVisible(bool(said))

    def _frees(self, planned: PlannedCalls | None) -> str:
        """Return how much the calls of the plan open, and for how many; each ounce counts once."""
        if planned is None or not planned.calls:
            return ""
        words = self.tr("1 call opens {amount} for {families}, if the answers are as hoped")
        if len(planned.calls) > 1:
            words = self.tr("{count} calls open {amount} for {families}, if the answers are as hoped")
        families = self.tr("1 family") if planned.babies == 1 else self.tr("{count} families")
        return words.format(
            count=len(planned.calls),
            amount=self._desk.display.volume(Volume.from_oz(round(planned.ounces, 6))),
            families=families.format(count=planned.babies),
        )

    def _short(self, opened: Openings) -> str:
        words = str(opened.short.words(self._desk.display.volume_unit))
        return words[:1].upper() + words[1:]


def _long_day(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)

"""The head of the Today page: the day, what ringing would free, and what is short this week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.volume import total
from coordinator.domain.worklist.calls import Call
from coordinator.domain.worklist.openings import Openings
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
        self.show_figures((), None)

    def show_figures(self, calls: Sequence[Call], opened: Openings | None) -> None:
        """Say what *calls* would free and what is short; nothing of either while nobody knows."""
        self.day.setText(_long_day(self._desk.today()))
        said = (self._frees(calls, opened), self._short(opened)) if opened else ()
        self.figures.setText(" · ".join(filter(None, said)))
        self.figures.setVisible(bool(said))

    def _frees(self, calls: Sequence[Call], opened: Openings) -> str:
        """Return how many calls free how much; each donor's milk counts once."""
        freeing = [codes for call in calls if (codes := [c for c in call.codes if c in opened.donors])]
        if not freeing:
            return ""
        amount = total([opened.donors[code].volume for code in {c for codes in freeing for c in codes}])
        words = self.tr("1 call would free {amount}")
        if len(freeing) > 1:
            words = self.tr("{count} calls would free {amount}")
        return words.format(count=len(freeing), amount=self._desk.display.volume(amount))

    def _short(self, opened: Openings) -> str:
        words = str(opened.short.words(self._desk.display.volume_unit))
        return words[:1].upper() + words[1:]


def _long_day(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)

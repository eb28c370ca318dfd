"""How to reach a family: numbers and addresses to copy, when and in which language."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.households import Household
from ui.desk import Desk
from ui.theme import SPACE_SMALL
from ui.widgets.frame.tab_order import keeping_focus
from ui.widgets.rows import text_label


class ReachLines(QWidget):
    """A line for each phone and e-mail, with a button that copies it; then hours, languages and town."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Household | None = None
        self._lines: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_SMALL)

    def show_household(self, household: Household) -> None:
        """Show how to reach *household*; the lines stay while it is the same."""
        if household == self._shown:
            return
        self._shown = household
        with keeping_focus(self):
            for old in self._lines:
                old.hide()
                old.deleteLater()
            self._lines = self._ways(household)
            when = self._when(household)
            if when:
                self._lines.append(text_label(when, "quiet"))
            for line in self._lines:
                self._layout.addWidget(line)

    def begin(self) -> None:
        """Put the focus on the first copy button, if there is a number or address."""
        button = self.findChild(QPushButton)
        if button is not None:
            button.setFocus()

    def _ways(self, household: Household) -> list[QWidget]:
        phones = [national_phone(phone) for phone in (household.phone, household.other_phone) if phone]
        emails = [email for email in (household.email, household.other_email) if email]
        none = [] if phones else [text_label(self.tr("No phone number yet."), "strong")]
        return [*none, *(self._way(way) for way in (*phones, *emails))]

    def _way(self, way: str) -> QWidget:
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(text_label(way, "strong"), stretch=1)
        copy = QPushButton(self.tr("Copy"))
        copy.setAccessibleName(self.tr("Copy {what}").format(what=way))
        copy.clicked.connect(lambda: self._copy(way))
        across.addWidget(copy, alignment=Qt.AlignmentFlag.AlignTop)
        return line

    def _copy(self, way: str) -> None:
        QGuiApplication.clipboard().setText(way)
        self._desk.said.emit(self.tr("Copied {what}.").format(what=way))

    def _when(self, household: Household) -> str:
        """Return the best way and time to reach it in a line, and its address under it."""
        said = (
            ("{words}", household.preferred_contact),
            (self.tr("ring: {words}"), household.ring_times),
            (self.tr("good times: {words}"), household.hours),
            (self.tr("speaks {words}"), household.languages),
        )
        line = " · ".join(words.format(words=value) for words, value in said if value)
        where = household.address.line or household.place_label
        return "\n".join(part for part in (line, where) if part)

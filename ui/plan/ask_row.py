"""What is asked of the plan: weeks, calls, minutes, who comes first; and the button that makes it."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from coordinator.domain.planning.network import Priority
from coordinator.services.planning.gathering import Asked, plan_policy
from ui.theme import SPACE, SPACE_SMALL, set_role
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label

MOST_WEEKS, MOST_CALLS, MOST_MINUTES = 12, 60, 600
USUAL_CALLS = 5
_KEY = "plan/asked"


class AskRow(QWidget):
    """``make_wanted`` by the button or by Enter in a field. What was asked is remembered on this computer."""

    make_wanted = Signal()

    def __init__(self, settings: QSettings | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        policy = plan_policy()
        self.weeks = QSpinBox(minimum=1, maximum=MOST_WEEKS, value=policy.weeks)
        self.calls = QSpinBox(minimum=0, maximum=MOST_CALLS, value=USUAL_CALLS)
        self.minutes = QSpinBox(minimum=5, maximum=MOST_MINUTES, singleStep=5, value=round(policy.minutes))
        self.priority = QComboBox()
        self.priority.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for one in Priority:
            self.priority.addItem(str(one.words), one.value)
        self.make = QPushButton(self.tr("Make the plan"))
        set_role(self.make, "main")
        self.make.setAccessibleName(self.make.text())
        self._lay_out()
        self._recall()
        self.make.clicked.connect(self.make_wanted)
        for field in (self.weeks, self.calls, self.minutes):
            field.lineEdit().returnPressed.connect(self.make_wanted)

    @property
    def asked(self) -> Asked:
        """What stands in the fields."""
        return Asked(
            self.weeks.value(),
            self.calls.value(),
            float(self.minutes.value()),
            Priority(self.priority.currentData()),
        )

    def keep(self) -> None:
        """Remember what stands in the fields."""
        if self._settings is not None:
            one = self.asked
            self._settings.setValue(_KEY, f"{one.weeks},{one.calls},{one.minutes:.0f},{one.priority.value}")

    def _recall(self) -> None:
        kept = str(self._settings.value(_KEY) or "") if self._settings is not None else ""
        parts = kept.split(",")
        if len(parts) != 4:
            return
        for field, text in zip((self.weeks, self.calls, self.minutes), parts, strict=False):
            if text.isdecimal():
                field.setValue(int(text))
        self.priority.setCurrentIndex(max(self.priority.findData(parts[3]), 0))

    def _lay_out(self) -> None:
        flow = FlowLayout(self)
        for words, field, about in (
            (self.tr("Weeks"), self.weeks, self.tr("How many weeks to plan for")),
            (self.tr("Calls"), self.calls, self.tr("How many calls you have time for")),
            (self.tr("Minutes"), self.minutes, self.tr("How many minutes one way somebody drives at most")),
            (self.tr("First"), self.priority, self.tr("Whose days count more")),
        ):
            field.setAccessibleName(about)
            field.setToolTip(about)
            flow.addWidget(_labelled(words, field))
        flow.addWidget(self.make)
        heights = [one.sizeHint().height() for one in (self.priority, self.make)]
        for field in (self.weeks, self.calls, self.minutes):
            field.setMinimumHeight(max(heights))


def _labelled(words: str, field: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, SPACE, 0)
    line.setSpacing(SPACE_SMALL)
    label: QLabel = Label(words)
    label.setBuddy(field)
    for widget in (label, field):
        line.addWidget(widget, alignment=Qt.AlignmentFlag.AlignVCenter)
    return holder

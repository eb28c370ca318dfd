"""How many calls there is time for; the plan says which, and one quiet button leads to it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QWidget

from coordinator.domain.worklist.planned import USUAL_CALLS
from ui.desk import Desk
from ui.theme import SPACE, SPACE_SMALL, set_role
from ui.widgets.label import Label
from ui.widgets.rows import text_label

MOST_CALLS = 50
_KEY = "today/calls"
_PAUSE_MS = 300
"""So long the number stays before the plan is asked for it."""


class PlanRow(QWidget):
    """I have time for [5] calls: remembered on this computer; ``wanted`` when it is another number."""

    wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = desk.settings
        self.calls = QSpinBox(minimum=1, maximum=MOST_CALLS)
        self.calls.setValue(self._kept())
        self.calls.setAccessibleName(self.tr("Calls there is time for"))
        self._late = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._late.timeout.connect(self._keep)
        self.calls.valueChanged.connect(lambda *_: self._late.start())
        self._anew = self.tr("The order is being worked out…")
        self._first = self.tr("For now by what presses; the plan’s order is being worked out…")
        self.working = text_label(self._anew, "quiet")
        policy = self.working.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the lines below stay where they are
        self.working.setSizePolicy(policy)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE_SMALL)
        for widget in (Label(self.tr("I have time for")), self.calls, Label(self.tr("calls"))):
            across.addWidget(widget)
        across.addSpacing(SPACE)
        across.addWidget(self.working, stretch=1)
        self.plan = QPushButton(self.tr("The plan…"))
        self.plan.setToolTip(self.tr("Who gets which milk over the next weeks, and which calls it hangs on"))
        set_role(self.plan, "status")
        self.plan.clicked.connect(lambda *_: desk.page_wanted.emit("plan", ""))
        across.addWidget(self.plan)
        self.working.hide()

    def say_working(self, *, is_first: bool) -> None:
        """Say that the plan is worked out; *is_first*: the calls stand in another order until then."""
        self.working.setText(self._first if is_first else self._anew)
        self.working.show()

    def _kept(self) -> int:
        kept = (
            self._settings.value(_KEY, USUAL_CALLS, type=int) if self._settings is not None else USUAL_CALLS
        )
        return kept if isinstance(kept, int) and 0 < kept <= MOST_CALLS else USUAL_CALLS

    def _keep(self) -> None:
        if self._settings is not None:
            self._settings.setValue(_KEY, self.calls.value())
        self.wanted.emit()

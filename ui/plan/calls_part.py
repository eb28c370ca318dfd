"""The calls a plan hangs on, with what each opens and what to ask; Enter opens the call card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from coordinator.domain.planning.plan import Plan, PlanCall
from ui.desk import Desk
from ui.families.call_card import CallCard
from ui.families.card_pane import CardPane
from ui.plan.columns import call_columns
from ui.plan.words_below import WordsBelow
from ui.theme import set_role
from ui.widgets.tables.row_model import RowTableModel


class CallsPart(QWidget):
    """Whom to ring, what opens the most first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = QPushButton(self.tr("Ring"))
        set_role(self.ring, "main")
        self.model: RowTableModel[PlanCall] = RowTableModel(
            call_columns(desk.display), lambda call: call.household
        )
        self.list = WordsBelow(
            self.model, "plan-calls", self.tr("Calls of the plan"), self._words, (self.ring,), desk.settings
        )
        self.list.nothing = self.tr("The plan hangs on no call.")
        self.card = CallCard(desk, is_call=True)
        self.card.show_family("")
        pane = CardPane(self.card)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(pane)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.setFocusProxy(self.list)
        self.ring.clicked.connect(lambda *_: self._ring())
        self.list.table.row_opened.connect(lambda _: self._ring())
        pane.close_button.clicked.connect(self.close_card)

    def show_plan(self, plan: Plan) -> None:
        """Show the calls of *plan*."""
        self.list.show_rows(plan.calls)

    def choose(self, household: str) -> None:
        """Choose the call of *household*."""
        self.list.table.choose(household)

    def close_card(self) -> None:
        """Go back from the card to the calls."""
        self.card.show_family("")
        self.stack.setCurrentWidget(self.list)
        self.list.table.setFocus()

    def _ring(self) -> None:
        call = self.list.chosen
        if call is not None:
            self.card.show_family(call.household)
            self.stack.setCurrentIndex(1)
            self.card.begin()

    def _words(self, call: PlanCall) -> str:
        lines = [str(call.why)]
        if call.blocking:
            asks = "; ".join(map(str, call.blocking))
            lines.append(self.tr("Milk waits for: {asks}").format(asks=asks))
        if call.besides:
            asks = "; ".join(map(str, call.besides))
            lines.append(self.tr("In the same call: {asks}").format(asks=asks))
        return "\n".join(lines)

    # Overrides of Qt.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the card, once no field wants it."""
        if event.key() == Qt.Key.Key_Escape and self.stack.currentIndex() == 1:
            self.close_card()
        else:
            super().keyPressEvent(event)

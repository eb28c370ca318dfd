"""One promise as a card on the board: who, what, whose turn, and its next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from coordinator.domain.agreements.board import Card
from coordinator.domain.agreements.case_steps import Act
from coordinator.domain.agreements.moving_on import side_to_tell
from ui.cases.choice_dialog import telling_words
from ui.promises.card_words import notes_of, pair_button_words, waits_words
from ui.theme import SPACE_SMALL, change_role, set_role
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.step_button import StepButton
from ui.widgets.wrapped_label import WrappedLabel

_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PromiseCard(QFrame):
    """A card that takes the focus. Enter does its next step, M moves it on, arrows go to other cards.

    ``chosen`` when it has the focus; ``passed(columns, cards)`` when an arrow asks for another card;
    ``moved_on`` when M was pressed, ``telling_wanted`` for T: what a side is told before its yes;
    ``menu_wanted`` for what else can be done; ``pair_wanted`` by the button of two who are paused.
    """

    chosen = Signal()
    passed = Signal(int, int)
    moved_on = Signal()
    telling_wanted = Signal()
    menu_wanted = Signal()
    pair_wanted = Signal()

    def __init__(self, card: Card, does: Callable[[], object]) -> None:
        super().__init__()
        self.card = card
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, "promise")
        hold, waits = card.hold, waits_words(card)
        names = f"{hold.donor_name} → {hold.recipient_name}"
        self.setAccessibleName(f"{hold.code} {names}, {card.words}, {waits}")
        who = WrappedLabel(names)
        set_role(who, "strong")
        said = WrappedLabel(str(card.words))
        self.notes = WrappedLabel("\n".join(notes_of(card)))
        set_role(self.notes, "ask")
        if not self.notes.text():
            self.notes.hide()  # shown by its card alone: without one yet, it would open as a window
        self.waits = WrappedLabel(waits)
        set_role(self.waits, "ask" if card.is_late else "quiet")
        self.button = StepButton(str(card.next.words))
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the card has it: Enter is its button
        if card.next.act is Act.NONE:
            self.button.hide()
        self.button.clicked.connect(lambda *_: does())
        side = side_to_tell(card)
        self.tell_button = StepButton(telling_words(side) if side else "")
        self.tell_button.setAccessibleName(f"{self.tell_button.text()} {hold.code}")
        self.tell_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the card has it: T is its button
        if side is None or card.next.act is Act.NOTE_YES:
            self.tell_button.hide()
        self.tell_button.clicked.connect(lambda *_: self.telling_wanted.emit())
        self.pair_button = StepButton(pair_button_words())
        self.pair_button.setAccessibleName(f"{self.pair_button.text()} {hold.code}")
        self.pair_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # for keys it is in the card's menu
        if card.strand is None or not card.strand.paused:
            self.pair_button.hide()
        self.pair_button.clicked.connect(lambda *_: self.pair_wanted.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        layout.setSpacing(SPACE_SMALL)
        for label in (who, said, self.notes, self.waits):
            layout.addWidget(label)
        below = QWidget()
        flow = FlowLayout(below)
        for button in (self.button, self.tell_button, self.pair_button):
            flow.addWidget(button)
        layout.addWidget(below)

    def mark_chosen(self, *, is_chosen: bool) -> None:
        """Show whether the pane at the right is about this card."""
        change_role(self, "promise-chosen" if is_chosen else "promise")

    def widest_button(self) -> int:
        """Return how many pixels its widest button needs for its words."""
        buttons = [one for one in (self.button, self.tell_button) if not one.isHidden()]
        for one in buttons:
            one.ensurePolished()
        return max((one.sizeHint().width() for one in buttons), default=0)

    # Overrides of Qt.

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the card that has the focus."""
        super().focusInEvent(event)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do the next step, move on, tell a side, or go to another card."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.button.click()
        elif key is Qt.Key.Key_M and not event.modifiers():
            self.moved_on.emit()
        elif key is Qt.Key.Key_T and not event.modifiers():
            self.telling_wanted.emit()
        elif key is Qt.Key.Key_Menu:
            self.menu_wanted.emit()
        elif key in _WAYS:
            self.passed.emit(*_WAYS[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the card chooses it."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what else can be done."""
        self.menu_wanted.emit()
        event.accept()

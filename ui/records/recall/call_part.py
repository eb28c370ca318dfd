"""Noting a call of a recall: what came of it by one key, and what became of the milk by another."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.records.recall_work import ContactOutcome, Party, ToldBack
from ui.desk import Desk
from ui.pickups.fields import TimeField
from ui.theme import SPACE, SPACE_SMALL
from ui.widgets.fields.edit_field import LineField, NotUnderstoodError
from ui.widgets.fields.form_dialog import typed_in
from ui.widgets.fields.value_fields import VolumeField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.rows import text_label

OUTCOME_KEYS = {
    ContactOutcome.REACHED: "R",
    ContactOutcome.NO_ANSWER: "N",
    ContactOutcome.MESSAGE_LEFT: "M",
    ContactOutcome.WRITTEN: "W",
    ContactOutcome.WRONG_NUMBER: "X",
}
TOLD_KEYS = {
    ToldBack.FED: "F",
    ToldBack.DISCARDED: "D",
    ToldBack.SET_ASIDE: "S",
    ToldBack.NEVER_HAD: "V",
    ToldBack.UNKNOWN: "U",
}
_TIME_CHARACTERS, _AMOUNT_CHARACTERS = 14, 12


class CallPart(QWidget):
    """Time, outcome, ounces told back and a note.

    ``called(outcome, at, note)`` and ``told(became, volume, note)``. The letters work wherever the focus is
    in *keys_in*, except in a field; there they are typed.
    """

    called = Signal(object, object, str)
    told = Signal(object, object, str)

    def __init__(self, desk: Desk, keys_in: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_time_typed = False
        self._is_noting = False
        self._party: Party | None = None
        self.outcomes: dict[ContactOutcome, QPushButton] = {}
        self.became: dict[ToldBack, QPushButton] = {}
        self.at = TimeField()
        self.amount = VolumeField(desk.display)
        self.note = LineField()
        self.problem = text_label("", "problem")
        self.problem.hide()
        self.at.set_name(self.tr("Time of the call"))
        self.amount.set_name(self.tr("How much of it"))
        self.note.set_name(self.tr("Note of the call"))
        for field in (self.at, self.amount, self.note):
            field.edited.connect(field.set_value)
        self.at.line.textEdited.connect(self._keep_time)
        self._lay_out()
        self._add_keys(keys_in)

    def show_party(self, party: Party) -> None:
        """Be ready for *party*: the clock's time, all that is open, no note; what is being typed stays."""
        before, self._party = self._party, party
        if before is None or before.who != party.who:
            self.clear()
        if before is None or (before.who, before.open) != (party.who, party.open):
            self.amount.set_value(party.open or None)
        for became, button in self.became.items():
            button.setEnabled(bool(party.most(became)))
        self.amount.set_read_only(read_only=not any(map(party.most, ToldBack)))

    def clear(self) -> None:
        """Begin anew: the clock's time, no note."""
        self._is_time_typed = False
        self.tick()
        self.note.set_value("")
        self.problem.hide()

    def wait(self) -> None:
        """Take no key until ``go_on``: it would be about whom it was not pressed for."""
        self._is_noting = True

    def go_on(self) -> None:
        """Take keys again."""
        self._is_noting = False

    def tick(self) -> None:
        """Show the time of now, unless another one was typed."""
        if not self._is_time_typed:
            now = self._desk.database.clock().astimezone().time()
            self.at.set_value(now.replace(second=0, microsecond=0, tzinfo=None))

    def say(self, reason: str) -> None:
        """Say why it was not noted; "" takes it off."""
        self._is_noting = False
        self.problem.setText(reason)
        self.problem.setVisible(bool(reason))

    def go_to_note(self) -> None:
        """Put the cursor into the note."""
        self.note.setFocus()

    def _keep_time(self, text: str) -> None:
        self._is_time_typed = bool(text.strip())

    def _moment(self) -> datetime:
        """Return when the call was: now, or the time that was typed, today.

        Raises:
            NotUnderstoodError: If it is no time, or has not been yet.
        """
        now: datetime = self._desk.database.clock()
        at = typed_in(self.at)
        if not self._is_time_typed or at is None:
            return now
        here = now.astimezone()
        moment = here.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        if moment > here:
            raise NotUnderstoodError(self.tr("That is later than now. Type the time of the call."))
        return moment.astimezone(now.tzinfo)

    def _note_call(self, outcome: ContactOutcome) -> None:
        if not self.isEnabled() or self._is_noting:
            return
        try:
            at = self._moment()
        except NotUnderstoodError as error:
            self.say(str(error))
            self.at.setFocus()
            return
        self.called.emit(outcome, at, self._typed_note())

    def _note_told(self, became: ToldBack) -> None:
        if not self.isEnabled() or self._is_noting or not self.became[became].isEnabled():
            return
        try:
            volume = typed_in(self.amount)
        except NotUnderstoodError as error:
            self.say(str(error))
            self.amount.setFocus()
            return
        party = self._party
        if party is not None:
            self.told.emit(became, party.most(became) if volume is None else volume, self._typed_note())

    def _typed_note(self) -> str:
        return self.note.typed().strip()

    def _go_to_amount(self) -> None:
        if self.amount.line.isEnabled() and not self._is_noting:
            self.amount.setFocus()
            self.amount.line.selectAll()

    def _go_on_to(self, button: QPushButton) -> None:
        """Go to *button* with the next event: this Enter goes on to the window, which would press it."""
        QTimer.singleShot(0, button, button.setFocus)

    def _add_keys(self, keys_in: QWidget) -> None:
        where = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for outcome, key in OUTCOME_KEYS.items():
            QShortcut(QKeySequence(key), keys_in, partial(self._note_call, outcome), context=where)
        for became, key in TOLD_KEYS.items():
            QShortcut(QKeySequence(key), keys_in, partial(self._note_told, became), context=where)
        QShortcut(QKeySequence("A"), keys_in, self._go_to_amount, context=where)
        for field, button in (
            (self.amount, self.became[ToldBack.FED]),
            (self.at, self.outcomes[ContactOutcome.REACHED]),
        ):
            field.line.returnPressed.connect(partial(self._go_on_to, button))

    def _lay_out(self) -> None:
        outcomes, became = QWidget(), QWidget()
        first, second = FlowLayout(outcomes), FlowLayout(became)
        first.addWidget(_beside(self.tr("Call at"), self.at))
        for outcome, words in self._outcome_words().items():
            first.addWidget(self._button(words, OUTCOME_KEYS[outcome], self.outcomes, outcome))
            self.outcomes[outcome].clicked.connect(partial(self._on_pressed, outcome))
        second.addWidget(_beside(self.tr("Of it"), self.amount))
        for told, words in self._told_words().items():
            second.addWidget(self._button(words, TOLD_KEYS[told], self.became, told))
            self.became[told].clicked.connect(partial(self._on_pressed, told))
        self.amount.setToolTip(self.tr("How much of the milk; A goes here, Enter on to the answers"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        for widget in (outcomes, became, _beside(self.tr("Note"), self.note, stretch=1), self.problem):
            layout.addWidget(widget)
        self._fit()

    def _outcome_words(self) -> dict[ContactOutcome, str]:
        return {
            ContactOutcome.REACHED: self.tr("Reached"),
            ContactOutcome.NO_ANSWER: self.tr("No answer"),
            ContactOutcome.MESSAGE_LEFT: self.tr("Message left"),
            ContactOutcome.WRITTEN: self.tr("Written"),
            ContactOutcome.WRONG_NUMBER: self.tr("Wrong number"),
        }

    def _told_words(self) -> dict[ToldBack, str]:
        return {
            ToldBack.FED: self.tr("Fed"),
            ToldBack.DISCARDED: self.tr("Discarded"),
            ToldBack.SET_ASIDE: self.tr("Set aside"),
            ToldBack.NEVER_HAD: self.tr("Never had"),
            ToldBack.UNKNOWN: self.tr("Does not know"),
        }

    def _on_pressed(self, what: ContactOutcome | ToldBack, *_: object) -> None:
        if isinstance(what, ContactOutcome):
            self._note_call(what)
        else:
            self._note_told(what)

    def _button(self, words: str, key: str, buttons: dict, of: object) -> QPushButton:  # type: ignore[type-arg] # of either kind
        button = QPushButton(self.tr("{words}  {key}").format(words=words, key=key))
        button.setAccessibleName(words)
        buttons[of] = button
        return button

    def _fit(self) -> None:
        character = self.fontMetrics().averageCharWidth()
        self.at.setFixedWidth(character * _TIME_CHARACTERS)
        self.amount.setFixedWidth(character * _AMOUNT_CHARACTERS)

    # Overrides of Qt.

    def changeEvent(self, event: QEvent) -> None:
        """Have room for a time and an amount in another size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "note"):
            self._fit()


def _beside(words: str, field: QWidget, stretch: int = 0) -> QWidget:
    """Return *field* behind the words for it."""
    holder = QWidget()
    across = QHBoxLayout(holder)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(SPACE_SMALL)
    label = Label(words)
    across.addWidget(label)
    across.addWidget(field, stretch=stretch)
    return holder

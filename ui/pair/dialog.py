"""The page of two families who share milk: what passed between them, what is next, and what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.agreements.lending import Lent
from coordinator.domain.agreements.pair import Pair, PairEvent, PairNote, owed_words
from coordinator.domain.agreements.pair_forecast import Estimate
from coordinator.services.agreements import pair_changes, pairs
from ui.cases.asked_after_dialog import ask_after
from ui.cases.standing_list import standing_row
from ui.desk import Desk
from ui.families.every_ounce_forms import ask_used
from ui.pair.card_form import CardForm
from ui.pair.forms import BackForm, Codes, LendForm, PauseForm, ResumeForm
from ui.pair.words import IS_MILK, came_words, drive_words, event_words, month_words, room_words
from ui.theme import SPACE, SPACE_LARGE
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import Row, Rows, text_label
from ui.widgets.scrolling import scrolling

_NARROW_CHARACTERS = 100
_WIDE, _HIGH, _EDGE = 980, 640, 40


class PairDialog(QDialog):
    """Read again after every change; Esc closes it. Ctrl+Z takes back what was written on it."""

    def __init__(self, desk: Desk, donor: str, recipient: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._codes = desk, Codes(donor, recipient)
        self.pair: Pair | None = None
        self.setWindowTitle(self.tr("{donor} and {family}").format(donor=donor, family=recipient))
        self.names = text_label("", "heading")
        self.pause = text_label("", "ask")
        self.came = text_label("", "strong")
        self.months = text_label("", "quiet")
        self.next_pickup = text_label("", "strong")
        self.forecast = Rows("")
        self.standing = Rows("")
        self.owed = Rows(self.tr("Nothing is lent."))
        self.bags = text_label("", "quiet")
        self.notes = Rows(self.tr("No notes yet."))
        self.note = QLineEdit()
        self.history = Rows(self.tr("Nothing has passed between the two yet."))
        self._make_buttons()
        self._lay_out()
        self.resize(self._room(parent))
        self.lend_button.setFocus()  # a note is far down on a small screen
        desk.changed.connect(self.refresh)
        desk.display.changed.connect(self.refresh)
        self.refresh()

    def _room(self, parent: QWidget | None) -> QSize:
        """Return the size to open at: no larger than the window below, on a small laptop, too."""
        size = QSize(_WIDE, _HIGH)
        return size if parent is None else size.boundedTo(parent.window().size() - QSize(_EDGE, _EDGE))

    def refresh(self) -> None:
        """Read the two again."""
        desk, codes = self._desk, self._codes
        desk.read(partial(pairs.pair, desk.database, codes.donor, codes.recipient, desk.today()), self._show)

    def _show(self, pair: Pair) -> None:
        self.pair = pair
        names = self.tr("{donor} → {family}")
        self.names.setText(names.format(donor=pair.donor.name, family=pair.recipient.name))
        self.pause.setText(_sentence(pair.pause.words) if pair.pause else "")
        self.pause.setVisible(pair.pause is not None)
        self.came.setText(came_words(pair, self._desk.display))
        self.months.setText(month_words(pair, self._desk.display))
        self.months.setVisible(bool(pair.by_month))
        self._show_forecast(pair)
        self.owed.set_rows([self._lent_row(one) for one in pair.lent])
        self.bags.setText(_sentence(owed_words(pair)))
        self.bags.setVisible(bool(owed_words(pair)))
        self.notes.set_rows([self._note_row(one) for one in pair.notes])
        self.history.set_rows([_event(one) for one in pair.events])
        self.resume_button.setVisible(pair.pause is not None)
        self.pause_button.setVisible(pair.pause is None)
        self.asked_button.setVisible(bool(pair.deliveries))
        self.card_button.setVisible(bool(pair.deliveries))
        self.used_button.setVisible(bool(pair.deliveries))

    def _show_forecast(self, pair: Pair) -> None:
        self.next_pickup.setText(str(pair.forecast.words))
        found = (pair.forecast.runs_out, pair.forecast.has_enough)
        display = self._desk.display
        way, room = drive_words(pair, display), room_words(pair, display)
        self.forecast.set_rows(
            [*map(_estimate, found), *(Row(words, [_sentence(how)]) for words, how in (way, room))]
        )
        self.standing.set_rows([standing_row(self._desk, one, self) for one in pair.standing])
        self.standing.setVisible(bool(pair.standing))

    def _lent_row(self, lent: Lent) -> Row:
        row = Row(_sentence(lent.words), [lent.note])
        if lent.back_on is None:
            name = self.tr("{what}: back").format(what=lent.thing.counted(lent.count))
            back = row.add_button_beside(self.tr("Back…"), name)
            back.clicked.connect(lambda: BackForm(self._desk, lent, self).show_at_its_size())
        return row

    def _note_row(self, note: PairNote) -> Row:
        row = Row(show_date(note.on))
        row.add(text_label(note.text))
        away = row.add_button_beside(
            self.tr("Remove"), self.tr("Remove the note of {day}").format(day=note.on)
        )
        away.clicked.connect(partial(self._remove_note, note.id))
        return row

    def _remove_note(self, note_id: int, *_: object) -> None:
        desk = self._desk
        desk.write(partial(pair_changes.remove_note, desk.database, note_id, desk.today()))

    def _add_note(self) -> None:
        desk, codes = self._desk, self._codes
        work = partial(
            pair_changes.add_note,
            desk.database,
            codes.donor,
            codes.recipient,
            self.note.text(),
            desk.today(),
        )
        desk.write(work, lambda _: self.note.clear(), failed=self._refused)

    def _refused(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()

    def _ask_after(self) -> None:
        ask_after(self._desk, self._codes.recipient, self, self._codes.donor)

    def _make_buttons(self) -> None:
        self.asked_button = self._button(self.tr("Ask after…"), self._ask_after)
        self.lend_button = self._button(
            self.tr("Lent…"), lambda: LendForm(self._desk, self._codes, self).show_at_its_size()
        )
        self.used_button = self._button(self.tr("Milk used at home…"), self._tell_used)
        self.card_button = self._button(
            self.tr("Thank-you card…"), lambda: CardForm(self._desk, self._codes, self).show_at_its_size()
        )
        self.pause_button = self._button(
            self.tr("Pause…"), lambda: PauseForm(self._desk, self._codes, self).show_at_its_size()
        )
        self.resume_button = self._button(
            self.tr("Resume…"), lambda: ResumeForm(self._desk, self._codes, self).show_at_its_size()
        )
        self.donor_button = self._button(self.tr("Open the donor"), partial(self._open, self._codes.donor))
        self.family_button = self._button(
            self.tr("Open the family"), partial(self._open, self._codes.recipient)
        )
        self.close_button = self._button(self.tr("Close"), self.reject)
        self.add_button = self._button(self.tr("Add the note"), self._add_note)
        self.note.returnPressed.connect(self._add_note)
        self.note.setAccessibleName(self.tr("A note on the two"))
        self.note.setPlaceholderText(self.tr("for your eyes, such as “meet at the library”"))
        self.problem = text_label("", "problem")
        self.problem.hide()

    def _tell_used(self) -> None:
        if self.pair is not None:
            ask_used(self._desk, self._codes.recipient, self.pair.recipient.name, self)

    def _button(self, words: str, does: object) -> QPushButton:
        button = QPushButton(words, self, autoDefault=False)
        button.setAccessibleName(words)
        button.clicked.connect(does)
        return button

    def _open(self, code: str) -> None:
        self._desk.family_wanted.emit(code)
        self.accept()

    def _lay_out(self) -> None:
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setSpacing(SPACE_LARGE)
        self._columns.setContentsMargins(0, 0, SPACE, 0)
        self._columns.addLayout(self._left(), stretch=1)
        self._columns.addLayout(
            _section((text_label(self.tr("History"), "heading"), self.history)), stretch=1
        )
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (
            self.asked_button,
            self.lend_button,
            self.used_button,
            self.card_button,
            self.pause_button,
            self.resume_button,
            self.donor_button,
            self.family_button,
            self.close_button,
        ):
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        for widget in (self.names, self.pause, self.came, self.months):
            layout.addWidget(widget)
        layout.addWidget(scrolling(inside, wraps=True), stretch=1)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)

    def _left(self) -> QVBoxLayout:
        return _section(
            (
                text_label(self.tr("What is next"), "heading"),
                self.next_pickup,
                self.forecast,
                self.standing,
                text_label(self.tr("Lent and owed"), "heading"),
                self.owed,
                self.bags,
                text_label(self.tr("Notes"), "heading"),
                self.notes,
                self.note,
                self.add_button,
            )
        )

    # Overrides of Qt.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the history beside the rest, in a narrow window below it."""
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().averageCharWidth() * _NARROW_CHARACTERS
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)


def _section(widgets: Sequence[QWidget]) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setSpacing(SPACE)
    for widget in widgets:
        if isinstance(widget, QPushButton):
            layout.addWidget(widget, alignment=Qt.AlignmentFlag.AlignLeft)
        else:
            layout.addWidget(widget)
    layout.addStretch(1)
    return layout


def _estimate(one: Estimate) -> Row:
    return Row(_sentence(one.words), [_sentence(one.how)])


def _event(event: PairEvent) -> QWidget:
    line = text_label(event_words(event), "strong" if event.kind in IS_MILK else "")
    if not event.private:
        return line
    both = QWidget()
    down = QVBoxLayout(both)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(0)
    down.addWidget(line)
    down.addWidget(text_label(event.private, "quiet"))
    return both


def _sentence(said: object) -> str:
    words = str(said)
    return words[:1].upper() + words[1:]

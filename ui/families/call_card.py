"""Everything for ringing a family on one card: how to reach it, what to know first, what to ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.families.households import Household
from coordinator.domain.planning.conditions import more_to_ask
from coordinator.domain.planning.network import Hoped
from coordinator.domain.screening.donors import Donor
from coordinator.errors import NotFoundError
from coordinator.services.families import donors, drivers, recipients
from ui.asking.buttons import WritingButtons
from ui.desk import Desk
from ui.families.questions_form import QuestionsForm
from ui.families.reach_lines import ReachLines
from ui.theme import SPACE, SPACE_SMALL, set_role
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.label import Label
from ui.widgets.rows import text_label


class OfFamily(Protocol):
    """What the card needs of a donor, a recipient or a volunteer."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def household(self) -> Household:
        """How to reach it."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What to ask it."""


class CallCard(QWidget):
    """Note to read first, phone, hours, languages, case, last contact, open questions.

    Alone it says whom it is about, reads the family of ``show_family(code)`` itself, and again after every
    change; inside a pane that has read it already, ``show_record`` shows it. ``is_call`` says that answers
    are typed with the phone at the ear: each of them is a talk, too. ``set_case`` gives the line of the case.
    """

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, is_alone: bool = True, is_call: bool = False
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_alone = is_alone
        self._read, self._begins = "", False
        self._record: OfFamily | None = None
        self._waited_for: tuple[Hoped, ...] = ()
        self.code = ""
        self.name = text_label("", "heading")
        self._quiet_code = Label()
        set_role(self._quiet_code, "quiet")
        self.note = text_label("", "ask")
        self.reach = ReachLines(desk)
        self.case = QWidget()
        self._case_lines = QVBoxLayout(self.case)
        self._case_lines.setContentsMargins(0, 0, 0, 0)
        self.last_contact = text_label("", "quiet")
        self.writing = WritingButtons(desk)
        self.questions = QuestionsForm(desk, shows_contact=False, is_call=is_call)
        self.notes = text_label("", "quiet")
        self._lay_out()
        if is_alone:
            desk.changed.connect(self.refresh)

    def show_family(self, code: str) -> None:
        """Read the family with *code* and show it; "" shows nobody."""
        self.code, self._begins = code, False
        self.setVisible(bool(code))
        self.questions.setEnabled(self._read == code)  # nothing is noted for the family before
        self.refresh()

    def refresh(self) -> None:
        """Read the family again."""
        if self.code:
            code = self.code
            self._desk.runner.run(
                family_reader(self._desk, code), self._show_if_wanted, partial(self._miss, code)
            )

    def show_record(self, record: OfFamily) -> None:
        """Show a donor, recipient or volunteer that was read."""
        household = record.household
        self.code = self._read = self.writing.code = record.code
        self.name.setText(household.name)
        self._quiet_code.setText(record.code)
        words = household.read_before_ringing
        loss = isinstance(record, Donor) and record.bereaved and not words
        first = self.tr("Read before you ring: {words}").format(words=words) if words else ""
        self.note.setText(self.tr("She has lost her baby: ring with care.") if loss else first)
        self.note.setVisible(loss or (self._is_alone and bool(words)))
        self.reach.show_household(household)
        self.last_contact.setText(self._last(household))
        self._record = record
        more = more_to_ask(self._waited_for, household.id, record.questions)
        self.questions.show_questions(record.code, household, (*record.questions, *more))
        self.notes.setText(_notes(household, self.tr("For the driver: {note}"), self.tr("Notes: {note}")))
        self.notes.setVisible(bool(self.notes.text()))
        self.questions.setEnabled(True)
        if self._begins:
            self._begins = False
            QTimer.singleShot(0, self, self.begin)  # new lines show with the next event

    def set_case(self, line: QWidget | None) -> None:
        """Show *line*, where the family's milk stands, under how to reach it; nothing for None."""
        while (item := self._case_lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None and old is not line:
                old.hide()
                old.deleteLater()
        if line is not None:
            self._case_lines.addWidget(line)
        self.case.setVisible(line is not None)

    def show_waited_for(self, hoped: tuple[Hoped, ...]) -> None:
        """Say what milk of the plan waits for; what nobody asked yet is asked as well."""
        is_same, self._waited_for = hoped == self._waited_for, hoped
        self.questions.mark({topic for one in hoped for topic in (one.topic, one.kept_as)})
        record = self._record
        if record is not None and record.code == self.code and not is_same and not self.questions.is_typed_in:
            self.show_record(record)

    def put_above_case(self, widget: QWidget) -> None:
        """Show *widget* for good between how to reach the family and its case."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.indexOf(self.case), widget)

    def begin(self) -> None:
        """Put the cursor where the first answer goes, or on the phone number; once it has been read."""
        if self._read != self.code:
            self._begins = True
        elif not self.questions.begin():
            self.reach.begin()

    def _show_if_wanted(self, record: OfFamily) -> None:
        if record.code == self.code:
            self.show_record(record)

    def _miss(self, code: str, error: Exception) -> None:
        """Show nobody when the family is gone (an undo, another window); say anything else."""
        if not isinstance(error, NotFoundError):
            self._desk.complain(error)
        elif code == self.code:
            self.show_family("")

    def _last(self, household: Household) -> str:
        if household.last_contact_on is not None:
            return self.tr("Last contact {day}").format(day=show_date(household.last_contact_on))
        return self.tr("Last contact: not noted yet")

    def _lay_out(self) -> None:
        about = QWidget()
        across = QHBoxLayout(about)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.name, stretch=1)
        across.addWidget(self._quiet_code)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        contact = QVBoxLayout()
        contact.setSpacing(SPACE_SMALL)
        contact.addWidget(self.reach)
        contact.addWidget(self.last_contact)
        layout.addWidget(about)
        about.setVisible(self._is_alone)  # before it has a parent it would open as a window
        layout.addWidget(self.note)
        layout.addLayout(contact)
        layout.addWidget(self.case)
        layout.addWidget(self.writing)
        layout.addWidget(self.questions)
        layout.addWidget(self.notes)
        layout.addStretch(1)
        self.note.hide()
        self.notes.hide()
        self.case.hide()


def family_reader(desk: Desk, code: str) -> Callable[[], OfFamily]:
    """Return the work that reads the family with *code*, whatever its role."""
    match letter_of(code):
        case CodeLetter.RECIPIENT:
            return partial(recipients.recipient, desk.database, code, desk.today())
        case CodeLetter.DRIVER:
            return partial(drivers.driver, desk.database, code)
        case _:
            return partial(donors.donor, desk.database, code, desk.today())


def _notes(household: Household, driver: str, private: str) -> str:
    """Return the notes, each with its own lines."""
    said = ((driver, household.driver_note), (private, household.notes))
    return "\n".join(words.format(note=note) for words, note in said if note)

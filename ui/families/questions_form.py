"""What to ask a family: answers typed straight in, and what came of ringing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.facts.dated_facts import CallOutcome, Question
from coordinator.domain.families.households import Household
from coordinator.services.imports import told_answers
from coordinator.services.screening import facts
from ui.desk import Desk
from ui.families.kept_answers import lower_words
from ui.families.never_ask import NeverAsk, never_button
from ui.families.profile_form import contact_line
from ui.theme import SPACE, SPACE_SMALL
from ui.widgets.fields.edit_field import LineField
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fields.value_fields import DateField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import Row, Rows, text_label

_RING_AGAIN = timedelta(days=2)
_DAY_CHARACTERS = 16
"""Room for a day as it is typed."""


class QuestionsForm(QWidget):
    """The open questions of one family; Enter in an answer saves it and the question goes.

    ``is_call`` says that it is filled in with the phone at the ear, so that an answer is a talk, too.
    Where the phone number stands beside it already, ``shows_contact`` is False.
    """

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, shows_contact: bool = True, is_call: bool = False
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._is_call = is_call
        self._shown: Sequence[Question] = ()
        self._blocking: frozenset[str] = frozenset()
        self._marks: list[tuple[str, QWidget]] = []
        self._contact = text_label("", "strong")
        self._last = text_label("", "quiet")
        self._rows = Rows(self.tr("Nothing to ask."))
        self._ring_on = DateField(desk.today)
        self._ring_on.set_name(self.tr("Ring again on"))
        self._own = QLineEdit()
        self._own.setPlaceholderText(self.tr("A question of your own"))
        self._own.setAccessibleName(self.tr("A question of your own"))
        self._own.returnPressed.connect(self._add_own)
        self._lay_out()
        self._contact.setVisible(shows_contact)
        self._fit()

    def show_questions(self, code: str, household: Household, questions: Sequence[Question]) -> None:
        """Show *questions* of the family behind *code*; answers being typed stay."""
        self._contact.setText(contact_line(household) or self.tr("No phone number yet."))
        called = [q for q in questions if q.last_called_on is not None]
        said = [self._called(called[0])] if called else []
        messaged = [q.messaged_on for q in questions if q.messaged_on is not None]
        if messaged:
            said.append(self.tr("Asked by message on {day}").format(day=show_date(max(messaged))))
        self._last.setText(" · ".join(said))
        self._last.setVisible(bool(said))
        if code == self._code and tuple(questions) == tuple(self._shown):
            return
        if code != self._code:
            self._ring_on.set_value(self._desk.today() + _RING_AGAIN)
        self._code, self._shown = code, tuple(questions)
        self._marks = []
        ordered = sorted(questions, key=lambda one: one.topic not in self._blocking)
        self._rows.set_rows([self._row(question) for question in ordered])

    def mark(self, topics: Collection[str]) -> None:
        """Say of the questions about *topics* that milk waits for their answers."""
        self._blocking = frozenset(topics)
        for topic, mark in self._marks:
            mark.setVisible(topic in self._blocking)

    @property
    def is_typed_in(self) -> bool:
        """Whether an answer is typed that is not kept yet."""
        return any(field.typed().strip() for field in self._answers())

    @property
    def said_last(self) -> str:
        """What is said of the last call and the last message."""
        return self._last.text()

    def begin(self) -> bool:
        """Put the cursor where the first answer goes; say whether there is one."""
        field = next(self._answers(), None)
        if field is not None:
            field.setFocus()
        return field is not None

    def _answers(self) -> Iterator[LineField]:
        """Yield the fields that stand there, from the top; those of before are hidden and go by and by."""
        fields = self._rows.findChildren(LineField)
        return (one for one in fields if one.isVisibleTo(self._rows))

    def _lay_out(self) -> None:
        calls = QWidget()
        side_by_side = FlowLayout(calls)
        for text, outcome in (
            (self.tr("No answer"), CallOutcome.NO_ANSWER),
            (self.tr("Left message"), CallOutcome.LEFT_MESSAGE),
        ):
            side_by_side.addWidget(self._call_button(text, outcome))
        side_by_side.addWidget(self._again())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self._contact)
        layout.addWidget(self._last)
        layout.addWidget(calls)
        layout.addWidget(self._rows)
        layout.addWidget(self._own)
        layout.addStretch(1)

    def _again(self) -> QWidget:
        """Return the button and the day to ring again, which stay together."""
        again = QWidget()
        across = QHBoxLayout(again)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE_SMALL)
        across.addWidget(self._call_button(self.tr("Ring on"), CallOutcome.RING_ON))
        across.addWidget(self._ring_on)
        return again

    def _fit(self) -> None:
        self._ring_on.setFixedWidth(self.fontMetrics().averageCharWidth() * _DAY_CHARACTERS)

    def _row(self, question: Question) -> Row:
        row = Row(question.text)
        mark = text_label(self.tr("Milk waits for this answer."), "quiet")
        row.add(mark)
        mark.setVisible(question.topic in self._blocking)
        self._marks.append((question.topic, mark))
        answer = LineField(hint=self.tr("Answer, then Enter"))
        answer.set_value("")
        answer.set_name(self.tr("Answer to: {question}").format(question=question.text))
        answer.edited.connect(lambda text: self._answer(question, answer, str(text)))
        never = never_button(question)
        row.add(_side_by_side(answer, never))
        row.add(NeverAsk(self._desk, question, never))
        aside = row.add_button_beside(
            self.tr("Set aside"), self.tr("Set aside: {question}").format(question=question.text)
        )
        aside.clicked.connect(lambda: self._set_aside(question))
        return row

    def _answer(self, question: Question, field: LineField, text: str) -> None:
        if not text:
            return
        database, today, code = self._desk.database, self._desk.today(), self._code
        self._desk.write(
            lambda: told_answers.answer_question(
                database, question.id, text, today, code=code, topic=question.topic, on_phone=self._is_call
            ),
            failed=field.reject,
            said=lower_words(question, text),
        )

    def _set_aside(self, question: Question) -> None:
        database, code = self._desk.database, self._code
        if question.id:
            self._desk.write(partial(facts.set_question_aside, database, question.id))
        else:
            aside = partial(facts.set_missing_aside, database, code, question.topic, self._desk.today())
            self._desk.write(aside)

    def _add_own(self) -> None:
        text = self._own.text()
        self._desk.write(
            partial(facts.add_question, self._desk.database, self._code, text), lambda _: self._own.clear()
        )

    def _call_button(self, text: str, outcome: CallOutcome) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: self._note_call(outcome))
        return button

    def _note_call(self, outcome: CallOutcome) -> None:
        ring_on = self._ring_on.value if outcome is CallOutcome.RING_ON else None
        note = partial(facts.note_call, self._desk.database, self._code, outcome, self._desk.today(), ring_on)
        self._desk.write(note, said=self.tr("Noted."))

    def _called(self, question: Question) -> str:
        words = {
            CallOutcome.NO_ANSWER: self.tr("Rang on {day}: no answer"),
            CallOutcome.LEFT_MESSAGE: self.tr("Rang on {day}: left a message"),
            CallOutcome.RING_ON: self.tr("Spoke on {day}; ring again on {again}"),
            CallOutcome.SPOKE: self.tr("Spoke on {day}"),
        }
        day = show_date(question.last_called_on) if question.last_called_on else ""
        again = show_date(question.ring_on) if question.ring_on else ""
        return words[question.last_outcome or CallOutcome.SPOKE].format(day=day, again=again)

    # Overrides of Qt.

    def changeEvent(self, event: QEvent) -> None:
        """Have room for a day in another size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_ring_on"):
            self._fit()


def _side_by_side(field: QWidget, button: QPushButton) -> QWidget:
    holder = QWidget()
    across = QHBoxLayout(holder)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(SPACE_SMALL)
    across.addWidget(field, stretch=1)
    across.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
    return holder

"""A question with its answer, which is read back before it counts."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.facts.dated_facts import Question
from coordinator.services.imports import told_answers
from coordinator.services.imports.reading_back import ReadBack, read_back
from coordinator.services.imports.told_answers import ToldAnswer
from coordinator.services.screening import facts
from ui.desk import Desk
from ui.errors import explain
from ui.families.never_ask import NeverAsk, never_button
from ui.theme import SPACE_SMALL
from ui.widgets.fields.edit_field import LineField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import text_label


class AnswerLine(QWidget):
    """Enter reads the answer back, a second Enter says that it is right: only then it is kept.

    ``answered(said)`` once it is kept, with how it was understood; ``gone`` when it is asked no more;
    ``wants_eyes`` when there is something on it to be looked at.
    """

    answered = Signal(str)
    gone = Signal()
    wants_eyes = Signal()

    def __init__(self, desk: Desk, question: Question, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._question, self._code = desk, question, code
        self._understood: ReadBack | None = None
        self.field = LineField(hint=self.tr("Answer, then Enter"))
        self.field.set_value("")
        self.field.set_name(self.tr("Answer to: {question}").format(question=question.text))
        self.field.edited.connect(self._read)
        self.field.line.returnPressed.connect(self.confirm)
        self.field.line.textEdited.connect(self._forget)
        self.waits = text_label(self.tr("Milk waits for this answer."), "quiet")
        self.strip = QWidget()
        self.read_as = text_label("", "ask")
        self.right = QPushButton(self.tr("Right"), autoDefault=False)
        self.right.setAccessibleName(self.tr("Right: {question}").format(question=question.text))
        self.right.clicked.connect(self.confirm)
        self.change = QPushButton(self.tr("Change"), autoDefault=False)
        self.change.setAccessibleName(
            self.tr("Change the answer to: {question}").format(question=question.text)
        )
        self.change.clicked.connect(self._change)
        self._lay_out()
        self.strip.hide()
        self.waits.hide()

    @property
    def is_open(self) -> bool:
        """Whether something is typed that does not count yet."""
        return bool(self.field.typed().strip())

    def mark(self, topics: Collection[str]) -> None:
        """Say whether milk waits for the answer: its question is about one of *topics*."""
        self.waits.setVisible(self._question.topic in topics)

    def begin(self) -> None:
        """Put the cursor into the answer."""
        self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.wants_eyes.emit()

    def confirm(self) -> None:
        """Keep the answer that was read back."""
        understood = self._understood
        if understood is None:
            return
        self._understood = None
        self.right.setEnabled(False)
        keep = partial(
            told_answers.answer_question,
            self._desk.database,
            self._question.id,
            understood.words,
            self._desk.today(),
            code=self._code,
            topic=self._question.topic,
            on_phone=True,
        )
        self._desk.write(keep, lambda _: self._say_kept(understood), failed=self._refuse)

    def _read(self, words: str) -> None:
        self._forget()
        if not words:
            return
        told = ToldAnswer(words, self._question.id, self._question.topic)
        work = partial(read_back, self._desk.database, told, self._desk.today(), self._code)
        self._desk.runner.run(work, partial(self._understand, words), self._fail)

    def _understand(self, words: str, found: ReadBack) -> None:
        if self.field.typed().strip() == words:  # nothing else was typed meanwhile
            QTimer.singleShot(0, self, partial(self._show, found))  # not with the Enter that asked for it

    def _show(self, found: ReadBack) -> None:
        self._understood = found
        words = self.tr("{said}. Right?") if found.said else self.tr("Kept in these words: “{words}”. Right?")
        self.read_as.setText(words.format(said=found.said, words=found.words))
        self.right.setEnabled(True)
        self.strip.show()
        self.wants_eyes.emit()

    def _fail(self, error: Exception) -> None:
        self._refuse(explain(error))

    def _refuse(self, reason: str) -> None:
        self._forget()
        self.field.reject(reason)
        self.wants_eyes.emit()

    def _forget(self) -> None:
        self._understood = None
        self.strip.hide()

    def _change(self) -> None:
        self._forget()
        self.begin()
        self.field.line.selectAll()

    def _say_kept(self, understood: ReadBack) -> None:
        self.field.set_value("")
        self.strip.hide()
        self.answered.emit(str(understood.said) or f"{self._question.text} {understood.words}")

    def _set_aside(self) -> None:
        database, question = self._desk.database, self._question
        if question.id:
            work = partial(facts.set_question_aside, database, question.id)
        else:
            work = partial(facts.set_missing_aside, database, self._code, question.topic, self._desk.today())
        self._desk.write(work, lambda _: self.gone.emit())

    def _lay_out(self) -> None:
        aside = QPushButton(self.tr("Set aside"), autoDefault=False)
        aside.setAccessibleName(self.tr("Set aside: {question}").format(question=self._question.text))
        aside.clicked.connect(self._set_aside)
        never = never_button(self._question)
        across = QHBoxLayout()
        across.setSpacing(SPACE_SMALL)
        across.addWidget(self.field, stretch=1)
        for button in (aside, never):
            across.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        buttons = QWidget()
        right = FlowLayout(buttons)
        right.addWidget(self.right)
        right.addWidget(self.change)
        strip = QVBoxLayout(self.strip)
        strip.setContentsMargins(0, 0, 0, 0)
        strip.setSpacing(SPACE_SMALL)
        strip.addWidget(self.read_as)
        strip.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        layout.addWidget(text_label(self._question.text, "strong"))
        layout.addWidget(self.waits)
        layout.addLayout(across)
        layout.addWidget(self.strip)
        layout.addWidget(NeverAsk(self._desk, self._question, never))

"""One question of a message and what the reply says to it: ticked, corrected, or left asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coordinator.services.asking.reading import AskedThen, Understood, understood
from ui.theme import SPACE, SPACE_SMALL, change_role, set_role
from ui.widgets.rows import text_label


class AnswerRow(QFrame):
    """The question, her words to be corrected, and how they are understood.

    ``changed`` when a tick or a word changes. What was typed here outlives another reading of the reply.
    """

    changed = Signal()

    def __init__(self, asked: AskedThen, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "row")
        self.asked = asked
        self.answer: Understood | None = None
        self._today = today
        self._is_corrected = False
        question = f"{asked.number}. {asked.said}"
        self.tick = QCheckBox()
        self.tick.setAccessibleName(self.tr("This counts: {question}").format(question=question))
        self.words = QLineEdit(placeholderText=self.tr("No answer yet"))
        self.words.setAccessibleName(self.tr("Answer to: {question}").format(question=question))
        self.words.setEnabled(asked.is_open)
        self.read_as = text_label("")
        self.why = text_label("", "quiet")
        self._lay_out(question)
        self.words.textEdited.connect(self._correct)
        self.tick.toggled.connect(lambda _: self.changed.emit())
        self.show_answer(None)

    @property
    def counts(self) -> bool:
        """Whether she has ticked what can be kept."""
        return self.tick.isChecked() and self.answer is not None and self.answer.can_count

    def show_answer(self, answer: Understood | None) -> None:
        """Show what the reply says; words that she typed here stay."""
        if self._is_corrected:
            return
        if answer == self.answer and answer is not None:
            return
        self.words.setText(answer.words if answer else "")
        self.words.setCursorPosition(0)
        self._show(answer)

    def _correct(self, text: str) -> None:
        self._is_corrected = bool(text.strip())
        self._show(understood(self.asked, text, self._today()) if self._is_corrected else None)

    def _show(self, answer: Understood | None) -> None:
        self.answer = answer
        can_count = answer is not None and answer.can_count
        self.tick.setEnabled(can_count)
        self.tick.setChecked(can_count and answer is not None and not answer.is_doubtful)
        self.read_as.setText(self._said(answer))
        change_role(self.read_as, "strong" if can_count else "ask" if answer else "quiet")
        self.why.setText(self._doubts(answer))
        self.why.setVisible(bool(self.why.text()))
        self.changed.emit()

    def _said(self, answer: Understood | None) -> str:
        if answer is None:
            return self.tr("Stays asked.") if self.asked.is_open else self.tr("Answered already.")
        if answer.can_count:
            return self.tr("Understood: {what}").format(what=answer.read_as)
        return str(answer.not_clear)

    def _doubts(self, answer: Understood | None) -> str:
        if answer is None or not answer.doubts:
            return ""
        doubts = " ".join(str(one) for one in answer.doubts)
        return self.tr("Look first: {why}").format(why=doubts)

    def _lay_out(self, question: str) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(SPACE_SMALL)
        for widget in (text_label(question), self.words, self.read_as, self.why):
            beside.addWidget(widget)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, SPACE)
        across.setSpacing(SPACE)
        across.addWidget(self.tick, alignment=Qt.AlignmentFlag.AlignTop)
        across.addLayout(beside, stretch=1)
        self.why.hide()

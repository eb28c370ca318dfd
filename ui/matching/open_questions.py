"""What is still to ask a family, answered where it is met: by one press, or typed."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.milk.recipients import Recipient
from coordinator.services.imports import told_answers
from ui.desk import Desk
from ui.families.kept_answers import lower_words
from ui.theme import SPACE, SPACE_SMALL
from ui.translation import translate
from ui.widgets.fields.edit_field import LineField
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import text_label
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP

_SHOWN: Final = 3
"""The others stand on the family's own page; with more of them the donors would lose their room."""
_LINE_CHARACTERS: Final = 50
"""Longer words go on in a second line."""
_QUICK: Final = {
    "health": (QT_TRANSLATE_NOOP("FamilyHeader", "yes"),),
    "must_avoid": (QT_TRANSLATE_NOOP("FamilyHeader", "nothing"),),
    "has_car": (QT_TRANSLATE_NOOP("FamilyHeader", "yes"), QT_TRANSLATE_NOOP("FamilyHeader", "no")),
    "formula": (QT_TRANSLATE_NOOP("FamilyHeader", "no"),),
}
"""The answers that one press gives, by topic: only words that tell all; any other is typed."""


class OpenQuestions(QWidget):
    """The first questions that a family has not answered; ``topics`` are those that can be answered here."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self.topics: frozenset[str] = frozenset()
        holder = QWidget()
        self._flow = FlowLayout(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(holder)

    def show_family(self, family: Recipient) -> None:
        """Ask what *family* has not answered."""
        self._code = family.code
        empty(self._flow)
        shown = family.questions[:_SHOWN]
        self.topics = frozenset(question.topic for question in shown)
        for question in shown:
            self._flow.addWidget(self._question(question))
        more = len(family.questions) - len(shown)
        if more:
            button = QPushButton(translate("FamilyHeader", "{count} more to ask").format(count=more))
            button.setAccessibleName(translate("FamilyHeader", "Show all there is to ask this family"))
            button.clicked.connect(lambda: self._desk.family_wanted.emit(self._code))
            self._flow.addWidget(button)
        self._flow.invalidate()

    def _question(self, question: Question) -> QWidget:
        """Return a question with the answers one press gives, and a field behind "…" for any other."""
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE_SMALL)
        asked = translate("FamilyHeader", "? {question}").format(question=question.text)
        if question.messaged_on is not None:
            said = translate("FamilyHeader", "{words} (asked by message {day})")
            asked = said.format(words=asked, day=show_date(question.messaged_on))
        across.addWidget(flowing_label(asked))
        answer = LineField(hint=translate("FamilyHeader", "Answer, then Enter"))
        answer.set_value("")
        answer.set_name(translate("FamilyHeader", "Answer to: {question}").format(question=question.text))
        answer.edited.connect(lambda words: self._answer(question, str(words), answer))
        for word in _QUICK.get(question.topic, ()):
            button = QPushButton(translate("FamilyHeader", word))
            button.setAccessibleName(f"{button.text()}: {question.text}")
            button.clicked.connect(partial(self._answer, question, word, answer))
            across.addWidget(button)
        other = QPushButton("…")
        name = translate("FamilyHeader", "Type the answer to: {question}").format(question=question.text)
        other.setAccessibleName(name)
        other.setToolTip(name)
        across.addWidget(other)
        across.addWidget(answer)
        answer.hide()
        other.clicked.connect(partial(_type_instead, other, answer))
        return holder

    def _answer(self, question: Question, words: str, field: LineField, *_: object) -> None:
        """Keep an answer where it belongs; what cannot be read is said at the field."""
        if not words:
            return
        keep = partial(
            told_answers.answer_question,
            self._desk.database,
            question.id,
            words,
            self._desk.today(),
            code=self._code,
            topic=question.topic,
        )

        def refuse(sentence: str) -> None:
            field.show()
            field.reject(sentence)

        self._desk.write(keep, failed=refuse, said=lower_words(question, words))


def flowing_label(words: str, role: str = "", characters: int = _LINE_CHARACTERS) -> QLabel:
    """Return *words* on one line, or on several where they are longer than so many *characters*."""
    label = text_label(words, role)
    metrics = label.fontMetrics()
    longest = metrics.averageCharWidth() * characters
    label.setMinimumWidth(min(metrics.horizontalAdvance(words) + SPACE, longest))
    return label


def empty(layout: FlowLayout) -> None:
    """Take everything out of *layout*."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _type_instead(button: QPushButton, field: LineField) -> None:
    button.hide()
    field.show()
    field.line.setFocus()

"""Whom milk is looked for: who the family is, what it needs, what is coming, and what is still to ask it."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.agreements.cases import Case
from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.milk.recipients import Recipient
from coordinator.services.imports import told_answers
from ui.desk import Desk
from ui.families.lasting_words import age_words
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.translation import translate
from ui.widgets.fields.edit_field import LineField
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.frame.tab_order import keeping_focus
from ui.widgets.label import Label
from ui.widgets.rows import text_label
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP

_QUESTIONS_SHOWN: Final = 3
"""The others stand on the family's own page; with more of them the donors would lose their room."""
_QUESTION_CHARACTERS: Final = 50
"""A longer question goes on in a second line."""
_QUICK: Final = {
    "health": (QT_TRANSLATE_NOOP("FamilyHeader", "yes"),),
    "must_avoid": (QT_TRANSLATE_NOOP("FamilyHeader", "nothing"),),
    "has_car": (QT_TRANSLATE_NOOP("FamilyHeader", "yes"), QT_TRANSLATE_NOOP("FamilyHeader", "no")),
    "formula": (QT_TRANSLATE_NOOP("FamilyHeader", "no"),),
}
"""The answers that one press gives, by topic: only words that tell all; any other is typed."""


class FamilyHeader(QWidget):
    """Stays above the donors: ``show_family`` fills it, ``show_nobody`` takes it away."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[Recipient, Case, object] | None = None
        self._code = ""
        about, asked = QWidget(), QWidget()
        self._about, self._asked = FlowLayout(about), FlowLayout(asked)
        self.case = text_label("", "quiet")
        self.note = text_label("", "ask")
        self.questions = asked
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE_SMALL)
        layout.setSpacing(SPACE_SMALL)
        for widget in (about, self.note, self.case, asked):
            layout.addWidget(widget)
        self.hide()

    def show_family(self, family: Recipient, case: Case) -> None:
        """Show *family* and where its case stands; while nothing changed, what is being typed stays."""
        now = (family, case, self._desk.display.volume_unit)
        if now == self._shown:
            return
        self._shown = now
        with keeping_focus(self):
            _empty(self._about)
            widgets = self._about_widgets(family)
            line = max(widget.sizeHint().height() for widget in widgets)
            for widget in widgets:
                if isinstance(widget, QLabel) and not widget.wordWrap():
                    widget.setMinimumHeight(line)
                self._about.addWidget(widget)
            words = family.household.read_before_ringing
            self.note.setText(self.tr("Read before you ring: {words}").format(words=words))
            self.note.setVisible(bool(words))
            self.case.setText(str(case.line))
            self._show_questions(family)
        self.show()

    @property
    def asks(self) -> frozenset[str]:
        """The topics of the questions that can be answered in it."""
        family = self._shown[0] if self._shown is not None else None
        shown = family.questions[:_QUESTIONS_SHOWN] if family is not None else ()
        return frozenset(question.topic for question in shown)

    def show_nobody(self) -> None:
        """Take it away: no family is chosen."""
        self._shown, self._code = None, ""
        self.hide()

    def _about_widgets(self, family: Recipient) -> list[QWidget]:
        household = family.household
        name, code = Label(household.name), Label(family.code)
        set_role(name, "heading")
        set_role(code, "quiet")
        facts = [Label(words) for words in self._facts(family)]
        phones = [national_phone(p) for p in (household.phone, household.other_phone) if p]
        reach = [widget for phone in phones for widget in self._phone(phone)]
        reach = reach or [Label(self.tr("No phone number yet."))]
        when = [
            Label(words) for words in (household.ring_times or household.hours, household.languages) if words
        ]
        for label in when:
            set_role(label, "quiet")
        return [name, *facts, *reach, *when, code]

    def _facts(self, family: Recipient) -> list[str]:
        need, avoids = family.runway.need, family.baby.must_avoid
        a_day = self.tr("{amount} a day")
        much = self._desk.display.volume(need.expected) if need is not None else ""
        told = ", ".join(avoids) if avoids else ""
        return [
            self.tr("age: ask")
            if family.baby.born is None
            else age_words(family.baby.born, self._desk.today()),
            a_day.format(amount=much) if much else self.tr("need: ask"),
            self.tr("avoids: ask")
            if avoids is None
            else self.tr("avoids {what}").format(what=told or self.tr("nothing")),
        ]

    def _phone(self, phone: str) -> list[QWidget]:
        words = Label(phone)
        set_role(words, "strong")
        copy = QPushButton(self.tr("Copy"))
        copy.setAccessibleName(self.tr("Copy {what}").format(what=phone))
        copy.clicked.connect(lambda: self._copy(phone))
        return [words, copy]

    def _copy(self, phone: str) -> None:
        QGuiApplication.clipboard().setText(phone)
        self._desk.said.emit(self.tr("Copied {what}.").format(what=phone))

    def _show_questions(self, family: Recipient) -> None:
        self._code = family.code
        _empty(self._asked)
        shown = family.questions[:_QUESTIONS_SHOWN]
        for question in shown:
            self._asked.addWidget(self._question(question))
        more = len(family.questions) - len(shown)
        if more:
            button = QPushButton(self.tr("{count} more to ask").format(count=more))
            button.setAccessibleName(self.tr("Show all there is to ask this family"))
            button.clicked.connect(lambda: self._desk.family_wanted.emit(self._code))
            self._asked.addWidget(button)
        self._asked.invalidate()
        self.questions.setVisible(bool(shown))

    def _question(self, question: Question) -> QWidget:
        """Return a question with the answers one press gives, and a field behind "…" for any other."""
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE_SMALL)
        words = self.tr("? {question}").format(question=question.text)
        if question.messaged_on is not None:
            day = show_date(question.messaged_on)
            words = self.tr("{words} (asked by message {day})").format(words=words, day=day)
        across.addWidget(_asked_words(words))
        answer = LineField(hint=self.tr("Answer, then Enter"))
        answer.set_value("")
        answer.set_name(self.tr("Answer to: {question}").format(question=question.text))
        answer.edited.connect(lambda words: self._answer(question, str(words), answer))
        for word in _QUICK.get(question.topic, ()):
            button = QPushButton(translate("FamilyHeader", word))
            button.setAccessibleName(f"{button.text()}: {question.text}")
            button.clicked.connect(partial(self._answer, question, word, answer))
            across.addWidget(button)
        other = QPushButton("…")
        other.setAccessibleName(self.tr("Type the answer to: {question}").format(question=question.text))
        other.setToolTip(other.accessibleName())
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

        self._desk.write(keep, failed=refuse)


def _asked_words(words: str) -> QLabel:
    """Return a question on one line, or on several where it is long."""
    label = text_label(words)
    metrics = label.fontMetrics()
    longest = metrics.averageCharWidth() * _QUESTION_CHARACTERS
    label.setMinimumWidth(min(metrics.horizontalAdvance(words) + SPACE, longest))
    return label


def _type_instead(button: QPushButton, field: LineField) -> None:
    button.hide()
    field.show()
    field.line.setFocus()


def _empty(layout: FlowLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()

"""What only the donor can answer before her milk goes to this baby, answered where it is met."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.facts.dated_facts import FactKind, Question
from coordinator.domain.matching.matches import Match
from coordinator.domain.screening.donors import Donor
from coordinator.domain.suitability.asks import Ask, Whom
from coordinator.services.families import donors
from coordinator.services.imports import told_answers, told_foods
from ui.desk import Desk
from ui.families.kept_answers import lower_words
from ui.theme import SPACE_SMALL
from ui.translation import translate
from ui.widgets.fields.edit_field import LineField
from ui.widgets.frame.tab_order import controls_in, keeping_focus
from ui.widgets.rows import text_label
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP

_NO: Final = (QT_TRANSLATE_NOOP("AskedOfDonor", "no"),)
_QUICK: Final = {
    FactKind.NICOTINE.value: _NO,
    FactKind.ALCOHOL.value: _NO,
    FactKind.CANNABIS.value: _NO,
    FactKind.MEDICINE.value: (QT_TRANSLATE_NOOP("AskedOfDonor", "none"),),
}
"""The answers that one press gives to what was not answered at all, by topic; any other is typed."""
_NOT_AVOIDED: Final = "foods.not_avoided"
_OF_A_FOOD: Final = {
    _NOT_AVOIDED: (
        (QT_TRANSLATE_NOOP("AskedOfDonor", "from today"), told_foods.STOPS_TODAY),
        (QT_TRANSLATE_NOOP("AskedOfDonor", "never eats it"), told_foods.NEVER),
        (QT_TRANSLATE_NOOP("AskedOfDonor", "no"), "no"),
    ),
    "foods.days_unanswered": (),
}
"""What is asked about one food once she has told about others, with the answers that one press gives."""


class AskedOfDonor(QWidget):
    """A line for each question that ``show_match`` finds open; an answer moves the verdict at once.

    ``done`` when the last one was answered here; until then the focus goes on to the next.
    """

    done = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._goes_on, self._answered = False, ""
        self._asks: dict[str, Ask] = {}
        self._foods: dict[str, Ask] = {}
        self._shown: tuple[str, tuple[Question, ...]] = ("", ())
        self._lines: dict[tuple[str, Question], QWidget] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_SMALL)
        self.hide()

    def show_match(self, match: Match | None) -> None:
        """Ask what the donor of *match* has to answer; of nobody, nothing."""
        found = match.standing.of(Whom.DONOR) if match is not None else ()
        self._asks = {ask.reason.topic: ask for ask in found}
        self._foods = {str(ask.question): ask for ask in found if _food(ask)}
        code = match.code if match is not None and found else ""
        self._goes_on = self._goes_on and match is not None and match.code == self._answered
        if code != self._code:
            self._fill(code, ())
        self._code = code
        if code:
            read = partial(donors.donor, self._desk.database, code, self._desk.today())
            self._desk.read(read, self._show)

    def begin(self) -> bool:
        """Stand on the first question; say whether there is one."""
        first = next(controls_in(self), None) if self.isVisible() else None
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return first is not None

    def _show(self, donor: Donor) -> None:
        if donor.code == self._code:
            listed = [one for one in donor.questions if one.topic in self._asks]
            topics = {one.topic for one in listed}
            foods = [
                Question(0, 0, ask.reason.topic, ask.question)
                for ask in self._foods.values()
                if ask.reason.topic not in topics
            ]
            self._fill(donor.code, (*listed, *foods))

    def _fill(self, code: str, questions: tuple[Question, ...]) -> None:
        """Show *questions*; the line of one that was shown stays, with what is being typed in it."""
        if (code, questions) == self._shown:
            return
        self._shown = code, questions
        with keeping_focus(self):
            before, self._lines = self._lines, {}
            for question in questions:
                line = before.pop((code, question), None) or self._line(question)
                self._lines[code, question] = line
                self._layout.addWidget(line)
            for old in before.values():
                old.hide()
                old.deleteLater()
        self.setVisible(bool(questions))
        if self._goes_on:
            self._goes_on = False
            QTimer.singleShot(0, self, self._go_on)  # new lines show with the next event

    def _go_on(self) -> None:
        if not self.begin():
            self.done.emit()

    def _line(self, question: Question) -> QWidget:
        """Return a question with the answers one press gives, and a field behind "…" for any other."""
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE_SMALL)
        words = self.tr("Ask her: {question}").format(question=question.text)
        across.addWidget(text_label(words, "ask"), stretch=1)
        answer = LineField(hint=self.tr("Answer, then Enter"))
        answer.set_value("")
        answer.set_name(self.tr("Answer to: {question}").format(question=question.text))
        answer.edited.connect(lambda told: self._answer(question, str(told), answer))
        for shown, word in self._quick(question):
            button = QPushButton(translate("AskedOfDonor", shown))
            button.setAccessibleName(f"{button.text()}: {question.text}")
            button.clicked.connect(partial(self._answer, question, word, answer))
            across.addWidget(button)
        name = self.tr("Type the answer to: {question}").format(question=question.text)
        other = QPushButton("…")
        other.setAccessibleName(name)
        other.setToolTip(name)
        across.addWidget(other)
        across.addWidget(answer, stretch=1)
        answer.hide()
        other.clicked.connect(partial(_type_instead, other, answer))
        return line

    def _quick(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Return the answers that one press gives: what stands on the button, and what is kept."""
        if (food := self._foods.get(question.text)) is not None:
            return _OF_A_FOOD[food.reason.said.code]
        is_unanswered = self._asks[question.topic].reason.said.code == "unanswered"
        return tuple((word, word) for word in _QUICK.get(question.topic, ())) if is_unanswered else ()

    def _answer(self, question: Question, words: str, field: LineField, *_: object) -> None:
        """Keep an answer where it belongs; what cannot be read is said at the field."""
        if not words:
            return
        keep = self._keeping(question, words)

        def refuse(sentence: str) -> None:
            self._goes_on = False
            field.show()
            field.reject(sentence)

        self._goes_on, self._answered = True, self._code
        self._desk.write(keep, failed=refuse, said=lower_words(question, words))

    def _keeping(self, question: Question, words: str) -> Callable[[], object]:
        database, today = self._desk.database, self._desk.today()
        if (ask := self._foods.get(question.text)) is not None:
            return partial(told_foods.record_food, database, self._code, _food(ask), words, today)
        return partial(
            told_answers.answer_question,
            database,
            question.id,
            words,
            today,
            code=self._code,
            topic=question.topic,
        )


def _food(ask: Ask) -> str:
    """Return the food that is asked about alone; empty where it is no such question."""
    of_a_food = ask.reason.topic == FactKind.FOOD_AVOIDED and ask.reason.said.code in _OF_A_FOOD
    return str(dict(ask.reason.said.params).get("food", "")) if of_a_food else ""


def _type_instead(button: QPushButton, field: LineField) -> None:
    button.hide()
    field.show()
    field.line.setFocus()

"""Everything a household is asked, and what it has answered so far in this call."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.worklist.rounds import RoundLine
from ui.calls.answer_line import AnswerLine
from ui.desk import Desk
from ui.theme import SPACE
from ui.widgets.rows import text_label

Key = tuple[str, int, str, str]


class Answers(QWidget):
    """A line a question. A line stays while its question does, with what is typed in it.

    ``wants_eyes(line)`` when there is something on a line to be looked at.
    """

    wants_eyes = Signal(QWidget)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._home = 0
        self._lines: dict[Key, AnswerLine] = {}
        self.kept = text_label("", "done")
        self.nothing = text_label(self.tr("Nothing to ask."), "quiet")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE)
        self._layout.addWidget(self.kept)
        self._layout.addWidget(self.nothing)
        self.kept.hide()

    def show_line(self, line: RoundLine) -> None:
        """Show what the household of *line* is asked."""
        if line.household.id != self._home:
            self._home = line.household.id
            self._say_kept("")
        questions = line.call.questions if line.call else ()
        wanted = {_key(line, question): question for question in questions}
        for key in self._lines.keys() - wanted.keys():
            self._drop(key)
        for place, (key, question) in enumerate(wanted.items()):
            if key not in self._lines:
                self._lines[key] = self._line(key, question, line.code_for(question))
            self._layout.insertWidget(place + 2, self._lines[key])
            self._lines[key].raise_()  # Tab goes by the order of the children
        self.nothing.setVisible(not wanted and not self.kept.text())

    def mark(self, topics: Collection[str]) -> None:
        """Say of the questions about *topics* that milk waits for their answers."""
        for line in self._lines.values():
            line.mark(topics)

    def begin(self) -> bool:
        """Put the cursor into the first answer; say whether there is one."""
        first = next(iter(self._in_order()), None)
        if first is not None:
            first.begin()
        return first is not None

    def first_open(self) -> AnswerLine | None:
        """Return the first line in which something is typed that does not count yet."""
        return next((line for line in self._in_order() if line.is_open), None)

    def _in_order(self) -> list[AnswerLine]:
        return sorted(self._lines.values(), key=self._layout.indexOf)

    def _line(self, key: Key, question: Question, code: str) -> AnswerLine:
        line = AnswerLine(self._desk, question, code)
        line.answered.connect(partial(self._on_answered, key))
        line.wants_eyes.connect(partial(self.wants_eyes.emit, line))
        line.gone.connect(partial(self._go_on_from, key))
        return line

    def _on_answered(self, key: Key, said: str) -> None:
        self._say_kept("\n".join(filter(None, (self.kept.text(), self.tr("✓ {said}").format(said=said)))))
        self._go_on_from(key)

    def _say_kept(self, said: str) -> None:
        self.kept.setText(said)
        self.kept.setVisible(bool(said))

    def _go_on_from(self, key: Key) -> None:
        """Let the line with *key* go, and the cursor stand in the next answer."""
        lines, line = self._in_order(), self._lines.get(key)
        if line is None:
            return
        at = lines.index(line)
        self._drop(key)
        after = lines[at + 1] if at + 1 < len(lines) else next((one for one in lines[:at]), None)
        if after is not None:
            QTimer.singleShot(0, after, after.begin)

    def _drop(self, key: Key) -> None:
        line = self._lines.pop(key)
        self._layout.removeWidget(line)
        line.hide()
        line.deleteLater()


def _key(line: RoundLine, question: Question) -> Key:
    return f"{line.household.id}", question.id, question.topic, question.text

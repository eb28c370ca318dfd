"""What a donor said about herself, as dated facts."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.screening.donors import Donor
from coordinator.domain.suitability.mentions import is_mention
from coordinator.services.imports import told_answers
from coordinator.services.screening import facts
from ui.desk import Desk
from ui.donors.decisions import DecideForm, add_decisions
from ui.theme import SPACE
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import Row, Rows, text_label


class AnswersTab(QWidget):
    """Each fact with what was typed; a new answer is typed as she would say it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._shown: tuple[object, ...] = ()
        self.form: DecideForm | None = None
        self._rows = Rows(self.tr("She has not been asked anything yet."))
        self._kind = QComboBox()
        self._kind.setAccessibleName(self.tr("What the answer is about"))
        for kind in FactKind:
            self._kind.addItem(_title(kind), kind.value)
        self._text = QLineEdit()
        self._text.setPlaceholderText(self.tr("In her words: no, stopped 10/9/2026"))
        self._text.setAccessibleName(self.tr("The answer in her words"))
        self._text.returnPressed.connect(self._add)
        self._problem = text_label("", "problem")
        self._problem.hide()
        add = QPushButton(self.tr("Add"))
        add.setAccessibleName(self.tr("Add this answer"))
        add.clicked.connect(self._add)
        entry = QHBoxLayout()
        entry.setSpacing(SPACE)
        entry.addWidget(self._text, stretch=1)
        entry.addWidget(add)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(text_label(self.tr("Information, not advice: a clinician reviews it."), "quiet"))
        layout.addWidget(self._rows)
        layout.addWidget(self._kind)
        layout.addLayout(entry)
        layout.addWidget(self._problem)
        layout.addStretch(1)

    def show_donor(self, donor: Donor) -> None:
        """Show what is known about *donor*."""
        if donor.code != self._code:
            self._code = donor.code
            self._begin_anew()
        elif (donor.facts, donor.decisions, donor.undecided) == self._shown:
            return  # The rows keep the focus.
        self._shown = (donor.facts, donor.decisions, donor.undecided)
        self._rows.set_rows([self._row(fact, donor) for fact in donor.facts])

    def _row(self, fact: Fact, donor: Donor) -> Row:
        subject = f" — {fact.subject}" if fact.subject else ""
        row = Row(
            f"{_title(fact.kind)}{subject}",
            [self._when(fact), "" if _says_no_more(fact) else f"“{fact.raw}”"],
        )
        if is_mention(fact):
            row = Row(fact.raw, [self.tr("Asked on the call; milk waits for the answer")])
        remove = row.add_button_beside(
            self.tr("Remove"), self.tr("Remove: {kind}").format(kind=fact.kind.words)
        )
        remove.clicked.connect(
            lambda: self._desk.write(partial(facts.remove_fact, self._desk.database, self._code, fact.id))
        )
        add_decisions(row, fact, donor, partial(self._decide, fact))
        return row

    def _decide(self, fact: Fact) -> None:
        """Ask who decided what about a medicine."""
        self.form = DecideForm(self._desk, self._code, fact.subject, self)
        self.form.finished.connect(self._on_form_closed)
        self.form.show_at_its_size()

    def _on_form_closed(self) -> None:
        self.form = None

    def _when(self, fact: Fact) -> str:
        words = {
            Presence.YES: self.tr("Yes"),
            Presence.NO: self.tr("No"),
            Presence.UNCLEAR: self.tr("Not clear: ask"),
        }
        start = self.tr("from {day}").format(day=show_date(fact.start)) if fact.start else ""
        end = (
            self.tr("until {day}, the first day without").format(day=show_date(fact.end)) if fact.end else ""
        )
        return ", ".join(part for part in (words[fact.presence], start, end) if part)

    def _add(self) -> None:
        kind = FactKind(self._kind.currentData())
        database, today, code, words = self._desk.database, self._desk.today(), self._code, self._text.text()
        self._desk.write(
            lambda: told_answers.record_answer(database, code, kind, words, today),
            lambda _: self._begin_anew(),
            failed=self._say,
        )

    def _begin_anew(self) -> None:
        self._text.clear()
        self._say("")

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._text.setAccessibleDescription(problem)


def _title(kind: FactKind) -> str:
    words = str(kind.words)
    return words[:1].upper() + words[1:]


def _says_no_more(fact: Fact) -> bool:
    """Whether what was typed stands there already as yes, no or the subject."""
    said = fact.raw.casefold().strip(" .!")
    return said in {"", fact.subject.casefold(), fact.presence.value, "none", "never"}

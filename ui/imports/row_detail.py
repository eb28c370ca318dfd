"""One row of the preview in full, and whom it may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.imports.donor_rows import KEYS_OF_TOPICS
from coordinator.domain.imports.people import LookAlike
from coordinator.domain.imports.planning import Outcome, RowPlan
from coordinator.domain.imports.row_answers import DonorAnswers
from coordinator.domain.reading.readings import shown
from ui.imports.row_words import change_words, outcome_words, what_happens, whom
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.label import Label, literal


class RowDetail(QScrollArea):
    """What one row changes and what was read from it.

    ``decided(row, look-alike or None)``; ``let_in(row)`` for one that waits for her word.
    """

    decided = Signal(int, object)
    let_in = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("The chosen row"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.options: list[QRadioButton] = []
        self._group = QButtonGroup(self)

    def show_plan(self, plan: RowPlan, decision: LookAlike | None, names: Mapping[str | int, str]) -> None:
        """Show *plan*; *names* tells look-alikes' names by code or row."""
        body = QWidget()
        set_role(body, "scrolled")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(SPACE_LARGE, 0, SPACE, SPACE)
        layout.setSpacing(SPACE_SMALL)
        heading = self.tr("Row {row}: {name}").format(row=plan.number, name=plan.answers.contact.name)
        layout.addWidget(_label(heading, "strong"))
        self.options, self._group = [], QButtonGroup(body)
        if plan.waits:
            self._add_waiting(layout, plan)
        elif plan.outcome is Outcome.NEEDS_A_LOOK:
            self._add_decision(layout, plan, decision, names)
        elif plan.outcome is Outcome.UPDATE and plan.person is not None:
            self._add_lines(
                layout,
                self.tr("Changes of {code}").format(code=plan.person.code),
                [change_words(change) for change in plan.changes],
            )
        else:
            layout.addWidget(_label(what_happens(plan, None)))
        if plan.outcome is not Outcome.NEEDS_A_LOOK and plan.look_alikes:
            self._add_lines(
                layout, self.tr("Only so that you know"), [f"{a.sentence}" for a in plan.look_alikes]
            )
        self._add_lines(layout, self.tr("Goes on the call list"), [q.text for q in plan.questions])
        self._add_lines(layout, self.tr("Read from the row"), _values(plan))
        layout.addStretch()
        self.setWidget(body)
        chosen = next((option for option in self.options if option.isChecked()), None)
        self.setFocusProxy(chosen)  # type: ignore[arg-type] # None takes the proxy off; the stub forgets it

    def _add_waiting(self, layout: QVBoxLayout, plan: RowPlan) -> None:
        layout.addWidget(_label(what_happens(plan, None), "ask"))
        self._add_lines(
            layout, self.tr("As it stands in the file"), [cell for cell in plan.answers.cells if cell.strip()]
        )
        button = QPushButton(self.tr("Import this row too"), autoDefault=False)
        button.setAccessibleName(button.text())
        button.clicked.connect(lambda: self.let_in.emit(plan.number))
        layout.addWidget(button)

    def _add_decision(
        self, layout: QVBoxLayout, plan: RowPlan, decision: LookAlike | None, names: Mapping[str | int, str]
    ) -> None:
        said = self.tr("{what}: is this somebody you know already?")
        layout.addWidget(_label(said.format(what=outcome_words(plan.outcome)), "ask"))
        choices: list[tuple[str, LookAlike | None]] = [(self.tr("A separate family"), None)]
        same = self.tr("{who}\n{reason}")
        choices += [(same.format(who=whom(a, names), reason=a.reason), a) for a in plan.look_alikes]
        for words, alike in choices:
            self._add_option(layout, plan.number, words, alike, chosen=alike == decision)

    def _add_option(
        self, layout: QVBoxLayout, number: int, words: str, alike: LookAlike | None, *, chosen: bool
    ) -> None:
        option = QRadioButton(literal(words))
        option.setAccessibleName(words.replace("\n", ": "))
        option.setChecked(chosen)
        option.toggled.connect(partial(self._on_toggled, number, alike))
        self._group.addButton(option)
        self.options.append(option)
        layout.addWidget(option)

    def _on_toggled(self, number: int, alike: LookAlike | None, on: bool) -> None:
        if on:
            self.decided.emit(number, alike)

    def _add_lines(self, layout: QVBoxLayout, heading: str, lines: Sequence[str]) -> None:
        if not lines:
            return
        layout.addSpacing(SPACE)
        layout.addWidget(_label(heading, "quiet"))
        for line in lines:
            layout.addWidget(_label(line))


def _values(plan: RowPlan) -> list[str]:
    labels = {field.topic: str(field.label) for field in FIELDS[plan.answers.role]}
    values = {key: _shown(key, value) for key, value in plan.answers.values.items()} | _facts(plan)
    return [f"{labels[key]}: {value}" for key, value in values.items() if key in labels]


def _facts(plan: RowPlan) -> dict[str, str]:
    """Return what a donor's answers were read as, by the field they stand in."""
    detail = plan.answers.detail
    facts = detail.facts if isinstance(detail, DonorAnswers) else ()
    by_key: dict[str, list[str]] = {}
    for fact in facts:
        by_key.setdefault(KEYS_OF_TOPICS.get(fact.kind.value, ""), []).append(str(shown(fact)))
    return {key: "; ".join(dict.fromkeys(words)) for key, words in by_key.items()}


def _shown(key: str, value: str) -> str:
    if key == "phone":
        return national_phone(value)
    return value.replace("T", " ") if key == "timestamp" else value


def _label(text: str, role: str = "") -> QLabel:
    label = Label(text, wordWrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        set_role(label, role)
    return label

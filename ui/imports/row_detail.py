"""One row of the preview in full, and whom it may be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
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

from coordinator.domain.families.fields import FIELDS
from coordinator.domain.imports.choices import TWO_PEOPLE, Chosen, Decision, FieldChoice, same_as
from coordinator.domain.imports.donor_rows import KEYS_OF_TOPICS
from coordinator.domain.imports.people import LookAlike
from coordinator.domain.imports.planning import Outcome, RowPlan
from coordinator.domain.imports.row_answers import DonorAnswers
from coordinator.domain.reading.readings import shown
from ui.imports.row_words import change_words, outcome_words, what_happens, whom
from ui.imports.side_by_side import SideBySide, shown_value
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.label import Label, literal


class RowDetail(QScrollArea):
    """What one row changes and what was read from it.

    ``decided(row, decision)`` where there is a choice; ``let_in(rows)`` for those that wait for her word.
    """

    decided = Signal(int, object)
    let_in = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("The chosen row"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.options: list[QRadioButton] = []
        self.beside: SideBySide | None = None
        self._decision = Decision()

    def show_plan(
        self,
        plan: RowPlan,
        decision: Decision,
        names: Mapping[str | int, str],
        later: RowPlan | None = None,
        waiting: Collection[int] = (),
    ) -> None:
        """Show *plan*; *names* tells look-alikes' names by code or row, *later* is the row that counts.

        *waiting* are the rows that wait for the same reason.
        """
        self._decision = decision
        body = QWidget()
        set_role(body, "scrolled")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(SPACE_LARGE, 0, SPACE, SPACE)
        layout.setSpacing(SPACE_SMALL)
        heading = self.tr("Row {row}: {name}").format(row=plan.number, name=plan.answers.contact.name)
        layout.addWidget(_label(heading, "strong"))
        self.options, self.beside = [], None
        if plan.waits:
            self._add_waiting(layout, plan, waiting)
        elif plan.outcome is Outcome.NEEDS_A_LOOK:
            self._add_look(layout, plan, names)
        elif plan.outcome is Outcome.UPDATE and plan.person is not None:
            self._add_update(layout, plan)
        else:
            layout.addWidget(_label(what_happens(plan, decision)))
        if plan.outcome is Outcome.OLDER_ANSWER:
            self._add_later(layout, plan, later)
        if plan.outcome is not Outcome.NEEDS_A_LOOK and plan.look_alikes:
            self._add_lines(
                layout, self.tr("Only so that you know"), [f"{a.sentence}" for a in plan.look_alikes]
            )
        self._add_lines(layout, self.tr("Goes on the call list"), [q.text for q in plan.questions])
        if self.beside is None:
            self._add_lines(layout, self.tr("Read from the row"), _values(plan))
        layout.addStretch()
        self.setWidget(body)
        chosen = next((option for option in self.options if option.isChecked()), None)
        self.setFocusProxy(chosen)  # type: ignore[arg-type] # None takes the proxy off; the stub forgets it

    def _add_waiting(self, layout: QVBoxLayout, plan: RowPlan, waiting: Collection[int]) -> None:
        layout.addWidget(_label(what_happens(plan, self._decision), "ask"))
        self._add_lines(
            layout, self.tr("As it stands in the file"), [cell for cell in plan.answers.cells if cell.strip()]
        )
        self._add_button(layout, self.tr("Import this row too"), {plan.number})
        if len(waiting) > 1:
            words = self.tr("Import all {count} such rows").format(count=len(waiting))
            self._add_button(layout, words, set(waiting))

    def _add_button(self, layout: QVBoxLayout, words: str, rows: set[int]) -> None:
        button = QPushButton(words, autoDefault=False)
        button.setAccessibleName(words)
        button.clicked.connect(lambda: self.let_in.emit(rows))
        layout.addWidget(button)

    def _add_look(self, layout: QVBoxLayout, plan: RowPlan, names: Mapping[str | int, str]) -> None:
        said = self.tr("{what}: is this somebody you know already?")
        layout.addWidget(_label(said.format(what=outcome_words(plan.outcome)), "ask"))
        same = self.tr("The same as {who}\n{reason}")
        choices = [(same.format(who=whom(a, names), reason=a.reason), same_as(a)) for a in plan.look_alikes]
        choices += [
            (self.tr("Two people: a family of its own"), TWO_PEOPLE),
            (self.tr("Not sure: a family of its own, and both are asked"), Decision()),
        ]
        group = QButtonGroup(layout.parentWidget())
        for words, decision in choices:
            pick = partial(self._on_look, plan, decision, names)
            self._add_option(layout, group, words, pick, chosen=decision == self._decision)
        layout.addSpacing(SPACE)
        shown = self._decision.same_as or plan.look_alikes[0]
        self.beside = self._beside(plan, shown, names)
        layout.addWidget(self.beside)

    def _beside(self, plan: RowPlan, alike: LookAlike, names: Mapping[str | int, str]) -> SideBySide:
        heads = (self.tr("This row"), whom(alike, names))
        return SideBySide(plan.answers.role, heads, plan.answers.values, alike.values)

    def _add_update(self, layout: QVBoxLayout, plan: RowPlan) -> None:
        code = plan.person.code if plan.person else ""
        self._add_lines(
            layout,
            self.tr("Changes of {code}").format(code=code),
            [change_words(change) for change in plan.changes],
        )
        for choice in plan.choices:
            self._add_choice(layout, plan, choice)

    def _add_choice(self, layout: QVBoxLayout, plan: RowPlan, choice: FieldChoice) -> None:
        """Show two values of one field to choose from."""
        layout.addSpacing(SPACE)
        said = self.tr("{field}: the lists tell it differently").format(field=choice.change.label)
        layout.addWidget(_label(said, "ask"))
        words = {
            Chosen.KEEP: self.tr("Keep {value}").format(value=choice.change.old),
            Chosen.TAKE: self.tr("Take {value}").format(value=choice.change.new),
            Chosen.ASK: self.tr("Keep it for now and ask"),
        }
        group = QButtonGroup(layout.parentWidget())
        for chosen, text in words.items():
            is_chosen = chosen is self._decision.about(choice)
            pick = partial(self._on_field, plan.number, choice.key, chosen)
            self._add_option(layout, group, text, pick, chosen=is_chosen)

    def _add_later(self, layout: QVBoxLayout, plan: RowPlan, later: RowPlan | None) -> None:
        """Show what an older answer told beside the one that counts."""
        if later is not None:
            values, head = later.answers.values, self.tr("Row {row} counts").format(row=later.number)
        elif plan.person is not None:
            values = plan.person.last_values.get(plan.answers.role, {})
            head = self.tr("The later answer of {code}").format(code=plan.person.code)
        else:
            return
        layout.addSpacing(SPACE)
        heads = (self.tr("This older row"), head)
        self.beside = SideBySide(plan.answers.role, heads, plan.answers.values, values)
        layout.addWidget(self.beside)

    def _add_option(
        self, layout: QVBoxLayout, group: QButtonGroup, words: str, pick: Callable[[], None], *, chosen: bool
    ) -> None:
        option = QRadioButton(literal(words))
        option.setAccessibleName(words.replace("\n", ": "))
        option.setChecked(chosen)
        option.toggled.connect(lambda on: pick() if on else None)
        group.addButton(option)
        self.options.append(option)
        layout.addWidget(option)

    def _on_look(self, plan: RowPlan, decision: Decision, names: Mapping[str | int, str]) -> None:
        if decision.same_as is not None:
            self._show_beside(self._beside(plan, decision.same_as, names))
        self._decide(plan.number, decision)

    def _show_beside(self, shown: SideBySide) -> None:
        body = self.widget()
        layout = body.layout() if body is not None else None
        if self.beside is not None and layout is not None:
            layout.replaceWidget(self.beside, shown)
            self.beside.hide()
            self.beside.deleteLater()
            self.beside = shown

    def _on_field(self, number: int, key: str, chosen: Chosen) -> None:
        self._decide(number, replace(self._decision, fields={**self._decision.fields, key: chosen}))

    def _decide(self, number: int, decision: Decision) -> None:
        self._decision = decision
        self.decided.emit(number, decision)

    def _add_lines(self, layout: QVBoxLayout, heading: str, lines: Sequence[str]) -> None:
        if not lines:
            return
        layout.addSpacing(SPACE)
        layout.addWidget(_label(heading, "quiet"))
        for line in lines:
            layout.addWidget(_label(line))


def _values(plan: RowPlan) -> list[str]:
    labels = {field.topic: str(field.label) for field in FIELDS[plan.answers.role]}
    values = {key: shown_value(key, value) for key, value in plan.answers.values.items()} | _facts(plan)
    return [f"{labels[key]}: {value}" for key, value in values.items() if key in labels]


def _facts(plan: RowPlan) -> dict[str, str]:
    """Return what a donor's answers were read as, by the field they stand in."""
    detail = plan.answers.detail
    facts = detail.facts if isinstance(detail, DonorAnswers) else ()
    by_key: dict[str, list[str]] = {}
    for fact in facts:
        by_key.setdefault(KEYS_OF_TOPICS.get(fact.kind.value, ""), []).append(str(shown(fact)))
    return {key: "; ".join(dict.fromkeys(words)) for key, words in by_key.items()}


def _label(text: str, role: str = "") -> QLabel:
    label = Label(text, wordWrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        set_role(label, role)
    return label

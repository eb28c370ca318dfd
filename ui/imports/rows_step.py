"""The wizard's third step: what will happen with every row."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.imports.choices import Decision
from coordinator.domain.imports.planning import Outcome, RowPlan
from coordinator.domain.imports.preview import ImportPreview
from ui.imports.row_detail import RowDetail
from ui.imports.row_words import asks_her, count_of, file_words, outcome_icon, outcome_words, what_happens
from ui.theme import SPACE, set_role
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.row_model import RowTableModel
from ui.widgets.tables.row_table import RowTable

_TOLD_LINES = 6


class RowsStep(QWidget):
    """The table of rows, counts that filter it, and the chosen row in full, where likenesses are decided.

    ``let_in(rows)`` says that rows which wait are to come in too; ``columns_wanted`` that she would look at
    the columns first.
    """

    let_in = Signal(object)
    columns_wanted = Signal()

    def __init__(self, settings: QSettings | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.decisions: dict[int, Decision] = {}
        self._plans: tuple[RowPlan, ...] = ()
        self._names: dict[str | int, str] = {}
        self.model: RowTableModel[RowPlan] = RowTableModel(self._columns(), lambda plan: plan.number)
        self.table = RowTable(self.model, "import", settings)
        self.table.setAccessibleName(self.tr("Rows of the file"))
        self.table.row_chosen.connect(self._show_row)
        self.detail: RowDetail = RowDetail()
        self.table.row_opened.connect(lambda _: self.detail.setFocus())
        self.detail.decided.connect(self._decide)
        self.detail.let_in.connect(self.let_in)
        self.told = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self.told.setAccessibleName(self.tr("About the file"))
        self.passed = Label(wordWrap=True)
        set_role(self.passed, "quiet")
        self.columns_button = QPushButton(self.tr("Look at the columns"), autoDefault=False)
        self.columns_button.setAccessibleName(self.columns_button.text())
        self.columns_button.clicked.connect(self.columns_wanted)
        self._passed_line = QWidget()
        self.filters = QButtonGroup(self)
        self._filter_bar = QWidget()
        FlowLayout(self._filter_bar)
        self._lay_out()

    def show_preview(self, preview: ImportPreview, names: Mapping[str, str]) -> None:
        """Show the rows of *preview*; *names* are those of the network, by code.

        What she decided of a row stays as long as the row says the same.
        """
        before = {plan.number: plan for plan in self._plans}
        same = {plan.number for plan in preview.plans if before.get(plan.number) == plan}
        self.decisions = {row: decision for row, decision in self.decisions.items() if row in same}
        self._plans = preview.plans
        self._names = {plan.number: plan.answers.contact.name for plan in preview.plans}
        self._names.update(names.items())
        self._show_filters(preview)
        told = file_words(preview)
        self.told.setPlainText("\n".join(told))
        self.told.setMaximumHeight((min(len(told), _TOLD_LINES) + 1) * self.told.fontMetrics().lineSpacing())
        self.told.setVisible(bool(told))
        self.model.set_filter("")
        self.model.set_rows(self._plans)
        asks = (plan.number for plan in self._plans if asks_her(plan))
        first = next(asks, self._plans[0].number if self._plans else None)
        if first is not None:
            self.table.choose(first)
            self._show_row(first)

    def say_passed(self, words: str) -> None:
        """Say what is to be known of columns that nobody stopped at; "" where she has seen them."""
        self.passed.setText(words)
        self._passed_line.setVisible(bool(words))

    def _columns(self) -> tuple[Column[RowPlan], ...]:
        return (
            Column(
                QT_TRANSLATE_NOOP("Columns", "Row"),
                lambda plan: str(plan.number),
                lambda plan: plan.number,
                is_number=True,
                width=4,
            ),
            Column(QT_TRANSLATE_NOOP("Columns", "Name"), lambda plan: plan.answers.contact.name, width=20),
            Column(
                QT_TRANSLATE_NOOP("Columns", "What will happen"),
                lambda plan: what_happens(plan, self._decision(plan.number)),
                icon=lambda plan: outcome_icon(Outcome.NEEDS_A_LOOK if asks_her(plan) else plan.outcome),
                width=30,
            ),
        )

    def _show_filters(self, preview: ImportPreview) -> None:
        bar = self._filter_bar.layout()
        for button in self.filters.buttons():
            self.filters.removeButton(button)
            if bar is not None:
                bar.removeWidget(button)
            button.deleteLater()
        counts = preview.counts
        self._add_filter(self.tr("All rows {count}").format(count=counts.rows), None)
        for outcome in Outcome:
            count = count_of(counts, outcome)
            if count:
                self._add_filter(f"{outcome_words(outcome)} {count}", outcome)
        self.filters.buttons()[0].setChecked(True)

    def _add_filter(self, words: str, outcome: Outcome | None) -> None:
        button = QPushButton(words)
        button.setCheckable(True)
        button.setAutoDefault(False)
        set_role(button, "tab")
        button.setAccessibleName(self.tr("Show: {which}").format(which=words))
        button.clicked.connect(partial(self._filter, outcome))
        self.filters.addButton(button)
        bar = self._filter_bar.layout()
        if bar is not None:
            bar.addWidget(button)
        button.show()

    def _filter(self, outcome: Outcome | None, *_: object) -> None:
        self.model.set_filter("", [] if outcome is None else [lambda plan: plan.outcome is outcome])

    def _decision(self, number: int) -> Decision:
        return self.decisions.get(number, Decision())

    def _show_row(self, number: object) -> None:
        by_number = {plan.number: plan for plan in self._plans}
        plan = next(plan for plan in self._plans if plan.number == number)
        later = by_number.get(plan.replaced_by or 0)
        waiting = [other.number for other in self._plans if other.waits and other.waits == plan.waits]
        self.detail.show_plan(plan, self._decision(plan.number), self._names, later, waiting)

    def _decide(self, number: int, decision: Decision) -> None:
        self.decisions[number] = decision
        self.model.set_rows(self._plans)

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        line = QHBoxLayout(self._passed_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE)
        line.addWidget(self.passed, stretch=1)
        line.addWidget(self.columns_button)
        self._passed_line.hide()
        layout.addWidget(self._passed_line)
        layout.addWidget(self.told)
        layout.addWidget(self._filter_bar)
        layout.addWidget(split, stretch=1)
        self.setFocusProxy(self.table)

"""The widgets of the policy profiles and where they stand."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
)

from coordinator.domain.policies.profiles import PolicyValue, ProfileLine
from ui.policies.columns import MarkedRows, comparison_columns, value_columns
from ui.policies.value_pane import ValuePane
from ui.policies.value_words import information
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.translation import translate
from ui.widgets.label import Label
from ui.widgets.rows import text_label
from ui.widgets.tables.row_model import RowTableModel
from ui.widgets.tables.row_table import RowTable
from ui.widgets.tables.search_field import SearchField

_WIDEST, _HIGHEST = 1040, 520
"""What fits over the window of a small laptop, in logical pixels."""


class PoliciesLayout:
    """Two boxes for the profiles, the table of values (or of both), and the pane about the one chosen."""

    def __init__(self, dialog: QDialog, settings: QSettings | None) -> None:
        self.dialog = dialog
        self.titles = ("", "")
        self.profile, self.beside = QComboBox(), QComboBox()
        self.use_button = _button(
            translate("Policies", "Use it"),
            translate("Policies", "Judge all milk by this profile"),
        )
        self.copy_button = _button(translate("Policies", "Copy…"), translate("Policies", "Copy this profile"))
        self.remove_button = _button(
            translate("Policies", "Remove"),
            translate("Policies", "Remove this profile of your own"),
        )
        self.further_button = _button(
            translate("Policies", "Asked besides…"),
            translate("Policies", "Questions asked besides under this profile"),
        )
        self.sheet_button = _button(
            translate("Policies", "Review sheet…"),
            translate("Policies", "Save a sheet on which a clinician answers for each value"),
        )
        self.read_button = _button(
            translate("Policies", "Read a review…"),
            translate("Policies", "Read a sheet that a clinician filled in"),
        )
        self.decided_button = _button(
            translate("Policies", "Decided here…"), translate("Policies", "What this network decided")
        )
        self.close_button = _button(translate("Policies", "Close"), translate("Policies", "Close"))
        self.only_differing = QCheckBox(translate("Policies", "Only what differs"))
        self.only_differing.setAccessibleName(self.only_differing.text())
        self.search = SearchField(translate("Policies", "Search the rules"))
        self.about = text_label("", "quiet")
        self.count = Label()
        self.said = text_label("", "problem")
        self.said.hide()
        self.value_model: RowTableModel[PolicyValue] = RowTableModel(
            value_columns(), lambda value: value.rule, lambda value: "; ".join(value.seen_in)
        )
        self.line_model: RowTableModel[ProfileLine] = RowTableModel(
            comparison_columns(lambda: self.titles), lambda line: line.rule
        )
        self.values = RowTable(self.value_model, "policy-values", settings)
        self.values.setAccessibleName(translate("Policies", "Values of the profile"))
        self.both = RowTable(self.line_model, "policy-comparison", settings)
        self.both.setAccessibleName(translate("Policies", "Two profiles side by side"))
        self.both.setItemDelegate(MarkedRows(self._differs, self.both))
        self.pane = ValuePane()
        self._lay_out()

    @property
    def table(self) -> RowTable:
        """The table in front."""
        return self.both if self._stack.currentWidget() is self.both else self.values

    def fill_profiles(self, names: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer the profiles, with *chosen* in front; what stood beside it stays there if it can."""
        beside = self.beside.currentData()
        for box, keep in ((self.profile, chosen), (self.beside, beside)):
            box.blockSignals(True)
            box.clear()
            if box is self.beside:
                box.addItem(translate("Policies", "nothing"), "")
            for key, words in names:
                box.addItem(words, key)
            box.setCurrentIndex(max(0, box.findData(keep)))
            box.blockSignals(False)

    def show_side_by_side(self, *, on: bool) -> None:
        """Show the table of two profiles, or that of one."""
        chosen = self.table.chosen_key
        self._stack.setCurrentWidget(self.both if on else self.values)
        self.only_differing.setEnabled(on)
        self.count.setVisible(on)
        if chosen is not None:
            self.table.choose(chosen)

    def filter(self) -> None:
        """Show what has the words searched for and, if wished, differs."""
        text = self.search.text()
        wanted: tuple[Any, ...] = (lambda line: line.differs,) if self.only_differing.isChecked() else ()
        self.value_model.set_filter(text)
        self.line_model.set_filter(text, wanted)

    def _differs(self, rule: Hashable) -> bool:
        return any(line.differs for line in self.line_model.all_rows() if line.rule == rule)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.values)
        self._stack.addWidget(self.both)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(self._stack)
        across.addWidget(self.pane)
        across.setSizes([700, 308])
        across.setStretchFactor(0, 1)
        across.setChildrenCollapsible(False)
        first, second = QHBoxLayout(), QHBoxLayout()
        _add_labelled(first, translate("Policies", "Profile"), self.profile)
        for button in (self.use_button, self.copy_button, self.remove_button, self.decided_button):
            first.addWidget(button)
        _add_labelled(second, translate("Policies", "Beside it"), self.beside)
        second.addWidget(self.only_differing)
        second.addWidget(self.count)
        last = QHBoxLayout()
        last.setSpacing(SPACE)
        last.addWidget(text_label(information(), "quiet"), stretch=1)
        for button in (self.further_button, self.sheet_button, self.read_button, self.close_button):
            last.addWidget(button)
        layout = QVBoxLayout(self.dialog)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addLayout(first)
        layout.addLayout(second)
        for widget in (self.about, self.said, self.search):
            layout.addWidget(widget)
        layout.addWidget(across, stretch=1)
        layout.addLayout(last)
        self.dialog.resize(_WIDEST, _HIGHEST)


def _button(words: str, name: str) -> QPushButton:
    button = QPushButton(words, autoDefault=False)
    button.setAccessibleName(name)
    return button


def _add_labelled(line: QHBoxLayout, words: str, box: QComboBox) -> None:
    """Add *box* with its label before it; it takes the room that is left."""
    label = Label(words)
    label.setBuddy(box)
    set_role(label, "quiet")
    box.setAccessibleName(words)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    line.setSpacing(SPACE)
    line.addWidget(label)
    line.addWidget(box, stretch=1)

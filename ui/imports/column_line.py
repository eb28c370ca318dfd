"""One column of the list: its heading, three of its cells, and what it is read as."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse
from coordinator.domain.imports.table import Table
from ui.icons import set_icon
from ui.imports.column_choices import ColumnChoices, Standing
from ui.imports.column_words import (
    field_options,
    heading_words,
    reading_options,
    samples,
    use_words,
)
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.fields.value_fields import ChoiceField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label

_SHARES = (4, 3, 5)
_ASKED_ABOUT, _SHORT = 3, 2
"""So many cells of a column are shown."""
_HOW_SURE = (Standing.LIKELY, Standing.CONFIRMED)


class ColumnLine(QWidget):
    """One column. ``changed(choices)`` when she said something about it.

    Args:
        table: The list.
        kind: Whose list it is.
        index: The column.
        choices: All columns as they are read now.
        asks: Whether she is asked to say yes to what is guessed.
    """

    changed = Signal(object)

    def __init__(
        self,
        table: Table,
        kind: Role,
        index: int,
        choices: ColumnChoices,
        *,
        asks: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.index = index
        self._table, self._kind, self._choices = table, kind, choices
        self._cells = [cell.text for cell in table.column(index)]
        self.heading = heading_words(table.headers[index])
        self.choice = ChoiceField(field_options(kind))
        self.choice.set_name(self.tr("“{heading}” is read as").format(heading=self.heading))
        self.choice.edited.connect(self._on_choice)
        self.yes_button = QPushButton(self.tr("Yes, that is it"))
        self.yes_button.setCheckable(True)
        self.yes_button.clicked.connect(self._on_yes)
        self._asks = asks
        self.reading: ChoiceField | None = None
        self._readings: tuple[ColumnUse, ...] = ()
        self.note = Label(wordWrap=True)
        set_role(self.note, "quiet")
        self.clash = QWidget()
        self.clash_buttons: list[QPushButton] = []
        FlowLayout(self.clash, SPACE_SMALL)
        self._lay_out()
        self.show_choices(choices)

    def show_choices(self, choices: ColumnChoices, dates: str = "") -> None:
        """Show how the column is read now; *dates* tells how its days are."""
        self._choices = choices
        standing = choices.standings[self.index]
        self.choice.set_value(choices.topic(self.index))
        self.yes_button.setVisible(self._asks and standing in _HOW_SURE)
        self.yes_button.setChecked(standing is Standing.CONFIRMED)
        set_icon(self.yes_button, "done" if standing is Standing.CONFIRMED else "ask")
        said = self.tr("Yes, “{heading}” is: {field}")
        self.yes_button.setAccessibleName(said.format(heading=self.heading, field=self.choice.typed()))
        self._show_reading()
        note = "\n".join(self._notes(standing, dates))
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._show_clash()

    def _notes(self, standing: Standing, dates: str) -> list[str]:
        use = self._choices.use(self.index)
        notes = [self.tr("As you chose last time")] if standing is Standing.REMEMBERED else []
        notes += list(use_words(self._kind, use)) if use else []
        rivals = self._choices.rivals(self.index)
        if rivals and not self._clashes:
            others = ", ".join(f"“{heading_words(self._table.headers[index])}”" for index in rivals)
            notes.append(self.tr("Read together with {columns}").format(columns=others))
        return [*notes, dates] if dates else notes

    def _show_reading(self) -> None:
        """Offer the unit, or what yes means, where the heading told it."""
        topic, use = self._choices.topic(self.index), self._choices.use(self.index)
        options = reading_options(topic, use, self._cells) if topic and use else []
        if tuple(one for one, _ in options) != self._readings:
            self._readings = tuple(one for one, _ in options)
            self._replace_reading(options)
        if self.reading is not None:
            self.reading.set_value(use)

    def _replace_reading(self, options: Sequence[tuple[ColumnUse, str]]) -> None:
        if self.reading is not None:
            self.reading.hide()
            self.reading.deleteLater()
            self.reading = None
        if not options:
            return
        self.reading = ChoiceField(options)
        self.reading.set_name(self.tr("How “{heading}” is read").format(heading=self.heading))
        self.reading.edited.connect(self._on_reading)
        self._right.insertWidget(1, self.reading, alignment=Qt.AlignmentFlag.AlignLeft)
        self.reading.stackUnder(self.note)  # Tab comes to it before the answers below

    @property
    def _clashes(self) -> bool:
        """Whether another column has its field, and she has not said which."""
        at = self._choices.clash
        return at is not None and (self.index == at or self.index in self._choices.rivals(at))

    def _show_clash(self) -> None:
        inside = self.clash.layout()
        for button in self.clash_buttons:
            if inside is not None:
                inside.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.clash_buttons = []
        if self._clashes:
            others = (heading_words(self._table.headers[index]) for index in self._choices.rivals(self.index))
            said = self.tr("“{other}” is read as this, too. Which is it?")
            self.choice.reject(said.format(other="”, “".join(others)))
            if self.index == self._choices.clash:
                self._add_answers()
        self.clash.setVisible(bool(self.clash_buttons))

    def _add_answers(self) -> None:
        other = heading_words(self._table.headers[self._choices.rivals(self.index)[0]])
        answers = (
            (self.tr("This one"), self._choices.taking_over),
            (self.tr("The other"), self._choices.giving_way),
            (self.tr("Both, together"), self._choices.joining),
        )
        inside = self.clash.layout()
        for words, answer in answers:
            button = QPushButton(words)
            button.setAccessibleName(
                self.tr("{answer}: “{this}” or “{other}”").format(
                    answer=words, this=self.heading, other=other
                )
            )
            button.clicked.connect(partial(self._on_answer, answer))
            self.clash_buttons.append(button)
            if inside is not None:
                inside.addWidget(button)
            button.show()

    def _on_choice(self, topic: str | None) -> None:
        self.changed.emit(self._choices.choosing(self.index, topic))

    def _on_reading(self, use: ColumnUse) -> None:
        self.changed.emit(self._choices.using(use))

    def _on_yes(self, is_right: bool) -> None:
        self.changed.emit(self._choices.confirming([self.index], right=is_right))

    def _on_answer(self, answer: object) -> None:
        if callable(answer):
            self.changed.emit(answer())

    def _lay_out(self) -> None:
        heading = Label(self.heading, wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        set_role(heading, "strong")
        few = samples(self._table, self.index, _ASKED_ABOUT if self._asks else _SHORT)
        told = ("\n" if self._asks else " · ").join(few) or self.tr("(empty)")
        cells = Label(told, wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        set_role(cells, "quiet")
        for label in (heading, cells):
            label.setContentsMargins(0, SPACE_SMALL, 0, 0)  # level with the words in the field
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self.choice, alignment=Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.yes_button, alignment=Qt.AlignmentFlag.AlignTop)
        top.addStretch()
        right = QWidget()
        self._right = QVBoxLayout(right)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(SPACE_SMALL)
        self._right.addLayout(top)
        self._right.addWidget(self.note)
        self._right.addWidget(self.clash)
        self._right.addStretch()
        share_width(self, (heading, cells, right))


def share_width(line: QWidget, parts: Sequence[QWidget]) -> None:
    """Lay heading, cells and reading out side by side: with the same shares on every line they align."""
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, SPACE_SMALL, 0, SPACE_SMALL)
    layout.setSpacing(SPACE_LARGE)
    for part, share in zip(parts, _SHARES, strict=True):
        policy = part.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        part.setSizePolicy(policy)
        layout.addWidget(part, stretch=share)

"""The wizard's second step: whose list it is, and which column is what.

What needs her stands first: columns to confirm, then what is not read. What is sure is one line that opens.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coordinator.domain.families.households import Role
from coordinator.domain.imports.preview import ImportPreview
from coordinator.domain.imports.table import Table
from ui.imports.about_file import about_words
from ui.imports.column_choices import ColumnChoices, Standing
from ui.imports.column_line import ColumnLine
from ui.imports.column_sections import ColumnSections
from ui.imports.column_words import date_words, heading_words, samples
from ui.imports.row_words import kind_words
from ui.theme import SPACE, change_role, set_role
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fields.value_fields import ChoiceField
from ui.widgets.frame.tab_order import focus_goes_to
from ui.widgets.label import Label, literal, one_line


class ColumnsStep(QWidget):
    """What each column of a list is read as.

    ``changed`` when she has said something; ``kind_changed(role)`` when she says whose list it is;
    ``settled`` when that was the last that is asked of her.
    """

    changed = Signal()
    kind_changed = Signal(object)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        options = [(None, self.tr("choose…")), *((role, kind_words(role)) for role in Role)]
        self.kind = ChoiceField(options)
        self.kind.set_name(self.tr("This is a list of"))
        self.kind.edited.connect(self._on_kind)
        self.kind_yes = QPushButton(self.tr("Yes, it is"))
        self.kind_yes.setAccessibleName(self.tr("Yes, that is whose list it is"))
        self.kind_yes.clicked.connect(self._on_kind_yes)
        self.note = Label(wordWrap=True)
        set_role(self.note, "quiet")
        self.names_button = QPushButton(self.tr("Choose which column holds the names"), autoDefault=False)
        self.names_button.setAccessibleName(self.names_button.text())
        self.names_button.setMenu(QMenu(self.names_button))
        self.sections = ColumnSections()
        self.sections.changed.connect(self._on_choices)
        self.choices: ColumnChoices | None = None
        self.is_kind_sure = True
        self._is_remembered = False
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.sections)
        self._lay_out()

    @property
    def lines(self) -> dict[int, ColumnLine]:
        """The lines that are on screen or were, by column."""
        return self.sections.lines

    @property
    def is_settled(self) -> bool:
        """Whether nothing about the columns is to be asked any more."""
        return self.is_kind_sure and self.choices is not None and self.choices.is_settled

    @property
    def is_passed(self) -> bool:
        """Whether there is nothing to see here: every column is surely read, or none of ours."""
        is_all = self.choices is not None and Standing.UNREAD not in self.choices.standings
        return is_all and self.is_settled and self.names_button.isHidden()

    @property
    def passed_words(self) -> str:
        """What is said of the columns where nobody stops at them."""
        said = [] if self._is_remembered else [self.tr("Every column is surely read.")]
        return " ".join(filter(None, (*said, self.note.text(), self.sections.others_words)))

    @property
    def hint(self) -> str:
        """What the step waits for; "" for nothing."""
        if self.choices is None:
            return ""
        if self.choices.clash is not None:
            return self.tr("Two columns are read as one thing")
        count = len(self.choices.waiting)
        if not self.is_kind_sure and not count:
            return self.tr("Whose list it is waits for your yes")
        if not count:
            return ""
        return (
            self.tr("1 column waits for your yes")
            if count == 1
            else self.tr("{count} columns wait for your yes").format(count=count)
        )

    def show_unknown(self, table: Table) -> None:
        """Ask whose list it is: nothing says so."""
        self.kind.set_value(None)
        self._say(self.tr("The headers do not say whose list this is. Please choose."), "ask")
        self.choices, self.is_kind_sure = None, False
        self.kind_yes.hide()
        self.names_button.hide()
        self.sections.show_cells(table, about_words(table))

    def show_list(self, preview: ImportPreview, choices: ColumnChoices, *, is_kind_sure: bool) -> None:
        """Show a list and how its columns are read, anew."""
        self.kind.set_value(preview.kind)
        self.is_kind_sure = is_kind_sure
        self.sections.show_list(preview.table, preview.kind, choices, about_words(preview.table))
        self._fill_menu(preview.table)
        self.show_preview(preview, choices)

    def show_preview(self, preview: ImportPreview, choices: ColumnChoices) -> None:
        """Show how *preview* reads the list by *choices*; its lines stay where they are."""
        self.choices = choices
        self._is_remembered = preview.is_mapping_remembered
        dates = {column.header: date_words(column) for column in preview.dates}
        self.sections.show_choices(self.choices, dates)
        self.names_button.setVisible(bool(preview.plans) and bool(preview.problem))
        self._show_note(preview)

    def _show_note(self, preview: ImportPreview) -> None:
        self.kind_yes.setVisible(not self.is_kind_sure)
        if not self.is_kind_sure:
            self._say(self.tr("It is likely theirs. Is it?"), "ask")
            return
        said = []
        if preview.is_mapping_remembered:
            said.append(self.tr("The columns are matched as you did it last time."))
        if preview.imported_before_on is not None:
            before = self.tr("This very file was imported on {day}.")
            said.append(before.format(day=show_date(preview.imported_before_on)))
        unproven = [date for date in preview.dates if not date.is_proven]
        said += [self.tr("{how}.").format(how=how) for how in dict.fromkeys(map(date_words, unproven))]
        self._say(" ".join(said), "quiet")

    def _say(self, words: str, role: str) -> None:
        self.note.setText(words)
        change_role(self.note, role)

    def _on_kind(self, kind: Role | None) -> None:
        self.kind.set_value(kind)
        if kind is not None:
            self.is_kind_sure = True
            self.kind_changed.emit(kind)

    def _on_kind_yes(self) -> None:
        self.is_kind_sure = True
        self.kind_yes.hide()
        self._say("", "quiet")
        self.changed.emit()
        self._go_on()

    def _on_choices(self, choices: ColumnChoices) -> None:
        before, self.choices = self.choices, choices
        self.sections.show_choices(choices)
        self.changed.emit()
        if choices.clash in self.lines:
            # Its answers have a place only once they are laid out.
            QTimer.singleShot(0, self, partial(self._bring_into_sight, choices.clash))
        if before is not None and len(choices.waiting) < len(before.waiting):
            self._go_on()

    def _go_on(self) -> None:
        """Go to what is asked next; once it was the last, say so."""
        if self.is_settled:
            self.settled.emit()
            return
        wanted = self._wanted()
        wanted.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(wanted)

    def _bring_into_sight(self, index: int) -> None:
        if index in self.lines:
            self.area.ensureWidgetVisible(self.lines[index].clash)

    def _wanted(self) -> QWidget:
        """Return the control that asks for her first."""
        if not self.is_kind_sure and self.choices is not None:
            return self.kind_yes
        waiting = self.choices.waiting if self.choices else ()
        if waiting:
            return self.lines[waiting[0]].yes_button
        first: QWidget = self.kind.editor
        return self.names_button if self.names_button.isVisibleTo(self) else first

    def _fill_menu(self, table: Table) -> None:
        menu = self.names_button.menu()
        menu.clear()
        for index, header in enumerate(table.headers):
            told = samples(table, index, 1)
            words = f"{heading_words(header)}   {told[0]}" if told else heading_words(header)
            action = menu.addAction(literal(one_line(words)))
            action.triggered.connect(partial(self._on_names, index))

    def _on_names(self, index: int, *_: object) -> None:
        if self.choices is not None:
            self._on_choices(self.choices.choosing(index, "name"))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.names_button, alignment=Qt.AlignmentFlag.AlignLeft)
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        layout.addLayout(top)
        top.addWidget(Label(self.tr("This is a list of")))
        top.addWidget(self.kind)
        top.addWidget(self.kind_yes)
        top.addWidget(self.note, stretch=1)
        layout.addWidget(self.area, stretch=1)
        focus_goes_to(self, self._wanted)

"""Whom the setting proposes to forget, and why; each is forgotten only by herself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget

from coordinator.domain.families.forgetting_plan import Due, DueFamily
from coordinator.services.families.due_to_forget import due_to_forget
from ui.desk import Desk
from ui.families.forget_dialog import ForgetDialog
from ui.theme import SPACE, SPACE_LARGE
from ui.widgets.frame.pressing import closes_by_enter
from ui.widgets.rows import Row, Rows
from ui.widgets.wrapped_label import WrappedLabel


class ForgetDueDialog(QDialog):
    """A row for each family with whom nothing passed for long, with a way to forget it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.setWindowTitle(self.tr("Families to forget"))
        self.about = WrappedLabel(self.tr("Looking for families with whom nothing passed for long…"))
        self.rows = Rows("")
        self.rows.setContentsMargins(0, 0, SPACE, 0)  # beside the bar that scrolls
        area = QScrollArea(widgetResizable=True)
        area.setWidget(self.rows)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        closes_by_enter(buttons).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        for widget in (self.about, area, buttons):
            layout.addWidget(widget, stretch=int(widget is area))
        letters = self.fontMetrics()
        self.resize(letters.averageCharWidth() * 80, letters.lineSpacing() * 22)
        self._read()

    def _read(self) -> None:
        database, today = self._desk.database, self._desk.today()
        self._desk.read(lambda: due_to_forget(database, today), self._show)

    def _show(self, due: Due) -> None:
        self.about.setText(self._words_about(due))
        self.rows.set_rows([self._row(one) for one in due.families])
        self.rows.setVisible(bool(due.families))

    def _words_about(self, due: Due) -> str:
        if not due.months:
            return self.tr(
                "Nobody is proposed. “Months until forgetting is proposed” in the settings says after how "
                "many months without milk or a word a family stands here. Nobody is forgotten by itself."
            )
        if not due.families:
            return self.tr("Nobody: with each family something passed in the last {months} months.").format(
                months=due.months
            )
        return self.tr(
            "Nothing passed with these families for {months} months, and no milk is promised. Nobody is "
            "forgotten by itself."
        ).format(months=due.months)

    def _row(self, one: DueFamily) -> Row:
        row = Row(one.name, [str(one.reason)], code=one.code)
        button = row.add_button_beside(self.tr("Forget…"), self.tr("Forget {name}…").format(name=one.name))
        button.clicked.connect(partial(self._forget, one))
        return row

    def _forget(self, one: DueFamily, *_: object) -> None:
        dialog = ForgetDialog(self._desk, one.code, self)
        dialog.forgotten.connect(self._read)
        dialog.open()

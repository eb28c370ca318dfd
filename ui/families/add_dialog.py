"""Adding one family by hand: a short form, read like a row of its list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.families.households import Role
from coordinator.domain.imports.people import LookAlike
from coordinator.services.imports import typed_in
from ui.desk import Desk
from ui.errors import explain
from ui.families.add_form import AddForm
from ui.theme import SPACE, SPACE_HUGE, set_role
from ui.widgets.fields.place_book import PlaceBook
from ui.widgets.rows import text_label
from ui.widgets.scrolling import scrolling


class AddDialog(QDialog):
    """Name and what is known; ``added(code)`` after it was saved.

    Enter in a field goes on to the next, Ctrl+Enter saves. A field that cannot be read says so and is kept
    in words on the call list. Who looks alike is named before saving; she decides.
    """

    added = Signal(str)

    def __init__(self, desk: Desk, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._role = role
        self._told: tuple[LookAlike, ...] = ()
        titles = {
            Role.DONOR: self.tr("Add a donor"),
            Role.RECIPIENT: self.tr("Add a family"),
            Role.DRIVER: self.tr("Add a volunteer"),
        }
        self.setWindowTitle(titles[role])
        self.form = AddForm(role, desk.today, PlaceBook.of(desk))
        self.alike = text_label("", "ask")
        self.problem = text_label("", "problem")
        self._lay_out()
        self.form.moved_past_last.connect(self.save_button.setFocus)
        self.form.contact_left.connect(self._look_for_alikes)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        self.form.field("name").setFocus()

    def save(self) -> None:
        """Save what was typed, unless there is no name or somebody looks alike whom she has not been told."""
        if not self.form.typed().get("name"):
            self._say_problem(self.tr("A family needs a name, so that you can find it again."))
            self.form.field("name").setFocus()
            return
        self._look_for_alikes(then_save=True)

    def _lay_out(self) -> None:
        about = self.tr("Only the name is needed. What is left empty is asked about later.")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = QPushButton(self.tr("Save"))
        set_role(self.save_button, "main")
        self.save_button.setToolTip(self.tr("Save (Ctrl+Enter)"))
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        for button in buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
                button.setAccessibleName(button.text().replace("&", ""))
        self.save_button.clicked.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(text_label(about, "quiet"))
        layout.addWidget(scrolling(self.form, wraps=True), stretch=1)
        for label in (self.alike, self.problem):
            label.hide()
            layout.addWidget(label)
        layout.addWidget(buttons)

    def _look_for_alikes(self, *, then_save: bool = False) -> None:
        look = partial(
            typed_in.look_alikes, self._desk.database, self._role, self.form.typed(), self._desk.today()
        )
        tell = partial(self._tell_alikes, then_save=then_save)
        self._desk.runner.run(look, tell, lambda error: self._on_failed(explain(error)))

    def _tell_alikes(self, found: tuple[LookAlike, ...], *, then_save: bool) -> None:
        is_news = bool(set(found) - set(self._told))
        self._told = found
        who = "; ".join(alike.sentence for alike in found)
        self.alike.setText(
            self.tr("{who}. If it is the same family, cancel and change that one.").format(
                who=who[:1].upper() + who[1:]
            )
        )
        self.alike.setVisible(bool(found))
        self.save_button.setText(self.tr("Save as another") if found else self.tr("Save"))
        self.save_button.setAccessibleName(self.save_button.text())
        if then_save and is_news:
            self.save_button.setFocus()
        elif then_save:
            self._save()

    def _save(self) -> None:
        self.save_button.setEnabled(False)
        self._desk.write(
            partial(
                typed_in.add_family, self._desk.database, self._role, self.form.typed(), self._desk.today()
            ),
            self._on_saved,
            failed=self._on_failed,
        )

    def _on_saved(self, code: str) -> None:
        self._desk.said.emit(self.tr("Added {code}.").format(code=code))
        self.accept()
        # The list has her only after it was read again.
        self.added.emit(code)
        QTimer.singleShot(0, partial(self._desk.family_wanted.emit, code))

    def _on_failed(self, problem: str) -> None:
        self.save_button.setEnabled(True)
        self._say_problem(problem)

    def _say_problem(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    # Overrides of Qt.

    def sizeHint(self) -> QSize:
        """Return room for the whole form, as far as the screen has it."""
        wanted = self.form.sizeHint()
        screen = self.screen() or QGuiApplication.primaryScreen()
        room = screen.availableGeometry().height() - 4 * SPACE_HUGE
        chrome = 6 * SPACE_HUGE
        width = max(wanted.width() + 3 * SPACE_HUGE, self.fontMetrics().averageCharWidth() * 84)
        return QSize(width, min(wanted.height() + chrome, room))

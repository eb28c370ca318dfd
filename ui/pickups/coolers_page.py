"""The coolers: whose they are, where they are now, and since when."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coordinator.domain.families.households import FamilyEntry
from coordinator.domain.pickups.cooler_places import Cooler, Whom, away_words, out_by_place
from coordinator.services.families import households
from coordinator.services.pickups import coolers
from ui.desk import Desk
from ui.pickups.cooler_dialogs import AddCoolerDialog, GiveCoolerDialog
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.translation import translate
from ui.widgets.fields.form_dialog import FormDialog
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.label import Label
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.filter_chips import Filter
from ui.widgets.tables.list_pane import ListPane
from ui.widgets.tables.row_model import RowTableModel


class CoolersPage(QWidget):
    """A table of coolers. Ctrl+N adds one, Enter notes who has it, Ctrl+B that it came back."""

    export_wanted = Signal(list, list)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: tuple[Cooler, ...] = ()
        self.dialog: FormDialog | None = None
        self.out = Label(wordWrap=True)
        set_role(self.out, "quiet")
        self.model: RowTableModel[Cooler] = RowTableModel(self._columns(), lambda one: one.number)
        self.list = ListPane(
            self.model,
            "coolers",
            title=self.tr("Coolers"),
            main_action=self.tr("Add a cooler"),
            filters=[Filter(self.tr("At somebody else’s"), lambda one: one.is_out)],
            settings=desk.settings,
        )
        self.list.begin_at_first()
        self.list.set_empty(
            self.tr(
                "No cooler is noted yet. Add those that are lent about; those a volunteer has then count."
            ),
            self.tr("Add a cooler"),
        )
        self.give_button = self._button(self.tr("Who has it now…"), self.give)
        self.back_button = self._button(self.tr("It came back"), self.bring_back)
        above = QVBoxLayout()
        above.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, 0)
        above.addWidget(self.out)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.list, stretch=1)
        self._connect()

    def refresh(self) -> None:
        """Read the coolers again."""
        self._desk.read(partial(coolers.list_coolers, self._desk.database), self._show)

    def add(self) -> None:
        """Ask for a new cooler."""
        self._ask(lambda people: AddCoolerDialog(self._desk, people, self))

    def give(self) -> None:
        """Ask who has the chosen cooler now."""
        cooler = self._chosen
        if cooler is not None:
            self._ask(lambda people: GiveCoolerDialog(self._desk, cooler, people, self))

    def bring_back(self) -> None:
        """Note that the chosen cooler is back with its owner since today."""
        cooler, today = self._chosen, self._desk.today()
        if cooler is None or not cooler.is_out:
            return
        self._desk.write(
            partial(coolers.bring_back, self._desk.database, cooler.number, today, today),
            said=self.tr("{name} is back. Undo takes that back.").format(name=cooler.name),
        )

    def put_away(self) -> None:
        """Take the chosen cooler off the list."""
        cooler = self._chosen
        if cooler is not None:
            self._desk.write(
                partial(coolers.put_away, self._desk.database, cooler.number, self._desk.today()),
                said=self.tr("{name} is off the list. Undo brings it back.").format(name=cooler.name),
            )

    @property
    def _chosen(self) -> Cooler | None:
        key = self.list.table.chosen_key
        return next((one for one in self._found if one.number == key), None)

    def _show(self, found: tuple[Cooler, ...]) -> None:
        self._found = found
        self.list.set_rows(found)
        sentences = out_by_place(found, self._desk.today(), show_date)
        self.out.setText("\n".join(map(str, sentences)))
        self.out.setVisible(bool(sentences))
        self._show_buttons()

    def _show_buttons(self) -> None:
        cooler = self._chosen
        self.give_button.setEnabled(cooler is not None)
        self.back_button.setEnabled(cooler is not None and cooler.is_out)

    def _ask(self, make: Callable[[tuple[FamilyEntry, ...]], FormDialog]) -> None:
        """Open a dialog once everybody who could have a cooler is read."""

        def show(people: tuple[FamilyEntry, ...]) -> None:
            if self.dialog is None:
                self.dialog = make(people)
                self.dialog.finished.connect(self._on_closed)
                self.dialog.show_at_its_size()

        self._desk.read(partial(households.family_index, self._desk.database), show)

    def _on_closed(self) -> None:
        self.dialog = None
        self.list.table.setFocus()

    def _button(self, words: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.clicked.connect(slot)
        self.list.put_button(button)
        return button

    def _connect(self) -> None:
        self._desk.changed.connect(self.refresh)
        self.list.main_action_wanted.connect(self.add)
        self.list.fill_wanted.connect(self.add)
        self.list.export_wanted.connect(self.export_wanted)
        table = self.list.table
        table.row_opened.connect(self.give)
        table.row_chosen.connect(self._show_buttons)
        actions = []
        for words, slot in (
            (self.tr("Who has it now…"), self.give),
            (self.tr("It came back"), self.bring_back),
            (self.tr("No more in use"), self.put_away),
        ):
            action = QAction(words, self)
            action.triggered.connect(slot)
            actions.append(action)
        table.set_row_actions(actions)
        where = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+N"), self, self.add, context=where)
        QShortcut(QKeySequence("Ctrl+B"), self, self.bring_back, context=where)

    def _columns(self) -> tuple[Column[Cooler], ...]:
        today = self._desk.today
        return (
            Column(QT_TRANSLATE_NOOP("Columns", "Name"), lambda one: one.name, width=22),
            Column(
                QT_TRANSLATE_NOOP("Columns", "Quarts"),
                _quarts,
                lambda one: one.quarts,
                is_number=True,
                width=7,
            ),
            Column(
                QT_TRANSLATE_NOOP("Columns", "Whose"),
                lambda one: _whom(one.owner, translate("Columns", "the network’s")),
                width=22,
            ),
            Column(
                QT_TRANSLATE_NOOP("Columns", "Where it is"),
                lambda one: _whom(one.at, translate("Columns", "with you")),
                icon=lambda one: "hold" if one.is_out else "",
                width=22,
            ),
            Column(
                QT_TRANSLATE_NOOP("Columns", "Since"),
                lambda one: "" if one.since is None else show_date(one.since),
                lambda one: None if one.since is None else one.since.toordinal(),
                width=12,
            ),
            Column(
                QT_TRANSLATE_NOOP("Columns", "Away"),
                lambda one: str(away_words(one, today())) if one.is_out else "",
                lambda one: one.days_out(today()),
                width=10,
            ),
            Column(
                QT_TRANSLATE_NOOP("Columns", "No."), _number, lambda one: one.number, is_number=True, width=5
            ),
        )

    # Overrides of Qt.

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the page begin with its table, or with what fills it."""
        super().focusInEvent(event)
        (self.list.table if self._found else self.list.empty.button).setFocus(event.reason())


def _whom(one: Whom | None, otherwise: str) -> str:
    return otherwise if one is None else f"{one.name} · {one.code}"


def _quarts(one: Cooler) -> str:
    return str(one.quarts)


def _number(one: Cooler) -> str:
    return str(one.number)

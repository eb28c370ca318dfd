"""A page of families with one role: the table and, beside it, the chosen one in detail."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.families.households import Role
from coordinator.domain.maps.drawing import Role as MapRole
from coordinator.domain.records.recall import ANY_DAY
from coordinator.services.families import households
from ui.desk import Desk
from ui.families.family_detail import FamilyDetail
from ui.families.same_family_dialog import SameFamilyDialog
from ui.widgets.file_dialogs import choose_target
from ui.widgets.frame.detail_split import DetailSplit
from ui.widgets.frame.page_slot import PageSlot
from ui.widgets.tables.columns import Column, PreparedRows, prepare_rows
from ui.widgets.tables.filter_chips import Filter
from ui.widgets.tables.list_pane import ListPane
from ui.widgets.tables.row_model import RowTableModel

_MAP_ROLES = {
    Role.DONOR: MapRole.DONOR,
    Role.RECIPIENT: MapRole.RECIPIENT,
    Role.DRIVER: MapRole.DRIVER,
}


@dataclass(frozen=True)
class ListWords:
    """What a list page calls itself and what it says while it is empty."""

    name: str
    title: str
    add: str
    nothing: str


class FamilyListPage(QWidget):
    """Table and details.

    ``add_wanted(role)``, ``form_wanted(role)``, ``import_wanted``, ``export_wanted(headers, rows)``.
    """

    add_wanted = Signal(object)
    form_wanted = Signal(object)
    import_wanted = Signal()
    export_wanted = Signal(list, list)

    def __init__(
        self,
        desk: Desk,
        role: Role,
        words: ListWords,
        columns: Sequence[Column[Any]],
        filters: Sequence[Filter],
        make_detail: Callable[[QWidget], FamilyDetail],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.role = role
        self._wanted = ""
        self.model: RowTableModel[Any] = RowTableModel(columns, lambda row: row.code)
        self.list = ListPane(
            self.model,
            words.name,
            title=words.title,
            main_action=words.add,
            filters=filters,
            settings=desk.settings,
        )
        self.list.begin_at_first()
        self.list.set_empty(words.nothing, self.tr("Open a spreadsheet…"), self.tr("Make a form…"))
        self._make_detail = make_detail
        self._slot = PageSlot(self._made_detail)
        self.split = DetailSplit(self.list, self._slot, words.name, desk.settings, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        self.setFocusProxy(self.list)
        self.map_beside = self.list.put_beside(self._made_map, f"map-of-{words.name}")
        self.map_beside.set_words(
            self.tr("Map"), "map", "Ctrl+Shift+M", self.tr("Map of these {title}").format(title=words.title)
        )
        self._connect()
        self.list.table.set_row_actions(self._row_actions())

    def refresh(self) -> None:
        """Read everybody again; selection, search and sorting stay."""
        read, columns = self._reader(), self.model.columns
        self.desk.read(
            lambda: prepare_rows(read(), columns, lambda row: row.code, self._more_to_search),
            self._show_rows,
        )
        if self._slot.page is not None:
            self.detail.refresh()

    @property
    def detail(self) -> FamilyDetail:
        """The details, made when first asked for: with them the page would take three times as long."""
        return cast("FamilyDetail", self._slot.page or self._slot.fill())

    def show_family(self, code: str) -> None:
        """Choose a family and show its call card."""
        if code != self.detail.shown_code:
            self.detail.open_on_card()
        self._wanted = "" if self.list.table.choose(code) else code
        self._open(code)

    def _show_rows(self, prepared: PreparedRows[Any]) -> None:
        self.model.set_prepared(prepared)
        if self._wanted:  # asked for before there were any rows
            self.list.table.choose(self._wanted)
            self._wanted = ""

    def _reader(self) -> Callable[[], Iterable[Any]]:
        """Return the work that reads everybody."""
        raise NotImplementedError

    def _more_to_search(self, row: Any) -> str:  # noqa: ANN401 - the row of any role
        """Return words of *row* that are searched though no column shows them."""
        return str(row.place_label)

    def _row_actions(self) -> list[QAction]:
        same = QAction(self.tr("Same family as…"), self)
        same.triggered.connect(self._ask_same_family)
        remove = QAction(self.tr("Remove"), self)
        remove.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        remove.triggered.connect(self._remove_chosen)
        forget = QAction(self.tr("Forget this family…"), self)
        forget.triggered.connect(self._ask_to_forget)
        held = QAction(self.tr("What we hold about them…"), self)
        held.triggered.connect(self._save_held)
        return [same, remove, held, forget]

    def _recall_action(self) -> QAction:
        """Return what asks which babies have the milk of the chosen one, or what this one was given."""
        action = QAction(self.tr("Which babies have this milk?"), self)
        action.setShortcut(QKeySequence("Ctrl+B"))
        action.triggered.connect(self._ask_which_babies)
        return action

    def _ask_which_babies(self) -> None:
        code = self.list.table.chosen_key
        if code is not None:
            self.desk.recall_wanted.emit(str(code), ANY_DAY, "")

    def _connect(self) -> None:
        self.desk.changed.connect(self.refresh)
        self.desk.display.changed.connect(self.model.refresh_texts)
        self.list.table.row_chosen.connect(self._open)
        self.list.table.row_opened.connect(partial(self._open, take_focus=True))
        self.list.main_action_wanted.connect(lambda: self.add_wanted.emit(self.role))
        self.list.fill_wanted.connect(self.import_wanted)
        self.list.other_fill_wanted.connect(lambda: self.form_wanted.emit(self.role))
        self.list.export_wanted.connect(self.export_wanted)

    def _made_detail(self, slot: QWidget) -> FamilyDetail:
        detail = self._make_detail(slot)
        detail.closed.connect(self.split.close_detail)
        return detail

    def _made_map(self, slot: QWidget) -> QWidget:
        from ui.families.families_map import FamiliesMap  # noqa: PLC0415 - the map is made when first shown

        made = FamiliesMap(self.desk, self.list.table, _MAP_ROLES[self.role], self._on_card, slot)
        made.unplaced_wanted.connect(lambda: self.list.chips.add(self._without_place()))
        return made

    def _on_card(self, row: Any) -> tuple[str, ...]:  # noqa: ANN401 - likewise
        """Return what the map's card says of *row*."""
        return (row.town,) if row.town else ()

    def _without_place(self) -> Filter:
        return Filter(self.tr("Place not known"), lambda row: row.position is None)

    def _open(self, code: object, *, take_focus: bool = False) -> None:
        if not self.split.is_open:
            self.detail.open_on_card()
        self.detail.show_code(str(code))
        self.split.open_detail(take_focus=take_focus)

    def _remove_chosen(self) -> None:
        if not self.list.table.was_chosen:  # the list only begins there
            return
        for code in self.list.table.chosen_keys:
            self.desk.write(
                partial(households.remove_family, self.desk.database, str(code), self.desk.today()),
                said=self.tr("Removed {name}. Undo brings it back.").format(name=self._called(code)),
            )
        self.split.close_detail()

    def _ask_same_family(self) -> None:
        code = self.list.table.chosen_key
        if code is not None:
            SameFamilyDialog(self.desk, str(code), self, name=self._called(code)).open()

    def _save_held(self) -> None:
        """Write all that is held about the chosen family to a file she chooses."""
        code = self.list.table.chosen_key
        if code is None:
            return
        from coordinator.services.paper.held import save_held  # noqa: PLC0415 - reportlab costs 0.2 s

        kinds = self.tr("PDF (*.pdf);;JSON for programs (*.json)")
        chosen = choose_target(
            self, self.tr("Save what we hold about them"), Path.home() / f"{code}.pdf", kinds
        )
        if chosen is not None:
            self.desk.read(
                partial(save_held, self.desk.database, str(code), chosen.path, self.desk.today()),
                self._say_held,
            )

    def _say_held(self, written: tuple[Path, ...]) -> None:
        words = self.tr("Saved: {path}. It is not locked: give it to the family, then delete it.")
        self.desk.said.emit(words.format(path=written[0]))

    def _ask_to_forget(self) -> None:
        code = self.list.table.chosen_key
        if code is not None:
            from ui.families.forget_dialog import ForgetDialog  # noqa: PLC0415 - not for a first paint

            dialog = ForgetDialog(self.desk, str(code), self)
            dialog.forgotten.connect(self.split.close_detail)
            dialog.open()

    def _called(self, code: Hashable) -> str:
        """Return the name of the family with *code*."""
        at = self.model.position_of(code)
        return str(code if at is None else self.model.row_at(at).name)

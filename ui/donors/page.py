"""The donors page: everybody who has offered milk, and one of them in detail."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.donors import DonorSummary
from coordinator.services import donors, households
from ui.desk import Desk
from ui.donors.columns import donor_columns, donor_filters
from ui.donors.detail import DonorDetail
from ui.widgets.columns import prepare_rows
from ui.widgets.detail_split import DetailSplit
from ui.widgets.list_pane import ListPane
from ui.widgets.row_model import RowTableModel


class DonorsPage(QWidget):
    """The table and, beside it, the chosen donor."""

    add_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal(list, list)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._columns = donor_columns(desk.display)
        self.model: RowTableModel[DonorSummary] = RowTableModel(self._columns, lambda d: d.code)
        self.list = ListPane(
            self.model,
            "donors",
            title=self.tr("Donors"),
            main_action=self.tr("Add a donor"),
            filters=donor_filters(),
            settings=desk.settings,
        )
        self.list.set_empty(
            self.tr("No donors yet. Open the form responses you have."), self.tr("Open a spreadsheet…")
        )
        self.detail = DonorDetail(desk)
        self.split = DetailSplit(self.list, self.detail, "donors", desk.settings)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        self._connect()

    def refresh(self) -> None:
        """Read everybody again; selection, search and sorting stay."""
        database, today = self._desk.database, self._desk.today()
        self._desk.read(
            lambda: prepare_rows(donors.list_donors(database, today), self._columns, lambda d: d.code),
            self.model.set_prepared,
        )
        self.detail.refresh()

    def show_family(self, code: str) -> None:
        """Choose a donor and show the details."""
        self.list.table.choose(code)
        self._open(code)

    def _connect(self) -> None:
        self._desk.changed.connect(self.refresh)
        self._desk.display.changed.connect(self.model.refresh_texts)
        self.list.table.row_chosen.connect(self._open)
        self.list.table.row_opened.connect(self._enter)
        self.list.main_action_wanted.connect(self.add_wanted)
        self.list.fill_wanted.connect(self.import_wanted)
        self.list.export_wanted.connect(self.export_wanted)
        self.detail.closed.connect(self.split.close_detail)
        remove = QAction(self.tr("Remove"), self, shortcut="Del")
        remove.triggered.connect(self._remove_chosen)
        self.list.table.set_row_actions([remove])

    def _open(self, code: object) -> None:
        self.detail.show_donor(str(code))
        self.split.open_detail()

    def _enter(self, code: object) -> None:
        self._open(code)
        self.detail.setFocus()

    def _remove_chosen(self) -> None:
        for code in self.list.table.chosen_keys:
            self._desk.write(
                partial(households.remove_family, self._desk.database, str(code), self._desk.today()),
                said=self.tr("Removed {code}. Undo brings it back.").format(code=code),
            )
        self.split.close_detail()

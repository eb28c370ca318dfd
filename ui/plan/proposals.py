"""The table of proposals, and a line of buttons about what is chosen in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QSpinBox, QVBoxLayout, QWidget

from coordinator.domain.planning.allocating import Key
from coordinator.domain.planning.network import PlanLot
from coordinator.domain.volume import VolumeUnit
from ui.desk import Desk
from ui.plan.columns import proposal_columns, proposal_filters, tint_of, volume_of
from ui.plan.made import Made, PlanRow
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.tables.list_pane import ListPane
from ui.widgets.tables.row_model import RowTableModel
from ui.widgets.tables.tinted_rows import TintedRows


class Proposals(QWidget):
    """What is proposed. ``hold_wanted(keys)``, ``pin_wanted(key, ounces)``, ``forbid_wanted(keys)``.

    ``let_go_wanted(key)``: it is left to the plan again. ``chosen(key)`` when another row is chosen.
    """

    hold_wanted = Signal(list)
    pin_wanted = Signal(object, float)
    let_go_wanted = Signal(object)
    forbid_wanted = Signal(list)
    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._made: Made | None = None
        self.model: RowTableModel[PlanRow] = RowTableModel(
            proposal_columns(desk.display), lambda row: row.key, lambda row: row.proposal.id, tint=tint_of
        )
        self.list = ListPane(
            self.model,
            "plan",
            title=self.tr("Proposals"),
            filters=proposal_filters(),
            settings=desk.settings,
        )
        self.list.begin_at_first()
        self.table = self.list.table
        self.table.setItemDelegate(TintedRows(self.table))
        self.about = Label()
        set_role(self.about, "quiet")
        self.bags = QSpinBox(minimum=1)
        self.unit = Label()
        self.pin, self.forbid = QPushButton(self.tr("Pin")), QPushButton(self.tr("Not to this family"))
        self.hold = QPushButton(self.tr("Hold"))
        set_role(self.hold, "main")
        self._actions = self._make_actions()
        self._lay_out()
        self._connect()
        self._show_chosen()

    def show_made(self, made: Made) -> None:
        """Show the proposals of *made*; what is chosen stays so."""
        self._made = made
        self.list.set_rows(made.rows())
        self._show_chosen()

    def show_again(self) -> None:
        """Show them in other units."""
        self.model.refresh_texts()
        self._show_chosen()

    def row_of(self, key: object) -> PlanRow | None:
        """Return the row of *key* while it is shown."""
        at = None if key is None else self.model.position_of(key)
        return None if at is None else self.model.row_at(at)

    @property
    def row(self) -> PlanRow | None:
        """The row the keyboard is at."""
        return self.row_of(self.table.chosen_key)

    @property
    def keys(self) -> list[Key]:
        """What is chosen: one or many."""
        return [row.key for key in self.table.chosen_keys if (row := self.row_of(key)) is not None]

    def _hold(self) -> None:
        if self.keys:
            self.hold_wanted.emit(self.keys)

    def _pin(self) -> None:
        """Pin it with as many bags as stand in the field; leave it to the plan if it is so already."""
        if (row := self.row) is None:
            return
        wanted = self._ounces(row)
        if row.is_pinned and abs(wanted - row.proposal.ounces) < 0.01:
            self.let_go_wanted.emit(row.key)
        else:
            self.pin_wanted.emit(row.key, wanted)

    def _resize(self, by: int) -> None:
        """Pin a bag (or an ounce) more or less."""
        row = self.row
        if row is not None and self.bags.minimum() <= self.bags.value() + by <= self.bags.maximum():
            self.bags.setValue(self.bags.value() + by)
            self.pin_wanted.emit(row.key, self._ounces(row))

    def _ounces(self, row: PlanRow) -> float:
        """Return how much is wanted: whole bags where they were counted."""
        one, lot = row.proposal, self._lot(row)
        if one.bags:
            return self.bags.value() * (lot.bag_oz if lot is not None else one.ounces / one.bags)
        return one.ounces if self.bags.value() == round(one.ounces) else float(self.bags.value())

    def _forbid(self) -> None:
        if self.keys:
            self.forbid_wanted.emit(self.keys)

    def _show_chosen(self) -> None:
        row, keys = self.row, self.keys
        for widget in (self.bags, self.pin, self.forbid, self.hold):
            widget.setEnabled(bool(keys))
        for action in self._actions:
            action.setEnabled(bool(keys))
        if row is None:
            self.about.setText("")
            return
        free = [key for key in keys if (one := self.row_of(key)) is not None and not one.is_held]
        for control in (self.hold, self._actions[0]):
            control.setEnabled(bool(free))  # what is on hold is not held twice
        _name(
            self.hold, self.tr("Hold") if len(free) < 2 else self.tr("Hold {count}").format(count=len(free))
        )
        is_one = len(keys) == 1
        self.bags.setEnabled(is_one)
        self.pin.setEnabled(is_one)
        self._offer_amounts(row)
        self.about.setText(self._about(keys, row))
        self._name_pin()

    def _about(self, keys: list[Key], row: PlanRow) -> str:
        if len(keys) > 1:
            rows = [one for key in keys if (one := self.row_of(key)) is not None]
            total = self._desk.display.volume(volume_of(sum(one.proposal.ounces for one in rows)))
            return self.tr("{count} chosen, {amount}").format(count=len(keys), amount=total)
        much = self._desk.display.volume(volume_of(row.proposal.ounces))
        return f"{row.proposal.donor_name} → {row.proposal.recipient_name}, {much}"

    def _offer_amounts(self, row: PlanRow) -> None:
        """Offer as many bags as the lot has free; ounces where its bags were not counted."""
        one = row.proposal
        lot = self._lot(row)
        most = one.ounces if lot is None else lot.at_most_oz(one.only_from)
        self.bags.blockSignals(True)
        if one.bags:
            self.bags.setMaximum(max(one.bags, int(most / (one.ounces / one.bags) + 1e-6)))
            self.unit.setText(self.tr("bags"))
            self.bags.setValue(one.bags)
        else:
            self.bags.setMaximum(max(round(one.ounces), int(most)))
            self.unit.setText(VolumeUnit.OZ.value)
            self.bags.setValue(round(one.ounces))
        self.bags.blockSignals(False)

    def _lot(self, row: PlanRow) -> PlanLot | None:
        lots = () if self._made is None else self._made.ground.gathered.network.lots
        return next((lot for lot in lots if lot.code == row.proposal.lot), None)

    def _name_pin(self) -> None:
        row = self.row
        if row is None:
            return
        is_same = abs(self._ounces(row) - row.proposal.ounces) < 0.01
        _name(self.pin, self.tr("Unpin") if row.is_pinned and is_same else self.tr("Pin"))

    def _make_actions(self) -> tuple[QAction, ...]:
        def action(words: str, slot: Callable[[], object], *keys: str) -> QAction:
            made = QAction(words, self)
            made.setShortcuts([QKeySequence(key) for key in keys])
            made.triggered.connect(lambda *_: slot())
            return made

        return (
            action(self.tr("Hold"), self._hold, "Ctrl+Return", "Ctrl+Enter"),
            action(self.tr("Pin, or leave to the plan"), self._pin, "Ctrl+T"),
            action(self.tr("A bag more"), partial(self._resize, 1), "Ctrl++", "Ctrl+="),
            action(self.tr("A bag less"), partial(self._resize, -1), "Ctrl+-"),
            action(self.tr("Not to this family"), self._forbid, "Ctrl+Backspace"),
        )

    def _connect(self) -> None:
        self.table.set_row_actions(self._actions)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.table.row_opened.connect(lambda _: self.bags.setFocus())
        self.bags.valueChanged.connect(lambda _: self._name_pin())
        self.bags.lineEdit().returnPressed.connect(self._pin)
        self.pin.clicked.connect(lambda *_: self._pin())
        self.forbid.clicked.connect(lambda *_: self._forbid())
        self.hold.clicked.connect(lambda *_: self._hold())

    def _on_chosen(self, key: object) -> None:
        self._show_chosen()
        self.chosen.emit(key)

    def _lay_out(self) -> None:
        self.bags.setAccessibleName(self.tr("How many bags"))
        for button, keys in (
            (self.pin, "Ctrl+T"),
            (self.forbid, "Ctrl+Backspace"),
            (self.hold, "Ctrl+Enter"),
        ):
            button.setAccessibleName(button.text())
            button.setToolTip(f"{button.text()} ({keys})")
        for level in (self.about, self.bags, self.unit):
            level.setMinimumHeight(self.pin.sizeHint().height())
        line = QWidget()
        flow = FlowLayout(line)
        for widget in (self.about, self.bags, self.unit, self.pin, self.forbid, self.hold):
            flow.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list, stretch=1)
        below = QVBoxLayout()
        below.setContentsMargins(SPACE_LARGE, SPACE_SMALL, SPACE_LARGE, SPACE)
        below.addWidget(line)
        layout.addLayout(below)
        self.list.title.hide()
        self.setFocusProxy(self.list)


def _name(button: QPushButton, words: str) -> None:
    button.setText(words)
    button.setAccessibleName(words)

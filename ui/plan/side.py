"""Beside the proposals: the calls they hang on, who is not served, what was wished."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QTabWidget, QWidget

from coordinator.domain.planning.network import Wishes
from coordinator.domain.planning.plan import Unserved
from ui.desk import Desk
from ui.plan.calls_part import CallsPart
from ui.plan.columns import WishRow, unserved_columns, wish_columns
from ui.plan.made import Made
from ui.plan.plan_map import PlanMap
from ui.plan.weights_part import WeightsPart
from ui.plan.words_below import WordsBelow
from ui.widgets.tables.row_model import RowTableModel


class Side(QTabWidget):
    """``let_go_wanted(key)``: a wish is taken back."""

    let_go_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName(self.tr("Calls, who is not served, and your wishes"))
        self.tabBar().setAccessibleName(self.tr("About the plan"))
        self.calls = CallsPart(desk)
        self.to_family = QPushButton(self.tr("Open the family"))
        unserved: RowTableModel[Unserved] = RowTableModel(unserved_columns(), lambda one: one.recipient)
        self.unserved = WordsBelow(
            unserved,
            "plan-unserved",
            self.tr("Not served in full"),
            lambda one: str(one.why),
            (self.to_family,),
            desk.settings,
        )
        self.unserved.nothing = self.tr("Every family is served in full, if all answers are as hoped.")
        self.map, self.weights = PlanMap(desk), WeightsPart(desk)
        self.let_go = QPushButton(self.tr("Leave it to the plan"))
        wishes: RowTableModel[WishRow] = RowTableModel(wish_columns(desk.display), lambda row: row.key)
        self.wishes = WordsBelow(
            wishes, "plan-wishes", self.tr("Your wishes"), self._wish_words, (self.let_go,), desk.settings
        )
        self.wishes.nothing = self.tr(
            "Nothing is pinned or kept from a family. Choose a proposal: Ctrl+T pins it, "
            "Ctrl+Backspace plans without it."
        )
        for widget, words in (
            (self.calls, self.tr("Calls")),
            (self.unserved, self.tr("Not served in full")),
            (self.map, self.tr("Map")),
            (self.wishes, self.tr("Your wishes")),
            (self.weights, self.tr("Weights")),
        ):
            self.addTab(widget, words)
        self._connect()

    def show_made(self, made: Made) -> None:
        """Show what *made* says beside its proposals."""
        self.calls.show_plan(made.plan)
        self.unserved.show_rows(made.plan.unserved)
        self.map.show_made(made)
        self.weights.show_policy(made.ground.policy)
        for part, words, count in (
            (self.calls, self.tr("Calls ({count})"), len(made.plan.calls)),
            (self.unserved, self.tr("Not served in full ({count})"), len(made.plan.unserved)),
        ):
            self.setTabText(self.indexOf(part), words.format(count=count))

    def show_wishes(self, wishes: Wishes, made: Made | None) -> None:
        """Show the *wishes* kept now, by name where *made* knows the families."""
        rows = list(_wish_rows(wishes, made))
        self.wishes.show_rows(rows)
        words = self.tr("Your wishes ({count})") if rows else self.tr("Your wishes")
        self.setTabText(self.indexOf(self.wishes), words.format(count=len(rows)))

    def _wish_words(self, row: WishRow) -> str:
        return f"{row.donor} → {row.family}: {row.words}"

    def _connect(self) -> None:
        self.to_family.clicked.connect(lambda *_: self._open_family())
        self.unserved.table.row_opened.connect(lambda _: self._open_family())
        self.let_go.clicked.connect(lambda *_: self._let_go())
        self.wishes.table.row_opened.connect(lambda _: self._let_go())
        key = QKeySequence(Qt.Key.Key_Delete)
        QShortcut(key, self.wishes.table, self._let_go, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _open_family(self) -> None:
        if self.unserved.chosen is not None:
            self._desk.page_wanted.emit("matching", self.unserved.chosen.recipient)

    def _let_go(self) -> None:
        if self.wishes.chosen is not None:
            self.let_go_wanted.emit(self.wishes.chosen.key)


def _wish_rows(wishes: Wishes, made: Made | None) -> list[WishRow]:
    network = made.ground.gathered.network if made is not None else None
    lots = {lot.code: lot.donor_name for lot in network.lots} if network else {}
    babies = {baby.code: baby.name for baby in network.babies} if network else {}
    planned = made.amounts if made is not None else None

    def row(lot: str, baby: str, ounces: float | None) -> WishRow:
        is_followed = ounces is None or planned is None or (lot, baby) in planned
        return WishRow((lot, baby), lots.get(lot, lot), babies.get(baby, baby), ounces, is_followed)

    pins = [row(lot, baby, ounces) for (lot, baby), ounces in sorted(wishes.pins.items())]
    return [*pins, *(row(lot, baby, None) for lot, baby in sorted(wishes.forbidden))]

"""Where every ounce went: by lot, donor, family or month, and the coolers, ice packs and bags lent."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.records.ledger import By, LedgerLine, Went, sum_of
from coordinator.domain.records.recall import ANY_DAY
from coordinator.domain.records.things_out import OutLine, count_out
from coordinator.services.records.ledger import Ledger, ledger
from ui.desk import Desk
from ui.records.ledger_columns import (
    ledger_columns,
    ledger_filters,
    lent_columns,
    lent_filters,
)
from ui.records.ledger_detail import LedgerDetail
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.translation import translate
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.frame.detail_split import DetailSplit
from ui.widgets.frame.tab_order import focus_goes_to
from ui.widgets.label import Label
from ui.widgets.tables.list_pane import ListPane
from ui.widgets.tables.row_model import RowTableModel

_VIEW_KEY = "ledger/view"
_LENT = "lent"


class LedgerPage(QWidget):
    """Tables that share one pane. Enter opens a line, Ctrl+N tells what became of milk, Esc closes."""

    export_wanted = Signal(list, list)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Ledger | None = None
        self._chosen: tuple[str, str] = ("", "")
        self._wanted = ""
        self.heading = Label(self.tr("Where every ounce went"))
        set_role(self.heading, "heading")
        self.sums = Label(wordWrap=True)
        set_role(self.sums, "quiet")
        self.lists: dict[str, ListPane] = {by.value: self._ledger_list(by) for by in By}
        self.lists[_LENT] = self._lent_list()
        self.tabs: dict[str, QPushButton] = {}
        self.detail = LedgerDetail(desk)
        self._lay_out()
        self._connect()
        self.show_view(str(desk.settings.value(_VIEW_KEY) or "") if desk.settings is not None else "")

    @property
    def list(self) -> ListPane:
        """The table in front."""
        return self.lists[self.view]

    @property
    def view(self) -> str:
        """The name of the table in front: ``lot``, ``donor``, ``family``, ``month`` or ``lent``."""
        return next((name for name, tab in self.tabs.items() if tab.isChecked()), By.LOT.value)

    def refresh(self) -> None:
        """Read the ledger again."""
        database, today = self._desk.database, self._desk.today()
        self._desk.read(lambda: ledger(database, today), self._show)

    def show_view(self, name: str) -> None:
        """Bring the table called *name* to the front, and remember it."""
        name = name if name in self.lists else By.LOT.value
        self.tabs[name].setChecked(True)
        self.views.setCurrentWidget(self.lists[name])
        if self._desk.settings is not None:
            self._desk.settings.setValue(_VIEW_KEY, name)
        self.split.close_detail()
        self._say_sums()

    def show_family(self, code: str) -> None:
        """Show the line of the lot, donor or family with *code*."""
        names = {CodeLetter.LOT: By.LOT, CodeLetter.DONOR: By.DONOR, CodeLetter.RECIPIENT: By.FAMILY}
        by = names.get(letter_of(code) or CodeLetter.LOT, By.LOT)
        self.show_view(by.value)
        self._chosen = (by.value, code)
        self._wanted = code
        if self.list.table.choose(code):
            self._wanted = ""
            self._open(by.value, code)

    def tell(self) -> None:
        """Ask what became of milk of the line that is chosen."""
        code = self.list.table.chosen_key
        if self.view != _LENT and code is not None:
            self._open(self.view, str(code))
            self.detail.tell()

    def _show(self, found: Ledger) -> None:
        self._found = found
        for by in By:
            self.lists[by.value].set_rows(found.lines(by))
        self.lists[_LENT].set_rows(found.out)
        self._say_sums()
        name, code = self._chosen
        if self._wanted and name == self.view and self.list.table.choose(self._wanted):
            self._open(name, code)  # it was asked for before anything was read
        elif code and self.split.is_open and name == self.view:
            self._open(name, code)
        self._wanted = ""

    def _say_sums(self) -> None:
        if self._found is None:
            return
        if self.view == _LENT:
            out = count_out(self.list.model.all_rows())
            self.sums.setText(self.tr("{count} not back yet").format(count=out) if out else "")
            return
        model = self.list.model
        shown = [model.row_at(at) for at in range(model.rowCount())]
        total = sum_of(shown)
        self.sums.setText("" if total is None else self._sentence(total))

    def _sentence(self, total: LedgerLine) -> str:
        """Return the whole sum as one line: ``100 oz offered = 60 oz delivered + 40 oz still there``."""
        amount = self._desk.display.volume
        parts = [
            translate("LedgerPage", "{amount} {went}").format(amount=amount(total.went[one]), went=one.words)
            for one in Went
            if total.went[one]
        ]
        if total.offered is not None and total.there is None:
            offered = self.tr("{amount} offered").format(amount=amount(total.offered))
            parts.insert(0, offered)
        if total.offered is None or total.there is None:
            return " · ".join(parts)
        parts.append(self.tr("{amount} still there").format(amount=amount(total.there)))
        if total.untold:
            parts.append(self.tr("{amount} not told of").format(amount=amount(total.untold)))
        words = self.tr("{amount} offered = {parts}")
        return words.format(amount=amount(total.offered), parts=" + ".join(parts))

    def _open(self, name: str, code: str) -> None:
        """Show the line *code* of the table *name* beside it."""
        if self._found is None:
            return
        line = next((one for one in self._found.lines(By(name)) if one.key == code), None)
        if line is None:
            self.split.close_detail()
            return
        self._chosen = (name, code)
        self.detail.show_line(line, self._found)
        self.split.open_detail()

    def _open_pair(self, key: object) -> None:
        found = self._found.out if self._found is not None else ()
        codes = next((one.codes for one in found if one.key == key), ())
        if len(codes) == 2:
            self._desk.pair_wanted.emit(*codes)
        elif codes:
            self._desk.family_wanted.emit(codes[0])

    def _close(self) -> None:
        self.split.close_detail()
        self.list.table.setFocus()

    def _ledger_list(self, by: By) -> ListPane:
        model: RowTableModel[LedgerLine] = RowTableModel(
            ledger_columns(by, self._desk.display), lambda line: line.key
        )
        pane = self._pane(model, by.value, str(by.words), ledger_filters(by))
        pane.set_empty(
            self.tr("No milk has been offered yet. Add a donor, or open a spreadsheet: her milk stands here.")
            if by in {By.LOT, By.DONOR}
            else self.tr("No milk has gone anywhere yet. What a settled pickup brought stands here.")
        )
        pane.table.row_opened.connect(lambda code: self._open(by.value, str(code)))
        pane.table.row_chosen.connect(partial(self._follow, by.value))
        if by is not By.MONTH:
            pane.table.set_row_actions([self._recall_action(pane)])
        return pane

    def _recall_action(self, pane: ListPane) -> QAction:
        action = QAction(self.tr("Which babies have this milk?"), self)
        action.setShortcut(QKeySequence("Ctrl+B"))
        action.triggered.connect(partial(self._ask_which, pane))
        return action

    def _ask_which(self, pane: ListPane, *_: object) -> None:
        code = pane.table.chosen_key
        if code is not None:
            self._desk.recall_wanted.emit(str(code), ANY_DAY, "")

    def _follow(self, name: str, code: object) -> None:
        """Let the open pane follow the table."""
        if self.split.is_open:
            self._open(name, str(code))

    def _lent_list(self) -> ListPane:
        model: RowTableModel[OutLine] = RowTableModel(lent_columns(), lambda line: line.key)
        pane = self._pane(model, _LENT, self.tr("Coolers, ice packs and bags"), lent_filters())
        pane.set_empty(
            self.tr("Nothing is out. A cooler lent on the page of two families, or to a driver, stands here.")
        )
        pane.table.row_opened.connect(self._open_pair)
        return pane

    def _pane(self, model: RowTableModel[Any], name: str, title: str, filters: Any) -> ListPane:  # noqa: ANN401 - as ListPane has them
        pane = ListPane(model, f"ledger-{name}", title=title, filters=filters, settings=self._desk.settings)
        pane.title.hide()
        pane.begin_at_first()
        pane.export_wanted.connect(self.export_wanted)
        model.layoutChanged.connect(self._say_sums)
        return pane

    def _connect(self) -> None:
        self._desk.changed.connect(self.refresh)
        self._desk.display.changed.connect(self.refresh)
        self.detail.closed.connect(self._close)
        self.detail.wanted.connect(self._desk.family_wanted)
        focus_goes_to(self, lambda: self.list)
        where = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+N"), self, self.tell, context=where)
        for step, keys in ((1, "Alt+Right"), (-1, "Alt+Left")):
            QShortcut(QKeySequence(keys), self, partial(self._go_by, step), context=where)

    def _go_by(self, step: int) -> None:
        """Bring the next or the last table to the front."""
        names = list(self.lists)
        self.show_view(names[(names.index(self.view) + step) % len(names)])
        self.list.setFocus()

    def _lay_out(self) -> None:
        top = QWidget()
        flow = FlowLayout(top)
        flow.addWidget(self.heading)
        group = QButtonGroup(self)
        words = {by.value: str(by.words) for by in By} | {_LENT: self.tr("Coolers, ice packs and bags")}
        for name, word in words.items():
            tab = self.tabs[name] = QPushButton(word)
            set_role(tab, "tab")
            tab.setCheckable(True)
            tab.setAccessibleName(word)
            group.addButton(tab)
            tab.clicked.connect(partial(self.show_view, name))
            flow.addWidget(tab)
        self.views = QStackedWidget()
        for pane in self.lists.values():
            self.views.addWidget(pane)
        main = QWidget()
        down = QVBoxLayout(main)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        about = QVBoxLayout()
        about.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, 0)
        about.addWidget(top)
        about.addWidget(self.sums)
        down.addLayout(about)
        down.addWidget(self.views, stretch=1)
        self.split = DetailSplit(main, self.detail, "ledger", self._desk.settings, self)
        self.split.share(3, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)

    # Overrides of Qt.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the pane, once no field wants it."""
        if event.key() == Qt.Key.Key_Escape and self.split.is_open:
            self._close()
        else:
            super().keyPressEvent(event)

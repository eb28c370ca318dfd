"""The promises page: everything between a hold and the question how it went, as a board or as a table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.agreements.board import Card, Station
from coordinator.domain.agreements.case_steps import Act, Turn
from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.moving_on import moving_on, side_to_tell
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.services.agreements.asking import record_asked
from coordinator.services.agreements.board import promises
from coordinator.services.agreements.cases import Around, around
from ui.cases.asking import note_yes
from ui.cases.choice_dialog import tell_and_choose
from ui.cases.next_step import take_step
from ui.cases.other_steps import other_steps
from ui.desk import Desk
from ui.families.call_card import CallCard
from ui.families.card_pane import CardPane
from ui.promises.board import Board
from ui.promises.columns import promise_columns, promise_filters
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.frame.detail_split import DetailSplit
from ui.widgets.frame.tab_order import focus_goes_to
from ui.widgets.label import Label
from ui.widgets.rows import text_label
from ui.widgets.tables.empty_state import EmptyState
from ui.widgets.tables.list_pane import ListPane
from ui.widgets.tables.row_model import RowTableModel

_VIEW_KEY = "promises/view"


class PromisesPage(QWidget):
    """Board and table show the same cards. Enter does the next step, M moves one on, Undo takes it back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._cards: tuple[Card, ...] = ()
        self._is_read = False
        self._left: dict[str, LeftBehind] = {}
        self.figures = Label()
        set_role(self.figures, "quiet")
        self.empty = EmptyState()
        self.empty.say(
            self.tr("No milk is promised yet. Find some for a family and hold it: it stands here then."),
            self.tr("Go to Match"),
        )
        self.empty.wanted.connect(lambda: desk.page_wanted.emit("matching", ""))
        self.board = Board(self.do)
        self.model: RowTableModel[Card] = RowTableModel(
            promise_columns(desk.display), lambda card: card.hold.code
        )
        self.list = ListPane(
            self.model,
            "promises",
            title=self.tr("Promises"),
            filters=promise_filters(),
            settings=desk.settings,
        )
        self.card = CallCard(desk, is_call=True)
        self.card.show_family("")
        self._lay_out()
        self._connect()
        self.show_view(str(desk.settings.value(_VIEW_KEY) or "board") if desk.settings else "board")

    def refresh(self) -> None:
        """Read every promise again."""
        database, today = self._desk.database, self._desk.today()

        def work() -> tuple[Around, tuple[Card, ...]]:
            known = around(database, today)
            return known, promises(database, today, known)

        self._desk.read(work, self._show)

    def show_family(self, code: str) -> None:
        """Choose the promise ``H-…``, or the first of the family or donor with *code*."""
        for one in self._cards:
            if code in {one.hold.code, one.hold.recipient_code, one.hold.donor_code}:
                self.board.stand_on(one.hold.code)
                self.list.table.choose(one.hold.code)
                return

    def show_view(self, name: str) -> None:
        """Show the promises as ``"board"`` or as ``"table"``, and remember it."""
        is_table = name == "table"
        self.as_table.setChecked(is_table)
        self.as_board.setChecked(not is_table)
        self._show_one_view()
        if self._desk.settings is not None:
            self._desk.settings.setValue(_VIEW_KEY, "table" if is_table else "board")

    def do(self, card: Card) -> None:
        """Do the next step of *card*, or go where it is done."""
        take_step(self._desk, card.next, self.ring, self._left, self)

    def move_on(self, card: Card) -> None:
        """Write down what moves *card* to the next column; where more is to be said, go there."""
        step, hold = moving_on(card), card.hold
        if card.station is Station.PROPOSED and step.act is Act.ASK_DONOR:
            asked = partial(record_asked, self._desk.database, hold.code, Side.DONOR, self._desk.today())
            self._desk.write(asked)
        elif step.act is Act.NOTE_YES and step.side is not None:
            self._desk.write(note_yes(self._desk, hold.code, step.side))
        else:
            take_step(self._desk, step, self.ring, self._left, self)

    def tell(self, card: Card) -> None:
        """Show what the side whose yes is next is told before it, and record what it chooses."""
        side = side_to_tell(card)
        if side is None:
            self.do(card)
        else:
            tell_and_choose(self._desk, card.hold.code, side, self)

    def ring(self, code: str) -> None:
        """Open the call card of the household with *code*, ready for the first answer."""
        self.card.show_family(code)
        self.split.open_detail()
        self.card.begin()

    def _show(self, found: tuple[Around, tuple[Card, ...]]) -> None:
        known, self._cards = found
        waits_for_cards = self.hasFocus() or (self.empty.button.hasFocus() and bool(self._cards))
        self._is_read = True
        self._left = {one.hold_code: one for one in known.left}
        self.board.show_cards(self._cards)
        self.model.set_rows(self._cards)
        self.figures.setText(self._figures())
        self._show_one_view()
        if waits_for_cards:  # the keyboard came before they were read
            QTimer.singleShot(0, self, self._come_in)  # once they are shown

    def _show_one_view(self) -> None:
        view = self.list if self.as_table.isChecked() else self.board
        self.views.setCurrentWidget(view if self._cards else self.empty)

    def _figures(self) -> str:
        mine = sum(one.turn is Turn.YOU for one in self._cards)
        late = sum(one.is_late for one in self._cards)
        words = self.tr("{all} in all · {mine} your turn · {late} late")
        return words.format(all=len(self._cards), mine=mine, late=late) if self._cards else ""

    def _menu(self, card: Card, beside: QWidget) -> None:
        """Offer what else can be done about *card*."""
        menu = QMenu(self.window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if card.strand is not None:
            for words, slot in other_steps(self._desk, card.strand, self.ring, self._left, self):
                menu.addAction(words, slot)
        pair = partial(self._desk.pair_wanted.emit, card.hold.donor_code, card.hold.recipient_code)
        if card.strand is None:
            menu.addAction(self.tr("What passed between the two…"), pair)
        for words, code in (
            (self.tr("Open the donor"), card.hold.donor_code),
            (self.tr("Open the family"), card.hold.recipient_code),
        ):
            menu.addAction(words, partial(self._desk.family_wanted.emit, code))
        menu.popup(beside.mapToGlobal(QPoint(0, beside.height())))

    def _open_pair(self, card: Card) -> None:
        self._desk.pair_wanted.emit(card.hold.donor_code, card.hold.recipient_code)

    def _of_row(self, code: object) -> Card | None:
        return next((one for one in self._cards if one.hold.code == code), None)

    def _open_row(self, code: object) -> None:
        if (card := self._of_row(code)) is not None:
            self.do(card)

    def _with_row(self, does: Callable[[Card], None]) -> None:
        card = self._of_row(self.list.table.chosen_key)
        if card is not None:
            does(card)

    def _entrance(self) -> QWidget | None:
        """Return what takes the focus given to the page: the card chosen last, or the first."""
        if not self._cards:
            return self.empty.button if self._is_read else None
        return self.list.table if self.as_table.isChecked() else self.board.entrance()

    def _come_in(self) -> None:
        if (entrance := self._entrance()) is not None:
            entrance.setFocus()

    def _connect(self) -> None:
        focus_goes_to(self, self._entrance)
        self._desk.changed.connect(self.refresh)
        self._desk.display.changed.connect(self.refresh)
        self.board.moved_on.connect(self.move_on)
        self.board.telling_wanted.connect(self.tell)
        self.board.menu_wanted.connect(self._menu)
        self.board.pair_wanted.connect(self._open_pair)
        self.list.table.row_opened.connect(self._open_row)
        for key, does in ((Qt.Key.Key_M, self.move_on), (Qt.Key.Key_T, self.tell)):
            slot = partial(self._with_row, does)
            where = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(key), self.list.table, slot, context=where)

    def _lay_out(self) -> None:
        heading = Label(self.tr("Promises"))
        set_role(heading, "heading")
        self.by_family = QPushButton(self.tr("By family"))
        set_role(self.by_family, "tab")
        self.by_family.setToolTip(self.tr("Match: one family and its donors"))
        self.by_family.clicked.connect(lambda: self._desk.page_wanted.emit("matching", ""))
        self.plan = QPushButton(self.tr("The plan"))
        set_role(self.plan, "tab")
        self.plan.setToolTip(self.tr("Who gets which milk over the next weeks, for everybody at once"))
        self.plan.clicked.connect(lambda: self._desk.page_wanted.emit("plan", ""))
        self.as_board = QPushButton(self.tr("Board"))
        self.as_table = QPushButton(self.tr("Table"))
        group = QButtonGroup(self)
        for name, button in (("board", self.as_board), ("table", self.as_table)):
            set_role(button, "tab")
            button.setCheckable(True)
            group.addButton(button)
            button.clicked.connect(partial(self.show_view, name))
        top = QHBoxLayout()
        top.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, 0)
        top.setSpacing(SPACE)
        for widget in (heading, self.by_family, self.plan, self.as_board, self.as_table):
            top.addWidget(widget)
        top.addWidget(self.figures, stretch=1)
        hint = text_label(
            self.tr("Enter: next step · T: tell and note the choice · M: move on · Ctrl+Z: take back"),
            "quiet",
        )
        self.views = QStackedWidget()
        self.views.addWidget(self.board)
        self.views.addWidget(self.list)
        self.views.addWidget(self.empty)
        self.list.title.hide()
        main = QWidget()
        down = QVBoxLayout(main)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(SPACE)
        down.addLayout(top)
        about = QVBoxLayout()
        about.setContentsMargins(SPACE_LARGE, 0, SPACE_LARGE, 0)
        about.addWidget(hint)
        down.addLayout(about)
        down.addWidget(self.views, stretch=1)
        pane = CardPane(self.card)
        pane.close_button.clicked.connect(self._close_card)
        self.split = DetailSplit(main, pane, "promises", self._desk.settings, self)
        self.split.share(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)

    def _close_card(self) -> None:
        self.split.close_detail()
        self.board.stand_on(self.board.chosen_code)

    # Overrides of Qt.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the card, once no field wants it."""
        if event.key() == Qt.Key.Key_Escape and self.split.is_open:
            self._close_card()
        else:
            super().keyPressEvent(event)

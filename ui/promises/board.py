"""The board of promises: a column for each stage, narrow while it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from coordinator.domain.agreements.board import Card, Station
from ui.promises.card import PromiseCard
from ui.theme import SPACE, SPACE_SMALL, set_role
from ui.widgets.scrolling import scrolling
from ui.widgets.wrapped_label import WrappedLabel

_EMPTY_CHARACTERS, _FILLED_CHARACTERS = 11, 20


class Board(QWidget):
    """Eight columns beside each other.

    ``chosen(card)``, ``moved_on(card)``, ``telling_wanted(card)``, ``menu_wanted(card, beside)``,
    ``pair_wanted(card)``.
    """

    chosen = Signal(object)
    moved_on = Signal(object)
    telling_wanted = Signal(object)
    menu_wanted = Signal(object, object)
    pair_wanted = Signal(object)

    def __init__(self, does: Callable[[Card], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._does = does
        self._columns: list[list[PromiseCard]] = []
        self._chosen = ""
        self._shown: tuple[Card, ...] = ()
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(lambda: self.show_cards(self._shown))
        self._body = QWidget()
        self._across = QHBoxLayout(self._body)
        self._across.setContentsMargins(SPACE, 0, SPACE, SPACE)
        self._across.setSpacing(SPACE)
        self._area = scrolling(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)

    @property
    def cards(self) -> list[PromiseCard]:
        """Every card, column by column."""
        return [card for column in self._columns for card in column]

    @property
    def chosen_code(self) -> str:
        """The hold whose card was chosen last."""
        return self._chosen

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show *cards*; the one that had the focus keeps it, wherever it stands now."""
        self._shown = tuple(cards)
        chosen, had_focus = self._chosen, self.window().focusWidget() in self.cards
        while item := self._across.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._chosen = chosen  # a card that goes hands its focus to another
        self._columns = []
        for station in Station:
            self._add_column(station, [one for one in cards if one.station is station])
        if had_focus:
            QTimer.singleShot(0, self, partial(self.stand_on, chosen))  # once they are shown

    def stand_on(self, hold: str) -> None:
        """Put the focus on the card of *hold*, or on the first."""
        found = self._card_of(hold)
        if found is not None:
            found.setFocus()

    def entrance(self) -> QWidget:
        """Return the card that was chosen last, or the first: where the keyboard comes in."""
        return self._card_of(self._chosen) or self

    def _card_of(self, hold: str) -> PromiseCard | None:
        cards = self.cards
        return next((one for one in cards if one.card.hold.code == hold), cards[0] if cards else None)

    def _add_column(self, station: Station, cards: Sequence[Card]) -> None:
        column = QFrame()
        set_role(column, "station")
        down = QVBoxLayout(column)
        down.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        down.setSpacing(SPACE_SMALL)
        title = WrappedLabel(f"{station.words} {len(cards) or ''}".strip())
        set_role(title, "strong" if cards else "quiet")
        down.addWidget(title)
        title.ensurePolished()
        characters = _FILLED_CHARACTERS if cards else _EMPTY_CHARACTERS
        longest = max(map(title.fontMetrics().horizontalAdvance, title.text().split()))
        least = self.fontMetrics().averageCharWidth() * characters
        shown = [self._card(one) for one in cards]
        for widget in shown:
            down.addWidget(widget)
        widest = max((one.widest_button() for one in shown), default=0)
        column.setMinimumWidth(max(least, max(longest, widest) + 4 * SPACE_SMALL + 2 * column.frameWidth()))
        down.addStretch()
        self._columns.append(shown)
        self._across.addWidget(column, stretch=3 if cards else 1)

    def _card(self, card: Card) -> PromiseCard:
        widget = PromiseCard(card, partial(self._does, card))
        widget.chosen.connect(partial(self._choose, card))
        widget.moved_on.connect(partial(self.moved_on.emit, card))
        widget.telling_wanted.connect(partial(self.telling_wanted.emit, card))
        widget.menu_wanted.connect(partial(self.menu_wanted.emit, card, widget))
        widget.pair_wanted.connect(partial(self.pair_wanted.emit, card))
        widget.passed.connect(partial(self._pass, widget))
        widget.mark_chosen(is_chosen=card.hold.code == self._chosen)
        return widget

    def _choose(self, card: Card) -> None:
        self._chosen = card.hold.code
        for one in self.cards:
            one.mark_chosen(is_chosen=one.card.hold.code == self._chosen)
        self.chosen.emit(card)

    def _pass(self, widget: PromiseCard, columns: int, cards: int) -> None:
        """Go to the next card of the column, or to the nearest column that has any."""
        filled = [column for column in self._columns if column]
        at = next(number for number, column in enumerate(filled) if widget in column)
        row = filled[at].index(widget)
        to = filled[min(max(at + columns, 0), len(filled) - 1)]
        goal = to[min(max(row + cards, 0), len(to) - 1)]
        goal.setFocus()
        self._area.ensureWidgetVisible(goal)

    # Overrides of Qt.

    def changeEvent(self, event: QEvent) -> None:
        """Give the columns the room that titles need in another size of text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self._shown:
            self._again.start()

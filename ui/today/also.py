"""What can wait: cards behind one line of words, folded until she asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import SPACE
from ui.today.card import Card
from ui.widgets.fold import Fold


class Also(Fold):
    """Cards that press less, with how many lines they have; not there while they have none."""

    def __init__(self, cards: Sequence[Card], parent: QWidget | None = None) -> None:
        super().__init__("", tuple, parent)
        self._cards = tuple(cards)
        inside = QVBoxLayout()
        inside.setSpacing(SPACE)
        for card in cards:
            inside.addWidget(card)
        body = self.body.layout()
        if isinstance(body, QVBoxLayout):
            body.addLayout(inside)
        self.count()

    def count(self) -> None:
        """Say how many lines stand behind it, once the cards have theirs."""
        in_all = sum(card.in_all for card in self._cards)
        self.set_words(self.tr("Also  {count}").format(count=in_all))
        self.setVisible(bool(in_all))

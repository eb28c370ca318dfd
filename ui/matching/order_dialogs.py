"""What the Match page opens about its order: what counts and how much, and who else could use some milk."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from coordinator.domain.matching.weights import Weights
from coordinator.services.matching.scoring import ranking_policy
from ui.desk import Desk
from ui.matching.ranked_how import RankedHow
from ui.matching.who_could_use import WhoCouldUse


class OrderDialogs(QObject):
    """Keeps the sliders that are open; ``weights_moved(weights)`` as they move.

    ``match_wanted(family, donor)`` asks for a family that was found from a donor's side.
    """

    weights_moved = Signal(object)
    match_wanted = Signal(str, str)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._weights: Weights = ranking_policy().weights
        self.how: RankedHow | None = None

    def show_weights(self, weights: Weights) -> None:
        """Know by which *weights* the page is in order; sliders that are open follow."""
        self._weights = weights
        if self.how is not None:
            self.how.show_weights(weights)

    def explain(self) -> None:
        """Say how this is ranked, with sliders that the order follows."""
        if self.how is None:
            self.how = RankedHow(self._desk, ranking_policy(), self._weights, self._page.window())
            self.how.weights_moved.connect(self.weights_moved)
            self.how.destroyed.connect(self._forget)
        self.how.show()
        self.how.raise_()
        self.how.activateWindow()

    def who_could_use(self, code: str) -> WhoCouldUse:
        """Open the families that the milk of a donor, or one lot of it, would help most."""
        dialog = WhoCouldUse(self._desk, code, self._page.window())
        dialog.match_wanted.connect(self.match_wanted)
        dialog.show()
        dialog.activateWindow()
        return dialog

    def _forget(self) -> None:
        self.how = None

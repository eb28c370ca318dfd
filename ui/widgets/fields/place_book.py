"""What a place field asks: towns and ZIPs out of the offline gazetteer, never out of the network."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from coordinator.domain.places.names import PlaceHit
from coordinator.domain.places.positions import Position
from coordinator.services.places import suggestions
from ui.desk import Desk


class PlaceBook(QObject):
    """The gazetteer as the fields of one window see it; ``ready`` once the post office's names are there.

    Answers come at once. The names of the post office are gathered beside the window when somebody first goes
    into a place field; until then fewer towns are offered and none is called unknown.
    """

    ready = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._is_begun = False
        self._near: Position | None = None

    @classmethod
    def of(cls, desk: Desk) -> PlaceBook:
        """Return the one book of *desk*."""
        return desk.findChild(cls) or cls(desk)

    def begin(self) -> None:
        """Learn where the network's region is and have the names gathered; nothing the second time."""
        if self._is_begun or not self._desk.is_open:
            return
        self._is_begun = True
        self._desk.read(partial(suggestions.own_region, self._desk.database), self._learn_region)
        # Not on the desk's own thread: a page asked for meanwhile would wait two seconds.
        self._desk.online.run(suggestions.prepare_places, lambda _: self.ready.emit(), self._desk.complain)

    def suggest(self, text: str) -> tuple[PlaceHit, ...]:
        """Return what *text* may become, best first."""
        return suggestions.suggest_places(text, self._near)

    def unknown_town(self, town: str, state: str) -> suggestions.Unknown | None:
        """Return what to say of a town that is in no list, if anything."""
        return suggestions.unknown_town(town, state, self._near)

    def is_zip_known(self, zip_code: str) -> bool:
        """Tell whether there is such a ZIP."""
        return suggestions.is_zip_known(zip_code)

    def _learn_region(self, near: Position | None) -> None:
        self._near = near

"""The stops of a pickup as a list model: rows that can be dragged to another place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.pickups.lunch import Lunch
from coordinator.domain.pickups.plans import Pickup, PickupState, Stop, StopKind
from ui.pickups.pickup_words import amount, stop_words
from ui.units import Display
from ui.widgets.fields.typed_dates import show_time

Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
STOP_ROLE = int(Qt.ItemDataRole.UserRole)
"""Role of the stop's :class:`StopText`."""


@dataclass(frozen=True)
class StopText:
    """What is painted for one stop."""

    number: int
    heading: str
    lines: tuple[str, ...]
    broken: tuple[str, ...]


class StopsModel(QAbstractListModel):
    """Stops in the order driven; ``moved(stop_id, place)`` after a drag, places counted from 1."""

    moved = Signal(int, int)

    def __init__(self, display: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._stops: list[Stop] = []
        self._texts: list[StopText] = []
        self._can_move = False

    def set_pickup(self, pickup: Pickup | None) -> None:
        """Show the stops of *pickup*; only those of a planned one can be moved."""
        self.beginResetModel()
        self._stops = list(pickup.stops) if pickup else []
        lunch = pickup.lunch if pickup else None
        self._texts = [self._text(stop, lunch) for stop in self._stops]
        self._can_move = pickup is not None and pickup.state is PickupState.PLANNED
        self.endResetModel()

    def stop_at(self, row: int) -> Stop:
        """Return the stop in *row*."""
        return self._stops[row]

    def row_of(self, stop_id: int) -> int | None:
        """Return the row of a stop, or None when it is gone."""
        return next((row for row, stop in enumerate(self._stops) if stop.id == stop_id), None)

    def _text(self, stop: Stop, lunch: Lunch | None) -> StopText:
        hours = " – ".join(show_time(at) for at in (stop.arrive, stop.leave) if at)
        who = f"{stop.name}, {stop.town}" if stop.town else stop.name
        heading = "   ".join(part for part in (hours, stop_words(stop.kind), who) if part)
        lines = [self._way(stop), self._window(stop)]
        lines += [self._milk(stop, number) for number in range(len(stop.holds))]
        lines.append(self._eating(stop, lunch))
        return StopText(stop.number, heading, tuple(line for line in lines if line), stop.broken)

    def _eating(self, stop: Stop, lunch: Lunch | None) -> str:
        """Return the words about lunch where it comes after *stop*, or before the first."""
        if lunch is None or lunch.after is None or stop.number != max(lunch.after, 1):
            return ""
        words = self.tr("then lunch at {time}, {minutes} min")
        if lunch.after == 0:
            words = self.tr("before it lunch at {time}, {minutes} min")
        return words.format(time=show_time(lunch.at), minutes=lunch.minutes)

    def _way(self, stop: Stop) -> str:
        if stop.miles_before is None or stop.minutes_before is None:
            return ""
        if stop.road_host:
            way = self.tr("{distance} away, {time} by road, says {host}")
        elif stop.crosses_water:
            way = self.tr("{distance} away, {time}; the line crosses water: check the road")
        else:
            way = self.tr("{distance} away, {time} at the wheel, an estimate")
        return way.format(
            distance=self._display.distance(stop.miles_before, exact=stop.exact),
            time=format_minutes(stop.minutes_before, exact=bool(stop.road_host) and stop.exact),
            host=stop.road_host,
        )

    def _window(self, stop: Stop) -> str:
        opens, closes = show_time(stop.window_from), show_time(stop.window_to)
        if opens and closes:
            return self.tr("between {opens} and {closes}").format(opens=opens, closes=closes)
        if opens:
            return self.tr("not before {opens}").format(opens=opens)
        return self.tr("not after {closes}").format(closes=closes) if closes else ""

    def _milk(self, stop: Stop, number: int) -> str:
        hold = stop.holds[number]
        other = (
            self.tr("from {name}").format(name=hold.donor_name)
            if stop.kind is StopKind.DROP
            else self.tr("for {name}").format(name=hold.recipient_name)
        )
        return f"{hold.lot_code} · {amount(hold, self._display)} · {other}"

    # Overrides of Qt.

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many stops there are."""
        return 0 if parent.isValid() else len(self._stops)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return the stop in words, and for the delegate in parts."""
        if not index.isValid():
            return None
        text = self._texts[index.row()]
        if role == STOP_ROLE:
            return text
        if role == int(Qt.ItemDataRole.DisplayRole):
            return "\n".join([f"{text.number}. {text.heading}", *text.lines, *text.broken])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let stops be dragged between others, not onto them."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self._can_move:
            return flags if index.isValid() else Qt.ItemFlag.NoItemFlags
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that a drag moves."""
        return Qt.DropAction.MoveAction

    def moveRows(
        self, source_parent: Index, source: int, count: int, parent: Index, destination: int
    ) -> bool:
        """Move one stop at once and tell; the times follow when the pickup is read again."""
        if count != 1 or not self._can_move or destination in (source, source + 1):
            return False
        self.beginMoveRows(source_parent, source, source, parent, destination)
        place = destination - (destination > source)
        for rows in (self._stops, self._texts):
            _move(rows, source, place)
        self.endMoveRows()
        self.moved.emit(self._stops[place].id, place + 1)
        return True


def _move(rows: list[Stop] | list[StopText], source: int, place: int) -> None:
    pop: Callable[[int], object] = rows.pop
    rows.insert(place, pop(source))  # type: ignore[arg-type] # what was taken out goes back in

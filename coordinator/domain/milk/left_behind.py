"""What was left behind at a stop: a task for its family until it is planned again or let go.

Nothing is kept up for it. It follows from what stayed and from the milk of the same lot that was put on hold
for the family after that was written down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from coordinator.domain.volume import Volume

DUST: Final = Volume.from_oz(0.05)
"""Less than this is shown as nothing, and nobody drives for it."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Milk that a family did not get though it was planned: ``volume`` still waits for another day.

    ``free`` is what of it can be held now: the rest of its lot may have gone to others since.
    ``with_driver`` is with the volunteer *driver_code* since, and free for nobody else; ``custody_note`` says
    who has a rule for milk that rests there.
    ``may_be_reminded``: neither side is one to read about before ringing, and the family is not paused.
    """

    hold_code: str
    lot_code: str
    donor_code: str
    donor_name: str
    recipient_code: str
    recipient_name: str
    pickup_code: str
    on: date
    volume: Volume
    free: Volume
    nobody_home: bool = False
    may_be_reminded: bool = True
    with_driver: Volume = Volume()  # noqa: RUF009 - immutable
    driver_code: str = ""
    custody_note: str = ""

    @property
    def at_hand(self) -> Volume:
        """What can be planned again: what the volunteer has, else what is free at the donor's."""
        return self.with_driver or self.free


Group: TypeAlias = tuple[int, int]
"""A family, and the lot that a lot was before it was split."""


@dataclass(frozen=True, slots=True)
class Stayed:
    """That at a moment *change* more of a hold's milk had stayed behind than before, or less."""

    moment: int
    group: Group
    hold_id: int
    change: Volume


@dataclass(frozen=True, slots=True)
class HeldAgain:
    """That at a moment milk was put on hold which waits still, or was handed over since."""

    moment: int
    group: Group
    volume: Volume


def still_waiting(stayed: Iterable[Stayed], held: Iterable[HeldAgain]) -> Mapping[int, Volume]:
    """Return what still waits of each hold, by its id: what stayed and was not put on hold again since.

    A hold of the same lot for the same family takes what has waited longest.
    """
    waiting: dict[Group, dict[int, int]] = defaultdict(dict)
    events: list[Stayed | HeldAgain] = [*stayed, *held]
    for event in sorted(events, key=lambda event: event.moment):
        of_group = waiting[event.group]
        if isinstance(event, Stayed):
            before = of_group.get(event.hold_id, 0)
            of_group[event.hold_id] = max(before + event.change.microlitres, 0)
        else:
            _take(of_group, event.volume.microlitres)
    return {
        hold_id: Volume(rest)
        for of_group in waiting.values()
        for hold_id, rest in of_group.items()
        if Volume(rest) >= DUST
    }


def _take(waiting: dict[int, int], amount: int) -> None:
    for hold_id, rest in waiting.items():
        taken = min(rest, amount)
        waiting[hold_id], amount = rest - taken, amount - taken

"""Milk in donors' freezers by how long it may still be used: what is ready, what is near its last day.

How long milk keeps is the policy's to say: whoever calls brings that rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coordinator.domain.milk.lots import Lot
from coordinator.domain.volume import Volume

SOON = timedelta(days=30)
"""So long ahead milk is shown as near its last day: a month to find it a baby. A convention, not a limit."""


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day the oldest bag of a lot may be used, and what says so, in words.

    ``assumed``: the kind of freezer was not told, and this is the shortest of the possible times.
    """

    on: date
    why: str = ""
    assumed: bool = False


LastDayOf = Callable[[Lot], LastDay | None]
"""The policy's rule; ``None`` where it or the lot's dates do not say."""


@dataclass(frozen=True, slots=True)
class ExpiringLot:
    """Free milk near or past the last day of its oldest bag; newer bags of the lot keep longer."""

    lot: Lot
    last: LastDay

    def is_past(self, today: date) -> bool:
        """Whether the oldest bag may not be used any more."""
        return self.last.on < today


@dataclass(frozen=True, slots=True)
class NearLastDay:
    """A lot near or past its last day, with whose it is."""

    donor_code: str
    donor_name: str
    town: str
    milk: ExpiringLot


@dataclass(frozen=True, slots=True)
class Outlook:
    """A donor's free milk: ``ready`` is all of it but lots wholly past their last day.

    ``soon`` are lots whose oldest bag has its last day within 30 days, ``past`` those whose oldest bag had
    it, both soonest first; ``unknown`` is free milk of which no last day is known.
    """

    ready: Volume
    soon: tuple[ExpiringLot, ...] = ()
    past: tuple[ExpiringLot, ...] = ()
    unknown: Volume = Volume(0)  # noqa: RUF009 - immutable

    @property
    def soon_volume(self) -> Volume:
        """Free milk of the lots in ``soon``; the bags among it that keep longer are counted too."""
        return _sum(self.soon)


def outlook(lots: Sequence[Lot], last_day_of: LastDayOf, today: date, within: timedelta = SOON) -> Outlook:
    """Return what of *lots* is ready, near or past its last day. Milk that is held or gone is not counted."""
    free = [lot for lot in lots if lot.free.microlitres > 0]
    dated = [ExpiringLot(lot, last) for lot in free if (last := last_day_of(lot)) is not None]
    dated.sort(key=lambda one: (one.last.on, one.lot.code))
    known = {one.lot.code for one in dated}
    gone = {one.lot.code for one in dated if _is_wholly_past(one, last_day_of, today)}
    return Outlook(
        ready=_total(lot for lot in free if lot.code not in gone),
        soon=tuple(one for one in dated if not one.is_past(today) and one.last.on <= today + within),
        past=tuple(one for one in dated if one.is_past(today)),
        unknown=_total(lot for lot in free if lot.code not in known),
    )


def _is_wholly_past(one: ExpiringLot, last_day_of: LastDayOf, today: date) -> bool:
    """Whether even the newest bag is past: its last day is that of a lot that begins with it."""
    if not one.is_past(today) or one.lot.expressed_to is None:
        return False
    newest = last_day_of(replace(one.lot, expressed_from=one.lot.expressed_to))
    return newest is not None and newest.on < today


def _sum(lots: Sequence[ExpiringLot]) -> Volume:
    return _total(one.lot for one in lots)


def _total(lots: Iterable[Lot]) -> Volume:
    return sum((lot.free for lot in lots), Volume())

"""``milkrun hold``, ``release``, ``yes`` and ``holds``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.tables import amount, figure, table
from coordinator.domain.agreements.holds import Side
from coordinator.domain.milk.splitting import CountedPart, LaterPart, counted_of, free_of_counted, part_from
from coordinator.errors import NotFoundError, UserError
from coordinator.sayings import Saying, saying
from coordinator.services.agreements import holds
from coordinator.services.milk import lots as milk
from coordinator.services.pickups import planning
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from datetime import date

    from coordinator.cli.task import Task
    from coordinator.domain.agreements.holds import Hold
    from coordinator.domain.milk.lots import Lot
    from coordinator.domain.volume import Volume, VolumeUnit


def hold(task: Task) -> None:
    """Reserve milk of a lot: so much, so many bags' share, or all that is free and dated late enough."""
    words = task.words
    lot, unit = _lot(task, words.lot), settings(task.database).volume_unit
    volume, bags = words.volume, words.bags
    part = _counted(words.only_from, words.counted) if words.counted is not None else words.only_from
    if words.all and bags is not None:
        raise UserError(saying("Say --all or --bags, not both: all of it is in all its bags."))
    if volume is None:
        whole = _all_free(lot, part, unit)
        volume = whole.volume if bags is None else _share(lot, whole, bags)
        bags = bags or whole.bags or None
    code = holds.hold_milk(
        task.database,
        words.recipient,
        lot.code,
        volume,
        task.today,
        bags=bags,
        only_from=part,
    )
    made = next(h for h in holds.holds(task.database, task.today) if h.code == code)
    task.say(_held(made, unit))


def _held(made: Hold, unit: VolumeUnit) -> Saying:
    volume = amount(made.volume, unit)
    milk = saying(
        "{amount} of {lot} ({donor}) for {family}",
        amount=saying("about {amount}", amount=volume) if made.is_about else volume,
        lot=made.lot_code,
        donor=made.donor_code,
        family=made.recipient_code,
    )
    if made.only_from:
        milk = saying("{milk}, only bags dated {day} or later", milk=milk, day=str(made.only_from))
    return saying(
        "{code}: {milk}; it ends after {day} unless both say yes.",
        code=made.code,
        milk=milk,
        day=str(made.expires_on),
    )


def release(task: Task) -> None:
    """Give the milk of a hold back."""
    holds.release_hold(task.database, task.words.hold)
    task.say(saying("{code} is released; its milk is free again.", code=task.words.hold.upper()))


def yes(task: Task) -> None:
    """Note a donor's or family's yes to a hold, or a driver's to a pickup."""
    code, side, on = task.words.code.upper(), task.words.side, task.words.on or task.today
    if side == "driver":
        planning.record_driver_yes(task.database, code, on)
        task.say(saying("{code}: the driver said yes on {day}.", code=code, day=str(on)))
        return
    holds.record_yes(task.database, code, Side(side), on)
    found = next(h for h in holds.holds(task.database, task.today, open_only=False) if h.code == code)
    said = _said_yes(Side(side), on)
    if found.is_agreed:
        task.say(saying("{code}: {said}; both have, so it is agreed.", code=code, said=said))
    elif side == "donor":
        task.say(saying("{code}: {said}; the family is still to be asked.", code=code, said=said))
    else:
        task.say(saying("{code}: {said}; the donor is still to be asked.", code=code, said=said))


def _said_yes(side: Side, on: date) -> Saying:
    if side is Side.DONOR:
        return saying("the donor said yes on {day}", day=str(on))
    return saying("the family said yes on {day}", day=str(on))


def list_holds(task: Task) -> None:
    """List holds that keep their milk today."""
    found = holds.holds(task.database, task.today)
    if task.words.json:
        task.say_document(json_documents.written([json_documents.of_hold(one) for one in found]))
        return
    unit = settings(task.database).volume_unit
    headers = (
        saying("Hold"),
        unit.value,
        saying("Lot"),
        saying("Donor"),
        saying("For"),
        saying("State"),
        saying("Ends"),
        saying("Donor yes"),
        saying("Family yes"),
        saying("Pickup"),
        saying("Only from"),
        saying("Counted"),
    )
    rows = [
        (
            h.code,
            figure(h.volume, unit),
            h.lot_code,
            h.donor_code,
            h.recipient_code,
            h.state.words,
            None if h.is_agreed else h.expires_on,
            h.donor_yes_on,
            h.family_yes_on,
            h.pickup_code,
            h.only_from,
            saying("about") if h.is_about else None,
        )
        for h in found
    ]
    for line in table(headers, rows, (unit.value,)) if rows else [saying("No milk is held.")]:
        task.say(line)


def _lot(task: Task, code: str) -> Lot:
    wanted = code.upper()
    for row in milk.list_lots(task.database, task.today):
        if row.lot.code == wanted:
            return row.lot
    raise NotFoundError(code)


def _counted(only_from: date | None, counted: Volume) -> CountedPart:
    if only_from is None:
        raise UserError(saying("Say from which day on these were counted, with --from."))
    return CountedPart(only_from, counted)


def _all_free(lot: Lot, part: date | CountedPart | None, unit: VolumeUnit) -> LaterPart:
    """Return what can be held; where nothing of counted bags is free, all of them, to be refused with why."""
    if not isinstance(part, CountedPart):
        return part_from(lot, part)
    counted = counted_of(lot, part, unit)
    free = free_of_counted(lot, counted)
    return free if free.volume.microlitres > 0 else LaterPart(counted.volume)


def _share(lot: Lot, whole: LaterPart, bags: int) -> Volume:
    """Return what *bags* of the lot hold on average; as many as can be held hold all of it."""
    if not lot.bags:
        raise UserError(
            saying("The bags of {lot} were not counted; say how many ounces, with --oz.", lot=lot.code)
        )
    return whole.volume if bags == whole.bags else lot.volume.share(bags, lot.bags)

"""``milkrun donors``, ``recipients``, ``lots`` and ``drivers``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from coordinator.cli import crew_week, json_documents
from coordinator.cli.tables import figure, table
from coordinator.domain.families.contacts import national_phone
from coordinator.sayings import NOTHING, Saying, saying
from coordinator.services.families import donors as donor_service
from coordinator.services.families import drivers as driver_service
from coordinator.services.families import recipients as recipient_service
from coordinator.services.milk import lots as milk
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.milk.lots import Lot
    from coordinator.domain.volume import VolumeUnit


def donors(task: Task) -> None:
    """List donors who are not archived, by code."""
    found = donor_service.list_donors(task.database, task.today)
    if task.words.json:
        everybody = (donor_service.donor(task.database, row.code, task.today) for row in found)
        task.say_document(json_documents.written([json_documents.of_donor(donor) for donor in everybody]))
        return
    unit = settings(task.database).volume_unit
    free, bags, ask = saying("Free {unit}", unit=unit.value), saying("Bags"), saying("Ask")
    days = (saying("Oldest"), saying("Newest"))
    headers = (saying("Code"), saying("Name"), saying("Town"), "", free, bags, *days, saying("Dairy"), ask)
    rows = [
        (
            d.code,
            d.name,
            d.town,
            d.state_code,
            figure(d.free, unit),
            d.free_bags,
            d.oldest,
            d.newest,
            d.dairy,
            d.open_questions or None,
        )
        for d in found
    ]
    _print(task, headers, rows, right=(free, bags, ask), empty=saying("There are no donors yet."))


def recipients(task: Task) -> None:
    """List families who need milk, by code."""
    found = recipient_service.list_recipients(task.database, task.today)
    if task.words.json:
        everybody = (recipient_service.recipient(task.database, row.code, task.today) for row in found)
        task.say_document(
            json_documents.written([json_documents.of_recipient(family) for family in everybody])
        )
        return
    unit = settings(task.database).volume_unit
    who = (saying("Code"), saying("Name"), saying("Town"), "", saying("Baby born"))
    babies, a_day, ask = saying("Babies"), saying("{unit} a day", unit=unit.value), saying("Ask")
    headers = (*who, babies, a_day, saying("Lasts until"), ask)
    rows = [
        (
            r.code,
            r.name,
            r.town,
            r.state_code,
            r.baby.born,
            r.baby.count,
            figure(r.runway.need.expected, unit) if r.runway.need else saying("ask"),
            r.runway.lasts_until or (saying("ask") if r.runway.unknown else saying("no end")),
            r.open_questions or None,
        )
        for r in found
    ]
    empty = saying("There are no families who need milk yet.")
    _print(task, headers, rows, right=(babies, a_day, ask), empty=empty)


def lots(task: Task) -> None:
    """List all milk of current donors, oldest first."""
    found = milk.list_lots(task.database, task.today)
    if task.words.json:
        task.say_document(json_documents.written([json_documents.of_lot_row(row) for row in found]))
        return
    unit = settings(task.database).volume_unit
    right = (saying("Offered"), saying("Free"), saying("Held"), saying("Delivered"), saying("Bags"))
    headers = (saying("Lot"), saying("Donor"), saying("Name"), *right, saying("From"), saying("To"))
    rows = [
        (
            row.lot.code,
            row.lot.donor_code,
            row.donor_name,
            *_figures(row.lot, unit),
            row.lot.bags,
            row.lot.expressed_from,
            row.lot.expressed_to,
        )
        for row in found
    ]
    _print(task, headers, rows, right=right, empty=saying("There is no milk yet."))


def _figures(lot: Lot, unit: VolumeUnit) -> tuple[str, ...]:
    """Return what was offered, is free, held and delivered; a question mark for what nobody told."""
    if not lot.is_told:
        return ("?", "?", "", "")
    return tuple(figure(volume, unit) for volume in (lot.volume, lot.free, lot.held, lot.delivered))


def drivers(task: Task) -> None:
    """List volunteers who drive, by code; with ``--week`` who is free on which day of it."""
    if task.words.week is not None:
        crew_week.week(task)
        return
    found = driver_service.list_drivers(task.database)
    if task.words.json:
        task.say_document(json_documents.written([json_documents.of_driver(driver) for driver in found]))
        return
    rows = [
        (
            d.code,
            d.household.name,
            d.household.address.town,
            national_phone(d.household.phone),
            ", ".join(map(str, filter(None, d.coolers_qt))),
            d.hours,
            _away(d.away_from, d.away_to),
        )
        for d in found
    ]
    who = (saying("Code"), saying("Name"), saying("Town"), saying("Phone"))
    headers = (*who, saying("Coolers qt"), saying("Free"), saying("Away"))
    _print(task, headers, rows, empty=saying("There are no volunteers yet."))


def _print(
    task: Task,
    headers: Sequence[Saying | str],
    rows: Sequence[Sequence[object]],
    *,
    right: Sequence[Saying] = (),
    empty: Saying,
) -> None:
    for line in table(headers, rows, right) if rows else [empty]:
        task.say(line)


def _away(first: date | None, last: date | None) -> Saying:
    return saying("{first} to {last}", first=str(first), last=str(last)) if first and last else NOTHING

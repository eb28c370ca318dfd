"""``milkrun donors``, ``recipients``, ``lots`` and ``drivers``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.tables import figure, table
from coordinator.domain.families.contacts import national_phone
from coordinator.services.families import donors as donor_service
from coordinator.services.families import drivers as driver_service
from coordinator.services.families import recipients as recipient_service
from coordinator.services.milk import lots as milk
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from coordinator.cli.task import Task


def donors(task: Task) -> None:
    """List donors who are not archived, by code."""
    found = donor_service.list_donors(task.database, task.today)
    if task.words.json:
        everybody = (donor_service.donor(task.database, row.code, task.today) for row in found)
        task.say_document(json_documents.written([json_documents.of_donor(donor) for donor in everybody]))
        return
    unit = settings(task.database).volume_unit
    headers = ("Code", "Name", "Town", "", f"Free {unit.value}", "Bags", "Oldest", "Newest", "Dairy", "Ask")
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
    _print(task, headers, rows, right=(f"Free {unit.value}", "Bags", "Ask"), empty="There are no donors yet.")


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
    headers = ("Code", "Name", "Town", "", "Baby born", "Babies", f"{unit.value} a day", "Lasts until", "Ask")
    rows = [
        (
            r.code,
            r.name,
            r.town,
            r.state_code,
            r.baby.born,
            r.baby.count,
            figure(r.runway.need.expected, unit) if r.runway.need else "ask",
            r.runway.lasts_until or ("ask" if r.runway.unknown else "no end"),
            r.open_questions or None,
        )
        for r in found
    ]
    right = ("Babies", f"{unit.value} a day", "Ask")
    _print(task, headers, rows, right=right, empty="There are no families who need milk yet.")


def lots(task: Task) -> None:
    """List all milk of current donors, oldest first."""
    found = milk.list_lots(task.database, task.today)
    if task.words.json:
        task.say_document(json_documents.written([json_documents.of_lot_row(row) for row in found]))
        return
    unit = settings(task.database).volume_unit
    headers = ("Lot", "Donor", "Name", "Offered", "Free", "Held", "Delivered", "Bags", "From", "To")
    rows = [
        (
            row.lot.code,
            row.lot.donor_code,
            row.donor_name,
            *(figure(v, unit) for v in (row.lot.volume, row.lot.free, row.lot.held, row.lot.delivered)),
            row.lot.bags,
            row.lot.expressed_from,
            row.lot.expressed_to,
        )
        for row in found
    ]
    right = ("Offered", "Free", "Held", "Delivered", "Bags")
    _print(task, headers, rows, right=right, empty="There is no milk yet.")


def drivers(task: Task) -> None:
    """List volunteers who drive, by code."""
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
            ", ".join(map(str, d.coolers_qt)),
            d.hours,
            _away(d.away_from, d.away_to),
        )
        for d in found
    ]
    headers = ("Code", "Name", "Town", "Phone", "Coolers qt", "Free", "Away")
    _print(task, headers, rows, empty="There are no volunteers yet.")


def _print(
    task: Task,
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    right: Sequence[str] = (),
    empty: str,
) -> None:
    for line in table(headers, rows, right) if rows else [empty]:
        task.say(line)


def _away(first: date | None, last: date | None) -> str:
    return f"{first} to {last}" if first and last else ""

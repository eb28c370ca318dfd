"""``milkrun ledger``: where every ounce went, lot by lot or added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli.json_documents import written
from coordinator.cli.tables import figure, table
from coordinator.domain.milk.fates import Used
from coordinator.domain.records.ledger import By, Went, sum_of
from coordinator.sayings import plural, saying
from coordinator.services.records.ledger import ledger as whole_ledger

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from coordinator.cli.json_documents import Document
    from coordinator.cli.task import Task
    from coordinator.domain.records.ledger import LedgerLine, LotLedger, Movement
    from coordinator.domain.volume import Volume, VolumeUnit
    from coordinator.sayings import Saying


def ledger(task: Task) -> None:
    """Show where every ounce went, and which lots are not accounted for."""
    found, by = whole_ledger(task.database, task.today), By(task.words.by)
    lines = found.lines(by)
    if task.words.json:
        of_lots = {lot.lot_code: lot for lot in found.lots}
        documents = [of_lot(of_lots[line.key], line) if by is By.LOT else of_sum(line) for line in lines]
        task.say_document(written(documents))
        return
    if not lines:
        task.say(saying("No milk has been offered yet, or none of it went anywhere."))
        return
    for line in _table(lines, by, found.unit):
        task.say(line)
    wrong = found.unbalanced
    if not wrong:
        task.say(saying("Every ounce is accounted for."))
    for lot in wrong:
        task.say(lot.problem(found.unit) or "")


def of_lot(lot: LotLedger, line: LedgerLine) -> Document:
    """Return one lot of ``ledger --json``."""
    return {
        "lot": lot.lot_code,
        "donor": lot.donor_code,
        "name": lot.donor_name,
        "town": lot.town,
        **_amounts(line),
        "expressed_from": _day(lot.first),
        "expressed_to": _day(lot.last),
        "removed_on": _day(lot.removed_on),
        "with_volunteers": [
            {
                "hold": one.hold_code,
                "volunteer": one.driver_code or None,
                "since": _day(one.since),
                "ounces": _oz(one.volume),
            }
            for one in lot.carried
        ],
        "movements": [_movement(one) for one in lot.movements],
    }


def of_sum(line: LedgerLine) -> Document:
    """Return one donor, family or month of ``ledger --by … --json``."""
    name: Document = {} if line.by is By.MONTH else {"name": line.name}
    document: Document = {line.by.value: line.key, **name, **_amounts(line), "lots": list(line.lots)}
    if line.by is By.FAMILY:
        document |= {how.value.replace(" ", "_"): _oz(line.used.get(how)) or 0.0 for how in Used}
    return document


def _amounts(line: LedgerLine) -> Document:
    went: Mapping[Went, Volume] = line.went
    return {
        "offered": _oz(line.offered),
        **{one.value: _oz(went[one]) for one in Went},
        "there": _oz(line.there),
        "balanced": line.is_balanced,
        "untold": _oz(line.untold),
    }


def _movement(one: Movement) -> Document:
    return {
        "went": one.went.value,
        "ounces": _oz(one.volume),
        "bags": one.bags,
        "on": _day(one.on),
        "family": one.recipient_code or None,
        "hold": one.hold_code or None,
        "pickup": one.pickup_code or None,
        "received_by": one.received_by or None,
        "why": one.why or None,
        "bank": one.bank or None,
        "number": one.fate_id or None,
    }


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def _oz(volume: Volume | None) -> float | None:
    """Return ounces to a hundredth: rounded further, the parts would not add up to the whole."""
    return None if volume is None else round(volume.oz, 2)


def _table(lines: Sequence[LedgerLine], by: By, unit: VolumeUnit) -> list[str]:
    named = by is not By.MONTH
    whole = by in {By.LOT, By.DONOR}
    offers = by is not By.FAMILY
    head: list[Saying | str] = [_HEADS[by], *([_NAMES[by]] if named else [])]
    right: list[Saying | str] = [
        *([saying("Offered")] if offers else []),
        *(_WENT[one] for one in Went),
        *([saying("Still there")] if whole else []),
    ]
    total = sum_of(lines)
    rows = [*lines, *([total] if total and len(lines) > 1 else [])]
    cells = [
        [
            line.key or plural("{n} line", "{n} lines", len(lines)),
            *([line.name] if named else []),
            *([figure(line.offered, unit)] if line.offered is not None else []),
            *(figure(line.went[one], unit) for one in Went),
            *([figure(line.there, unit)] if line.there is not None else []),
        ]
        for line in rows
    ]
    return table([*head, *right], cells, right=right)


_HEADS = {
    By.LOT: saying("Lot"),
    By.DONOR: saying("Donor"),
    By.FAMILY: saying("Family"),
    By.MONTH: saying("Month"),
}
_NAMES = {By.LOT: saying("Donor"), By.DONOR: saying("Name"), By.FAMILY: saying("Name")}
_WENT = {
    Went.DELIVERED: saying("Delivered"),
    Went.KEPT: saying("Kept"),
    Went.DISCARDED: saying("Discarded"),
    Went.REFERRED: saying("Referred"),
    Went.LOST: saying("Lost"),
}

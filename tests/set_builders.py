"""Printed sets for tests: the parts that belong to a sheet of ``sheet_builders``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from coordinator.adapters.policies.handling import load_handling
from coordinator.adapters.policies.profiles import load_profile
from coordinator.domain.paper.handling_lines import thaw_lines
from coordinator.domain.paper.parts import (
    CopyLine,
    HandOverSlip,
    Letterhead,
    PrintedSet,
    Receipt,
    ReceiptLot,
    SlipLot,
)
from coordinator.domain.paper.privacy import USUAL
from coordinator.domain.paper.sheets import CoolerTag, PickupSheet, SheetStop, TagLoad
from coordinator.domain.pickups.plans import StopKind
from coordinator.sayings import as_written

POLICY = load_profile()
LINES = thaw_lines(POLICY, load_handling())


def a_slip(sheet: PickupSheet, stop: SheetStop) -> HandOverSlip:
    return HandOverSlip(
        donor_first_name=stop.first_name,
        carrier_first_name=sheet.carrier_first_name,
        window_from=stop.window_from,
        window_to=stop.window_to,
        lots=tuple(SlipLot(lot.lot_code, lot.bags, lot.volume, lot.only_from) for lot in stop.lots),
    )


def a_receipt(sheet: PickupSheet, stop: SheetStop) -> Receipt:
    return Receipt(
        family_first_name=stop.first_name,
        carrier_first_name=sheet.carrier_first_name,
        lots=tuple(
            ReceiptLot(
                lot_code=lot.lot_code,
                bags=lot.bags,
                volume=lot.volume,
                expressed_from=date(2026, 9, 10),
                expressed_to=date(2026, 11, 4),
                use_by=date(2027, 9, 10),
                rule=as_written("Milk in a chest freezer: 12 months from expression."),
            )
            for lot in stop.lots
        ),
        handling=LINES,
        policy_title=POLICY.title,
        review=sheet.handling.review,
    )


def a_set(sheet: PickupSheet, **fields: Any) -> PrintedSet:  # noqa: ANN401 - any field
    """Return the set of *sheet*: a slip for each pick-up, a receipt for each drop, two coolers."""
    given = [stop for stop in sheet.stops if stop.kind is not StopKind.DROP]
    dropped = [stop for stop in sheet.stops if stop.kind is StopKind.DROP]
    loads = [
        TagLoad(stop.number, stop.first_name, lot.lot_code, lot.bags, lot.volume)
        for stop in dropped
        for lot in stop.lots
    ]
    halves = loads[: len(loads) // 2], loads[len(loads) // 2 :]
    tags = tuple(
        CoolerTag(number, 2, 28, 3, sheet.carrier_first_name, tuple(half))
        for number, half in enumerate(halves, start=1)
    )
    made = PrintedSet(
        head=Letterhead(
            sheet_number=sheet.sheet_number,
            on=sheet.on,
            network_name=sheet.network_name,
            coordinator_name=sheet.coordinator_name,
            coordinator_phone=sheet.coordinator_phone,
            paper=sheet.paper,
            unit=sheet.unit,
        ),
        sheet=replace(sheet, coolers=tags),
        slips=tuple(a_slip(sheet, stop) for stop in given),
        receipts=tuple(a_receipt(sheet, stop) for stop in dropped),
        copy=tuple(
            CopyLine(
                "H-0001",
                load.lot_code,
                "D-0001",
                "Zoë Ahl",
                "R-0001",
                load.first_name,
                load.bags,
                load.volume,
            )
            for load in loads
        ),
        parts=USUAL,
    )
    return replace(made, **fields)

"""Sheets for tests: name only what matters to yours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from coordinator.adapters.policies.handling import load_handling
from coordinator.domain.paper.sheets import (
    PhoneNote,
    PickupSheet,
    ScheduleRow,
    SheetLot,
    SheetStop,
    WeekSchedule,
)
from coordinator.domain.pickups.plans import StopKind
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.volume import Volume

SATURDAY = date(2026, 11, 28)


def a_sheet_lot(code: str = "L-0031", bags: int = 58, ounces: float = 243, **fields: Any) -> SheetLot:  # noqa: ANN401
    return SheetLot(code, bags, Volume.from_oz(ounces), **fields)


def a_sheet_stop(number: int = 1, kind: StopKind = StopKind.PICK_UP, **fields: Any) -> SheetStop:  # noqa: ANN401
    stop = SheetStop(
        number=number,
        kind=kind,
        first_name="Zoë",
        address_lines=("299 Elm Ln", "Rollinsford NH 03869"),
        phone="(207) 555-0109",
        phone_note=PhoneNote.CALL,
        window_from=time(9, 5),
        window_to=time(9, 20),
        lots=(a_sheet_lot(),),
        position=Position(43.236 + number / 50, -70.819 - number % 3 / 20, Precision.ZIP),
    )
    return replace(stop, **fields)


def a_sheet(*stops: SheetStop, **fields: Any) -> PickupSheet:  # noqa: ANN401
    sheet = PickupSheet(
        pickup_code="P-0142",
        sheet_number="P-0142-1",
        network_name="Seacoast Milk Sharing",
        coordinator_name="Maya",
        coordinator_phone="(603) 555-0100",
        on=SATURDAY,
        carrier_first_name="Ana",
        leave_by=time(8, 40),
        stops=stops or (a_sheet_stop(1), a_sheet_stop(2, StopKind.DROP, first_name="Inès")),
        handling=load_handling(),
        bring=("2 coolers (2 × 28 qt, yours)", "6 ice packs", "58 empty bags for Zoë"),
        policy_line="Community sharing, version 1.",
    )
    return replace(sheet, **fields)


def a_long_run(count: int) -> PickupSheet:
    """Return a run whose every stop has a lot, a note, a street and a phone of its own."""
    return a_sheet(
        *(
            a_sheet_stop(
                number,
                StopKind.PICK_UP if number <= count * 0.6 else StopKind.DROP,
                first_name=f"Name{number:02}",
                address_lines=(f"{number:02} Unlikely Road", "Dover NH 03820"),
                phone=f"(207) 555-{number:04}",
                driver_note=f"bell-{number:02}" + " and a long story about the dog" * (number % 4),
                lots=tuple(
                    a_sheet_lot(f"L-{number:02}{letter}", bags=number, ounces=number * 10)
                    for letter in "ABCD"[: number % 4 + 1]
                ),
            )
            for number in range(1, count + 1)
        )
    )


def a_schedule_row(**fields: Any) -> ScheduleRow:  # noqa: ANN401
    row = ScheduleRow(
        on=SATURDAY,
        at=time(8, 40),
        carrier="Ana",
        from_first_name="Zoë",
        from_town="Rollinsford",
        to_first_name="Inès",
        to_town="Dover",
        bags=58,
        volume=Volume.from_oz(243),
        phone="(207) 555-0133",
    )
    return replace(row, **fields)


def a_week(*rows: ScheduleRow, **fields: Any) -> WeekSchedule:  # noqa: ANN401
    week = WeekSchedule(
        week_start=date(2026, 11, 23),
        network_name="Seacoast Milk Sharing",
        coordinator_name="Maya",
        coordinator_phone="(603) 555-0100",
        rows=rows,
    )
    return replace(week, **fields)

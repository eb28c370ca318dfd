"""``milkrun today``: what presses, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coordinator.cli.tables import aligned, amount
from coordinator.domain.families.contacts import national_phone
from coordinator.services.settings.values import settings
from coordinator.services.today import today_page

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.pickups.plans import PickupSummary
    from coordinator.domain.today import RunOut, Today
    from coordinator.domain.volume import VolumeUnit


def today(task: Task) -> None:
    """Show who runs out, holds that end, whom to ring and what moves this week."""
    found = today_page(task.database, task.today)
    for title, rows in _sections(found, settings(task.database).volume_unit):
        task.say(f"{title}:" if rows else f"{title}: nothing.")
        for line in aligned(rows):
            task.say(f"  {line}")


def _sections(found: Today, unit: VolumeUnit) -> Iterator[tuple[str, Sequence[Sequence[object]]]]:
    fresh = [_run_out(line, unit) for line in found.runs_out if not line.is_stale]
    stale = [_run_out(line, unit) for line in found.runs_out if line.is_stale]
    yield "Running out this week", fresh
    yield "Ask what is at home: the figure is old", stale
    yield (
        "Answers that do not go together",
        [
            (c.code, c.name, f"needs milk this week, yet has {amount(c.stock, unit)}, until {c.lasts_until}")
            for c in found.contradictions
        ],
    )
    yield (
        "Holds about to end",
        [(h.code, h.donor_code, h.recipient_code, f"ends {h.expires_on}") for h in found.holds_ending],
    )
    yield (
        "Pauses about to end",
        [(one.code, one.name, f"open again on {one.on}") for one in found.deferrals_ending],
    )
    yield (
        "Blood tests about to run out",
        [(one.code, one.name, f"run out on {one.on}") for one in found.tests_expiring],
    )
    yield (
        f"To ring, the first {len(found.calls)} of {found.calls_in_all}",
        [
            (
                call.code,
                call.household.name,
                national_phone(call.household.phone),
                "; ".join(question.text for question in call.questions),
            )
            for call in found.calls
        ],
    )
    yield "Read before you ring", [(one.code, one.name, one.words) for one in found.read_first]
    yield "Pickups this week", [_pickup(pickup) for pickup in found.pickups]
    yield "To settle", [_pickup(pickup) for pickup in found.to_settle]


def _run_out(line: RunOut, unit: VolumeUnit) -> Sequence[object]:
    told = f"by what they had on {line.stock_on}" if line.stock_on else ""
    is_short = line.stock_on is not None and line.lasts_until < line.stock_on
    lasts = "less than a day" if is_short else f"until {line.lasts_until}"
    return line.code, line.name, line.town, f"needs {amount(line.need, unit)} a day", lasts, told


def _pickup(pickup: PickupSummary) -> Sequence[object]:
    waiting = "waits for " + ", ".join(pickup.waiting_for) if pickup.waiting_for else "everybody said yes"
    return pickup.code, pickup.on, pickup.kind.value, pickup.carrier, waiting

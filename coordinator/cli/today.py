"""``milkrun today``: what presses, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.cases_json import of_worklist
from coordinator.cli.tables import aligned, amount
from coordinator.domain.families.contacts import national_phone
from coordinator.sayings import NOTHING, Saying, joined, saying
from coordinator.services.settings.values import settings
from coordinator.services.today import today_page

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.agreements.cases import Case
    from coordinator.domain.milk.left_behind import LeftBehind
    from coordinator.domain.pickups.plans import PickupSummary
    from coordinator.domain.today import Contradiction, RunOut, Today
    from coordinator.domain.volume import VolumeUnit
    from coordinator.domain.worklist import Waiting


def today(task: Task) -> None:
    """Show who runs out, holds that end, whom to ring and what moves this week."""
    found = today_page(task.database, task.today)
    if task.words.json:
        task.say_document(json_documents.written({**json_documents.of_today(found), **of_worklist(found)}))
        return
    for title, rows in _sections(found, settings(task.database).volume_unit):
        task.say(saying("{title}:", title=title) if rows else saying("{title}: nothing.", title=title))
        for line in aligned(rows):
            task.say(f"  {line}")


def _sections(found: Today, unit: VolumeUnit) -> Iterator[tuple[Saying, Sequence[Sequence[object]]]]:
    yield saying("Now: out, or nearly"), [_case(one) for one in found.now]
    yield saying("Waiting for"), [_waiting(one) for one in found.waiting]
    fresh = [_run_out(line, unit) for line in found.runs_out if not line.is_stale]
    stale = [_run_out(line, unit) for line in found.runs_out if line.is_stale]
    yield saying("Running out this week"), fresh
    yield saying("Ask what is at home: the figure is old"), stale
    yield (
        saying("Answers that do not go together"),
        [(c.code, c.name, _contradiction(c, unit)) for c in found.contradictions],
    )
    yield (
        saying("Holds about to end"),
        [
            (h.code, h.donor_code, h.recipient_code, saying("ends {day}", day=str(h.expires_on)))
            for h in found.holds_ending
        ],
    )
    yield (
        saying("Pauses about to end"),
        [
            (one.code, one.name, saying("open again on {day}", day=str(one.on)))
            for one in found.deferrals_ending
        ],
    )
    yield (
        saying("Blood tests about to run out"),
        [(one.code, one.name, saying("run out on {day}", day=str(one.on))) for one in found.tests_expiring],
    )
    yield (
        saying("To ring, the first {some} of {all}", some=len(found.calls), all=found.calls_in_all),
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
    yield saying("Read before you ring"), [(one.code, one.name, one.words) for one in found.read_first]
    yield saying("Pickups this week"), [_pickup(pickup) for pickup in found.pickups]
    yield saying("To settle"), [_pickup(pickup) for pickup in found.to_settle]
    yield (
        saying("Left behind, to plan again or let go"),
        [_left_behind(one, unit) for one in found.left_behind],
    )


def _case(case: Case) -> Sequence[object]:
    return case.code, case.name, case.lasts, case.words, case.next.words


def _waiting(one: Waiting) -> Sequence[object]:
    ends = saying("ends {day}", day=str(one.ends_on)) if one.ends_on else NOTHING
    strand = one.strand
    family = saying("for {family}", family=one.recipient_name)
    return one.whom_code, one.whom_name, family, strand.words, ends, strand.next.words


def _run_out(line: RunOut, unit: VolumeUnit) -> Sequence[object]:
    told = saying("by what they had on {day}", day=str(line.stock_on)) if line.stock_on else NOTHING
    is_short = line.stock_on is not None and line.lasts_until < line.stock_on
    lasts = saying("less than a day") if is_short else saying("until {day}", day=str(line.lasts_until))
    need = saying("needs {amount} a day", amount=amount(line.need, unit))
    return line.code, line.name, line.town, need, lasts, told


def _contradiction(line: Contradiction, unit: VolumeUnit) -> Saying:
    return saying(
        "needs milk this week, yet has {amount}, until {day}",
        amount=amount(line.stock, unit),
        day=str(line.lasts_until),
    )


def _left_behind(one: LeftBehind, unit: VolumeUnit) -> Sequence[object]:
    why = saying("nobody was home") if one.nobody_home else NOTHING
    return (
        one.hold_code,
        amount(one.volume, unit),
        saying("of {lot} for {family}", lot=one.lot_code, family=one.recipient_code),
        saying("{day} with {pickup}", day=str(one.on), pickup=one.pickup_code),
        saying("{amount} is free", amount=amount(one.free, unit)),
        why,
    )


def _pickup(pickup: PickupSummary) -> Sequence[object]:
    waiting = saying("everybody said yes")
    if pickup.waiting_for:
        waiting = saying("waits for {whom}", whom=joined(", ", pickup.waiting_for))
    return pickup.code, pickup.on, pickup.kind.words, pickup.carrier, waiting

"""``milkrun today``: what presses, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from coordinator.cli import json_documents
from coordinator.cli.cases_json import of_worklist
from coordinator.cli.tables import aligned, amount
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.worklist.calls import by_opening
from coordinator.domain.worklist.planned import by_plan
from coordinator.sayings import NOTHING, Saying, joined, plural, saying
from coordinator.services.planning.calls_to_make import calls_of_plan
from coordinator.services.recall.work import recalls
from coordinator.services.settings.values import settings
from coordinator.services.today import CALLS_AT_ONCE, openings, today_page

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.agreements.cases import Case
    from coordinator.domain.agreements.renewals import Renewal
    from coordinator.domain.milk.came_unfit import CameUnfit
    from coordinator.domain.milk.left_behind import LeftBehind
    from coordinator.domain.pickups.plans import PickupSummary
    from coordinator.domain.records.recall_work import RecallWork
    from coordinator.domain.today import Contradiction, Today
    from coordinator.domain.volume import VolumeUnit
    from coordinator.domain.worklist.calls import Call
    from coordinator.domain.worklist.nudges import Nudge
    from coordinator.domain.worklist.openings import Openings
    from coordinator.domain.worklist.out_and_waiting import Waiting
    from coordinator.domain.worklist.planned import PlannedCalls


Rows: TypeAlias = "Sequence[Sequence[object]]"


def today(task: Task) -> None:
    """Show who runs out, holds that end, whom to ring and what moves this week."""
    found = today_page(task.database, task.today)
    recalled = [one for one in recalls(task.database, task.today) if not one.is_closed or one.is_open_again]
    opened = openings(task.database, found.cases, task.today)
    freed = {code: one.volume for code, one in opened.donors.items()}
    homes = {call.household.id for call in found.all_calls}
    planned = calls_of_plan(task.database, CALLS_AT_ONCE, homes, task.today)
    ordered = by_plan(by_opening(found.all_calls, freed), planned)
    found = replace(found, calls=tuple(ordered[:CALLS_AT_ONCE]))
    if task.words.json:
        document = {**json_documents.of_today(found), **of_worklist(found, opened, planned)}
        document["recalls"] = [one.code for one in recalled]
        task.say_document(json_documents.written(document))
        return
    unit = settings(task.database).volume_unit
    task.say(saying("{short}.", short=opened.short.words(unit)))
    sections = _sections(found, opened, planned, unit)
    for title, rows in (*_recalled(recalled, unit), *sections):
        task.say(saying("{title}:", title=title) if rows else saying("{title}: nothing.", title=title))
        for line in aligned(rows):
            task.say(f"  {line}")


def _sections(
    found: Today, opened: Openings, planned: PlannedCalls, unit: VolumeUnit
) -> Iterator[tuple[Saying, Rows]]:
    if found.came_unfit:
        yield (
            saying("Milk that is no fit came: ring them, and a clinician is asked before any of it is fed"),
            [_came_unfit(one, unit) for one in found.came_unfit],
        )
    yield saying("Now: out, or nearly"), [_case(one, opened) for one in found.now]
    waiting = [
        *(_waiting(one) for one in found.waiting),
        *(_renewal(one, unit) for one in found.renewals),
        *(_nudge(one) for one in found.nudges),
    ]
    yield saying("Waiting for"), waiting
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
        [_call(call, planned, unit) for call in found.calls],
    )
    yield saying("Read before you ring"), [(one.code, one.name, one.words) for one in found.read_first]
    yield saying("Pickups this week"), [_pickup(pickup) for pickup in found.pickups]
    yield saying("To settle"), [_pickup(pickup) for pickup in found.to_settle]
    yield (
        saying("Notes from the sheets"),
        [
            (n.code, " → ".join(n.whom), joined("; ", [said for said in (n.text, n.asks) if said]))
            for n in found.notes
        ],
    )
    yield (
        saying("Left behind, to plan again or let go"),
        [_left_behind(one, unit) for one in found.left_behind],
    )


def _recalled(recalled: Sequence[RecallWork], unit: VolumeUnit) -> Iterator[tuple[Saying, Rows]]:
    if recalled:
        yield (
            saying("Recalls: milk that is not answered for"),
            [
                (
                    one.code,
                    saying("milk of {about}", about=one.about),
                    saying("{open} of {due} open", open=amount(one.open, unit), due=amount(one.due, unit)),
                    saying("closed, but milk came to light since") if one.is_closed else NOTHING,
                )
                for one in recalled
            ],
        )


def _came_unfit(one: CameUnfit, unit: VolumeUnit) -> Sequence[object]:
    lot, family = f"{one.lot_code} {amount(one.volume, unit)}", one.recipient_code
    return one.hold_code, family, one.recipient_name, lot, str(one.on), one.against


def _case(case: Case, opened: Openings) -> Sequence[object]:
    there_is = opened.families.get(case.code)
    words = joined("; ", (case.words, there_is.words)) if there_is else case.words
    return case.code, case.name, case.lasts, words, case.next.words


def _call(call: Call, planned: PlannedCalls, unit: VolumeUnit) -> Sequence[object]:
    phone = national_phone(call.household.phone)
    opens = planned.opens.get(call.household.id)
    asked: str | Saying = "; ".join(question.text for question in call.questions)
    if call.messaged_on is not None:
        day = str(call.messaged_on)
        asked = saying("asked by message on {day}: {questions}", day=day, questions=asked)
    return call.code, call.household.name, phone, opens.words(unit) if opens else NOTHING, asked


def _waiting(one: Waiting) -> Sequence[object]:
    ends = saying("ends {day}", day=str(one.ends_on)) if one.ends_on else NOTHING
    family = saying("for {family}", family=(one.recipient_name, *one.also_for))
    words = joined(" · ", filter(None, (one.lasts, one.words)))
    return one.whom_code, one.whom_name, family, words, ends, one.strand.next.words


def _renewal(one: Renewal, unit: VolumeUnit) -> Sequence[object]:
    pair = one.pair
    family = saying("for {family}", family=pair.recipient_name)
    return pair.donor_code, pair.donor_name, family, one.words(unit), NOTHING, one.next.words


def _nudge(one: Nudge) -> Sequence[object]:
    asked = saying("asked by message on {day}", day=str(one.asked_on))
    missing = plural("{n} answer is missing", "{n} answers are missing", one.open)
    return one.code, one.name, NOTHING, asked, missing, saying("ask again")


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
        saying("{amount} is free", amount=amount(one.free, unit))
        if not one.with_driver
        else _with(one, unit),
        why,
    )


def _with(one: LeftBehind, unit: VolumeUnit) -> Saying:
    who = one.driver_code or saying("the volunteer")
    return saying("{amount} is with {who}", amount=amount(one.with_driver, unit), who=who)


def _pickup(pickup: PickupSummary) -> Sequence[object]:
    waiting = saying("everybody said yes")
    if pickup.waiting_for:
        waiting = saying("waits for {whom}", whom=joined(", ", pickup.waiting_for))
    if pickup.stopped:
        waiting = saying("waits for {whom}", whom=joined(", ", (*pickup.waiting_for, *pickup.stopped)))
    asked = joined("; ", pickup.still_asked)
    asks = saying("ask before it is handed over: {what}", what=asked) if asked else NOTHING
    return pickup.code, pickup.on, pickup.kind.words, pickup.carrier, waiting, asks

"""``milkrun plan``: who gets which milk over the next weeks, which calls it rests on; taking proposals up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.plan_json import of_plan
from coordinator.cli.tables import aligned, amount
from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.planning.network import Priority
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import NOTHING, Saying, joined, saying
from coordinator.services.planning.accepting import accept
from coordinator.services.planning.gathering import Asked, plan_policy
from coordinator.services.planning.plans import make_plan
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.planning.plan import Figures, Plan, PlanCall, Proposal
    from coordinator.domain.volume import VolumeUnit


def plan(task: Task) -> None:
    """Propose who gets which milk; with ``accept``, hold what was proposed."""
    words = task.words.accept
    if words:
        _accept(task, words)
        return
    found = make_plan(task.database, _asked(task), task.today)
    if task.words.json:
        task.say_document(json_documents.written(of_plan(found)))
        return
    unit = settings(task.database).volume_unit
    for title, rows in _sections(found, unit):
        task.say(saying("{title}:", title=title) if rows else saying("{title}: nothing.", title=title))
        for line in aligned(rows):
            task.say(f"  {line}")
    task.say(_proof(found))


def _asked(task: Task) -> Asked:
    policy, words = plan_policy(), task.words
    return Asked(
        weeks=words.weeks or policy.weeks,
        calls=words.calls,
        minutes=float(words.minutes or policy.minutes),
        priority=Priority(words.priority),
        hope=words.hope,
    )


def _accept(task: Task, words: Sequence[str]) -> None:
    if words[0] != "accept" or len(words) == 1:
        raise UserError(saying("Say “milkrun plan accept” and which proposals, such as L-0021:R-0003:57."))
    for proposal in words[1:]:
        hold = accept(task.database, proposal, task.today)
        task.say(saying("{hold}: {proposal} is held.", hold=hold, proposal=proposal))


def _sections(found: Plan, unit: VolumeUnit) -> Iterator[tuple[Saying, Sequence[Sequence[object]]]]:
    certain = [one for one in found.proposals if one.is_certain]
    hoped = [one for one in found.proposals if not one.is_certain]
    yield saying("Certain now"), [_proposal(one, unit) for one in certain]
    yield saying("To ring"), [_call(one) for one in found.calls]
    yield saying("If these answers are as hoped"), [_proposal(one, unit) for one in hoped]
    yield (
        saying("Not served in full"),
        [
            (one.recipient, one.name, saying("{n:.0f} days", n=one.days) if one.days else NOTHING, one.why)
            for one in found.unserved
        ],
    )
    yield (
        saying("Before, certain, as hoped"),
        list(_figures((found.before, found.certain, found.after), unit)),
    )
    yield (
        saying("What was weighed"),
        [(one.title, f"{one.value:g}", one.unit, one.reason) for one in found.weights],
    )


def _proposal(one: Proposal, unit: VolumeUnit) -> Sequence[object]:
    much = amount(Volume.from_oz(round(one.ounces, 6)), unit)
    bags = saying("{n} bags", n=one.bags) if one.bags is not None else NOTHING
    newer = saying("only bags dated {day} or later", day=one.only_from) if one.only_from else NOTHING
    return one.id, one.donor_name, one.recipient_name, much, bags, format_minutes(one.minutes), newer


def _call(one: PlanCall) -> Sequence[object]:
    return one.household, one.name, one.why, joined("; ", one.blocking)


def _figures(columns: Sequence[Figures], unit: VolumeUnit) -> Iterator[Sequence[object]]:
    yield saying("days babies are not covered"), *(f"{one.uncovered_baby_days:.1f}" for one in columns)
    yield saying("minutes at the wheel"), *(f"{one.minutes:.0f}" for one in columns)
    yield (
        saying("milk that reaches its last day"),
        *(amount(Volume.from_oz(round(one.expired_oz, 6)), unit) for one in columns),
    )
    yield saying("donors a baby"), *(f"{one.donors_per_baby:.1f}" for one in columns)
    yield saying("families at nothing"), *(str(one.at_nothing) for one in columns)


def _proof(found: Plan) -> Saying:
    if found.gap <= 0:
        return saying("No better plan exists for these weights.")
    return saying("A better plan could be better by at most {n:.2f} percent.", n=100 * found.gap)

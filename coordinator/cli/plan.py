"""``milkrun plan``: who gets which milk over the next weeks, which calls it rests on; taking proposals up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.plan_json import of_plan
from coordinator.cli.tables import aligned, amount
from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.paper.plan_pages import NamedBy
from coordinator.domain.planning.network import Priority
from coordinator.domain.planning.plan_words import figure_lines, proof_of
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import NOTHING, Saying, joined, saying
from coordinator.services.planning.accepting import accept
from coordinator.services.planning.gathering import Asked, plan_policy
from coordinator.services.planning.plan_page import save_plan_map, save_plan_page
from coordinator.services.planning.wishing_once import plan_once
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.planning.plan import Plan, PlanCall, Proposal
    from coordinator.domain.volume import VolumeUnit


def plan(task: Task) -> None:
    """Propose who gets which milk; with ``accept``, hold what was proposed."""
    if task.words.accept:
        _accept(task, task.words.accept)
        return
    asked = _asked(task)
    found = plan_once(task.database, asked, task.today, task.words.pin, task.words.forbid)
    if task.words.pdf:
        named_by = NamedBy(task.words.names)
        save_plan_page(task.database, found, asked, task.words.pdf, task.today, named_by=named_by)
    if task.words.map:
        save_plan_map(task.database, found, task.words.map, task.today)
    if task.words.json:
        task.say_document(json_documents.written(of_plan(found)))
        return
    unit = settings(task.database).volume_unit
    for title, rows in _sections(found, unit):
        task.say(saying("{title}:", title=title) if rows else saying("{title}: nothing.", title=title))
        for line in aligned(rows):
            task.say(f"  {line}")
    task.say(proof_of(found))
    for written in filter(None, (task.words.pdf, task.words.map)):
        task.say(str(written))


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
    taken = accept(task.database, words[1:], task.today, skip_refused=task.words.skip_refused)
    for one in taken.held:
        task.say(saying("{hold}: {proposal} is held.", hold=one.hold, proposal=one.proposal))
    for left in taken.refused:
        task.complain(saying("Not held: {proposal}", proposal=left.said))


def _sections(found: Plan, unit: VolumeUnit) -> Iterator[tuple[Saying, Sequence[Sequence[object]]]]:
    certain = [one for one in found.proposals if one.is_certain]
    hoped = [one for one in found.proposals if not one.is_certain]
    yield saying("Certain now"), [_proposal(one, unit) for one in certain]
    yield saying("To ring"), [_call(one) for one in found.calls]
    yield saying("If these answers are as hoped"), [_proposal(one, unit) for one in hoped]
    yield (
        saying("Not served in full"),
        [
            (
                one.recipient,
                one.name,
                saying("{n:,.0f} baby-days", n=one.days) if one.days else NOTHING,
                one.why,
            )
            for one in found.unserved
        ],
    )
    yield (
        saying("Before, certain, as hoped"),
        [(one.title, one.before, one.certain, one.after) for one in figure_lines(found, unit)],
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

"""``milkrun recall``: which babies have this milk, how much of it, and whom to ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli import recall_work
from coordinator.cli.json_documents import written
from coordinator.cli.tables import amount, figure, table
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.records.recall import PumpedDays
from coordinator.errors import UserError
from coordinator.sayings import plural, saying
from coordinator.services.records import recalling
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from datetime import date

    from coordinator.cli.json_documents import Document
    from coordinator.cli.task import Task
    from coordinator.domain.records.ledger import Movement
    from coordinator.domain.records.recall import MilkGiven, NotGiven, Recall
    from coordinator.domain.volume import Volume, VolumeUnit
    from coordinator.sayings import Saying


def recall(task: Task) -> None:
    """Show which homes have the milk in question, or do one step of a recall that was begun."""
    words = task.words
    if words.code.casefold() == "drill":
        recall_work.drill(task)
        return
    if letter_of(words.code) is CodeLetter.RECALL:
        recall_work.step(task)
        return
    if words.steps:
        raise UserError(
            saying("Steps are of a recall that was begun, such as Q-0001; begin one with --open.")
        )
    days, because = PumpedDays(words.first, words.last), ""
    if words.because:
        days, facts = recalling.days_of_answer(task.database, words.code, words.because, days)
        because = "; ".join(fact.raw or fact.subject for fact in facts)
        for fact in facts if not words.json else ():
            task.say(saying("Because of: {answer}", answer=fact.raw or fact.subject))
    if words.open is not None:
        recall_work.begin(task, days, words.open or because)
        return
    found = recalling.recall(task.database, words.code, task.today, days)
    if words.json:
        task.say_document(written(document(found)))
        return
    for line in _lines(found, settings(task.database).volume_unit):
        task.say(line)


def document(found: Recall) -> Document:
    """Return ``recall --json``."""
    return {
        "from": _day(found.days.first),
        "to": _day(found.days.last),
        "lots": list(found.lots),
        "donors": list(found.donors),
        "babies": found.babies,
        "homes": [_home(one, found.left_of(one)) for one in found.given],
        "undelivered": [_undelivered(one) for one in found.not_given],
        "elsewhere": [_elsewhere(one) for one in found.elsewhere],
    }


def _home(one: MilkGiven, left: Volume | None) -> Document:
    return {
        "recipient": one.recipient_code,
        "name": one.recipient_name,
        "phone": one.phone or None,
        "babies": one.babies,
        "donor": one.donor_code,
        "lot": one.lot_code,
        "delivered_on": _day(one.on),
        "ounces": _oz(one.volume),
        "left_oz": _oz(left),
        "bags": one.bags,
        "pumped_from": _day(one.pumped.first),
        "pumped_to": _day(one.pumped.last),
        "hold": one.hold_code,
        "pickup": one.pickup_code,
        "received_by": one.received_by or None,
        "no_fit": not one.is_in_stock,
    }


def _undelivered(one: NotGiven) -> Document:
    return {
        "donor": one.donor_code,
        "lot": one.lot_code,
        "ounces": _oz(one.volume),
        "hold": one.hold_code or None,
        "recipient": one.recipient_code or None,
        "pickup": one.pickup_code or None,
        "pickup_on": _day(one.pickup_on),
        "driver": one.driver_code or None,
    }


def _elsewhere(one: Movement) -> Document:
    return {
        "lot": one.lot_code,
        "went": one.went.value,
        "ounces": _oz(one.volume),
        "on": _day(one.on),
        "bank": one.bank or None,
        "recipient": one.recipient_code or None,
    }


def _lines(found: Recall, unit: VolumeUnit) -> list[Saying | str]:
    lines: list[Saying | str] = []
    if found.given:
        lines.append(
            saying(
                "{babies} in {homes} were given {amount}. Ring in this order:",
                babies=plural("{n} baby", "{n} babies", found.babies),
                homes=plural("{n} home", "{n} homes", len(found.homes)),
                amount=amount(found.volume, unit),
            )
        )
        right = (saying("Came"), saying("At most left"))
        head = (saying("Family"), saying("Name"), saying("Phone"), saying("Lot"), saying("On"), *right)
        rows = [
            (
                one.recipient_code,
                one.recipient_name,
                one.phone,
                one.lot_code,
                one.on,
                figure(one.volume, unit),
                saying("ask") if left is None else figure(left, unit),
            )
            for one in found.given
            for left in [found.left_of(one)]
        ]
        lines += table(head, rows, right)
    else:
        lines.append(saying("None of this milk came to a family."))
    lines += [_where(one, unit) for one in found.not_given]
    lines += [
        saying("{amount} of {lot}: {went}", amount=amount(one.volume, unit), lot=one.lot_code,
               went=one.went.words)
        for one in found.elsewhere
    ]  # fmt: skip
    return lines


def _where(one: NotGiven, unit: VolumeUnit) -> Saying:
    much = amount(one.volume, unit)
    if one.removed_on is not None and not one.hold_code:
        return saying(
            "{amount} of {lot} were taken off the lists on {on}; ask {donor} where they are",
            amount=much, lot=one.lot_code, on=one.removed_on, donor=one.donor_code,
        )  # fmt: skip
    if not one.hold_code:
        return saying(
            "{amount} of {lot} lie with {donor}", amount=much, lot=one.lot_code, donor=one.donor_code
        )
    if one.driver_code and not one.is_promise:
        return saying(
            "{amount} of {lot} are with {driver}, left by {pickup}",
            amount=much, lot=one.lot_code, driver=one.driver_code, pickup=one.pickup_code,
        )  # fmt: skip
    if not one.pickup_code:
        return saying(
            "{amount} of {lot} are promised to {family} ({hold})",
            amount=much, lot=one.lot_code, family=one.recipient_code, hold=one.hold_code,
        )  # fmt: skip
    return saying(
        "{amount} of {lot} travel to {family} with {pickup}: stop it",
        amount=much, lot=one.lot_code, family=one.recipient_code, pickup=one.pickup_code,
    )  # fmt: skip


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def _oz(volume: Volume | None) -> float | None:
    return None if volume is None else round(volume.oz, 2)

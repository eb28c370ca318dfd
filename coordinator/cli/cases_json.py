"""What ``--json`` prints of cases: codes for programs, and the words a coordinator reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli.json_documents import Document, pickup_line
from coordinator.cli.standing import of_renewal

if TYPE_CHECKING:
    from datetime import date

    from coordinator.domain.agreements.board import Card
    from coordinator.domain.agreements.cases import Case, NextStep, Strand
    from coordinator.domain.agreements.choices import Informed
    from coordinator.domain.pickups.plans import PickupSummary
    from coordinator.domain.today import Today
    from coordinator.domain.volume import Volume
    from coordinator.domain.worklist.calls import Call
    from coordinator.domain.worklist.openings import Openings, ThereIs
    from coordinator.domain.worklist.out_and_waiting import Waiting
    from coordinator.domain.worklist.planned import PlannedCalls


def of_worklist(found: Today, opened: Openings, planned: PlannedCalls) -> Document:
    """Return the worklist of the day: every case, who is out or nearly, and what is waited for."""
    return {
        "cases": [of_case(one) for one in found.cases],
        "now": [{**of_case(one), "there_is": _there_is(opened.families.get(one.code))} for one in found.now],
        "short_this_week": {
            "ounces": _oz(opened.short.short),
            "families": opened.short.families,
            "not_counted": opened.short.not_known,
        },
        "waiting": [of_waiting(one) for one in found.waiting],
        "to_renew": [of_renewal(one) for one in found.renewals],
        "nudges": [
            {"whom": one.code, "asked_on": _day(one.asked_on), "open": one.open} for one in found.nudges
        ],
        "calls": [_call(one, planned) for one in found.calls],
        "runs": [_run(one) for one in found.pickups],
        "to_settle": [_run(one) for one in found.to_settle],
        "notes": [
            {
                "code": one.code,
                "pickup": one.pickup_code,
                "on": _day(one.on),
                "note": one.text,
                "asks": str(one.asks) or None,
            }
            for one in found.notes
        ],
        "came_unfit": [
            {
                "hold": one.hold_code,
                "recipient": one.recipient_code,
                "lot": one.lot_code,
                "donor": one.donor_code,
                "pickup": one.pickup_code,
                "on": _day(one.on),
                "ounces": _oz(one.volume),
                "why": str(one.against),
            }
            for one in found.came_unfit
        ],
    }


def _there_is(found: ThereIs | None) -> Document | None:
    if found is None:
        return None
    counts = {"ready": found.ready, "one_call": found.one_call, "clinician": found.clinician}
    return {**counts, "waits": found.waits}


def _call(call: Call, planned: PlannedCalls) -> Document:
    """Return a call with what was always told of it, and with all that the household is asked."""
    opens = planned.opens.get(call.household.id)
    return {
        "code": call.code,
        "urgent": call.is_urgent,
        "questions": [question.text for question in call.questions],
        "topics": [question.topic for question in call.questions],
        "messaged_on": _day(call.messaged_on),
        "codes": list(call.codes),
        "free_oz": _oz(call.free) if call.free is not None else None,
        "lasts_until": _day(call.lasts_until),
        "waiting": [of_waiting(one) for one in call.waiting],
        "opens": [code for code, _ in opens.babies] if opens else [],
        "opens_oz": _oz(opens.volume) if opens else None,
    }


def _run(one: PickupSummary) -> Document:
    return {
        **pickup_line(one),
        "state": one.state.value,
        "carrier": one.carrier,
        "driver": one.driver_code or None,
        "prints": one.prints,
        "changed_since_printed": one.changed_since_printed,
        "still_asked": [str(asked) for asked in one.still_asked],
    }


def of_case(case: Case) -> Document:
    """Return where a baby's need stands, and each of its holds."""
    return {
        "recipient": case.code,
        **_where(case),
        "line": str(case.line),
        "lasts_until": _day(case.lasts_until),
        "then_until": _day(case.then_until),
        "old_figure": case.is_old_figure,
        "short_oz": _oz(case.short),
        "short_from": _day(case.short_from),
        "strands": [_strand(one) for one in case.strands],
        "standing": [of_renewal(one) for one in case.renewals],
    }


def of_waiting(one: Waiting) -> Document:
    """Return what is waited for, and whom; ``others`` are more holds of the same baby that wait."""
    return {
        "recipient": one.recipient_code,
        "whom": one.whom_code,
        "ends_on": _day(one.ends_on),
        **_strand(one.strand),
        "others": [_strand(strand) for strand in one.others],
    }


def of_card(card: Card) -> Document:
    """Return one promise as it stands on the board."""
    return {
        "hold": card.hold.code,
        "station": card.station.value,
        "lot": card.hold.lot_code,
        "donor": card.hold.donor_code,
        "recipient": card.hold.recipient_code,
        "ounces": _oz(card.hold.volume),
        "words": str(card.words),
        "turn": card.turn.value,
        "since": _day(card.since),
        "days": card.days,
        "late": card.is_late,
        "still_asked": [str(one) for one in card.hold.still_asked],
        "choices": [_informed(one) for one in card.strand.informed] if card.strand else [],
        "next": _next(card.next),
    }


def _informed(one: Informed) -> Document:
    """Return where one side's informed choice stands; ``changed`` is what is another since it was told."""
    choice = one.choice
    return {
        "side": one.side.value,
        "yes_on": _day(one.yes_on),
        "recorded": one.is_recorded,
        "told_on": _day(choice.told_on) if choice else None,
        "text_version": choice.text_version if choice else None,
        "ask_again": one.asks_again,
        "changed": [str(change) for change in one.changes],
    }


def _strand(strand: Strand) -> Document:
    return {
        "hold": strand.hold.code,
        "lot": strand.hold.lot_code,
        "donor": strand.hold.donor_code,
        "ounces": _oz(strand.hold.volume),
        "pickup": strand.pickup.code if strand.pickup else None,
        "donor_asked_on": _day(strand.asked_donor.on),
        "family_asked_on": _day(strand.asked_family.on),
        "still_asked": [str(one) for one in strand.hold.still_asked],
        "choices": [_informed(one) for one in strand.informed],
        **_where(strand),
    }


def _where(one: Case | Strand) -> Document:
    return {
        "step": one.step.value,
        "words": str(one.words),
        "turn": one.turn.value,
        "since": _day(one.since),
        "next": _next(one.next),
    }


def _next(step: NextStep) -> Document:
    return {
        "act": step.act.value,
        "words": str(step.words),
        "code": step.code or None,
        "hold": step.hold_code or None,
        "pickup": step.pickup_code or None,
        "side": step.side.value if step.side else None,
        "due_on": _day(step.due_on),
        "standing": step.standing_code or None,
        "on": _day(step.on),
        "instead": step.instead.value,
    }


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _oz(volume: Volume) -> float:
    return round(volume.oz, 1)

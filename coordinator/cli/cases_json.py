"""What ``--json`` prints of cases: codes for programs, and the words a coordinator reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli.json_documents import Document

if TYPE_CHECKING:
    from datetime import date

    from coordinator.domain.agreements.cases import Case, NextStep, Strand
    from coordinator.domain.today import Today
    from coordinator.domain.volume import Volume
    from coordinator.domain.worklist import Waiting


def of_worklist(found: Today) -> Document:
    """Return the worklist of the day: every case, who is out or nearly, and what is waited for."""
    return {
        "cases": [of_case(one) for one in found.cases],
        "now": [of_case(one) for one in found.now],
        "waiting": [of_waiting(one) for one in found.waiting],
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
    }


def of_waiting(one: Waiting) -> Document:
    """Return what is waited for, and whom."""
    return {
        "recipient": one.recipient_code,
        "whom": one.whom_code,
        "ends_on": _day(one.ends_on),
        **_strand(one.strand),
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
        "instead": step.instead.value,
    }


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _oz(volume: Volume) -> float:
    return round(volume.oz, 1)

"""What ``milkrun plan --json`` prints."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from coordinator.cli.json_documents import Document

if TYPE_CHECKING:
    from coordinator.domain.planning.plan import Figures, Plan, PlanCall, Proposal


def of_plan(plan: Plan) -> Document:
    """Return a plan: what to ring for, what goes where, who is left, and the figures before and after."""
    return {
        "calls": [_call(one) for one in plan.calls],
        "proposals": [_proposal(one) for one in plan.proposals],
        "unserved": [
            {
                "recipient": one.recipient,
                "days": round(one.days, 1),
                "why": str(one.why),
                "possible": one.possible,
                "waiting": one.waiting,
                "far": one.not_offered.far,
                "others": one.not_offered.others,
            }
            for one in plan.unserved
        ],
        "figures": {
            "before": _figures(plan.before),
            "certain": _figures(plan.certain),
            "after": _figures(plan.after),
        },
        "weights": [
            {
                "key": one.key,
                "title": one.title,
                "value": one.value,
                "unit": one.unit,
                "reason": str(one.reason),
            }
            for one in plan.weights
        ],
        "hopes": {topic: round(share, 3) for topic, share in plan.hopes.items()},
        "gap": round(plan.gap, 6) if math.isfinite(plan.gap) else None,
        "seconds": round(plan.seconds, 3),
    }


def _call(call: PlanCall) -> Document:
    return {
        "household": call.household,
        "opens_oz": round(call.opens_oz, 1),
        "asks": [str(one) for one in call.asks],
        "blocking": [str(one) for one in call.blocking],
        "why": str(call.why),
    }


def _proposal(one: Proposal) -> Document:
    return {
        "id": one.id,
        "lot": one.lot,
        "donor": one.donor,
        "recipient": one.recipient,
        "ounces": round(one.ounces, 1),
        "bags": one.bags,
        "only_from": one.only_from.isoformat() if one.only_from else None,
        "minutes": round(one.minutes, 1),
        "certain": one.is_certain,
        "calls": list(one.calls),
        "hope": round(one.hope, 3),
    }


def _figures(figures: Figures) -> Document:
    return {
        "uncovered_baby_days": round(figures.uncovered_baby_days, 1),
        "minutes": round(figures.minutes, 1),
        "expired_oz": round(figures.expired_oz, 1),
        "donors_per_baby": round(figures.donors_per_baby, 2),
        "at_nothing": figures.at_nothing,
    }

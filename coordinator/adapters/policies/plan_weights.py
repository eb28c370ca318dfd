"""Reads ``resources/policies/plan.toml``."""

from __future__ import annotations

from functools import cache

from coordinator.adapters.policies.policy_file import PolicyError, PolicyFile, shipped
from coordinator.domain.planning.weights import PlanPolicy, Weight

FILE = "plan.toml"


@cache
def load_plan_policy() -> PlanPolicy:
    """Return what a plan goes by.

    Raises:
        PolicyError: If a value, its unit, source, status or date is missing or wrong.
    """
    return read_plan_policy(shipped(FILE))


def read_plan_policy(text: str) -> PlanPolicy:
    """Return what a plan goes by from a TOML *text*; raises ``PolicyError``."""
    file = PolicyFile(FILE, text)

    def figure(key: str) -> float:
        return float(file.value(key))

    try:
        return PlanPolicy(
            early_week=figure("early_week"),
            minute=figure("minute"),
            trip=figure("trip"),
            driver_trip=figure("driver_trip"),
            donor=figure("donor"),
            kept=figure("kept"),
            expiring=figure("expiring"),
            nothing=figure("nothing"),
            change=figure("change"),
            first=figure("first"),
            smallest_oz=figure("smallest"),
            minutes=figure("minutes"),
            weeks=int(file.value("weeks")),
            hope=figure("hope"),
            hope_after=int(file.value("hope_after")),
            freezer_oz=figure("freezer_fill"),
            medical=tuple(str(word) for word in file.value("medical_reason")),
            printed=tuple(_weight(file, key) for key in file.data if isinstance(file.data[key], dict)),
        )
    except PolicyError:
        raise
    except (TypeError, ValueError) as error:
        raise PolicyError(FILE, "a value", str(error)) from error


def _weight(file: PolicyFile, key: str) -> Weight:
    table = file.table(key)
    value = table["value"]
    shown = float(value) if isinstance(value, int | float) else float(len(value))
    return Weight(key, str(table["label"]), shown, str(table["unit"]), table.sources[0])

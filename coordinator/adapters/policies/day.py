"""Reads ``resources/policies/day.toml``."""

from __future__ import annotations

from datetime import time
from functools import cache

from coordinator.adapters.policies.policy_file import PolicyError, PolicyFile, shipped
from coordinator.domain.pickups.day.question import DayPolicy
from coordinator.domain.pickups.day.routing import Hours, Lunch
from coordinator.domain.pickups.ordering import minute_of_day

FILE = "day.toml"


@cache
def load_day_policy() -> DayPolicy:
    """Return what planning a day goes by.

    Raises:
        PolicyError: If a value, its unit, source, status or date is missing or wrong.
    """
    return read_day_policy(shipped(FILE))


def read_day_policy(text: str) -> DayPolicy:
    """Return the policy in a TOML *text*; raises ``PolicyError`` like ``load_day_policy``."""
    file = PolicyFile(FILE, text)
    lunch, custody = file.table("lunch"), file.table("custody")
    try:
        opens, closes = file.value("day_hours")
        return DayPolicy(
            lunch=Lunch(int(lunch["value"]), _hours(lunch["begins_from"], lunch["begins_until"])),
            day=_hours(opens, closes),
            a_run=int(file.value("a_run")),
            unknown=int(file.value("unknown")),
            longer=int(file.value("longer")),
            change=int(file.value("change")),
            nearby=int(file.value("nearby")),
            nearby_most=int(file.value("nearby_most")),
            custody_source=custody.sources[0],
            custody_by_state={"CA": file.table("custody_ca").sources[0]},
        )
    except PolicyError:
        raise
    except (TypeError, ValueError) as error:
        raise PolicyError(FILE, "a value", str(error)) from error


def _hours(opens: str, closes: str) -> Hours:
    found = Hours(*(minute_of_day(time.fromisoformat(at)) for at in (opens, closes)))
    if found.opens >= found.closes:
        raise ValueError("hours end before they begin")
    return found

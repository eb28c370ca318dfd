"""Every figure the program plans or prints by that is no value of a profile, as a clinician is shown it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coordinator.adapters.policies.policy_file import PolicyFile, shipped
from coordinator.domain.policies.review import PlanningValue

if TYPE_CHECKING:
    from coordinator.adapters.policies.policy_file import PolicyTable

_FILES = (
    "handling.toml",
    "intake.toml",
    "matching.toml",
    "pickups.toml",
    "day.toml",
    "driving.toml",
    "plan.toml",
    "ranking.toml",
)


def planning_values() -> tuple[PlanningValue, ...]:
    """Return the figures of the files beside the profiles, in their order; raises ``PolicyError``."""
    files = [PolicyFile(name, shipped(name)) for name in _FILES]
    return tuple(_shown(file, table) for file in files for table in _tables(file))


def _tables(file: PolicyFile) -> Iterator[PolicyTable]:
    for key, found in file.data.items():
        if isinstance(found, dict):
            yield file.table(key)
        elif isinstance(found, list):
            yield from file.tables(key)


def _shown(file: PolicyFile, table: PolicyTable) -> PlanningValue:
    page = table.page
    return PlanningValue(
        title=_title(file, table),
        words=_words(table),
        unit=table["unit"],
        seen_in=(*table.sources, *filter(None, [table.data.get("derived")])),
        address=page.address,
        dated=page.dated,
        status=table["status"],
        checked=table["checked"],
    )


def _title(file: PolicyFile, table: PolicyTable) -> str:
    if "from_days" not in table.data:
        return str(table.data.get("label") or table.key.replace("_", " "))
    first, last = table["from_days"], table.data.get("until_days")
    label = str(table["label"]).replace("{}", f"{first} to {last}" if last else f"{first}")
    return f"{file.data['title']}: {label}"


def _words(table: PolicyTable) -> str:
    """Return the figure as its file has it: a value, low / expected / high, a formula, or speeds."""
    data = table.data
    if "log_of_days" in data:
        return f"{data['start']} {data['a_day']:+g} x days {data['log_of_days']:+g} x ln(days)"
    if "low" in data and "expected" in data:
        return f"{data['low']} / {data['expected']} / {data['high']}"
    if "bands" in data:
        return ", ".join(f"{band['mph']} (to {band['up_to_road_miles'] or '…'} mi)" for band in data["bands"])
    return str(data["value"] if "value" in data else data["entries"])

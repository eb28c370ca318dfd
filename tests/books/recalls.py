"""A recall of every donor, compared with what the rows say one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from coordinator.domain.records.recall import PumpedDays
from coordinator.domain.volume import Volume, total
from coordinator.services.records.recalling import recall

if TYPE_CHECKING:
    from tests.books.machine import Coordinator


def missed(it: Coordinator) -> Iterator[str]:
    """Yield the donors of whose milk a recall finds another amount at some family than the rows hold."""
    begins = it.today - timedelta(days=len(it.trail) % 40)
    days = PumpedDays(begins, begins + timedelta(days=10)) if len(it.trail) % 3 else PumpedDays()
    merged = {row["id"] for row in it.rows["household"] if row["merged_into_id"] is not None}
    donors = {row["id"]: row for row in it.rows["donor"] if row["household_id"] not in merged}
    lots = {row["id"]: row for row in it.rows["lot"] if row["donor_id"] in donors}
    families = {row["id"]: row["code"] for row in it.rows["recipient"]}
    holds = {row["id"]: row for row in it.rows["hold"] if row["lot_id"] in lots}
    expected: dict[str, list[tuple[str, str, Volume]]] = {}
    for came in it.rows["delivery"]:
        hold = holds.get(came["hold_id"])
        if hold is None or not came["delivered"]:
            continue
        lot = lots[hold["lot_id"]]
        if _may_be(days, lot, hold):
            told = families[hold["recipient_id"]], lot["code"], came["delivered"]
            expected.setdefault(donors[lot["donor_id"]]["code"], []).append(told)
    for donor in expected or {row["code"] for row in list(donors.values())[:1]}:
        found = recall(it.database, donor, it.today, days)
        given = sorted((one.recipient_code, one.lot_code, one.volume) for one in found.given)
        if given != sorted(expected.get(donor, [])):
            yield f"{donor}: a recall finds {given}, the rows say {expected.get(donor)}"
        if any(home.left is not None and home.left > home.volume for home in found.homes):
            yield f"{donor}: more is left than came"
        if total([home.volume for home in found.homes]) != found.volume:
            yield f"{donor}: the homes do not add up"


def _may_be(days: PumpedDays, lot: dict[str, Any], hold: dict[str, Any]) -> bool:
    """Return whether any day the bags may be of is one of *days*, looked at day by day."""
    if days.first is None or days.last is None:
        return True
    first = max(filter(None, (lot["expressed_from"], hold["only_from"])), default=date.min)
    last = lot["expressed_to"] or date.max
    one = days.first
    while one <= days.last:
        if first <= one <= last:
            return True
        one += timedelta(days=1)
    return False

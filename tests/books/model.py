"""What must be true of the rows of a network, in plain Python beside the program's own check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from coordinator.domain.milk.left_behind import DUST

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""Every row of every table, as ``dump`` returns them."""


def _by_id(rows: Rows, table: str) -> dict[int, Row]:
    return {row["id"]: row for row in rows[table]}


class Ledger:
    """The rows of one moment, tied together by hand."""

    def __init__(self, rows: Rows, today: date) -> None:
        self.rows, self.today = rows, today
        self.lots, self.donors = _by_id(rows, "lot"), _by_id(rows, "donor")
        self.recipients, self.homes = _by_id(rows, "recipient"), _by_id(rows, "household")
        self.pickups, self.drivers = _by_id(rows, "pickup"), _by_id(rows, "driver")
        self.holds = _by_id(rows, "hold")
        self.yeses = {row["hold_id"]: row for row in rows["agreement"]}
        self.came = {row["hold_id"]: row for row in rows["delivery"]}
        self.on = {row["hold_id"]: row["pickup_id"] for row in rows["pickup_load"]}
        self.fates: dict[int, list[Row]] = {lot_id: [] for lot_id in self.lots}
        for row in rows["lot_fate"]:
            self.fates[row["lot_id"]].append(row)

    def faults(self) -> list[str]:
        """Return what is not as it must be; nothing where the books balance."""
        checks = (self._lots, self._holds, self._pickups, self._families, self._figures)
        return [fault for check in checks for fault in check()]

    def counts(self, hold: Row) -> bool:
        """Whether a hold keeps its milk from others."""
        is_open = hold["state"] == "open" and self.today <= hold["expires_on"]
        return bool(hold["state"] == "agreed" or is_open)

    def taken(self, hold: Row) -> int:
        """Return how many microlitres a hold keeps or took."""
        if (came := self.came.get(hold["id"])) is not None:
            return int(came["delivered"].microlitres + came["lost"].microlitres)
        return int(hold["volume"].microlitres) if self.counts(hold) else 0

    def standing(self, code: str) -> tuple[int, int, int, int]:
        """Return what is free, held, delivered and lost of a lot, in microlitres; no more."""
        lot = next(row for row in self.lots.values() if row["code"] == code)
        of_it = [hold for hold in self.holds.values() if hold["lot_id"] == lot["id"]]
        held = sum(hold["volume"].microlitres for hold in of_it if self.counts(hold))
        came = [self.came[hold["id"]] for hold in of_it if hold["id"] in self.came]
        delivered = sum(row["delivered"].microlitres for row in came)
        lost = sum(row["lost"].microlitres for row in came)
        other = self.fated(lot["id"])
        lost += sum(one["volume"].microlitres for one in self.fates[lot["id"]] if one["fate"] == "lost")
        lost_on_the_way = sum(row["lost"].microlitres for row in came)
        free = lot["volume"].microlitres - held - delivered - lost_on_the_way - other
        free -= sum(self.carried(hold) for hold in of_it)
        return free, held, delivered, lost

    def carried(self, left: Row) -> int:
        """Return how many microlitres that a hold left behind are still with the volunteer."""
        came = self.came.get(left["id"])
        if came is None or not came["with_driver"]:
            return 0
        out = [hold for hold in self.holds.values() if hold["carried_from"] == left["code"]]
        took = sum(
            int(hold["volume"].microlitres) for hold in out if self.counts(hold) or hold["state"] == "done"
        )
        told = [one for fates in self.fates.values() for one in fates if one["carried_from"] == left["code"]]
        took += sum(int(one["volume"].microlitres) for one in told)
        rest = int(came["with_driver"].microlitres) - took
        return rest if rest >= DUST.microlitres else 0

    def fated(self, lot_id: int) -> int:
        """Return how many microlitres of a lot no family got."""
        return sum(int(one["volume"].microlitres) for one in self.fates[lot_id])

    def open_holds(self) -> set[str]:
        """Return the codes of the holds that keep milk."""
        return {hold["code"] for hold in self.holds.values() if self.counts(hold)}

    def _bags(self, hold: Row) -> int:
        came = self.came.get(hold["id"])
        if came is not None:
            return came["bags"] or 0
        return (hold["bags"] or 0) if self.counts(hold) else 0

    def _lots(self) -> Iterator[str]:
        holds: dict[int, list[Row]] = {lot_id: [] for lot_id in self.lots}
        for hold in self.holds.values():
            holds[hold["lot_id"]].append(hold)
        for lot_id, lot in self.lots.items():
            offered = lot["volume"].microlitres
            taken = sum(map(self.taken, holds[lot_id])) + self.fated(lot_id)
            if taken > offered:
                yield f"{lot['code']}: {taken} of {offered} microlitres are taken"
            elif (newer := self._newer_beyond(lot, holds[lot_id])) > 0:
                yield f"{lot['code']}: {newer} microlitres of newer bags too many"
            bags = sum(map(self._bags, holds[lot_id]))
            bags += sum(one["bags"] or 0 for one in self.fates[lot_id])
            if lot["bags"] is not None and not 0 <= bags <= lot["bags"]:
                yield f"{lot['code']}: {bags} of {lot['bags']} bags are taken"
            if lot["archived_on"] and any(self.counts(hold) for hold in holds[lot_id]):
                yield f"{lot['code']} is removed and held"

    def _newer_beyond(self, lot: Row, holds: list[Row]) -> int:
        first, last = lot["expressed_from"], lot["expressed_to"]
        if first is None or last is None:
            return 0
        beyond, days = 0, (last - first) // timedelta(days=1) + 1
        for cut in {hold["only_from"] for hold in holds if hold["only_from"]}:
            if not first < cut <= last:
                continue
            promised = sum(
                self.taken(hold)
                for hold in holds
                if hold["only_from"] and cut <= hold["only_from"] and first < hold["only_from"] <= last
            )
            share = ((last - cut) // timedelta(days=1) + 1) * lot["volume"].microlitres // days
            beyond = max(beyond, promised - share)
        return beyond

    def _holds(self) -> Iterator[str]:
        for hold in self.holds.values():
            code, said = hold["code"], self.yeses.get(hold["id"], {})
            both = bool(said.get("donor_yes_on") and said.get("family_yes_on"))
            if (hold["state"] == "agreed" and not both) or (hold["state"] == "open" and both):
                yield f"{code} is {hold['state']} with both yeses: {both}"
            came = self.came.get(hold["id"])
            if (hold["state"] == "done") != (came is not None):
                yield f"{code} is {hold['state']}, delivered: {came is not None}"
            if came and came["delivered"] + came["left_behind"] + came["lost"] != hold["volume"]:
                yield f"{code}: what came, stayed and was lost is not what was held"
            if hold["expires_on"] < hold["made_on"]:
                yield f"{code} ends before it begins"
            yield from self._parties(hold)

    def _parties(self, hold: Row) -> Iterator[str]:
        """Yield who of a living hold was removed, and that it takes bags that are not there."""
        if not self.counts(hold):
            return
        lot, family = self.lots[hold["lot_id"]], self.recipients[hold["recipient_id"]]
        donor = self.donors[lot["donor_id"]]
        if donor["household_id"] == family["household_id"]:
            yield f"{hold['code']} keeps a family's milk for itself"
        for party in (donor, family):
            if party["archived_on"] is not None:
                yield f"{hold['code']} lives, and {party['code']} is removed"
        if hold["only_from"] and lot["expressed_to"] and hold["only_from"] > lot["expressed_to"]:
            yield f"{hold['code']} takes only bags newer than its lot"

    def _pickups(self) -> Iterator[str]:
        for pickup_id, pickup in self.pickups.items():
            code, state = pickup["code"], pickup["state"]
            carried = [self.holds[hold] for hold, at in self.on.items() if at == pickup_id]
            delivered = {hold for hold, row in self.came.items() if row["pickup_id"] == pickup_id}
            states = {hold["state"] for hold in carried}
            if state == "planned" and (states - {"open", "agreed"} or delivered):
                yield f"{code} is planned with {states}, delivered {len(delivered)}"
            if state == "settled" and (states - {"done"} or delivered != {hold["id"] for hold in carried}):
                yield f"{code} is settled with {states}"
            if state == "cancelled" and (carried or delivered):
                yield f"{code} is cancelled and carries milk"
            if state != "cancelled":
                yield from self._stops(pickup, carried)
            driver = self.drivers.get(pickup["driver_id"])
            if state == "planned" and driver and driver["archived_on"]:
                yield f"{code} is driven by somebody removed"

    def _stops(self, pickup: Row, carried: list[Row]) -> Iterator[str]:
        needed = set()
        ways = set()
        for hold in carried:
            giver = self.donors[self.lots[hold["lot_id"]]["donor_id"]]["household_id"]
            taker = self.recipients[hold["recipient_id"]]["household_id"]
            ways.add((giver, taker))
            needed.add(("meet" if pickup["kind"].startswith("meet") else "pick up", giver))
            if pickup["kind"] == "volunteer run":
                needed.add(("drop", taker))
        stops = [row for row in self.rows["stop"] if row["pickup_id"] == pickup["id"]]
        have = Counter((str(row["kind"]), row["household_id"]) for row in stops)
        if set(have) != needed or max(have.values(), default=1) > 1:
            yield f"{pickup['code']} stops at {dict(have)}, and {needed} are needed"
        if sorted(row["place"] for row in stops) != list(range(1, len(stops) + 1)):
            yield f"{pickup['code']}: its stops are not numbered in order"
        if pickup["kind"] != "volunteer run" and len(ways) > 1 and pickup["state"] == "planned":
            yield f"{pickup['code']} is no run and serves {len(ways)} families"

    def _families(self) -> Iterator[str]:
        living: Counter[tuple[str, int]] = Counter()
        for table in ("donor", "recipient", "driver"):
            for row in self.rows[table]:
                if row["archived_on"] is None:
                    living[table, row["household_id"]] += 1
                    if self.homes[row["household_id"]]["merged_into_id"] is not None:
                        yield f"{row['code']} lives in a family that was merged"
        yield from (f"a family has two roles {key}" for key, many in living.items() if many > 1)
        for home in self.homes.values():
            into = home["merged_into_id"]
            if into is not None and self.homes[into]["merged_into_id"] is not None:
                yield f"family {home['id']} is merged into a merged one"

    def _figures(self) -> Iterator[str]:
        for family in self.recipients.values():
            if family["stock"] is not None and family["stock"].microlitres < 0:
                yield f"{family['code']} has less than no milk"
        for lot in self.lots.values():
            if lot["expressed_from"] and lot["expressed_to"] and lot["expressed_from"] > lot["expressed_to"]:
                yield f"{lot['code']}: the oldest is newer than the newest"

"""What a coordinator at random tells of milk that no family got, and what families did with theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from coordinator.domain.milk.fates import Fate, ToldFate, Used
from coordinator.domain.pickups.plans import PickupState
from coordinator.domain.records.ledger import By, Went
from coordinator.domain.volume import Volume, total
from coordinator.services.agreements import passing_on
from coordinator.services.milk import fates, used
from coordinator.services.pickups import on_the_day, planning
from coordinator.services.records.ledger import ledger
from tests.books.decisions import NothingToDoError

if TYPE_CHECKING:
    from tests.books.machine import Choose, Coordinator


def tell_fate(it: Coordinator, choose: Choose) -> None:
    """Tell that milk of a lot was kept, discarded, referred or lost; mostly some of what is there."""
    code = it.code(choose, "lot")
    told = ToldFate(
        choose.one(tuple(Fate)),
        choose.one((None, Volume.from_oz(choose.number(0, 40)))),
        it.today - timedelta(days=choose.number(-1, 5)),
        choose.one((None, None, choose.number(0, 12))),
        choose.one(("past its last day", "")),
        "Mothers' Milk Bank",
    )
    it.tell(code, told)
    fates.tell_fate(it.database, code, told, it.today)


def take_fate_back(it: Coordinator, choose: Choose) -> None:
    """Take back what was told of a lot."""
    known = [row["id"] for row in it.rows["lot_fate"]]
    if not known:
        raise NothingToDoError
    number = choose.one(known)
    it.tell(number)
    fates.take_fate_back(it.database, number, it.today)


def tell_used(it: Coordinator, choose: Choose) -> None:
    """Tell that a family fed, spilled or threw out milk."""
    code = it.code(choose, "recipient")
    how, volume = choose.one(tuple(Used)), Volume.from_oz(choose.number(0, 60))
    on = it.today - timedelta(days=choose.number(-1, 5))
    it.tell(code, how, volume, on)
    used.tell_used(it.database, code, how, volume, on, it.today)


def cancel_stop(it: Coordinator, choose: Choose) -> None:
    """Cancel a stop, mostly of a pickup that is planned; nothing of it stays on the run."""
    code = it.code(choose, "pickup", lambda row: bool(row["state"] == "planned"))
    ids = {row["code"]: row["id"] for row in it.rows["pickup"]}
    here = [row["id"] for row in it.rows["stop"] if row["pickup_id"] == ids[code]]
    if not here:
        raise NothingToDoError
    stop = choose.one(here)
    it.tell(code, stop)
    waiting = on_the_day.cancel_stop(it.database, code, stop)
    left = planning.pickup(it.database, code, it.today)
    on_it = {hold.code for hold in left.holds} & set(waiting)
    it.same(f"holds of stop {stop} still on {code}", set(), on_it)
    if left.state is PickupState.PLANNED:
        it.same(f"stop {stop} of {code}", [], [one.id for one in left.stops if one.id == stop])


def let_collect(it: Coordinator, choose: Choose) -> None:
    """Let a family collect what a run was to bring."""
    code, family = it.code(choose, "pickup"), it.code(choose, "recipient")
    it.tell(code, family)
    on_the_day.let_collect(it.database, code, family)


def pass_on(it: Coordinator, choose: Choose) -> None:
    """Plan that what was left behind goes to another family the same day."""
    ids = {row["id"]: row["code"] for row in it.rows["hold"]}
    left = [ids[row["hold_id"]] for row in it.rows["delivery"] if row["left_behind"]]
    hold = choose.one(left) if left else it.code(choose, "hold")
    family = it.code(choose, "recipient")
    it.tell(hold, family)
    passing_on.pass_on(it.database, hold, family, it.today)


def unaccounted(it: Coordinator) -> Iterator[str]:
    """Yield the lots of which the ledger does not say what the rows say, to the microlitre."""
    found = ledger(it.database, it.today)
    rows = {row["code"]: row for row in it.rows["lot"]}
    for lot in found.lots:
        row = rows[lot.lot_code]
        if lot.offered != row["volume"] or lot.rest < Volume():
            yield f"{lot.lot_code}: {lot.offered} offered, {lot.rest} left"
        gone = total([lot.went(went) for went in Went])
        if gone + lot.there + lot.untold != row["volume"]:
            yield f"{lot.lot_code} does not add up"
        if lot.untold and not row["archived_on"]:
            yield f"{lot.lot_code} is not accounted for, and it was not removed"
    for went in Went:
        by = [total([line.went[went] for line in found.lines(one)]) for one in (By.LOT, By.DONOR, By.MONTH)]
        if len(set(by)) > 1:
            yield f"{went}: {by} by lot, donor and month"


EVERY_OUNCE: Final[dict[str, Callable[[Coordinator, Choose], None]]] = {
    "told what became of milk": tell_fate,
    "what became of milk taken back": take_fate_back,
    "milk used": tell_used,
    "stop cancelled": cancel_stop,
    "collected instead": let_collect,
    "passed on": pass_on,
}

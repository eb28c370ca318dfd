"""What a coordinator at random does after a hand-over: corrects it, plans it again, or lets it go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from coordinator.domain.pickups.plans import Correction
from coordinator.domain.pickups.unplanned import GivenPart, HandedOver
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.agreements.planning_again import plan_again
from coordinator.services.agreements.unplanned import add_handed_over
from coordinator.services.pickups import planning
from coordinator.services.pickups.left_behind import left_behind, let_go, went_back
from tests.books.decisions import NothingToDoError
from tests.books.model import Row

if TYPE_CHECKING:
    from tests.books.machine import Choose, Coordinator


def settle_again(it: Coordinator, choose: Choose) -> None:
    """Correct what is written down of a pickup, mostly of one that is settled."""
    code = it.code(choose, "pickup", lambda row: bool(row["state"] == "settled"))
    ids = {row["code"]: row["id"] for row in it.rows["pickup"]}
    holds = {row["id"]: row["code"] for row in it.rows["hold"]}
    on_it = [holds[row["hold_id"]] for row in it.rows["pickup_load"] if row["pickup_id"] == ids[code]]
    told = [_correction(choose, hold) for hold in on_it if choose.number(0, 1)]
    it.tell(code, told)
    planning.settle_again(it.database, code, told, it.today)


def _correction(choose: Choose, hold: str) -> Correction:
    delivered, left, lost = (choose.one((None, None, Volume(), _ounces(choose))) for _ in range(3))
    bags = choose.one((None, None, choose.number(0, 12)))
    nobody = not choose.number(0, 5)
    return Correction(hold, delivered, bags, left, lost, nobody_home=nobody, note=choose.one(("", "a note")))


def _ounces(choose: Choose) -> Volume:
    return Volume.from_oz(choose.number(0, 40))


def plan_it_again(it: Coordinator, choose: Choose) -> None:
    """Put what was left behind on hold for its family once more."""
    hold = _left_behind(it, choose)
    it.tell(hold)
    plan_again(it.database, hold, it.today)


def let_it_go(it: Coordinator, choose: Choose) -> None:
    """Let go what was left behind, mostly with a reason."""
    hold = _left_behind(it, choose)
    reason = "they have enough" if choose.number(0, 5) else ""
    it.tell(hold, reason)
    let_go(it.database, hold, reason, it.today)


def take_it_back(it: Coordinator, choose: Choose) -> None:
    """Say that what was left with a volunteer is with the donor."""
    hold = _left_behind(it, choose)
    it.tell(hold)
    went_back(it.database, hold, it.today)


def _left_behind(it: Coordinator, choose: Choose) -> str:
    """Return a hold that left something behind; see first that what is told fits the rows."""
    came = {row["hold_id"]: row for row in it.rows["delivery"]}
    holds = {row["code"]: row for row in it.rows["hold"]}
    found = left_behind(it.database, it.today)
    for one in found:
        row: Row = came[holds[one.hold_code]["id"]]
        if not one.with_driver:  # what is with a volunteer is told until it is settled
            it.same(f"let go of {one.hold_code}", None, row["let_go_on"])
        if not Volume() < one.volume <= row["left_behind"] or not Volume() <= one.free <= one.volume:
            it.same(f"left behind of {one.hold_code}", one, row)
    waiting = [one.hold_code for one in found]
    if not waiting and choose.number(0, 5):
        raise NothingToDoError
    others = [it.code(choose, "hold")] if not waiting or not choose.number(0, 9) else []
    return choose.one((*waiting, *others))


def add_unplanned(it: Coordinator, choose: Choose) -> None:
    """Write down a hand-over nobody had planned; of what can have been, none may be refused."""
    family = it.code(choose, "recipient")
    lots = {it.code(choose, "lot") for _ in range(choose.number(1, 2))}
    parts = tuple(
        GivenPart(lot, _ounces(choose), choose.one((None, choose.number(1, 12)))) for lot in sorted(lots)
    )
    told = HandedOver(family, parts, it.today - timedelta(days=choose.number(-1, 30)), "Noa")
    is_miscounted = bool(choose.number(0, 3))
    it.tell(told, is_miscounted)
    can_have_been = is_miscounted and told.on <= it.today and _can_give(it, told)
    try:
        add_handed_over(it.database, told, it.today, is_miscounted=is_miscounted)
    except UserError as refused:
        it.same(f"what happened is refused: {refused}", can_have_been, known=False)
        raise


def _can_give(it: Coordinator, told: HandedOver) -> bool:
    """Whether all of it is there, of a home that is not the family's, and some milk."""
    lots = {row["code"]: row for row in it.rows["lot"]}
    donors = {row["id"]: row for row in it.rows["donor"]}
    family = next(row for row in it.rows["recipient"] if row["code"] == told.recipient)
    givers = [donors[lots[part.lot]["donor_id"]] for part in told.parts]
    there = (family, *givers, *(lots[part.lot] for part in told.parts))
    return (
        all(row["archived_on"] is None for row in there)
        and all(giver["household_id"] != family["household_id"] for giver in givers)
        and all(part.volume for part in told.parts)
    )


HAND_OVERS: Final[dict[str, Callable[[Coordinator, Choose], None]]] = {
    "settled again": settle_again,
    "left behind planned again": plan_it_again,
    "left behind let go": let_it_go,
    "left behind went back": take_it_back,
    "unplanned added": add_unplanned,
}
CORRECTING: Final = frozenset({"settled again", "left behind let go", "undone", "done again", "older undone"})
"""What may change what is written down of a hand-over; nothing else does."""

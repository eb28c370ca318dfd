"""What must be true of the books after every action, as pure functions over what the action touched.

A book is what is written about one lot, one pickup or one family. Each rule has its name; what breaks it is
told in a sentence with codes and amounts, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Final

from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.milk.lots import Lot, Promise
from coordinator.domain.milk.splitting import promised_beyond
from coordinator.domain.pickups.plans import PickupKind, PickupState, StopKind
from coordinator.domain.records.books import FamilyBook, HoldBook, LoadBook, LotBook, PickupBook
from coordinator.domain.volume import Volume, VolumeUnit, format_volume, total
from coordinator.errors import UserError
from coordinator.sayings import Saying, as_written, joined, saying


class BooksRule(StrEnum):
    """What must be true."""

    MILK = "milk"
    """A lot is never promised twice."""
    BAGS = "bags"
    """A lot's bags are never promised twice."""
    PART = "part"
    """Newer bags are never promised twice."""
    DATED = "dated"
    """A hold of newer bags begins at a day of its lot."""
    LIVING = "living"
    """A hold lies on a living lot of a living family for a living family."""
    OWN = "own"
    """No family gets its own milk."""
    AGREED = "agreed"
    """Agreed if and only if both said yes."""
    DONE = "done"
    """Handed over if and only if a delivery says what became of it."""
    AMOUNTS = "amounts"
    """What came, stayed and was lost is what was held."""
    DAYS = "days"
    """Days are in order."""
    LOADS = "loads"
    """What is planned travels with a planned pickup."""
    STOPS = "stops"
    """A pickup's stops are what its holds need, one a household."""
    ONE_WAY = "one_way"
    """Only a volunteer run serves several families."""
    VOLUNTEER = "volunteer"
    """A planned pickup has a living volunteer."""
    MERGED = "merged"
    """A merged family has no role of its own."""
    ROLES = "roles"
    """A family has each role once."""
    PAIRS = "pairs"
    """A donor and a family have one standing pair that goes on."""


FOUND_WRONG: Final = {
    BooksRule.MILK: saying("more is promised or was handed over than there was"),
    BooksRule.BAGS: saying("more of its bags are promised or gone than there were"),
    BooksRule.PART: saying("more of its newer bags is promised than there is"),
    BooksRule.DATED: saying("it takes only bags that are newer than its lot"),
    BooksRule.LIVING: saying("it keeps milk, though one of the two was removed"),
    BooksRule.OWN: saying("it keeps a family's milk for that family itself"),
    BooksRule.AGREED: saying("it is agreed without both yeses, or the reverse"),
    BooksRule.DONE: saying("it is handed over without a delivery, or the reverse"),
    BooksRule.AMOUNTS: saying("what came, stayed and was lost is not what was held"),
    BooksRule.DAYS: saying("its days are out of order"),
    BooksRule.LOADS: saying("what travels with it does not fit its state"),
    BooksRule.STOPS: saying("its stops are not what its milk needs"),
    BooksRule.ONE_WAY: saying("it serves several families and is no volunteer run"),
    BooksRule.VOLUNTEER: saying("who drives it was removed"),
    BooksRule.MERGED: saying("it belongs to a family that was made part of another"),
    BooksRule.ROLES: saying("its family has the role twice"),
    BooksRule.PAIRS: saying("its donor and family have another standing pair that goes on"),
}
"""What the check of a network says where a rule does not hold."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that does not hold: of which lot, pickup or family, told in a sentence; *by* tells how far."""

    rule: BooksRule
    about: str | Saying
    problem: Saying
    by: int = 1


class BooksError(UserError):
    """The books would not balance after an action; nothing of it is written."""

    def __init__(self, broken: Sequence[Broken]) -> None:
        super().__init__(saying("{problem} Nothing was saved.", problem=broken[0].problem))
        self.broken = tuple(broken)


def broken_of_lot(lot: LotBook, today: date, unit: VolumeUnit = VolumeUnit.OZ) -> Iterator[Broken]:
    """Yield what does not hold of *lot*; which holds count is judged on *today*."""
    on = lot.day(today)
    yield from _broken_amounts(lot, on, unit)
    if lot.first and lot.last and lot.first > lot.last:
        problem = saying("The oldest milk of {lot} would be newer than its newest.", lot=lot.code)
        yield Broken(BooksRule.DAYS, lot.code, problem)
    for hold in lot.holds:
        yield from _broken_of_hold(hold)
        if hold.counts(on) or (hold.pickup_code and hold.state is HoldState.OPEN):
            yield from _broken_living(lot, hold)
            yield from _broken_own(lot, hold)
            yield from _broken_dated(lot, hold)


def _broken_amounts(lot: LotBook, on: date, unit: VolumeUnit) -> Iterator[Broken]:
    living = [hold for hold in lot.holds if hold.counts(on)]
    gone = [hold for hold in lot.holds if hold.is_delivered]
    elsewhere = [one.volume for one in lot.fates]
    taken = total([*(hold.volume for hold in living), *(_gone(hold) for hold in gone), *elsewhere])
    named = _named([*living, *gone])
    if taken > lot.volume:
        problem = _beyond(lot, taken, named, unit)
        over = taken.microlitres - lot.volume.microlitres
        yield Broken(BooksRule.MILK, lot.code, _to_release(problem, living), over)
    elif (beyond := promised_beyond(_to_lot(lot, living, gone, taken))) > Volume():
        problem = saying(
            "More of the newer bags of {lot} would be promised than there are ({holds}).",
            lot=lot.code,
            holds=named,
        )
        yield Broken(BooksRule.PART, lot.code, _to_release(problem, living), beyond.microlitres)
    if lot.bags is not None:
        yield from _broken_bags(lot, lot.bags, living, gone)


def _beyond(lot: LotBook, taken: Volume, holds: tuple[str, ...], unit: VolumeUnit) -> Saying:
    """Return that more of *lot* would be *taken* than was offered, and by which holds, if by any."""
    if holds:
        return saying(
            "{much} of the {there} of {lot} would be promised or gone ({holds}).",
            much=_plain(taken, unit),
            there=_plain(lot.volume, unit),
            lot=lot.code,
            holds=holds,
        )
    return saying(
        "{much} of {lot} would be gone, and only {there} of it were offered.",
        much=_plain(taken, unit),
        lot=lot.code,
        there=_plain(lot.volume, unit),
    )


def _broken_bags(
    lot: LotBook, there: int, living: Sequence[HoldBook], gone: Sequence[HoldBook]
) -> Iterator[Broken]:
    bags = sum(hold.bags or 0 for hold in living) + sum(hold.gone_bags or 0 for hold in gone)
    bags += sum(one.bags or 0 for one in lot.fates)
    if bags > there:
        named = _named([*living, *gone])
        problem = (
            saying(
                "{bags} of the {there} bags of {lot} would be promised or gone ({holds}).",
                bags=bags,
                there=there,
                lot=lot.code,
                holds=named,
            )
            if named
            else saying(
                "{bags} bags of {lot} would be gone, and there were {there}.",
                bags=bags,
                lot=lot.code,
                there=there,
            )
        )
        yield Broken(BooksRule.BAGS, lot.code, _to_release(problem, living), bags - there)


def _broken_of_hold(hold: HoldBook) -> Iterator[Broken]:
    both = hold.donor_yes_on is not None and hold.family_yes_on is not None
    if (hold.state is HoldState.AGREED and not both) or (hold.state is HoldState.OPEN and both):
        problem = saying(
            "{hold} is agreed only with both families’ yes; note or take back a yes first.", hold=hold.code
        )
        yield Broken(BooksRule.AGREED, hold.code, problem)
    if (hold.state is HoldState.DONE) != hold.is_delivered:
        problem = saying(
            "{hold} would be handed over without a delivery, or the reverse; undo its settling first.",
            hold=hold.code,
        )
        yield Broken(BooksRule.DONE, hold.code, problem)
    elif hold.came is not None and hold.came + hold.stayed + hold.lost != hold.volume:
        problem = saying(
            "What came, stayed and was lost of {hold} would not be what was held of it.", hold=hold.code
        )
        yield Broken(BooksRule.AMOUNTS, hold.code, problem)
    if hold.expires_on < hold.made_on:
        problem = saying("{hold} would end before the day it was made; choose a later day.", hold=hold.code)
        yield Broken(BooksRule.DAYS, hold.code, problem)


def _broken_living(lot: LotBook, hold: HoldBook) -> Iterator[Broken]:
    """Yield which of lot, donor and family of a hold that keeps milk was removed."""
    for code, removed_on in (
        (lot.code, lot.removed_on),
        (lot.donor_code, lot.donor_removed_on),
        (hold.family_code, hold.family_removed_on),
    ):
        if removed_on is not None:
            problem = saying(
                "{hold} would keep milk though {code} was removed; release {hold} first.",
                hold=hold.code,
                code=code,
            )
            yield Broken(BooksRule.LIVING, f"{hold.code} {code}", problem)


def _broken_own(lot: LotBook, hold: HoldBook) -> Iterator[Broken]:
    """Yield that a hold keeps a family's milk for that family."""
    if hold.is_own:
        problem = saying(
            "{hold} would keep milk of {donor} for {family}, and these are one family; release {hold} first.",
            hold=hold.code,
            donor=lot.donor_code,
            family=hold.family_code,
        )
        yield Broken(BooksRule.OWN, hold.code, problem)


def _broken_dated(lot: LotBook, hold: HoldBook) -> Iterator[Broken]:
    """Yield that a hold takes only bags newer than the lot's newest."""
    if hold.only_from is not None and lot.last is not None and hold.only_from > lot.last:
        problem = saying(
            "{hold} takes only bags of {lot} dated {on} or later, and there would be none; "
            "release {hold} first.",
            hold=hold.code,
            lot=lot.code,
            on=hold.only_from,
        )
        yield Broken(BooksRule.DATED, f"{hold.code} {lot.code}", problem)


def broken_of_pickup(pickup: PickupBook) -> Iterator[Broken]:
    """Yield what does not hold of *pickup*."""
    yield from _broken_loads(pickup)
    if pickup.state is not PickupState.CANCELLED:
        yield from _broken_stops(pickup)
    if pickup.state is PickupState.PLANNED:
        yield from _broken_planned(pickup)


def _broken_planned(pickup: PickupBook) -> Iterator[Broken]:
    ways = {(load.giver, load.taker) for load in pickup.loads if load.is_loaded}
    if pickup.kind is not PickupKind.RUN and len(ways) > 1:
        problem = saying(
            "{pickup} would serve several families, which only a volunteer run does; "
            "take the milk of one of them off {pickup} first.",
            pickup=pickup.code,
        )
        yield Broken(BooksRule.ONE_WAY, pickup.code, problem, len(ways))
    if pickup.volunteer_removed_on is not None:
        problem = saying(
            "{volunteer} was removed and would drive {pickup}; choose who drives it.",
            volunteer=pickup.volunteer_code,
            pickup=pickup.code,
        )
        yield Broken(BooksRule.VOLUNTEER, pickup.code, problem)


def _broken_loads(pickup: PickupBook) -> Iterator[Broken]:
    for load in pickup.loads:
        is_waiting = load.state in {HoldState.OPEN, HoldState.AGREED} and not load.is_delivered
        fits = {
            PickupState.PLANNED: is_waiting and load.is_loaded,
            PickupState.SETTLED: load.is_loaded and load.is_delivered,
            PickupState.CANCELLED: False,
        }[pickup.state]
        if not fits:
            yield Broken(BooksRule.LOADS, f"{pickup.code} {load.hold_code}", _load_problem(pickup, load))


def _load_problem(pickup: PickupBook, load: LoadBook) -> Saying:
    hold, code = load.hold_code, pickup.code
    match pickup.state:
        case PickupState.SETTLED:
            return saying(
                "{pickup} is settled already, and {hold} would be on it with nothing written "
                "down of it; undo what settled {pickup} first.",
                pickup=code,
                hold=hold,
            )
        case PickupState.CANCELLED:
            return saying(
                "{pickup} is cancelled already, and {hold} would be on it with nothing written "
                "down of it; undo what cancelled {pickup} first.",
                pickup=code,
                hold=hold,
            )
    is_done = load.is_delivered or load.state is HoldState.DONE
    return saying(
        "{hold} is {state} and would travel with {pickup}; take it off that pickup first.",
        hold=hold,
        state=saying("handed over") if is_done else load.state.words,
        pickup=code,
    )


def _broken_stops(pickup: PickupBook) -> Iterator[Broken]:
    needed = stops_needed(pickup.kind, [(load.giver, load.taker) for load in pickup.loads if load.is_loaded])
    in_order = sorted(pickup.places) == list(range(1, len(pickup.stops) + 1))
    if len(set(pickup.stops)) != len(pickup.stops) or set(pickup.stops) != set(needed) or not in_order:
        problem = saying(
            "The stops of {pickup} would not be those its milk needs; look at {pickup} first.",
            pickup=pickup.code,
        )
        yield Broken(BooksRule.STOPS, pickup.code, problem)


def stops_needed(kind: PickupKind, homes: Iterable[tuple[int, int]]) -> dict[tuple[StopKind, int], None]:
    """Return what must happen at which household, each once in a steady order; *homes* give and take."""
    ways = list(homes)
    if kind is PickupKind.MEET:
        return {(StopKind.MEET, giver): None for giver, _ in ways}
    needed: dict[tuple[StopKind, int], None] = {(StopKind.PICK_UP, giver): None for giver, _ in ways}
    if kind is PickupKind.RUN:
        needed |= {(StopKind.DROP, taker): None for _, taker in ways}
    return needed


def broken_of_family(family: FamilyBook) -> Iterator[Broken]:
    """Yield what does not hold of *family*."""
    roles = (family.donors, family.recipients, family.drivers)
    living = [code for codes in roles for code in codes]
    about = living[0] if living else saying("family {number}", number=family.id)
    if family.is_merged and living:
        problem = saying(
            "{codes} would belong to a family that was made part of another; take the two apart first.",
            codes=tuple(living),
        )
        yield Broken(BooksRule.MERGED, about, problem)
    if family.merged_into_merged:
        problem = saying(
            "A family would be part of one that is itself part of another; take these apart first."
        )
        yield Broken(BooksRule.MERGED, about, problem)
    for codes in roles:
        if len(codes) > 1:
            problem = saying(
                "{codes} would be one family twice; remove one of them first.", codes=_all_of(codes)
            )
            yield Broken(BooksRule.ROLES, codes[0], problem)
    yield from _broken_pairs(family)


def _broken_pairs(family: FamilyBook) -> Iterator[Broken]:
    for codes in family.pairs:
        if len(codes) > 1:
            problem = saying(
                "{codes} would be standing pairs of the same two; pause or end one of them first.",
                codes=_all_of(codes),
            )
            yield Broken(BooksRule.PAIRS, codes[0], problem, len(codes))


def newly_broken(after: Iterable[Broken], before: Iterable[Broken]) -> tuple[Broken, ...]:
    """Return what the action broke, or made worse; what was so *before* may be mended step by step."""
    known: dict[tuple[BooksRule, str | Saying], int] = {}
    for one in before:
        known[one.rule, one.about] = max(one.by, known.get((one.rule, one.about), 0))
    return tuple(one for one in after if one.by > known.get((one.rule, one.about), 0))


def _gone(hold: HoldBook) -> Volume:
    return (hold.came or Volume()) + hold.lost


def _to_lot(lot: LotBook, living: Sequence[HoldBook], gone: Sequence[HoldBook], taken: Volume) -> Lot:
    """Return the lot as splitting sees it, with what was promised of its newer bags."""
    promises = [
        *(Promise(hold.only_from, hold.volume) for hold in living if hold.only_from),
        *(Promise(hold.only_from, _gone(hold), is_gone=True) for hold in gone if hold.only_from),
    ]
    return Lot(
        code=lot.code,
        donor_code=lot.donor_code,
        volume=lot.volume,
        bags=None,
        expressed_from=lot.first,
        expressed_to=lot.last,
        free=lot.volume - taken,
        promises=tuple(promises),
    )


def _named(holds: Sequence[HoldBook]) -> tuple[str, ...]:
    return tuple(hold.code for hold in holds)


def _to_release(problem: Saying, living: Sequence[HoldBook]) -> Saying:
    first = (
        saying("Release {holds} first.", holds=_one_of([hold.code for hold in living]))
        if living
        else saying("Look at the lot first.")
    )
    return joined(" ", (problem, first))


def _one_of(codes: Sequence[str]) -> Saying:
    said = map(as_written, codes)
    return reduce(lambda one, other: saying("{one} or {other}", one=one, other=other), said)


def _all_of(codes: Sequence[str]) -> Saying:
    said = map(as_written, codes)
    return reduce(lambda one, other: saying("{one} and {other}", one=one, other=other), said)


def _plain(volume: Volume, unit: VolumeUnit) -> str:
    return format_volume(volume, unit).replace("\u00a0", " ")

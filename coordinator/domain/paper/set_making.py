"""From a pickup thought through, and the lots of its milk, to the parts of the printed set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from coordinator.domain.milk.lots import KeptIn
from coordinator.domain.paper.handling_lines import source_words, thaw_lines
from coordinator.domain.paper.parts import (
    CopyLine,
    HandOverSlip,
    Letterhead,
    PrintedSet,
    Receipt,
    ReceiptLot,
    SlipLot,
    SourcedLine,
)
from coordinator.domain.paper.sheet_making import on_paper
from coordinator.domain.paper.sheets import named_together
from coordinator.domain.pickups.plans import PickupKind, StopKind
from coordinator.domain.policies.rules import RULES
from coordinator.domain.suitability.lots import bags_from
from coordinator.domain.suitability.storage import UseBy, use_by
from coordinator.sayings import NOTHING, Saying, saying

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from coordinator.domain.agreements.holds import Hold
    from coordinator.domain.agreements.thank_you import Card
    from coordinator.domain.milk.lots import Freezer, Lot
    from coordinator.domain.paper.privacy import Part
    from coordinator.domain.paper.sheet_making import PrintedPickup
    from coordinator.domain.paper.sheets import PickupSheet
    from coordinator.domain.policies.profiles import Policy


@dataclass(frozen=True, slots=True)
class SetWanted:
    """Which parts are printed, on one or both sides of the paper, and the cards of thanks among them."""

    parts: frozenset[Part]
    both_sides: bool = False
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class MilkKnown:
    """What the set says of the milk: the lot of each hold by its code, and the rules it is kept by.

    ``freezers`` are the families' by their codes, as far as they told of which kind they are.
    """

    lots: Mapping[str, Lot]
    policy: Policy
    freezers: Mapping[str, Freezer | None]


def make_set(pickup: PrintedPickup, sheet: PickupSheet, known: MilkKnown, wanted: SetWanted) -> PrintedSet:
    """Return the set of *pickup*, whose run sheet is *sheet*."""
    return PrintedSet(
        head=Letterhead(
            sheet_number=sheet.sheet_number,
            on=sheet.on,
            network_name=sheet.network_name,
            coordinator_name=sheet.coordinator_name,
            coordinator_phone=sheet.coordinator_phone,
            paper=sheet.paper,
            unit=sheet.unit,
            clock_24h=sheet.clock_24h,
        ),
        sheet=sheet,
        slips=tuple(_slips(pickup)),
        receipts=tuple(_receipts(pickup, sheet, known)),
        cards=wanted.cards,
        copy=tuple(_copy_line(hold) for hold in pickup.timed.trip.holds),
        both_sides=wanted.both_sides,
        parts=wanted.parts,
    )


def _slips(pickup: PrintedPickup) -> list[HandOverSlip]:
    """Return a slip for each stop at a donor's, or for each donor where all meet."""
    slips = []
    for stop in pickup.timed.stops:
        if stop.kind is StopKind.DROP:
            continue
        for donor, holds in _by_home(stop.holds, {hold.code: hold.donor_code for hold in stop.holds}):
            del donor
            giver = pickup.givers[holds[0].code]
            slips.append(
                HandOverSlip(
                    donor_first_name=on_paper(giver),
                    carrier_first_name=_carrier(pickup),
                    window_from=stop.arrive or stop.window_from,
                    window_to=stop.leave or stop.window_to,
                    lots=tuple(
                        SlipLot(hold.lot_code, hold.bags, hold.volume, hold.only_from, hold.is_about)
                        for hold in holds
                    ),
                )
            )
    return slips


def _carrier(pickup: PrintedPickup) -> str:
    """Return who of the network carries; the name of a family that collects itself is its own affair."""
    if pickup.timed.trip.kind is not PickupKind.RUN:
        return ""
    return str(named_together(on_paper(pickup.carrier), on_paper(pickup.second)))


def _by_home(holds: Sequence[Hold], home: Mapping[str, str]) -> list[tuple[str, list[Hold]]]:
    found: dict[str, list[Hold]] = {}
    for hold in holds:
        found.setdefault(home[hold.code], []).append(hold)
    return list(found.items())


def _receipts(pickup: PrintedPickup, sheet: PickupSheet, known: MilkKnown) -> list[Receipt]:
    holds = pickup.timed.trip.holds
    order = {hold.code: at for at, stop in enumerate(pickup.timed.stops) for hold in stop.holds}
    families = _by_home(holds, {hold.code: hold.recipient_code for hold in holds})
    families.sort(key=lambda found: order.get(found[1][0].code, 0))
    return [
        _receipt(on_paper(pickup.takers[of_it[0].code]), of_it, pickup, sheet, known) for _, of_it in families
    ]


def _receipt(
    name: str, holds: Sequence[Hold], pickup: PrintedPickup, sheet: PickupSheet, known: MilkKnown
) -> Receipt:
    lots, keeping = [], {}
    for hold in holds:
        lot = bags_from(known.lots[hold.code], hold.only_from)
        last, rule, source = _last_day(lot, known.freezers.get(hold.recipient_code), known.policy)
        if rule:
            keeping[str(rule)] = SourcedLine(rule, source)
        lots.append(
            ReceiptLot(
                lot_code=hold.lot_code,
                bags=hold.bags,
                volume=hold.volume,
                expressed_from=lot.expressed_from,
                expressed_to=lot.expressed_to,
                use_by=last,
                rule=rule,
                is_about=hold.is_about,
            )
        )
    return Receipt(
        family_first_name=name,
        carrier_first_name=_carrier(pickup),
        lots=tuple(lots),
        handling=(*keeping.values(), *thaw_lines(known.policy, sheet.handling)),
        policy_title=known.policy.title,
        review=sheet.handling.review,
    )


def _last_day(lot: Lot, at_home: Freezer | None, policy: Policy) -> tuple[date | None, Saying, Saying]:
    """Return the last day of the oldest bag, the rule it goes by, and who says it.

    Milk lay in the donor's freezer and will lie in the family's: the stricter of the two rules counts, and of
    a freezer of which nobody told the kind the strictest it could be.
    """
    here = use_by(lot, policy)
    if here is None:
        return None, NOTHING, NOTHING
    if lot.place not in {None, KeptIn.FREEZER}:
        return _told(here, policy, _DONORS)
    there = use_by(replace(lot, freezer=at_home), policy)
    if there is None:
        return None, _no_time(at_home), saying("the policy “{policy}”", policy=policy.title)
    if (there.on, there.assumed) <= (here.on, here.assumed):
        return _told(there, policy, _FAMILYS)
    return _told(here, policy, _DONORS)


_DONORS: Final = saying("the kind of freezer was not told, so this is the shortest that is possible")
_FAMILYS: Final = saying("the kind of your freezer was not told, so this is the shortest that is possible")


def _told(found: UseBy, policy: Policy, assumed: Saying) -> tuple[date, Saying, Saying]:
    value = policy[found.basis.rule]
    rule = saying("{rule}: {time}.", rule=RULES[value.rule].title, time=value.words)
    if found.assumed:
        rule = saying("{rule}: {time}; {why}.", rule=RULES[value.rule].title, time=value.words, why=assumed)
    return found.on, rule, source_words(value)


def _no_time(at_home: Freezer | None) -> Saying:
    if at_home is None:
        return saying("Not every kind of freezer will do, and the kind of yours was not told: ask first.")
    return saying("In a {freezer}: no time is given; ask before you use it.", freezer=at_home.words)


def _copy_line(hold: Hold) -> CopyLine:
    return CopyLine(
        hold_code=hold.code,
        lot_code=hold.lot_code,
        donor_code=hold.donor_code,
        donor_name=hold.donor_name,
        family_code=hold.recipient_code,
        family_name=hold.recipient_name,
        bags=hold.bags,
        volume=hold.volume,
        is_about=hold.is_about,
    )

"""What happens in the region day by day, whoever coordinates it: milk pumped, promised, carried and drunk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.domain.families.babies import Baby
from coordinator.domain.milk.lots import Lot, Promise
from coordinator.domain.milk.needs import need_a_day
from coordinator.domain.places.positions import Position
from coordinator.domain.suitability.disclosures import Disclosures, DonorTraits, disclosures_of
from coordinator.domain.suitability.storage import use_by
from coordinator.domain.volume import Volume
from tests.builders import a_checked_policy
from tests.simulation.people import FIRST_DAY, FORM_FIELDS, Donor, Family, Made
from tests.simulation.promises import BAG_OZ, Account, Bags, Hold, ounces_in

HOLD_DAYS: Final = 7
LOT_DAYS: Final = 28
DRIVER_MINUTES: Final = 300.0
COOLERS_OZ: Final = 6 * 313.6
STOP_MINUTES: Final = 15.0
NO_ANSWER: Final = 0.25
YES: Final = 0.95
POLICY: Final = a_checked_policy()


class World:
    """The region on one day, the truth and what the coordinator knows of it."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.day = 0
        self.donors: dict[str, Donor] = {}
        self.families: dict[str, Family] = {}
        self.lots: dict[str, list[Bags]] = {}
        self.holds: list[Hold] = []
        self.stock: dict[str, float] = {}
        self.known_facts: dict[str, Disclosures] = {}
        self.known_baby: dict[str, Baby] = {}
        self.known_stock: dict[str, tuple[float, date]] = {}
        self.open_donor: dict[str, int] = {}
        self.set_aside: set[tuple[str, str]] = set()
        self.wrote: dict[str, int] = {}
        self.account = Account()
        self._rest: dict[str, float] = defaultdict(float)
        self._promised_newer: dict[str, list[Promise]] = defaultdict(list)
        self._driving = load_driving_policy()
        self._drives: dict[tuple[Position, Position], float] = {}

    @property
    def today(self) -> date:
        """The day."""
        return FIRST_DAY + timedelta(days=self.day)

    def chance(self, *what: object) -> float:
        """Return the same chance for the same event on the same day, whoever coordinates."""
        return Random(f"{self.made.seed} {self.day} {what}").random()

    def minutes(self, start: Position, end: Position) -> float:
        """Return the estimated drive."""
        key = (start, end)
        if key not in self._drives:
            self._drives[key] = float(self._driving.drives([start], [end]).minutes[0, 0])
        return self._drives[key]

    # Mornings.

    def wake(self) -> None:
        """Let people come and leave, and holds that nobody answered end."""
        for donor in self.made.donors:
            if donor.comes == self.day:
                self._welcome(donor)
            if donor.leaves == self.day and donor.code in self.donors:
                self._see_off(donor.code)
        for family in self.made.families:
            if family.comes == self.day:
                self.families[family.code] = family
                self.stock[family.code] = family.stock_oz
                self.known_baby[family.code] = family.told
                self.wrote[family.code] = self.day
            if family.leaves == self.day and family.code in self.families:
                del self.families[family.code]
                self.holds = [hold for hold in self.holds if hold.family != family.code]
        end = self.today - timedelta(days=HOLD_DAYS)
        self.holds = [hold for hold in self.holds if hold.is_agreed or hold.made > end]

    def _welcome(self, donor: Donor) -> None:
        self.donors[donor.code] = donor
        oldest, newest = self.today - timedelta(days=donor.stash_days), self.today - timedelta(days=1)
        stash = Bags(f"{donor.code}-0", donor.code, oldest, newest, int(donor.stash_oz // BAG_OZ))
        self.lots[donor.code] = [stash]
        self._learn_facts(donor, told=True)

    def _see_off(self, code: str) -> None:
        del self.donors[code]
        self.account.left_behind += sum(lot.there for lot in self.lots.pop(code)) * BAG_OZ
        self.holds = [hold for hold in self.holds if hold.donor != code]

    def _learn_facts(self, donor: Donor, *, told: bool) -> None:
        facts = donor.told if told else donor.facts
        traits = DonorTraits() if told else DonorTraits(first_spoken_on=self.today)
        self.known_facts[donor.code] = disclosures_of(facts, POLICY, traits)
        self.open_donor[donor.code] = len(donor.facts) - len(facts)

    # What is known and free.

    def lot_of(self, bags: Bags) -> Lot:
        """Return the lot as the program knows it."""
        held = [hold for hold in self.holds if hold.lot == bags.code]
        promised = sum(hold.bags for hold in held)
        free = max(bags.there - promised, 0)
        newer = [Promise(h.only_from, ounces_in(h.bags), h.bags) for h in held if h.only_from is not None]
        taken = bags.total - free
        return Lot(
            code=bags.code,
            donor_code=bags.donor,
            volume=ounces_in(bags.total),
            bags=bags.total,
            expressed_from=bags.first,
            expressed_to=bags.last,
            free=ounces_in(free),
            held=ounces_in(promised),
            delivered=ounces_in(bags.gone),
            lost=ounces_in(bags.expired),
            taken_bags=taken,
            counted=ounces_in(taken),
            promises=(*newer, *self._promised_newer[bags.code]),
        )

    def free_lots(self, donor: str) -> tuple[Lot, ...]:
        """Return her lots with something free, oldest first."""
        return tuple(lot for bags in self.lots[donor] if (lot := self.lot_of(bags)).free > Volume())

    def open_questions(self, code: str) -> int:
        """Return how many questions are open at a donor's or a family's."""
        if code in self.donors:
            return self.open_donor[code]
        family = self.families[code]
        known = self.known_baby[code]
        missing = [one for one in FORM_FIELDS if getattr(known, one) != getattr(family.baby, one)]
        return len(missing) + (not self.knows_stock(code))

    def knows_stock(self, family: str) -> bool:
        """Whether what is at home was counted lately."""
        counted = self.known_stock.get(family)
        return counted is not None and (self.today - counted[1]).days <= 14

    # Evenings.

    def answers(self, code: str) -> bool:
        """Whether a household that is rung tonight answers."""
        return self.chance("answers", code) >= NO_ANSWER

    def says_yes(self, code: str, other: str) -> bool:
        """Whether a household agrees to share with another; it does not change its mind."""
        return Random(f"{self.made.seed} {code} {other}").random() < YES

    def learn(self, code: str) -> None:
        """Note every answer of a household."""
        if code in self.donors:
            self._learn_facts(self.donors[code], told=False)
        else:
            self.known_baby[code] = self.families[code].baby
            self.known_stock[code] = (self.stock[code], self.today)

    def hold(self, hold: Hold) -> None:
        """Promise bags."""
        self.holds.append(hold)

    # Saturdays.

    def carry(self) -> None:
        """Bring what both sides agreed on: families fetch within their reach, two drivers the rest."""
        trips: dict[tuple[str, str], list[Hold]] = defaultdict(list)
        for hold in self.holds:
            if hold.is_agreed:
                trips[hold.family, hold.donor].append(hold)
        driven: list[tuple[str, str]] = []
        for (family, donor), holds in trips.items():
            if holds[0].needs_driver:
                driven.append((family, donor))
            else:
                self.account.minutes += 2 * holds[0].minutes
                self._deliver(holds)
        driven.sort(key=lambda trip: (self._days_left(trip[0]), trip))
        self.account.waited += len(driven)
        for start in self.made.drivers:
            done = list(self._drive(start, driven, trips))
            driven = [trip for trip in driven if trip not in done]

    def _drive(
        self, start: Position, wanted: list[tuple[str, str]], trips: dict[tuple[str, str], list[Hold]]
    ) -> Iterator[tuple[str, str]]:
        """Bring one trip after another, who runs out first before the others, while there is time."""
        here, spent, driven = start, 0.0, 0.0
        for family, donor in wanted:
            holds = trips[family, donor]
            pick, drop = self.donors[donor].position, self.families[family].position
            way = self.minutes(here, pick) + self.minutes(pick, drop)
            back = self.minutes(drop, start)
            if (
                spent + way + 2 * STOP_MINUTES + back > DRIVER_MINUTES
                or sum(hold.ounces for hold in holds) > COOLERS_OZ
            ):
                continue
            here, spent, driven = drop, spent + way + 2 * STOP_MINUTES, driven + way
            self._deliver(holds)
            yield family, donor
        if here != start:
            self.account.minutes += driven + self.minutes(here, start)

    def _days_left(self, family: str) -> float:
        return self.stock[family] / max(self.need(family), 0.1)

    def _deliver(self, holds: list[Hold]) -> None:
        for hold in holds:
            bags = next(one for one in self.lots[hold.donor] if one.code == hold.lot)
            came = min(hold.bags, bags.there)
            bags.gone += came
            if hold.only_from is not None:
                self._promised_newer[bags.code].append(
                    Promise(hold.only_from, ounces_in(came), came, is_gone=True)
                )
            self.stock[hold.family] += came * BAG_OZ
            self.account.delivered += came * BAG_OZ
            self.account.got[hold.family].add(hold.donor)
            known = self.expected_stock(hold.family)
            if known is not None:
                self.known_stock[hold.family] = (known + came * BAG_OZ, self.today)
            self.holds.remove(hold)

    def expected_stock(self, family: str) -> float | None:
        """Return what should be at home by the last figure and the baby's age; ``None`` without a figure."""
        if family not in self.known_stock:
            return None
        left, on = self.known_stock[family]
        return max(left - self._need_by_age(family) * (self.today - on).days, 0.0)

    # Nights.

    def sleep(self) -> None:
        """Let a day go by: milk is pumped, drunk and ages; families who run short write."""
        for donor in self.donors.values():
            self._pump(donor)
            self._age(donor.code)
        for code, family in self.families.items():
            need = self.need(code)
            drunk = min(self.stock[code], need)
            self.stock[code] -= drunk
            self.account.baby_days += family.baby.count
            self.account.uncovered += family.baby.count * (1 - drunk / need) if need > 0 else 0.0
            if self.stock[code] < 5 * need and code not in self.wrote:
                self.wrote[code] = self.day
            if self.stock[code] >= 7 * need:
                self.wrote.pop(code, None)
        self.day += 1

    def need(self, family: str) -> float:
        """Return what its babies truly need beside the family's own milk, today."""
        return self._need_by_age(family) * self.families[family].drinks

    def _need_by_age(self, family: str) -> float:
        one = self.families[family]
        born = one.baby.born or self.today
        supply = Volume.from_oz(one.own_supply_oz)
        return need_a_day(load_intake_policy(), born, one.baby.count, supply, self.today).expected.oz

    def _pump(self, donor: Donor) -> None:
        self._rest[donor.code] += donor.pumps_oz
        bags, self._rest[donor.code] = divmod(self._rest[donor.code], BAG_OZ)
        lots = self.lots[donor.code]
        if len(lots) == 1 or (self.today - lots[-1].first).days >= LOT_DAYS:
            lots.append(Bags(f"{donor.code}-{len(lots)}", donor.code, self.today, self.today))
        lots[-1].total += int(bags)
        lots[-1].last = self.today

    def _age(self, donor: str) -> None:
        """Throw away what is past its last day: the oldest days of a lot, evenly spread over its bags."""
        for bags in self.lots[donor]:
            found = use_by(self.lot_of(bags), POLICY)
            over = (self.today - found.on).days if found is not None else 0
            if over <= 0 or not bags.there:
                continue
            days = (bags.last - bags.first).days + 1
            past = min(bags.there, round(bags.there * min(over / days, 1.0) + 0.49))
            held = sum(hold.bags for hold in self.holds if hold.lot == bags.code)
            past = min(past, bags.there - held) if over < days else bags.there
            bags.expired += max(past, 0)
            self.account.expired += max(past, 0) * BAG_OZ
            bags.first = min(bags.first + timedelta(days=over), bags.last)

    def check(self) -> None:
        """Fail where milk was made from nothing or promised twice."""
        for bags in (one for lots in self.lots.values() for one in lots):
            assert bags.there >= 0, bags
            lot = self.lot_of(bags)
            held = [hold for hold in self.holds if hold.lot == bags.code]
            assert lot.volume == lot.free + lot.held + lot.delivered + lot.lost, (bags, held)
        assert all(stock >= 0 for stock in self.stock.values())

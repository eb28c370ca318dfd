"""What is known of the region tonight, as the program sees it: rankings, runways, a network to plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.domain.matching.matches import LotPart, Offer, Past, Seeker
from coordinator.domain.matching.ranking import Ranking, judge, rank
from coordinator.domain.milk.arriving import with_arrivals
from coordinator.domain.milk.needs import Arrival, Runway, runway
from coordinator.domain.planning.giving import lots_offered
from coordinator.domain.planning.needing import room_oz, weeks_lacking
from coordinator.domain.planning.network import Home, Pair, PlanBaby, PlanNetwork
from coordinator.domain.planning.pairing import Around, KeptPairs, paired
from coordinator.domain.planning.weights import PlanPolicy
from coordinator.domain.volume import Volume
from coordinator.services.milk.expiring import last_day_by
from tests.simulation.world import POLICY, World

LAST_DAY = last_day_by(POLICY)


class Knowing:
    """Looks at a world through what is known of it, and keeps what it judged in the same week."""

    def __init__(self, world: World, policy: PlanPolicy) -> None:
        self._world, self._policy = world, policy
        self._judged: dict[tuple[str, str], tuple[tuple[object, ...], tuple[LotPart, ...]]] = {}
        self._kept = KeptPairs()

    def network(
        self, *, rung: frozenset[str] = frozenset(), only: frozenset[str] | None = None
    ) -> PlanNetwork:
        """Return the network to plan for; nobody of *rung* is rung again tonight, *only* those are served."""
        world, policy = self._world, self._policy
        offers = [self._offer(code) for code in sorted(world.donors)]
        ids = {code: one.home for code, one in world.donors.items()}
        ids |= {code: one.home for code, one in world.families.items()}
        around = Around(ids, {}, policy, policy.minutes)
        babies, pairs, rankings = [], list[Pair](), list[Ranking]()
        for code in sorted(world.families):
            if only is not None and code not in only:
                continue
            baby = self.baby(code)
            if min(baby.lacks_oz, baby.room_oz) < policy.smallest_oz:
                continue
            babies.append(baby)
            ranking = self._ranking(code, offers)
            rankings.append(ranking)
            asks_need = not world.knows_stock(code)
            found = paired(ranking, ids[code], around, world.today, asks_need=asks_need, kept=self._kept)
            pairs += [pair for pair in found.pairs if (pair.donor, code) not in world.set_aside]
        end = world.today + timedelta(weeks=policy.weeks)
        lots = lots_offered(rankings, pairs, ids, LAST_DAY, end)
        homes = {
            ids[code]: Home(
                ids[code], code, code, may_be_rung=code not in rung and world.open_questions(code) > 0
            )
            for code in sorted(ids)
        }
        return PlanNetwork(tuple(babies), lots, tuple(pairs), homes)

    def runway(self, family: str) -> Runway:
        """Return how long a family's milk lasts by what is known, with what is promised."""
        world, one = self._world, self._world.families[family]
        stock = world.known_stock.get(family)
        baby, intake = world.known_baby[family], load_intake_policy()
        known = runway(
            intake,
            baby.born,
            baby.count,
            Volume.from_oz(one.own_supply_oz),
            None if stock is None else Volume.from_oz(round(stock[0], 3)),
            None if stock is None else stock[1],
            world.today,
        )
        coming = tuple(
            Arrival(self._saturday(), Volume.from_oz(hold.ounces))
            for hold in world.holds
            if hold.family == family
        )
        return with_arrivals(intake, known, world.today, coming)

    def _saturday(self) -> date:
        return self._world.today + timedelta(days=(5 - self._world.today.weekday()) % 7)

    def _baby(self, code: str, known: Runway) -> PlanBaby:
        world, policy, intake = self._world, self._policy, load_intake_policy()
        family = world.families[code]
        weeks = weeks_lacking(intake, known, world.today, policy.weeks)
        all_days = 7 * policy.weeks * family.baby.count
        return PlanBaby(
            code=code,
            name=code,
            home=family.home,
            weeks=weeks,
            room_oz=room_oz(family.freezer, known, intake, policy, world.today),
            is_at_nothing=sum(week.days for week in weeks) > all_days - 1,
        )

    def _offer(self, code: str) -> Offer:
        world, donor = self._world, self._world.donors[code]
        return Offer(
            code,
            code,
            "Dover",
            "NH",
            world.free_lots(code),
            world.known_facts[code],
            gestation_weeks=39,
            position=donor.position,
        )

    def _ranking(self, family: str, offers: list[Offer]) -> Ranking:
        world, one = self._world, self._world.families[family]
        baby, got = world.known_baby[family], world.account.got.get(family, set())
        past = Past(1, world.today, Volume())
        shown = [replace(offer, past=past) if offer.code in got else offer for offer in offers if offer.lots]
        seeker = Seeker(family, family, baby, one.position, one.reach)
        policy = load_matching_policy()
        return rank(seeker, shown, policy, load_driving_policy(), world.today, judging=self.judged)

    def judged(self, offer: Offer, seeker: Seeker, today: date) -> tuple[LotPart, ...]:
        """Return a donor's lots for a family as ``judge`` does, once a week while no answer comes."""
        key = offer.code, seeker.code
        days = tuple((lot.code, lot.expressed_from) for lot in offer.lots)
        by = (self._world.day // 7, id(offer.disclosures), seeker.baby, days)
        known = self._judged.get(key)
        if known is None or known[0] != by:
            known = self._judged[key] = by, judge(offer, seeker, today)
        lots = {lot.code: lot for lot in offer.lots}
        return tuple(part._replace(lot=lots[part.lot.code]) for part in known[1])

    def pairs_of(self, family: str, donor: str) -> list[Pair]:
        """Return what of a donor's milk may go to a family by what is known this minute."""
        world = self._world
        ids = {donor: world.donors[donor].home}
        around = Around(ids, {}, self._policy, self._policy.minutes)
        ranking = self._ranking(family, [self._offer(donor)])
        home = world.families[family].home
        asks_need = not world.knows_stock(family)
        return list(paired(ranking, home, around, world.today, asks_need=asks_need).pairs)

    def need(self, family: str) -> float:
        """Return what a family needs a day by what is known, in ounces."""
        need = self.runway(family).need
        return need.expected.oz if need else 0.0

    def baby(self, family: str) -> PlanBaby:
        """Return what a family lacks by what is known this minute."""
        return self._baby(family, self.runway(family))

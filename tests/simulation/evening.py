"""An evening on the telephone, the same for whoever coordinates.

Whoever is rung is asked everything open and every yes that waits there, and takes minutes for it. A household
spoken to tonight may still say yes to what is arranged later in the evening, by a message back.
"""

from __future__ import annotations

from typing import Final

from coordinator.domain.planning.network import Pair
from coordinator.domain.planning.weights import PlanPolicy
from tests.simulation.knowing import Knowing
from tests.simulation.promises import BAG_OZ, Hold
from tests.simulation.world import World

EVENING: Final = 45.0
A_CALL: Final = 4.0
A_QUESTION: Final = 1.0
A_YES: Final = 4.0
NOBODY: Final = 1.0


class Evening:
    """Forty-five minutes on the telephone."""

    def __init__(self, world: World, policy: PlanPolicy, minutes: float = EVENING) -> None:
        self.world, self.policy = world, policy
        self.knowing = Knowing(world, policy)
        self.minutes = minutes
        self.tried: set[str] = set()
        self.spoken: set[str] = set()

    def begin(self) -> None:
        """Begin another evening."""
        self.minutes, self.tried, self.spoken = EVENING, set(), set()

    @property
    def has_time(self) -> bool:
        """Whether one more call fits."""
        return self.minutes >= A_CALL + A_YES

    def ring(self, code: str, yeses: int = 0) -> bool:
        """Ring a household, ask everything, and return whether it answered; once an evening.

        *yeses*: how many more it is to say yes to than wait there already.
        """
        world = self.world
        if code in self.spoken:
            return True
        if code in self.tried or not self.has_time:
            return False
        self.tried.add(code)
        world.account.calls += 1
        if not world.answers(code):
            self._spend(NOBODY)
            return False
        waiting = [hold for hold in world.holds if code in (hold.donor, hold.family)]
        waiting = [hold for hold in waiting if not self._has_said(hold, code)]
        asked = A_QUESTION * world.open_questions(code) + A_YES * (len(waiting) + yeses)
        self._spend(A_CALL + asked)
        world.account.answered += 1
        self.spoken.add(code)
        world.learn(code)
        for hold in waiting:
            self._ask(hold, code)
        world.wrote.pop(code, None)
        return True

    def _spend(self, minutes: float) -> None:
        self.minutes -= minutes
        self.world.account.phone_minutes += minutes

    @staticmethod
    def _has_said(hold: Hold, code: str) -> bool:
        return hold.donor_yes if code == hold.donor else hold.family_yes

    def _ask(self, hold: Hold, code: str) -> None:
        """Ask for a yes; what does not fit any more by the new answers is given up, as is what is refused."""
        world = self.world
        fits = any(
            pair.lot == hold.lot and pair.only_from == hold.only_from
            for pair in self.knowing.pairs_of(hold.family, hold.donor)
        ) or self._is_all_held(hold)
        other = hold.family if code == hold.donor else hold.donor
        is_willing = world.says_yes(code, other)
        if not fits or not is_willing:
            world.holds.remove(hold)
            if not is_willing:
                world.set_aside.add((hold.donor, hold.family))
        elif code == hold.donor:
            hold.donor_yes = True
        else:
            hold.family_yes = True

    def _is_all_held(self, hold: Hold) -> bool:
        """Whether nothing of the lot is free any more, so that it is in no ranking: then look at it freed."""
        world = self.world
        at = world.holds.index(hold)
        del world.holds[at]
        pairs = self.knowing.pairs_of(hold.family, hold.donor)
        world.holds.insert(at, hold)
        return any(pair.lot == hold.lot for pair in pairs)

    def promise(self, pair: Pair, ounces: float) -> None:
        """Hold milk for a family; whoever was spoken to tonight says yes or no at once."""
        world = self.world
        bags = round(ounces / BAG_OZ)
        free = next((lot for lot in world.free_lots(pair.donor) if lot.code == pair.lot), None)
        if (pair.donor, pair.baby) in world.set_aside or free is None or (free.free_bags or 0) < bags:
            return
        hold = Hold(
            pair.lot,
            pair.donor,
            pair.baby,
            bags,
            pair.only_from,
            world.today,
            pair.minutes,
            pair.needs_driver,
        )
        world.hold(hold)
        for code in (pair.donor, pair.baby):
            if code in self.spoken and hold in world.holds:
                self._ask(hold, code)

    def waiting(self) -> list[str]:
        """Return the households whose yes waits, those whose milk ends first before others."""
        world = self.world
        order = sorted(
            (hold for hold in world.holds if not hold.is_agreed),
            key=lambda hold: (hold.made, -hold.ounces, hold.family, hold.lot),
        )
        codes = [
            code
            for hold in order
            for code, said in ((hold.donor, hold.donor_yes), (hold.family, hold.family_yes))
            if not said
        ]
        return list(dict.fromkeys(codes))

    def ring_waiting(self) -> None:
        """Ring for every yes that waits."""
        for code in self.waiting():
            self.ring(code)

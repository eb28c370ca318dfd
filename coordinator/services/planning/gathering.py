"""Reads everything a plan is made from: who lacks milk, what is free, and how each pair stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from threading import Lock

from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.adapters.policies.plan_weights import load_plan_policy
from coordinator.db import facts
from coordinator.db.database import Database
from coordinator.db.donors import current_donors, homes_of_bereaved
from coordinator.db.recipients import current_recipients
from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.matching.judged import Judged
from coordinator.domain.milk.recipients import RecipientSummary
from coordinator.domain.planning.giving import lots_offered
from coordinator.domain.planning.hopes import hopes
from coordinator.domain.planning.needing import room_oz, weeks_lacking, weight_of
from coordinator.domain.planning.network import Home, Pair, PlanBaby, PlanNetwork, Priority
from coordinator.domain.planning.pairing import Around, KeptPairs, Paired, paired
from coordinator.domain.planning.plan import Plan
from coordinator.domain.planning.weights import PlanPolicy
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.screening.families import AT_HOME, STOCK
from coordinator.domain.suitability.asks import Ask
from coordinator.domain.suitability.babies import judge_baby
from coordinator.sayings import NOTHING, Saying, joined, saying
from coordinator.services.families.recipients import list_recipients
from coordinator.services.matching.ranking import rank_for_several
from coordinator.services.milk.expiring import last_day_by
from coordinator.services.planning.settings import own_hopes
from coordinator.services.policies.profiles import policy_in_use
from coordinator.services.screening.call_list import screenings, with_missing

_PLANS_KEPT = 4
"""Today's, a round's, and what she asked just before."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the coordinator asks of a plan. ``hope`` ``None``: as the policy has it."""

    weeks: int
    calls: int
    minutes: float
    priority: Priority = Priority.NONE
    hope: float | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The network as a plan sees it, and what is hoped of answers, by topic."""

    network: PlanNetwork
    hopes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Household:
    id: int
    code: str
    name: str
    questions: tuple[Question, ...]
    read_first: bool


class Kept:
    """What was judged and paired before: after an answer only what it touches is looked at again.

    Who gathers in two threads has the second wait for the first. The last few plans are kept with all they
    were made from: after a change that touches nothing of that, none is made anew.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.judged = Judged()
        self.pairs = KeptPairs()
        self._plans: list[tuple[object, Plan]] = []

    def plan_of(self, made_from: object) -> Plan | None:
        """Return the plan that was made from just the same, if it is kept."""
        with self.lock:
            return next((plan for known, plan in self._plans if known == made_from), None)

    def keep_plan(self, made_from: object, plan: Plan) -> None:
        """Keep a plan with all it was *made from*; the oldest goes."""
        with self.lock:
            self._plans = [(made_from, plan), *self._plans[: _PLANS_KEPT - 1]]


def gather(
    database: Database, asked: Asked, policy: PlanPolicy, today: date, kept: Kept | None = None
) -> Gathered:
    """Return the network for a plan on *today*; paused families and donors who rest are not in it.

    Nor are families who lack nothing in the weeks of the plan: milk is looked for only for the others.
    """
    kept = kept or Kept()
    with kept.lock:
        return _gather(database, asked, policy, today, kept)


def _gather(database: Database, asked: Asked, policy: PlanPolicy, today: date, kept: Kept) -> Gathered:
    families = {one.code: one for one in list_recipients(database, today) if not one.paused}
    homes = _homes(database, today)
    babies = [
        _baby(one, homes[code], asked, policy, today) for code, one in families.items() if code in homes
    ]
    served = [baby.code for baby in babies if baby.lacks_oz > 0 and not baby.hindered]
    rankings = rank_for_several(database, served, today, kept.judged, minutes=asked.minutes)
    with database.reading() as session:
        own = own_hopes(session)
        known = hopes(facts.facts_by_donor(session).values(), policy, own)
        last_day_of = last_day_by(policy_in_use(session))
    around = Around({code: home.id for code, home in homes.items()}, known, policy, asked.minutes)
    found = {
        code: paired(
            ranking,
            homes[code].id,
            around,
            today,
            asks_need=_asks_need(families[code]),
            kept=kept.pairs,
        )
        for code, ranking in sorted(rankings.items())
    }
    with database.reading() as session:
        aside = facts.topics_set_aside(session)
    pairs = tuple(pair for one in found.values() for pair in one.pairs if not _is_declined(pair, aside))
    end = today + timedelta(weeks=asked.weeks)
    lots = lots_offered(rankings.values(), pairs, around.homes, last_day_of, end)
    asks_need = frozenset(homes[code].id for code in found if _asks_need(families[code]))
    to_ring = _to_ring(homes, _blocking(found.values()), asks_need, today)
    return Gathered(PlanNetwork(_told(babies, found), lots, pairs, to_ring), known)


def _is_declined(pair: Pair, aside: Mapping[int, frozenset[str]]) -> bool:
    """Whether milk waits for what a household is not to be asked again."""
    return any(one.kept_as in aside.get(home, ()) for home, asks in pair.asks.items() for one in asks)


def _told(babies: Iterable[PlanBaby], found: Mapping[str, Paired]) -> tuple[PlanBaby, ...]:
    """Return the babies in need, with why other milk is not offered to them."""
    in_need = [baby for baby in babies if baby.lacks_oz > 0 or baby.hindered]
    return tuple(_with_reasons(baby, found.get(baby.code)) for baby in in_need)


def _with_reasons(baby: PlanBaby, found: Paired | None) -> PlanBaby:
    return replace(baby, left_out=found.left_out, not_offered=found.not_offered) if found else baby


def _asks_need(family: RecipientSummary) -> bool:
    """Whether nobody knows what is at home, or only by a figure too old to go by."""
    return family.runway.stock is None or family.runway.is_stale


def _baby(
    family: RecipientSummary, home: _Household, asked: Asked, policy: PlanPolicy, today: date
) -> PlanBaby:
    intake = load_intake_policy()
    weeks = weeks_lacking(intake, family.runway, today, asked.weeks)
    babies = family.runway.babies
    all_days = 7 * asked.weeks * (babies.count if babies else 1)
    reason = str(family.own.get("reason") or "")
    return PlanBaby(
        code=family.code,
        name=family.name,
        home=home.id,
        weeks=weeks,
        room_oz=room_oz(str(family.own.get("freezer") or ""), family.runway, intake, policy, today),
        weight=weight_of(asked.priority, family.baby.born, reason, policy, today),
        is_at_nothing=bool(weeks) and sum(week.days for week in weeks) > all_days - 1,
        hindered=_hindered(family, home, today),
    )


def _hindered(family: RecipientSummary, home: _Household, today: date) -> Saying:
    """Return why nothing is planned for a family at all; nothing where something is."""
    if judge_baby(family.baby, load_matching_policy(), today).kind is VerdictKind.REFER:
        return saying("referred: a milk bank, not this network")
    if family.runway.need is None:
        what = joined(", ", family.runway.unknown)
        return saying("not known: {what}", what=what) if what else saying("not known what is needed")
    return saying("read the note first") if home.read_first else NOTHING


def _homes(database: Database, today: date) -> dict[str, _Household]:
    """Return every donor's and family's household with all that it is asked, by the role's code."""
    screened = screenings(database, today)
    with database.reading() as session:
        stored, aside = facts.open_questions(session), facts.topics_set_aside(session)
        off = facts.topics_off(session)
        mourning = homes_of_bereaved(session)
        found = {
            row.code: _Household(
                home.id,
                row.code,
                home.name,
                screened[row.code].questions if row.code in screened else (),
                read_first=bool(home.read_before_ringing) or home.id in mourning,
            )
            for row, home in current_donors(session)
        }
        for family, home in current_recipients(session):
            without = off.union(aside.get(home.id, ()))
            questions = with_missing(family, stored.get(home.id, ()), today, without)
            read_first = bool(home.read_before_ringing) or home.id in mourning
            found[family.code] = _Household(home.id, family.code, home.name, questions, read_first)
    return found


def _blocking(found: Iterable[Paired]) -> dict[int, tuple[Ask, ...]]:
    """Return what is asked of each household for any of its milk or its baby, each thing once."""
    told: dict[int, list[tuple[Ask, ...]]] = defaultdict(list)
    for one in found:
        for home, asks in one.asked.items():
            if asks not in told[home]:
                told[home].append(asks)
    return {home: tuple(dict.fromkeys(ask for asks in many for ask in asks)) for home, many in told.items()}


def _to_ring(
    homes: Mapping[str, _Household],
    blocking: Mapping[int, tuple[Ask, ...]],
    asks_need: frozenset[int],
    today: date,
) -> dict[int, Home]:
    """Return the households with what milk waits for there, and what else is open."""
    by_id: dict[int, list[_Household]] = defaultdict(list)
    for one in homes.values():
        by_id[one.id].append(one)
    return {
        home: _home(roles, blocking.get(home, ()), home in asks_need, today) for home, roles in by_id.items()
    }


def _home(roles: Sequence[_Household], asks: Sequence[Ask], asks_need: bool, today: date) -> Home:  # noqa: FBT001 - one of four
    topics = {ask.reason.topic for ask in asks} | ({STOCK} if asks_need else set())
    questions = [question for role in roles for question in role.questions]
    needed = (AT_HOME,) if asks_need else ()
    return Home(
        id=roles[0].id,
        code=roles[0].code,
        name=roles[0].name,
        blocking=tuple(dict.fromkeys((*(ask.question for ask in asks), *needed))),
        besides=tuple(dict.fromkeys(one.said for one in questions if one.topic not in topics)),
        may_be_rung=not any(role.read_first for role in roles) and _is_due(questions, today),
    )


def _is_due(questions: Sequence[Question], today: date) -> bool:
    """Whether nobody rang today, and no later day was named for all there is to ask."""
    waits = [q.last_called_on == today or (q.ring_on is not None and q.ring_on > today) for q in questions]
    return not waits or not all(waits)


def plan_policy() -> PlanPolicy:
    """Return what plans go by."""
    return load_plan_policy()

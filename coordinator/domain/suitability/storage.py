"""How long milk keeps, by where it is kept, from the day it was expressed; and what that says on a day.

The clock starts at expression, not at freezing. A lot whose freezer nobody asked about is judged by every
kind of freezer it could be: past the longest time it is not a fit, past the shortest it is a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.intervals import ALWAYS, Interval, first_within, months_later, shifted
from coordinator.domain.milk.lots import Freezer, KeptIn, Lot
from coordinator.domain.policies.profiles import Policy, PolicyValue
from coordinator.domain.policies.rules import NOT_ACCEPTED
from coordinator.domain.policies.verdicts import ASK, IF, NOT_A_FIT, Basis, VerdictKind
from coordinator.domain.suitability.findings import Finding, Findings, found, relying
from coordinator.sayings import NOTHING, Saying, coded, saying

TOPIC = "freezer"
FREEZER_RULES = {
    Freezer.FRIDGE_FREEZER: "frozen_fridge_freezer",
    Freezer.SIDE_BY_SIDE: "frozen_side_by_side",
    Freezer.CHEST: "frozen_chest",
    Freezer.UPRIGHT_FROST_FREE: "frozen_upright_frost_free",
    Freezer.DEEP_MANUAL: "frozen_deep_manual",
}
_DEEP = (Freezer.CHEST, Freezer.DEEP_MANUAL, Freezer.UPRIGHT_FROST_FREE)
"""What a deep freezer can be: it stands alone, and may or may not defrost itself."""
Frozen = tuple[Freezer, Interval]


@dataclass(frozen=True, slots=True)
class UseBy:
    """The last day the oldest bag of a lot may be used, and the value that says so.

    ``assumed``: the kind of freezer was not told, and this is the shortest of the possible times.
    """

    on: date
    basis: Basis
    assumed: bool = False


def use_by(lot: Lot, policy: Policy) -> UseBy | None:
    """Return the last day for the oldest bag; ``None`` if its day or the policy's value is not known."""
    if lot.expressed_from is None:
        return None
    is_thawed = lot.place is KeptIn.THAWED
    value = policy["thawed"] if is_thawed else _rule(lot, policy)
    start = lot.thawed_on if is_thawed else lot.expressed_from
    if value is None or start is None or not isinstance(value.value, int | float):
        return None
    is_assumed = lot.freezer in {None, Freezer.DEEP} and lot.place in {None, KeptIn.FREEZER}
    return UseBy(_last_day(start, value), value.basis, is_assumed)


def _rule(lot: Lot, policy: Policy) -> PolicyValue | None:
    if lot.place in {KeptIn.FRIDGE, KeptIn.COOLER, KeptIn.ROOM}:
        return policy[_FRESH[lot.place][0]] if lot.place is not None else None
    if lot.freezer is not None and lot.freezer is not Freezer.DEEP:
        return policy[FREEZER_RULES[lot.freezer]]
    could_be = tuple(FREEZER_RULES) if lot.freezer is None else _DEEP
    values = [policy[FREEZER_RULES[one]] for one in could_be]
    known = [value for value in values if isinstance(value.value, int | float)]
    return min(known, key=lambda value: value.value) if len(known) == len(values) else None


def _last_day(start: date, value: PolicyValue) -> date:
    if value.unit.startswith("months"):
        return months_later(start, int(value.value))
    days = value.value if value.unit.startswith("days") else value.value // 24
    return shifted(start, int(days))


def past(value: PolicyValue, on: date) -> date:
    """Return the first day of expression that is still within *value* on the day *on*."""
    if value.unit.startswith("months"):
        return first_within(int(value.value), on)
    days = value.value if value.unit.startswith("days") else value.value // 24
    return shifted(on, -int(days))


_FRESH = {
    KeptIn.FRIDGE: ("fridge", saying("in the refrigerator")),
    KeptIn.COOLER: ("cooler", saying("in a cooler")),
    KeptIn.ROOM: ("room", saying("at room temperature")),
}


def storage_findings(lot: Lot, freezers: tuple[Frozen, ...], policy: Policy, on: date) -> Findings:
    """Return what the way a lot is kept says on the day *on*, for milk of any day.

    Args:
        lot: Its own freezer counts before those of the donor.
        freezers: The freezers the donor told of, and when each was in use.
        policy: The profile in force.
        on: The day the milk is looked at.
    """
    return _kept(lot.place, lot.freezer, lot.thawed_on, freezers if lot.freezer is None else (), policy, on)


@lru_cache(maxsize=4096)
def _kept(
    place: KeptIn | None,
    freezer: Freezer | None,
    thawed_on: date | None,
    freezers: tuple[Frozen, ...],
    policy: Policy,
    on: date,
) -> Findings:
    if place is KeptIn.THAWED:
        # Before it was thawed it lay in a freezer, up to that day.
        lay_until = on if thawed_on is None else min(thawed_on, on)
        frozen = _kept(None, freezer, None, freezers, policy, lay_until)
        return (*_thawed(thawed_on, policy["thawed"], on), *frozen)
    if place in _FRESH:
        rule, where = _FRESH[place]
        return tuple(_fresh(policy[rule], where, on))
    if freezer is not None:
        return tuple(_frozen(freezer, ALWAYS, policy, on))
    if freezers:
        return tuple(one for known, during in freezers for one in _frozen(known, during, policy, on))
    return tuple(_any_freezer(policy, on))


def donors_freezers(facts: list[Fact]) -> tuple[Frozen, ...]:
    """Return the freezers a donor told of as facts; milk lay in one if it was pumped before its last day."""
    found_: list[Frozen] = []
    for fact in facts:
        kind = next((one for one in Freezer if one.value == fact.subject.casefold()), None)
        if fact.kind is FactKind.FREEZER and fact.presence is Presence.YES and kind is not None:
            found_.append((kind, Interval(None, fact.end)))
    # Milk of days that none of them is told for may lie anywhere.
    return tuple(found_) if any(during.end is None for _, during in found_) else ()


def _thawed(thawed_on: date | None, value: PolicyValue, on: date) -> Iterator[Finding]:
    if thawed_on is None:
        yield found(ASK, "thawed_on", coded("thawed.when", "thawed: ask when"), value=value)
        return
    too_young = Interval(shifted(thawed_on, 1), None)
    said = coded(
        "thawed.before_expressed",
        "thawed on {on}, before it was expressed: ask which day is right",
        on=thawed_on,
    )
    yield found(ASK, "thawed_on", said, during=too_young, value=value)
    kind, said = _since_thawing(thawed_on, value, on)
    together = saying("thawed too long ago") if kind is NOT_A_FIT else NOTHING
    yield found(kind, "thawed_on", said, value=value, together=together)


def _since_thawing(thawed_on: date, value: PolicyValue, on: date) -> tuple[VerdictKind, Saying]:
    if thawed_on > on:
        return ASK, coded("thawed.ahead", "thawed on {on}, which is yet to come: ask when", on=thawed_on)
    if value.value is None:
        return ASK, coded("thawed.unknown", "thawed on {on}: how long it keeps is not known", on=thawed_on)
    if _last_day(thawed_on, value) < on:
        return NOT_A_FIT, coded(
            "thawed.too_long", "thawed on {on}: longer ago than {limit}", on=thawed_on, limit=value.words
        )
    return IF, coded("thawed.within", "thawed on {on}: used within {limit}", on=thawed_on, limit=value.words)


def _fresh(value: PolicyValue, where: Saying, on: date) -> Iterator[Finding]:
    topic = "place"
    if value.value is None:
        said = coded("fresh.unknown", "{where}: how long it keeps is not known", where=where)
        yield found(ASK, topic, said, value=value)
        return
    first, limit = past(value, on), value.words
    said = coded("fresh.too_long", "{where} for longer than {limit}", where=where, limit=limit)
    together = saying("kept too long")
    yield found(NOT_A_FIT, topic, said, during=Interval(None, first), value=value, together=together)
    if value.unit.startswith("hours"):
        said = coded("fresh.within", "{where}: used within {limit}", where=where, limit=limit)
        yield found(IF, topic, said, during=Interval(first, None), value=value)
    else:
        yield from relying(value, topic, [Interval(first, None)])


def _frozen(freezer: Freezer, within: Interval, policy: Policy, on: date) -> Iterator[Finding]:
    """Yield what one kind of freezer says about the milk that lay in it."""
    if freezer is Freezer.DEEP:
        yield from _deep_freezer(within, policy, on)
        return
    value, best = policy[FREEZER_RULES[freezer]], policy["frozen_best"]
    if value.value is None:
        said = coded(
            "freezer.unknown", "{where}: how long milk keeps there is not known", where=freezer.words
        )
        yield found(ASK, TOPIC, said, during=within, value=value)
        return
    if value.value == NOT_ACCEPTED:
        said = coded("freezer.refused", "{where}: this policy takes no milk from there", where=freezer.words)
        together = saying("freeze in a {where}", where=freezer.words)
        yield found(value.otherwise, TOPIC, said, during=within, value=value, together=together)
        return
    yield from _aged(freezer.words, value, best, within, on)


def _aged(
    where: Saying, value: PolicyValue, best: PolicyValue, within: Interval, on: date
) -> Iterator[Finding]:
    first = past(value, on)
    is_limited = within.end is not None
    gone = Interval(None, min(first, within.end) if is_limited and within.end else first)
    said = coded(
        "freezer.too_long",
        "in a {where} for longer than {limit}: milk of {first} or later",
        where=where,
        limit=value.words,
        first=first,
    )
    together = saying("are older than the policy's months")
    yield found(value.otherwise, TOPIC, said, during=gone, value=value, together=together)
    within_time = Interval(first, within.end)
    if within_time.is_empty:
        return
    yield from relying(value, TOPIC, [within_time])
    if isinstance(best.value, int | float) and (fresh := past(best, on)) > first:
        older = Interval(first, min(fresh, within.end) if is_limited and within.end else fresh)
        if not older.is_empty:
            said = coded(
                "freezer.past_best",
                "older than {limit}, when it is at its best: the family is told",
                limit=best.words,
            )
            yield found(IF, TOPIC, said, during=older, value=best)


def _known(policy: Policy, freezers: Iterable[Freezer]) -> tuple[list[PolicyValue], list[PolicyValue]]:
    """Return the values of *freezers* that are a time, and those that are none."""
    values = [policy[FREEZER_RULES[one]] for one in freezers]
    known = [value for value in values if isinstance(value.value, int | float)]
    return known, [value for value in values if value not in known]


def _deep_freezer(within: Interval, policy: Policy, on: date) -> Iterator[Finding]:
    """Yield what is so of any deep freezer, and ask whether it is frost-free where that matters."""
    known, unknown = _known(policy, _DEEP)
    if unknown:
        said = coded(
            "freezer.deep_unanswered", "Deep freezer: frost-free or not, and not every one will do: ask"
        )
        yield found(ASK, TOPIC, said, during=within, value=unknown[0])
        return
    shortest = min(known, key=lambda value: value.value)
    longest = max(known, key=lambda value: value.value)
    yield from _aged(Freezer.DEEP.words, longest, policy["frozen_best"], within, on)
    first, after = past(longest, on), past(shortest, on)
    during = Interval(first, after if within.end is None else min(after, within.end))
    if not during.is_empty:
        said = coded(
            "freezer.deep_may_be_too_long",
            "older than {limit}, and whether the deep freezer is frost-free was not answered: ask",
            limit=shortest.words,
        )
        yield found(ASK, TOPIC, said, during=during, value=shortest)


def _any_freezer(policy: Policy, on: date) -> Iterator[Finding]:
    """Yield what is so whatever freezer it is, and ask where that would make a difference."""
    known, unknown = _known(policy, FREEZER_RULES)
    if unknown:
        said = coded("freezer.unanswered", "Which freezer: not answered, and not every one will do")
        yield found(ASK, TOPIC, said, value=unknown[0])
        return
    shortest = min(known, key=lambda value: value.value)
    longest = max(known, key=lambda value: value.value)
    yield from _aged(saying("freezer"), longest, policy["frozen_best"], ALWAYS, on)
    if shortest.value != longest.value:
        during = Interval(past(longest, on), past(shortest, on))
        said = coded(
            "freezer.may_be_too_long",
            "older than {limit}, and which freezer was not answered: ask",
            limit=shortest.words,
        )
        yield found(ASK, TOPIC, said, during=during, value=shortest)

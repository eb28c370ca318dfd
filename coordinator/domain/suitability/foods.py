"""What a donor eats and avoids, met with what a baby must avoid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.food_names import DAIRY, food_key, food_label, is_part_of
from coordinator.domain.facts.wording import when
from coordinator.domain.intervals import ALWAYS, Interval, Intervals, complement, later, union
from coordinator.domain.policies.profiles import PolicyValue
from coordinator.domain.policies.verdicts import ASK, NOT_A_FIT
from coordinator.domain.suitability.findings import Finding, Findings, found, not_clear, relying
from coordinator.sayings import Saying, coded, saying


@dataclass(frozen=True, slots=True)
class Washout:
    """How many days must pass after a food: the recipient's own, or those of the policy (``value``)."""

    days: int | None
    value: PolicyValue | None = None

    def over(self, end: date) -> date | None:
        """Return the first day of milk after the wash-out; *end* is the first day without the food."""
        return None if self.days is None else later(end, self.days)

    @property
    def words(self) -> Saying:
        """The days, and whose they are."""
        days = self.days or 0
        if self.value:
            return saying("{days}-day wash-out", days=days)
        return saying("{days}-day wash-out, as the family set it", days=days)


@dataclass(frozen=True, slots=True)
class Eaten:
    """What a donor told about one food: when she ate it, when she did not, and what was not clear."""

    food: str
    eaten: tuple[Fact, ...]
    free: tuple[Fact, ...]
    unclear: tuple[Fact, ...]
    says_she_avoids: bool
    nothing_told: Saying


def food_told(food: str, facts: Iterable[Fact]) -> Eaten:
    """Return what *facts* tell about *food*, a key."""
    known = tuple(facts)
    avoided = [fact for fact in known if fact.kind is FactKind.FOOD_AVOIDED]
    of_it = [fact for fact in known if fact.kind in {FactKind.FOOD_AVOIDED, FactKind.FOOD}]
    dairy = [fact for fact in known if fact.kind is FactKind.DAIRY] if is_part_of(food, DAIRY) else []
    eats = [fact for fact in of_it if _is_eaten(fact) and touches(food, fact)]
    eats += [fact for fact in dairy if fact.presence is Presence.YES]
    free = [fact for fact in of_it if _is_left_out(fact) and is_part_of(food, food_key(fact.subject))]
    free += [fact for fact in dairy if fact.presence is Presence.NO]
    unclear = [fact for fact in of_it if fact.presence is Presence.UNCLEAR and touches(food, fact)]
    unclear += [fact for fact in dairy if fact.presence is Presence.UNCLEAR]
    says = any(fact.kind is FactKind.FOOD_AVOIDED for fact in free)
    # Dairy has a question of its own: "vegan" alone does not answer it.
    settles = free if food != DAIRY or dairy else [f for f in free if f.kind is not FactKind.FOOD_AVOIDED]
    told = _nothing_told(food, avoided, says=says)
    return Eaten(food, tuple(eats), tuple(settles), tuple(unclear), says, told)


def _is_eaten(fact: Fact) -> bool:
    return fact.presence is (Presence.NO if fact.kind is FactKind.FOOD_AVOIDED else Presence.YES)


def _is_left_out(fact: Fact) -> bool:
    return fact.presence is (Presence.YES if fact.kind is FactKind.FOOD_AVOIDED else Presence.NO)


def touches(food: str, fact: Fact) -> bool:
    """Whether a fact may be about *food*: what is part of it, what it is part of, or any food at all."""
    if not fact.subject:
        return fact.presence is Presence.UNCLEAR
    told = food_key(fact.subject)
    return is_part_of(told, food) or is_part_of(food, told)


def _nothing_told(food: str, avoided: list[Fact], *, says: bool) -> Saying:
    if food == DAIRY and says:
        return coded("dairy.unanswered_vegan", "Dairy: not answered; she says vegan or dairy-free")
    if food == DAIRY:
        return coded("dairy.unanswered", "Dairy: not answered")
    if avoided:
        return coded(
            "foods.not_avoided",
            "{food:title}: not among the foods she avoids, so not {food}-free; would she stop? Ask",
            food=food_label(food),
        )
    return coded("foods.unanswered", "{food:title}: not answered", food=food_label(food))


def against_food(told: Eaten, washout: Washout) -> Findings:
    """Return what speaks about milk of any day for a baby who must avoid the food."""
    findings = [finding for fact in told.eaten for finding in _while_eating(told, fact, washout)]
    findings += [
        not_clear(fact, food_label(told.food) if fact.kind is not FactKind.DAIRY else "")
        for fact in told.unclear
    ]
    findings += [finding for fact in told.free for finding in _just_stopped(told, fact, washout)]
    known = union(*(_answered(fact, washout) for fact in (*told.eaten, *told.unclear, *told.free)))
    food = food_label(told.food)
    for_days = coded("foods.days_unanswered", "{food:title}: not answered for these days", food=food)
    told_of = for_days if known else told.nothing_told
    findings += [found(ASK, _topic(told.food), told_of, during=gap) for gap in complement(known)]
    return (*findings, *_relies(told, washout))


def _topic(food: str) -> str:
    return FactKind.DAIRY.value if food == DAIRY else FactKind.FOOD_AVOIDED.value


def _while_eating(told: Eaten, fact: Fact, washout: Washout) -> Iterator[Finding]:
    food, topic = food_label(told.food), fact.kind.value
    over = washout.over(fact.end) if fact.end else None
    if fact.end is None and told.says_she_avoids:
        said = coded(
            "foods.free_and_eats", "says vegan or {food}-free, and eats {food}: ask which", food=food
        )
        yield found(ASK, topic, said, during=fact.during, fact=fact, rule="washout")
        return
    during = Interval(fact.start, over or fact.end)
    yield found(
        NOT_A_FIT,
        topic,
        _eaten(food, fact, washout, over),
        during=during,
        fact=fact,
        value=washout.value,
        rule="washout",
        together=saying("eat {food}", food=food),
    )
    if fact.end is not None and over is None:
        said = coded(
            "foods.stopped",
            "stopped {food} on {on}: how many days must pass is not known",
            food=food,
            on=fact.end,
        )
        yield found(
            ASK, topic, said, during=Interval(fact.end), fact=fact, value=washout.value, rule="washout"
        )


def _eaten(food: str, fact: Fact, washout: Washout, over: date | None) -> Saying:
    """Say that she eats the food, or ate it and from when on the milk is without."""
    if fact.end is None and fact.start is None:
        return coded("foods.eaten", "eats {food}; baby must avoid {food}", food=food)
    dates = when(fact)
    if fact.end is None:
        return coded(
            "foods.eaten_since", "eats {food} {dates}; baby must avoid {food}", food=food, dates=dates
        )
    if over is None:
        return coded("foods.ate", "ate {food} {dates}; baby must avoid {food}", food=food, dates=dates)
    return coded(
        "foods.washout",
        "ate {food} {dates}; {washout}: milk of {first} or later",
        food=food,
        dates=dates,
        washout=washout.words,
        first=over,
    )


def _just_stopped(told: Eaten, fact: Fact, washout: Washout) -> Iterator[Finding]:
    """Ask about the days after "no dairy since": what she ate the day before has to leave the milk first."""
    if fact.start is None:
        return
    over = washout.over(fact.start)
    food, dates = food_label(told.food), when(fact)
    said = (
        coded(
            "foods.left_out",
            "no {food} {dates}: {washout}, milk of {first} or later",
            food=food,
            dates=dates,
            washout=washout.words,
            first=over,
        )
        if over
        else coded(
            "foods.left_out_unknown",
            "no {food} {dates}: how many days must pass is not known",
            food=food,
            dates=dates,
        )
    )
    during = Interval(fact.start, over or fact.end)
    if not during.is_empty:
        yield found(ASK, fact.kind.value, said, during=during, fact=fact, value=washout.value, rule="washout")


def _answered(fact: Fact, washout: Washout) -> Intervals:
    """Return the days about which *fact* leaves no gap.

    "Stopped dairy on" answers the question about dairy for all days; "eating it again since" says nothing of
    the days before. That she ate soy once says nothing about other days: what she avoids since when is an
    answer of its own.
    """
    if fact.kind is FactKind.DAIRY and fact.presence is Presence.YES:
        return (ALWAYS,) if fact.end is not None or fact.start is None else (fact.during,)
    is_eaten = fact.presence is (Presence.NO if fact.kind is FactKind.FOOD_AVOIDED else Presence.YES)
    if is_eaten and fact.end is not None:
        return (Interval(fact.start, washout.over(fact.end)),)
    return (fact.during,)


def _relies(told: Eaten, washout: Washout) -> Findings:
    """Return the days that are clear only because a wash-out of the policy's is over."""
    if washout.value is None:
        return ()
    ends = [fact.end for fact in told.eaten if fact.end] + [fact.start for fact in told.free if fact.start]
    over = [first for end in ends if (first := washout.over(end)) is not None]
    return relying(washout.value, _topic(told.food), [Interval(min(over))]) if over else ()

"""What a donor eats and avoids, met with what a baby must avoid."""

from __future__ import annotations

from functools import lru_cache

from coordinator.domain.facts import Fact, FactKind, Presence
from coordinator.domain.verdicts import Reason, VerdictKind
from coordinator.domain.wording import Reasons, day, not_answered, title, unclear, when

ASK, NOT_A_FIT = VerdictKind.ASK, VerdictKind.NOT_A_FIT

DAIRY = "dairy"
_VEGAN = "vegan"
_VEGAN_AVOIDS = frozenset({DAIRY, "egg"})
_ALIASES = {
    "eggs": "egg",
    "nuts": "nut",
    "milk": DAIRY,
    "cow's milk": DAIRY,
    "cow's milk protein": DAIRY,
    "cow's milk protein (cmpi)": DAIRY,
    "cmpi": DAIRY,
    "cmpa": DAIRY,
    "soya": "soy",
}


def food_key(food: str) -> str:
    """Return *food* as foods are compared: ``Eggs`` and ``egg`` are the same, ``CMPI`` is dairy."""
    plain = " ".join(food.casefold().replace("’", "'").split())
    return _ALIASES.get(plain, plain)


@lru_cache(maxsize=1024)
def food_keys(foods: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the keys of what a baby must avoid, each once; none when nobody answered."""
    return tuple(dict.fromkeys(food_key(food) for food in foods or ()))


def against_food(dairy: list[Fact], foods: list[Fact]) -> dict[str, Reasons]:
    """Return the reasons for a baby who must avoid a food, for each food she was specific about."""
    avoided = {food_key(fact.subject) for fact in foods if fact.presence is Presence.YES}
    named = {food_key(fact.subject) for fact in foods if fact.subject}
    if _VEGAN in avoided:
        named |= _VEGAN_AVOIDS
    result = {food: _about_food(food, foods) for food in named - {_VEGAN, DAIRY}}
    result[DAIRY] = _about_dairy(dairy, foods)
    return result


def _about_dairy(dairy: list[Fact], foods: list[Fact]) -> Reasons:
    avoiding = _avoiding(DAIRY, foods)
    if not dairy:
        return _about_food(DAIRY, foods) if avoiding else not_answered(FactKind.DAIRY)
    return tuple(dict.fromkeys(reason for fact in dairy for reason in _dairy(fact, avoids=bool(avoiding))))


def _dairy(fact: Fact, *, avoids: bool) -> Reasons:
    topic = FactKind.DAIRY.value
    if fact.presence is Presence.UNCLEAR:
        return (unclear(FactKind.DAIRY),)
    if fact.end is not None and fact.presence is Presence.YES:
        return (Reason(ASK, topic, f"stopped dairy on {day(fact.end)}: ask which bags"),)
    if fact.is_dated:
        return (Reason(ASK, topic, f"dairy: {when(fact)}; ask which bags"),)
    if fact.presence is Presence.NO:
        return ()
    if avoids:
        return (Reason(ASK, topic, "says vegan or dairy-free, and eats dairy: ask which"),)
    return (_EATS_DAIRY,)


_EATS_DAIRY = Reason(
    NOT_A_FIT, FactKind.DAIRY.value, "eats dairy; baby must avoid dairy", together="eat dairy"
)


def _avoiding(food: str, foods: list[Fact]) -> list[Fact]:
    """Return the answers by which she avoids *food*, itself or as a vegan."""
    names = {food, _VEGAN} if food in _VEGAN_AVOIDS else {food}
    return [fact for fact in foods if fact.presence is Presence.YES and food_key(fact.subject) in names]


def _about_food(food: str, foods: list[Fact]) -> Reasons:
    topic = FactKind.FOOD_AVOIDED.value
    of_it = [fact for fact in foods if food_key(fact.subject) == food]
    if any(fact.presence is Presence.NO and not fact.is_dated for fact in of_it):
        return (Reason(NOT_A_FIT, topic, f"eats {food}; baby must avoid {food}", together=f"eat {food}"),)
    avoiding = _avoiding(food, foods)
    doubtful = [fact for fact in of_it if fact.presence is not Presence.YES]
    if doubtful:
        return (Reason(ASK, topic, f"{title(food)}: the answer was not clear"),)
    if any(not fact.is_dated for fact in avoiding):
        return ()
    return tuple(Reason(ASK, topic, f"avoids {food}: {when(fact)}; ask which bags") for fact in avoiding)


@lru_cache(maxsize=256)
def about_unmentioned_food(food: str, answered: bool) -> Reasons:  # noqa: FBT001 - a key of the cache
    """Return what to say of a food she said nothing about."""
    topic = FactKind.FOOD_AVOIDED.value
    if answered:
        return (
            Reason(ASK, topic, f"{title(food)}: not among the foods she avoids; ask whether she eats it"),
        )
    return (Reason(ASK, topic, f"{title(food)}: not answered"),)

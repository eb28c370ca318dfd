"""What a donor's dated facts say for matching, worked out once for all babies.

Until milk is judged by its own dates, an answer that changes at a date is "ask": which bags? Unknown is
never yes and never no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from coordinator.domain.facts import Fact, FactKind, Presence
from coordinator.domain.policies import MatchingPolicy
from coordinator.domain.recipients import Willing
from coordinator.domain.verdicts import Reason, VerdictKind

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

ASK = VerdictKind.ASK
NOT_A_FIT = VerdictKind.NOT_A_FIT
NO_OBJECTION_IF = VerdictKind.NO_OBJECTION_IF
NOTE = VerdictKind.NO_OBJECTION

Reasons = tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Disclosures:
    """A donor's answers, ready to be met with any baby.

    ``for_families`` has what counts for every baby, by ``family_key``. ``against_food`` holds the reasons
    for a baby who must avoid a food she was specific about.
    """

    for_families: tuple[Reasons, ...]
    against_food: Mapping[str, Reasons]
    foods_answered: bool
    heat_treated: Presence | None = None

    def against(self, food: str) -> Reasons:
        """Return what speaks about a baby who must avoid *food*, a key; empty when nothing does."""
        known = self.against_food.get(food)
        return _unmentioned_food(food, self.foods_answered) if known is None else known


def food_key(food: str) -> str:
    """Return *food* as foods are compared: ``Eggs`` and ``egg`` are the same, ``CMPI`` is dairy."""
    plain = " ".join(food.casefold().replace("’", "'").split())
    return _ALIASES.get(plain, plain)


@lru_cache(maxsize=1024)
def food_keys(foods: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the keys of what a baby must avoid, each once; none when nobody answered."""
    return tuple(dict.fromkeys(food_key(food) for food in foods or ()))


def disclosures_of(facts: Iterable[Fact], policy: MatchingPolicy) -> Disclosures:
    """Return what a donor's *facts* say, under the policy's list of questions."""
    by_kind: dict[FactKind, list[Fact]] = {}
    for fact in facts:
        by_kind.setdefault(fact.kind, []).append(fact)

    def of(kind: FactKind) -> list[Fact]:
        return by_kind.get(kind, [])

    standing = (
        *_alcohol(of(FactKind.ALCOHOL), policy),
        *_cannabis(of(FactKind.CANNABIS), policy),
        *_blood_tests(of(FactKind.BLOOD_TEST), policy),
        *_events(of(FactKind.TATTOO_OR_TRANSFUSION), policy),
        *_illness(of(FactKind.ILLNESS), policy),
    )
    medicines = of(FactKind.MEDICINE)
    nicotine = of(FactKind.NICOTINE)
    return Disclosures(
        for_families=tuple(
            (
                *standing,
                *_medicine(medicines, policy, unwanted=unwanted),
                *_nicotine(nicotine, policy, willing),
            )
            for unwanted in (False, True)
            for willing in (None, Willing.NO, Willing.YES)
        ),
        against_food=_against_food(of(FactKind.DAIRY), of(FactKind.FOOD_AVOIDED)),
        foods_answered=bool(of(FactKind.FOOD_AVOIDED)),
        heat_treated=_worst_presence(of(FactKind.HEAT_TREATED)),
    )


def family_key(medicine_ok: Willing | None, nicotine_ok: Willing | None) -> int:
    """Return the place in ``Disclosures.for_families`` of a family that gave these answers."""
    nicotine = 1 if nicotine_ok is Willing.NO else 2 if nicotine_ok is Willing.YES else 0
    return nicotine + (3 if medicine_ok is Willing.NO else 0)


def day(on: date) -> str:
    """Return a day as reasons write it: ``Oct 9, 2026``."""
    return f"{on:%b} {on.day}, {on.year}"


@lru_cache(maxsize=256)
def not_answered(kind: FactKind) -> Reasons:
    """Return the one reason for a question that has no answer."""
    return (Reason(ASK, kind.value, f"{_title(kind.value)}: not answered"),)


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]


def _unanswered(facts: list[Fact], kind: FactKind, policy: MatchingPolicy) -> Reasons:
    return not_answered(kind) if not facts and kind in policy.questions else ()


@lru_cache(maxsize=256)
def _unclear(kind: FactKind) -> Reason:
    return Reason(ASK, kind.value, f"{_title(kind.value)}: the answer was not clear")


def _worst_presence(facts: list[Fact]) -> Presence | None:
    """Return yes before unclear before no; ``None`` when nobody asked."""
    found = {fact.presence for fact in facts}
    return next((p for p in (Presence.YES, Presence.UNCLEAR, Presence.NO) if p in found), None)


def _against_food(dairy: list[Fact], foods: list[Fact]) -> dict[str, Reasons]:
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
        return (_unclear(FactKind.DAIRY),)
    if fact.end is not None and fact.presence is Presence.YES:
        return (Reason(ASK, topic, f"stopped dairy on {day(fact.end)}: ask which bags"),)
    if fact.is_dated:
        return (Reason(ASK, topic, f"dairy: {_when(fact)}; ask which bags"),)
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
        return (Reason(ASK, topic, f"{_title(food)}: the answer was not clear"),)
    if any(not fact.is_dated for fact in avoiding):
        return ()
    return tuple(Reason(ASK, topic, f"avoids {food}: {_when(fact)}; ask which bags") for fact in avoiding)


@lru_cache(maxsize=256)
def _unmentioned_food(food: str, answered: bool) -> Reasons:  # noqa: FBT001 - a key of the cache
    topic = FactKind.FOOD_AVOIDED.value
    if answered:
        return (
            Reason(ASK, topic, f"{_title(food)}: not among the foods she avoids; ask whether she eats it"),
        )
    return (Reason(ASK, topic, f"{_title(food)}: not answered"),)


def _when(fact: Fact) -> str:
    """Return the dates of a fact in words."""
    if fact.start is None and fact.end is None:
        return "no dates"
    if fact.start is None:
        return f"until {day(fact.end)}" if fact.end else ""
    if fact.end is None:
        return f"since {day(fact.start)}"
    if (fact.end - fact.start).days == 1:
        return f"on {day(fact.start)}"
    return f"{day(fact.start)} to {day(fact.end)}"


def _medicine(facts: list[Fact], policy: MatchingPolicy, *, unwanted: bool) -> Reasons:
    if not facts:
        return _unanswered(facts, FactKind.MEDICINE, policy)
    found = (_one_medicine(fact, policy, unwanted=unwanted) for fact in facts)
    return tuple(dict.fromkeys(reason for reason in found if reason is not None))


def _one_medicine(fact: Fact, policy: MatchingPolicy, *, unwanted: bool) -> Reason | None:
    topic, name = FactKind.MEDICINE.value, fact.subject
    if fact.presence is Presence.UNCLEAR:
        if not name:
            return _unclear(FactKind.MEDICINE)
        return Reason(ASK, topic, f"{_title(name)}: the answer was not clear")
    if fact.presence is Presence.NO or " ".join(name.casefold().split()) in policy.supplements:
        return None
    what = name or "a medicine"
    if fact.is_dated:
        text = f"{what}, {_when(fact)}: "
        return Reason(
            ASK, topic, text + ("family wants no medicine; ask which bags" if unwanted else _UNDECIDED)
        )
    if unwanted:
        text = f"takes {what}; family wants no medicine"
        return Reason(NOT_A_FIT, topic, text, together="take a medicine the family does not want")
    return Reason(ASK, topic, f"takes {what}: {_UNDECIDED}")


_UNDECIDED = "nobody has decided yet"


def _nicotine(facts: list[Fact], policy: MatchingPolicy, willing: Willing | None) -> Reasons:
    if not facts:
        return _unanswered(facts, FactKind.NICOTINE, policy)
    found = (_one_nicotine(fact, willing) for fact in facts)
    return tuple(dict.fromkeys(reason for reason in found if reason is not None))


def _one_nicotine(fact: Fact, willing: Willing | None) -> Reason | None:
    topic = FactKind.NICOTINE.value
    if fact.presence is Presence.UNCLEAR:
        return _unclear(FactKind.NICOTINE)
    if fact.presence is Presence.NO:
        return Reason(ASK, topic, f"no nicotine: {_when(fact)}; ask which bags") if fact.is_dated else None
    if fact.is_dated:
        return Reason(ASK, topic, f"nicotine, {_when(fact)}: ask which bags")
    if willing is Willing.NO:
        return Reason(
            NOT_A_FIT,
            topic,
            "uses nicotine; family wants none",
            together="use nicotine and the family wants none",
        )
    if willing is Willing.YES:
        return Reason(NO_OBJECTION_IF, topic, "uses nicotine; the family said yes to it and is told")
    return Reason(ASK, topic, "uses nicotine: ask the family")


def _alcohol(facts: list[Fact], policy: MatchingPolicy) -> Reasons:
    if not facts:
        return _unanswered(facts, FactKind.ALCOHOL, policy)
    topic, reasons = FactKind.ALCOHOL.value, []
    for fact in facts:
        if fact.presence is Presence.UNCLEAR:
            reasons.append(_unclear(FactKind.ALCOHOL))
        elif fact.is_dated:
            reasons.append(Reason(ASK, topic, f"alcohol, {_when(fact)}: ask which bags"))
        elif fact.presence is Presence.YES:
            reasons.append(_ALCOHOL_HABIT)
    return tuple(dict.fromkeys(reasons))


_ALCOHOL_HABIT = Reason(
    NO_OBJECTION_IF, FactKind.ALCOHOL.value, "drinks now and then: bags from those hours are left out"
)


def _cannabis(facts: list[Fact], policy: MatchingPolicy) -> Reasons:
    if not facts:
        return _unanswered(facts, FactKind.CANNABIS, policy)
    return tuple(dict.fromkeys(_told(fact, "cannabis or CBD") for fact in facts if _counts(fact)))


def _events(facts: list[Fact], policy: MatchingPolicy) -> Reasons:
    if not facts:
        return _unanswered(facts, FactKind.TATTOO_OR_TRANSFUSION, policy)
    what = "tattoo, piercing or transfusion"
    return tuple(dict.fromkeys(_told(fact, what) for fact in facts if _counts(fact)))


def _illness(facts: list[Fact], policy: MatchingPolicy) -> Reasons:
    if not facts:
        return _unanswered(facts, FactKind.ILLNESS, policy)
    return tuple(dict.fromkeys(_told(fact, "illness") for fact in facts if _counts(fact)))


def _counts(fact: Fact) -> bool:
    """Whether an answer is anything but a plain no."""
    return fact.presence is not Presence.NO or fact.is_dated


def _told(fact: Fact, what: str) -> Reason:
    """Return the "ask" for something she told, whatever it was."""
    if fact.presence is Presence.UNCLEAR:
        return _unclear(fact.kind)
    about = _title(fact.subject or what)
    dates = f", {_when(fact)}" if fact.is_dated else ""
    return Reason(ASK, fact.kind.value, f"{about}{dates}: ask")


def _blood_tests(facts: list[Fact], policy: MatchingPolicy) -> Reasons:
    if not facts:
        return _unanswered(facts, FactKind.BLOOD_TEST, policy)
    return tuple(dict.fromkeys(_one_blood_test(fact, policy) for fact in facts))


def _one_blood_test(fact: Fact, policy: MatchingPolicy) -> Reason:
    topic, words = FactKind.BLOOD_TEST.value, fact.subject.casefold()
    if fact.presence is Presence.UNCLEAR:
        return _unclear(FactKind.BLOOD_TEST)
    if fact.presence is Presence.NO:
        return Reason(ASK, topic, "no blood tests: ask whether she would have them done")
    if "positiv" in words or "neg" not in words or fact.start is None:
        dated = f" on {day(fact.start)}" if fact.start else ""
        return Reason(ASK, topic, f"Blood tests{dated}: ask for every result and its date")
    result = f"Blood tests negative on {day(fact.start)}"
    named = all(any(name in words for name in names) for names in policy.blood_panel)
    if named or "full panel" in words:
        return Reason(NOTE, topic, result)
    if "prenatal" in words:
        return Reason(ASK, topic, f"{result}, prenatal panel: ask whether HTLV was tested")
    return Reason(ASK, topic, f"{result}: ask which infections, HTLV among them")

"""What a donor's dated facts say for matching, worked out once for all babies.

Until milk is judged by its own dates, an answer that changes at a date is "ask": which bags? Unknown is
never yes and never no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coordinator.domain.facts import Fact, FactKind, Presence
from coordinator.domain.foods import about_unmentioned_food, against_food
from coordinator.domain.policies import MatchingPolicy
from coordinator.domain.recipients import Willing
from coordinator.domain.verdicts import Reason, VerdictKind
from coordinator.domain.wording import Reasons, day, not_answered, title, unclear, when

ASK = VerdictKind.ASK
NOT_A_FIT = VerdictKind.NOT_A_FIT
NO_OBJECTION_IF = VerdictKind.NO_OBJECTION_IF
NOTE = VerdictKind.NO_OBJECTION


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
        return about_unmentioned_food(food, self.foods_answered) if known is None else known


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
        against_food=against_food(of(FactKind.DAIRY), of(FactKind.FOOD_AVOIDED)),
        foods_answered=bool(of(FactKind.FOOD_AVOIDED)),
        heat_treated=_worst_presence(of(FactKind.HEAT_TREATED)),
    )


def family_key(medicine_ok: Willing | None, nicotine_ok: Willing | None) -> int:
    """Return the place in ``Disclosures.for_families`` of a family that gave these answers."""
    nicotine = 1 if nicotine_ok is Willing.NO else 2 if nicotine_ok is Willing.YES else 0
    return nicotine + (3 if medicine_ok is Willing.NO else 0)


def _unanswered(facts: list[Fact], kind: FactKind, policy: MatchingPolicy) -> Reasons:
    return not_answered(kind) if not facts and kind in policy.questions else ()


def _worst_presence(facts: list[Fact]) -> Presence | None:
    """Return yes before unclear before no; ``None`` when nobody asked."""
    found = {fact.presence for fact in facts}
    return next((p for p in (Presence.YES, Presence.UNCLEAR, Presence.NO) if p in found), None)


def _medicine(facts: list[Fact], policy: MatchingPolicy, *, unwanted: bool) -> Reasons:
    if not facts:
        return _unanswered(facts, FactKind.MEDICINE, policy)
    found = (_one_medicine(fact, policy, unwanted=unwanted) for fact in facts)
    return tuple(dict.fromkeys(reason for reason in found if reason is not None))


def _one_medicine(fact: Fact, policy: MatchingPolicy, *, unwanted: bool) -> Reason | None:
    topic, name = FactKind.MEDICINE.value, fact.subject
    if fact.presence is Presence.UNCLEAR:
        if not name:
            return unclear(FactKind.MEDICINE)
        return Reason(ASK, topic, f"{title(name)}: the answer was not clear")
    if fact.presence is Presence.NO or " ".join(name.casefold().split()) in policy.supplements:
        return None
    what = name or "a medicine"
    if fact.is_dated:
        text = f"{what}, {when(fact)}: "
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
        return unclear(FactKind.NICOTINE)
    if fact.presence is Presence.NO:
        return Reason(ASK, topic, f"no nicotine: {when(fact)}; ask which bags") if fact.is_dated else None
    if fact.is_dated:
        return Reason(ASK, topic, f"nicotine, {when(fact)}: ask which bags")
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
            reasons.append(unclear(FactKind.ALCOHOL))
        elif fact.is_dated:
            reasons.append(Reason(ASK, topic, f"alcohol, {when(fact)}: ask which bags"))
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
        return unclear(fact.kind)
    about = title(fact.subject or what)
    dates = f", {when(fact)}" if fact.is_dated else ""
    return Reason(ASK, fact.kind.value, f"{about}{dates}: ask")


def _blood_tests(facts: list[Fact], policy: MatchingPolicy) -> Reasons:
    if not facts:
        return _unanswered(facts, FactKind.BLOOD_TEST, policy)
    return tuple(dict.fromkeys(_one_blood_test(fact, policy) for fact in facts))


def _one_blood_test(fact: Fact, policy: MatchingPolicy) -> Reason:
    topic, words = FactKind.BLOOD_TEST.value, fact.subject.casefold()
    if fact.presence is Presence.UNCLEAR:
        return unclear(FactKind.BLOOD_TEST)
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

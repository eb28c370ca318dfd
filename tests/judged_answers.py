"""What a typed answer comes to: the verdict on milk of every day, for families who care about it.

Only the one answer counts: all else of the donor is answered so that nothing speaks against her milk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from coordinator.domain.facts.dated_facts import Fact, FactKind
from coordinator.domain.families.babies import Baby, Willing
from coordinator.domain.families.households import Role
from coordinator.domain.imports.donor_rows import FACT_KINDS
from coordinator.domain.imports.row_answers import DonorAnswers, LotAnswer
from coordinator.domain.imports.typed import read_typed
from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.reading import read
from coordinator.domain.reading.dates import DateOrder, DateRule
from coordinator.domain.suitability.disclosures import disclosures_of
from coordinator.domain.suitability.parts import parts_of
from tests.builders import SPOKEN_WITH, a_baby, a_checked_policy, a_lot, a_plain_no, without

TODAY = date(2026, 11, 28)
RULE = DateRule(DateOrder.MONTH_FIRST, TODAY)
FIRST, LAST = date(2026, 9, 1), date(2026, 11, 20)
LOT = a_lot(expressed_from=FIRST, expressed_to=LAST, heat_treated=None)

FAMILIES: Mapping[str, tuple[Baby, ...]] = {
    "dairy": (a_baby(must_avoid=("dairy",)),),
    "foods_avoided": (
        a_baby(must_avoid=("soy",)),
        a_baby(must_avoid=("egg",)),
        a_baby(must_avoid=("peanut",)),
    ),
    "medicines": (a_baby(medicine_ok=Willing.NO), a_baby(medicine_ok=Willing.IF_COMPATIBLE)),
    "nicotine": (a_baby(nicotine_ok=Willing.NO),),
    "alcohol": (a_baby(),),
    "cannabis": (a_baby(),),
    "blood_tests": (a_baby(),),
    "tattoo": (a_baby(),),
    "heat_treated": (a_baby(),),
    "freezer": (a_baby(),),
}
"""Field -> the families whose milk its answer decides about."""
OF_THE_LOT = frozenset({"heat_treated", "freezer"})
"""Fields whose answer stands with the lot too."""
Days = tuple[VerdictKind, ...]
"""The verdict on milk of each day of the lot."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer with what was read in it, and a row of verdicts for each family of its field."""

    field: str
    text: str
    facts: tuple[Fact, ...]
    not_understood: tuple[str, ...]
    days: tuple[Days, ...]

    def better_than(self, other: Judged) -> bool:
        """Whether milk of any day looks better to any family than in *other*, and nothing of it is asked."""
        return any(
            new < min(old, VerdictKind.ASK)
            for mine, others in zip(self.days, other.days, strict=True)
            for new, old in zip(mine, others, strict=True)
        )


def judged(field: str, text: str) -> Judged:
    """Return what *text* comes to, typed as the answer of *field*."""
    found = read(field, text, RULE)
    if field not in OF_THE_LOT:
        return Judged(field, text, found.facts, found.not_understood, verdicts(field, found.facts))
    told = read_typed(Role.DONOR, {field: text}, TODAY).detail
    assert isinstance(told, DonorAnswers)
    days = verdicts(field, told.facts, _with_lot(told.lot))
    return Judged(field, text, told.facts, found.not_understood, days)


def _with_lot(told: LotAnswer) -> Lot:
    return replace(LOT, freezer=told.freezer, place=told.place, heat_treated=told.heat_treated)


def verdicts(field: str, facts: Iterable[Fact], lot: Lot = LOT) -> tuple[Days, ...]:
    """Return the verdict on milk of each day, by family, where these are all facts of the field's kind."""
    told = tuple(fact if _is_read_raw(fact) else replace(fact, raw="") for fact in facts)
    return _verdicts(field, told, lot)


def _is_read_raw(fact: Fact) -> bool:
    """Whether a rule looks at the words as typed, because nothing was read in them."""
    return fact.kind is FactKind.MEDICINE and not fact.subject


@lru_cache(maxsize=200_000)
def _verdicts(field: str, facts: tuple[Fact, ...], lot: Lot) -> tuple[Days, ...]:
    others = without(FACT_KINDS[field]) if field in FACT_KINDS else a_plain_no()
    if field == "dairy":
        others = tuple(fact for fact in others if fact.kind is not FactKind.FOOD_AVOIDED)
    known = disclosures_of((*others, *facts), a_checked_policy(), SPOKEN_WITH)
    return tuple(
        tuple(
            part.verdict.kind
            for part in parts_of(lot, family, known, TODAY)
            for _ in range((part.last - part.first).days + 1)
        )
        for family in FAMILIES[field]
    )

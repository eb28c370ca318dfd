"""Which questions a network may stop asking, and what nobody will know then."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.screening.checklist import FIRST_CONTACT
from coordinator.domain.screening.families import HEALTH
from coordinator.domain.suitability.mentions import mentioned_kind
from coordinator.sayings import NOTHING, Saying, saying

_DECIDES: Final = frozenset(
    {
        "baby_born", "gestation", "must_avoid", "medicine_ok", "nicotine_ok", "expressed_from",
        "expressed_to", "freezer", FIRST_CONTACT,
    }
)  # fmt: skip
"""Fields that a rule about milk or a baby goes by, beside what is told of a donor's days."""


def why_always_asked(topic: str, besides: Collection[FactKind] = ()) -> Saying:
    """Return why *topic* stays asked: a rule holds milk back until it is answered; nothing if none does.

    *besides* are kinds the policy in use asks about though no milk waits for the answer.
    """
    if topic == HEALTH:
        return saying("Whether the baby is at home and well is always asked.")
    kind = mentioned_kind(topic) or next((kind for kind in FactKind if kind.value == topic), None)
    if topic in _DECIDES or (kind is not None and kind not in besides):
        return saying("This stays asked: whether milk may go to a baby is decided by the answer.")
    return NOTHING


def stays_unknown(topic: str) -> Saying:
    """Return what nobody will know of a family that is not asked about *topic*."""
    return _UNKNOWN.get(
        topic, saying("Where it was not told it stays unknown, and nothing is assumed for it.")
    )


_UNKNOWN: Mapping[str, Saying] = {
    "reach": saying(
        "How far a family drives stays unknown: milk from any distance is proposed to it, with the miles."
    ),
    "max_miles": saying("How far a volunteer drives stays unknown: any run may be proposed, with its miles."),
    "max_hours": saying(
        "How long a volunteer drives stays unknown: any run may be proposed, with its hours."
    ),
    "has_car": saying("Who fetches the milk of a family without a car stays unknown."),
    "hours": saying("When a family is free stays unknown: days are proposed without its hours."),
    "stock": saying("What a family has stays unknown: nobody sees when its baby runs out."),
    "own_supply": saying("What a mother has herself stays unknown: the need counts as if it were nothing."),
    "formula": saying("How much formula stays unknown: the need counts as if there were none."),
    "freezer_space": saying("What room there is stays unknown: more may be proposed than the freezer holds."),
    "oldest_milk_months": saying(
        "How old milk may be for a family stays unknown: the policy's own limit is kept, and no stricter one."
    ),
    "ounces": saying("How much there is stays unknown: milk without an amount is proposed to nobody."),
    "bags": saying("How many bags there are stays unknown: amounts are counted in ounces alone."),
    "coolers": saying("Which coolers a volunteer has stays unknown: nobody sees what does not fit."),
    "lift": saying("What a volunteer can lift stays unknown: any load may be proposed."),
    "away": saying("When a volunteer is away stays unknown: days away may be proposed."),
    "phone": saying("The number stays unknown: who has no other way to be reached is not reached."),
    "languages": saying("The language stays unknown: texts are English."),
    FactKind.ILLNESS.value: saying(
        "Whether anybody at home was ill stays unknown; what she told stays told."
    ),
}

"""What a family asks of milk, in words."""

from __future__ import annotations

from coordinator.domain.milk.runways import Trait, TraitKind
from ui.translation import translate
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP

_KINDS = {
    TraitKind.ALL: QT_TRANSLATE_NOOP("needs", "All families"),
    TraitKind.NO_MEDICINE: QT_TRANSLATE_NOOP("needs", "No medicine"),
    TraitKind.NO_NICOTINE: QT_TRANSLATE_NOOP("needs", "No nicotine"),
    TraitKind.FOODS_NOT_ASKED: QT_TRANSLATE_NOOP("needs", "Foods not asked"),
}


def trait_words(trait: Trait) -> str:
    """Return a trait as it stands in chart and table."""
    if trait.kind is TraitKind.WITHOUT_FOOD:
        return translate("needs", "Without {food}").format(food=trait.food)
    return translate("needs", _KINDS[trait.kind])

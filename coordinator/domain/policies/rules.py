# ruff: noqa: E501 - a rule a line, as a table is read
"""The rules a policy profile may set, each with its key, its words, and what its value looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from coordinator.domain.policies.values import Choice, Unit
from coordinator.sayings import NOTHING, Saying, saying


class Shape(StrEnum):
    """What a value is: an amount in one of the rule's units, one of its choices, or a list of words."""

    AMOUNT = "amount"
    CHOICE = "choice"
    WORDS = "words"
    GROUPS = "groups of words"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``relied`` says what milk with nothing against it relies on, once a ``value`` is put in.

    An amount may be one of ``choices`` instead, such as "not accepted".
    """

    key: str
    title: Saying
    shape: Shape
    units: tuple[str, ...]
    choices: tuple[str, ...] = ()
    relied: Saying = NOTHING


UNKNOWN = "unknown"
"""What a profile says of a value nobody has seen: it leads to asking, never to anything else."""
NOT_ACCEPTED = Choice.NOT_ACCEPTED
BEFORE_FIRST_DONATION = Unit.MONTHS_BEFORE_DONATION
"""A blood test counts for all milk if it was made so long before the first giving, and no longer."""


def _frozen(key: str, title: Saying) -> Rule:
    relied = saying("frozen milk keeps {value}", value="")
    return Rule(key, title, Shape.AMOUNT, (Unit.MONTHS_FROM_EXPRESSION,), (NOT_ACCEPTED,), relied)


_ALL = (
    Rule("room", saying("Fresh milk at room temperature"), Shape.AMOUNT, (Unit.HOURS_FROM_EXPRESSION,)),
    Rule("fridge", saying("Fresh milk in a refrigerator"), Shape.AMOUNT, (Unit.DAYS_FROM_EXPRESSION,), relied=saying("milk in a refrigerator keeps {value}", value="")),
    Rule("cooler", saying("Milk in a cooler with frozen ice packs"), Shape.AMOUNT, (Unit.HOURS_FROM_EXPRESSION,)),
    Rule("frozen_best", saying("Frozen milk is at its best"), Shape.AMOUNT, (Unit.MONTHS_FROM_EXPRESSION,)),
    _frozen("frozen_fridge_freezer", saying("Milk in a freezer above a fridge")),
    _frozen("frozen_side_by_side", saying("Milk in a side-by-side freezer")),
    _frozen("frozen_chest", saying("Milk in a chest freezer")),
    _frozen("frozen_upright_frost_free", saying("Milk in a frost-free upright freezer")),
    _frozen("frozen_deep_manual", saying("Milk in a deep freezer that is defrosted by hand")),
    Rule("thawed", saying("Thawed milk in a refrigerator"), Shape.AMOUNT, (Unit.HOURS_FROM_THAWING,)),
    Rule("refreeze", saying("Freezing thawed milk again"), Shape.CHOICE, (Unit.RULE,), (Choice.NEVER, Choice.WITH_ICE_CRYSTALS)),
    Rule("questions", saying("Asked before a first match"), Shape.WORDS, (Unit.KINDS_OF_FACTS,)),
    Rule("asked_besides", saying("Asked besides, without waiting"), Shape.WORDS, (Unit.KINDS_OF_FACTS,)),
    Rule("first_contact", saying("Talk by phone or in person"), Shape.CHOICE, (Unit.RULE,), (Choice.BEFORE_A_FIRST_MATCH, Choice.NOT_ASKED_FOR)),
    Rule("sign_offs", saying("People who sign for a donor"), Shape.AMOUNT, (Unit.PEOPLE,)),
    Rule("blood_panel", saying("Infections a blood test names"), Shape.GROUPS, (Unit.INFECTIONS,), relied=saying("a full panel is {value}", value="")),
    Rule("blood_test_age", saying("A blood test counts"), Shape.AMOUNT, (Unit.MONTHS_AFTER_THE_TEST, BEFORE_FIRST_DONATION), relied=saying("a blood test counts for {value}", value="")),
    Rule("pregnancy_test", saying("Blood tests in pregnancy"), Shape.CHOICE, (Unit.RULE,), (Choice.ACCEPTED, NOT_ACCEPTED), saying("blood tests in pregnancy are {value}", value="")),
    Rule("alcohol_wait", saying("Milk after alcohol"), Shape.AMOUNT, (Unit.HOURS,)),
    Rule("alcohol_daily", saying("Alcohol a day"), Shape.AMOUNT, (Unit.OZ_OF_SPIRITS,)),
    Rule("drink_spirits", saying("A drink of spirits"), Shape.AMOUNT, (Unit.OZ_A_DRINK,)),
    Rule("drink_wine", saying("A drink of wine"), Shape.AMOUNT, (Unit.OZ_A_DRINK,)),
    Rule("drink_beer", saying("A drink of beer"), Shape.AMOUNT, (Unit.OZ_A_DRINK,)),
    Rule("nicotine", saying("Nicotine"), Shape.CHOICE, (Unit.RULE,), (Choice.THE_FAMILY_DECIDES, Choice.ASK, NOT_ACCEPTED)),
    Rule("nicotine_wait", saying("Milk after nicotine"), Shape.AMOUNT, (Unit.DAYS_AFTER_THE_LAST_USE,), relied=saying("nicotine is gone after {value}", value="")),
    Rule("cannabis", saying("Cannabis or CBD"), Shape.CHOICE, (Unit.RULE,), (Choice.ASK, NOT_ACCEPTED)),
    Rule("cannabis_wait", saying("Milk after cannabis"), Shape.AMOUNT, (Unit.DAYS_AFTER_THE_LAST_USE,), (Choice.ANY_TIME,), saying("cannabis is gone after {value}", value="")),
    Rule("caffeine_daily", saying("Caffeine a day"), Shape.AMOUNT, (Unit.DRINKS_A_DAY,), relied=saying("caffeine up to {value}", value="")),
    Rule("transfusion_wait", saying("Milk after a transfusion"), Shape.AMOUNT, (Unit.MONTHS,), relied=saying("a transfusion is past after {value}", value="")),
    Rule("transplant_wait", saying("Milk after a transplant"), Shape.AMOUNT, (Unit.MONTHS,), relied=saying("a transplant is past after {value}", value="")),
    Rule("tattoo_wait", saying("Milk after a tattoo or piercing"), Shape.AMOUNT, (Unit.MONTHS,), relied=saying("a tattoo or piercing is past after {value}", value="")),
    Rule("travel", saying("Long stays abroad"), Shape.CHOICE, (Unit.RULE,), (Choice.ASK, Choice.NOT_ASKED_FOR)),
    Rule("illness_wait", saying("Milk after an illness"), Shape.AMOUNT, (Unit.DAYS_AFTER_IT_ENDED,), relied=saying("an illness is past after {value}", value="")),
    Rule("illness_before", saying("Milk before an illness"), Shape.AMOUNT, (Unit.DAYS_BEFORE_IT_BEGAN,), relied=saying("milk of {value} before an illness is left out", value="")),
    Rule("medicine_wait", saying("Milk after a medicine"), Shape.AMOUNT, (Unit.MONTHS_AFTER_THE_LAST_DOSE,), relied=saying("a medicine is gone after {value}", value="")),
    Rule("supplements", saying("Supplements that need no decision"), Shape.WORDS, (Unit.NAMES_AS_WRITTEN,), relied=saying("{value} and the like need no decision", value="")),
    Rule("other_supplements", saying("What goes with a prenatal vitamin"), Shape.WORDS, (Unit.NAMES_AS_WRITTEN,), relied=saying("{value} and the like need no decision", value="")),
    Rule("herbs", saying("Herbs"), Shape.WORDS, (Unit.NAMES,)),
    Rule("heat_treated", saying("Heat-treated milk"), Shape.CHOICE, (Unit.RULE,), (Choice.THE_FAMILY_IS_TOLD, NOT_ACCEPTED)),
    Rule("washout", saying("Days after a food the baby must avoid"), Shape.AMOUNT, (Unit.DAYS_AFTER_THE_LAST_MEAL_WITH_IT,), relied=saying("a food is out of the milk after {value}", value="")),
)  # fmt: skip

RULES: Mapping[str, Rule] = {rule.key: rule for rule in _ALL}
"""Every rule by its key, in the order profiles are shown."""


def relied_on(rule: Rule, value: Saying) -> Saying:
    """Return what milk with nothing against it relies on; nothing where the rule has no such words."""
    return replace(rule.relied, params=(("value", value),)) if rule.relied else NOTHING

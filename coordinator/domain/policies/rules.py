# ruff: noqa: E501 - a rule a line, as a table is read
"""The rules a policy profile may set, each with its key, its words, and what its value looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """What a value is: an amount in one of the rule's units, one of its choices, or a list of words."""

    AMOUNT = "amount"
    CHOICE = "choice"
    WORDS = "words"
    GROUPS = "groups of words"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``relied`` says, with the value put in, what milk with nothing against it relies on.

    An amount may be one of ``choices`` instead, such as "not accepted".
    """

    key: str
    title: str
    shape: Shape
    units: tuple[str, ...]
    choices: tuple[str, ...] = ()
    relied: str = ""


UNKNOWN = "unknown"
"""What a profile says of a value nobody has seen: it leads to asking, never to anything else."""
NOT_ACCEPTED = "not accepted"
BEFORE_FIRST_DONATION = "months before the first donation"
"""A blood test counts for all milk if it was made so long before the first giving, and no longer."""


def _frozen(key: str, where: str) -> Rule:
    return Rule(
        key,
        f"Milk in a {where}",
        Shape.AMOUNT,
        ("months from expression",),
        (NOT_ACCEPTED,),
        "frozen milk keeps {}",
    )


_ALL = (
    Rule("room", "Fresh milk at room temperature", Shape.AMOUNT, ("hours from expression",)),
    Rule("fridge", "Fresh milk in a refrigerator", Shape.AMOUNT, ("days from expression",), relied="milk in a refrigerator keeps {}"),
    Rule("cooler", "Milk in a cooler with frozen ice packs", Shape.AMOUNT, ("hours from expression",)),
    Rule("frozen_best", "Frozen milk is at its best", Shape.AMOUNT, ("months from expression",)),
    _frozen("frozen_fridge_freezer", "freezer above a fridge"),
    _frozen("frozen_side_by_side", "side-by-side freezer"),
    _frozen("frozen_chest", "chest freezer"),
    _frozen("frozen_upright_frost_free", "frost-free upright freezer"),
    _frozen("frozen_deep_manual", "deep freezer that is defrosted by hand"),
    Rule("thawed", "Thawed milk in a refrigerator", Shape.AMOUNT, ("hours from thawing",)),
    Rule("refreeze", "Freezing thawed milk again", Shape.CHOICE, ("rule",), ("never", "with ice crystals")),
    Rule("questions", "Asked before a first match", Shape.WORDS, ("kinds of facts",)),
    Rule("asked_besides", "Asked besides, without waiting", Shape.WORDS, ("kinds of facts",)),
    Rule("first_contact", "Talk by phone or in person", Shape.CHOICE, ("rule",), ("before a first match", "not asked for")),
    Rule("sign_offs", "People who sign for a donor", Shape.AMOUNT, ("people",)),
    Rule("blood_panel", "Infections a blood test names", Shape.GROUPS, ("infections",), relied="a full panel is {}"),
    Rule("blood_test_age", "A blood test counts", Shape.AMOUNT, ("months after the test", BEFORE_FIRST_DONATION), relied="a blood test counts for {}"),
    Rule("pregnancy_test", "Blood tests in pregnancy", Shape.CHOICE, ("rule",), ("accepted", NOT_ACCEPTED), "blood tests in pregnancy are {}"),
    Rule("alcohol_wait", "Milk after alcohol", Shape.AMOUNT, ("hours",)),
    Rule("alcohol_daily", "Alcohol a day", Shape.AMOUNT, ("oz of spirits, or as much alcohol in another drink, a day",)),
    Rule("drink_spirits", "A drink of spirits", Shape.AMOUNT, ("oz a drink",)),
    Rule("drink_wine", "A drink of wine", Shape.AMOUNT, ("oz a drink",)),
    Rule("drink_beer", "A drink of beer", Shape.AMOUNT, ("oz a drink",)),
    Rule("nicotine", "Nicotine", Shape.CHOICE, ("rule",), ("the family decides", "ask", NOT_ACCEPTED)),
    Rule("nicotine_wait", "Milk after nicotine", Shape.AMOUNT, ("days after the last use",), relied="nicotine is gone after {}"),
    Rule("cannabis", "Cannabis or CBD", Shape.CHOICE, ("rule",), ("ask", NOT_ACCEPTED)),
    Rule("cannabis_wait", "Milk after cannabis", Shape.AMOUNT, ("days after the last use",), ("any time",), "cannabis is gone after {}"),
    Rule("caffeine_daily", "Caffeine a day", Shape.AMOUNT, ("drinks/day",), relied="caffeine up to {}"),
    Rule("transfusion_wait", "Milk after a transfusion", Shape.AMOUNT, ("months",), relied="a transfusion is past after {}"),
    Rule("transplant_wait", "Milk after a transplant", Shape.AMOUNT, ("months",), relied="a transplant is past after {}"),
    Rule("tattoo_wait", "Milk after a tattoo or piercing", Shape.AMOUNT, ("months",), relied="a tattoo or piercing is past after {}"),
    Rule("travel", "Long stays abroad", Shape.CHOICE, ("rule",), ("ask", "not asked for")),
    Rule("illness_wait", "Milk after an illness", Shape.AMOUNT, ("days after it ended",), relied="an illness is past after {}"),
    Rule("illness_before", "Milk before an illness", Shape.AMOUNT, ("days before it began",), relied="milk of {} before an illness is left out"),
    Rule("medicine_wait", "Milk after a medicine", Shape.AMOUNT, ("months after the last dose",), relied="a medicine is gone after {}"),
    Rule("supplements", "Supplements that need no decision", Shape.WORDS, ("names as written",), relied="{} and the like need no decision"),
    Rule("other_supplements", "What goes with a prenatal vitamin", Shape.WORDS, ("names as written",), relied="{} and the like need no decision"),
    Rule("herbs", "Herbs", Shape.WORDS, ("names",)),
    Rule("heat_treated", "Heat-treated milk", Shape.CHOICE, ("rule",), ("the family is told", NOT_ACCEPTED)),
    Rule("washout", "Days after a food the baby must avoid", Shape.AMOUNT, ("days after the last meal with it",), relied="a food is out of the milk after {}"),
)  # fmt: skip

RULES: Mapping[str, Rule] = {rule.key: rule for rule in _ALL}
"""Every rule by its key, in the order profiles are shown."""

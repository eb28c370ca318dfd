"""What a rule's value is measured in or chosen from: as policy files write it, and as it is said."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from coordinator.sayings import Saying, as_written, plural, saying


class Unit(StrEnum):
    """What an amount is of, the first word of longer ones in short; or what words are."""

    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"
    OZ = "oz"
    PEOPLE = "people"
    DRINKS_A_DAY = "drinks/day"
    OZ_A_DRINK = "oz a drink"
    OZ_OF_SPIRITS = "oz of spirits, or as much alcohol in another drink, a day"
    HOURS_FROM_EXPRESSION = "hours from expression"
    HOURS_FROM_THAWING = "hours from thawing"
    DAYS_FROM_EXPRESSION = "days from expression"
    DAYS_AFTER_THE_LAST_USE = "days after the last use"
    DAYS_AFTER_THE_LAST_MEAL_WITH_IT = "days after the last meal with it"
    DAYS_AFTER_IT_ENDED = "days after it ended"
    DAYS_BEFORE_IT_BEGAN = "days before it began"
    MONTHS_FROM_EXPRESSION = "months from expression"
    MONTHS_AFTER_THE_TEST = "months after the test"
    MONTHS_AFTER_THE_LAST_DOSE = "months after the last dose"
    MONTHS_BEFORE_DONATION = "months before the first donation"
    RULE = "rule"
    KINDS_OF_FACTS = "kinds of facts"
    INFECTIONS = "infections"
    NAMES_AS_WRITTEN = "names as written"
    NAMES = "names"


class Choice(StrEnum):
    """What a rule may be set to instead of an amount."""

    NEVER = "never"
    WITH_ICE_CRYSTALS = "with ice crystals"
    BEFORE_A_FIRST_MATCH = "before a first match"
    NOT_ASKED_FOR = "not asked for"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not accepted"
    THE_FAMILY_DECIDES = "the family decides"
    ASK = "ask"
    ANY_TIME = "any time"
    THE_FAMILY_IS_TOLD = "the family is told"


def unit_words(unit: str) -> Saying:
    """Return a unit of amounts by itself, ``hours from expression``."""
    return _UNITS.get(unit) or as_written(unit)


def choice_words(choice: str) -> Saying:
    """Return a choice of a rule in words."""
    return _CHOICES.get(choice) or as_written(choice)


def amount_words(value: float, unit: str) -> Saying:
    """Return an amount in words, ``12 months``; one that is not whole is said like several."""
    count = int(value) if value == int(value) else 2
    return replace(_AMOUNTS[unit], params=(("n", count), ("value", value)), count=count)


_CHOICES: dict[str, Saying] = {
    Choice.NEVER: saying("never"),
    Choice.WITH_ICE_CRYSTALS: saying("with ice crystals"),
    Choice.BEFORE_A_FIRST_MATCH: saying("before a first match"),
    Choice.NOT_ASKED_FOR: saying("not asked for"),
    Choice.ACCEPTED: saying("accepted"),
    Choice.NOT_ACCEPTED: saying("not accepted"),
    Choice.THE_FAMILY_DECIDES: saying("the family decides"),
    Choice.ASK: saying("ask"),
    Choice.ANY_TIME: saying("any time"),
    Choice.THE_FAMILY_IS_TOLD: saying("the family is told"),
}
_UNITS: dict[str, Saying] = {
    Unit.HOURS: saying("hours"),
    Unit.DAYS: saying("days"),
    Unit.MONTHS: saying("months"),
    Unit.OZ: saying("oz"),
    Unit.PEOPLE: saying("people"),
    Unit.DRINKS_A_DAY: saying("drinks/day"),
    Unit.OZ_A_DRINK: saying("oz a drink"),
    Unit.OZ_OF_SPIRITS: saying("oz of spirits, or as much alcohol in another drink, a day"),
    Unit.HOURS_FROM_EXPRESSION: saying("hours from expression"),
    Unit.HOURS_FROM_THAWING: saying("hours from thawing"),
    Unit.DAYS_FROM_EXPRESSION: saying("days from expression"),
    Unit.DAYS_AFTER_THE_LAST_USE: saying("days after the last use"),
    Unit.DAYS_AFTER_THE_LAST_MEAL_WITH_IT: saying("days after the last meal with it"),
    Unit.DAYS_AFTER_IT_ENDED: saying("days after it ended"),
    Unit.DAYS_BEFORE_IT_BEGAN: saying("days before it began"),
    Unit.MONTHS_FROM_EXPRESSION: saying("months from expression"),
    Unit.MONTHS_AFTER_THE_TEST: saying("months after the test"),
    Unit.MONTHS_AFTER_THE_LAST_DOSE: saying("months after the last dose"),
    Unit.MONTHS_BEFORE_DONATION: saying("months before the first donation"),
}
_AMOUNTS: dict[str, Saying] = {
    Unit.HOURS: plural("{value:g} hour", "{value:g} hours", 0, value=0),
    Unit.DAYS: plural("{value:g} day", "{value:g} days", 0, value=0),
    Unit.MONTHS: plural("{value:g} month", "{value:g} months", 0, value=0),
    Unit.OZ: saying("{value:g} oz", value=0),
    Unit.PEOPLE: plural("{value:g} person", "{value:g} people", 0, value=0),
    Unit.DRINKS_A_DAY: saying("{value:g} drinks/day", value=0),
    Unit.OZ_A_DRINK: saying("{value:g} oz a drink", value=0),
    Unit.OZ_OF_SPIRITS: saying(
        "{value:g} oz of spirits, or as much alcohol in another drink, a day", value=0
    ),
    Unit.HOURS_FROM_EXPRESSION: plural(
        "{value:g} hour from expression", "{value:g} hours from expression", 0, value=0
    ),
    Unit.HOURS_FROM_THAWING: plural(
        "{value:g} hour from thawing", "{value:g} hours from thawing", 0, value=0
    ),
    Unit.DAYS_FROM_EXPRESSION: plural(
        "{value:g} day from expression", "{value:g} days from expression", 0, value=0
    ),
    Unit.DAYS_AFTER_THE_LAST_USE: plural(
        "{value:g} day after the last use", "{value:g} days after the last use", 0, value=0
    ),
    Unit.DAYS_AFTER_THE_LAST_MEAL_WITH_IT: plural(
        "{value:g} day after the last meal with it", "{value:g} days after the last meal with it", 0, value=0
    ),
    Unit.DAYS_AFTER_IT_ENDED: plural(
        "{value:g} day after it ended", "{value:g} days after it ended", 0, value=0
    ),
    Unit.DAYS_BEFORE_IT_BEGAN: plural(
        "{value:g} day before it began", "{value:g} days before it began", 0, value=0
    ),
    Unit.MONTHS_FROM_EXPRESSION: plural(
        "{value:g} month from expression", "{value:g} months from expression", 0, value=0
    ),
    Unit.MONTHS_AFTER_THE_TEST: plural(
        "{value:g} month after the test", "{value:g} months after the test", 0, value=0
    ),
    Unit.MONTHS_AFTER_THE_LAST_DOSE: plural(
        "{value:g} month after the last dose", "{value:g} months after the last dose", 0, value=0
    ),
    Unit.MONTHS_BEFORE_DONATION: plural(
        "{value:g} month before the first donation", "{value:g} months before the first donation", 0, value=0
    ),
}
"""An amount of each unit."""

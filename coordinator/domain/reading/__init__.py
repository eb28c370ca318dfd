"""Answers in her own words, read wholly or asked: a small grammar for each question over one tokeniser.

Here belong the tokeniser, the words (``resources/words``) and the grammars. What a whole row says, and what
the rules make of a fact, stand elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.reading import blood, events, foods, freezers, habits, heat, medicines
from coordinator.domain.reading.dates import DateOrder, DateRule
from coordinator.domain.reading.readings import Reading

__all__ = ["KINDS", "READERS", "Reading", "read", "read_kind"]

_Reader = Callable[[str, DateRule], Reading]


def _habit(habit: habits.Habit) -> _Reader:
    return lambda text, rule: habits.read_habit(habit, text, rule)


def _events(kind: FactKind) -> _Reader:
    return lambda text, rule: events.read_events(kind, text, rule)


def _list(kind: FactKind, *more: str) -> _Reader:
    return lambda text, rule: medicines.read_list(kind, text, rule, (*more, *medicines.LISTS))


def _in_her_words(reading: Reading) -> Reading:
    """Return *reading* with facts that are about all the words: how many coffees matters."""
    return replace(
        reading,
        facts=tuple(replace(fact, subject=fact.raw if fact.subject else "") for fact in reading.facts),
    )


READERS: Mapping[str, _Reader] = {
    "dairy": _habit(habits.DAIRY),
    "foods_avoided": foods.read_foods,
    "medicines": medicines.read_medicines,
    "nicotine": _habit(habits.NICOTINE),
    "alcohol": _habit(habits.ALCOHOL),
    "cannabis": _habit(habits.CANNABIS),
    "blood_tests": blood.read_blood_tests,
    "tattoo": _events(FactKind.TATTOO_OR_TRANSFUSION),
    "heat_treated": heat.read_heat_treated,
    "freezer": lambda text, rule: freezers.read_stored(text, rule).reading,
}
"""The reader of each field of a donor's form that becomes facts, by the field's key."""
KINDS: Mapping[FactKind, _Reader] = {
    FactKind.DAIRY: READERS["dairy"],
    FactKind.FOOD_AVOIDED: READERS["foods_avoided"],
    FactKind.FOOD: _list(FactKind.FOOD, "foods"),
    FactKind.MEDICINE: READERS["medicines"],
    FactKind.SUPPLEMENT: _list(FactKind.SUPPLEMENT),
    FactKind.HERB: _list(FactKind.HERB),
    FactKind.NICOTINE: READERS["nicotine"],
    FactKind.ALCOHOL: READERS["alcohol"],
    FactKind.CANNABIS: READERS["cannabis"],
    FactKind.CAFFEINE: lambda text, rule: _in_her_words(_list(FactKind.CAFFEINE)(text, rule)),
    FactKind.BLOOD_TEST: READERS["blood_tests"],
    FactKind.TATTOO_OR_TRANSFUSION: READERS["tattoo"],
    FactKind.TATTOO: _events(FactKind.TATTOO),
    FactKind.TRANSFUSION: _events(FactKind.TRANSFUSION),
    FactKind.TRANSPLANT: _events(FactKind.TRANSPLANT),
    FactKind.ILLNESS: _list(FactKind.ILLNESS, "elsewhere", "infections"),
    FactKind.TRAVEL: _list(FactKind.TRAVEL),
    FactKind.HEAT_TREATED: READERS["heat_treated"],
    FactKind.FREEZER: READERS["freezer"],
}
"""The reader of what is told on a call, by the kind of fact it is about."""


def read(key: str, text: str, rule: DateRule) -> Reading:
    """Return what *text*, the answer to the field *key*, says; with what of it is to be asked.

    Raises:
        KeyError: If the field is none that becomes facts.
    """
    # No day can be told without a digit, so that the day of the form makes no other answer of "never".
    return _read(key, text, rule if _DIGIT.search(text) else _ANY_DAY)


_DIGIT = re.compile(r"\d")
_ANY_DAY = DateRule(DateOrder.MONTH_FIRST, date(2000, 1, 1))


@lru_cache(maxsize=8192)
def _read(key: str, text: str, rule: DateRule) -> Reading:
    return READERS[key](text, rule)


def read_kind(kind: FactKind, text: str, rule: DateRule) -> Reading:
    """Return what *text*, told about *kind* on the phone, says.

    Raises:
        KeyError: If facts of this kind are not told in words.
    """
    return KINDS[kind](text, rule)

"""An answer read again: whether what is stored of it means what the reader finds in its words today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from coordinator.domain.facts.dated_facts import Fact, FactKind
from coordinator.domain.facts.food_names import food_keys
from coordinator.domain.imports.donor_rows import KEYS_OF_TOPICS
from coordinator.domain.intervals import shifted
from coordinator.domain.reading import Reading, read
from coordinator.domain.reading.blood import results_told
from coordinator.domain.reading.dates import DateOrder, DateRule, decide_order
from coordinator.domain.reading.heat import SOME_BAGS

LISTS = frozenset({FactKind.MEDICINE, FactKind.TATTOO_OR_TRANSFUSION})
"""Kinds of which an earlier reader kept the words item by item."""


def words_of_answer(facts: Iterable[Fact]) -> str:
    """Return what was typed, of which *facts* may keep the items one by one."""
    return ", ".join(dict.fromkeys(fact.raw for fact in facts))


def read_again(stored: Sequence[Fact], words: str, usual: DateOrder, today: date) -> Reading | None:
    """Return what *words* say now, ``None`` if that is what is *stored*.

    The order of day and month is that of the words themselves, else the one that finds the stored days,
    else *usual*. No day lies after the form was sent, but for a day of grace as in an import.

    Args:
        stored: The facts made of one answer; they are of one kind.
        words: The answer as typed.
        usual: Which number stands first in the dates of the other answers.
        today: The last day that can have been.
    """
    key = KEYS_OF_TOPICS[stored[0].kind.value]
    readings = [read(key, words, rule) for rule in _rules(stored, words, usual, today)]
    if any(_meaning(one.facts) == _meaning(stored) for one in readings):
        return None
    return max(readings, key=lambda one: len(_days(one.facts) & _days(stored)))


def usual_order(answers: Iterable[str], today: date) -> DateOrder:
    """Return which number stands first in most dates that can only be read in one way."""
    return decide_order(answers, today).order


def _rules(stored: Sequence[Fact], words: str, usual: DateOrder, today: date) -> Iterator[DateRule]:
    recorded = stored[0].recorded_on
    own = decide_order([words], min(today, shifted(recorded, 1)) if recorded else today, usual)
    yield own
    if not own.is_proven:
        yield from (replace(own, order=order) for order in DateOrder if order is not own.order)


def _days(facts: Iterable[Fact]) -> set[date]:
    return {day for fact in facts for day in (fact.start, fact.end) if day is not None}


def _meaning(facts: Iterable[Fact]) -> Counter[Hashable]:
    """Return what the rules go by; how a thing is spelled is not among it."""
    told = [(fact.presence, fact.start, fact.end, what) for fact in facts for what in _subjects(fact)]
    return Counter(told) if any(fact.kind in LISTS for fact in facts) else Counter(set(told))


def _subjects(fact: Fact) -> tuple[Hashable, ...]:
    match fact.kind:
        case FactKind.FOOD_AVOIDED if fact.subject:
            return food_keys((fact.subject,))
        case FactKind.BLOOD_TEST:
            results, is_whole = results_told(fact.subject)
            return (frozenset((one.infection, one.said) for one in results), is_whole)
        case FactKind.HEAT_TREATED:
            return (fact.subject == SOME_BAGS,)
    return ("",)

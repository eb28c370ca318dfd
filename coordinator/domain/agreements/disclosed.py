"""What one side was told of the other, kept so that what is another since can be named.

It is made from the same answers as the letter (``informed_choice``), of the other side only: what a donor
told herself is no news to her. Ages and amounts that only time changes are no part of it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.informed_choice import Told, answer_words, shown_of_donor, wishes_of
from coordinator.domain.agreements.messages import milk_in_words
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.sayings import Saying, joined, saying, stored_saying

_TAKEN = frozenset({FactKind.MEDICINE, FactKind.SUPPLEMENT, FactKind.HERB})


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One thing a side was told: ``topic`` says about what, ``value`` what, whatever its words."""

    topic: str
    value: str
    words: Saying


def disclosed(
    known: Told, to: Side, before: date = date.max, *, noted: Collection[int] = ()
) -> tuple[Disclosed, ...]:
    """Return what *to* is told of the other side: all that is known, unless *before* is a day.

    Then only with the answers that were there before that day, and with those of the ids *noted*. What came
    on the day itself may have come after the telling: nobody knows, so it is to be told.
    """
    found = _of_family(known) if to is Side.DONOR else _of_donor(known, before, noted)
    return tuple(sorted((*found, *_milk(known, to)), key=lambda one: (one.topic, one.value)))


def changes(told: Sequence[Disclosed], now: Sequence[Disclosed]) -> tuple[Saying, ...]:
    """Return what is another *now* than was *told*, each in words; nothing if and only if both are alike."""
    before = {(one.topic, one.value) for one in told}
    after = {(one.topic, one.value) for one in now}
    new = [one for one in now if (one.topic, one.value) not in before]
    renewed = {one.topic for one in new}
    gone = [one for one in told if (one.topic, one.value) not in after and one.topic not in renewed]
    lost = [saying("no longer so: {words}", words=one.words) for one in gone]
    return tuple(dict.fromkeys((*(one.words for one in new), *lost)))


def since_words(on: date, changed: Sequence[Saying]) -> Saying:
    """Return the changes with the day since which: ``since Nov 20: takes Zoloft``."""
    return saying("since {on:short}: {changes}", on=on, changes=joined("; ", changed))


def as_stored(told: Sequence[Disclosed]) -> str:
    """Return what was told as a line of JSON, for :func:`stored_told`."""
    rows = [[one.topic, one.value, one.words.stored()] for one in told]
    return json.dumps(rows, ensure_ascii=False)


def stored_told(text: str) -> tuple[Disclosed, ...]:
    """Return what :func:`as_stored` stored.

    Raises:
        ValueError: If it is something else.
    """
    return tuple(
        Disclosed(str(topic), str(value), stored_saying(str(words)))
        for topic, value, words in json.loads(text)
    )


def _of_donor(known: Told, before: date, noted: Collection[int]) -> Iterator[Disclosed]:
    for fact in shown_of_donor(known.facts):
        if fact.recorded_on is None or fact.recorded_on < before or fact.id in noted:
            about = [fact.kind.value, fact.subject.casefold()]
            yield Disclosed(_written(about), _written(_of_fact(fact)), _fact_words(fact))


def _of_fact(fact: Fact) -> list[str | None]:
    days = [day.isoformat() if day else None for day in (fact.start, fact.end)]
    return [fact.presence.value, fact.subject, *days]


def _fact_words(fact: Fact) -> Saying:
    if fact.kind in _TAKEN and fact.presence is Presence.YES and fact.subject and fact.end is None:
        return saying("takes {what}", what=fact.subject)
    return answer_words(fact)


def _of_family(known: Told) -> Iterator[Disclosed]:
    baby = known.baby
    if baby.born is not None:
        yield Disclosed("born", baby.born.isoformat(), saying("the baby was born on {on}", on=baby.born))
    foods = sorted(baby.must_avoid or ())
    if foods:
        words = saying("the milk must be without: {foods}", foods=", ".join(foods))
        yield Disclosed("must_avoid", _written(foods), words)
    for topic, words in wishes_of(baby):
        yield Disclosed(topic, "no", words)


def _milk(known: Told, to: Side) -> Iterator[Disclosed]:
    hold = known.hold
    only = hold.only_from.isoformat() if hold.only_from else None
    words = saying("the milk is {milk}", milk=milk_in_words(hold, known.unit))
    yield Disclosed("milk", _written([hold.volume.microlitres, hold.bags, only]), words)
    first, last = known.pumped
    if to is Side.FAMILY and first is not None and last is not None:
        days = saying("pumped {first} to {last}", first=first, last=last)
        yield Disclosed("pumped", _written([first.isoformat(), last.isoformat()]), days)


def _written(parts: Sequence[object]) -> str:
    return json.dumps(parts, ensure_ascii=False)

"""Stories whose truth is known before they are told: when she smoked, stopped, began again, took what.

The words come from the truth, so no reader is needed to check one: milk of a day with it is never fine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from coordinator.domain.policies.verdicts import VerdictKind
from tests.judged_answers import FIRST, LAST, Judged

Write = Callable[[date], str]
_JOINTS = (", ", "; ", ". ", " and ", ", then ", ", and ")
_STOPS = ("quit {d}", "stopped {d}", "stopped on {d}", "not since {d}", "none since {d}", "until {d}")
_STARTS = (
    "started {d}",
    "started again {d}",
    "again since {d}",
    "started back up {d}",
    "yes since {d}",
    "resumed {d}",
)
_MEDICINES = ("Zoloft", "amoxicillin", "ibuprofen", "Zyrtec", "prednisone", "metformin", "levothyroxine")
_EVENTS = ("tattoo", "ear piercing", "blood transfusion", "nose piercing")
_FOODS = ("soy", "eggs", "peanuts")
_ENDLESS = timedelta(days=2000)


@dataclass(frozen=True, slots=True)
class Story:
    """What is told of a field, and the days against milk: first and last, for all families or one of them."""

    field: str
    text: str
    against: tuple[tuple[date, date], ...]
    family: int | None = None


def a_story(random: Random, field: str, write: Write) -> Story | None:
    """Return a story about *field*, its days as *write* writes them; ``None`` where none is made up."""
    tell = _TELLERS.get(field)
    return tell(random, field, write) if tell else None


def contradicts(story: Story, answer: Judged) -> str:
    """Return on which of the days against it milk was read as milder than "ask", or nothing."""
    rows = answer.days if story.family is None else (answer.days[story.family],)
    limit = VerdictKind.NO_OBJECTION_IF if story.field == "alcohol" else VerdictKind.ASK
    for first, last in story.against:
        for place in range((LAST - FIRST).days + 1):
            on = FIRST + timedelta(days=place)
            if first <= on <= last and any(days[place] < limit for days in rows):
                return f"plainly against it on {on}"
    return ""


def _habit(random: Random, field: str, write: Write) -> Story:
    days = sorted(
        random.sample([FIRST + timedelta(days=place) for place in range(-60, 80, 3)], random.randint(1, 4))
    )
    uses = random.random() < 0.6
    told, against = [], [(FIRST - _ENDLESS, days[0])] if uses else []
    for on, after in pairwise((*days, LAST + _ENDLESS)):
        phrase = random.choice(_STOPS if uses else _STARTS)
        if uses and not phrase.startswith("until"):
            against[-1] = (against[-1][0], on - timedelta(days=1))
        uses = not uses
        against += [(on, after)] if uses else []
        told.append(phrase.replace("{d}", write(on)))
    return Story(field, _joined(random, told), tuple(against))


def _courses(random: Random, field: str, write: Write) -> Story:
    told, against = [], []
    for medicine in random.sample(_MEDICINES, random.randint(1, 3)):
        words, days = _course(random, medicine, write)
        told.append(words)
        against.append(days)
    return Story(field, _joined(random, told), tuple(against))


def _course(random: Random, what: str, write: Write) -> tuple[str, tuple[date, date]]:
    first = FIRST + timedelta(days=random.randint(-40, 60))
    last = first + timedelta(days=random.randint(1, 25))
    long_ago, for_long = FIRST - _ENDLESS, LAST + _ENDLESS
    return random.choice(
        (
            (f"{what} {write(first)} to {write(last)}", (first, last)),
            (f"{what} from {write(first)} until {write(last)}", (first, last)),
            (f"{what} since {write(first)}", (first, for_long)),
            (f"started {what} {write(first)}", (first, for_long)),
            (f"{what} until {write(last)}", (long_ago, last)),
            (f"stopped {what} {write(last)}", (long_ago, last - timedelta(days=1))),
            (f"{what} once {write(first)}", (first, first)),
            (f"{what} daily", (long_ago, for_long)),
        )
    )


def _events(random: Random, field: str, write: Write) -> Story:
    told, against = [], []
    for event in random.sample(_EVENTS, random.randint(1, 3)):
        on = FIRST + timedelta(days=random.randint(-200, 75))
        told.append(random.choice(("{e} {d}", "{e} on {d}", "{e} ({d})")).format(e=event, d=write(on)))
        against.append((on, on + timedelta(days=30)))
    return Story(field, _joined(random, told), tuple(against))


def _foods(random: Random, field: str, write: Write) -> Story:
    on = FIRST + timedelta(days=random.randint(5, 75))
    family = random.randrange(len(_FOODS))
    others = [food for food in _FOODS if food != _FOODS[family]][: random.randint(0, 2)]
    words, days = random.choice(
        (
            ("{f} since {d}", (FIRST - _ENDLESS, on - timedelta(days=1))),
            ("{f} (since {d})", (FIRST - _ENDLESS, on - timedelta(days=1))),
            ("no {f} since {d}", (FIRST - _ENDLESS, on - timedelta(days=1))),
            ("{f} until {d}", (on + timedelta(days=1), LAST + _ENDLESS)),
        )
    )
    told = [words.format(f=_FOODS[family], d=write(on)), *others]
    random.shuffle(told)
    return Story(field, ", ".join(told), (days,), family)


def _joined(random: Random, told: Sequence[str]) -> str:
    return "".join(_with_joints(random, told))


def _with_joints(random: Random, told: Sequence[str]) -> Iterator[str]:
    for place, words in enumerate(told):
        yield (random.choice(_JOINTS) if place else "") + words


_TELLERS: Mapping[str, Callable[[Random, str, Write], Story]] = {
    "dairy": _habit,
    "nicotine": _habit,
    "alcohol": _habit,
    "cannabis": _habit,
    "medicines": _courses,
    "tattoo": _events,
    "foods_avoided": _foods,
}

"""What is asked of two who may be one and nobody was sure: a question on both call lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coordinator.domain.imports.people import ANOTHER_BABY, LookAlike
from coordinator.domain.imports.row_answers import QuestionAnswer
from coordinator.sayings import Saying, coded, joined, saying

_MOST_NAMED = 3
"""How many look-alikes one row asks about: a list of equal names is looked through, not rung through."""


@dataclass(frozen=True, slots=True)
class AskedBoth:
    """Two who may be one: the row's family is asked about ``own``, that of ``alike`` about ``hers``."""

    alike: LookAlike
    own: str | Saying
    hers: str | Saying


def ask_both(name: str, alikes: tuple[LookAlike, ...]) -> Iterator[AskedBoth]:
    """Yield whom to ask about whom where somebody called *name* resembles *alikes*."""
    for alike in alikes[:_MOST_NAMED]:
        her_name = alike.values.get("name") or alike.values.get("email") or alike.code or f"{alike.row}"
        known = saying("{name} ({code})", name=her_name, code=alike.code) if alike.code else her_name
        yield AskedBoth(alike, known, name)


class Asking:
    """The questions of each family about those who may be she; many for one reason are one question."""

    def __init__(self) -> None:
        self._whom: dict[str, tuple[Saying, dict[str, str | Saying]]] = {}

    def about(self, why: Saying, who: str | Saying) -> None:
        """Ask about one more."""
        _, whom = self._whom.setdefault(why.key, (why, {}))
        whom[str(who)] = who

    def questions(self) -> Iterator[QuestionAnswer]:
        """Yield a question for each reason; a second baby is asked about by itself."""
        for why, whom in self._whom.values():
            if why == ANOTHER_BABY:
                yield from (QuestionAnswer("own", _another_baby(who)) for who in whom.values())
            else:
                yield QuestionAnswer("own", _how_many(why, list(whom.values())))


def _another_baby(who: str | Saying) -> Saying:
    return coded(
        "asked.another_baby",
        "{who} asked for another baby: a second baby, twins, or a correction?",
        who=who,
    )


def _how_many(why: Saying, whom: Sequence[str | Saying]) -> Saying:
    if len(whom) == 1:
        return coded("asked.one_person", "{why:title} as {who}: one person, or two?", why=why, who=whom[0])
    who, more = joined(", ", whom[:_MOST_NAMED]), len(whom) - _MOST_NAMED
    if more > 0:
        return coded(
            "asked.many_people",
            "{why:title} as {who} and {count} more: how many people are they?",
            why=why,
            who=who,
            count=more,
        )
    return coded("asked.several_people", "{why:title} as {who}: how many people are they?", why=why, who=who)

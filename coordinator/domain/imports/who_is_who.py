"""What is asked of two who may be one and nobody was sure: a question on both call lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coordinator.domain.imports.people import ANOTHER_BABY, LookAlike
from coordinator.domain.imports.row_answers import QuestionAnswer
from coordinator.sayings import Saying, coded, saying

_MOST_NAMED = 3
"""How many look-alikes one row asks about: a list of equal names is looked through, not rung through."""


@dataclass(frozen=True, slots=True)
class AskedBoth:
    """A question on the list of a row's family about ``alike``, and one on hers about the row's."""

    alike: LookAlike
    own: QuestionAnswer
    hers: QuestionAnswer


def ask_both(name: str, alikes: tuple[LookAlike, ...]) -> Iterator[AskedBoth]:
    """Yield what is asked where somebody called *name* resembles *alikes*."""
    for alike in alikes[:_MOST_NAMED]:
        her_name = alike.values.get("name") or alike.values.get("email") or alike.code or f"{alike.row}"
        known = saying("{name} ({code})", name=her_name, code=alike.code) if alike.code else her_name
        yield AskedBoth(alike, _question(alike.why, known), _question(alike.why, name))


def _question(why: Saying, who: str | Saying) -> QuestionAnswer:
    if why == ANOTHER_BABY:
        said = coded(
            "asked.another_baby",
            "{who} asked for another baby: a second baby, twins, or a correction?",
            who=who,
        )
    else:
        said = coded("asked.one_person", "{why:title} as {who}: one person, or two?", why=why, who=who)
    return QuestionAnswer("own", said)

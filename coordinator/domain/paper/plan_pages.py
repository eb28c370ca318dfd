"""What stands on the plan's page for the team; a service fills it, ``adapters/pdf/plan_page.py`` draws it.

The team sees who, how much, how far, and how many answers are open. There is no field for what is asked, what
anybody takes or eats, or why milk does not suit, and none for a surname, so that none can slip through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from coordinator.domain.planning.plan_words import FigureLine, figure_lines, proof_of
from coordinator.domain.settings import Paper
from coordinator.domain.volume import VolumeUnit
from coordinator.sayings import Saying, joined, plural, saying

if TYPE_CHECKING:
    from datetime import date

    from coordinator.domain.planning.plan import Plan, PlanCall, Proposal, Served, Unserved
    from coordinator.domain.planning.weights import Weight


class NamedBy(StrEnum):
    """How families are named on the page."""

    CODES = "codes"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class CallLine:
    """A household to ring: what it opens, for whom, and how many answers milk waits for there.

    ``number`` is what the milk that waits for it is marked with, from 1.
    """

    number: int
    who: str
    opens_oz: float
    babies: tuple[str, ...]
    open_answers: int


@dataclass(frozen=True, slots=True)
class MilkLine:
    """Milk of one lot for a baby; ``calls`` are the numbers of whom to ring first, none if it is certain."""

    donor: str
    lot: str
    ounces: float
    bags: int | None
    minutes: float
    only_from: date | None
    calls: tuple[int, ...]

    @property
    def is_certain(self) -> bool:
        """Whether nothing is left to ask."""
        return not self.calls


@dataclass(frozen=True, slots=True)
class BabyLines:
    """What is proposed for one baby, what it lacks in all, and its days not covered before and after."""

    who: str
    lacks_oz: float
    days: float
    days_left: float
    milk: tuple[MilkLine, ...]

    @property
    def certain_oz(self) -> float:
        """How much of it is certain."""
        return sum(one.ounces for one in self.milk if one.is_certain)

    @property
    def ounces(self) -> float:
        """How much is proposed."""
        return sum(one.ounces for one in self.milk)


@dataclass(frozen=True, slots=True)
class LeftLine:
    """A family not served in full: its days not covered, and why in counts."""

    who: str
    days: float
    why: Saying


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan for one page of paper.

    Attributes:
        network_name: Whose it is.
        on: The day it was made.
        asked: What was asked for, a sentence each.
        proof: How much better another plan could be.
        figures: The five figures.
        calls: Whom to ring.
        babies: What is proposed, by baby.
        left: Who is not served in full.
        weights: What was weighed.
        paper: Letter or A4.
        unit: Of the amounts.
    """

    network_name: str
    on: date
    asked: tuple[Saying, ...]
    proof: Saying
    figures: tuple[FigureLine, ...]
    calls: tuple[CallLine, ...]
    babies: tuple[BabyLines, ...]
    left: tuple[LeftLine, ...]
    weights: tuple[Weight, ...]
    paper: Paper = Paper.LETTER
    unit: VolumeUnit = VolumeUnit.OZ


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose the page is and how it is set."""

    network_name: str
    paper: Paper
    unit: VolumeUnit


def plan_page_of(
    plan: Plan, asked: tuple[Saying, ...], whose: Whose, on: date, names_on_paper: Mapping[str, str]
) -> PlanPage:
    """Return the page of *plan*, made *on* that day after *asked*.

    *names_on_paper* are first names, or what a family wants to be called on paper, by code. Who has none
    stands by the code alone; those who share one have the code beside it.
    """
    names = _Names(_codes(plan), names_on_paper)
    return PlanPage(
        network_name=whose.network_name,
        on=on,
        asked=asked,
        proof=proof_of(plan),
        figures=figure_lines(plan, whose.unit),
        calls=tuple(_call(number, one, plan, names) for number, one in enumerate(plan.calls, 1)),
        babies=tuple(_baby(one, plan, names) for one in plan.served),
        left=tuple(LeftLine(names.of(one.recipient), one.days, _why(one)) for one in plan.unserved),
        weights=tuple(weight for weight in plan.weights if weight.key not in _ASKED),
        paper=whose.paper,
        unit=whose.unit,
    )


_ASKED = frozenset({"weeks", "minutes", "hope"})
"""What is asked of a plan stands in words at the top of its page."""


class _Names:
    """Says what a code is called on the page."""

    def __init__(self, codes: Iterable[str], names_on_paper: Mapping[str, str]) -> None:
        found = {code: name for code in codes if (name := names_on_paper.get(code, ""))}
        shared = Counter(name.casefold() for name in found.values())
        self._of = {
            code: name if shared[name.casefold()] == 1 else f"{name} {code}" for code, name in found.items()
        }

    def of(self, code: str) -> str:
        return self._of.get(code, code)


def _codes(plan: Plan) -> set[str]:
    """Return the codes of everybody on the page."""
    pairs = {code for one in plan.proposals for code in (one.donor, one.recipient)}
    return pairs | {one.household for one in plan.calls} | {one.recipient for one in plan.unserved}


def _call(number: int, call: PlanCall, plan: Plan, names: _Names) -> CallLine:
    babies = dict.fromkeys(one.recipient for one in plan.proposals if call.household in one.calls)
    return CallLine(
        number, names.of(call.household), call.opens_oz, tuple(map(names.of, babies)), len(call.blocking)
    )


def _baby(served: Served, plan: Plan, names: _Names) -> BabyLines:
    numbers = {call.household: number for number, call in enumerate(plan.calls, 1)}
    milk = (_milk(one, names, numbers) for one in plan.proposals if one.recipient == served.recipient)
    return BabyLines(names.of(served.recipient), served.lacks_oz, served.days, served.days_left, tuple(milk))


def _milk(one: Proposal, names: _Names, numbers: Mapping[str, int]) -> MilkLine:
    return MilkLine(
        names.of(one.donor),
        one.lot,
        one.ounces,
        one.bags,
        one.minutes,
        one.only_from,
        tuple(sorted(numbers[code] for code in one.calls)),
    )


def _why(one: Unserved) -> Saying:
    """Return why a family is not served, in counts that tell nothing of anybody's health."""
    if one.is_hindered:
        return saying("nothing planned: ask the coordinator")
    return joined(" · ", _counts(one)) or saying("no milk that fits is free")


def _counts(one: Unserved) -> Iterable[Saying]:
    if one.room_oz is not None:
        yield saying("its freezer takes {n} oz", n=round(one.room_oz))
    for count, told in (
        (one.possible, plural("{n} gives elsewhere", "{n} give elsewhere", one.possible)),
        (one.waiting, plural("{n} needs a call", "{n} need calls", one.waiting)),
        (one.not_offered.far, saying("{n} too far", n=one.not_offered.far)),
        (one.not_offered.others, saying("{n} not now", n=one.not_offered.others)),
    ):
        if count:
            yield told

"""A plan on screen: what it was made from, and each proposal with what is wished of it and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time

from coordinator.domain.planning.allocating import Key
from coordinator.domain.planning.network import Wishes
from coordinator.domain.planning.plan import Plan, Proposal
from coordinator.services.planning.windows import Ground
from ui.translation import translate


@dataclass(frozen=True, slots=True)
class Made:
    """A plan with its ground, the wishes it was made by, the amounts before, and when it was made.

    ``held`` is what of it was put on hold since.
    """

    ground: Ground
    wishes: Wishes
    before: Mapping[Key, float]
    plan: Plan
    at: time
    held: frozenset[Key] = frozenset()

    @property
    def amounts(self) -> dict[Key, float]:
        """Ounces by lot and baby."""
        return {key_of(one): one.ounces for one in self.plan.proposals}

    def rows(self) -> Iterator[PlanRow]:
        """Yield each proposal as the table shows it."""
        names = {call.household: call.name for call in self.plan.calls}
        for one in self.plan.proposals:
            before = self.before.get(key_of(one), 0.0) if self.before else one.ounces
            calls = tuple(names.get(code, code) for code in one.calls)
            key = key_of(one)
            yield PlanRow(one, calls, key in self.wishes.pins, before, key in self.held)

    def gone(self) -> tuple[Key, ...]:
        """Return what the plan before proposed and this one does not."""
        return tuple(key for key in self.before if key not in self.amounts)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A proposal, whom to ring for it by name, whether it is pinned, and its ounces in the plan before."""

    proposal: Proposal
    calls: tuple[str, ...]
    is_pinned: bool
    before_oz: float
    is_held: bool = False

    @property
    def key(self) -> Key:
        """The lot and the baby."""
        return key_of(self.proposal)

    @property
    def is_changed(self) -> bool:
        """Whether the plan before had it otherwise."""
        return abs(self.before_oz - self.proposal.ounces) > 0.05

    @property
    def sure_words(self) -> str:
        """How sure it is, in words."""
        if self.proposal.is_certain:
            return translate("Plan", "certain now")
        return translate("Plan", "if as hoped")

    @property
    def wish_words(self) -> str:
        """What is wished of it, and what changed."""
        if self.is_held:
            return translate("Plan", "on hold")
        words = [translate("Plan", "pinned")] if self.is_pinned else []
        if self.is_changed and self.before_oz < 0.05:
            words.append(translate("Plan", "new"))
        elif self.is_changed:
            more = self.proposal.ounces > self.before_oz
            words.append(
                translate("Plan", "more than before") if more else translate("Plan", "less than before")
            )
        return ", ".join(words)


def key_of(proposal: Proposal) -> Key:
    """Return what names it: the lot and the baby."""
    return proposal.lot, proposal.recipient

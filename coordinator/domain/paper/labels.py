"""Labels for bags of milk: the code of the lot, its days, whom it is for, and what clashes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinator.domain.suitability.clashes import Clashes
from coordinator.errors import UserError
from coordinator.sayings import NOTHING, Saying, joined, saying

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from coordinator.domain.paper.label_sheets import LabelSheet, Shift
    from coordinator.domain.settings import Paper

NO_CLASH = Clashes()
MOST_LABELS = 2_000
"""Our choice: more than a network has bags; a slip of the finger, not a wish."""


class NoLabelsError(UserError):
    """There is nothing to stick a label on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BagLabel:
    """What stands on one bag. ``for_first_name`` is empty where nobody is to have it yet.

    ``donor_code`` stands on the coordinator's own labels only.
    ``foods_unasked``: it goes to a family of which nobody asked what the baby must avoid.
    """

    lot_code: str
    network_name: str = ""
    donor_code: str = ""
    expressed_from: date | None = None
    expressed_to: date | None = None
    for_first_name: str = ""
    clashes: Clashes = NO_CLASH
    foods_unasked: bool = False

    @property
    def warning(self) -> Saying:
        """What clashes, in words; nothing where nothing does."""
        if self.foods_unasked and self.for_first_name:
            return saying("Foods to avoid: ask the family")
        said = []
        if self.clashes.in_it:
            said.append(saying("CLASH: {foods}", foods=", ".join(self.clashes.in_it)))
        if self.clashes.not_clear:
            said.append(saying("ask: {foods}", foods=", ".join(self.clashes.not_clear)))
        return joined(" · ", said) if said else NOTHING


@dataclass(frozen=True, slots=True)
class LabelRun:
    """So many bags with the same label."""

    label: BagLabel
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelJob:
    """Labels on sheets. ``start`` is the first label still on the first sheet, counted from 1."""

    sheet: LabelSheet
    runs: tuple[LabelRun, ...]
    start: int = 1
    shift: Shift
    title: Saying

    @property
    def count(self) -> int:
        """How many labels there are."""
        return sum(run.count for run in self.runs)

    @property
    def next_start(self) -> int:
        """The first label that is left on the last sheet, counted from 1."""
        return (self.start - 1 + self.count) % self.sheet.labels + 1

    @property
    def sheets(self) -> int:
        """How many sheets are printed on."""
        return -(-(self.start - 1 + self.count) // self.sheet.labels)

    @property
    def paper(self) -> Paper:
        """The paper the labels are on, whatever the network prints on else."""
        return self.sheet.paper


def checked_runs(runs: Iterable[LabelRun]) -> tuple[LabelRun, ...]:
    """Return those of *runs* that have a bag.

    Raises:
        NoLabelsError: If there is no bag, or there are more than anybody has.
    """
    found = tuple(run for run in runs if run.count > 0)
    count = sum(run.count for run in found)
    if not found:
        raise NoLabelsError(saying("There is no bag to label: nothing is left of this milk."))
    if count > MOST_LABELS:
        raise NoLabelsError(
            saying(
                "{count} labels are too many at once; print at most {most}.", count=count, most=MOST_LABELS
            )
        )
    return found

"""Sheets of labels: where each label lies, in millimetres, and how far a printer shifts what it prints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coordinator.domain.settings import Paper
from coordinator.errors import UserError
from coordinator.sayings import saying

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_SHIFT_MM = 6.0
"""Our choice: a printer that is further off has taken another paper or another scale."""


class NoSuchSheetError(UserError):
    """Nobody told us where the labels of such a sheet lie."""


class NoSuchPositionError(UserError):
    """The sheet has fewer labels than that."""


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of equal labels; lengths in millimetres from the upper left corner of the upright page."""

    key: str
    title: str
    paper: Paper
    columns: int
    rows: int
    width_mm: float
    height_mm: float
    left_mm: float
    top_mm: float
    step_right_mm: float
    step_down_mm: float
    round_mm: float
    source: str
    address: str
    checked: date

    @property
    def labels(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    def corner_mm(self, position: int) -> tuple[float, float]:
        """Return how far right and down a label's upper left corner is; *position* counts from 0, by rows."""
        row, column = divmod(position, self.columns)
        return self.left_mm + column * self.step_right_mm, self.top_mm + row * self.step_down_mm

    def first(self, start: int) -> int:
        """Return the position of the first label still on a used sheet, where *start* counts from 1.

        Raises:
            NoSuchPositionError: If there is none with that number.
        """
        if not 1 <= start <= self.labels:
            raise NoSuchPositionError(
                saying(
                    "A sheet of {sheet} has labels 1 to {most}; begin at one of them.",
                    sheet=self.title,
                    most=self.labels,
                )
            )
        return start - 1


@dataclass(frozen=True, slots=True)
class Shift:
    """How far all labels are moved so that they come out in place: right and down, in millimetres."""

    right_mm: float = 0.0
    down_mm: float = 0.0


NO_SHIFT = Shift()
_KEPT = re.compile(r"(?P<key>\w+)=(?P<right>[+-]?\d+(?:\.\d+)?)/(?P<down>[+-]?\d+(?:\.\d+)?)")


def read_shifts(text: str) -> Mapping[str, Shift]:
    """Return the shift of each sheet, by its key, out of ``5160=1.0/-0.5 L7160=0.0/0.5``.

    Raises:
        ValueError: If it is not written so, or a shift is too far.
    """
    found: dict[str, Shift] = {}
    for part in text.split():
        match = _KEPT.fullmatch(part)
        if match is None:
            raise ValueError(part)
        shift = Shift(float(match["right"]), float(match["down"]))
        if max(abs(shift.right_mm), abs(shift.down_mm)) > MOST_SHIFT_MM:
            raise ValueError(part)
        found[match["key"]] = shift
    return found


def written_shifts(shifts: Mapping[str, Shift]) -> str:
    """Return *shifts* as :func:`read_shifts` reads them; those of nothing are left out."""
    moved = {key: one for key, one in sorted(shifts.items()) if one != NO_SHIFT}
    return " ".join(f"{key}={one.right_mm:.1f}/{one.down_mm:.1f}" for key, one in moved.items())

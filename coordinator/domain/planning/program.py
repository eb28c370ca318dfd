"""A linear program with whole numbers, as plain values, and whoever can solve one.

Made here so that the rules of the plan are read without a solver, and a solver is tried without a network.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

INFINITY = math.inf
NEARLY = 1e-6
"""Figures of a solver that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class Row:
    """``low`` <= the sum of the columns times their factors <= ``high``."""

    low: float
    high: float
    columns: tuple[int, ...]
    factors: tuple[float, ...]


@dataclass(slots=True)
class Program:
    """What to make as small as possible: the sum of each column times its cost, within bounds and rows.

    ``start`` is a good answer to begin with, by column; empty for none.
    """

    cost: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    start: Sequence[float] = ()

    def column(self, high: float, cost: float = 0.0, *, low: float = 0.0, whole: bool = False) -> int:
        """Add a column between *low* and *high* and return its number."""
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        self.whole.append(whole)
        return len(self.cost) - 1

    def at_most(self, high: float, terms: Iterable[tuple[int, float]]) -> None:
        """Ask that the sum of the *terms*, each a column and a factor, is not above *high*."""
        self._row(-INFINITY, high, terms)

    def at_least(self, low: float, terms: Iterable[tuple[int, float]]) -> None:
        """Ask that the sum of the *terms* is not below *low*."""
        self._row(low, INFINITY, terms)

    def _row(self, low: float, high: float, terms: Iterable[tuple[int, float]]) -> None:
        pairs = tuple(terms)
        columns, factors = tuple(column for column, _ in pairs), tuple(factor for _, factor in pairs)
        self.rows.append(Row(low, high, columns, factors))

    def value(self, answer: Sequence[float]) -> float:
        """Return what *answer* costs."""
        return sum(cost * amount for cost, amount in zip(self.cost, answer, strict=True))

    def allows(self, answer: Sequence[float]) -> bool:
        """Whether *answer* keeps every bound and row, and whole numbers are whole."""
        return all(map(self._is_kept, range(len(self.cost)), answer)) and all(
            row.low - NEARLY <= self._sum(row, answer) <= row.high + NEARLY for row in self.rows
        )

    def _is_kept(self, column: int, amount: float) -> bool:
        inside = self.low[column] - NEARLY <= amount <= self.high[column] + NEARLY
        return inside and (not self.whole[column] or abs(amount - round(amount)) < NEARLY)

    @staticmethod
    def _sum(row: Row, answer: Sequence[float]) -> float:
        terms = zip(row.columns, row.factors, strict=True)
        return sum(factor * answer[column] for column, factor in terms)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solver is: what the best answer costs, and what none can be below."""

    best: float
    bound: float

    @property
    def gap(self) -> float:
        """By how much the best answer may be off, as a share of it; infinite while there is none."""
        if math.isinf(self.best) or math.isinf(self.bound):
            return INFINITY
        off = self.best - self.bound
        return off / max(abs(self.best), NEARLY) if off > NEARLY else 0.0


@dataclass(frozen=True, slots=True)
class Until:
    """When a solver may stop: at this gap, after so many nodes, or once the cost is not above ``target``.

    Never by the clock: that differs from day to day, and the same data have the same answer.
    """

    gap: float = 0.0
    nodes: int = 5_000
    target: float = -INFINITY


TO_THE_END = Until()
"""Until nothing better exists."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The best answer found, by column, and how far it was proven; no ``values`` where there is none.

    ``beyond`` says by how much one more of each column would cost more, where nothing had to be whole.
    """

    values: tuple[float, ...]
    progress: Progress
    is_cancelled: bool = False
    beyond: tuple[float, ...] = ()

    @property
    def gap(self) -> float:
        """By how much it may be off; 0 for the proven best."""
        return self.progress.gap

    def wholly(self, program: Program) -> Answer:
        """Return it with whole numbers written as such."""
        values = zip(self.values, program.whole, strict=False)
        return replace(self, values=tuple(float(round(v)) if whole else v for v, whole in values))


Watch = Callable[[Progress], bool]
"""Is told how far it is from time to time; what it returns says whether to go on."""


def go_on(_progress: Progress) -> bool:
    """Go on whatever the progress."""
    return True


class Solver(Protocol):
    """Whoever can solve a program."""

    def solve(self, program: Program, until: Until = ..., watch: Watch = ...) -> Answer:
        """Return the best answer to *program*; the same one each time it is asked."""
        ...

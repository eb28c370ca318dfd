"""A plan's figures and its proof in words, the same on the command line, on paper and in the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coordinator.domain.planning.plan import Figures, Plan
from coordinator.domain.volume import Volume, VolumeUnit, format_volume
from coordinator.sayings import Saying, saying


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One of the five figures: before the plan, of what is certain in it, and if all answers are as hoped.

    ``key`` is its name in ``Figures``.
    """

    key: str
    title: Saying
    before: str
    certain: str
    after: str


def figure_lines(plan: Plan, unit: VolumeUnit) -> tuple[FigureLine, ...]:
    """Return the five figures of *plan* as they are shown."""
    return tuple(
        FigureLine(key, title, *(shown(figures, unit) for figures in (plan.before, plan.certain, plan.after)))
        for key, title, shown in _FIGURES
    )


def proof_of(plan: Plan) -> Saying:
    """Return how much better another plan could be."""
    if plan.gap <= 0:
        return saying("No better plan exists for these weights.")
    if plan.gap > 1:
        return saying("A first answer: a better plan may exist.")
    return saying("A better plan could be better by at most {n:.2f} percent.", n=100 * plan.gap)


def _expired(figures: Figures, unit: VolumeUnit) -> str:
    return format_volume(Volume.from_oz(round(figures.expired_oz, 6)), unit)


_FIGURES: tuple[tuple[str, Saying, Callable[[Figures, VolumeUnit], str]], ...] = (
    (
        "uncovered_baby_days",
        saying("baby-days not covered (twins count twice)"),
        lambda figures, _: f"{figures.uncovered_baby_days:,.0f}",
    ),
    ("minutes", saying("minutes at the wheel"), lambda figures, _: f"{figures.minutes:,.0f}"),
    ("expired_oz", saying("milk that reaches its last day"), _expired),
    ("donors_per_baby", saying("donors a baby"), lambda figures, _: f"{figures.donors_per_baby:.1f}"),
    ("at_nothing", saying("families at nothing"), lambda figures, _: f"{figures.at_nothing:,}"),
)

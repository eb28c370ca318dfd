"""Several days planned by one call, each with what the ones before left, and taken up in one act."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta

from coordinator.db.database import Database
from coordinator.db.writing import writing_of
from coordinator.domain.pickups.day.answer import DayPlan
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import saying, written_day
from coordinator.services.pickups.collecting import collected_in
from coordinator.services.pickups.day import accept_in, plan_day, refuse_broken, wording_of

MOST_DAYS = 14


def plan_days(
    database: Database,
    first: date,
    last: date,
    today: date,
    *,
    collects: Collection[str] = (),
    watch: Callable[[], None] | None = None,
) -> tuple[DayPlan, ...]:
    """Return each day from *first* to *last* planned, with what the days before left; nothing is written.

    Of a hold that does not fit whole, the rest waits for after these days: it has no code of its own yet.

    Raises:
        UserError: If *last* lies before *first*, or too far behind it.
    """
    if not first <= last < first + timedelta(days=MOST_DAYS):
        raise UserError(saying("Name a last day after the first, and {n} days at most.", n=MOST_DAYS))
    plans: list[DayPlan] = []
    travels: list[str] = []
    for ahead in range((last - first).days + 1):
        on = first + timedelta(days=ahead)
        plan = plan_day(database, on, today, collects=collects, earlier=travels, watch=watch)
        travels += [hold for run in plan.runs for hold in run.added]
        plans.append(plan)
    return tuple(plans)


def accept_days(
    database: Database, plans: Sequence[DayPlan], today: date, *, collects: Collection[str] = ()
) -> tuple[tuple[str, ...], ...]:
    """Make pickups of all runs of these days in one act, which one undo takes back; return the codes by day.

    For the holds in *collects* the first day is noted on which their families fetch them; their pickups come
    last among its codes.

    Raises:
        UserError: If there is no run, one breaks a rule, or a hold travels already or is over by now.
    """
    refuse_broken([run for plan in plans for run in plan.runs], wording_of(database))
    if not any(plan.runs for plan in plans) and not collects:
        raise UserError(saying("There is no run to make a pickup of."))
    days = tuple(written_day(plan.on) for plan in plans)
    with database.writing(Action("day.planned", saying("Planned {days}", days=days)), today) as session:
        made = [accept_in(session, plan, plan.runs, today) for plan in plans]
        made[0] += collected_in(session, plans[0].on, collects, today)
        codes = tuple(code for found in made for code in found)
        writing_of(session).action = Action(
            "day.planned", saying("Planned {days}: {pickups}", days=days, pickups=codes)
        )
    return tuple(made)

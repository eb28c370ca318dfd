"""A day planned by one call, and taken up in one act: its runs are then pickups like any other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import partial

from sqlalchemy.orm import Session

from coordinator.adapters.policies.day import load_day_policy
from coordinator.adapters.policies.pickups import load_pickup_policy
from coordinator.adapters.solvers.vroom import day_router
from coordinator.db.base import by_code, next_code
from coordinator.db.database import Database
from coordinator.db.drivers import DriverRow
from coordinator.db.holds import held_milk
from coordinator.db.living import living
from coordinator.db.pickups import LoadRow, OverruledRow, PickupRow, StopRow, overruled_by_pickup, stops_of
from coordinator.db.writing import writing_of
from coordinator.domain.codes import CodeLetter
from coordinator.domain.pickups.day import planning
from coordinator.domain.pickups.day.answer import DayPlan, DayRun, DayStop, WhyNot
from coordinator.domain.pickups.day.question import DayQuestion
from coordinator.domain.pickups.day.replanning import plan_again
from coordinator.domain.pickups.day.words import Wording, words_of
from coordinator.domain.pickups.ordering import clock_time
from coordinator.domain.pickups.plans import PickupKind, PickupState
from coordinator.domain.records.history import Action
from coordinator.domain.records.naming import with_names
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.pickups import stops
from coordinator.services.pickups.collecting import collected_in
from coordinator.services.pickups.day_asking import asked_of_day
from coordinator.services.pickups.loading import load_in, refuse_unfit
from coordinator.services.pickups.parting import part_hold_in
from coordinator.services.records.in_names import names_now
from coordinator.services.settings.values import settings


@dataclass(frozen=True, slots=True, eq=False)
class OpenDay:
    """A planned day with what it was planned from, to be changed by hand."""

    question: DayQuestion
    plan: DayPlan


def open_day(
    database: Database,
    on: date,
    today: date,
    *,
    collects: Collection[str] = (),
    earlier: Collection[str] = (),
    before: DayPlan | None = None,
    watch: Callable[[], None] | None = None,
) -> OpenDay:
    """Return *on* planned, with the question: who drives which agreed milk when, and why not the rest.

    Nothing is written. Runs that stand stay as they are; milk may join one that is not printed yet. It may
    take seconds: the solver runs in a process of its own, and the same day has the same plan each time.

    Args:
        database: The network.
        on: The day.
        today: The day it is.
        collects: Codes of holds that their families fetch themselves.
        earlier: Codes of holds that travel on an earlier day.
        before: A plan of this day, whose locks are kept and from which as little as possible moves.
        watch: Called again and again meanwhile; what it raises ends the planning.
    """
    with database.reading() as session:
        question = asked_of_day(session, on, today, collects, earlier)
    if watch is not None:
        watch()
    with day_router(watch) as router:
        if before is not None and before.on == on:
            return OpenDay(question, plan_again(question, router, before))
        return OpenDay(question, planning.plan(question, router))


def plan_day(
    database: Database,
    on: date,
    today: date,
    *,
    collects: Collection[str] = (),
    earlier: Collection[str] = (),
    watch: Callable[[], None] | None = None,
) -> DayPlan:
    """Return *on* planned; see ``open_day``."""
    return open_day(database, on, today, collects=collects, earlier=earlier, watch=watch).plan


def wording_of(database: Database) -> Wording:
    """Return what the words about a day are made with."""
    found = settings(database)
    return Wording(
        load_pickup_policy(), load_day_policy().custody_source, found.volume_unit, found.distance_unit
    )


def wording_in_names(database: Database) -> Wording:
    """Return what :func:`wording_of` does, for words with names instead of codes."""
    names = names_now(database)
    return replace(wording_of(database), named=partial(with_names, names=names))


def accept_day(
    database: Database,
    plan: DayPlan,
    today: date,
    *,
    drivers: Collection[str] | None = None,
    collects: Collection[str] = (),
    overrule: str = "",
) -> tuple[str, ...]:
    """Make pickups of the plan's runs, or of those of some *drivers*, and return their codes.

    It is one act, which one undo takes back. The volunteers are not asked by it: their yes is still missing,
    that of one whose run takes more milk along too. Of what does not fit whole, the rest becomes a hold of
    its own that waits, agreed like the first. For the holds in *collects*, and those that
    by the plan families fetch, that day is noted on which they do.

    Of a run that breaks a rule the note stays with the pickup; *overrule* is the note where none was made.

    Raises:
        UserError: If there is no run, one breaks a rule without a note or one that no note overrules, or a
            hold travels already or is over by now.
    """
    runs = [run for run in plan.runs if drivers is None or run.driver in drivers]
    fetched = (one.hold for one in plan.not_planned if one.why is WhyNot.FETCHED)
    collects = tuple(dict.fromkeys((*collects, *fetched)))
    if not runs and not collects:
        raise UserError(saying("There is no run to make a pickup of."))
    runs = [_noted(run, overrule) for run in runs]
    refuse_broken(runs, wording_of(database))
    with database.writing(Action("day.planned", saying("Planned {day}", day=plan.on)), today) as session:
        codes = (*accept_in(session, plan, runs, today), *collected_in(session, plan.on, collects, today))
        writing_of(session).action = Action(
            "day.planned", saying("Planned {day}: {pickups}", day=plan.on, pickups=codes)
        )
    return codes


def accept_in(session: Session, plan: DayPlan, runs: Sequence[DayRun], today: date) -> tuple[str, ...]:
    """Make pickups of some runs of the plan in the caller's transaction, and return their codes."""
    taken = {hold for run in runs for hold in run.added}
    for part in plan.parts:
        if part.hold in taken:
            part_hold_in(session, part.hold, part.bags)
    return tuple(_made(session, plan.on, run, today) for run in runs)


def refuse_broken(runs: Sequence[DayRun], wording: Wording) -> None:
    """Refuse runs that break a rule without a note, or one that no note overrules."""
    for run in runs:
        for broken in run.in_the_way:
            what = words_of(broken, wording)
            if broken.is_final:
                raise UserError(saying("{what} No note overrules this.", what=what))
            raise UserError(
                saying(
                    "{what} Change the run, or write why it may be so: {driver}.",
                    what=what,
                    driver=run.driver,
                )
            )


def _noted(run: DayRun, note: str) -> DayRun:
    words = " ".join(note.split())
    more = tuple((broken, words) for broken in run.in_the_way if words and not broken.is_final)
    return replace(run, notes=(*run.notes, *more))


def _overrule(session: Session, row: PickupRow, run: DayRun, today: date) -> None:
    """Keep the notes of a run; one about the same rule and family replaces the older."""
    before = {(one.rule, one.about): one for one in overruled_by_pickup(session, [row.id])[row.id]}
    for broken, note in run.notes:
        about = broken.code or next(iter(broken.holds), "")
        known = before.get((broken.rule.value, about))
        if known is None:
            known = OverruledRow(
                pickup_id=row.id, rule=broken.rule.value, about=about, note=note, on_day=today
            )
            before[broken.rule.value, about] = known
            session.add(known)
        known.note, known.on_day = note, today


def _made(session: Session, on: date, run: DayRun, today: date) -> str:
    row = by_code(session, PickupRow, run.pickup) if run.pickup else _new(session, on, run)
    if row.state is not PickupState.PLANNED or row.on_day != on:
        raise UserError(saying("{pickup} has changed since; plan the day again.", pickup=row.code))
    if run.added:
        row.driver_yes_on = None
    for hold in run.added:
        load_in(session, row, hold, today)
    refuse_unfit(row, held_milk(session, LoadRow.pickup_id == row.id))
    stops.sync_stops(session, row, reorder=False)
    session.flush()
    _set_stops(row, stops_of(session, row.id), run)
    if run.lunch_at is not None:
        row.lunch_at, row.lunch_minutes = clock_time(run.lunch_at), run.lunch_minutes
    _overrule(session, row, run, today)
    return row.code


def _new(session: Session, on: date, run: DayRun) -> PickupRow:
    row = PickupRow(
        code=next_code(session, CodeLetter.PICKUP),
        kind=PickupKind.RUN,
        on_day=on,
        driver_id=living(by_code(session, DriverRow, run.driver)).id,
    )
    session.add(row)
    session.flush()
    return row


def _set_stops(row: PickupRow, rows: Sequence[StopRow], run: DayRun) -> None:
    """Put the stops in the plan's order, with the hours that make its times; those that stand keep theirs."""
    if row.starts_at is None:
        row.starts_at = clock_time(run.starts_at)
    place = {(stop.kind, stop.home.household_id): number for number, stop in enumerate(run.stops)}
    ordered = sorted(rows, key=lambda one: place.get((one.kind, one.household_id), len(place)))
    stops.number(ordered)
    new = set(run.added)
    for one in ordered:
        at = place.get((one.kind, one.household_id))
        if at is None:
            continue
        is_new = bool(new & set(run.stops[at].holds))
        if is_new and one.window_from is None and one.window_to is None:
            one.window_from, one.window_to = _window(run.stops[at])
        by_hand = run.stops[at].not_before
        if by_hand is not None:
            one.window_from = clock_time(by_hand)
            if one.window_to is not None and one.window_to < one.window_from:
                one.window_to = None


def _window(stop: DayStop) -> tuple[time | None, time | None]:
    """Return the hours of a stop as they are noted: what the family told, from the time that was planned."""
    told = next((one for one in stop.home.hours if one.opens <= stop.arrive <= one.closes), None)
    if told is None or not stop.home.is_told:
        return (clock_time(stop.arrive) if stop.is_waited else None), None
    return clock_time(stop.arrive if stop.is_waited else told.opens), clock_time(told.closes)

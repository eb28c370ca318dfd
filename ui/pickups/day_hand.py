"""The planned day in her hand: each change by hand, what it says, and the way back and forth."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from coordinator.domain.pickups.day import editing
from coordinator.domain.pickups.day.answer import Broken, DayPlan, DayRun, newly_broken
from coordinator.domain.pickups.day.question import DayQuestion
from coordinator.domain.pickups.plans import StopKind
from coordinator.errors import UserError
from coordinator.services.pickups.day import OpenDay
from ui.errors import explain
from ui.pickups.day_plan_words import at_words, run_title, who_words
from ui.pickups.pickup_words import stop_words


class Target(NamedTuple):
    """Where milk could go: run number ``run`` of the plan, or a new run (``-1``) of a volunteer."""

    words: str
    run: int
    driver: str


class DayHand(QObject):
    """What is done to a planned day before its runs are made; nothing is written.

    ``changed(said)`` after each change, ``refused(sentence)`` when one cannot be. ``time_wanted(run, stop)``
    asks for a time to be typed; stop ``-1`` is the run itself. ``chosen(run, stop)`` when a stop is pointed
    at. ``place_wanted(hold)`` when the best place of milk is to be looked for, which may take seconds:
    ``take`` takes the answer.
    """

    changed = Signal(str)
    refused = Signal(str)
    time_wanted = Signal(int, int)
    chosen = Signal(int, int)
    place_wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._days: list[OpenDay] = []
        self._at = -1
        self.focus: tuple[int, int] | None = None
        """Run and stop that the last change was about."""
        self.now_broken: tuple[Broken, ...] = ()
        """The rules that the last change broke."""

    def begin(self, day: OpenDay) -> None:
        """Take a day that was planned; what was changed before is forgotten."""
        self._days, self._at, self.focus, self.now_broken = [day], 0, None, ()

    def go_on(self, day: OpenDay) -> None:
        """Take a day that was planned again around what is here; undo goes back to it."""
        self._days[self._at + 1 :] = [day]
        self._at += 1
        self.focus, self.now_broken = None, ()

    def clear(self) -> None:
        """Forget the day."""
        self._days, self._at, self.focus, self.now_broken = [], -1, None, ()

    @property
    def day(self) -> OpenDay:
        """The day as it is now."""
        return self._days[self._at]

    @property
    def plan(self) -> DayPlan:
        """Its plan."""
        return self.day.plan

    @property
    def is_there(self) -> bool:
        """Whether a day is planned."""
        return self._at >= 0

    @property
    def can_undo(self) -> bool:
        """Whether a change can be taken back."""
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        """Whether a change that was taken back can be made again."""
        return self._at + 1 < len(self._days)

    def undo(self) -> None:
        """Take the last change back."""
        if self.can_undo:
            self._at -= 1
            self.focus, self.now_broken = None, ()
            self.changed.emit(self.tr("Taken back. Ctrl+Y does it again."))

    def redo(self) -> None:
        """Make the change again that was taken back."""
        if self.can_redo:
            before = self.plan
            self._at += 1
            self.focus, self.now_broken = None, newly_broken(before, self.plan)
            self.changed.emit(self.tr("Done again. Ctrl+Z takes it back."))

    def move_by(self, run: int, stop: int, by: int) -> None:
        """Move a stop by so many places within its run, as far as there are any."""
        place = stop + by
        if 0 <= place < len(self.plan.runs[run].stops):
            self.move_within(run, stop, place)

    def move_within(self, run: int, stop: int, place: int) -> None:
        """Move a stop to another place in its run."""
        said = self.tr("Moved: {stop} is stop {number} now. Ctrl+Z takes it back.")
        said = said.format(stop=self._stop_words(run, stop), number=place + 1)
        self._make(lambda day, plan: editing.move_stop(day, plan, run, stop, place), said, run, stop)

    def move_to(self, run: int, stop: int, target: Target, place: int | None = None) -> None:
        """Move the milk of a stop to another run, or to a new one; there to *place* if that can be."""
        if target.run == run:
            return
        said = self.tr("Moved: {stop}, with the other half of its milk, to {run}. Ctrl+Z takes it back.")
        said = said.format(stop=self._stop_words(run, stop), run=target.words)
        here = self.plan.runs[run].stops[stop]

        def edit(day: DayQuestion, plan: DayPlan) -> DayPlan:
            if target.run < 0:
                return editing.move_to_driver(day, plan, run, stop, target.driver)
            moved = editing.move_to_run(day, plan, run, stop, target.run)
            at = editing.place_of(moved, here.kind, here.holds[0])
            if place is None or at is None:
                return moved
            try:
                return editing.move_stop(day, moved, *at, place)
            except UserError:
                return moved

        self._make(edit, said, run, stop)

    def leave_out(self, run: int, stop: int) -> None:
        """Take the milk of a stop off the day."""
        holds = ", ".join(self.plan.runs[run].stops[stop].holds)
        said = self.tr("Left out: {holds}. It is among what is not planned. Ctrl+Z takes it back.")
        self._make(
            lambda day, plan: editing.leave_out(day, plan, run, stop), said.format(holds=holds), run, stop
        )

    def put_on(self, hold: str, target: Target) -> None:
        """Put milk that is not planned on a run, or on a new one."""
        said = self.tr("{hold} is on the run of {run} now. Ctrl+Z takes it back.")

        def edit(day: DayQuestion, plan: DayPlan) -> DayPlan:
            if target.run < 0:
                return editing.put_on_driver(day, plan, hold, target.driver)
            return editing.put_on_run(day, plan, hold, target.run)

        self._make(edit, said.format(hold=hold, run=target.words), hold=hold)

    def let_fetch(self, hold: str) -> None:
        """Take milk off that its family fetches itself."""
        said = self.tr("{hold} is on no run: its family fetches it. Ctrl+Z takes it back.")
        self._make(lambda day, plan: editing.let_fetch(day, plan, hold), said.format(hold=hold))

    def put_back(self, hold: str) -> None:
        """Ask where milk that is not planned fits best."""
        self.place_wanted.emit(hold)

    def take(self, hold: str, plan: DayPlan) -> None:
        """Take the plan with milk where it fits best."""
        said = self.tr("{hold} is on a run again. Ctrl+Z takes it back.")
        self._make(lambda *_: plan, said.format(hold=hold), hold=hold)

    def set_time(self, run: int, stop: int, minute: int | None) -> None:
        """Let a stop be not before a minute of the day, or with stop ``-1`` the run leave home then."""
        if stop < 0:
            said = self.tr("{run} leaves home at {time}. Ctrl+Z takes it back.")
            if minute is None:
                said = self.tr("{run} leaves home when it fits. Ctrl+Z takes it back.")
        else:
            said = self.tr("{stop}: not before {time}. Ctrl+Z takes it back.")
            if minute is None:
                said = self.tr("{stop}: when it fits. Ctrl+Z takes it back.")
        words = said.format(
            run=self.plan.runs[run].driver_name,
            stop="" if stop < 0 else self._stop_words(run, stop),
            time="" if minute is None else at_words(minute),
        )
        if stop < 0:
            self._make(lambda day, plan: editing.leave_at(day, plan, run, minute), words, run, 0)
        else:
            self._make(lambda day, plan: editing.arrive_from(day, plan, run, stop, minute), words, run, stop)

    def lock(self, run: int, stop: int = -1) -> None:
        """Lock a stop, or with ``-1`` the whole run; unlock it where it is locked."""
        one = self.plan.runs[run]
        is_locked = not (one.is_locked if stop < 0 else one.stops[stop].is_locked)
        said = self.tr("Locked: “Plan again” leaves {what} as it is. Ctrl+Z takes it back.")
        if not is_locked:
            said = self.tr("Unlocked: “Plan again” may change {what}. Ctrl+Z takes it back.")
        if stop < 0:
            words = self.tr("the run of {name}").format(name=one.driver_name)
            self._make(
                lambda _, plan: editing.lock_run(plan, run, is_locked=is_locked), said.format(what=words)
            )
        else:
            words = self._stop_words(run, stop)
            self._make(
                lambda _, plan: editing.lock_stop(plan, run, stop, is_locked=is_locked),
                said.format(what=words),
                run,
                stop,
            )

    def overrule(self, run: int, broken: Broken, note: object) -> None:
        """Note why a run may break a rule; without words the note goes."""
        words = str(note or "")
        said = self.tr("Noted why. It stays with the run once it is made. Ctrl+Z takes it back.")
        self._make(lambda _, plan: editing.overrule(plan, run, broken, words), said)

    def targets(self, without: int | None = None) -> list[Target]:
        """Return where milk could go: the other runs, then new runs of volunteers, who is free first."""
        runs = [
            Target(run_title(run), number, run.driver)
            for number, run in enumerate(self.plan.runs)
            if number != without
        ]
        busy = {run.driver for run in self.plan.runs} | {one.driver for one in self.day.question.locked}
        drivers = [one for one in self.day.question.drivers if one.code not in busy and one.place is not None]
        for one in sorted(drivers, key=lambda one: (one.is_away, not one.hours, one.name)):
            words = self.tr("{name} {code}")
            if one.is_away:
                words = self.tr("{name} {code} (away that day)")
            elif not one.hours:
                words = self.tr("{name} {code} (not free that day)")
            runs.append(Target(words.format(name=one.name, code=one.code), -1, one.code))
        return runs

    def _stop_words(self, run: int, stop: int) -> str:
        one = self.plan.runs[run].stops[stop]
        words = self.tr("{doing} {who}")
        return words.format(doing=stop_words(one.kind), who=who_words(one))

    def _make(
        self,
        edit: Callable[[DayQuestion, DayPlan], DayPlan],
        said: str,
        run: int = -1,
        stop: int = -1,
        hold: str = "",
    ) -> None:
        here = None if run < 0 else self.plan.runs[run].stops[stop]
        try:
            plan = edit(self.day.question, self.plan)
        except UserError as error:
            self.refused.emit(explain(error))
            return
        if plan == self.plan:
            return
        self.now_broken = newly_broken(self.plan, plan)
        self._days[self._at + 1 :] = [OpenDay(self.day.question, plan)]
        self._at += 1
        self.focus = _place(plan, here.kind if here else None, here.holds[0] if here else hold)
        self.changed.emit(said)


def _place(plan: DayPlan, kind: StopKind | None, hold: str) -> tuple[int, int] | None:
    return editing.place_of(plan, kind or StopKind.PICK_UP, hold)


def is_free_to_move(run: DayRun, stop: int) -> bool:
    """Whether a stop has only milk that is new on its run."""
    return all(code in run.added for code in run.stops[stop].holds)

"""What the planned day consists of: a run to tick, and milk that is not planned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.agreements.holds import Hold
from coordinator.domain.pickups.day.answer import Broken, NotPlanned, WhyNot
from coordinator.domain.pickups.day.nearby import Nearby, Waits
from coordinator.domain.pickups.day.words import Wording, why_words, words_of
from coordinator.domain.pickups.plans import StopKind
from ui.desk import Desk
from ui.icons import set_icon
from ui.pickups.day_hand import DayHand, Target
from ui.pickups.day_plan_words import (
    hold_words,
    lunch_words,
    nearby_words,
    next_words,
    other_ends,
    part_words,
    run_figures,
    run_title,
)
from ui.pickups.day_stops import StopGrid, fill_targets, is_lock_key
from ui.theme import SPACE_LARGE, SPACE_SMALL, set_role
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.edit_field import LineField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.frame.tab_order import bring_into_sight
from ui.widgets.label import literal
from ui.widgets.rows import Row, text_label

Leave: TypeAlias = Callable[[Callable[[], None]], None]
"""Closes the dialog and then does what it is given."""


class RunPart(QFrame):
    """One run: a tick to make it, its figures, its stops, and what is broken or to be asked.

    ``ticked`` when the tick changes, ``entered(number)`` when the keyboard comes to it. ``stops`` are the
    handles of the stops, ``run`` is the run and ``number`` its number in the plan, ``notes`` are the lines to
    say why it may break a rule, ``suggested`` the buttons of what waits near.
    """

    ticked = Signal()
    entered = Signal(int)

    def __init__(
        self, hand: DayHand, number: int, wording: Wording, display: Display, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hand, self.number = hand, number
        self.run = run = hand.plan.runs[number]
        set_role(self, "row")
        self.tick = QCheckBox(literal(run_title(run)))
        set_role(self.tick, "strong")
        self.tick.setChecked(True)
        self.tick.setAccessibleName(self.tr("Make this run: {run}").format(run=run_title(run)))
        self.tick.installEventFilter(self)
        self.tick.toggled.connect(lambda *_: self.ticked.emit())
        self.grid = StopGrid(hand, number, run)
        self.stops = self.grid.handles
        self.suggested: list[QPushButton] = []
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, SPACE_LARGE)
        layout.setSpacing(SPACE_SMALL)
        layout.addWidget(self.tick)
        layout.addWidget(text_label(run_figures(run, display), "quiet"))
        layout.addWidget(self.grid)
        for said in filter(None, (lunch_words(run), *part_words(run, hand.plan.parts, display))):
            layout.addWidget(text_label(said, "quiet"))
        self.notes: list[LineField] = []
        for one in run.broken:
            self._add_broken(layout, one, str(words_of(one, wording)))
        self.fetch_button = self._fetch_button()
        self.time_button = QPushButton(self.tr("Leaves at…"))
        named = self.tr("When {run} leaves home").format(run=run_title(run))
        self.time_button.setAccessibleName(named)
        self.time_button.clicked.connect(partial(self._hand.time_wanted.emit, number, -1))
        self.lock_button = QPushButton(self.tr("Locked") if run.is_locked else self.tr("Lock"))
        set_icon(self.lock_button, "locked" if run.is_locked else "unlocked")
        named = self.tr("Unlock {run}") if run.is_locked else self.tr("Lock {run}")
        self.lock_button.setAccessibleName(named.format(run=run_title(run)))
        self.lock_button.setToolTip(self.tr("Whether “Plan again” leaves this run as it is (L)"))
        self.lock_button.clicked.connect(partial(hand.lock, number, -1))
        holder = QWidget()
        buttons = FlowLayout(holder)
        for button in (self.lock_button, self.time_button, self.fetch_button):
            buttons.addWidget(button)
        self.time_button.setHidden(bool(run.pickup))
        layout.addWidget(holder)

    def show_nearby(self, found: Sequence[Nearby], desk: Desk, leave: Leave) -> None:
        """Suggest what waits near; a press adds what is agreed, and leads to what is not yet."""
        for one in found:
            button = self._suggestion(one, desk, leave)
            set_role(button, "notice")
            line = QHBoxLayout()
            said = self.tr("Nearby: {what}").format(what=nearby_words(one, desk.display))
            line.addWidget(text_label(said, "quiet"), stretch=1)
            line.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
            self.suggested.append(button)
            self._column.addLayout(line)

    def _suggestion(self, one: Nearby, desk: Desk, leave: Leave) -> QPushButton:
        if one.waits is Waits.AGREED:
            button = QPushButton(self.tr("Add it"))
            button.setAccessibleName(self.tr("Add {hold} to this run").format(hold=one.hold))
            target = Target(run_title(self.run), self.number, self.run.driver)
            button.clicked.connect(partial(self._put_on, one.hold, target))
            return button
        go = partial(desk.family_wanted.emit, one.donor)
        button = QPushButton(self.tr("Go to {code}").format(code=one.donor))
        if one.waits is Waits.YES_MISSING:
            go = partial(desk.page_wanted.emit, "matching", one.family)
            button = QPushButton(self.tr("Go to the yes"))
            button.setAccessibleName(self.tr("Go to the yes for {hold}").format(hold=one.hold))
        button.clicked.connect(partial(self._leave, leave, go))
        return button

    def _put_on(self, hold: str, target: Target, *_: object) -> None:
        self._hand.put_on(hold, target)

    def _leave(self, leave: Leave, go: Callable[[], None], *_: object) -> None:
        leave(go)

    def _add_broken(self, layout: QVBoxLayout, one: Broken, what: str) -> None:
        """Say what is broken or to be asked; under what a note overrules stands a line for it."""
        if one.is_question:
            layout.addWidget(text_label(f"? {what}", "ask"))
            return
        layout.addWidget(text_label(self.tr("Look at: {what}").format(what=what), "problem"))
        if one.is_final:
            layout.addWidget(text_label(self.tr("No note overrules this: change the run."), "quiet"))
            return
        field = LineField(hint=self.tr("Why it may be so all the same; kept with the run"))
        field.set_value(next((note for broken, note in self.run.notes if broken == one), ""))
        field.set_name(self.tr("Why it may be so: {what}").format(what=what))
        field.edited.connect(partial(self._hand.overrule, self.number, one))
        self.notes.append(field)
        layout.addWidget(field)

    def ask_why(self) -> None:
        """Put the keyboard on the first note that is missing."""
        missing = [field for field in self.notes if not field.value]
        if missing:
            missing[0].setFocus()
            # Once the sentence that asks for it has taken its room.
            QTimer.singleShot(0, missing[0], partial(bring_into_sight, missing[0]))

    def _fetch_button(self) -> QPushButton:
        """Return the button whose menu names each milk that is new on the run and who could fetch it."""
        button = QPushButton(self.tr("A family fetches it…"))
        named = self.tr("A family fetches its milk itself instead: {run}")
        button.setAccessibleName(named.format(run=run_title(self.run)))
        menu = QMenu(button)
        others = other_ends(self.run)
        for hold in self.run.added:
            words = self.tr("{who} fetches {hold}")
            text = words.format(who=others.get((StopKind.PICK_UP, hold), ""), hold=hold)
            menu.addAction(literal(text)).triggered.connect(partial(self._fetch, hold))
        button.setMenu(menu)
        return button

    def _fetch(self, hold: str, *_: object) -> None:
        self._hand.let_fetch(hold)

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say that the keyboard came here; L locks the run."""
        if watched is self.tick and event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self.number)
        if watched is self.tick and isinstance(event, QKeyEvent) and is_lock_key(event):
            self._hand.lock(self.number)
            return True
        return super().eventFilter(watched, event)


class LeftRows:
    """Makes the rows of milk that is not planned: why in words, what to do, and buttons that go there.

    *leave* closes the dialog and then does what it is given.
    """

    def __init__(
        self,
        hand: DayHand,
        holds: Mapping[str, Hold],
        wording: Wording,
        desk: Desk,
        leave: Leave,
    ) -> None:
        self._hand, self._holds, self._wording, self._desk, self._leave = hand, holds, wording, desk, leave

    def rows(self) -> list[Row]:
        """Return a row for each milk; the last are those whose families fetch it."""
        plan = self._hand.plan
        rests = {one.hold for one in plan.parts}
        left = sorted(plan.not_planned, key=lambda one: one.why is WhyNot.FETCHED)
        return [self._row(one, is_rest=one.hold in rests) for one in left]

    def _row(self, one: NotPlanned, *, is_rest: bool) -> Row:
        """Return milk that is not planned; *is_rest* where its other bags travel."""
        hold = self._holds.get(one.hold)
        lines = [str(why_words(one, self._wording)), next_words(one.why, is_rest=is_rest)]
        row = Row(hold_words(one.hold, hold), lines)
        if is_rest:
            return row
        if one.why is WhyNot.YES_MISSING and hold is not None:
            family = hold.recipient_code
            text = translate("DayPlan", "Go to the yes")
            named = translate("DayPlan", "Go to the yes for {hold}").format(hold=one.hold)
            button = row.add_button(text, named)
            button.clicked.connect(
                lambda *_: self._leave(lambda: self._desk.page_wanted.emit("matching", family))
            )
            return row
        if one.why in (WhyNot.LEFT_OUT, WhyNot.FETCHED):
            words = translate("DayPlan", "Back on a run")
            named = translate("DayPlan", "Back on a run: {hold}")
            if one.why is WhyNot.FETCHED:
                words = translate("DayPlan", "A volunteer after all")
                named = translate("DayPlan", "A volunteer after all: {hold}")
            back = row.add_button(words, named.format(hold=one.hold))
            back.clicked.connect(lambda *_: self._hand.put_back(one.hold))
        if one.why in (WhyNot.PLACE_UNKNOWN, WhyNot.NOT_HOME) and one.code:
            text = translate("DayPlan", "Go to {code}").format(code=one.code)
            row.add_button(text).clicked.connect(
                lambda *_: self._leave(lambda: self._desk.family_wanted.emit(one.code))
            )
        if one.why is not WhyNot.PLACE_UNKNOWN:
            named = translate("DayPlan", "Put {hold} on a run").format(hold=one.hold)
            put = row.add_button(translate("DayPlan", "Put it on a run…"), named)
            menu = QMenu(put)
            fill_targets(menu, self._hand.targets(), partial(self._hand.put_on, one.hold))
            put.setMenu(menu)
        by_hand = row.add_button(
            translate("DayPlan", "Plan it by hand…"),
            translate("DayPlan", "Plan {hold} by hand").format(hold=one.hold),
        )
        by_hand.clicked.connect(
            lambda *_: self._leave(lambda: self._desk.page_wanted.emit("pickups", one.hold))
        )
        return row

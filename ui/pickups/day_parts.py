"""What the planned day consists of: a run to tick, and milk that is not planned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.agreements.holds import Hold
from coordinator.domain.pickups.day.answer import DayRun, NotPlanned, Part, WhyNot
from coordinator.domain.pickups.day.words import Wording, why_words, words_of
from coordinator.domain.pickups.plans import StopKind
from ui.desk import Desk
from ui.pickups.day_plan_words import (
    at_words,
    hold_words,
    lunch_words,
    milk_words,
    next_words,
    other_ends,
    part_words,
    run_figures,
    run_title,
    who_words,
)
from ui.pickups.pickup_words import stop_words
from ui.theme import SPACE_LARGE, SPACE_SMALL, set_role
from ui.translation import translate
from ui.units import Display
from ui.widgets.label import literal
from ui.widgets.rows import Row, left_aligned, text_label


class RunPart(QFrame):
    """One run: a tick to make it, its figures, its stops, and what is broken or to be asked.

    ``ticked`` when the tick changes, ``entered`` when the keyboard comes to it, ``fetch_wanted(hold)`` when a
    family is to fetch its milk itself.
    """

    ticked = Signal()
    fetch_wanted = Signal(str)
    entered = Signal()

    def __init__(
        self,
        run: DayRun,
        wording: Wording,
        display: Display,
        parts: Sequence[Part] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.run = run
        set_role(self, "row")
        self.tick = QCheckBox(literal(run_title(run)))
        set_role(self.tick, "strong")
        self.tick.setChecked(True)
        self.tick.setAccessibleName(self.tr("Make this run: {run}").format(run=run_title(run)))
        self.tick.installEventFilter(self)
        self.tick.toggled.connect(lambda *_: self.ticked.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, SPACE_LARGE)
        layout.setSpacing(SPACE_SMALL)
        layout.addWidget(self.tick)
        layout.addWidget(text_label(run_figures(run, display), "quiet"))
        layout.addLayout(self._stops())
        for said in filter(None, (lunch_words(run), *part_words(run, parts, display))):
            layout.addWidget(text_label(said, "quiet"))
        for one in run.broken:
            words = self.tr("To ask: {what}") if one.is_question else self.tr("Look at: {what}")
            what = str(words_of(one, wording))
            layout.addWidget(text_label(words.format(what=what), "ask" if one.is_question else "problem"))

        self.fetch_button = self._fetch_button()
        layout.addWidget(left_aligned(self.fetch_button))

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
        self.fetch_wanted.emit(hold)

    def _stops(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(SPACE_LARGE, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_LARGE)
        grid.setVerticalSpacing(SPACE_SMALL)
        others = other_ends(self.run)
        for number, stop in enumerate(self.run.stops):
            theirs = {hold: others.get((stop.kind, hold), "") for hold in stop.holds}
            words = self.tr("{number}.").format(number=number + 1)
            cells = (
                words,
                at_words(stop.arrive),
                stop_words(stop.kind),
                who_words(stop),
                milk_words(stop, theirs),
            )
            for column, cell in enumerate(cells):
                label = text_label(cell, "strong" if column == 1 else "")
                label.setWordWrap(column > 2)
                grid.addWidget(label, number, column, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(3, 1)
        grid.setColumnStretch(4, 1)
        return grid

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say that the keyboard came here."""
        if watched is self.tick and event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        return super().eventFilter(watched, event)


def not_planned_row(
    one: NotPlanned,
    hold: Hold | None,
    wording: Wording,
    desk: Desk,
    leave: Callable[[Callable[[], None]], None],
    *,
    is_rest: bool = False,
) -> Row:
    """Return milk that is not planned: why in words, what to do, and a button that goes there.

    *is_rest* of milk whose other bags travel. *leave* closes the dialog and then does what it is given.
    """
    row = Row(
        hold_words(one.hold, hold), [str(why_words(one, wording)), next_words(one.why, is_rest=is_rest)]
    )
    if is_rest:
        return row
    if one.why is WhyNot.YES_MISSING and hold is not None:
        family = hold.recipient_code
        text = translate("DayPlan", "Go to the yes")
        named = translate("DayPlan", "Go to the yes for {hold}").format(hold=one.hold)
        button = row.add_button(text, named)
        button.clicked.connect(lambda *_: leave(lambda: desk.page_wanted.emit("matching", family)))
        return row
    if one.why in (WhyNot.PLACE_UNKNOWN, WhyNot.NOT_HOME) and one.code:
        text = translate("DayPlan", "Go to {code}").format(code=one.code)
        row.add_button(text).clicked.connect(lambda *_: leave(lambda: desk.family_wanted.emit(one.code)))
    by_hand = row.add_button(
        translate("DayPlan", "Plan it by hand…"),
        translate("DayPlan", "Plan {hold} by hand").format(hold=one.hold),
    )
    by_hand.clicked.connect(lambda *_: leave(lambda: desk.page_wanted.emit("pickups", one.hold)))
    return row


def fetched_row(
    code: str,
    hold: Hold | None,
    plan_after_all: Callable[[str], None],
    desk: Desk,
    leave: Callable[[Callable[[], None]], None],
) -> Row:
    """Return milk that its family fetches: it is on no run, and may be planned after all."""
    said = translate("DayPlan", "The family fetches it: it is on no run. Plan it by hand to note the day.")
    row = Row(hold_words(code, hold), [said])
    back = row.add_button(
        translate("DayPlan", "A volunteer after all"),
        translate("DayPlan", "A volunteer after all: {hold}").format(hold=code),
    )
    back.clicked.connect(lambda *_: plan_after_all(code))
    by_hand = row.add_button(
        translate("DayPlan", "Plan it by hand…"),
        translate("DayPlan", "Plan {hold} by hand").format(hold=code),
    )
    by_hand.clicked.connect(lambda *_: leave(lambda: desk.page_wanted.emit("pickups", code)))
    return row

"""A week of volunteers: who is free when, who is away, and which days nobody covers."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from coordinator.domain.pickups.crew_week import Cover, CrewWeek, Doors, Stands, VolunteerWeek
from coordinator.services.pickups.crew_week import DAYS, crew_week
from ui.desk import Desk
from ui.pickups.crew_words import asked_words, cover_words, day_cell, length_words, uncovered_words
from ui.pickups.pickup_words import day_words
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, change_role, set_role
from ui.translation import translate
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.rows import Row, Rows, text_label
from ui.widgets.scrolling import scrolling
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.list_pane import ListPane
from ui.widgets.tables.row_model import RowTableModel

_ICONS = {
    Stands.DRIVES: "pickup",
    Stands.FREE: "done",
    Stands.ASK: "ask",
    Stands.NOT_FREE: "",
    Stands.AWAY: "hold",
}


_PARTS_KEY: Final = "splits/week-of-drivers"
_LEAST_LETTERS: Final = 26
_LETTERS_SIDE_BY_SIDE: Final = 190
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_WEEKS: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class WeekOfDriversPage(QWidget):
    """Seven days with what each has, the volunteers below, and beside them what waits for the day chosen.

    On a day left and right go to the next one; Alt+Left and Alt+Right change the week, Ctrl+D plans the
    day, Enter opens the volunteer.
    """

    export_wanted = Signal(list, list)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        today = desk.today()
        self.monday = today - timedelta(days=today.weekday())
        self.day = today.weekday()
        self.found: CrewWeek | None = None
        self.heading = Label()
        set_role(self.heading, "heading")
        self.uncovered = text_label("", "problem")
        self.days = [self._day_button(at) for at in range(DAYS)]
        self.previous = self._button("◀", self.tr("Previous week"), partial(self.go_by_weeks, -1))
        self.next = self._button("▶", self.tr("Next week"), partial(self.go_by_weeks, 1))
        self.plan_button = self._button(
            self.tr("Plan the day…"), self.tr("Plan the day (Ctrl+D)"), self.plan_day
        )
        self.weekend_button = self._button(
            self.tr("Two days…"), self.tr("Plan the day and the next (Ctrl+Shift+D)"), self.plan_weekend
        )
        self.model: RowTableModel[VolunteerWeek] = RowTableModel(self._columns(), lambda one: one.code)
        self.list = ListPane(
            self.model, "week-of-drivers", title=self.tr("Volunteers"), settings=desk.settings
        )
        self.list.title.hide()  # the heading above says it
        self.list.begin_at_first()
        self.list.set_empty(
            self.tr("No volunteers yet. Add the first on Volunteers; her hours stand here then."),
            self.tr("Go to Volunteers"),
        )
        self.waits = Label(wordWrap=True)
        set_role(self.waits, "strong")
        self.waiting = Rows(self.tr("No agreed milk waits for this day."))
        self._lay_out()
        self._connect()
        self._show_week()

    def refresh(self) -> None:
        """Read the week again."""
        database, monday, today = self._desk.database, self.monday, self._desk.today()

        def show(found: CrewWeek) -> None:
            if self.monday == monday:
                self._show(found)

        self._desk.read(lambda: crew_week(database, monday, today), show)

    def go_by_weeks(self, count: int) -> None:
        """Go *count* weeks on; the weekday stays."""
        self.monday += timedelta(weeks=count)
        self.found = None
        self._show_week()
        self.refresh()

    def choose_day(self, at: int) -> None:
        """Choose a day, 0 for Monday, and show what waits for it."""
        self.day = at
        self._show_waiting()

    def plan_day(self) -> None:
        """Plan the day chosen, on Pickups."""
        self._desk.page_wanted.emit("pickups", self._on(self.day).isoformat())

    def plan_weekend(self) -> None:
        """Plan the day chosen and the next, on Pickups."""
        self._desk.page_wanted.emit("pickups", f"{self._on(self.day).isoformat()}/")

    def _on(self, at: int) -> date:
        return self.monday + timedelta(days=at)

    def _show(self, found: CrewWeek) -> None:
        self.found = found
        self.list.set_rows(found.volunteers)
        self.model.refresh_texts()
        self._show_week()

    def _show_week(self) -> None:
        last = self._on(DAYS - 1)
        words = self.tr("Volunteers, {first} – {last}")
        self.heading.setText(
            words.format(first=day_words(self.monday, "MMM d"), last=day_words(last, "MMM d, yyyy"))
        )
        covers = self.found.cover if self.found else ()
        for at, button in enumerate(self.days):
            self._show_day(button, self._on(at), covers[at] if covers else None)
        bare = [one for one in covers if one.is_uncovered]
        self.uncovered.setText(uncovered_words(bare, self._desk.display) if bare else "")
        self.uncovered.setVisible(bool(bare))
        self._show_waiting()

    def _show_day(self, button: QPushButton, on: date, cover: Cover | None) -> None:
        name = day_words(on, "ddd d")
        words = cover_words(cover, self._desk.display) if cover else ("–", "–")
        button.setText("\n".join((name, *words)))
        button.setAccessibleName(", ".join((day_words(on, "dddd, MMMM d"), *words)))
        change_role(button, "tab")

    def _show_waiting(self) -> None:
        self.days[self.day].setChecked(True)
        on = self._on(self.day)
        for button in (self.plan_button, self.weekend_button):
            button.setEnabled(on >= self._desk.today())
        here = self.found.waiting_on(self.day) if self.found else ()
        self.waits.setText(self.tr("What could travel on {day}").format(day=day_words(on, "dddd, MMMM d")))
        self.waiting.set_rows([self._row(one) for one in here])

    def _row(self, one: Doors) -> Row:
        unknown = translate("Pickups", "hours not known")
        lines = [
            f"{one.hold} · {self._desk.display.volume(one.volume)}",
            f"{one.donor_name}: {one.donor_hours or unknown}",
            f"{one.recipient_name}: {one.recipient_hours or unknown}",
        ]
        if one.fits[self.day] is None:
            lines.append(asked_words(one))
        return Row(f"{one.donor_name} → {one.recipient_name}", lines)

    def _columns(self) -> tuple[Column[VolunteerWeek], ...]:
        return (
            Column(
                QT_TRANSLATE_NOOP("Columns", "Name"),
                lambda one: one.name,
                tooltip=lambda one: one.said,
                width=18,
            ),
            *(self._day_column(at) for at in range(DAYS)),
            Column(
                QT_TRANSLATE_NOOP("Columns", "At most"),
                lambda one: length_words(one.most_minutes),
                lambda one: one.most_minutes,
                width=8,
            ),
            Column(
                QT_TRANSLATE_NOOP("Columns", "In their words"),
                lambda one: one.said,
                width=24,
                hidden_by_default=True,
            ),
            Column(
                QT_TRANSLATE_NOOP("Columns", "Code"), lambda one: one.code, width=8, hidden_by_default=True
            ),
        )

    def _day_column(self, at: int) -> Column[VolunteerWeek]:
        return Column(
            f"day-{at}",
            lambda one: day_cell(one.days[at]),
            lambda one: (list(Stands).index(one.days[at].stands), -one.minutes(at)),
            icon=lambda one: _ICONS[one.days[at].stands],
            tooltip=lambda one: one.said,
            width=13,
            header=lambda: day_words(self._on(at), "ddd d"),
        )

    def _day_button(self, at: int) -> QPushButton:
        button = QPushButton()
        set_role(button, "tab")
        button.setCheckable(True)
        button.clicked.connect(partial(self._on_clicked, at))
        button.installEventFilter(self)
        return button

    def _on_clicked(self, at: int, _checked: bool = False) -> None:  # noqa: FBT002 - as Qt sends it
        self.choose_day(at)

    def _button(self, text: str, words: str, slot: partial[None] | object) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.clicked.connect(slot)
        return button

    def _connect(self) -> None:
        self._desk.changed.connect(self.refresh)
        self._desk.display.changed.connect(self.refresh)
        self.list.table.row_opened.connect(self._open_volunteer)
        self.list.fill_wanted.connect(self._go_to_volunteers)
        self.list.export_wanted.connect(self.export_wanted)
        where = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, slot in (
            ("Alt+Left", partial(self.go_by_weeks, -1)),
            ("Alt+Right", partial(self.go_by_weeks, 1)),
            ("Ctrl+D", self.plan_day),
            ("Ctrl+Shift+D", self.plan_weekend),
        ):
            QShortcut(QKeySequence(keys), self, slot, context=where)

    def _remember(self) -> None:
        if self._desk.settings is not None:
            self._desk.settings.setValue(_PARTS_KEY, self.parts.saveState())

    def _open_volunteer(self, code: object) -> None:
        self._desk.family_wanted.emit(str(code))

    def _go_to_volunteers(self) -> None:
        self._desk.page_wanted.emit("drivers", "")

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        strip = QWidget()
        flow = FlowLayout(strip, spacing=SPACE_SMALL)
        flow.addWidget(self.previous)
        for button in self.days:
            group.addButton(button)
            flow.addWidget(button)
        for button in (self.next, self.plan_button, self.weekend_button):
            flow.addWidget(button)
        above = QVBoxLayout()
        above.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, 0)
        for widget in (self.heading, strip, self.uncovered):
            above.addWidget(widget)
        beside = QWidget()
        down = QVBoxLayout(beside)
        down.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        for widget in (self.waits, self.waiting):
            down.addWidget(widget)
        down.addStretch()
        self.parts = QSplitter()
        self.parts.addWidget(self.list)
        self.parts.addWidget(scrolling(beside, wraps=True))
        self.parts.setStretchFactor(0, 3)
        self.parts.setStretchFactor(1, 1)
        self.parts.setChildrenCollapsible(False)
        beside.setMinimumWidth(self.fontMetrics().averageCharWidth() * _LEAST_LETTERS)
        settings = self._desk.settings
        state = settings.value(_PARTS_KEY) if settings is not None else None
        if isinstance(state, QByteArray):
            self.parts.restoreState(state)
        else:
            self.parts.setSizes([700, 300])
        self.parts.splitterMoved.connect(self._remember)
        row = QHBoxLayout()
        row.addWidget(self.parts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addLayout(row, stretch=1)

    # Overrides of Qt.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what waits below the volunteers where both do not stand side by side: no day is cut off."""
        super().resizeEvent(event)
        is_wide = self.width() >= self.fontMetrics().averageCharWidth() * _LETTERS_SIDE_BY_SIDE
        way = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self.parts.orientation() is not way:
            self.parts.setOrientation(way)
            self.parts.setSizes([700, 300] if is_wide else [600, 400])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go through days and weeks by key."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key in _STEPS:
            weeks, day = divmod(self.day + _STEPS[key], DAYS)
            if weeks:
                self.go_by_weeks(weeks)
            self.choose_day(day)
        elif key in _WEEKS:
            self.go_by_weeks(_WEEKS[key])
        else:
            return super().eventFilter(watched, event)
        self.days[self.day].setFocus()
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the page begin with its day."""
        super().focusInEvent(event)
        self.days[self.day].setFocus(event.reason())

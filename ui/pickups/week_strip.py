"""The week as seven days with their counts; a day, or the whole week, is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from ui.pickups.pickup_words import day_words
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label


def monday_of(day: date) -> date:
    """Return the Monday of the week of *day*."""
    return day - timedelta(days=day.weekday())


class WeekStrip(QWidget):
    """Seven days and "whole week".

    ``week_wanted(monday)`` asks for another week, ``chosen`` says that ``day`` is another (None: the whole
    week), ``print_wanted`` that it is to go on paper, ``plan_wanted`` that a day is to be planned.

    On a day, left and right go to the next one, across weeks; Page Up and Page Down change the week, Home
    goes to today, Down to the list (``list_wanted``).
    """

    week_wanted = Signal(object)
    chosen = Signal()
    print_wanted = Signal()
    plan_wanted = Signal()
    list_wanted = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.monday = monday_of(today())
        self._today = today
        self._day: date | None = None
        self._counts: Counter[date] = Counter()
        self.label = Label()
        set_role(self.label, "strong")
        self.previous = self._button("◀", self.tr("Previous week"), lambda: self.go_by_weeks(-1))
        self.next = self._button("▶", self.tr("Next week"), lambda: self.go_by_weeks(1))
        self._group = QButtonGroup(self)
        self.days = [self._tab() for _ in range(7)]
        self.whole = self._tab()
        self.whole.setText(self.tr("Whole\nweek"))
        self.whole.setAccessibleName(self.tr("Whole week"))
        self.print_button = self._button("", "", self.print_wanted.emit)
        self.plan_button = self._button(
            self.tr("Plan the day…"),
            self.tr("Plan the day (Ctrl+D)"),
            self.plan_wanted.emit,
        )
        row = QWidget()
        flow = FlowLayout(row, spacing=SPACE_SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, 0)
        layout.addWidget(row)
        for widget in (
            self.label,
            self.previous,
            *self.days,
            self.next,
            self.whole,
            self.plan_button,
            self.print_button,
        ):
            flow.addWidget(widget)
        self.whole.setChecked(True)
        self._group.idClicked.connect(self._on_clicked)
        self._show()

    @property
    def day(self) -> date | None:
        """The day chosen, or None for the whole week."""
        return self._day

    @property
    def chosen_button(self) -> QPushButton:
        """The button of the day chosen, or of the whole week."""
        return self.days[self._day.weekday()] if self._day else self.whole

    def show_counts(self, days: Iterable[date]) -> None:
        """Show how many pickups each day has; *days* names one for each pickup."""
        self._counts = Counter(days)
        self._show()

    def go_to(self, day: date, *, whole_week: bool = False) -> None:
        """Choose *day*, or its whole week, and ask for its week if it is another."""
        is_other_week = monday_of(day) != self.monday
        self.monday = monday_of(day)
        self._day = None if whole_week else day
        self._show()
        if is_other_week:
            self.week_wanted.emit(self.monday)
        self.chosen.emit()

    def go_by_weeks(self, count: int) -> None:
        """Go *count* weeks on; a chosen day stays the same weekday."""
        day = (self._day or self.monday) + timedelta(weeks=count)
        self.go_to(day, whole_week=self._day is None)

    def _button(self, text: str, words: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.clicked.connect(lambda *_: slot())
        return button

    def _tab(self) -> QPushButton:
        button = QPushButton()
        set_role(button, "tab")
        button.setCheckable(True)
        button.installEventFilter(self)
        self._group.addButton(button, len(self._group.buttons()))
        return button

    def _on_clicked(self, number: int) -> None:
        whole = number == len(self.days)
        self.go_to(self.monday + timedelta(days=0 if whole else number), whole_week=whole)

    def _show(self) -> None:
        for number, button in enumerate(self.days):
            day = self.monday + timedelta(days=number)
            count, is_today = self._counts[day], day == self._today()
            below = self.tr("today · {count}").format(count=count) if is_today else str(count or "–")
            button.setText(f"{day_words(day, 'ddd d')}\n{below}")
            words = (
                self.tr("{day}, today, {count} pickups") if is_today else self.tr("{day}, {count} pickups")
            )
            button.setAccessibleName(words.format(day=day_words(day, "dddd, MMMM d"), count=count))
            button.setChecked(day == self._day)
        self.whole.setChecked(self._day is None)
        self._name_print()
        last = self.monday + timedelta(days=6)
        self.label.setText(f"{day_words(self.monday, 'MMM d')} –\n{day_words(last, 'MMM d, yyyy')}")
        self.updateGeometry()

    def _name_print(self) -> None:
        words, about = self.tr("Print the week…"), self.tr("Print the schedule of the week (Ctrl+Shift+P)")
        if self._day is not None:
            words = self.tr("Print the day…")
            about = self.tr("Print all papers of this day's pickups (Ctrl+Shift+P)")
        self.print_button.setText(words)
        self.print_button.setAccessibleName(words.removesuffix("…"))
        self.print_button.setAccessibleDescription(about)
        self.print_button.setToolTip(about)

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go through days and weeks by key."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        weeks = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key = Qt.Key(event.key())
        if key in steps:
            start = self._day or (self.monday - timedelta(days=1) if steps[key] > 0 else self.monday)
            self.go_to(start + timedelta(days=steps[key]))
        elif key in weeks:
            self.go_by_weeks(weeks[key])
        elif key == Qt.Key.Key_Home:
            self.go_to(self._today())
        elif key == Qt.Key.Key_Down:
            self.list_wanted.emit()
            return True
        else:
            return super().eventFilter(watched, event)
        self.chosen_button.setFocus()
        return True

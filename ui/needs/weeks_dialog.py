"""The next eight weeks: what is missing in the whole network, by what families ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from coordinator.domain.milk.runways import WEEK, WEEKS, NetworkRunway, TraitRow, Unmet
from coordinator.domain.volume import Volume
from coordinator.services.milk.needs import Needs, needs
from ui.desk import Desk
from ui.needs.trait_words import trait_words
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_near_date
from ui.widgets.rows import text_label
from ui.widgets.runway_chart import Bar, BarRow, ChartWords, RunwayChart
from ui.widgets.scrolling import scrolling
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.row_model import RowTableModel
from ui.widgets.tables.row_table import RowTable

_SHOWN_NAMES = 12


class WeeksDialog(QDialog):
    """A chart, the same figures as a table, and what they leave out. Only read; nothing is printed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Needs | None = None
        self.setWindowTitle(self.tr("The next eight weeks"))
        self.summary = text_label("", "strong")
        self.left_out = text_label("", "quiet")
        words = ChartWords(
            self.tr("missing at expected intake"),
            self.tr("by a figure that is old: ask"),
            self.tr("from low to high intake"),
        )
        self.chart = RunwayChart(words)
        self.chart.setAccessibleName(self.tr("Chart of what is missing; the table has the same figures"))
        self.model: RowTableModel[TraitRow] = RowTableModel(
            _columns(desk.display, desk.today()), lambda row: row.trait
        )
        self.table = RowTable(self.model, "weeks", None)
        self.table.setAccessibleName(self.tr("What is missing week by week"))
        self._lay_out()
        desk.changed.connect(self._read)
        desk.display.changed.connect(self._show_again)
        self._read()

    def _read(self) -> None:
        database, today = self._desk.database, self._desk.today()
        self._desk.read(partial(needs, database, today), self._show)

    def _show_again(self) -> None:
        if self._shown is not None:
            self._show(self._shown)

    def _show(self, found: Needs) -> None:
        self._shown = found
        weeks, today = found.weeks, self._desk.today()
        self.model.set_rows(weeks.rows)
        self.model.refresh_texts()
        self._fit_columns()
        self.table.setFixedHeight(self._table_height(len(weeks.rows)))
        names = [self.tr("from {day}").format(day=show_near_date(day, today)) for day in weeks.weeks]
        self.chart.show_rows(names, [self._bar_row(row) for row in weeks.rows])
        self.summary.setText(self._summary(weeks.rows[0].in_all, found.free))
        self.left_out.setText("\n".join(self._notes(weeks, found)))

    def _summary(self, missing: Unmet, free: Volume) -> str:
        """Say what is needed, then what of it nobody has, then what of it is an old figure."""
        amount = self._desk.display.volume
        words = self.tr(
            "{needed} are needed in eight weeks beyond what is at home or coming, "
            "{low} at low and {high} at high intake."
        )
        said = [
            words.format(needed=amount(missing.expected), low=amount(missing.low), high=amount(missing.high))
        ]
        if (short := missing.expected - free).ml > 0:
            words = self.tr("{free} are free now: about {short} short after that.")
            said.append(words.format(free=amount(free), short=amount(short)))
        else:
            said.append(self.tr("{free} are free now, which covers it.").format(free=amount(free)))
        if missing.by_old_figures:
            words = self.tr("{old} of the need rest on old figures: ask those families.")
            said.append(words.format(old=amount(missing.by_old_figures)))
        return " ".join(said)

    def _bar_row(self, row: TraitRow) -> BarRow:
        one = self.tr("1 family") if row.families == 1 else self.tr("{count} families")
        bars = tuple(_bar(week, self._desk.display.volume_number(week.expected)) for week in row.weeks)
        return BarRow(trait_words(row.trait), one.format(count=row.families), bars)

    def _notes(self, weeks: NetworkRunway, found: Needs) -> Sequence[str]:
        coming, names = (
            self._desk.display.volume(weeks.to_come),
            {one.code: one.name for one in found.families},
        )
        notes = [
            self.tr(
                "A family counts once under all, and again under each thing it asks for. Milk on hold or "
                "agreed counts from its pickup, without one in a week: {coming}."
            ).format(coming=coming)
        ]
        if weeks.unknown:
            words = self.tr("Not counted, since birth date or milk at home is not known ({count}): {names}")
            notes.append(words.format(count=len(weeks.unknown), names=_named(weeks.unknown, names)))
        if weeks.referred:
            words = self.tr("Not counted, since the baby is referred ({count}): {names}")
            notes.append(words.format(count=len(weeks.referred), names=_named(weeks.referred, names)))
        if weeks.paused:
            notes.append(self.tr("Not counted, since they pause: {count}").format(count=weeks.paused))
        notes.append(self.tr("A planning estimate, never a prescription."))
        return notes

    def _fit_columns(self) -> None:
        """Give each column what its title and figures need, so that all weeks are seen side by side."""
        metrics, header = self.table.fontMetrics(), self.table.horizontalHeader()
        titles, rows = self.table.shown_headers(), self.table.shown_rows()
        for at, texts in enumerate(zip(titles, *rows, strict=True)):
            header.resizeSection(at, max(map(metrics.horizontalAdvance, texts)) + 2 * SPACE_LARGE)

    def _table_height(self, rows: int) -> int:
        """Return the height that shows every row, so that only the whole scrolls."""
        table = self.table
        bar = table.horizontalScrollBar().sizeHint().height()
        row = table.verticalHeader().defaultSectionSize()
        return table.horizontalHeader().sizeHint().height() + rows * row + bar + 2

    def _lay_out(self) -> None:
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, SPACE, 0)
        inside.setSpacing(SPACE_LARGE)
        for widget in (self.summary, self.chart, self.table, self.left_out):
            inside.addWidget(widget)
        inside.addStretch()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        set_role(buttons.button(QDialogButtonBox.StandardButton.Close), "main")
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(scrolling(body))
        layout.addWidget(buttons)
        self._fit_to_screen()

    def _fit_to_screen(self) -> None:
        """Open as large as the text asks for, and no larger than the screen."""
        room, metrics = self.screen().availableGeometry().size(), self.fontMetrics()
        wide, high = metrics.averageCharWidth() * 150, metrics.height() * 32
        self.resize(min(wide, room.width() - 40), min(high, room.height() - 60))


def _bar(week: Unmet, text: str) -> Bar:
    low, expected, high = (volume.ml for volume in (week.low, week.expected, week.high))
    return Bar(expected, week.by_old_figures.ml, low, high, text)


def _named(codes: Sequence[str], names: Mapping[str, str]) -> str:
    more = "…" if len(codes) > _SHOWN_NAMES else ""
    return ", ".join(f"{names[code]} {code}" for code in codes[:_SHOWN_NAMES]) + more


def _columns(display: Display, today: date) -> tuple[Column[TraitRow], ...]:
    """Return name, families, the weeks and their sum; the tooltips tell low and high intake."""
    return (
        Column(QT_TRANSLATE_NOOP("Columns", "Asks for"), lambda row: trait_words(row.trait), width=16),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Families"),
            lambda row: str(row.families),
            lambda row: row.families,
            is_number=True,
        ),
        *(_week_column(display, today, week) for week in range(WEEKS)),
        Column(
            QT_TRANSLATE_NOOP("Columns", "In all"),
            lambda row: display.volume_number(row.in_all.expected),
            lambda row: row.in_all.expected.microlitres,
            is_number=True,
            tooltip=lambda row: _range(display, row.in_all),
            header=lambda: translate("Columns", "{unit} in all").format(unit=display.volume_unit.value),
        ),
    )


def _week_column(display: Display, today: date, week: int) -> Column[TraitRow]:
    first = today + WEEK * week
    return Column(
        f"week-{week + 1}",
        lambda row: display.volume_number(row.weeks[week].expected),
        lambda row: row.weeks[week].expected.microlitres,
        is_number=True,
        tooltip=lambda row: _range(display, row.weeks[week]),
        header=lambda: show_near_date(first, today),
    )


def _range(display: Display, unmet: Unmet) -> str:
    words = translate("needs", "{low} at low, {high} at high intake; {old} by old figures")
    return words.format(
        low=display.volume(unmet.low),
        high=display.volume(unmet.high),
        old=display.volume(unmet.by_old_figures),
    )

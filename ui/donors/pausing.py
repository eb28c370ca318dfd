"""A pause of a donor: until when, and why; she is open again by herself."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coordinator.domain.screening.call_list import Deferral, Screening
from coordinator.services.screening import call_list as service
from ui.desk import Desk
from ui.theme import SPACE
from ui.widgets.fields.edit_field import LineField
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fields.value_fields import DateField
from ui.widgets.rows import Row, Rows, left_aligned, text_label


class PausePart(QWidget):
    """The pause that runs, with a way to end it; else a way to begin one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._running = Rows("")
        self.begin = QPushButton(self.tr("Pause until…"))
        self.begin.setAccessibleName(self.tr("Pause this donor until a day"))
        self.begin.clicked.connect(self._open)
        self.reason = LineField()
        self.until = DateField(desk.today)
        self.pause = QPushButton(self.tr("Pause"))
        self.pause.setAccessibleName(self.tr("Pause this donor"))
        self.pause.clicked.connect(self._pause)
        self.problem = text_label("", "problem")
        self._fields = QWidget()
        self._lay_out()
        self._begin_anew()

    def show_screening(self, code: str, screening: Screening) -> None:
        """Show the pause of the donor behind *code*."""
        if code != self._code:
            self._code = code
            self._begin_anew()
        running = screening.running if screening.without_deferral.is_offering else None
        self._running.set_rows([] if running is None else [self._row(running)])
        self._running.setVisible(running is not None)
        self._holder.setVisible(running is None and screening.without_deferral.is_offering)
        if running is not None:
            self._begin_anew()

    def _row(self, running: Deferral) -> Row:
        until = running.open_again_on
        ends = (
            self.tr("She is open again on {day}, by itself.").format(day=show_date(until))
            if until
            else self.tr("Until you open her again.")
        )
        row = Row(self.tr("Pause since {day}").format(day=show_date(running.start)), [running.reason, ends])
        end = row.add_button(self.tr("Open again now"))
        end.clicked.connect(partial(self._end, running.id))
        return row

    def _open(self) -> None:
        self._fields.show()
        self.begin.hide()
        self.reason.setFocus()

    def _pause(self) -> None:
        self.until.leave()
        if self.until.is_dirty:
            return  # It is no date yet; the field says so.
        database, code, today = self._desk.database, self._code, self._desk.today()
        day, reason = self.until.value, self.reason.typed()
        self._desk.write(
            lambda: service.defer(database, code, reason, day, today),
            lambda _: self._begin_anew(),
            failed=self._say,
        )

    def _end(self, deferral_id: int, *_: object) -> None:
        end = partial(service.end_deferral, self._desk.database, self._code, deferral_id, self._desk.today())
        self._desk.write(end)

    def _begin_anew(self) -> None:
        self.reason.set_value("")
        self.until.set_value(None)
        self._say("")
        self._fields.hide()
        self.begin.show()

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _lay_out(self) -> None:
        form = FieldForm()
        form.add(self.tr("Why (private)"), self.reason)
        form.add(self.tr("Open again on"), self.until)
        self.until.edited.connect(self.until.set_value)
        fields = QVBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(SPACE)
        fields.addWidget(form)
        fields.addWidget(self.problem)
        fields.addWidget(left_aligned(self.pause))
        self._holder = left_aligned(self.begin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self._running)
        layout.addWidget(self._holder)
        layout.addWidget(self._fields)

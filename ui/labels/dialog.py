"""Labels for bags: which sheet, from which label on, moved how far; looked at, then printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.paper.label_sheets import MOST_SHIFT_MM, Shift
from coordinator.services.paper import labels as service
from coordinator.services.paper.labels import Labels, OnSheet
from coordinator.services.paper.saving import write_file
from ui.desk import Desk
from ui.errors import explain
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets import file_dialogs
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.paper.pdf_preview import PdfPreview
from ui.widgets.paper.pdf_print import NoPrinterError, print_pdf
from ui.widgets.rows import text_label

_SHEET, _START = "labels/sheet", "labels/start"


@dataclass(frozen=True)
class _Drawn:
    """Pages to print: labels, or the page a printer is measured by (``labels`` is None)."""

    pdf: bytes
    labels: Labels | None
    shift: Shift


class LabelsDialog(QDialog):
    """Labels of what *make* says, on the sheet chosen here; what she chose is remembered.

    Args:
        desk: The network, and this computer's memory.
        title: Of what the labels are, in codes.
        make: Returns the labels for a sheet.
        parent: What the dialog stands over.
    """

    def __init__(
        self, desk: Desk, title: str, make: Callable[[OnSheet], Labels], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._make, self._title = desk, make, title
        self._drawn: _Drawn | None = None
        self.setWindowTitle(self.tr("Labels of {lots}").format(lots=title))
        self.sheet = QComboBox()
        for key, one in service.label_sheets().items():
            self.sheet.addItem(
                self.tr("{sheet} · {count} labels").format(sheet=one.title, count=one.labels), key
            )
        self.start = QSpinBox(minimum=1, maximum=1)
        self.right, self.down = (
            QDoubleSpinBox(minimum=-MOST_SHIFT_MM, maximum=MOST_SHIFT_MM, singleStep=0.5, decimals=1)
            for _ in range(2)
        )
        self.calibrating = QCheckBox(self.tr("Calibration page"))
        self.preview = PdfPreview()
        self.note = text_label("", "quiet")
        self.problem = text_label("", "problem")
        self.problem.hide()
        self.print_button = QPushButton(self.tr("Print…"))
        self.save_button = QPushButton(self.tr("Save as PDF…"))
        self.close_button = QPushButton(self.tr("Close"))
        self._recall()
        self._lay_out()
        self.sheet.currentIndexChanged.connect(self._on_sheet)
        self.start.valueChanged.connect(self._draw)
        self.calibrating.toggled.connect(self._draw)
        for field in (self.right, self.down):
            field.setKeyboardTracking(False)
            field.valueChanged.connect(self._keep_shift)
        self.print_button.clicked.connect(self.print_it)
        self.save_button.clicked.connect(self.save_it)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(lambda _: self.preview.clear())
        self._read_shift()

    def print_it(self) -> None:
        """Ask for a printer."""
        if self._drawn is None:
            return
        try:
            was_sent = print_pdf(self, self._drawn.pdf, self.windowTitle())
        except NoPrinterError as error:
            self._say(explain(error))
            return
        except OSError:
            self._say(self.tr("The printer did not take it. Look after the printer, or save it as PDF."))
            return
        if was_sent:
            self._done(self.tr("Printed the labels of {lots}.").format(lots=self._title))

    def save_it(self) -> None:
        """Ask for a file and save there."""
        drawn = self._drawn
        if drawn is None:
            return
        proposed = Path.home() / f"{self.windowTitle()}.pdf"
        chosen = file_dialogs.choose_target(
            self, self.tr("Save as PDF"), proposed, self.tr("PDF files (*.pdf)")
        )
        if chosen is None:
            return
        path = chosen.path if chosen.path.suffix else chosen.path.with_suffix(".pdf")
        said = self.tr("Saved {file}.").format(file=path.name)
        self._desk.runner.run(partial(write_file, path, drawn.pdf), lambda _: self._done(said), self._refuse)

    @property
    def key(self) -> str:
        """The sheet that is chosen."""
        return str(self.sheet.currentData())

    def _done(self, said: str) -> None:
        """Close after labels; after the calibration page stay, as what it shows is typed here."""
        self._desk.said.emit(said)
        if self._drawn is None or self._drawn.labels is None:
            return
        if self._desk.settings is not None:
            self._desk.settings.setValue(_SHEET, self.key)
            self._desk.settings.setValue(f"{_START}/{self.key}", self._drawn.labels.job.next_start)
        self.accept()

    def _recall(self) -> None:
        kept = str(self._desk.settings.value(_SHEET) or "") if self._desk.settings is not None else ""
        self.sheet.setCurrentIndex(max(self.sheet.findData(kept), 0))
        self._recall_start()

    def _recall_start(self) -> None:
        settings, most = self._desk.settings, service.label_sheets()[self.key].labels
        kept = str(settings.value(f"{_START}/{self.key}") or "") if settings is not None else ""
        self.start.setMaximum(most)
        self.start.setValue(int(kept) if kept.isdecimal() else 1)

    def _on_sheet(self, _: int) -> None:
        self.start.blockSignals(True)
        self._recall_start()
        self.start.blockSignals(False)
        self._read_shift()

    def _read_shift(self) -> None:
        key = self.key

        def show(shift: Shift) -> None:
            for field, value in ((self.right, shift.right_mm), (self.down, shift.down_mm)):
                field.blockSignals(True)
                field.setValue(value)
                field.blockSignals(False)
            self._draw()

        self._desk.read(partial(service.shift_of, self._desk.database, key), show)

    def _keep_shift(self, _: float) -> None:
        shift = Shift(round(self.right.value(), 1), round(self.down.value(), 1))
        keep = partial(service.keep_shift, self._desk.database, self.key, shift)
        self._desk.write(keep, lambda _: self._draw(), failed=self._say)

    def _draw(self, *_: object) -> None:
        key, make, on = self.key, self._make, OnSheet(self.key, self.start.value())
        shift, is_calibration = Shift(), self.calibrating.isChecked()

        def work() -> _Drawn:
            if is_calibration:
                return _Drawn(service.calibration(key), None, shift)
            made = make(on)
            return _Drawn(service.render_labels(made.job), made, made.job.shift)

        self._desk.runner.run(work, self._show, self._refuse)

    def _show(self, drawn: _Drawn) -> None:
        self._drawn = drawn
        self._say("")
        self._may_print(may=True)
        self.preview.show_pdf(drawn.pdf)
        self.note.setText(self._note(drawn))

    def _note(self, drawn: _Drawn) -> str:
        if drawn.labels is None:
            return self.tr(
                "Print it on plain paper at 100 %, hold it behind a sheet of labels, and type above what its "
                "scales show. Then untick it."
            )
        job = drawn.labels.job
        words = self.tr("Labels: {count}, sheets: {sheets}. Print at 100 %. The next begin at label {next}.")
        said = words.format(count=job.count, sheets=job.sheets, next=job.next_start)
        if drawn.labels.uncounted:
            more = self.tr("One label each of {lots}, whose bags were not counted.")
            said = self.tr("{first} {second}").format(
                first=said, second=more.format(lots=", ".join(drawn.labels.uncounted))
            )
        return said

    def _refuse(self, error: Exception) -> None:
        self._may_print(may=False)
        self._say(explain(error))

    def _may_print(self, *, may: bool) -> None:
        self.print_button.setEnabled(may)
        self.save_button.setEnabled(may)

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        set_role(self.print_button, "main")
        self.print_button.setDefault(True)
        fields, buttons = QWidget(), QWidget()
        flow = FlowLayout(fields)
        for words, field, about in (
            (self.tr("Sheet"), self.sheet, self.tr("The number on the box of labels")),
            (
                self.tr("Begin at label"),
                self.start,
                self.tr("The first label left, by rows from the upper left"),
            ),
            (self.tr("Move right, mm"), self.right, self.tr("How far right labels are moved; minus is left")),
            (self.tr("Move down, mm"), self.down, self.tr("How far down labels are moved; minus is up")),
        ):
            field.setAccessibleName(about)
            field.setToolTip(about)
            flow.addWidget(_labelled(words, field))
        for one in (self.start, self.right, self.down):
            one.setMinimumHeight(self.sheet.sizeHint().height())
        self.calibrating.setAccessibleName(self.calibrating.text())
        flow.addWidget(self.calibrating)
        row = FlowLayout(buttons)
        for button in (self.print_button, self.save_button, self.close_button):
            button.setAccessibleName(button.text())
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(fields)
        layout.addWidget(self.note)
        layout.addWidget(self.preview, stretch=1)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        room, em = self.screen().availableGeometry().size(), self.fontMetrics().height()
        self.resize(min(em * 48, room.width() - 40), min(em * 50, room.height() - 60))


def _labelled(words: str, field: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, SPACE, 0)
    line.setSpacing(SPACE_SMALL)
    label = Label(words)
    label.setBuddy(field)
    line.addWidget(label)
    line.addWidget(field)
    return holder


def labels_of_lot(desk: Desk, lot: str, parent: QWidget) -> LabelsDialog:
    """Return the dialog for the bags of a lot."""
    database, today = desk.database, desk.today()
    return LabelsDialog(desk, lot, lambda on: service.labels_of_lots(database, [lot], today, on), parent)


def labels_of_pickup(desk: Desk, pickup: str, parent: QWidget) -> LabelsDialog:
    """Return the dialog for all bags that travel with a pickup."""
    database, today = desk.database, desk.today()
    return LabelsDialog(
        desk, pickup, lambda on: service.labels_of_pickup(database, pickup, today, on), parent
    )

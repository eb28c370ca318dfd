"""A look at the paper, then the printer or a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from coordinator.services.settings.values import change_setting
from ui.desk import Desk
from ui.errors import explain
from ui.labels.dialog import labels_of_pickup
from ui.pickups.for_driver import ForDriver
from ui.pickups.parts_bar import PartsBar, PartsOffered
from ui.pickups.ring_form import RingForm, Whom
from ui.pickups.saving import save_pdf
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets import file_dialogs
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.paper.pdf_preview import PdfPreview
from ui.widgets.paper.pdf_print import NoPrinterError, print_pdf
from ui.widgets.rows import text_label
from ui.widgets.scrolling import scrolling

_MOST_LINES = 5
"""Of what is to be seen to, our choice; the rest is scrolled to."""


@dataclass(frozen=True)
class Paper:
    """What is to go on paper. ``record`` notes the printing; None where there is nothing to note.

    ``look_at`` is what she should see to before it is printed. ``ring`` is set where the paper lacks whom to
    ring; ``redraw`` draws it again once that is told. ``parts`` are set where it is the set of a pickup.
    """

    title: str
    pdf: bytes
    record: Callable[[], bytes] | None = None
    ring: Whom | None = None
    look_at: str = ""
    redraw: Callable[[], bytes] | None = None
    parts: PartsOffered | None = None
    driver_code: str = ""


class PrintDialog(QDialog):
    """The preview with Print…, Save as PDF… and Close; only the first two count as printing.

    ``finished_printing(sentence)`` says what was done.
    """

    finished_printing = Signal(str)

    def __init__(self, desk: Desk, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._paper = paper
        self._is_noting = False
        self._keeping = 0
        self._next: Callable[[], None] | None = None
        self.ring = RingForm(paper.ring) if paper.ring and paper.redraw else None
        self.parts = PartsBar(desk.settings) if paper.parts else None
        self.setWindowTitle(paper.title)
        self.preview = PdfPreview()
        self.look_at = text_label(paper.look_at, "ask")
        if not paper.look_at:
            self.look_at.hide()
        self.problem = text_label("", "problem")
        self.problem.hide()
        self.print_button = QPushButton(self.tr("Print…"))
        self.save_button = QPushButton(self.tr("Save as PDF…"))
        self.close_button = QPushButton(self.tr("Close"))
        self._lay_out()
        self.print_button.clicked.connect(self.print_it)
        self.save_button.clicked.connect(self.save_it)
        keys = QKeySequence(QKeySequence.StandardKey.Save)
        QShortcut(keys, self, self.save_button.click)
        self.save_button.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))
        self.close_button.clicked.connect(self.reject)
        if self.ring is not None:
            self.ring.told.connect(self._keep_ring)
        if self.parts is not None:
            self.parts.changed.connect(self._redraw_parts)
        self.finished.connect(lambda _: self.preview.clear())
        self.preview.show_pdf(paper.pdf)
        self.print_button.setFocus()
        self._fit_to_screen()

    def print_it(self) -> None:
        """Ask for a printer; the printing is noted once the pages were sent."""
        if not self._is_ring_taken(self.print_it):
            return
        try:
            was_sent = print_pdf(self, self._paper.pdf, self._paper.title)
        except NoPrinterError as error:
            self._say(explain(error))
            self.save_button.setFocus()
            return
        except OSError:
            self._say(self.tr("The printer did not take it. Look after the printer, or save it as PDF."))
            return
        if not was_sent:
            return
        said = self.tr("Printed {title}.").format(title=self._paper.title)
        if self._paper.record is None:
            self._finish(said)
        else:
            self._begin()
            self._desk.write(self._paper.record, partial(self._noted, said), failed=self._failed)

    def save_it(self) -> None:
        """Ask for a file and save there; the printing is noted once it is written."""
        if not self._is_ring_taken(self.save_it):
            return
        path = self.choose_file()
        if path is None:
            return
        words = self.tr("Saved {title} as {file} in {folder}.")
        said = words.format(title=self._paper.title, file=path.name, folder=path.parent)
        save = partial(save_pdf, path, self._paper.pdf, self._paper.record)
        self._begin()
        if self._paper.record is None:
            self._desk.runner.run(
                save, lambda _: self._finish(said), lambda error: self._failed(explain(error))
            )
        else:
            self._desk.write(save, lambda _: self._finish(said), failed=self._failed)

    def choose_file(self) -> Path | None:
        """Ask where to save; before a file is replaced that is asked, too."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = Path(folder) / f"{self._paper.title}.pdf"
        kinds = self.tr("PDF files (*.pdf)")
        chosen = file_dialogs.choose_target(self, self.tr("Save as PDF"), proposed, kinds)
        return chosen.path if chosen else None

    def _is_ring_taken(self, then: Callable[[], None]) -> bool:
        """Whether what was typed about whom to ring is on the paper; if not yet, *then* comes after it is."""
        if self.ring is None:
            return True
        if not self._is_noting:
            self.ring.leave()
        if self._is_noting:
            self._next = then
        return not self._is_noting and not self.ring.is_rejected

    def _keep_ring(self, name: str, value: str) -> None:
        """Store whom to ring as a setting and draw the paper again with it."""
        database, redraw = self._desk.database, self._paper.redraw

        def work() -> bytes:
            change_setting(database, name, value)
            return redraw() if redraw is not None else self._paper.pdf

        def show(pdf: bytes) -> None:
            self._paper = replace(self._paper, pdf=pdf)
            self.preview.show_pdf(pdf)
            if self.ring is not None:
                self.ring.keep(name, value)
            self._end_keeping()

        self._keeping += 1
        self._begin()
        self._desk.write(work, show, failed=self._refuse_ring)

    def _redraw_parts(self) -> None:
        """Draw the parts that are ticked; while none has anything on it, nothing can be printed."""
        offered = self._paper.parts
        if offered is None or self.parts is None:
            return
        wanted = self.parts.wanted

        def show(pdf: bytes) -> None:
            self._paper = replace(
                self._paper,
                pdf=pdf,
                record=partial(offered.record, wanted),
                redraw=partial(offered.draw, wanted),
            )
            self.preview.show_pdf(pdf)
            self._end_keeping()

        def refuse(error: Exception) -> None:
            self._end_keeping()
            self._say(explain(error))
            for button in (self.print_button, self.save_button):
                button.setEnabled(False)

        self._keeping += 1
        self._begin()
        what = self.tr("Drawing the papers")
        self._desk.runner.run(partial(offered.draw, wanted), show, refuse, what=what)

    def _open_labels(self) -> None:
        if self._paper.parts is not None:
            dialog = labels_of_pickup(self._desk, self._paper.parts.code, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _end_keeping(self) -> None:
        """Go on with what was asked for meanwhile, once everything typed is on the paper."""
        self._keeping -= 1
        if self._keeping:
            return
        self._set_noting(is_so=False)
        then, self._next = self._next, None
        if then is not None:
            then()

    def _refuse_ring(self, sentence: str) -> None:
        self._next = None
        self._end_keeping()
        self._say(sentence)

    def _noted(self, said: str, pdf: bytes) -> None:
        if pdf != self._paper.pdf:
            words = self.tr(
                "{title} changed while it was printed. Close this, look again and print once more."
            )
            self._failed(words.format(title=self._paper.title))
            return
        self._finish(said)

    def _begin(self) -> None:
        self._say("")
        self._set_noting(is_so=True)

    def _set_noting(self, *, is_so: bool) -> None:
        """Stay open until the printing is noted: that the sheet changed meanwhile must be read."""
        self._is_noting = is_so
        for button in (self.print_button, self.save_button, self.close_button):
            button.setEnabled(not is_so)

    def _failed(self, sentence: str) -> None:
        self._set_noting(is_so=False)
        self._say(sentence)

    def _finish(self, said: str) -> None:
        self._set_noting(is_so=False)
        self.accept()
        self.finished_printing.emit(said)

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _fit_to_screen(self) -> None:
        room = self.screen().availableGeometry().size()
        em = self.fontMetrics().height()
        self.resize(min(em * 48, room.width() - 40), min(em * 50, room.height() - 60))

    def _lay_out(self) -> None:
        set_role(self.print_button, "main")
        self.print_button.setDefault(True)
        row = QWidget()
        flow = FlowLayout(row)
        for button in (self.print_button, self.save_button, *self._of_a_pickup(), self.close_button):
            button.setAccessibleName(button.text())
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        if self.ring is not None:
            layout.addWidget(self.ring)
        if self.parts is not None:
            layout.addWidget(self.parts)
        layout.addWidget(self._look_at_area())
        layout.addWidget(self.preview, stretch=1)
        layout.addWidget(self.problem)
        layout.addWidget(row)

    def _look_at_area(self) -> QWidget:
        """Return what to see to, scrolled where it is long: the paper itself stays in sight."""
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.look_at)
        area = scrolling(body, wraps=True)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # it scrolls by the arrow keys
        area.setAccessibleName(self.tr("To see to before it is printed"))
        area.setVisible(bool(self._paper.look_at))
        area.setMaximumHeight(self.fontMetrics().height() * _MOST_LINES)
        return area

    def _of_a_pickup(self) -> Iterator[QPushButton]:
        """Yield what else there is for a pickup: labels have a paper of their own, a driver has a phone."""
        if self._paper.parts is None or not self._paper.parts.code:
            return
        self.labels_button = QPushButton(self.tr("Bag labels…"), autoDefault=False)
        self.labels_button.clicked.connect(self._open_labels)
        yield self.labels_button
        self.for_driver = ForDriver(self._desk, self._paper.parts.code, self._paper.driver_code)
        yield self.for_driver

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Close, unless a printing is being noted."""
        if not self._is_noting:
            super().done(result)

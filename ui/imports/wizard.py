"""The import wizard: files, columns, rows; then everything is written at once, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from coordinator.domain.families.households import FamilyEntry, Role
from coordinator.domain.imports.choices import Decision
from coordinator.domain.imports.preview import ImportPreview, ImportReport
from coordinator.errors import ChangedMeanwhileError
from coordinator.services.families import households
from ui.desk import Desk
from ui.errors import explain
from ui.imports.about_file import after_words
from ui.imports.asking import Asker
from ui.imports.columns_step import ColumnsStep
from ui.imports.files_step import FilesStep
from ui.imports.frame import WizardFrame
from ui.imports.list_in_hand import ListInHand, ListQueue, still_decided
from ui.imports.row_words import rows_words
from ui.imports.rows_step import RowsStep
from ui.imports.writing import Writing
from ui.widgets.frame.tab_order import move_focus

Answer = TypeVar("Answer")


class Step(IntEnum):
    """Where the wizard is."""

    FILES = 0
    COLUMNS = 1
    ROWS = 2


class ImportWizard(QDialog):
    """Takes one list after the other; ``imported(reports)`` once, at the end, if anything came in.

    What each would do is read again when its turn comes, so that it knows who came in with the one before.
    """

    imported = Signal(list)

    def __init__(self, desk: Desk, paths: Sequence[Path] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._queue = ListQueue()
        self._shown: tuple[ListInHand, Role] | None = None  # whose columns are on screen
        self._rows_shown: tuple[ListInHand, ImportPreview] | None = None
        self._is_asking = False
        self._is_new = False  # nobody has looked at the columns of the list at hand
        self._passed = ""  # what is said of columns at which nobody stopped
        self._is_settled = False  # all is said, and the keyboard is to go to the main button
        self._asker = Asker(desk.runner)
        self._writing = Writing(desk, self)
        self.files = FilesStep(desk, self._asker)
        self.reports: list[ImportReport] = []
        self.columns = ColumnsStep()
        self.rows = RowsStep(desk.settings)
        self.steps = QStackedWidget()
        for step in (self.files, self.columns, self.rows):
            self.steps.addWidget(step)
        self.frame = WizardFrame(self, self.steps, desk.runner)
        self.setWindowTitle(self.tr("Open a spreadsheet"))
        self.setAcceptDrops(True)
        self._connect()
        self._go(Step.FILES)
        self.files.add(paths)

    @property
    def step(self) -> Step:
        """Where the wizard is."""
        return Step(self.steps.currentIndex())

    def _connect(self) -> None:
        self.files.changed.connect(self._show_state)
        self.files.settled.connect(self.frame.next_button.setFocus)  # so that Enter goes on
        self.columns.kind_changed.connect(self._on_kind)
        self.columns.changed.connect(self._on_columns)
        self.columns.settled.connect(self._on_settled)
        self.rows.let_in.connect(self._on_let_in)
        self.rows.columns_wanted.connect(self._on_back)
        self.frame.next_button.clicked.connect(self._on_next)
        self.frame.settled.connect(self._show_state)
        self.frame.back_button.clicked.connect(self._on_back)
        self.frame.skip_button.clicked.connect(self._on_skip)
        self.frame.cancel_button.clicked.connect(self.reject)
        self._writing.imported.connect(self._on_imported)
        self._writing.failed.connect(self._on_failed)
        stopped = self.tr("Stopped. Nothing of this file was imported.")
        self._writing.stopped.connect(lambda: self._on_ended(stopped))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.frame.next_button.click)

    # Reading.

    @property
    def _hand(self) -> ListInHand:
        return self._queue.hand

    def _read_list(self) -> None:
        """Show the columns of the list whose turn it is, or its rows where all columns are surely read."""
        self._is_new = True
        if self._hand.kind is None:
            self._shown = None
            self.columns.show_unknown(self._hand.table)
            self.frame.say_problem("")
            self._go(Step.COLUMNS)
        else:
            self._ask(self._reading(), self._show_columns)

    def _reading(self) -> Callable[[], ImportPreview]:
        return self._hand.reading(self._desk.database, self._desk.today())

    def _on_kind(self, kind: Role) -> None:
        self._hand.choose_kind(kind)
        self._ask(self._reading(), self._show_columns)

    def _on_columns(self) -> None:
        choices, self._is_settled = self.columns.choices, False
        if choices is None:
            return
        self._hand.choose_columns(choices)
        self._hand.is_kind_sure = self.columns.is_kind_sure
        if choices.clash is None and self._hand.is_stale:
            self._ask(self._reading(), self._show_columns)
        else:
            self._forget()
            self._show_state()

    def _on_settled(self) -> None:
        self._is_settled = True
        self._show_state()

    def _on_let_in(self, numbers: Collection[int]) -> None:
        self._hand.let_in(numbers)
        self._read_rows()

    def _show_columns(self, preview: ImportPreview) -> None:
        hand = self._hand
        choices = hand.show(preview)
        if self._shown == (hand, preview.kind):
            self.columns.show_preview(preview, choices)
        else:
            self._shown = (hand, preview.kind)
            self.columns.show_list(preview, choices, is_kind_sure=hand.is_kind_sure)
        self.frame.say_problem(preview.problem)
        is_new, self._is_new = self._is_new, False
        if is_new and self.columns.is_passed and not preview.problem:
            self._passed = self.columns.passed_words
            self._read_rows()
        else:
            self._go(Step.COLUMNS)

    def _read_rows(self, problem: str = "") -> None:
        database, again = self._desk.database, self._reading()

        def show(found: tuple[ImportPreview, dict[str, str]]) -> None:
            preview, names = found
            before, decided = self._rows_shown, dict(self.rows.decisions)
            self._hand.show(preview)
            self.rows.show_preview(preview, names)
            self.rows.say_passed(self._passed)
            if before is not None and before[0] is self._hand:
                self._decide_again(before[1], preview, decided)
            self._rows_shown = (self._hand, preview)
            self.frame.say_problem(problem)
            self._go(Step.ROWS)

        self._ask(lambda: (again(), _names(households.family_index(database))), show)

    def _decide_again(
        self, before: ImportPreview, now: ImportPreview, decided: Mapping[int, Decision]
    ) -> None:
        """Keep what she has decided about rows that still resemble the same people."""
        self.rows.decisions.update(still_decided(before, now, decided))
        self.rows.model.set_rows(now.plans)
        self.rows.table.row_chosen.emit(self.rows.table.chosen_key)

    # Stepping.

    def _on_next(self) -> None:
        if self.step is Step.FILES:
            self._queue.take_up(self.files.chosen)
            self._read_list()
        elif self.step is Step.ROWS:
            self._import()
        elif not self._hand.is_stale and self._rows_shown == (self._hand, self._hand.preview):
            self.rows.say_passed(self._passed)
            self._go(Step.ROWS)
        else:
            self._read_rows()

    def _on_back(self) -> None:
        self._forget()
        self.frame.say_problem("")
        self._go(Step(self.step - 1))

    def _on_skip(self) -> None:
        """Leave the list at hand out and go on with the next; with the files where there is none."""
        self.files.leave_out(self._queue.drop().found)
        self._forget()
        self.frame.say_problem("")
        if self._queue.waiting:
            self._read_list()
        elif self.reports:
            self.accept()
        else:
            self._go(Step.FILES)

    def _go(self, step: Step) -> None:
        was = self.steps.currentIndex()
        self._passed = "" if step is Step.COLUMNS else self._passed
        self.steps.setCurrentIndex(step)
        if step is Step.ROWS and was != step:
            self.frame.settle()
        self._show_state()
        if was != step or step is Step.FILES:
            (self.files, self.columns, self.rows)[step].setFocus()

    def _show_state(self) -> None:
        preview = self._hand.preview if self._queue.waiting else None
        ready = {
            Step.FILES: bool(self.files.chosen) and not self.files.is_reading,
            Step.COLUMNS: preview is not None and not preview.problem and self.columns.is_settled,
            Step.ROWS: preview is not None,
        }
        rows = rows_words(preview.counts.rows - preview.counts.waiting) if preview else ""
        is_last_step = self.step is Step.ROWS
        self.frame.show_buttons(
            back=is_last_step or (self.step is Step.COLUMNS and not self.reports),
            skip=self.step is not Step.FILES and (self._queue.count > 1 or bool(preview and preview.problem)),
            ready=ready[self.step] and not self._is_asking and not self._writing.is_running,
            next_words=self.tr("Import {rows}").format(rows=rows) if is_last_step else self.tr("Next"),
            cancel_words=self.tr("Close") if self.reports else self.tr("Cancel"),
        )
        self.frame.say_hint(self.columns.hint if self.step is Step.COLUMNS else "")
        self.frame.show_reading(is_reading=self.files.is_reading or self._is_asking)
        self.frame.say_title(self._title())
        if self._is_settled and self.frame.next_button.isEnabled():
            self._is_settled = False
            self.frame.next_button.setFocus()

    def _title(self) -> str:
        if self.step is Step.FILES or not self._queue.waiting:
            return self.tr("Which files?")
        if self.step is Step.COLUMNS:
            return self.tr("{name}: which column is what?").format(name=self._queue.name)
        return self.tr("{name}: what will happen").format(name=self._queue.name)

    # Importing.

    def _import(self) -> None:
        preview = self._hand.preview
        if preview is None or self._writing.is_running:
            return
        self._writing.start(preview, dict(self.rows.decisions), follows=bool(self.reports))
        self.frame.watch(self._writing.job)
        self._show_state()

    def _on_imported(self, report: ImportReport) -> None:
        self.reports.append(report)
        self.frame.say_done(after_words([report]))
        self._queue.drop()
        if not self._queue.waiting:
            self.accept()
            return
        self._on_ended("")
        self._read_list()

    def _on_failed(self, error: Exception) -> None:
        self._on_ended(explain(error))
        if isinstance(error, ChangedMeanwhileError):
            # What would happen is different now: show that, with the reason above it.
            self._read_rows(explain(error))

    def _on_ended(self, problem: str) -> None:
        self.frame.watch(None)
        self.frame.say_problem(problem)
        self._show_state()

    def _ask(self, work: Callable[[], Answer], done: Callable[[Answer], None]) -> None:
        def answered(answer: Answer) -> None:
            self._is_asking = False
            self.frame.say_problem("")
            done(answer)

        self._is_asking = True
        self._asker.ask(work, answered, self._on_not_read)
        self._show_state()

    def _forget(self) -> None:
        self._asker.forget()
        self._is_asking = False

    def _on_not_read(self, error: Exception) -> None:
        self._is_asking = False
        self.frame.say_problem(explain(error))
        self._show_state()

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Stop what is being written, or close and say what came in."""
        if self._writing.is_running:
            self._writing.stop()
            return
        self._asker.close()
        self.files.stop()
        super().done(result)
        if self.reports:
            self.imported.emit(self.reports)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Let Tab go by what is laid out: rows and columns come with every file."""
        return move_focus(self, forward=next)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files on the first step."""
        if self.step is Step.FILES and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put dropped files on the list."""
        self.files.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


def _names(families: Sequence[FamilyEntry]) -> dict[str, str]:
    return {family.hit.code: family.hit.name for family in families}

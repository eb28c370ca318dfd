"""The import wizard: files, columns, rows; then everything is written at once, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from coordinator.domain.families.households import FamilyEntry, Role
from coordinator.domain.imports.preview import ImportPreview, ImportReport
from coordinator.errors import ChangedMeanwhileError
from coordinator.services.families import households
from coordinator.services.imports.importing import (
    ListInFile,
    UnknownListError,
    preview_import,
    preview_table,
)
from ui.desk import Desk
from ui.errors import explain
from ui.imports.asking import Asker
from ui.imports.columns_step import ColumnsStep
from ui.imports.files_step import FilesStep
from ui.imports.frame import WizardFrame
from ui.imports.row_words import imported_words, rows_words
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
    """Takes one file after the other; ``imported(reports)`` once, at the end, if anything came in.

    Each file is read again when its turn comes, so that it knows who came in with the one before.
    """

    imported = Signal(list)

    def __init__(self, desk: Desk, paths: Sequence[Path] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: list[ListInFile] = []
        self._files = 0
        self._preview: ImportPreview | None = None
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
        self.rows.let_in.connect(self._on_let_in)
        self.frame.next_button.clicked.connect(self._on_next)
        self.frame.settled.connect(self._show_state)
        self.frame.back_button.clicked.connect(self._on_back)
        self.frame.cancel_button.clicked.connect(self.reject)
        self._writing.imported.connect(self._on_imported)
        self._writing.failed.connect(self._on_failed)
        stopped = self.tr("Stopped. Nothing of this file was imported.")
        self._writing.stopped.connect(lambda: self._on_ended(stopped))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.frame.next_button.click)

    # Reading.

    def _read_next_file(self) -> None:
        self._preview = None
        self._ask(self._reading(self._waiting[0].kind), self._show_columns)

    def _on_kind(self, kind: Role) -> None:
        self._ask(self._reading(kind), self._show_columns)

    def _reading(self, kind: Role | None) -> Callable[[], ImportPreview]:
        found = self._waiting[0]
        return partial(
            preview_import,
            self._desk.database,
            found.path,
            self._desk.today(),
            kind=kind,
            sheet=found.sheet,
        )

    def _on_columns(self) -> None:
        if self._preview is None or self.columns.has_conflict:
            self._asker.forget()
            self._show_state()
            return
        self._ask(self._preview_again(), self._show_columns)

    def _on_let_in(self, numbers: Collection[int]) -> None:
        if self._preview is not None:
            table = self._preview.table.letting_in(numbers)
            self._preview = replace(self._preview, table=table)
            self._read_rows()

    def _preview_again(self) -> Callable[[], ImportPreview]:
        if self._preview is None:
            raise RuntimeError("Nothing has been read yet")
        return partial(
            preview_table,
            self._desk.database,
            self._preview.table,
            self._desk.today(),
            kind=self._preview.kind,
            mapping=self.columns.mapping(),
        )

    def _show_columns(self, preview: ImportPreview) -> None:
        self._preview = preview
        self.columns.show_preview(preview)
        self.frame.say_problem(preview.problem)
        self._go(Step.COLUMNS)

    def _read_rows(self, problem: str = "") -> None:
        database, again = self._desk.database, self._preview_again()

        def show(found: tuple[ImportPreview, dict[str, str]]) -> None:
            self._preview, names = found
            self.rows.show_preview(self._preview, names)
            self.frame.say_problem(problem)
            self._go(Step.ROWS)

        self._ask(lambda: (again(), _names(households.family_index(database))), show)

    # Stepping.

    def _on_next(self) -> None:
        if self.step is Step.FILES:
            self._waiting = self.files.lists
            self._files = len(self._waiting)
            self._read_next_file()
        elif self.step is Step.COLUMNS:
            self._read_rows()
        else:
            self._import()

    def _on_back(self) -> None:
        self.frame.say_problem("")
        self._go(Step(self.step - 1))

    def _go(self, step: Step) -> None:
        was = self.steps.currentIndex()
        self.steps.setCurrentIndex(step)
        if step is Step.ROWS and was != step:
            self.frame.settle()
        self._show_state()
        if was != step or step is Step.FILES:
            (self.files, self.columns, self.rows)[step].setFocus()

    def _show_state(self) -> None:
        preview = self._preview
        is_first = self._files == len(self._waiting)
        ready = {
            Step.FILES: bool(self.files.readable) and not self.files.is_reading,
            Step.COLUMNS: preview is not None and not preview.problem and not self.columns.has_conflict,
            Step.ROWS: preview is not None,
        }
        nexts = {
            Step.FILES: self.tr("Next"),
            Step.COLUMNS: self.tr("Next"),
            Step.ROWS: self.tr("Import {rows}").format(
                rows=rows_words(preview.counts.rows) if preview else ""
            ),
        }
        self.frame.show_buttons(
            back=self.step is Step.ROWS or (self.step is Step.COLUMNS and is_first),
            ready=ready[self.step] and not self._writing.is_running,
            next_words=nexts[self.step],
            cancel_words=self.tr("Close") if self.reports else self.tr("Cancel"),
        )
        self.frame.say_title(self._title())

    def _title(self) -> str:
        if self.step is Step.FILES or not self._waiting:
            return self.tr("Which files?")
        name = self._waiting[0].title
        if self._files > 1:
            at = self._files - len(self._waiting) + 1
            name = self.tr("{name} ({at} of {count})").format(name=name, at=at, count=self._files)
        if self.step is Step.COLUMNS:
            return self.tr("{name}: which column is what?").format(name=name)
        return self.tr("{name}: what will happen").format(name=name)

    # Importing.

    def _import(self) -> None:
        if self._preview is None or self._writing.is_running:
            return
        self._writing.start(self._preview, dict(self.rows.decisions))
        self.frame.watch(self._writing.job)
        self._show_state()

    def _on_imported(self, report: ImportReport) -> None:
        self.reports.append(report)
        self.frame.say_done(imported_words([report]))
        self._waiting.pop(0)
        if not self._waiting:
            self.accept()
            return
        self._on_ended("")
        self._read_next_file()

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
            self.frame.say_problem("")
            done(answer)

        self._asker.ask(work, answered, self._on_not_read)

    def _on_not_read(self, error: Exception) -> None:
        if isinstance(error, UnknownListError):
            self.columns.show_unknown()
            self._go(Step.COLUMNS)
        else:
            self.frame.say_problem(explain(error))

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Stop what is being written, or close and say what came in."""
        if self._writing.is_running:
            self._writing.stop()
            return
        self._asker.close()
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

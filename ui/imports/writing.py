"""Writing one file into the network: backed up before, in one go, stoppable."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from coordinator.domain.imports.preview import Decisions, ImportPreview, ImportReport
from coordinator.services.imports.importing import run_import
from coordinator.services.records import backups
from ui.desk import Desk
from ui.tasks import Job


class Writing(QObject):
    """Runs one import at a time; ``imported(report)``, ``failed(error)`` or ``stopped`` ends it."""

    imported = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.is_running = False
        self.job: Job | None = None

    def start(self, preview: ImportPreview, decisions: Decisions, *, follows: bool) -> None:
        """Write what *preview* shows; *follows* says that it goes with the list before it."""
        database, today = self._desk.database, self._desk.today()
        written: list[ImportReport] = []

        def work(report: Callable[[int, int], None]) -> ImportReport:
            folder = backups.chosen_folder(database)
            done = run_import(
                database,
                preview,
                decisions,
                today=today,
                backup_folder=folder,
                report=report,
                follows=follows,
            )
            written.append(done)
            return done

        def cancelled() -> None:
            # Stopping may come too late: then it is imported, and we say so.
            if written:
                self._end(self.imported.emit, written[0])
            else:
                self._end(self.stopped.emit)

        self.is_running = True
        job = self._desk.runner.run_long(
            work,
            lambda report: self._end(self.imported.emit, report),
            lambda error: self._end(self.failed.emit, error),
            what=self.tr("Importing"),
            cancelled=cancelled,
        )
        self.job = job if self.is_running else None

    def stop(self) -> None:
        """Stop before the next row; nothing of the file stays."""
        if self.job is not None:
            self.job.cancel()

    def _end(self, say: Callable[..., object], *what: object) -> None:
        self.is_running, self.job = False, None
        say(*what)

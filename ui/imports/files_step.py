"""The wizard's first step: which files, and whose lists they seem to be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.imports.preview import ImportPreview
from coordinator.services.imports.importing import UnknownListError, preview_import
from ui.desk import Desk
from ui.errors import explain
from ui.icons import icon
from ui.imports.asking import Asker
from ui.imports.row_words import kind_words, rows_words
from ui.theme import SPACE, set_role
from ui.widgets import file_dialogs
from ui.widgets.label import Label

_PATH = int(Qt.ItemDataRole.UserRole)
_READABLE = _PATH + 1
_IS_READING = _PATH + 2


class FilesStep(QWidget):
    """A list of files, each with what it is or why it cannot be read.

    ``settled`` says that one of those just chosen can be imported.
    """

    changed = Signal()
    settled = Signal()

    def __init__(self, desk: Desk, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asker = asker
        self.said = Label(
            self.tr(
                "Choose the spreadsheets people filled in, one or several, or drop them here. Donors, "
                "families and drivers each have their own. Nothing is written before you say so."
            ),
            wordWrap=True,
        )
        self.choose_button = QPushButton(self.tr("Choose files…"))
        self.choose_button.setAccessibleName(self.tr("Choose files"))
        self.choose_button.clicked.connect(self._choose)
        self.drop_button = QPushButton(self.tr("Leave out"))
        self.drop_button.setAccessibleName(self.tr("Leave the chosen file out"))
        self.drop_button.clicked.connect(self._leave_out)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName(self.tr("Files to import"))
        QShortcut(QKeySequence.StandardKey.Delete, self.list, self._leave_out)
        self.problem = Label(wordWrap=True)
        set_role(self.problem, "problem")
        self._lay_out()
        self._show_state()

    @property
    def readable(self) -> list[Path]:
        """The files that can be imported, in the order chosen."""
        return [path for path, is_readable in self._entries() if is_readable]

    @property
    def is_reading(self) -> bool:
        """Whether a file on the list has not been read yet; going on would leave it out unsaid."""
        return any(self.list.item(row).data(_IS_READING) for row in range(self.list.count()))

    def add(self, paths: Sequence[Path]) -> None:
        """Put *paths* on the list, each once, and read them."""
        known = {path for path, _ in self._entries()}
        new = [path for path in dict.fromkeys(paths) if path not in known]
        for path in new:
            item = QListWidgetItem(self.tr("{name}: reading…").format(name=path.name))
            item.setData(_PATH, str(path))
            item.setData(_READABLE, False)
            item.setData(_IS_READING, True)
            self.list.addItem(item)
        self._show_state()
        database, today = self._desk.database, self._desk.today()
        for path in new:
            self._asker.ask_beside(
                partial(preview_import, database, path, today),
                partial(self._on_read, path),
                partial(self._on_failed, path),
            )

    def _on_read(self, path: Path, preview: ImportPreview) -> None:
        said = self.tr("a list of {kind}, {rows}")
        rows = rows_words(preview.counts.rows)
        self._show_readable(path, said.format(kind=kind_words(preview.kind), rows=rows))

    def _on_failed(self, path: Path, error: Exception) -> None:
        if isinstance(error, UnknownListError):
            self._show_readable(path, self.tr("whose list it is you say in the next step"))
        else:
            self._show_problem(path, explain(error))

    def _show_readable(self, path: Path, what: str) -> None:
        self._tell(path, f"{path.name}: {what}", "done", is_readable=True)
        if self.choose_button.hasFocus():
            self.settled.emit()

    def _show_problem(self, path: Path, why: str) -> None:
        self._tell(path, self.tr("{name}: left out").format(name=path.name), "problem", is_readable=False)
        self.problem.setText(self.tr("{name}: {why}").format(name=path.name, why=why))
        self._show_state()

    def _tell(self, path: Path, text: str, icon_name: str, *, is_readable: bool) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(_PATH) == str(path):
                item.setText(text)
                item.setIcon(icon(icon_name))
                item.setData(_READABLE, is_readable)
                item.setData(_IS_READING, False)
        self._show_state()

    def _entries(self) -> list[tuple[Path, bool]]:
        items = [self.list.item(row) for row in range(self.list.count())]
        return [(Path(item.data(_PATH)), bool(item.data(_READABLE))) for item in items]

    def _choose(self) -> None:
        kinds = self.tr(
            "Spreadsheets (*.csv *.tsv *.txt *.xlsx *.xlsm *.xlsb *.xls *.ods *.zip);;All files (*)"
        )
        chosen = file_dialogs.choose_files(self, self.tr("Choose files"), Path.home(), kinds)
        self.problem.clear()
        # The dialog gives them in the order its own list happens to have.
        self.add(sorted(chosen))

    def _leave_out(self) -> None:
        self.list.takeItem(self.list.currentRow())
        self.problem.clear()
        self._show_state()

    def _show_state(self) -> None:
        self.problem.setVisible(bool(self.problem.text()))
        self.drop_button.setEnabled(self.list.count() > 0)
        if self.list.count() and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.changed.emit()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose_button)
        buttons.addWidget(self.drop_button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.said)
        layout.addLayout(buttons)
        layout.addWidget(self.problem)
        layout.addWidget(self.list, stretch=1)
        self.setFocusProxy(self.choose_button)

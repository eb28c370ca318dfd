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

from coordinator.services.imports.importing import ListInFile, lists_of_file
from ui.desk import Desk
from ui.errors import explain
from ui.icons import icon
from ui.imports.asking import Asker
from ui.imports.row_words import kind_words, rows_words
from ui.theme import SPACE, set_role
from ui.widgets import file_dialogs
from ui.widgets.label import Label

_PATH = int(Qt.ItemDataRole.UserRole)
_LIST = _PATH + 1
_IS_READING = _PATH + 2


class FilesStep(QWidget):
    """A list of files, each list in them with what it is or why it cannot be read.

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
        return list(dict.fromkeys(found.path for found in self.lists))

    @property
    def lists(self) -> list[ListInFile]:
        """The lists that can be imported: a file has several where several of its sheets are any."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [found for item in items if isinstance(found := item.data(_LIST), ListInFile)]

    @property
    def is_reading(self) -> bool:
        """Whether a file on the list has not been read yet; going on would leave it out unsaid."""
        return any(self.list.item(row).data(_IS_READING) for row in range(self.list.count()))

    def add(self, paths: Sequence[Path]) -> None:
        """Put *paths* on the list, each once, and read them."""
        known = {Path(self.list.item(row).data(_PATH)) for row in range(self.list.count())}
        new = [path for path in dict.fromkeys(paths) if path not in known]
        for path in new:
            item = QListWidgetItem(self.tr("{name}: reading…").format(name=path.name))
            item.setData(_PATH, str(path))
            item.setData(_IS_READING, True)
            self.list.addItem(item)
        self._show_state()
        for path in new:
            self._asker.ask_beside(
                partial(lists_of_file, self._desk.database, path),
                partial(self._on_read, path),
                partial(self._on_failed, path),
            )

    def _on_read(self, path: Path, lists: Sequence[ListInFile]) -> None:
        row = self._row_of(path)
        if row is None:
            return
        self.list.takeItem(row)
        for at, found in enumerate(lists):
            self.list.insertItem(row + at, self._item(found))
        self._show_state()
        if self.choose_button.hasFocus() and any(map(_is_importable, lists)):
            self.settled.emit()

    def _item(self, found: ListInFile) -> QListWidgetItem:
        item = QListWidgetItem(f"{found.title}: {self._what(found)}")
        item.setData(_PATH, str(found.path))
        item.setIcon(icon("done" if _is_importable(found) else "notice"))
        if _is_importable(found):
            item.setData(_LIST, found)
        return item

    def _what(self, found: ListInFile) -> str:
        if found.kind is not None:
            said = self.tr("a list of {kind}, {rows}")
            return said.format(kind=kind_words(found.kind), rows=rows_words(found.rows))
        if found.is_any:
            return self.tr("none of the three lists, left out")
        return self.tr("whose list it is you say in the next step")

    def _on_failed(self, path: Path, error: Exception) -> None:
        row = self._row_of(path)
        if row is None:
            return
        item = self.list.item(row)
        item.setText(self.tr("{name}: left out").format(name=path.name))
        item.setIcon(icon("problem"))
        item.setData(_IS_READING, False)
        self.problem.setText(self.tr("{name}: {why}").format(name=path.name, why=explain(error)))
        self._show_state()

    def _row_of(self, path: Path) -> int | None:
        """Return where the file that was read stands; nowhere once she left it out."""
        items = enumerate(self.list.item(row) for row in range(self.list.count()))
        return next((row for row, item in items if item.data(_PATH) == str(path)), None)

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


def _is_importable(found: ListInFile) -> bool:
    """Whether a list is hers to import: another of its file may be, and this one a page of notes."""
    return found.kind is not None or not found.is_any

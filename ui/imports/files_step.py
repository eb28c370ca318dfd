"""The wizard's first step: which files, and whose lists are in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

from coordinator.services.imports.found_lists import FoundList, found_lists
from ui.desk import Desk
from ui.errors import explain
from ui.icons import icon
from ui.imports.asking import Asker
from ui.imports.row_words import kind_words, rows_words
from ui.tasks import Job
from ui.theme import SPACE, set_role
from ui.widgets import file_dialogs
from ui.widgets.label import Label

_PATH = int(Qt.ItemDataRole.UserRole)


class FilesStep(QWidget):
    """The lists found in files, each with what it is; one that is ticked comes in.

    ``settled`` says that one of those just chosen can be imported.
    """

    changed = Signal()
    settled = Signal()

    def __init__(self, desk: Desk, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asker = asker
        self._jobs: dict[Path, Job] = {}
        self._found: dict[Path, tuple[FoundList, ...]] = {}
        self.said = Label(
            self.tr(
                "Choose the spreadsheets people filled in, one or several, or drop them here. Donors, "
                "families and drivers each have their own list. Nothing is written before you say so."
            ),
            wordWrap=True,
        )
        self.choose_button = QPushButton(self.tr("Choose files…"))
        self.choose_button.setAccessibleName(self.tr("Choose files"))
        self.choose_button.clicked.connect(self._choose)
        self.drop_button = QPushButton(self.tr("Take off the list"))
        self.drop_button.setAccessibleName(self.tr("Take the chosen file off the list"))
        self.drop_button.clicked.connect(self._take_off)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName(self.tr("Lists to import"))
        self.list.itemChanged.connect(self.changed)
        QShortcut(QKeySequence.StandardKey.Delete, self.list, self._take_off)
        self.problem = Label(wordWrap=True)
        set_role(self.problem, "problem")
        self._lay_out()
        self._show_state()

    @property
    def chosen(self) -> list[FoundList]:
        """The lists that are ticked, in the order they stand in."""
        return [found for item, found in self._lists() if item.checkState() is Qt.CheckState.Checked]

    @property
    def readable(self) -> list[Path]:
        """The files that something is to be imported from, in the order chosen."""
        ticked = (item for item, _ in self._lists() if item.checkState() is Qt.CheckState.Checked)
        return list(dict.fromkeys(_path(item) for item in ticked))

    @property
    def is_reading(self) -> bool:
        """Whether a file on the list has not been read yet; going on would leave it out unsaid."""
        return bool(self._jobs)

    def leave_out(self, found: FoundList) -> None:
        """Take the tick from a list that she leaves out after all."""
        for item, one in self._lists():
            if one is found:
                item.setCheckState(Qt.CheckState.Unchecked)

    def stop(self) -> None:
        """Read no further: nobody waits for it any more."""
        for job in self._jobs.values():
            job.cancel()

    def add(self, paths: Sequence[Path]) -> None:
        """Put *paths* on the list, each once, and read them."""
        known = {_path(item) for item in self._items()}
        for path in dict.fromkeys(paths):
            if path not in known:
                self._read(path)
        self._show_state()

    def _read(self, path: Path) -> None:
        item = QListWidgetItem(self.tr("{name}: reading…").format(name=path.name))
        item.setData(_PATH, str(path))
        self.list.addItem(item)
        job = self._asker.ask_long(
            partial(found_lists, self._desk.database, path, self._desk.today()),
            partial(self._on_read, path),
            partial(self._on_failed, path),
            what=self.tr("Reading {name}").format(name=path.name),
        )
        if path not in self._found:
            self._jobs[path] = job

    def _on_read(self, path: Path, found: tuple[FoundList, ...]) -> None:
        self._jobs.pop(path, None)
        self._found[path] = found
        at = self._take_items(path)
        for offset, one in enumerate(found):
            self.list.insertItem(at + offset, self._item(path, one))
        self._show_state()
        if self.choose_button.hasFocus() and self.chosen:
            self.settled.emit()

    def _item(self, path: Path, found: FoundList) -> QListWidgetItem:
        item = QListWidgetItem(self._words(found))
        item.setData(_PATH, str(path))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked if found.is_none else Qt.CheckState.Checked)
        return item

    def _words(self, found: FoundList) -> str:
        rows = rows_words(len(found.table.rows))
        if found.is_none:
            said = self.tr("{name}: no list of people, {rows}")
        elif found.kind is None:
            said = self.tr("{name}: {rows}; whose list it is you say in the next step")
        elif found.is_sure:
            said = self.tr("{name}: a list of {kind}, {rows}")
        else:
            said = self.tr("{name}: likely a list of {kind}, {rows}")
        kind = kind_words(found.kind) if found.kind else ""
        return said.format(name=found.table.title, kind=kind, rows=rows)

    def _on_failed(self, path: Path, error: Exception) -> None:
        self._jobs.pop(path, None)
        at = self._take_items(path)
        left_out = self.tr("{name}: left out").format(name=path.name)
        item = QListWidgetItem(icon("problem"), left_out)
        item.setData(_PATH, str(path))
        self._found[path] = ()
        self.list.insertItem(at, item)
        self.problem.setText(self.tr("{name}: {why}").format(name=path.name, why=explain(error)))
        self._show_state()

    def _items(self) -> Iterator[QListWidgetItem]:
        for row in range(self.list.count()):
            yield self.list.item(row)

    def _lists(self) -> Iterator[tuple[QListWidgetItem, FoundList]]:
        """Yield the lines with a list behind them: those of a file stand one after the other."""
        passed: dict[Path, int] = {}
        for item in self._items():
            path = _path(item)
            found, at = self._found.get(path, ()), passed.get(path, 0)
            passed[path] = at + 1
            if at < len(found):
                yield item, found[at]

    def _choose(self) -> None:
        kinds = self.tr(
            "Spreadsheets (*.csv *.tsv *.txt *.xlsx *.xlsm *.xlsb *.xls *.ods *.zip);;All files (*)"
        )
        chosen = file_dialogs.choose_files(self, self.tr("Choose files"), Path.home(), kinds)
        self.problem.clear()
        # The dialog gives them in the order its own list happens to have.
        self.add(sorted(chosen))

    def _take_off(self) -> None:
        """Take the chosen file off the list with all its sheets, also while it is being read."""
        item = self.list.currentItem()
        if item is None:
            return
        path = _path(item)
        job = self._jobs.pop(path, None)
        if job is not None:
            job.cancel()
        self._found.pop(path, None)
        self._take_items(path)
        self.problem.clear()
        self._show_state()

    def _take_items(self, path: Path) -> int:
        """Take the lines of a file away, and return where they stood."""
        rows = [row for row, item in enumerate(self._items()) if _path(item) == path]
        for row in reversed(rows):
            self.list.takeItem(row)
        return rows[0] if rows else self.list.count()

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


def _path(item: QListWidgetItem) -> Path:
    return Path(item.data(_PATH))

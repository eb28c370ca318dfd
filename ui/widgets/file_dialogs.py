"""Every dialog that shows files: to open, to save, to choose a folder, to print. None of them opens a file.

Qt's own dialogs read each file they list, for the kind of its icon. When they close the network's file
again, the system drops every lock our process has on it, and another program deletes the log under us
(``coordinator.open_networks``). So each dialog is made here and is given icons that look at names only. Qt
asks for icons on the window's own thread, when it next handles events; what is given before that is in time.

Which dialog it is depends on the system:

* Linux: Qt's own, always. GTK's, which Qt would take under GNOME, runs in our process and reads the files.
* macOS: the system's. It has been drawn by a process of its own since macOS 10.15, and locks are a process's.
* Windows: the system's. What it loads into our process may read files, but there a lock belongs to the
  handle it was taken with and outlives all others.

Nor do Qt's dialogs delete or rename here: the network and its backups are among the files they show.

Source:
    developer.apple.com, NSOpenPanel and NSSavePanel, "Overview"; learn.microsoft.com, LockFileEx, "Remarks".
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QFileInfo, QObject, Qt, Signal
from PySide6.QtGui import QAbstractFileIconProvider, QAction, QIcon, QPainter, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QFileDialog,
    QFileSystemModel,
    QStyle,
    QToolButton,
    QTreeView,
    QWidget,
)

from ui.translation import translate

_THE_SYSTEMS_OWN_KEEP_LOCKS: Final = sys.platform in {"win32", "darwin"}
_COLUMNS: Final = (32, 12, 17, 24)
"""Characters of a name, a size, a kind and a date."""


@dataclass(frozen=True)
class Target:
    """Where something is to be saved, and the chosen one of the kinds offered."""

    path: Path
    kind: str


def choose_file(parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
    """Ask for one file that is there; None if she thinks better of it.

    Args:
        parent: What the dialog stands over.
        title: Of the dialog.
        folder: Where to begin.
        kinds: Such as ``Map files (*.mbtiles *.pmtiles);;All files (*)``.
    """
    dialog = _dialog(parent, title, folder, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return next(iter(_chosen(dialog)), None)


def choose_files(parent: QWidget, title: str, folder: Path, kinds: str) -> list[Path]:
    """Ask for files that are there, as :func:`choose_file` does, in the order their list happens to have."""
    dialog = _dialog(parent, title, folder, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _chosen(dialog)


def choose_folder(parent: QWidget, title: str, folder: Path) -> Path | None:
    """Ask for a folder, from *folder* on."""
    dialog = _dialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return next(iter(_chosen(dialog)), None)


class _Saving(QObject):
    """Tells of what is about to be saved: ``target_chosen(path)``."""

    target_chosen = Signal(object)


SAVING: Final = _Saving()


def choose_target(
    parent: QWidget, title: str, proposed: Path, kinds: str, *, names_nobody: bool = False
) -> Target | None:
    """Ask where to save, with *proposed* filled in; before a file is replaced the dialog asks.

    A name without an ending gets that of the chosen kind first, so that it asks about what is written.
    *names_nobody*: what is saved has nothing of the network in it, or its own words about that.
    """
    dialog = _dialog(parent, title, proposed.parent, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(_ending(dialog.selectedNameFilter()))
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(_ending(kind)))
    dialog.selectFile(proposed.name)
    chosen = _chosen(dialog)
    if not chosen:
        return None
    if not names_nobody:
        SAVING.target_chosen.emit(chosen[0])
    return Target(chosen[0], dialog.selectedNameFilter())


def print_dialog(printer: QPrinter, pages: int, parent: QWidget | None) -> QPrintDialog:
    """Return the dialog for *printer* and so many *pages*.

    It prints on paper only; a file is saved with :func:`choose_target`. On Linux its field for a file has
    a list of the home folder's files behind it, from the first moment and even when it is not to be seen.
    """
    dialog = QPrintDialog(printer, parent)
    for model in dialog.findChildren(QFileSystemModel):
        model.setIconProvider(_icons())
    dialog.setWindowTitle(translate("print", "Print"))
    dialog.setMinMax(1, pages)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
    return dialog


class NameIcons(QAbstractFileIconProvider):
    """Icons and kinds by what a file is called and whether it is a folder; nothing is opened for them."""

    # Overrides of Qt.

    def icon(self, asked: QAbstractFileIconProvider.IconType | QFileInfo) -> QIcon:
        """Return the style's icon for a folder or a file."""
        return QApplication.style().standardIcon(_picture(asked))

    def type(self, info: QFileInfo) -> str:
        """Return such as ``Folder`` or ``CSV file``."""
        if info.isDir():
            return translate("FileDialogs", "Folder")
        if not info.suffix():
            return translate("FileDialogs", "File")
        return translate("FileDialogs", "{ending} file").format(ending=info.suffix().upper())


def _picture(asked: QAbstractFileIconProvider.IconType | QFileInfo) -> QStyle.StandardPixmap:
    kinds, pictures = QAbstractFileIconProvider.IconType, QStyle.StandardPixmap
    if isinstance(asked, QFileInfo):
        asked = kinds.Folder if asked.isDir() else kinds.File
    by_kind = {
        kinds.Computer: pictures.SP_ComputerIcon,
        kinds.Desktop: pictures.SP_DesktopIcon,
        kinds.Drive: pictures.SP_DriveHDIcon,
        kinds.Folder: pictures.SP_DirIcon,
        kinds.Network: pictures.SP_DriveNetIcon,
        kinds.Trashcan: pictures.SP_TrashIcon,
    }
    return by_kind.get(asked, pictures.SP_FileIcon)


_made: list[NameIcons] = []


def _icons() -> NameIcons:
    """Return the one there is: Qt keeps no hold of it, so it stays as long as the program."""
    if not _made:
        _made.append(NameIcons())
    return _made[0]


def _dialog(parent: QWidget, title: str, folder: Path, kinds: str = "") -> QFileDialog:
    if not _THE_SYSTEMS_OWN_KEEP_LOCKS:
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    dialog = QFileDialog(parent, title, str(folder), kinds)
    dialog.setIconProvider(_icons())
    _delete_nothing(dialog)
    _mend_looks(dialog)
    return dialog


def _delete_nothing(dialog: QFileDialog) -> None:
    """Take away what deletes and renames; a dialog of the system's own has none of these parts."""
    for name in ("qt_delete_action", "qt_rename_action"):
        for action in dialog.findChildren(QAction, name):
            action.setVisible(False)
    for shortcut in dialog.findChildren(QShortcut):
        shortcut.setEnabled(False)
    for view in dialog.findChildren(QAbstractItemView):
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)


def _mend_looks(dialog: QFileDialog) -> None:
    """Cut no kind or date short, and show the arrows on a dark ground, too."""
    for tree in dialog.findChildren(QTreeView):
        character = tree.fontMetrics().averageCharWidth()
        for column, characters in enumerate(_COLUMNS):
            tree.header().resizeSection(column, characters * character)
    for name in ("backButton", "forwardButton", "toParentButton"):
        for button in dialog.findChildren(QToolButton, name):
            button.setIcon(_in_text_colour(button))


def _in_text_colour(button: QToolButton) -> QIcon:
    picture = button.icon().pixmap(button.iconSize())
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), button.palette().windowText())
    painter.end()
    return QIcon(picture)


def _chosen(dialog: QFileDialog) -> list[Path]:
    """Show *dialog* until it is answered, and return what was chosen."""
    answer = dialog.exec()
    dialog.deleteLater()
    return [Path(name) for name in dialog.selectedFiles()] if answer == QDialog.DialogCode.Accepted else []


def _ending(kind: str) -> str:
    """Return ``pdf`` of ``PDF files (*.pdf)``, nothing for any file."""
    found = re.search(r"\*\.(\w+)", kind)
    return found[1] if found else ""

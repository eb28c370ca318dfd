"""Whose work is in the program, under which licence, and what it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.translation import translate
from ui.widgets.label import Label

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_NOTICES = re.compile(r"licen[cs]e|^readme", re.IGNORECASE)
_PROGRAM = "milkrun"


class LicencesDialog(QDialog):
    """A list of works on the left, the chosen one's notice on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Licences"))
        self.texts = [(self.tr("Milk Run"), self._about()), (self.tr("Libraries"), libraries_text())]
        self.texts += list(resource_notices())
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Works in this program"))
        self.list.setSpacing(SPACE_SMALL)
        self.list.addItems([title for title, _ in self.texts])
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + 3 * SPACE_LARGE)
        self.text = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self.text.setAccessibleName(self.tr("Licence notice"))
        self.list.currentRowChanged.connect(lambda row: self.text.setPlainText(self.texts[row][1]))
        self._lay_out()
        self.list.setCurrentRow(0)

    def _about(self) -> str:
        free = self.tr(
            "Milk Run is free software under the GNU General Public Licence, version 3 or later. It comes "
            "without any warranty."
        )
        return f"{free}\n\n{self._medical()}"

    def _medical(self) -> str:
        return self.tr(
            "What it says about milk, medicines and storage is information from the sources it names, not "
            "medical advice. It needs a clinician’s review before anybody relies on it, and it never decides "
            "whether milk is right for a baby: parents and their clinicians do."
        )

    def _lay_out(self) -> None:
        medical = Label(self._medical(), wordWrap=True)
        set_role(medical, "ask")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        body = QHBoxLayout()
        body.setSpacing(SPACE)
        body.addWidget(self.list)
        body.addWidget(self.text, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(medical)
        layout.addLayout(body, stretch=1)
        layout.addWidget(buttons)
        self.resize(860, 480)


def libraries_text() -> str:
    """Return a line per library the program runs with: name, version, licence."""
    return "\n".join(f"{name} {version}: {licence}" for name, version, licence in libraries())


def libraries() -> list[tuple[str, str, str]]:
    """Return name, version and licence of every installed library the program needs, sorted by name."""
    found: dict[str, tuple[str, str, str]] = {}
    waiting = _needed_by(_PROGRAM)
    while waiting:
        name = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).casefold()
        if key in found:
            continue
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # only needed on another system or another Python
        found[key] = (about["Name"], about["Version"], _licence(about))
        waiting += _needed_by(name)
    return [found[key] for key in sorted(found)]


def resource_notices() -> Iterator[tuple[str, str]]:
    """Yield file name and text of every notice that comes with the fonts, the map and the places."""
    yield from _notices(files("resources"), "")


def _notices(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            if not entry.name.startswith("_"):
                yield from _notices(entry, f"{path}{entry.name}/")
        elif _NOTICES.search(entry.name) and entry.name.endswith((".txt", ".md")):
            yield f"{path}{entry.name}", entry.read_text(encoding="utf-8")


def _needed_by(name: str) -> list[str]:
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
    names = (_NAME.match(line) for line in lines if "extra ==" not in line)
    return [found[0] for found in names if found]


def _licence(about: metadata.PackageMetadata) -> str:
    """Return the licence a package names: its expression, a short word, or its classifiers."""
    for header in ("License-Expression", "License"):
        said = about[header].strip() if header in about else ""
        if said and "\n" not in said and len(said) < 80:
            return said
    classes = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    return ", ".join(line.rpartition(":: ")[2] for line in classes) or translate(
        "Licences", "see its own notice"
    )

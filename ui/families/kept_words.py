"""What a family's forms said that no field is read from, behind one line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.services.imports import kept_words
from coordinator.services.imports.kept_words import KeptWords
from ui.desk import Desk
from ui.widgets.fold import Fold
from ui.widgets.rows import text_label


class KeptWordsPart(QWidget):
    """Shows what is kept of one family; nothing where every column was read."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._shown: tuple[KeptWords, ...] = ()
        self.fold: Fold | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_family(self, code: str) -> None:
        """Read what is kept of the family of *code*."""
        if code != self._code:
            self._code = code
            self._show(code, ())
        self._desk.read(
            partial(kept_words.unread_words, self._desk.database, code), partial(self._show, code)
        )

    def _show(self, code: str, found: tuple[KeptWords, ...]) -> None:
        if code != self._code or found == self._shown:
            return
        self._shown = found
        if self.fold is not None:
            self._layout.removeWidget(self.fold)
            self.fold.hide()
            self.fold.deleteLater()
            self.fold = None
        if found:
            words = (
                self.tr("1 answer in a column that is not read")
                if len(found) == 1
                else self.tr("{count} answers in columns that are not read").format(count=len(found))
            )
            self.fold = Fold(words, partial(_lines, found))
            self._layout.addWidget(self.fold)
        self.setVisible(bool(found))


def _lines(found: Sequence[KeptWords]) -> list[QWidget]:
    lines: list[QWidget] = []
    for one in found:
        lines += [text_label(one.heading, "quiet"), text_label(one.words)]
    return lines

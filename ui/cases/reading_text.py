"""A letter on screen, to read aloud by phone: short paragraphs in large type, its sources small."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.agreements.informed_choice import ChoiceLetter, version_words
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.wrapped_label import WrappedLabel


class ReadingText(QWidget):
    """The parts of a letter one below the other; made once the letter is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE_LARGE)
        self._layout.setSpacing(SPACE)

    def show_letter(self, letter: ChoiceLetter) -> None:
        """Show *letter*."""
        self._add(str(letter.opening), "read")
        for part in letter.parts:
            self._layout.addSpacing(SPACE)
            self._add(str(part.heading), "heading")
            for at, line in enumerate(part.lines):
                self._add(str(line), "read")
                if at < len(part.sources):
                    self._add(str(part.sources[at]), "small")
        self._layout.addSpacing(SPACE)
        self._add(str(version_words(letter.version)), "small")
        self._layout.addStretch()

    def _add(self, words: str, role: str) -> None:
        label = WrappedLabel(words)
        set_role(label, role)
        self._layout.addWidget(label)
